/**
 * Calendar days as integers: days since 1970-01-01 in the proleptic Gregorian calendar.
 * A day is what the clinic wrote on the card. It has no time and no time zone:
 * `2026-03-01T00:30+03:00` is the day 2026-03-01 wherever the program runs.
 * Pure: no `Date`, no clock, no locale.
 */
export type Day = number & { readonly unit: 'day since 1970-01-01' }
/** An age or a span in days; may be a fraction (273.9375). */
export type Days = number & { readonly unit: 'd' }

/** What a parser gives: the value, or the problem with what was written. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }
export type Problem = { readonly code: ProblemCode; readonly given: string }
export type ProblemCode =
  | 'day.format' | 'day.impossible' | 'number.format' | 'number.ambiguous' | 'number.range' | 'unit.missing' | 'unit.unknown' | 'period.format'

/** A date of which only the year, or the year and month, may be known. `earliest` and `latest` are equal for a full date. */
export type PartialDay = { readonly earliest: Day; readonly latest: Day; readonly precision: 'day' | 'month' | 'year' }

export type CalendarDate = { readonly year: number; readonly month: number; readonly day: number }

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** Days in a month; `month` is 1 to 12. */
export const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeapYear(year) ? 29 : (MONTH_LENGTHS[month - 1] as number)

/** The day of a calendar date that exists. `dayOf({ year: 2026, month: 3, day: 1 })` is 20513. @throws RangeError if it does not exist (caller's bug) */
export function dayOf(date: CalendarDate): Day {
  if (!exists(date)) throw new RangeError(`no such date: ${date.year}-${date.month}-${date.day}`)
  return count(date)
}

/** The calendar date of a day. */
export function calendarDate(day: Day): CalendarDate {
  // Years are counted from 1 March so that the leap day comes last; 719468 days lie between 0000-03-01 and 1970-01-01.
  const shifted = day + 719468
  const era = Math.floor(shifted / 146097)
  const dayOfEra = shifted - era * 146097
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  }
}

/** `formatDay(20513)` is '2026-03-01'. For data, not for people. */
export function formatDay(day: Day): string {
  const { year, month, day: ofMonth } = calendarDate(day)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(ofMonth).padStart(2, '0')}`
}

/** Reads `YYYY-MM-DD`, alone or before a time; the time and its zone are not looked at. Problems: 'day.format', 'day.impossible'. */
export function parseDay(text: string): Parsed<Day> {
  const parsed = parsePartialDay(text)
  if (!parsed.ok) return parsed
  return parsed.value.precision === 'day' ? { ok: true, value: parsed.value.earliest } : { ok: false, problem: { code: 'day.format', given: text } }
}

/** Reads a FHIR date or dateTime: `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or a day with a time. Problems: 'day.format', 'day.impossible'. */
export function parsePartialDay(text: string): Parsed<PartialDay> {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T[\d:.+\-Z]*)?)?)?$/.exec(text)
  if (match === null) return { ok: false, problem: { code: 'day.format', given: text } }
  const year = Number(match[1])
  const month = match[2] === undefined ? undefined : Number(match[2])
  const ofMonth = match[3] === undefined ? undefined : Number(match[3])
  const first = { year, month: month ?? 1, day: ofMonth ?? 1 }
  if (!exists(first)) return { ok: false, problem: { code: 'day.impossible', given: text } }
  if (month === undefined) return { ok: true, value: { earliest: count(first), latest: count({ year, month: 12, day: 31 }), precision: 'year' } }
  if (ofMonth === undefined) return { ok: true, value: { earliest: count(first), latest: count({ year, month, day: daysInMonth(year, month) }), precision: 'month' } }
  return { ok: true, value: { earliest: count(first), latest: count(first), precision: 'day' } }
}

/** A span in days. @throws RangeError if negative or not finite (caller's bug) */
export function days(span: number): Days {
  if (!(span >= 0 && Number.isFinite(span))) throw new RangeError(`not a span of days: ${span}`)
  return span as Days
}

export const addDays = (from: Day, span: number): Day => (from + span) as Day

function exists({ year, month, day }: CalendarDate): boolean {
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/** The day number of a date that exists. Same calendar arithmetic as `calendarDate`, the other way. */
function count({ year, month, day }: CalendarDate): Day {
  const marchYear = month <= 2 ? year - 1 : year
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return (era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468) as Day
}
