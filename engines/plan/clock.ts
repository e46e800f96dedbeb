/**
 * The only way the plan looks at the day. Every comparison with `on` goes through here, and each remembers the day on which its
 * answer would change: the earliest of them is the plan's `nextChange`, so that it holds by construction.
 */
import { addDays, type Day } from '@bairn/quantities'

export interface Clock {
  /** `on` is this day or later */
  readonly reached: (day: Day) => boolean
  /** a fact of this day belongs to a visit that is open today */
  readonly isToday: (day: Day) => boolean
  /** the day itself, for what has no day of its own: the plan then changes with every day */
  readonly today: () => Day
  /** what another engine judges by the day: it says itself when its answer would change */
  readonly judge: <T>(judging: (on: Day) => { readonly found: T; readonly nextChange?: Day }) => T
  /** the first day on which any answer given so far would be another */
  readonly nextChange: () => Day | undefined
}

export function clockAt(on: Day): Clock {
  let next: Day | undefined
  const changesOn = (day: Day): void => {
    if (day > on && (next === undefined || day < next)) next = day
  }
  return {
    reached: (day) => {
      changesOn(day)
      return on >= day
    },
    isToday: (day) => {
      changesOn(day)
      if (day === on) changesOn(addDays(on, 1))
      return day === on
    },
    today: () => {
      changesOn(addDays(on, 1))
      return on
    },
    judge: (judging) => {
      const { found, nextChange } = judging(on)
      if (nextChange !== undefined) changesOn(nextChange)
      return found
    },
    nextChange: () => next,
  }
}
