/**
 * The nutritional state a child was last found in: what the nutrition engine says of the last day on which anything about it was
 * recorded. What was bad stays bad until the same thing is looked at again; what was good counts on its own day only.
 * So a later visit without a tape never clears a thin arm, and last month's well-looking feet never stand in for today's.
 */
import type { Day } from '@bairn/quantities'
import type { FactRef, Reason } from '@bairn/reasoning'
import {
  combinedClasses, correctedAgeReason, infantRisk, isCombinedAge, isImplausibleMuac, isImplausibleScore, isInfantAge, muacCounts, NOT_ASKED, nutritionAge, primaryCareClass, programmeClass, weightTrend,
  type CombinedClasses, type DatedWeight, type InfantRisk, type NutritionChild, type NutritionEdition, type OpenInput, type Score,
} from '@bairn/nutrition'
import type { Answer, YesNo } from '@bairn/reasoning'
import type { PlanIndicator, PlanScore, Setting } from './plan.ts'
import { childRefs, findingRef, measurementRef, type Snapshot } from './snapshot.ts'

export type Level = 'unknown' | 'none' | 'moderate' | 'severe' | 'referNow'
const RANK: Readonly<Record<Level, number>> = { unknown: 0, none: 0, moderate: 1, severe: 2, referNow: 3 }
export const levelRank = (level: Level): number => RANK[level]

export interface Assessment {
  /** the last day on which anything about nutrition was recorded */
  readonly day: Day
  /** acute malnutrition: holds for certain, at least; 'unknown' when it could also be none */
  readonly level: Level
  readonly atMost: Level
  readonly because: readonly Reason[]
  /** missing measures and answers that can change the level */
  readonly open: readonly OpenInput[]
  /** no oedema, but neither weight nor arm measured */
  readonly notAssessed: boolean
  readonly infant?: Answer<InfantRisk>
  readonly combined?: CombinedClasses
  readonly child: NutritionChild
}

/** Scores of a child born on `birth` on a day; an indicator that cannot be scored is absent. Flagged ones that nobody confirmed are marked. */
export type Scorer = (indicator: PlanIndicator, day: Day, birth: Day) => PlanScore | undefined

/** The last day on which weight, length, arm, feet, danger signs or feeding were recorded. */
export function lastAssessmentDay(snapshot: Snapshot): Day | undefined {
  const days = [
    ...(['weight', 'length', 'muac'] as const).map((kind) => snapshot.days(kind).at(-1)),
    ...(['oedema', 'complication', 'appetite', 'breastfeedingDifficulty'] as const).map((kind) => snapshot.findings(kind).at(-1)?.day),
  ].filter((day) => day !== undefined)
  return days.length === 0 ? undefined : days.reduce((a, b) => (b > a ? b : a))
}

/** What is found on the last day for a child born on `birth`; undefined if nothing was ever recorded. */
export function assess({ snapshot, birth, score, setting, edition }: {
  readonly snapshot: Snapshot; readonly birth: Day; readonly score: Scorer; readonly setting: Setting; readonly edition: NutritionEdition
}): Assessment | undefined {
  const day = lastAssessmentDay(snapshot)
  if (day === undefined || day < birth) return undefined
  const child = nutritionChild({ snapshot, birth, day, score, edition })
  const corrected = child.age.corrected ? [correctedAgeReason(child.age, childRefs(snapshot.facts), edition)] : []
  const infant = isInfantAge(child, edition) ? infantRisk(child, edition) : undefined
  const combined = isCombinedAge(child, edition) ? combinedClasses(child, edition) : undefined
  const acute = setting.profile === 'nutritionProgramme' && combined !== undefined ? byProgramme(child, edition) : byPrimaryCare(child, edition)
  return {
    day, ...acute, because: [...acute.because, ...corrected], child,
    ...(infant === undefined ? {} : { infant }), ...(combined === undefined ? {} : { combined }),
  }
}

type Acute = Pick<Assessment, 'level' | 'atMost' | 'because' | 'open' | 'notAssessed'>

function byPrimaryCare(child: NutritionChild, edition: NutritionEdition): Acute {
  const answer = primaryCareClass(child, edition)
  if (!answer.known) return { level: 'unknown', atMost: 'referNow', because: answer.because, open: openOf(answer.because), notAssessed: false }
  const { code, atMost, open, notAssessed } = answer.value
  return { level: notAssessed ? 'unknown' : CARE_LEVEL[code], atMost: CARE_LEVEL[atMost], because: answer.because, open, notAssessed }
}
const CARE_LEVEL = { DE68: 'referNow', DE69: 'referNow', DE70: 'severe', DE71: 'moderate', DE72: 'none' } as const satisfies Record<string, Level>

function byProgramme(child: NutritionChild, edition: NutritionEdition): Acute {
  const answer = programmeClass(child, edition)
  if (!answer.known) return { level: 'unknown', atMost: 'referNow', because: answer.because, open: openOf(answer.because), notAssessed: false }
  const { code, atMost, open } = answer.value
  const level = (name: typeof code): Level => (name === 'severeReferNow' ? 'referNow' : name)
  return { level: level(code), atMost: level(atMost), because: answer.because, open, notAssessed: false }
}

/** With nothing found yet: what the engine says is missing. */
const openOf = (because: readonly Reason[]): readonly OpenInput[] =>
  because.flatMap(({ text }) => {
    const what = text.key === 'nutrition.missing' ? text.params?.['what'] : undefined
    return what !== undefined && 'code' in what ? [what.code as OpenInput] : []
  })

function nutritionChild({ snapshot, birth, day, score, edition }: { readonly snapshot: Snapshot; readonly birth: Day; readonly day: Day; readonly score: Scorer; readonly edition: NutritionEdition }): NutritionChild {
  const gestation = snapshot.facts.gestation?.value
  const ageOn = (on: Day) => nutritionAge({ birth, on, edition, ...(gestation === undefined ? {} : { gestation }) })
  const age = ageOn(day)
  const cut = edition.cutOffs
  const bad = { weightForAge: age.months < edition.infants.belowMonths ? edition.infants.weightForAgeBelow : cut.weightForAge.severeBelow, weightForLengthHeight: cut.weightForLength.moderateBelow }
  const current = (indicator: 'weightForAge' | 'weightForLengthHeight' | 'lengthHeightForAge'): PlanScore | undefined => {
    const kinds = KINDS[indicator]
    const last = kinds.map((kind) => snapshot.days(kind)).reduce((a, b) => a.filter((one) => b.includes(one))).at(-1)
    if (last === undefined || last < birth) return undefined
    const found = score(indicator, last, birth)
    if (found === undefined || (!found.confirmed && isImplausibleScore(FLAGGED[indicator], found.z, edition))) return undefined
    if (last === day || indicator === 'lengthHeightForAge') return found
    return found.z < bad[indicator] ? found : undefined
  }
  const [weightForAge, weightForLength, lengthForAge] = [current('weightForAge'), current('weightForLengthHeight'), current('lengthHeightForAge')]
  const arm = armOf()
  const feeding = feedingOf(snapshot, day, age.months < edition.primaryCare.breastfeedingBelowMonths)
  const feet = lastAnswer(snapshot.findings('oedema'), day)
  const danger = lastAnswer(snapshot.findings('complication'), day)
  return {
    age,
    ...(weightForAge === undefined ? {} : { weightForAge: asScore(weightForAge) }),
    ...(weightForLength === undefined ? {} : { weightForLength: { ...asScore(weightForLength), position: weightForLength.position ?? 'lying' } }),
    ...(lengthForAge === undefined ? {} : { lengthForAge: { ...asScore(lengthForAge), position: lengthForAge.position ?? 'lying' } }),
    ...(arm === undefined ? {} : { muac: arm }),
    oedema: feet === undefined ? NOT_ASKED : { answer: feet.answer, facts: [findingRef(feet)], ...(feet.grade === undefined ? {} : { grade: feet.grade }) },
    complication: danger === undefined ? NOT_ASKED : { answer: danger.answer, facts: [findingRef(danger)] },
    feeding,
    trend: weightTrend(datedWeights({ snapshot, birth, score }), birth, edition),
  }

  function armOf(): NutritionChild['muac'] {
    const last = snapshot.days('muac').at(-1)
    if (last === undefined || last < birth) return undefined
    const measured = snapshot.measureOn('muac', last)
    if (measured === undefined || !muacCounts(ageOn(last), edition)) return undefined
    if (isImplausibleMuac(measured.fact.value, edition) && measured.repeat !== 'agrees') return undefined
    const limit = isInfantAge({ age } as NutritionChild, edition) ? edition.infants.muacBelow : cut.muac.moderateBelow
    if (last !== day && measured.fact.value >= limit) return undefined
    return { value: measured.fact.value, facts: [measurementRef(measured.fact)] }
  }
}

const FLAGGED = { weightForAge: 'weightForAge', weightForLengthHeight: 'weightForLength', lengthHeightForAge: 'lengthForAge' } as const
/** what an indicator is made of */
const KINDS = { weightForAge: ['weight'], lengthHeightForAge: ['length'], weightForLengthHeight: ['weight', 'length'], bmiForAge: ['weight', 'length'] } as const

const asScore = ({ z, inputs }: PlanScore): Score => ({ z, facts: inputs })

/** The answer of the day; else an earlier 'yes' that nobody has taken back with a 'no'. */
function lastAnswer<F extends { readonly day: Day; readonly answer: YesNo }>(findings: readonly F[], day: Day): F | undefined {
  const decided = findings.filter(({ answer }) => answer === 'yes' || answer === 'no').at(-1)
  if (decided !== undefined && (decided.day === day || decided.answer === 'yes')) return decided
  const last = findings.at(-1)
  return last?.day === day ? last : undefined
}

/** As `lastAnswer`: a failed test holds until it is done again. */
function feedingOf(snapshot: Snapshot, day: Day, infant: boolean): NutritionChild['feeding'] {
  if (infant) {
    const found = lastAnswer(snapshot.findings('breastfeedingDifficulty'), day)
    if (found === undefined) return NOT_ASKED
    const answer = found.answer === 'yes' ? 'fail' : found.answer === 'no' ? 'pass' : 'notAvailable'
    return { answer, facts: [findingRef(found)] }
  }
  const found = snapshot.findings('appetite').at(-1)
  if (found === undefined || (found.day !== day && found.answer === 'pass')) return NOT_ASKED
  return { answer: found.answer, facts: [findingRef(found)] }
}

/** The weights since birth, one a day, the last two with their score. */
function datedWeights({ snapshot, birth, score }: { readonly snapshot: Snapshot; readonly birth: Day; readonly score: Scorer }): DatedWeight[] {
  const days = snapshot.days('weight').filter((day) => day >= birth)
  return days.flatMap((day, index) => {
    const measured = snapshot.measureOn('weight', day)
    if (measured === undefined) return []
    const scored = index < days.length - 2 ? undefined : score('weightForAge', day, birth)
    if (scored?.flagged === true && !scored.confirmed) return []
    return [{ day, value: measured.fact.value, fact: measurementRef(measured.fact), ...(scored === undefined ? {} : { z: scored.z }) }]
  })
}

/** The facts an assessment of this day rests on, for what it leads to. */
export const assessmentRefs = (child: NutritionChild): readonly FactRef[] =>
  [...(child.weightForLength?.facts ?? []), ...(child.weightForAge?.facts ?? []), ...(child.muac?.facts ?? []), ...child.oedema.facts, ...child.complication.facts]
