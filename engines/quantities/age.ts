/**
 * Ages by the clinical rules. The day of birth is day 0.
 * Completed months and years follow the calendar and the CDSi overflow rule (period.ts): a child born on 31 January
 * completes its first month on 1 March. WHO's growth months are another thing: 30.4375 days each (WHO 2006, and R anthro).
 * Pure.
 */
import { addDays, calendarDate, days, type Day, type Days } from './day.ts'
import { addPeriod, months } from './period.ts'

/** WHO's average month: 365.25 / 12. */
export const DAYS_PER_MONTH = 30.4375

/** Whole days from birth. @throws RangeError if `on` lies before `birth` (caller's bug: check first) */
export const ageInDays = ({ birth, on }: { readonly birth: Day; readonly on: Day }): Days => days(on - birth)

/** Completed weeks: day 41 is 5, day 42 is 6. */
export const completedWeeks = (age: Days): number => Math.floor(age / 7)

/** Completed calendar months. @throws RangeError if `on` lies before `birth` */
export function completedMonths({ birth, on }: { readonly birth: Day; readonly on: Day }): number {
  ageInDays({ birth, on })
  const from = calendarDate(birth)
  const to = calendarDate(on)
  const whole = (to.year - from.year) * 12 + (to.month - from.month)
  return addPeriod(birth, months(whole)) <= on ? whole : whole - 1
}

/** Completed calendar years. @throws RangeError if `on` lies before `birth` */
export const completedYears = (span: { readonly birth: Day; readonly on: Day }): number => Math.floor(completedMonths(span) / 12)

/** The first day on which the child has completed `count` months. */
export const dayOfCompletedMonths = (birth: Day, count: number): Day => addPeriod(birth, months(count))

/** WHO's growth months, unrounded. 1826.25 days are 60. */
export const growthMonths = (age: Days): number => age / DAYS_PER_MONTH

/** Corrected age of a child born after `gestation` days: counted from 40 weeks (280 days). Negative before term, hence a plain number of days. */
export const correctedAge = ({ age, gestation }: { readonly age: Days; readonly gestation: Days }): number => age - (280 - gestation)

/** The day the child reaches `age` days. */
export const dayOfAge = (birth: Day, age: Days): Day => addDays(birth, Math.ceil(age))
