/**
 * What every need is worked out from, and the shape of an item before responses, merging and order.
 */
import type { GrowthReferences } from '@bairn/growth'
import type { ImmunizationEdition, UncertainDatePolicy } from '@bairn/immunization'
import type { NutritionEdition } from '@bairn/nutrition'
import { completedMonths, type Day } from '@bairn/quantities'
import type { Flip, Message, MessageParam, Reason } from '@bairn/reasoning'
import type { Assessment, Level } from './assessment.ts'
import type { MeasurementKind, NotGiven } from './child.ts'
import type { Clock } from './clock.ts'
import type { PlanEdition } from './edition.ts'
import type { ActionCode, NeedCode, OwnNeed, PlanScore, Question, Setting, Urgency, VaccinePlan } from './plan.ts'
import type { ScoreBook } from './scores.ts'
import type { Snapshot } from './snapshot.ts'

export interface PlanEditions {
  readonly growth: GrowthReferences
  readonly nutrition: NutritionEdition
  readonly plan: PlanEdition
  /** the vaccine schedule of the place; absent: none is at hand, and the plan says so */
  readonly immunization?: ImmunizationEdition
  /** what is done about a dose whose day is not known; with the schedule */
  readonly uncertainDates?: UncertainDatePolicy
}

export interface Context {
  readonly snapshot: Snapshot
  readonly clock: Clock
  readonly setting: Setting
  readonly editions: PlanEditions
  /** the day to count the age from; undefined: not known */
  readonly birth: Day | undefined
  readonly book: ScoreBook
  readonly scores: readonly PlanScore[]
  readonly state: State | undefined
  readonly vaccines: VaccinePlan | undefined
}

/** The assessment, and what of it holds if the birth date is only a guess. */
export interface State {
  readonly main: Assessment
  /** the mildest over the possible birth dates: certain */
  readonly level: Level
  readonly atMost: Level
  /** the worst over the possible birth dates; the same as `main` when the date does not decide */
  readonly worst: Assessment
}

/** An item before responses and order. */
export interface Draft {
  readonly need: NeedCode
  readonly action: ActionCode
  readonly title: Message
  readonly because: readonly Reason[]
  /** clinical order within one urgency: danger, measured again, severe, moderate, reviews, visits, measurements */
  readonly rank: number
  /** absent: by the window */
  readonly urgency?: 'urgent' | 'actToday'
  readonly window: { readonly earliest?: Day; readonly due: Day; readonly overdue?: Day; readonly latest?: Day }
  /** the day of the fact that calls for it: an earlier response does not answer it */
  readonly anchor: Day
  readonly ask?: Question
  readonly more?: readonly Question[]
  /** a vaccine that was offered and not given: out of the list until that day */
  readonly notGiven?: { readonly fact: NotGiven; readonly until: Day }
}

/** Order within one urgency. An ask stands half a step above what its answer could change. */
export const RANK: Readonly<Record<OwnNeed | 'vaccine', number>> = {
  refer: 10, measureAgain: 20, severeWastingCare: 30, infantRiskCare: 40, moderateWastingCare: 50, thinnessReview: 60, growthReview: 70, overweightReview: 80,
  followReferral: 90, askReaction: 94, vaccine: 95, seeAgain: 100, vaccinesNext: 105, askBirthDate: 110, askSex: 120, askAssessment: 130, measure: 140,
}

export const urgencyOf = ({ urgency, window }: Pick<Draft, 'urgency' | 'window'>, clock: Clock): Urgency => {
  if (urgency !== undefined) return urgency
  if (!clock.reached(window.due)) return 'comingUp'
  return window.overdue !== undefined && clock.reached(window.overdue) ? 'overdue' : 'dueToday'
}

/** '{a}', '{a} and {b}', '{a}, {b} and {c}': names as one parameter. */
export function listParam(names: readonly Message[]): MessageParam {
  const [first, ...rest] = names
  if (first === undefined) throw new Error('a list has at least one name')
  const last = rest.at(-1)
  if (last === undefined) return { message: first }
  const head = names.slice(0, -1).reduce((text, name): Message => ({ key: 'plan.list.comma', params: { head: { message: text }, next: { message: name } } }))
  return { message: { key: 'plan.list.and', params: { head: { message: head }, last: { message: last } } } }
}

/** 'weight', 'height': a length is a height from the age at which children are measured standing. */
export function whatName(kind: MeasurementKind, { birth, editions }: Pick<Context, 'birth' | 'editions'>, day: Day): Message {
  const standing = kind === 'length' && birth !== undefined && monthsOn(birth, day) >= editions.nutrition.guards.position.lyingBelowMonths
  return { key: 'plan.what', params: { what: { code: standing ? 'height' : kind } } }
}

export const flip = (when: string, becomes: string, params: Readonly<Record<string, MessageParam>> = {}): Flip => ({ when: { key: `plan.flip.${when}`, params }, becomes: { key: `plan.becomes.${becomes}` } })

/** Adds flips to a reason that has its own already or not. */
export const withFlips = (reason: Reason, flips: readonly Flip[]): Reason => (flips.length === 0 ? reason : { ...reason, flips: [...(reason.flips ?? []), ...flips] })

/** When a scheduled item becomes due and overdue, as flips. */
export function dateFlips(window: Draft['window'], clock: Clock): Flip[] {
  if (!clock.reached(window.due)) return [flip('onOrAfter', 'dueToday', { day: { day: window.due } })]
  return window.overdue === undefined || clock.reached(window.overdue) ? [] : [flip('onOrAfter', 'overdue', { day: { day: window.overdue } })]
}

export const monthsOn = (birth: Day, on: Day): number => (on < birth ? 0 : completedMonths({ birth, on }))

/** Each sentence once: the same words again say nothing new. */
export function distinct(reasons: readonly Reason[]): Reason[] {
  const seen = new Set<string>()
  return reasons.filter((reason) => {
    const key = JSON.stringify(reason.text)
    return seen.has(key) ? false : (seen.add(key), true)
  })
}
