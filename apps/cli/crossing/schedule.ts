/** The schedule of a country, by its code of two or three letters. */
import type { ImmunizationEdition } from '@bairn/immunization'
import { IMMUNIZATION_EDITIONS, loadImmunizationEdition } from '@bairn/knowledge'

/** @returns none when there is no schedule of that country to judge by */
export async function scheduleOf(country: string): Promise<ImmunizationEdition | undefined> {
  const asked = country.trim().toUpperCase()
  for (const edition of await editions()) if (codesOf(edition).includes(asked)) return edition
  return undefined
}

/** What there is a schedule of: 'KE, US, WHO'. */
export const countries = async (): Promise<string> => (await editions()).map((edition) => codesOf(edition).find((code) => !/^\d+$/.test(code)) ?? '').toSorted().join(', ')

const editions = (): Promise<readonly ImmunizationEdition[]> => Promise.all(IMMUNIZATION_EDITIONS.map((id) => loadImmunizationEdition(id) as Promise<ImmunizationEdition>))

/** An edition's folder begins with the three letters of its country, or of WHO. */
function codesOf({ id, country }: ImmunizationEdition): readonly string[] {
  const threeLetters = /\/([a-z]{3})-\d{4}$/.exec(id)?.[1]?.toUpperCase()
  return [country, ...(country === 'US' ? ['USA'] : threeLetters === undefined ? [] : [threeLetters])]
}
