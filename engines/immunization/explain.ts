/** A finding as a reason of the house: rule id, sentence with its numbers, the dose it rests on, source and how sure it is. */
import type { Evidence, MessageParam, Reason } from '@bairn/reasoning'
import type { ImmunizationEdition } from './edition.ts'
import type { Finding } from './finding.ts'

/**
 * Where an edition borrows its validity, the sentence says whose rule it is and that the country's own is not confirmed here.
 * @throws Error if the edition does not name the rule (caller's bug)
 */
export function explain({ rule, day, code, dose, own }: Finding, edition: ImmunizationEdition): Reason {
  const named = edition.rules[rule]
  if (named === undefined) throw new Error(`${edition.id} has no rule '${rule}'`)
  const { source, evidence } = own === true && named.own !== undefined ? named.own : named
  const params: Record<string, MessageParam> = {}
  if (day !== undefined) params['day'] = { day }
  if (code !== undefined) params['what'] = { text: titleOf(rule, code, edition) }
  const sentence = { key: `immunization.${rule}`, params }
  const borrowed = edition.borrowed && own !== true ? BORROWED.find(({ rules }) => rules.test(rule)) : undefined
  return {
    rule: `${edition.rulePrefix}.${rule}`, edition: edition.id, evidence: evidence as Evidence,
    text: borrowed === undefined ? sentence : { key: `immunization.borrowed.${borrowed.says}`, params: { reason: { message: sentence } } },
    inputs: dose === undefined ? [] : [{ id: dose, kind: 'dose' }],
    source: { document: edition.sources[source]?.document ?? '', ...(own === true || named.section === undefined ? {} : { section: named.section }) },
  }
}

/** What rests on the rules that say whether and when a dose counts. */
const BORROWED = [
  { says: 'notCounted', rules: /^(?:age\.tooYoung|interval\.tooSoon|conflict\.|vaccine\.notAllowed)/ },
  { says: 'rule', rules: /^(?:age\.tooOld|contraindication\.|skip\.|need\.(?:agedOut|cannotFinish)|date\.(?:minimumAge|interval|conflict))/ },
] as const

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
