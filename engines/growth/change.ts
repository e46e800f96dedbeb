/**
 * What happened between two visits: weight lost, no gain, a z-line crossed, a height that fell. A loss of weight says more than
 * any change of z. Nothing is compared across a change of reference (2 years for length, 5 years) without saying so.
 * Sources by the edition; velocity against WHO's velocity standards is not judged, their tables are not loaded. Pure.
 */
import type { Centimetres, Day, Days, Kilograms } from '@bairn/quantities'
import type { FactRef, Reason } from '@bairn/reasoning'
import type { GrowthEdition, GrowthReferences, Indicator } from './edition.ts'
import { growthReason, indicatorName } from './reason.ts'
import type { Score } from './score.ts'

export interface Weighing { readonly day: Day; readonly value: Kilograms; readonly fact: FactRef }
export interface LengthTaken { readonly day: Day; readonly value: Centimetres; readonly position: 'lying' | 'standing' | 'notSaid'; readonly fact: FactRef }

/** Weight lost, or none gained over the time in which a child of that age gains. Undefined: neither. */
export function weightChange(earlier: Weighing, later: Weighing, completedMonthsAtLater: number, edition: GrowthEdition): { readonly kind: 'weightLoss' | 'noGain'; readonly by: Kilograms; readonly because: Reason } | undefined {
  const span = later.day - earlier.day
  const by = Number((earlier.value - later.value).toFixed(3)) as Kilograms
  const say = (rule: 'weightLoss' | 'noGain') => growthReason(edition, 'weight', rule, { key: `growth.${rule}`, params: { ...(rule === 'noGain' ? {} : { by: { kg: by } }), since: { day: earlier.day } } }, [earlier.fact, later.fact])
  if (by > 0) return { kind: 'weightLoss', by, because: say('weightLoss') }
  const { noGainFromDays, noGainBelowMonths } = edition.change
  if (by === 0 && noGainFromDays !== undefined && span >= noGainFromDays && completedMonthsAtLater < (noGainBelowMonths ?? 0)) return { kind: 'noGain', by, because: say('noGain') }
  return undefined
}

/** The z-lines crossed from one score to the next, outermost last; empty if none, or if the reference changed between. */
export function linesCrossed(earlier: Score, later: Score, { under5, from5 }: GrowthReferences): readonly number[] {
  if (earlier.edition !== later.edition || earlier.indicator !== later.indicator) return []
  const lines = (later.edition === from5.id ? from5 : under5).change.zLines
  return later.z < earlier.z ? lines.filter((line) => earlier.z >= line && later.z < line).toReversed() : lines.filter((line) => earlier.z <= line && later.z > line)
}

/** Says a crossing downwards. */
export const crossingReason = (indicator: Indicator, lines: readonly number[], span: Days, inputs: readonly FactRef[], edition: GrowthEdition): Reason =>
  growthReason(edition, indicator, 'crossing', { key: 'growth.crossing', params: { indicator: indicatorName(indicator), count: { number: lines.length }, line: { z: lines.at(-1) ?? 0 }, span: { span } } }, inputs)

/**
 * A length or height that fell by more than the edition allows (1 cm): measured wrongly once, or typed wrongly. Positions are made
 * equal first: standing is taken 0.7 cm shorter than lying.
 */
export function heightFell(earlier: LengthTaken, later: LengthTaken, under5: GrowthEdition, edition: GrowthEdition): { readonly by: Centimetres; readonly because: Reason } | undefined {
  const correction = under5.position?.correctionCm ?? 0
  const lying = (taken: LengthTaken): number => taken.value + (taken.position === 'standing' && earlier.position !== later.position ? correction : 0)
  const by = Number((lying(earlier) - lying(later)).toFixed(2)) as Centimetres
  if (!(by > edition.change.heightFellCm)) return undefined
  return { by, because: growthReason(edition, 'lengthHeight', 'heightFell', { key: 'growth.heightFell', params: { by: { cm: by }, since: { day: earlier.day } } }, [earlier.fact, later.fact]) }
}
