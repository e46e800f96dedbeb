/**
 * In a nutrition programme: the combined class of 6 to 59 months (N-C1, N-C2), and who of the severe is referred now (N-T1):
 * a danger sign or severe illness, oedema +++, or a failed appetite test. Source: WHO wasting guideline 2023, part B (recalled).
 * Rations, medicines and follow-up programmes are not here.
 */
import { known, truthOf, unknown, type Answer, type Reason } from '@bairn/reasoning'
import type { NutritionChild } from './child.ts'
import { wastingClass, type WastingClass } from './combined.ts'
import { nutritionReason, type NutritionEdition } from './edition.ts'
import { notMeasured } from './found.ts'
import type { OpenInput } from './primaryCare.ts'

export type ProgrammeCode = 'severeReferNow' | WastingClass
export interface ProgrammeClass {
  /** holds for certain, at least */
  readonly code: ProgrammeCode
  readonly atMost: ProgrammeCode
  readonly open: readonly OpenInput[]
}

/** @throws RangeError outside 6 to 59 months (caller's bug) */
export function programmeClass(child: NutritionChild, edition: NutritionEdition): Answer<ProgrammeClass> {
  const wasting = wastingClass(child, edition)
  if (!wasting.known) return unknown(wasting.because)
  const { class: level, atMost, open } = wasting.value
  if (level !== 'severe') return known({ code: level, atMost: atMost === 'severe' ? 'severeReferNow' : atMost, open }, wasting.because)
  const infant = { test: { code: 'appetite' } }
  const danger: Reason[] = []
  if (child.complication.answer === 'yes') danger.push(nutritionReason(edition, 'N-T1', { key: 'nutrition.complication' }, child.complication.facts))
  if (child.oedema.answer === 'yes' && child.oedema.grade === 3) danger.push(nutritionReason(edition, 'N-T1', { key: 'nutrition.oedemaSevere' }, child.oedema.facts))
  if (child.feeding.answer === 'fail') danger.push(nutritionReason(edition, 'N-T1', { key: 'nutrition.feedingFailed', params: infant }, child.feeding.facts))
  if (danger.length > 0) return known({ code: 'severeReferNow', atMost: 'severeReferNow', open: [] }, [...danger, ...wasting.because])
  const asks: OpenInput[] = []
  if (truthOf(child.oedema.answer) === 'unknown' || (child.oedema.answer === 'yes' && child.oedema.grade === undefined)) asks.push('oedema')
  if (truthOf(child.complication.answer) === 'unknown') asks.push('complication')
  if (child.feeding.answer === 'notAsked' || child.feeding.answer === 'notAvailable') asks.push('feeding')
  return known(
    { code: 'severe', atMost: asks.length > 0 ? 'severeReferNow' : 'severe', open: asks },
    [...wasting.because, ...asks.filter((input) => input !== 'oedema').map((input) => notMeasured(child, edition, 'N-T1', input))],
  )
}
