/**
 * Classes of acute malnutrition at a primary care clinic: N-W1 to N-W5, the IMCI table as WHO published it (2025).
 * Source: WHO smart-dak-ccc, decision logic CHE.DT.01.CL219 to CL271; figures in the edition.
 * Comes out: DE68 severe with complications, DE69 severe and appetite or breastfeeding could not be tested, DE70 severe without
 * complications, DE71 moderate, DE72 none; or unknown. No treatment, no dose.
 */
import { known, unknown, truthOf, type Answer, type FactRef, type Message, type Reason } from '@bairn/reasoning'
import type { Feeding, NutritionChild } from './child.ts'
import { rangeOf, type Choices } from './completions.ts'
import { nutritionReason, type NutritionEdition, type NutritionRule } from './edition.ts'
import { foundByMuac, foundByOedema, foundByWeightForAge, foundByWeightForLength, notMeasured, type Measure } from './found.ts'

export type CareCode = 'DE68' | 'DE69' | 'DE70' | 'DE71' | 'DE72'
/** what may still be missing: a measure to take, or a question to ask */
export type OpenInput = 'oedema' | 'complication' | 'feeding' | Measure

export interface CareClass {
  /** holds for certain, at least */
  readonly code: CareCode
  /** what a missing answer could still make it; equal to `code` when decided */
  readonly atMost: CareCode
  readonly rule: NutritionRule
  /** missing inputs whose answer can change the class */
  readonly open: readonly OpenInput[]
  /** no oedema, but neither weight nor arm could be measured: never to be read as well nourished */
  readonly notAssessed: boolean
}

type Severity = 'severe' | 'moderate' | 'none'
interface Cells { oedema: boolean; complication: boolean; feeding: Exclude<Feeding, 'notAsked'>; weightForLength: Severity; muac: Severity; weightForAge: Severity }
interface Outcome { readonly code: CareCode; readonly rule: NutritionRule }

const RANK: Readonly<Record<CareCode, number>> = { DE72: 0, DE71: 1, DE70: 2, DE69: 3, DE68: 4 }
export const careRank = (code: CareCode): number => RANK[code]

/** Known if the class is decided, or if it holds as "at least" moderate or severe; unknown if it could be none or worse. */
export function primaryCareClass(child: NutritionChild, edition: NutritionEdition): Answer<CareClass> {
  const choices = choicesOf(child, edition)
  const { atLeast, atMost, open } = rangeOf<Cells, Outcome>(choices, decide, (outcome) => RANK[outcome.code])
  const nothingMeasured = child.weightForAge === undefined && child.weightForLength === undefined && child.muac === undefined
  if (nothingMeasured && child.oedema.answer === 'no') {
    const because = [nutritionReason(edition, 'N-W5', { key: 'nutrition.notAssessed' }, child.oedema.facts)]
    return known({ code: 'DE72', atMost: atMost.code, rule: 'N-W5', open, notAssessed: true }, because)
  }
  if (RANK[atLeast.code] === 0 && RANK[atMost.code] > 0) return unknown(incomplete(child, edition, open))
  return known({ code: atLeast.code, atMost: atMost.code, rule: atLeast.rule, open, notAssessed: false }, reasonsOf(child, edition, atLeast, choices, open))
}

/** The table: the first line that holds. */
function decide({ oedema, complication, feeding, weightForLength, muac, weightForAge }: Cells): Outcome {
  if (oedema) return { code: 'DE68', rule: 'N-W1' }
  if (weightForLength === 'severe' || muac === 'severe' || weightForAge === 'severe') {
    if (complication || feeding === 'fail') return { code: 'DE68', rule: 'N-W3' }
    return { code: feeding === 'notAvailable' ? 'DE69' : 'DE70', rule: 'N-W3' }
  }
  if (weightForLength === 'moderate' || muac === 'moderate') return { code: 'DE71', rule: 'N-W4' }
  return { code: 'DE72', rule: 'N-W5' }
}

/** What each input is, or could be. A measure that does not count at this age is 'none' whether taken or not. */
function choicesOf(child: NutritionChild, edition: NutritionEdition): Choices<Cells> {
  const { severeByAge, moderate } = edition.primaryCare
  const band = severeByAge.find(({ fromMonths, belowMonths }) => child.age.months >= fromMonths && child.age.months < belowMonths)
  const z = child.weightForLength?.z
  const arm = child.muac?.value
  return {
    oedema: possible(truthOf(child.oedema.answer)),
    complication: possible(truthOf(child.complication.answer)),
    feeding: child.feeding.answer === 'notAsked' ? ['pass', 'notAvailable', 'fail'] : [child.feeding.answer],
    weightForLength: band === undefined ? ['none'] : severities(z, band.weightForLengthBelow, moderate.weightForLengthBelow),
    muac: band?.muacBelow === undefined || child.age.months < moderate.muacFromMonths ? ['none'] : severities(arm, band.muacBelow, moderate.muacBelow),
    weightForAge: band?.weightForAgeBelow === undefined ? ['none']
      : child.weightForAge === undefined ? ['none', 'severe'] : [child.weightForAge.z < band.weightForAgeBelow ? 'severe' : 'none'],
  }
}

const possible = (truth: boolean | 'unknown'): readonly boolean[] => (truth === 'unknown' ? [false, true] : [truth])

const severities = (value: number | undefined, severeBelow: number, moderateBelow: number): readonly Severity[] =>
  value === undefined ? ['none', 'moderate', 'severe'] : [value < severeBelow ? 'severe' : value < moderateBelow ? 'moderate' : 'none']

function reasonsOf(child: NutritionChild, edition: NutritionEdition, { code, rule }: Outcome, choices: Choices<Cells>, open: readonly OpenInput[]): Reason[] {
  const found: Reason[] = []
  const add = (by: NutritionRule, text: Message, facts: readonly FactRef[]) => found.push(nutritionReason(edition, by, text, facts))
  if (rule === 'N-W1') found.push(foundByOedema(child, edition, 'N-W1'))
  const level = code === 'DE72' ? undefined : code === 'DE71' ? 'moderate' : 'severe'
  if (level !== undefined && rule !== 'N-W1') {
    const by = level === 'severe' ? 'N-W2' : 'N-W4'
    if (only(choices.weightForLength, level)) found.push(foundByWeightForLength(child, edition, by, level))
    if (only(choices.muac, level)) found.push(foundByMuac(child, edition, by, level))
    if (only(choices.weightForAge, level)) found.push(foundByWeightForAge(child, edition, by))
  }
  if (rule === 'N-W3') {
    const infant = child.age.months < edition.primaryCare.breastfeedingBelowMonths
    const test = { test: { code: infant ? 'breastfeeding' : 'appetite' } }
    if (child.complication.answer === 'yes') add('N-W3', { key: 'nutrition.complication' }, child.complication.facts)
    if (child.feeding.answer === 'fail') add('N-W3', { key: 'nutrition.feedingFailed', params: test }, child.feeding.facts)
    if (child.feeding.answer === 'notAvailable') add('N-W3', { key: 'nutrition.feedingNotTested', params: test }, child.feeding.facts)
    if (code === 'DE70' && open.length === 0) add('N-W3', { key: 'nutrition.noComplication', params: test }, [...child.complication.facts, ...child.feeding.facts])
  }
  if (code === 'DE72') add('N-W5', { key: 'nutrition.noWasting' }, measuredFacts(child))
  // Danger signs and feeding decide only between classes of a severe one.
  const missing = level === 'severe' ? open : open.filter((input) => input !== 'complication' && input !== 'feeding')
  return [...found, ...missing.map((input) => notMeasured(child, edition, rule, input))]
}

const only = (values: readonly Severity[], level: Severity): boolean => values.length === 1 && values[0] === level

function incomplete(child: NutritionChild, edition: NutritionEdition, open: readonly OpenInput[]): Reason[] {
  const missing = open.filter((input) => input !== 'complication' && input !== 'feeding')
  return [nutritionReason(edition, 'N-W5', { key: 'nutrition.incomplete' }, measuredFacts(child)), ...missing.map((input) => notMeasured(child, edition, 'N-W5', input))]
}

const measuredFacts = (child: NutritionChild): readonly FactRef[] =>
  [...(child.weightForLength?.facts ?? []), ...(child.muac?.facts ?? []), ...child.oedema.facts]
