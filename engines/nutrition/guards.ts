/**
 * Guards before any rule, G1 to G5 (sources by rule in the edition): what is too unlikely to classify is measured again, not
 * classified; a child born early goes by corrected age; the arm counts only at its ages; oedema is looked at first.
 * A second measurement that agrees confirms what looked unlikely: a very sick child can lie beyond the flags.
 */
import { addPeriod, ageInDays, completedMonths, correctedAge, months, type Day, type Days, type Kilograms, type Millimetres } from '@bairn/quantities'
import type { FactRef, Reason } from '@bairn/reasoning'
import type { NutritionChild } from './child.ts'
import { nutritionReason, type NutritionEdition } from './edition.ts'

export type FlaggedIndicator = 'weightForAge' | 'lengthForAge' | 'weightForLength' | 'bmiForAge'

/** G1: beyond WHO's flags. -6.00 and 5.00 are not. */
export function isImplausibleScore(indicator: FlaggedIndicator, z: number, edition: NutritionEdition): boolean {
  const { below, above } = edition.guards.zFlags[indicator]
  return z < below || z > above
}

/** G2: an arm outside 60 to 260 mm. */
export const isImplausibleMuac = (value: Millimetres, { guards }: NutritionEdition): boolean => value < guards.muacPlausible.from || value > guards.muacPlausible.to

/** G2: the weight changed by more than 15 % in less than 14 days. */
export function isImplausibleChange(earlier: { readonly day: Day; readonly value: Kilograms }, later: { readonly day: Day; readonly value: Kilograms }, { guards }: NutritionEdition): boolean {
  const { fraction, withinDays } = guards.weightChange
  return later.day - earlier.day < withinDays && Math.abs(later.value - earlier.value) > earlier.value * fraction + 1e-9
}

/** G5: the arm cut-offs are for 6 to 59 months, and 6 weeks to below 6 months for infants. */
export function muacCounts(age: NutritionChild['age'], { guards }: NutritionEdition): boolean {
  const { fromMonths, belowMonths } = guards.muacAges
  const infant = guards.infantMuacAges
  return (age.months >= fromMonths && age.months < belowMonths) || (age.days >= infant.fromDays && age.months < infant.belowMonths)
}

/**
 * G3: the age the rules go by. Born before 37 weeks, the age is corrected until 12 months, born before 32 weeks until 24 months of
 * age since birth. Before the due date the corrected age counts as 0.
 */
export function nutritionAge({ birth, on, gestation, edition }: { readonly birth: Day; readonly on: Day; readonly gestation?: Days; readonly edition: NutritionEdition }): NutritionChild['age'] {
  const sinceBirth = ageInDays({ birth, on })
  const plain = { days: sinceBirth, months: completedMonths({ birth, on }), sinceBirth, corrected: false }
  const until = gestation === undefined ? undefined : correctedUntil({ birth, gestation, edition })
  if (gestation === undefined || until === undefined || on >= until) return plain
  const corrected = Math.max(0, correctedAge({ age: sinceBirth, gestation }))
  return { days: corrected, months: completedMonths({ birth: (on - corrected) as Day, on }), sinceBirth, corrected: true }
}

/** The first day on which the age is no longer corrected; undefined for a child born at term. */
export function correctedUntil({ birth, gestation, edition }: { readonly birth: Day; readonly gestation: Days; readonly edition: NutritionEdition }): Day | undefined {
  const rule = edition.guards.preterm.find(({ gestationFromDays, gestationBelowDays }) => gestation >= gestationFromDays && gestation < gestationBelowDays)
  return rule === undefined ? undefined : addPeriod(birth, months(rule.correctBelowMonths))
}

/** Says both ages of a child whose age was corrected. */
export const correctedAgeReason = (age: NutritionChild['age'], facts: readonly FactRef[], edition: NutritionEdition): Reason =>
  nutritionReason(edition, 'G3', { key: 'nutrition.corrected', params: { corrected: { age: age.days as Days }, since: { age: age.sinceBirth } } }, facts)
