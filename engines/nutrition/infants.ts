/**
 * Infants under six months at risk of poor growth and development: N-I1 (serial weights), N-I2 (one measurement), N-I4 (who is
 * referred now). Source: WHO wasting guideline 2023, part A; N-I11 (loss in the first days) NICE NG75.
 * Velocity against the WHO velocity standards is not judged: their tables are not loaded. N-I3 (background) and treatment are not here.
 */
import type { Day, Kilograms } from '@bairn/quantities'
import { known, or, truthOf, unknown, type Answer, type FactRef, type Reason, type Truth } from '@bairn/reasoning'
import type { NutritionChild, WeightTrend } from './child.ts'
import { nutritionReason, type NutritionEdition, type NutritionRule } from './edition.ts'
import { foundByMuac, foundByOedema, foundByWeightForAge, foundByWeightForLength, notMeasured } from './found.ts'

export type InfantClass = 'referNow' | 'atRisk' | 'notAtRisk'
export interface InfantRisk {
  /** holds for certain, at least */
  readonly class: InfantClass
  readonly atMost: InfantClass
  /** missing inputs that could make it worse */
  readonly open: readonly InfantInput[]
}
export type InfantInput = 'oedema' | 'complication' | 'weightForAge' | 'weightForLength' | 'muac' | 'trend'

export const isInfantAge = ({ age }: NutritionChild, { infants }: NutritionEdition): boolean => age.months < infants.belowMonths

/** Known if at risk (at least), or if everything was looked at. @throws RangeError from six months (caller's bug: `isInfantAge` first) */
export function infantRisk(child: NutritionChild, edition: NutritionEdition): Answer<InfantRisk> {
  if (!isInfantAge(child, edition)) throw new RangeError(`infants are under ${edition.infants.belowMonths} months, not ${child.age.months}`)
  const { infants, guards } = edition
  const below = (value: number | undefined, cut: number): Truth => (value === undefined ? 'unknown' : value < cut)
  const armCounts = child.age.days >= guards.infantMuacAges.fromDays
  const trend = child.trend
  const urgent: readonly Trigger[] = [
    { input: 'oedema', holds: truthOf(child.oedema.answer), say: () => foundByOedema(child, edition, 'N-I4') },
    { input: 'complication', holds: truthOf(child.complication.answer), say: () => nutritionReason(edition, 'N-I4', { key: 'nutrition.complication' }, child.complication.facts) },
    { input: 'trend', holds: trend?.loss ?? 'unknown', say: () => trendReason(trend, edition, 'N-I4', 'loss') },
  ]
  const risk: readonly Trigger[] = [
    { input: 'weightForAge', holds: below(child.weightForAge?.z, infants.weightForAgeBelow), say: () => foundByWeightForAge(child, edition, 'N-I2', 'atRisk') },
    { input: 'weightForLength', holds: below(child.weightForLength?.z, infants.weightForLengthBelow), say: () => foundByWeightForLength(child, edition, 'N-I2', 'atRisk') },
    { input: 'muac', holds: armCounts ? below(child.muac?.value, infants.muacBelow) : false, say: () => foundByMuac(child, edition, 'N-I2', 'atRisk') },
    { input: 'trend', holds: trend?.noGain ?? 'unknown', say: () => trendReason(trend, edition, 'N-I1', 'noGain') },
    { input: 'trend', holds: trend?.crossing ?? 'unknown', say: () => trendReason(trend, edition, 'N-I1', 'crossing') },
  ]
  const isUrgent = or(...urgent.map(({ holds }) => holds))
  const isAtRisk = or(isUrgent, ...risk.map(({ holds }) => holds))
  const atMost: InfantClass = isUrgent !== false ? 'referNow' : isAtRisk !== false ? 'atRisk' : 'notAtRisk'
  const said = [...urgent, ...risk].filter(({ holds }) => holds === true).map(({ say }) => say())
  const open = isUrgent === true ? [] : [...new Set([...urgent, ...(isAtRisk === true ? [] : risk)].filter(({ holds }) => holds === 'unknown').map(({ input }) => input))]
  const missing = open.map((input) => notMeasured(child, edition, 'N-I2', input))
  if (isUrgent === true) return known({ class: 'referNow', atMost, open }, [...said, ...missing])
  if (isAtRisk === true) return known({ class: 'atRisk', atMost, open }, [...said, ...missing])
  if (isAtRisk === 'unknown') return unknown([nutritionReason(edition, 'N-I2', { key: 'nutrition.infant.incomplete' }, []), ...missing])
  return known({ class: 'notAtRisk', atMost, open }, [nutritionReason(edition, 'N-I2', { key: 'nutrition.infant.notAtRisk' }, [...(child.weightForAge?.facts ?? []), ...(child.weightForLength?.facts ?? [])])])
}

interface Trigger { readonly input: InfantInput; readonly holds: Truth; readonly say: () => Reason }

function trendReason(trend: WeightTrend | undefined, edition: NutritionEdition, rule: NutritionRule, kind: 'loss' | 'noGain' | 'crossing'): Reason {
  if (trend?.from === undefined) throw new Error('a trend that holds has a first day')
  return nutritionReason(edition, rule, { key: `nutrition.infant.${kind}`, params: { from: { day: trend.from } } }, trend.facts)
}

export interface DatedWeight { readonly day: Day; readonly value: Kilograms; readonly fact: FactRef; /** weight-for-age, when it is known and not flagged */ readonly z?: number }

/**
 * N-I1 on the last two weights of an infant. In the first 21 days a weight below the birth weight is usual up to a tenth (N-I11):
 * there the loss is counted from the first weight. Equal weights less than 7 days apart decide nothing: 'unknown'.
 * @param weights one a day, oldest first
 * @param birth   day of birth
 */
export function weightTrend(weights: readonly DatedWeight[], birth: Day, edition: NutritionEdition): WeightTrend {
  const last = weights.at(-1)
  const before = weights.at(-2)
  if (last === undefined || before === undefined) return { loss: 'unknown', noGain: 'unknown', crossing: 'unknown', facts: [] }
  const { newborn, noGainFromDays } = edition.infants
  const first = weights[0] as DatedWeight
  const isNewborn = last.day - birth < newborn.belowDays
  // One gram of slack keeps 10 % exact where binary fractions are not.
  const loss = isNewborn ? first.value - last.value > first.value * newborn.lossFraction + 0.001 : last.value < before.value
  const span = last.day - before.day
  // N-I11: from the 21st day on a weight below that at birth has still to be regained.
  const belowBirth = !isNewborn && first.day - birth <= 1 && last.value < first.value
  const from = isNewborn || (belowBirth && !loss) ? first : before
  const gained = last.value > before.value
  const crossing: Truth = isNewborn ? 'unknown' : before.z === undefined || last.z === undefined ? 'unknown' : crossesLine(before.z, last.z, edition)
  return {
    loss, noGain: belowBirth && !loss ? true : loss || gained ? false : isNewborn || span < noGainFromDays ? 'unknown' : true, crossing,
    from: from.day, to: last.day, facts: [from.fact, last.fact],
  }
}

/**
 * Whether a printed line from the median down lies between the two scores. A drop within the error of a scale decides nothing, and
 * a fall from above towards the median is not this rule's. On the line is not across it.
 */
export function crossesLine(earlier: number, later: number, { infants: { crossing: { zLines, surelyFrom } } }: NutritionEdition): Truth {
  if (!zLines.some((line) => earlier >= line && later < line)) return false
  return earlier - later >= surelyFrom - 1e-9 ? true : 'unknown'
}
