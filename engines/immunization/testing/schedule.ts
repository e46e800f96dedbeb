/** A small invented schedule for tests: every rule with as little around it as it needs. */
import { readFileSync } from 'node:fs'
import { parseDay, type Day } from '@bairn/quantities'
import { decodeImmunizationEdition, type ImmunizationEdition, type ImmunizationFigures } from '../edition.ts'
import { immunize, type Immunization } from '../immunize.ts'
import type { DoseAdministered, ImmunizationFacts } from '../patient.ts'
import type { AntigenRow, ScheduleData, SeriesRow, TargetDoseRow } from '../schedule.ts'

/** The rules and their sources as the United States edition has them. */
/** The rules of the United States; its observations are not in these small schedules. */
export const figures: ImmunizationFigures = { ...JSON.parse(readFileSync(new URL('../../../knowledge/immunization/cdsi-4.64/edition.json', import.meta.url), 'utf8')) as ImmunizationFigures, reactions: [] }

export const day = (text: string): Day => {
  const parsed = parseDay(text)
  if (!parsed.ok) throw new Error(text)
  return parsed.value
}

/** A target dose that any vaccine 01 satisfies. */
export const dose = (row: TargetDoseRow = {}): TargetDoseRow => ({ preferable: [{ cvx: '01', forecast: true }], ...row })
export const series = (doses: readonly TargetDoseRow[], row: Partial<SeriesRow> = {}): SeriesRow =>
  ({ name: 'one', vaccineGroup: 'G', type: 'standard', seriesGroup: { id: '1', name: 'Standard' }, default: true, priority: 'A', preference: 1, doses, ...row })

/** One antigen A in one group G; vaccines 01 and 02 hold it, 03 holds B (a group of its own), 04 only conflicts. */
export function scheduleOf(rows: readonly SeriesRow[], more: { readonly antigen?: Partial<AntigenRow>; readonly schedule?: Partial<ScheduleData> } = {}): ScheduleData {
  return {
    vaccines: { '01': { name: 'Vaccine one', antigens: [{ antigen: 'A' }] }, '02': { name: 'Vaccine two', antigens: [{ antigen: 'A' }] }, '03': { name: 'Vaccine three', antigens: [{ antigen: 'B' }] } },
    vaccineGroups: [{ name: 'G', antigens: ['A'] }, { name: 'H', antigens: ['B'] }],
    conflicts: [], observations: { '001': { title: 'First observation' }, '002': { title: 'Second observation' } },
    antigens: [
      { name: 'A', contraindications: [], vaccineContraindications: [], series: rows, ...more.antigen },
      { name: 'B', contraindications: [], vaccineContraindications: [], series: [series([dose({ preferable: [{ cvx: '03', forecast: true }] })], { name: 'b', vaccineGroup: 'H' })] },
    ],
    ...more.schedule,
  }
}
export const editionOf = (...args: Parameters<typeof scheduleOf>): ImmunizationEdition => decodeImmunizationEdition(figures, scheduleOf(...args))

/** A child born on 2024-01-01; doses as '2024-03-01' (vaccine 01) or '2024-03-01 02'. */
export function judge(edition: ImmunizationEdition, doses: readonly string[], more: Partial<ImmunizationFacts> & { readonly on?: string; readonly strict?: boolean; readonly dose?: Partial<DoseAdministered> } = {}): Immunization {
  const { on = '2026-01-01', strict = false, dose: extra = {}, ...facts } = more
  return immunize({
    birthDate: day('2024-01-01'), sex: 'female', observations: [],
    doses: doses.map((text, index) => ({ id: `d${index + 1}`, date: day(text.slice(0, 10)), cvx: text.slice(11) || '01', ...extra })), ...facts,
  }, edition, { assessment: day(on), strict })
}
/** 'valid satisfy.valid', one text a dose of group G */
export const statuses = ({ evaluations }: Immunization, prefix = 'cdsi.4-6'): readonly string[] =>
  evaluations.filter(({ vaccineGroup }) => vaccineGroup === 'G').map(({ status, findings }) => [status, ...findings.map(({ rule }) => `${prefix}.${rule}`)].join(' '))
export const forecastOf = (found: Immunization, group = 'G') => found.forecasts.find(({ vaccineGroup }) => vaccineGroup === group)
/** rule ids of the forecast of group G */
export const whyOf = (found: Immunization): readonly string[] => (forecastOf(found)?.members ?? []).flatMap(({ findings }) => findings.map(({ rule }) => `cdsi.4-6.${rule}`))
