/**
 * The first day on which the answers for a child could be others, if no fact is added: every day that an answer was compared with.
 * Ages that were looked at, rows that come into force or leave it, seasons, and intervals that make a dose unnecessary. It may name a
 * day on which nothing changes; it never passes one over, because what no comparison looked at can only count once another has turned.
 */
import type { Day } from '@bairn/quantities'
import { after, datesOfAge, type Child } from './patient.ts'

/** undefined: nothing changes any more by itself */
export function nextChangeOf(child: Child): Day | undefined {
  let next: Day | undefined
  const look = (day: Day): void => {
    if (day > child.assessment && (next === undefined || day < next)) next = day
  }
  for (const day of datesOfAge(child)) look(day)
  const turn = child.edition.turns.find((day) => day > child.assessment)
  if (turn !== undefined) look(turn)
  for (const { date } of child.facts.doses) {
    look(date)
    for (const interval of child.edition.skipIntervals) look(after(date, interval))
  }
  return next
}
