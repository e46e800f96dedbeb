/**
 * What one dose is, read from the rows of a schedule as they are written and table by table of the CDSi logic specification 4.6 (6-15, 6-18,
 * 6-21, 6-26, 6-29, 6-31, CONFLICT-3): a second reading that shares nothing with the engine but the calendar.
 */
import { addPeriod, formatDay, parsePeriod, type Day, type Period } from '@bairn/quantities'
import type { EvaluationStatus } from '../patient.ts'
import type { Dated, IntervalRow, ScheduleData, TargetDoseRow } from '../schedule.ts'

/** A dose given before, valid, for the target dose of this number. */
export interface Earlier { readonly date: Day; readonly cvx: string; readonly target: number }
export interface Given {
  readonly birthDate: Day
  readonly date: Day
  readonly cvx: string
  readonly mvx: string | undefined
  /** oldest first */
  readonly earlier: readonly Earlier[]
  readonly observations: ReadonlyMap<string, Day>
}
/** 'age.tooYoung 2026-01-31', in order */
export interface Reading { readonly status: EvaluationStatus; readonly says: readonly string[] }

const periods = new Map<string, Period>()
export function periodOf(text: string): Period {
  const known = periods.get(text)
  if (known !== undefined) return known
  const parsed = parsePeriod(text)
  if (!parsed.ok) throw new Error(`not a period: '${text}'`)
  periods.set(text, parsed.value)
  return parsed.value
}
export const later = (from: Day, text: string): Day => addPeriod(from, periodOf(text))
const inForce = ({ effective = '0000', cessation = '9999' }: Dated, on: Day): boolean => effective <= formatDay(on) && formatDay(on) <= cessation
export const spans = ({ begin, end }: { readonly begin?: string; readonly end?: string }, birthDate: Day, on: Day): boolean =>
  (begin === undefined || on >= later(birthDate, begin)) && (end === undefined || on < later(birthDate, end))

/** The day that an interval counts from, when every earlier dose is valid. */
export function referenceOf({ from }: IntervalRow, { earlier, observations }: Pick<Given, 'earlier' | 'observations'>): Day | undefined {
  if ('previous' in from) return earlier.at(-1)?.date
  if ('targetDose' in from) return earlier.findLast(({ target }) => target === from.targetDose)?.date
  if ('observation' in from) return observations.get(from.observation)
  return earlier.findLast(({ cvx }) => from.mostRecent.includes(cvx))?.date
}

export function readDose(row: TargetDoseRow, given: Given, conflicts: ScheduleData['conflicts']): Reading {
  const { birthDate, date, cvx, mvx, earlier } = given
  if (row.inadvertent?.includes(cvx) === true) return { status: 'notValid', says: ['inadvertent.vaccine'] }
  const says: string[] = []
  const at = (rule: string, day: Day): void => { says.push(`${rule} ${formatDay(day)}`) }
  const age = row.ages?.find((one) => inForce(one, date))
  const [absMin, min, max] = [age?.absMin, age?.min, age?.max].map((text) => text === undefined ? undefined : later(birthDate, text))
  const tooYoung = absMin !== undefined && date < absMin
  const tooOld = !tooYoung && !(min !== undefined && date < min) && max !== undefined && date >= max
  if (tooYoung) at('age.tooYoung', absMin)
  else if (min !== undefined && date < min) at('age.grace', min)
  else if (tooOld) at('age.tooOld', max)

  const counting = (rows: readonly IntervalRow[] = []): readonly { readonly one: IntervalRow; readonly from: Day }[] =>
    rows.flatMap((one) => { const from = inForce(one, date) ? referenceOf(one, given) : undefined; return from === undefined ? [] : [{ one, from }] })
  const short = ({ one, from }: { readonly one: IntervalRow; readonly from: Day }): boolean => one.absMin !== undefined && date < later(from, one.absMin)
  const preferred = counting(row.intervals)
  const missed = preferred.filter(short)
  for (const { one, from } of preferred) if (!missed.some((other) => other.one === one) && one.min !== undefined && date < later(from, one.min)) at('interval.grace', later(from, one.min))
  const allowed = counting(row.allowableIntervals)
  const rescued = missed.length > 0 && allowed.length > 0 && !allowed.some(short)
  if (rescued) says.push('interval.allowable')
  else for (const { one, from } of missed) at('interval.tooSoon', later(from, one.absMin as string))

  const waits = earlier.flatMap((before) => conflicts.filter(({ previous, current }) => previous === before.cvx && current.includes(cvx))
    .map(({ begin, minEnd }) => ({ begin: later(before.date, begin), end: later(before.date, minEnd) }))).filter(({ begin, end }) => begin <= date && date < end)
  if (waits.length > 0) at('conflict.liveVirus', waits.at(-1)?.end as Day)

  const preferable = (row.preferable ?? []).some((one) => one.cvx === cvx && (one.mvx === undefined || one.mvx === mvx) && spans(one, birthDate, date))
  const allowable = (row.allowable ?? []).some((one) => one.cvx === cvx && spans(one, birthDate, date))
  if (!preferable) says.push(allowable ? 'vaccine.allowable' : 'vaccine.notAllowed')
  const status = tooOld ? 'extraneous' : tooYoung || (missed.length > 0 && !rescued) || waits.length > 0 || !(preferable || allowable) ? 'notValid' : 'valid'
  return { status, says: says.toSorted() }
}
