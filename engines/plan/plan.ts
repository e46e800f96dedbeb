/**
 * The plan's own shape: one ordered list for one child, with everything needed to show it again later (the flight recorder).
 */
import type { Day } from '@bairn/quantities'
import type { Answer, EditionId, Issue, Message, Reason } from '@bairn/reasoning'

export interface Plan {
  readonly child: string
  readonly on: Day
  /** The same plan holds on every day before this one, if no fact is added. Absent: it never changes by itself. */
  readonly nextChange?: Day
  readonly items: readonly PlanItem[]
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
  readonly ask?: Question
  readonly window: { readonly earliest?: Day; readonly due: Day; readonly overdue?: Day; readonly latest?: Day }
  readonly urgency: Urgency
  /** never empty; the first is the one line under the title */
  readonly because: readonly Reason[]
}

export type ActionCode = 'give' | 'measure' | 'treat' | 'refer' | 'counsel' | 'ask' | 'schedule'
/** in order: the first is the most pressing */
export type Urgency = 'urgent' | 'actToday' | 'overdue' | 'dueToday' | 'comingUp'
/** A need is stable: worklist, tasks and traces use it. */
export type NeedCode = string

export interface Question {
  readonly kind: 'oedema' | 'complication' | 'appetite' | 'breastfeedingDifficulty' | 'sex' | 'birthDate'
  readonly text: Message
  /** buttons, in order; `value` is what is recorded */
  readonly options: readonly { readonly value: string; readonly label: Message }[]
}

/** Where the child is seen, and what holds there. */
export interface Setting {
  readonly place: string
  readonly country: string
  readonly profile: 'primaryCare' | 'nutritionProgramme'
  readonly switches: Readonly<Record<string, Answer<string | boolean>>>
}
