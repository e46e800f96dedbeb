/**
 * Compiles WHO's routine recommendations (sources/who-2025) into `knowledge/immunization/who-2025/schedule.json`. Settings and special
 * populations are observations of the edition: risk series ask for them.
 */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { AntigenRow, ScheduleData } from '@bairn/immunization'
import { ROOT } from '../../boundaries.ts'
import { given } from '../json.ts'
import { seriesGroupOf, seriesRow, type PlannedSeries } from '../planned.ts'
import { scheduleText } from '../schedule.ts'
import { readCdsi, readWho, whoVaccines } from './vaccines.ts'

export const WHO_SCHEDULE_FILE = path.join(ROOT, 'knowledge/immunization/who-2025/schedule.json')
export const writeWho = (): void => writeFileSync(WHO_SCHEDULE_FILE, scheduleText(compileWho()))

export const whoSeries = (): readonly PlannedSeries[] => readWho<readonly PlannedSeries[]>('series.json')

interface Conditions {
  readonly observations: Readonly<Record<string, string>>
  /** conditions of a child that CDC has a code for keep it, with its other codes */
  readonly fromCdsi: readonly string[]
  readonly contraindications: readonly { readonly antigens: readonly string[]; readonly observations: readonly string[]; readonly vaccines?: readonly string[]; readonly end?: string; readonly source: string }[]
}

export function compileWho(): ScheduleData {
  const { rows: vaccines, facts, conflicts } = whoVaccines()
  const planned = whoSeries()
  const names = [...new Set(planned.flatMap(({ antigens }) => antigens))]
  return {
    vaccines: Object.fromEntries(Object.entries(vaccines).flatMap(([code, { name, antigens }]) => {
      const own = antigens.filter(({ antigen }) => names.includes(antigen))
      return own.length === 0 ? [] : [[code, { name, antigens: own }]]
    })),
    vaccineGroups: vaccineGroupsOf(planned),
    conflicts, observations: observationsOf(readWho<Conditions>('conditions.json').observations),
    antigens: names.map((name) => {
      const own = planned.filter(({ antigens }) => antigens.includes(name))
      const groups = [...new Set(own.map(seriesGroupOf))]
      return { name, ...contraindicationsOf(name), series: own.map((one, place) => seriesRow(one, name, { groups, vaccines: facts, place })) }
    }),
  }
}

/** One group a disease or combination, in the order of the series. */
export function vaccineGroupsOf(planned: readonly PlannedSeries[]): ScheduleData['vaccineGroups'] {
  return [...Map.groupBy(planned, ({ group }) => group)].map(([name, series]) => {
    const antigens = [...new Set(series.flatMap((one) => one.antigens))]
    return given<ScheduleData['vaccineGroups'][number]>({ name, antigens, administerFullVaccineGroup: antigens.length === 1 ? undefined : TOGETHER[name] })
  })
}

/** Whether all antigens of a group are always given together; diphtheria and tetanus go on where pertussis ends. */
const TOGETHER: Readonly<Record<string, boolean>> = { MMR: true, 'DTaP/Tdap/Td': false }

/** @param own what the edition adds to the conditions of a child that CDC has a code for */
/** What holds of a place, by the names that our sources give it. */
const OF_PLACE = /^(?:setting|place)-/

export function observationsOf(own: Readonly<Record<string, string>>): ScheduleData['observations'] {
  const cdsi = readCdsi().observations
  return Object.fromEntries([
    ...readWho<Conditions>('conditions.json').fromCdsi.map((code): [string, ScheduleData['observations'][string]] => {
      const { title, codes } = cdsi[code] ?? { title: undefined, codes: undefined }
      if (title === undefined) throw new Error(`CDC has no observation ${code}`)
      return [code, given<ScheduleData['observations'][string]>({ title, codes })]
    }),
    ...Object.entries(own).map(([code, title]): [string, ScheduleData['observations'][string]] => [code, given<ScheduleData['observations'][string]>({ title, ofPlace: OF_PLACE.test(code) ? true : undefined })]),
  ])
}

/** What WHO's schedule says of a child and CDC has no code for: its contraindications name them in every schedule that borrows them. */
export const ofChildren = (): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(readWho<Conditions>('conditions.json').observations).filter(([code]) => code.startsWith('child-')))

/** What must not be given to whom, of an antigen and of single vaccines. */
export function contraindicationsOf(antigen: string): Pick<AntigenRow, 'contraindications' | 'vaccineContraindications'> {
  const own = readWho<Conditions>('conditions.json').contraindications.filter(({ antigens }) => antigens.includes(antigen))
  const rowsOf = ({ observations, end }: (typeof own)[number]) => observations.map((observation) => ({ observation, ...(end === undefined ? {} : { end }) }))
  return {
    contraindications: own.filter(({ vaccines }) => vaccines === undefined).flatMap(rowsOf),
    vaccineContraindications: own.flatMap((one) => one.vaccines === undefined ? [] : rowsOf(one).map((row) => ({ ...row, vaccines: (one.vaccines ?? []).map((cvx) => ({ cvx })) }))),
  }
}
