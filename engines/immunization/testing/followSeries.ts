/** Gives one series by itself dose by dose, each on the day it is recommended for, until nothing more is due. */
import { addDays, formatDay, type Day } from '@bairn/quantities'
import type { ImmunizationEdition, Series } from '../edition.ts'
import type { SeriesForecast } from '../forecast.ts'
import type { DoseAdministered, ImmunizationFacts } from '../patient.ts'
import { childOf, seriesAlone } from './alone.ts'
import type { Followed } from './follow.ts'
import { later, spans } from './rows.ts'
import type { TargetDoseRow } from '../schedule.ts'
import type { WrittenSeries } from './editions.ts'


const MOST_STEPS = 40
const RECURRED = 3

export interface Pace {
  /** begun no earlier than at this age */
  readonly from?: string
  /** days after the recommended one */
  readonly late?: number
}

/** A child that a series is made for, who is given every dose on its recommended day, or at another pace. Ends with a series status, with `recurring`, or with what went wrong. */
export function followSeries({ row, series, antigen }: WrittenSeries, edition: ImmunizationEdition, birthDate: Day, { from, late = 0 }: Pace = {}): Followed {
  const indication = row.indications?.find(({ observation }) => !antigen.contraindications.some((one) => one.observation === observation))
  const [first] = row.doses
  const vaccine = first?.ages === undefined ? first?.preferable?.[0]?.begin : undefined
  const begins = [row.minAgeToStart, indication?.begin, vaccine, from].filter((age) => age !== undefined).map((age) => later(birthDate, age))
  let today = Math.max(birthDate, ...begins) as Day
  // What an interval counts from (the week of a pregnancy) lies so far back that the dose is due on the first day.
  const counted = row.doses.flatMap(({ intervals = [] }) => intervals.flatMap(({ from, min = '0 days' }) => 'observation' in from ? [{ code: from.observation, date: addDays(today, today - later(today, min)) }] : []))
  const observations = [...indication === undefined ? [] : [{ code: indication.observation, date: today }], ...counted]
  let facts: ImmunizationFacts = { birthDate, sex: row.sexes?.find((sex) => sex !== 'unknown') ?? 'female', doses: [], observations }
  const given: string[] = []
  const ended = (end: string): Followed => ({ end, given, facts })
  for (let step = 0; step < MOST_STEPS; step++) {
    const found = seriesAlone(series, childOf(facts, edition, today))
    if (found.status !== 'notComplete' || found.dates === undefined || found.target === undefined) return ended(found.status)
    if (found.target.recurring && found.state.satisfied.filter(({ target }) => target === found.target).length >= RECURRED) return ended('recurring')
    // What is due on that day may differ from what is foreseen today (a season, an age): it is asked again on the day.
    // Nobody is given two doses of one series on one day, even where no interval forbids it.
    const next = Math.max(found.dates.recommended + (facts.doses.length > 0 ? late : 0), (facts.doses.at(-1)?.date ?? birthDate - 1) + 1) as Day
    if (next > today) { today = next; continue }
    const dose = doseFor(found, row.doses[found.target.number - 1] ?? {}, birthDate, today, `d${given.length}`)
    if (dose === undefined) return ended(`nothing to give on ${formatDay(today)}`)
    facts = { ...facts, doses: [...facts.doses, dose] }
    const evaluation = seriesAlone(series, childOf(facts, edition, today)).state.evaluations.find((one) => one.dose.id === dose.id)
    given.push(`${dose.cvx} ${formatDay(today)} dose ${found.target.number} ${evaluation?.status ?? 'not judged'} ${evaluation?.findings.map(({ rule }) => rule).join(' ') ?? ''}`)
    if (evaluation?.status !== 'valid') return ended('not valid')
  }
  return ended('never')
}

/** A vaccine to be named in a forecast, else another preferred one, else one that is allowed (a product that is no longer made). */
function doseFor({ state }: SeriesForecast, { preferable = [], allowable = [] }: TargetDoseRow, birthDate: Day, date: Day, id: string): DoseAdministered | undefined {
  const fits = (one: { readonly cvx: string; readonly begin?: string; readonly end?: string }): boolean => spans(one, birthDate, date) && counts(state.child.edition, state.series, one.cvx, birthDate, date)
  const vaccine = preferable.find((one) => one.forecast === true && fits(one)) ?? preferable.find(fits)
  const cvx = vaccine?.cvx ?? allowable.find(fits)?.cvx
  return cvx === undefined ? undefined : { id, date, cvx, ...(vaccine?.mvx === undefined ? {} : { mvx: vaccine.mvx }) }
}

const counts = (edition: ImmunizationEdition, { antigen }: Series, cvx: string, birthDate: Day, on: Day): boolean =>
  edition.vaccines.get(cvx)?.antigens.some((one) => one.antigen === antigen && spans({ ...(one.begin === undefined ? {} : { begin: one.begin.text }), ...(one.end === undefined ? {} : { end: one.end.text }) }, birthDate, on)) === true

/** A birth for which the first dose falls into the season that the schedule is of, where it is of one. */
export function birthFor({ row }: WrittenSeries, usual: Day, seasonDay: (text: string) => Day): Day {
  const [first] = row.doses
  const season = row.doses.find(({ season }) => season !== undefined)?.season
  const dated = first?.ages?.find(({ effective, cessation }) => effective !== undefined && cessation === undefined)?.effective
  const begins = row.minAgeToStart ?? first?.ages?.at(-1)?.min ?? first?.ages?.at(-1)?.absMin
  const from = season?.start ?? dated
  if (from === undefined) return usual
  const start = seasonDay(from)
  const age = begins === undefined ? 0 : later(usual, begins) - usual
  return addDays(start, 10 - age)
}
