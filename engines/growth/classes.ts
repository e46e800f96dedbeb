/**
 * Classes by a single indicator: stunted, underweight, wasted, thin, overweight, head, arm. Cut-offs by the edition, compared
 * with z rounded to two decimals (-2.00 is not below -2). A flagged score is measured again, not classified.
 * Combined classes (oedema, weight-for-length and arm together) are the nutrition engine's. Pure.
 */
import type { Millimetres } from '@bairn/quantities'
import { known, unknown, type Answer, type FactRef } from '@bairn/reasoning'
import type { GrowthEdition, GrowthReferences, Indicator } from './edition.ts'
import { growthReason, indicatorName } from './reason.ts'
import type { Score } from './score.ts'

export type GrowthClass =
  | 'severelyStunted' | 'stunted' | 'severelyUnderweight' | 'underweight' | 'severelyWasted' | 'wasted' | 'severelyThin' | 'thin'
  | 'possibleRiskOfOverweight' | 'overweight' | 'obese' | 'headVerySmall' | 'headSmall' | 'headLarge' | 'headVeryLarge' | 'withinRange'

/** The class of one score; unknown without a score, and with a flagged one. */
export function classify(indicator: Indicator, scored: Answer<Score>, references: GrowthReferences): Answer<GrowthClass> {
  if (!scored.known) return scored
  const { z, flag } = scored.value
  const edition = scored.value.edition === references.from5.id ? references.from5 : references.under5
  const inputs = scored.because[0]?.inputs ?? []
  if (flag === 'implausible') return unknown(scored.because.filter((reason) => reason.rule.endsWith('.flag')))
  // The edition lists the severer class first.
  const found = edition.classes.find((cut) => cut.indicator === indicator && ((cut.below !== undefined && z < cut.below) || (cut.above !== undefined && z > cut.above)))
  const rule = found?.rule ?? 'class'
  const name = (found?.class ?? 'withinRange') as GrowthClass
  const text = { key: 'growth.class', params: { class: { code: name }, indicator: indicatorName(indicator), z: { z } } }
  return known(name, [growthReason(edition, indicator, rule, text, inputs), ...scored.because])
}

export type ArmClass = 'severe' | 'moderate' | 'notWasted'

/** MUAC from 6 to 59 months: below 115 mm severe, below 125 mm moderate (figures by the edition). Unknown at other ages. */
export function classifyArm(muac: { readonly value: Millimetres; readonly fact: FactRef }, completedMonths: number, edition: GrowthEdition): Answer<ArmClass> {
  const { arm } = edition
  const say = (rule: string, key: string) => growthReason(edition, 'muac', rule, { key, params: { muac: { mm: muac.value } } }, [muac.fact])
  if (arm === undefined || completedMonths < arm.fromMonths || completedMonths >= arm.belowMonths) return unknown([say('range', 'growth.arm.otherAge')])
  if (muac.value < arm.severeBelowMm) return known('severe', [say('class', 'growth.arm.severe')])
  if (muac.value < arm.moderateBelowMm) return known('moderate', [say('class', 'growth.arm.moderate')])
  return known('notWasted', [say('class', 'growth.arm.notWasted')])
}
