/**
 * The plan's own shape: one ordered list for one child, with everything needed to show it again later (the flight recorder).
 */
import type { NotGivenReason } from './child.ts'
import type { EvaluationStatus, SeriesStatus } from '@bairn/immunization'
import type { Day, Days } from '@bairn/quantities'
import type { Answer, EditionId, FactRef, Issue, Message, Reason } from '@bairn/reasoning'

export interface Plan {
  readonly child: string
  readonly on: Day
  /** The same plan holds on every day before this one, if no fact is added. Absent: it never changes by itself. */
  readonly nextChange?: Day
  /** most pressing first */
  readonly items: readonly PlanItem[]
  /** what a worker put off or the family declined, and until when: kept in sight, out of the way */
  readonly setAside: readonly SetAside[]
  /** the latest z-score of each indicator, in a fixed order; flagged ones stay in, marked */
  readonly scores: readonly PlanScore[]
  /** every dose judged and every disease forecast; absent: no schedule is at hand, or the birth date is not known */
  readonly vaccines?: VaccinePlan
  /** what no engine covers, or what could not be judged, and why: silence would read as "nothing due" */
  readonly notJudged: readonly Reason[]
  readonly issues: readonly Issue[]
  readonly setting: Setting
  readonly editions: readonly EditionId[]
  readonly engine: string
}

export interface PlanItem {
  /** `<child>/<need>`: no date, edition or wording in it, so that it can be ticked, hidden, traced */
  readonly id: string
  readonly need: NeedCode
  readonly action: ActionCode
  readonly title: Message
  /** the question of an ask, the most decisive one first */
  readonly ask?: Question
  /** further questions of the same assessment: asked together, one item */
  readonly more?: readonly Question[]
  readonly window: { readonly earliest?: Day; readonly due: Day; readonly overdue?: Day; readonly latest?: Day }
  readonly urgency: Urgency
  /** never empty; the first is the one line under the title */
  readonly because: readonly Reason[]
}

export type ActionCode = 'give' | 'measure' | 'treat' | 'refer' | 'counsel' | 'ask' | 'schedule'
/** in order: the first is the most pressing */
export type Urgency = 'urgent' | 'actToday' | 'overdue' | 'dueToday' | 'comingUp'
/** A need is stable: worklist, tasks and traces use it. `refer`, `measure` and `seeAgain` gather all that calls for them. */
export type NeedCode = OwnNeed | VaccineNeed
/** the plan's own, whatever the schedule */
export type OwnNeed =
  | 'refer' | 'followReferral' | 'measureAgain' | 'severeWastingCare' | 'infantRiskCare' | 'moderateWastingCare' | 'growthReview'
  | 'thinnessReview' | 'overweightReview' | 'seeAgain' | 'measure' | 'askAssessment' | 'askSex' | 'askBirthDate' | 'askReaction' | 'vaccinesNext'
/** one a vaccine group of the schedule, by its name there */
type VaccineNeed = `vaccine.${string}`

export interface Question {
  /** the Finding it becomes (child.ts), or the field of the child that is missing */
  readonly kind: QuestionKind
  readonly text: Message
  /** buttons, in order; `value` is what is recorded */
  readonly options: readonly { readonly value: string; readonly label: Message }[]
}

export type QuestionKind = 'oedema' | 'complication' | 'appetite' | 'breastfeedingDifficulty' | 'vaccineReaction' | 'sex' | 'birthDate'

/** What the place's schedule says of a child's vaccines: the time line, and what an item of the list rests on. */
export interface VaccinePlan {
  readonly schedule: EditionId
  readonly title: string
  /** in the order of the schedule's groups */
  readonly forecasts: readonly VaccineForecast[]
  /** oldest first */
  readonly doses: readonly VaccineDose[]
  /** groups that are given in some places only, and nobody has said whether here */
  readonly placeUnknown: readonly string[]
}

export interface VaccineForecast {
  readonly group: string
  readonly seriesType: 'standard' | 'risk'
  /** `unknown`: the possible birth dates lead to different answers */
  readonly status: SeriesStatus | 'unknown'
  /** given after a talk with the family, not because a day has come */
  readonly sharedDecision?: true
  readonly doseNumber?: number
  readonly window?: { readonly earliest: Day; readonly due: Day; readonly overdue?: Day; readonly latest?: Day }
  /** every vaccine that the schedule counts for the next dose is forbidden for this child */
  readonly noVaccine?: true
  /** codes of the vaccines that the schedule names for the next dose */
  readonly vaccines: readonly { readonly code: string; readonly name: string }[]
  readonly because: readonly Reason[]
}

export interface VaccineDose {
  /** `Immunization/<id>` */
  readonly id: string
  /** the same day twice, unless only a span is known; absent: nothing is known of the day */
  readonly given?: { readonly earliest: Day; readonly latest: Day }
  /** `code` of the schedule; absent: the vaccine is not one of it, and stands as it was recorded */
  readonly vaccine: { readonly code?: string; readonly name: string }
  /** what each group says of it; none: see `setAside`, or the plan's Issues with this id */
  readonly judged: readonly { readonly group: string; readonly number?: number; readonly status: EvaluationStatus | 'unknown'; readonly because: readonly Reason[] }[]
  /** why it could not be judged, or should be looked at again */
  readonly setAside: readonly Reason[]
}

/** An item that a response took out of the list. */
export interface SetAside {
  readonly need: NeedCode
  readonly title: Message
  readonly response: { readonly id: string; readonly kind: 'notToday' | 'declined'; readonly day: Day; readonly note?: string }
  /** why a vaccine was not given */
  readonly reason?: NotGivenReason
  /** notToday: back in the list on this day */
  readonly until?: Day
}

/** as the growth engine names them (`Indicator`) */
export type PlanIndicator =
  | 'lengthHeightForAge' | 'weightForAge' | 'weightForLengthHeight' | 'bmiForAge'
  | 'headCircumferenceForAge' | 'armCircumferenceForAge' | 'tricepsSkinfoldForAge' | 'subscapularSkinfoldForAge'

/** One z-score with everything needed to show and to exchange it. */
export interface PlanScore {
  readonly indicator: PlanIndicator
  /** lengthHeightForAge and weightForLengthHeight: as scored, after the 0.7 cm rule */
  readonly position?: 'lying' | 'standing'
  readonly day: Day
  /** two decimals */
  readonly z: number
  /** 0 to 100 */
  readonly centile: number
  /** beyond WHO's limits: measure again; `confirmed` by a second agreeing measurement of that day */
  readonly flagged: boolean
  readonly confirmed: boolean
  readonly age: { readonly sinceBirth: Days; readonly corrected?: Days }
  readonly edition: EditionId
  /** the measurements used */
  readonly inputs: readonly FactRef[]
  readonly because: readonly Reason[]
}

/** Where the child is seen, and what holds there. */
export interface Setting {
  readonly place: string
  readonly country: string
  readonly profile: 'primaryCare' | 'nutritionProgramme'
  /** by what it is about: the codes of a vaccine schedule that are of a place; what is not here nobody has said */
  readonly switches: Readonly<Record<string, Answer<string | boolean>>>
}
