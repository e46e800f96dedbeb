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

const WEIGHT_BASED: readonly string[] = ['weightForAge', 'weightForLengthHeight', 'bmiForAge']
const FROM_THREE_MONTHS: readonly string[] = ['armCircumferenceForAge', 'tricepsSkinfoldForAge', 'subscapularSkinfoldForAge']

/** Every rule id that this engine can give under an edition: what the check "every rule has a test" goes by. */
export function growthRuleIds(edition: GrowthEdition, indicators: readonly Indicator[]): string[] {
  const under5 = edition.position !== undefined
  const own = indicators.filter((indicator) => under5 || indicator in edition.tables)
  const ids = own.flatMap((indicator) => [
    'z', 'notMeasured', 'impossible', 'sex', 'flag', 'crossing',
    ...(under5 ? ['age', 'preterm'] : ['range']),
    ...(under5 && FROM_THREE_MONTHS.includes(indicator) ? ['range'] : []),
    ...(WEIGHT_BASED.includes(indicator) ? ['oedema'] : []),
    ...(indicator === 'weightForLengthHeight' ? ['lengthRange'] : []),
    ...(!under5 && indicator === 'weightForAge' ? ['weightForAgeEnds'] : []),
    ...new Set(edition.classes.filter((cut) => cut.indicator === indicator).map((cut) => cut.rule)),
  ].filter((rule) => !(rule === 'preterm' && indicator === 'weightForLengthHeight')).map((rule) => `${indicator}.${rule}`))
  const subjects = under5 ? ['lengthHeight.position', 'lengthHeight.heightFell', 'weight.weightLoss', 'weight.noGain', 'muac.class', 'muac.range'] : ['lengthHeight.heightFell', 'weight.weightLoss']
  return [...ids, ...subjects].map((id) => `${edition.rulePrefix}.${id}`)
}
