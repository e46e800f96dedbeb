/**
 * The growth engine asked for one child of the record: what was measured on a day, at the age that counts on that day (corrected
 * for a child born early), with oedema of the day. Gives the scores that the plan, the page and FHIR show.
 */
import { centileOf, INDICATORS, NEEDS, scoreAll, weightForLengthAt, valueForAge, type GrowthInput, type GrowthReferences, type Indicator, type Measure, type Scored } from '@bairn/growth'
import { nutritionAge, type NutritionEdition } from '@bairn/nutrition'
import { correctedAge, kilograms, millimetresToCentimetres, type Day, type Days, type Kilograms } from '@bairn/quantities'
import type { FactRef, Reason, YesNo } from '@bairn/reasoning'
import type { MeasurementKind } from './child.ts'
import type { PlanIndicator, PlanScore } from './plan.ts'
import { childRefs, findingRef, measurementRef, type DayMeasure, type Snapshot } from './snapshot.ts'

export interface ScoreBook {
  /** undefined if it cannot be scored */
  readonly score: (indicator: PlanIndicator, day: Day, birth: Day | undefined) => PlanScore | undefined
  /** what the growth engine was told and answered for a day */
  readonly of: (day: Day, birth: Day | undefined) => { readonly input: GrowthInput; readonly scored: Scored }
  /** what it would answer with another value */
  readonly scoreWith: (other: Pick<GrowthInput, 'weight'>, day: Day, birth: Day) => Scored
}

const KIND: Readonly<Record<Measure, MeasurementKind>> = {
  weight: 'weight', lengthHeight: 'length', headCircumference: 'headCircumference', armCircumference: 'muac', tricepsSkinfold: 'tricepsSkinfold', subscapularSkinfold: 'subscapularSkinfold',
}
/** The kinds of measurement behind an indicator. */
export const kindsOf = (indicator: PlanIndicator): readonly MeasurementKind[] => NEEDS[indicator].map((measure) => KIND[measure])

/** Scores on demand, each day once. */
export function scoreBook(snapshot: Snapshot, growth: GrowthReferences, nutrition: NutritionEdition): ScoreBook {
  const pages = new Map<string, { readonly input: GrowthInput; readonly scored: Scored }>()
  const of = (day: Day, birth: Day | undefined) => {
    const key = `${day} ${birth}`
    let page = pages.get(key)
    if (page === undefined) {
      const input = inputOn({ snapshot, day, birth, nutrition })
      pages.set(key, page = { input, scored: scoreAll(input, growth) })
    }
    return page
  }
  return {
    of,
    scoreWith: (other, day, birth) => scoreAll({ ...of(day, birth).input, ...other }, growth),
    score: (indicator, day, birth) => {
      const { input, scored } = of(day, birth)
      const answer = scored[indicator]
      if (!answer.known) return undefined
      const { z, flag, edition } = answer.value
      const measured = kindsOf(indicator).map((kind) => snapshot.measureOn(kind, day)).filter((one) => one !== undefined)
      return {
        indicator, ...positionOf(indicator, input, growth), day, z, centile: centileOf(z), flagged: flag === 'implausible', confirmed: isConfirmed(measured),
        age: input.sinceBirth === undefined ? { sinceBirth: (input.age ?? 0) as Days } : { sinceBirth: input.sinceBirth, corrected: Math.max(0, input.age ?? 0) as Days },
        edition, inputs: measured.map(({ fact }) => measurementRef(fact)), because: answer.because,
      }
    },
  }
}

/** Another measurement of the same day agrees, and none of those used was contradicted. */
const isConfirmed = (measured: readonly DayMeasure[]): boolean => measured.some(({ repeat }) => repeat === 'agrees') && measured.every(({ repeat }) => repeat !== 'differs')

/** The latest score of each indicator, in the engine's order. */
export function latestScores(snapshot: Snapshot, book: ScoreBook, birth: Day | undefined): { readonly scores: PlanScore[]; readonly unscored: { readonly indicator: Indicator; readonly day: Day; readonly because: readonly Reason[] }[] } {
  const scores: PlanScore[] = []
  const unscored: { indicator: Indicator; day: Day; because: readonly Reason[] }[] = []
  for (const indicator of INDICATORS) {
    const day = lastDayOfAll(snapshot, kindsOf(indicator))
    if (day === undefined || (birth !== undefined && day < birth)) continue
    const found = birth === undefined ? undefined : book.score(indicator, day, birth)
    if (found !== undefined) scores.push(found)
    else unscored.push({ indicator, day, because: book.of(day, birth).scored[indicator].because })
  }
  return { scores, unscored }
}

/** The last day on which all of these kinds were measured. */
export function lastDayOfAll(snapshot: Snapshot, kinds: readonly MeasurementKind[]): Day | undefined {
  const [first, ...others] = kinds.map((kind) => snapshot.days(kind))
  if (first === undefined) return undefined
  return others.length === 0 ? first.at(-1) : first.filter((day) => others.every((days) => days.includes(day))).at(-1)
}

function inputOn({ snapshot, day, birth, nutrition }: { readonly snapshot: Snapshot; readonly day: Day; readonly birth: Day | undefined; readonly nutrition: NutritionEdition }): GrowthInput {
  const { facts } = snapshot
  const weight = snapshot.measureOn('weight', day)?.fact
  const length = snapshot.measureOn('length', day)?.fact
  const head = snapshot.measureOn('headCircumference', day)?.fact
  const arm = snapshot.measureOn('muac', day)?.fact
  const triceps = snapshot.measureOn('tricepsSkinfold', day)?.fact
  const subscapular = snapshot.measureOn('subscapularSkinfold', day)?.fact
  const feet = snapshot.findings('oedema').findLast((finding) => finding.day === day)
  const swollen = snapshot.findings('oedema').findLast(({ day: when, answer }) => when <= day && (answer === 'yes' || answer === 'no'))
  // Swelling that nobody has seen gone makes today's weight as misleading as the day it was found.
  const oedema: YesNo = swollen?.answer === 'yes' ? 'yes' : feet?.answer ?? 'notAsked'
  const refs: Partial<Record<Measure | 'sex' | 'age' | 'oedema', FactRef>> = {}
  if (weight !== undefined) refs.weight = measurementRef(weight)
  if (length !== undefined) refs.lengthHeight = measurementRef(length)
  if (head !== undefined) refs.headCircumference = measurementRef(head)
  if (arm !== undefined) refs.armCircumference = measurementRef(arm)
  if (triceps !== undefined) refs.tricepsSkinfold = measurementRef(triceps)
  if (subscapular !== undefined) refs.subscapularSkinfold = measurementRef(subscapular)
  const finding = oedema === 'yes' ? swollen : feet
  if (finding !== undefined) refs.oedema = findingRef(finding)
  for (const ref of childRefs(facts)) {
    if (ref.kind === 'sex') refs.sex = ref
    if (ref.kind === 'birthDate') refs.age = ref
  }
  return {
    ...(facts.sex === undefined ? {} : { sex: facts.sex }), ...ageOn(), position: length?.position ?? 'notSaid', oedema, facts: refs,
    ...(weight === undefined ? {} : { weight: weight.value }), ...(length === undefined ? {} : { lengthHeight: length.value }),
    ...(head === undefined ? {} : { headCircumference: head.value }), ...(arm === undefined ? {} : { armCircumference: millimetresToCentimetres(arm.value) }),
    ...(triceps === undefined ? {} : { tricepsSkinfold: triceps.value }), ...(subscapular === undefined ? {} : { subscapularSkinfold: subscapular.value }),
  }

  function ageOn(): Pick<GrowthInput, 'age' | 'sinceBirth'> {
    if (birth === undefined || day < birth) return {}
    const gestation = facts.gestation?.value
    const { sinceBirth, corrected } = nutritionAge({ birth, on: day, edition: nutrition, ...(gestation === undefined ? {} : { gestation }) })
    // The growth engine is told a negative age: before term WHO does not apply, and it says so.
    return corrected && gestation !== undefined ? { age: correctedAge({ age: sinceBirth, gestation }), sinceBirth } : { age: sinceBirth }
  }
}

function positionOf(indicator: PlanIndicator, { age }: GrowthInput, { under5 }: GrowthReferences): Pick<PlanScore, 'position'> {
  if (indicator !== 'lengthHeightForAge' && indicator !== 'weightForLengthHeight') return {}
  return { position: age !== undefined && Math.floor(age + 0.5) < (under5.position?.standingFromDay ?? 0) ? 'lying' : 'standing' }
}

const STEP = 0.1
/** The least weight, in 100 g, at which the indicator's rounded z is at least `z`; undefined where it cannot be had. */
export function weightReaching(indicator: 'weightForAge' | 'weightForLengthHeight' | 'bmiForAge', z: number, { input, scored }: { readonly input: GrowthInput; readonly scored: Scored }, growth: GrowthReferences): Kilograms | undefined {
  const { sex, age } = input
  const used = scored.lengthHeightForAge.known ? scored.lengthHeightForAge.value.usedLength : undefined
  if (sex === undefined || age === undefined) return undefined
  const lying = Math.floor(age + 0.5) < (growth.under5.position?.standingFromDay ?? 0)
  // Rules compare z rounded to two decimals: -2.00 is reached from -2.005 on.
  const target = z - 0.005
  const exact = indicator === 'weightForAge' ? valueForAge('weightForAge', { sex, age, z: target }, growth)
    : used === undefined ? undefined
    : indicator === 'weightForLengthHeight' ? weightForLengthAt({ sex, length: used, lying, z: target }, growth)
    : bmiWeight(valueForAge('bmiForAge', { sex, age, z: target }, growth), used)
  if (exact === undefined) return undefined
  for (let steps = Math.ceil(exact / STEP - 1e-6); steps * STEP < exact + 3 * STEP; steps++) {
    const weight = kilograms(Number((steps * STEP).toFixed(1)))
    const found = scoreAll({ ...input, weight }, growth)[indicator]
    if (found.known && found.value.z >= z) return weight
  }
  return undefined
}

const bmiWeight = (bmi: number | undefined, length: number): number | undefined => (bmi === undefined ? undefined : bmi * (length / 100) ** 2)
