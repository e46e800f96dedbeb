/** Every edition that Bairn carries, with its schedule as it is written: what holds of one is asked of all. */
import { readFileSync } from 'node:fs'
import { IMMUNIZATION_EDITIONS, loadImmunizationEdition } from '@bairn/knowledge'
import type { ImmunizationEdition, ImmunizationFigures, Series } from '../edition.ts'
import type { AntigenRow, ScheduleData, SeriesRow, TargetDoseRow } from '../schedule.ts'

export interface WrittenEdition {
  readonly id: string
  readonly figures: ImmunizationFigures
  readonly schedule: ScheduleData
  readonly edition: ImmunizationEdition
}
/** A series twice: as it is written and as the engine has it. */
export interface WrittenSeries { readonly name: string; readonly antigen: AntigenRow; readonly row: SeriesRow; readonly series: Series }

const scheduleOf = (id: string): ScheduleData => JSON.parse(readFileSync(new URL(`../../../knowledge/immunization/${id}/schedule.json`, import.meta.url), 'utf8')) as ScheduleData

export const WRITTEN_EDITIONS: readonly WrittenEdition[] = await Promise.all(IMMUNIZATION_EDITIONS.map(async (id) => {
  const edition = await loadImmunizationEdition(id) as ImmunizationEdition
  return { id, figures: edition, schedule: scheduleOf(id), edition }
}))

export const seriesOf = ({ schedule, edition }: Pick<WrittenEdition, 'schedule' | 'edition'>): readonly WrittenSeries[] => schedule.antigens.flatMap((antigen) =>
  antigen.series.map((row, index) => ({ name: `${antigen.name}, ${row.name}`, antigen, row, series: edition.antigenByName.get(antigen.name)?.series[index] as Series })))

/** The CVX that are named for a target dose, those it prefers first. */
export const vaccinesOf = ({ preferable = [], allowable = [] }: TargetDoseRow): readonly string[] => [...new Set([...preferable, ...allowable].map(({ cvx }) => cvx))]
