/** Reasons of this engine: the rule's source and evidence come from the edition, the sentence from knowledge/messages. */
import type { FactRef, Flip, Message, Reason } from '@bairn/reasoning'
import { evidenceOf, type GrowthEdition, type Indicator, type Measure } from './edition.ts'

/** Rule ids are `<authority>.<edition>.<indicator or subject>.<rule>`. */
export function growthReason(edition: GrowthEdition, subject: string, rule: string, text: Message, inputs: readonly FactRef[], flips?: readonly Flip[]): Reason {
  const named = edition.rules[rule]
  if (named === undefined) throw new Error(`${edition.id} has no rule '${rule}'`)
  return {
    rule: `${edition.rulePrefix}.${subject}.${rule}`, edition: edition.id, text, inputs, evidence: evidenceOf(edition, rule),
    source: { document: (edition.sources[named.source] as { document: string }).document, ...(named.section === undefined ? {} : { section: named.section }) },
    ...(flips === undefined || flips.length === 0 ? {} : { flips }),
  }
}

export const indicatorName = (indicator: Indicator): { readonly message: Message } => ({ message: { key: 'growth.indicator', params: { indicator: { code: indicator } } } })
export const measureName = (measure: Measure): { readonly message: Message } => ({ message: { key: 'growth.measure', params: { measure: { code: measure } } } })
