/**
 * What was measured of a child, day by day, with the scores of each day: the points of the charts and the rows of the tables.
 * The engines score; here their answers are only gathered. Of several measurements of a kind on one day the last counts, as in the plan.
 * Pure: no clock, no I/O, no locale.
 */
import { scoreAll, type GrowthReferences, type Scored } from '@bairn/growth'
import { nutritionAge, type NutritionEdition } from '@bairn/nutrition'
import type { ChildFacts, Finding, Measurement, MeasurementKind, PlanIndicator, PlanScore } from '@bairn/plan'
import { correctedAge, millimetresToCentimetres, type Day, type Days } from '@bairn/quantities'
import type { YesNo } from '@bairn/reasoning'

/** The measurement of a kind that counts on a day. */
type MeasurementOf<K extends MeasurementKind> = Extract<Measurement, { readonly kind: K }>

type OedemaFinding = Extract<Finding, { readonly kind: 'oedema' }>

export interface VisitDay {
  readonly day: Day
  readonly weight?: MeasurementOf<'weight'>
  readonly length?: MeasurementOf<'length'>
  readonly head?: MeasurementOf<'headCircumference'>
  readonly arm?: MeasurementOf<'muac'>
  readonly oedema?: OedemaFinding
  /** undefined while the birth date is not known */
  readonly age?: VisitAge
  readonly scores: Scored
}

export interface VisitAge {
  readonly sinceBirth: Days
  /** the age that scores go by; negative before the due date of a child born early */
  readonly scored: number
  readonly corrected: boolean
}

export interface HistoryInput {
  readonly facts: ChildFacts
  readonly references: GrowthReferences
  readonly nutrition: NutritionEdition
}

/** Every day with a measurement or a look at the feet, oldest first. */
export function historyOf({ facts, references, nutrition }: HistoryInput): readonly VisitDay[] {
  const days = new Set<Day>()
  for (const fact of facts.measurements) days.add(fact.day)
  for (const fact of facts.findings) if (fact.kind === 'oedema') days.add(fact.day)
  return [...days].sort((a, b) => a - b).map((day) => visitOn(day))

  function visitOn(day: Day): VisitDay {
    const last = <K extends MeasurementKind>(kind: K): MeasurementOf<K> | undefined => lastOf(facts.measurements.filter((fact): fact is MeasurementOf<K> => fact.kind === kind && fact.day === day && !isEstimate(fact)))
    const [weight, length, head, arm] = [last('weight'), last('length'), last('headCircumference'), last('muac')]
    const oedema = lastOf(facts.findings.filter((fact): fact is OedemaFinding => fact.kind === 'oedema' && fact.day === day && fact.answer !== 'notAsked'))
    const age = ageOn(day, { facts, nutrition })
    // Swelling that nobody has seen gone misleads the weight as much as on the day it was found: the plan scores so too.
    const looked = lastOf(facts.findings.filter((fact): fact is OedemaFinding => fact.kind === 'oedema' && fact.day <= day && (fact.answer === 'yes' || fact.answer === 'no')))
    const feet: YesNo = looked?.answer === 'yes' ? 'yes' : oedema?.answer ?? 'notAsked'
    const scores = scoreAll({
      ...(facts.sex === undefined ? {} : { sex: facts.sex }),
      ...(age === undefined ? {} : { age: age.scored, ...(age.corrected ? { sinceBirth: age.sinceBirth } : {}) }),
      ...(weight === undefined ? {} : { weight: weight.value }),
      ...(length === undefined ? {} : { lengthHeight: length.value }),
      ...(head === undefined ? {} : { headCircumference: head.value }),
      ...(arm === undefined ? {} : { armCircumference: millimetresToCentimetres(arm.value) }),
      position: length?.position ?? 'notSaid',
      oedema: feet,
    }, references)
    return {
      day, scores,
      ...(weight === undefined ? {} : { weight }), ...(length === undefined ? {} : { length }), ...(head === undefined ? {} : { head }),
      ...(arm === undefined ? {} : { arm }), ...(oedema === undefined ? {} : { oedema }), ...(age === undefined ? {} : { age }),
    }
  }
}

/** The age on a day, and the age that scores go by: corrected for a child born early, as long as the nutrition edition corrects. */
export function ageOn(day: Day, { facts, nutrition }: Pick<HistoryInput, 'facts' | 'nutrition'>): VisitAge | undefined {
  const { birth, gestation } = facts
  if (birth.kind === 'unknown' || day < birth.day) return undefined
  const age = nutritionAge({ birth: birth.day, on: day, edition: nutrition, ...(gestation === undefined ? {} : { gestation: gestation.value }) })
  if (!age.corrected || gestation === undefined) return { sinceBirth: age.sinceBirth, scored: age.sinceBirth, corrected: false }
  return { sinceBirth: age.sinceBirth, scored: correctedAge({ age: age.sinceBirth, gestation: gestation.value }), corrected: true }
}

/** Did a second measurement of that day agree with a score that looked impossible? The plan has judged it. */
export const isConfirmed = (scores: readonly PlanScore[], indicator: PlanIndicator, day: Day): boolean =>
  scores.some((score) => score.indicator === indicator && score.day === day && score.confirmed)

const isEstimate = (fact: Measurement): boolean => fact.kind === 'weight' && fact.estimated === true

/** As the plan orders them: by day, by time, then by id. */
function lastOf<F extends { readonly id: string; readonly day: Day; readonly minute?: number }>(facts: readonly F[]): F | undefined {
  return facts.toSorted((a, b) => a.day - b.day || (a.minute ?? -1) - (b.minute ?? -1) || (a.id < b.id ? -1 : 1)).at(-1)
}
