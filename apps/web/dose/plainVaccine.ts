/** The vaccines of a schedule that serve one of its groups. Pure. */
import type { ImmunizationEdition } from '@bairn/immunization'
import type { VaccineForecast } from '@bairn/plan'

export interface Product { readonly code: string; readonly name: string }

/**
 * The vaccine by which "not given" is written down for a group: one that the schedule names, else the plainest that it knows, so that
 * nothing is said of other diseases.
 */
export function plainVaccineOf({ group, vaccines }: Pick<VaccineForecast, 'group' | 'vaccines'>, edition: ImmunizationEdition): Product | undefined {
  const [only, ...more] = vaccines
  if (only !== undefined && more.length === 0) return only
  const own = antigensOf(group, edition)
  const strange = (code: string): number => edition.vaccines.get(code)?.antigens.filter(({ antigen }) => !own.has(antigen)).length ?? 0
  const [plainest] = covering(group, edition).toSorted(([a, one], [b, other]) => strange(a) - strange(b) || other.antigens.length - one.antigens.length || (a < b ? -1 : 1))
  return plainest === undefined ? undefined : { code: plainest[0], name: plainest[1].name }
}

/** Every vaccine that protects against something of the group. */
export const covering = (group: string, edition: ImmunizationEdition) => {
  const own = antigensOf(group, edition)
  return [...edition.vaccines].filter(([, { antigens }]) => antigens.some(({ antigen }) => own.has(antigen)))
}
const antigensOf = (group: string, edition: ImmunizationEdition): ReadonlySet<string> => new Set(edition.vaccineGroups.find(({ name }) => name === group)?.antigens)
