/** `schedule.json`, one line an antigen, as every compiler of this folder writes it. */
import type { ScheduleData } from '@bairn/immunization'
import { lines, rows } from './json.ts'

export const scheduleText = ({ vaccines, vaccineGroups, conflicts, observations, antigens }: ScheduleData): string =>
  `{"vaccines":${lines(vaccines)},\n"vaccineGroups":${rows(vaccineGroups)},\n"conflicts":${rows(conflicts)},\n"observations":${lines(observations)},\n"antigens":${rows(antigens)}}\n`
