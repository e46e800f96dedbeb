/**
 * Which forecasts are catch-up and which are routine. A child is behind where the day on which the schedule recommends the next dose has
 * come. From then on the series is followed at its shortest intervals, until a dose is reached that the schedule recommends at an age
 * later than it could be given: there the child has caught up, and the dose comes with every other child's.
 */
import { ageRowOn } from './evaluate.ts'
import type { Day } from '@bairn/quantities'
import type { GroupForecast } from './group.ts'

/** The day on which the schedule wants the next dose, were nothing in its way: by age where it gives one, else by interval. */
export function wantedOn({ members }: GroupForecast): Day | undefined {
  const days = members.flatMap(({ dates }) => dates === undefined ? [] : [dates.unadjustedRecommended])
  return days.length === 0 ? undefined : Math.min(...days) as Day
}

/** Its recommended day has come, or has passed without it. */
export function isBehind(forecast: GroupForecast, assessment: Day): boolean {
  const wanted = wantedOn(forecast)
  return forecast.status === 'notComplete' && wanted !== undefined && wanted <= assessment && !isSharedDecision(forecast)
}

/** Given after a talk, never because a day has come. */
export const isSharedDecision = ({ members }: GroupForecast): boolean => members.length > 0 && members.every(({ state }) => state.series.sharedDecision)

/** After a dose of the plan: whether the next is still part of catching up. */
export function isStillBehind(forecast: GroupForecast, assessment: Day): boolean {
  const { earliest, status, members } = forecast
  const wanted = wantedOn(forecast)
  if (status !== 'notComplete' || wanted === undefined || earliest === undefined) return false
  if (wanted <= assessment || wanted < earliest) return true
  const byAge = members.some(({ target, dates, state }) => dates !== undefined && ageRowOn(target?.ages ?? [], state.child.assessment)?.earliestRec !== undefined)
  return !byAge && (wanted === earliest || members.every(({ target }) => target?.recurring !== true))
}
