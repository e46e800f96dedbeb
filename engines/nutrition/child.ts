/**
 * What the nutrition rules are told of one child on one day. Scores come from the growth engine, rounded to two decimals,
 * unflagged or confirmed by a second measurement (guards.ts); a score that is not there is not here.
 */
import type { Day, Days, Millimetres } from '@bairn/quantities'
import type { FactRef, Truth, YesNo } from '@bairn/reasoning'

export interface NutritionChild {
  /** age the rules go by: corrected for a child born early (guards.ts, G3) */
  readonly age: { readonly days: number; readonly months: number; readonly sinceBirth: Days; readonly corrected: boolean }
  readonly weightForAge?: Score
  /** lying (weight-for-length) or standing (weight-for-height) */
  readonly weightForLength?: Score & { readonly position: 'lying' | 'standing' }
  readonly lengthForAge?: Score & { readonly position: 'lying' | 'standing' }
  readonly muac?: { readonly value: Millimetres; readonly facts: readonly FactRef[] }
  readonly oedema: Asked<YesNo> & { readonly grade?: 1 | 2 | 3 }
  /** any general danger sign or severe classification */
  readonly complication: Asked<YesNo>
  /** from 6 months the appetite test with RUTF; below, breastfeeding observed */
  readonly feeding: Asked<Feeding>
  readonly trend?: WeightTrend
}

export interface Score { readonly z: number; readonly facts: readonly FactRef[] }
export interface Asked<A> { readonly answer: A; readonly facts: readonly FactRef[] }
/** pass: finished the food, or no difficulty breastfeeding; fail: the contrary; notAvailable: could not be tested; notAsked: nobody has tried yet */
export type Feeding = 'pass' | 'fail' | 'notAvailable' | 'notAsked'

/** The last two weights of an infant, judged by `weightTrend` (infants.ts). */
export interface WeightTrend {
  readonly loss: Truth
  readonly noGain: Truth
  /** a z-line of weight-for-age crossed downwards */
  readonly crossing: Truth
  readonly from?: Day
  readonly to?: Day
  readonly facts: readonly FactRef[]
}

export const NOT_ASKED: Asked<'notAsked'> = { answer: 'notAsked', facts: [] }
