/**
 * A child's vaccines, read for two schedules and decided by the new one: the same reading as the record's own (`historyFromFhir`), once in
 * the codes of each schedule, and `transferWithUncertainDates`. Comes after the page (dynamic import). Pure but for loading.
 */
import { historyFromFhir, identityFromFhir, needsVaccineBridge, type VaccineHistory } from '@bairn/fhir'
import { transferWithUncertainDates, type ImmunizationEdition, type ImmunizationFacts, type Transfer, type UncertainFacts } from '@bairn/immunization'
import { immunizationEditionFor, loadImmunizationEdition, loadUncertainDatePolicy, loadVaccineBridge } from '@bairn/knowledge'
import { parseDay, type Day } from '@bairn/quantities'

export type Moved =
  | { readonly kind: 'moved'; readonly birth: Day; readonly sex: ImmunizationFacts['sex']; readonly name?: string; readonly on: Day; readonly from: ImmunizationEdition; readonly to: ImmunizationEdition; readonly found: Transfer; readonly history: VaccineHistory }
  /** without the whole day of birth no dose can be decided */
  | { readonly kind: 'noBirthDay' }

interface Asked { readonly from: string; readonly to: string; readonly on: Day }

/** @param from,to countries with a full edition */
export async function readMove(resources: readonly unknown[], { from, to, on }: Asked): Promise<Moved> {
  const identity = identityFromFhir(resources)
  // A month or a year alone is an estimate too.
  const parsed = identity?.birthDate === undefined || identity.birthEstimated ? undefined : parseDay(identity.birthDate)
  if (parsed === undefined || !parsed.ok) return { kind: 'noBirthDay' }
  const birth = parsed.value
  const sex = identity?.sex ?? 'unknown'
  const [old, next, policy] = await Promise.all([editionOf(from), editionOf(to), loadUncertainDatePolicy()])
  const bridge = [old, next].some((edition) => needsVaccineBridge(resources, edition)) ? await loadVaccineBridge() : undefined
  const read = (edition: ImmunizationEdition): VaccineHistory => historyFromFhir(resources, { edition, from: 'record', birthDate: birth, assessment: on, ...(bridge === undefined ? {} : { bridge }) })
  const facts = ({ doses, observations, uncertain }: VaccineHistory): UncertainFacts => ({ birthDate: birth, sex, doses, observations, uncertain })
  const [here, there] = [read(next), read(old)]
  return {
    kind: 'moved', birth, sex, on, from: old, to: next, history: here, ...(identity?.name === undefined ? {} : { name: identity.name }),
    found: transferWithUncertainDates(facts(here), { from: old, to: next }, { assessment: on, there: facts(there), policy }),
  }
}

/** The full edition of a country. @throws Error where there is none (caller's bug) */
async function editionOf(country: string): Promise<ImmunizationEdition> {
  const found = immunizationEditionFor(country)
  const edition = found?.kind === 'full' ? await loadImmunizationEdition(found.id) : undefined
  if (edition === undefined) throw new Error(`no full edition of '${country}'`)
  return edition
}
