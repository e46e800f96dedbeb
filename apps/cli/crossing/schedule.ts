/** The schedule of a country, by its code of two or three letters; 'WHO' is the world's. */
import type { ImmunizationEdition } from '@bairn/immunization'
import { findCountry, immunizationEditionFor, listImmunizationEditions, loadImmunizationEdition, loadReferenceSchedule } from '@bairn/knowledge'
import type { Message } from '@bairn/reasoning'

const WORLD = '001'

/** @returns the schedule to judge by, or why there is none, named by the option that asked for it */
export async function scheduleOf(option: string, given: string): Promise<{ readonly ok: true; readonly edition: ImmunizationEdition } | { readonly ok: false; readonly problems: readonly Message[] }> {
  const country = given.trim().toUpperCase() === 'WHO' ? WORLD : findCountry(given)
  const found = country === undefined ? undefined : immunizationEditionFor(country)
  const edition = found?.kind === 'full' ? await loadImmunizationEdition(found.id) : undefined
  if (edition !== undefined) return { ok: true, edition }
  const params = { option: { text: option }, given: { text: given }, known: { text: await known() } }
  const reported = country === undefined ? undefined : await loadReferenceSchedule(country)
  if (reported === undefined) return { ok: false, problems: [{ key: 'crossing.noSchedule', params }] }
  const national = reported.rows.filter(({ population, place }) => population === undefined && place === 'national')
  return { ok: false, problems: [
    { key: 'crossing.onlyReported', params: { ...params, country: { text: reported.name }, year: { text: String(reported.reportedYear) } } },
    ...[...Map.groupBy(national, ({ vaccineName }) => vaccineName)].map(([vaccine, rows]): Message => ({ key: 'crossing.reported', params: { vaccine: { text: vaccine }, ages: { text: rows.map((row) => row.reported).filter((age) => age !== '').join(', ') || '-' } } })),
    { key: 'crossing.reportedSource', params: { source: { text: reported.source }, known: { text: await known() } } },
  ] }
}

/** 'BD, BR, …, US, WHO' */
const known = async (): Promise<string> =>
  (await listImmunizationEditions()).filter(({ kind }) => kind === 'full').map(({ country }) => (country === WORLD ? 'WHO' : country)).toSorted().join(', ')
