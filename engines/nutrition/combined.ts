/**
 * Combined classes from 6 to 59 months, N-C1 to N-C7: wasting and nutritional oedema by the worst of oedema, weight-for-length
 * or -height and arm; overweight; stunting; low weight for age. Says which measure found it and what was not measured.
 * Sources: WHO eLENA, WHO 2017, EmCare and others, by rule in the edition. Oedema comes first (G4): a weight never clears it.
 * Treatment and rations are not here.
 */
import { known, truthOf, unknown, type Answer, type FactRef, type Reason } from '@bairn/reasoning'
import type { NutritionChild, Score } from './child.ts'
import { rangeOf } from './completions.ts'
import { nutritionReason, type NutritionEdition, type NutritionRule } from './edition.ts'
import { foundByMuac, foundByOedema, foundByWeightForLength, notMeasured, type Level } from './found.ts'

export type WastingClass = 'severe' | 'moderate' | 'none'
export interface Wasting {
  /** holds for certain, at least */
  readonly class: WastingClass
  readonly atMost: WastingClass
  readonly foundBy: readonly ('oedema' | 'weightForLength' | 'muac')[]
  readonly notMeasured: readonly ('oedema' | 'weightForLength' | 'muac')[]
  /** the missing ones whose answer can change the class */
  readonly open: readonly ('oedema' | 'weightForLength' | 'muac')[]
}
export type OverweightClass = 'obese' | 'overweight' | 'possibleRisk' | 'none'
export interface CombinedClasses {
  readonly wasting: Answer<Wasting>
  readonly overweight: Answer<OverweightClass>
  readonly stunting: Answer<WastingClass>
  readonly underweight: Answer<WastingClass>
}

const RANK: Readonly<Record<WastingClass, number>> = { none: 0, moderate: 1, severe: 2 }
/** The age for which the combined classes are made. */
export const isCombinedAge = ({ age }: NutritionChild, { cutOffs }: NutritionEdition): boolean => age.months >= cutOffs.ages.fromMonths && age.months < cutOffs.ages.belowMonths

/** All four for a child of 6 to 59 months. @throws RangeError outside that age (caller's bug: `isCombinedAge` first) */
export function combinedClasses(child: NutritionChild, edition: NutritionEdition): CombinedClasses {
  if (!isCombinedAge(child, edition)) throw new RangeError(`combined classes are for 6 to 59 months, not ${child.age.months}`)
  const { lengthForAge, weightForAge } = edition.cutOffs
  return {
    wasting: wastingClass(child, edition),
    overweight: overweightClass(child, edition),
    stunting: byAge(child.lengthForAge, lengthForAge, 'N-C6', child.lengthForAge?.position, edition),
    underweight: byAge(child.weightForAge, weightForAge, 'N-C7', undefined, edition),
  }
}

/** N-C1 and N-C2. Unknown if nothing severe or moderate was found and something was not looked at. */
export function wastingClass(child: NutritionChild, edition: NutritionEdition): Answer<Wasting> {
  const cut = edition.cutOffs
  const oedema = truthOf(child.oedema.answer)
  const level = (value: number | undefined, { severeBelow, moderateBelow }: { readonly severeBelow: number; readonly moderateBelow: number }): readonly WastingClass[] =>
    value === undefined ? ['none', 'moderate', 'severe'] : [value < severeBelow ? 'severe' : value < moderateBelow ? 'moderate' : 'none']
  const choices = {
    oedema: oedema === 'unknown' ? ['none', 'severe'] as const : [oedema ? 'severe' : 'none'] as const,
    weightForLength: level(child.weightForLength?.z, cut.weightForLength),
    muac: level(child.muac?.value, cut.muac),
  } satisfies Record<string, readonly WastingClass[]>
  const measures = ['oedema', 'weightForLength', 'muac'] as const
  const worst = (classes: Readonly<Record<typeof measures[number], WastingClass>>): WastingClass =>
    measures.map((measure) => classes[measure]).reduce((a, b) => (RANK[a] >= RANK[b] ? a : b))
  const { atLeast, atMost, open } = rangeOf<Record<typeof measures[number], WastingClass>, WastingClass>(choices, worst, (outcome) => RANK[outcome])
  const missing = measures.filter((measure) => choices[measure].length > 1)
  const rule = atLeast === 'severe' ? 'N-C1' : 'N-C2'
  const notThere = missing.map((measure) => notMeasured(child, edition, rule, measure))
  if (atLeast === 'none' && open.length > 0) return unknown([nutritionReason(edition, rule, { key: 'nutrition.incomplete' }, factsOf(child)), ...notThere])
  const foundBy = atLeast === 'none' ? [] : measures.filter((measure) => choices[measure].length === 1 && choices[measure][0] === atLeast)
  const because = atLeast === 'none'
    ? [nutritionReason(edition, rule, { key: 'nutrition.noWasting' }, factsOf(child))]
    : foundBy.map((measure) => found(child, edition, rule, measure, atLeast))
  return known({ class: atLeast, atMost, foundBy, notMeasured: missing, open }, [...because, ...notThere])
}

function found(child: NutritionChild, edition: NutritionEdition, rule: NutritionRule, measure: 'oedema' | 'weightForLength' | 'muac', level: Level): Reason {
  if (measure === 'oedema') return foundByOedema(child, edition, rule)
  return measure === 'muac' ? foundByMuac(child, edition, rule, level) : foundByWeightForLength(child, edition, rule, level)
}

/** N-C3 to N-C5, by weight-for-length or -height. With oedema there is no such score, so nothing is said. */
function overweightClass(child: NutritionChild, edition: NutritionEdition): Answer<OverweightClass> {
  const score = child.weightForLength
  if (child.oedema.answer === 'yes') return unknown([nutritionReason(edition, 'G4', { key: 'nutrition.oedemaHidesWeight' }, child.oedema.facts)])
  if (score === undefined) return unknown([notMeasured(child, edition, 'N-C3', 'weightForLength')])
  const { riskAbove, overweightAbove, obeseAbove } = edition.cutOffs.weightForLength
  const [value, rule]: readonly [OverweightClass, NutritionRule] =
    score.z > obeseAbove ? ['obese', 'N-C3'] : score.z > overweightAbove ? ['overweight', 'N-C4'] : score.z > riskAbove ? ['possibleRisk', 'N-C5'] : ['none', 'N-C4']
  const text = { key: 'nutrition.overweight', params: { class: { code: value }, position: { code: score.position }, z: { z: score.z } } }
  const feet = child.oedema.answer === 'no' ? [] : [notMeasured(child, edition, 'G4', 'oedema')]
  return known(value, [nutritionReason(edition, rule, text, score.facts), ...feet])
}

function byAge(score: Score | undefined, cut: { readonly severeBelow: number; readonly moderateBelow: number }, rule: 'N-C6' | 'N-C7', kind: string | undefined, edition: NutritionEdition): Answer<WastingClass> {
  const name = rule === 'N-C6' ? 'stunting' : 'underweight'
  if (score === undefined) return unknown([nutritionReason(edition, rule, { key: 'nutrition.missing', params: { what: { code: name === 'stunting' ? 'lengthForAge' : 'weightForAge' }, asked: { code: 'notAsked' } } }, [])])
  const value: WastingClass = score.z < cut.severeBelow ? 'severe' : score.z < cut.moderateBelow ? 'moderate' : 'none'
  return known(value, [nutritionReason(edition, rule, { key: `nutrition.${name}`, params: { class: { code: value }, ...(kind === undefined ? {} : { kind: { code: kind } }), z: { z: score.z } } }, score.facts)])
}

const factsOf = (child: NutritionChild): readonly FactRef[] => [...(child.weightForLength?.facts ?? []), ...(child.muac?.facts ?? []), ...child.oedema.facts]
