/** A finding as a reason of the house: rule id, sentence with its numbers, the dose it rests on, source and how sure it is. */
import type { Evidence, MessageParam, Reason } from '@bairn/reasoning'
import type { ImmunizationEdition } from './edition.ts'
import type { Finding } from './finding.ts'

/** @throws Error if the edition does not name the rule (caller's bug) */
export function explain({ rule, day, code, dose }: Finding, edition: ImmunizationEdition): Reason {
  const named = edition.rules[rule]
  if (named === undefined) throw new Error(`${edition.id} has no rule '${rule}'`)
  const params: Record<string, MessageParam> = {}
  if (day !== undefined) params['day'] = { day }
  if (code !== undefined) params['what'] = { text: titleOf(rule, code, edition) }
  return {
    rule: `${edition.rulePrefix}.${rule}`, edition: edition.id, evidence: named.evidence as Evidence,
    text: { key: `immunization.${rule}`, params },
    inputs: dose === undefined ? [] : [{ id: dose, kind: 'dose' }],
    source: { document: edition.sources[named.source]?.document ?? '', ...(named.section === undefined ? {} : { section: named.section }) },
  }
}

/** What the authority calls a finding ("Age: Too Young"). @throws Error if the edition does not name the rule (caller's bug) */
export function wordsOf({ rule }: Finding, edition: ImmunizationEdition): string {
  const named = edition.rules[rule]
  if (named === undefined) throw new Error(`${edition.id} has no rule '${rule}'`)
  return named.words
}

const OF_OBSERVATIONS = /^(?:contraindication|immunity|series)\./

/** A vaccine's or observation's own name; any other code as it stands. */
const titleOf = (rule: string, code: string, edition: ImmunizationEdition): string =>
  OF_OBSERVATIONS.test(rule) ? edition.observations[code]?.title ?? code : edition.vaccines.get(code)?.name ?? code
