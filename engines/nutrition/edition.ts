/**
 * The shape of a nutrition edition (knowledge/nutrition/<edition>/edition.json) and its check.
 * Every figure of the engine stands there: cut-offs, ages, guards. Every rule names its source and how sure we are of it.
 */
import type { EditionHead, Evidence, FactRef, Flip, Message, Reason, SourceRef } from '@bairn/reasoning'

export type NutritionRule =
  | 'G1' | 'G2' | 'G3' | 'G4' | 'G5'
  | 'N-C1' | 'N-C2' | 'N-C3' | 'N-C4' | 'N-C5' | 'N-C6' | 'N-C7' | 'N-T1'
  | 'N-W1' | 'N-W2' | 'N-W3' | 'N-W4' | 'N-W5'
  | 'N-I1' | 'N-I2' | 'N-I4' | 'N-I11'

export interface NutritionEdition extends EditionHead {
  readonly rules: Readonly<Record<NutritionRule, { readonly source: string; readonly section?: string; readonly evidence: Evidence }>>
  readonly guards: {
    readonly zFlags: Readonly<Record<'weightForAge' | 'lengthForAge' | 'weightForLength' | 'bmiForAge', { readonly below: number; readonly above: number }>>
    readonly muacPlausible: { readonly from: number; readonly to: number }
    readonly weightChange: { readonly fraction: number; readonly withinDays: number }
    readonly preterm: readonly { readonly gestationFromDays: number; readonly gestationBelowDays: number; readonly correctBelowMonths: number }[]
    readonly muacAges: AgeBand
    readonly infantMuacAges: { readonly fromDays: number; readonly belowMonths: number }
    readonly position: { readonly lyingBelowMonths: number; readonly correctionCm: number }
  }
  readonly cutOffs: {
    readonly ages: AgeBand & { readonly referenceEndsMonths: number }
    readonly weightForLength: { readonly severeBelow: number; readonly moderateBelow: number; readonly riskAbove: number; readonly overweightAbove: number; readonly obeseAbove: number }
    readonly muac: { readonly severeBelow: number; readonly moderateBelow: number }
    readonly lengthForAge: { readonly severeBelow: number; readonly moderateBelow: number }
    readonly weightForAge: { readonly severeBelow: number; readonly moderateBelow: number }
  }
  readonly primaryCare: {
    readonly severeByAge: readonly (AgeBand & { readonly weightForAgeBelow?: number; readonly weightForLengthBelow: number; readonly muacBelow?: number })[]
    readonly moderate: { readonly weightForLengthBelow: number; readonly muacBelow: number; readonly muacFromMonths: number }
    readonly breastfeedingBelowMonths: number
  }
  readonly infants: {
    readonly belowMonths: number
    readonly weightForAgeBelow: number
    readonly weightForLengthBelow: number
    readonly muacBelow: number
    readonly noGainFromDays: number
    /** printed lines of the weight-for-age chart from the median down; a drop smaller than `surelyFrom` may be the scale */
    readonly crossing: { readonly zLines: readonly number[]; readonly surelyFrom: number }
    readonly newborn: { readonly belowDays: number; readonly lossFraction: number }
  }
}

interface AgeBand { readonly fromMonths: number; readonly belowMonths: number }

/** A reason of this engine: the rule's source and evidence come from the edition. */
export function nutritionReason(edition: NutritionEdition, rule: NutritionRule, text: Message, inputs: readonly FactRef[], flips?: readonly Flip[]): Reason {
  const { source, section, evidence } = edition.rules[rule]
  return {
    rule: `${edition.rulePrefix}.${rule}`, edition: edition.id, text, inputs, source: sourceOf(edition, source, section), evidence,
    ...(flips === undefined || flips.length === 0 ? {} : { flips }),
  }
}

function sourceOf(edition: NutritionEdition, name: string, section: string | undefined): SourceRef {
  const source = edition.sources[name]
  if (source === undefined) throw new Error(`${edition.id} has no source '${name}'`)
  return { document: source.document, ...(section === undefined ? {} : { section }), ...(source.page === undefined ? {} : { page: source.page }) }
}

/** What is wrong with an edition, in words for its author; empty when all is well. */
export function checkNutritionEdition(edition: NutritionEdition): string[] {
  const problems: string[] = []
  for (const [rule, { source }] of Object.entries(edition.rules)) if (!(source in edition.sources)) problems.push(`rule ${rule}: no source '${source}'`)
  const { weightForLength, muac, lengthForAge, weightForAge } = edition.cutOffs
  for (const [name, cut] of Object.entries({ weightForLength, muac, lengthForAge, weightForAge }))
    if (!(cut.severeBelow < cut.moderateBelow)) problems.push(`${name}: severe must lie below moderate`)
  if (!(weightForLength.riskAbove < weightForLength.overweightAbove && weightForLength.overweightAbove < weightForLength.obeseAbove)) problems.push('weightForLength: risk, overweight, obese must rise')
  let next = 0
  for (const band of edition.primaryCare.severeByAge) {
    if (band.fromMonths !== next) problems.push(`primaryCare: no band from ${next} months`)
    next = band.belowMonths
  }
  for (const day of [edition.effective, edition.reviewBy]) if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) problems.push(`not a date: ${day}`)
  return problems
}
