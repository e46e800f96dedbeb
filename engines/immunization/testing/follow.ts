/** Walks a child through a schedule: each dose on the day it is recommended, until nothing more is due. */
import assert from 'node:assert/strict'
import { addPeriod, formatDay, type Day, type Period } from '@bairn/quantities'
import type { ImmunizationEdition } from '../edition.ts'
import { immunize } from '../immunize.ts'
import type { ImmunizationFacts } from '../patient.ts'

export interface Followed {
  /** the status reached; 'later': the next dose is after `until`; 'notValid': a dose on its recommended day did not count */
  readonly end: string
  readonly given: readonly string[]
  readonly facts: ImmunizationFacts
}

export function follow(facts: ImmunizationFacts, edition: ImmunizationEdition, { group, seriesType, from = facts.birthDate, until }: { readonly group: string; readonly seriesType: 'standard' | 'risk'; readonly from?: Day; readonly until: Day }): Followed {
  let now = facts
  let today = from
  const given: string[] = []
  for (let step = 0; step < 24; step++) {
    const forecast = immunize(now, edition, { assessment: today }).forecasts.find((one) => one.vaccineGroup === group && one.seriesType === seriesType)
    if (forecast === undefined || forecast.status !== 'notComplete') return { end: forecast?.status ?? 'none', given, facts: now }
    // Nobody is given two doses of one group on one day, even where no interval forbids it.
    const date = Math.max(forecast.recommended as Day, (now.doses.at(-1)?.date ?? today - 1) + 1) as Day
    if (date > until) return { end: 'later', given, facts: now }
    // What would be due on that day may differ from what is foreseen today (a season, an age): ask again on the day.
    if (date > today) { today = date; continue }
    const fits = ({ begin, end }: { readonly begin?: Period; readonly end?: Period }): boolean => (begin === undefined || today >= addPeriod(facts.birthDate, begin)) && (end === undefined || today < addPeriod(facts.birthDate, end))
    const target = forecast.members[0]?.target
    const preferred = forecast.vaccines.find(fits) ?? target?.preferable.find(fits)
    const allowed = [...target?.allowableByCvx ?? []].find(([, ages]) => ages.some(fits))?.[0]
    const vaccine: { readonly cvx: string; readonly mvx?: string } | undefined = preferred ?? (allowed === undefined ? undefined : { cvx: allowed })
    assert.ok(vaccine !== undefined, `${group}: nothing to give on ${formatDay(date)}`)
    const id = `d${step}`
    now = { ...now, doses: [...now.doses, { id, date: today, cvx: vaccine.cvx, ...(vaccine.mvx === undefined ? {} : { mvx: vaccine.mvx }) }] }
    const judged = immunize(now, edition, { assessment: today }).evaluations.find(({ dose, vaccineGroup }) => dose.id === id && vaccineGroup === group)
    given.push(`${vaccine.cvx} ${formatDay(today)} ${judged?.status} ${judged?.findings.map(({ rule }) => rule).join(' ')}`)
    if (judged?.status !== 'valid') return { end: 'notValid', given, facts: now }
  }
  return { end: 'long', given, facts: now }
}
