/** At which weight a class found by weight would be another: "from 8.2 kg it is no longer wasting". Asked of the growth tables. */
import { kilograms, type Kilograms } from '@bairn/quantities'
import type { Flip, Reason } from '@bairn/reasoning'
import { flip, type Context } from '../context.ts'
import { weightReaching } from '../scores.ts'

/** For reasons that say a class by weight-for-length, weight-for-age or BMI; none for the rest. */
export function weightFlips(reason: Reason, { book, birth, editions, scores }: Context): Flip[] {
  const indicator = reason.text.key === 'nutrition.found.weightForLength' ? 'weightForLengthHeight' : reason.text.key === 'nutrition.found.weightForAge' ? 'weightForAge' : undefined
  const level = reason.text.params?.['level']
  if (indicator === undefined || birth === undefined || level === undefined || !('code' in level)) return []
  const scored = scores.find((one) => one.indicator === indicator)
  const day = scored?.day ?? reason.inputs.find((input) => input.day !== undefined)?.day
  if (day === undefined) return []
  const page = book.of(day, birth)
  const { severeBelow, moderateBelow } = editions.nutrition.cutOffs[indicator === 'weightForAge' ? 'weightForAge' : 'weightForLength']
  const at = (z: number): Kilograms | undefined => weightReaching(indicator, z, page, editions.growth)
  const severe = at(severeBelow)
  const moderate = at(moderateBelow)
  const flips: Flip[] = []
  const say = (when: string, weight: Kilograms | undefined, becomes: string): void => {
    if (weight !== undefined) flips.push(flip(when, becomes, { kg: { kg: kilograms(weight) } }))
  }
  if (level.code === 'severe') say('weightAtLeast', severe, indicator === 'weightForAge' ? 'notSevereByWeight' : 'moderateByWeight')
  if (level.code === 'moderate') say('weightBelow', severe, 'severeByWeight')
  if (level.code !== 'severe' || indicator === 'weightForLengthHeight') say('weightAtLeast', moderate, level.code !== 'atRisk' ? 'noneByWeight' : indicator === 'weightForAge' ? 'notAtRiskByWeightForAge' : 'notAtRiskByWeightForLength')
  return flips
}
