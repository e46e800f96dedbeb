/**
 * Why a dose counts or not, why a date is what it is: one finding a rule, light enough to be made for every dose of every
 * series. `rule` is the rule's name in the edition (its id is `<rulePrefix>.<rule>`); the other members are the numbers it used.
 */
import type { Day } from '@bairn/quantities'

export interface Finding {
  readonly rule: string
  /** the day that decided: a minimum age, the end of an interval, of a conflict */
  readonly day?: Day
  /** a vaccine, an observation, a series group */
  readonly code?: string
  /** the dose counted from, by its id */
  readonly dose?: string
  /** the age or interval as the schedule writes it */
  readonly period?: string
  /** the figure is the edition's own, where its others are borrowed */
  readonly own?: true
}
