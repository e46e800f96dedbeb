/**
 * The lines that say which measure found a class, with what would change it, and which measure or answer was not there.
 * Shared by the combined, the primary care and the infant classes.
 */
import { millimetres } from '@bairn/quantities'
import type { Flip, Reason } from '@bairn/reasoning'
import type { NutritionChild } from './child.ts'
import { nutritionReason, type NutritionEdition, type NutritionRule } from './edition.ts'

/** Measures by which acute malnutrition is found. */
export type Measure = 'weightForLength' | 'muac' | 'weightForAge'
export type Level = 'severe' | 'moderate'

export function foundByOedema(child: NutritionChild, edition: NutritionEdition, rule: NutritionRule): Reason {
  const grade = child.oedema.grade === undefined ? 'unknown' : String(child.oedema.grade)
  return nutritionReason(edition, rule, { key: 'nutrition.found.oedema', params: { grade: { code: grade } } }, child.oedema.facts)
}

export function foundByWeightForLength(child: NutritionChild, edition: NutritionEdition, rule: NutritionRule, level: Level | 'atRisk'): Reason {
  const score = present(child.weightForLength)
  return nutritionReason(edition, rule, {
    key: 'nutrition.found.weightForLength',
    params: { position: { code: score.position }, level: { code: level }, z: { z: score.z } },
  }, score.facts)
}

export function foundByWeightForAge(child: NutritionChild, edition: NutritionEdition, rule: NutritionRule, level: Level | 'atRisk' = 'severe'): Reason {
  const score = present(child.weightForAge)
  return nutritionReason(edition, rule, { key: 'nutrition.found.weightForAge', params: { level: { code: level }, z: { z: score.z } } }, score.facts)
}

/** With the arm at which the class would change, since it needs no table. */
export function foundByMuac(child: NutritionChild, edition: NutritionEdition, rule: NutritionRule, level: Level | 'atRisk'): Reason {
  const { value, facts } = present(child.muac)
  const { severeBelow, moderateBelow } = edition.cutOffs.muac
  const text = { key: 'nutrition.found.muac', params: { level: { code: level }, mm: { mm: value } } }
  if (level === 'severe') return nutritionReason(edition, rule, text, facts, [armAtLeast(severeBelow, 'moderate'), armAtLeast(moderateBelow, 'none')])
  if (level === 'moderate') return nutritionReason(edition, rule, text, facts, [
    { when: { key: 'nutrition.flip.armBelow', params: { mm: { mm: millimetres(severeBelow) } } }, becomes: { key: 'nutrition.becomes', params: { level: { code: 'severe' } } } },
    armAtLeast(moderateBelow, 'none'),
  ])
  return nutritionReason(edition, rule, text, facts, [armAtLeast(edition.infants.muacBelow, 'none')])
}

const armAtLeast = (mm: number, level: string): Flip => ({
  when: { key: 'nutrition.flip.armAtLeast', params: { mm: { mm: millimetres(mm) } } },
  becomes: { key: 'nutrition.becomesByArm', params: { level: { code: level } } },
})

/** A measure or an answer that is not there. 'cannotTell' is said as such: it is not asked again. */
export function notMeasured(child: NutritionChild, edition: NutritionEdition, rule: NutritionRule, input: string): Reason {
  const asked = input === 'oedema' ? child.oedema.answer : input === 'complication' ? child.complication.answer : undefined
  const infant = child.age.months < edition.primaryCare.breastfeedingBelowMonths
  const what = input === 'feeding' ? (infant ? 'breastfeeding' : 'appetite') : input
  return nutritionReason(edition, rule, { key: 'nutrition.missing', params: { what: { code: what }, asked: { code: asked === 'cannotTell' ? 'cannotTell' : 'notAsked' } } }, [])
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a class cannot be found by a measure that is not there')
  return value
}
