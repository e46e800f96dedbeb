/**
 * FHIR's dates and times as ranges of milliseconds, from their precision. For search and for comparing a start with an end.
 * The mapping of dates to calendar days for the engines is not here (engines/quantities).
 * Source: HL7 FHIR R4 4.0.1, datatypes.html#dateTime and search.html#date. Pure.
 */
type Precision = 'year' | 'month' | 'day' | 'minute' | 'second' | 'millisecond'
/** [from, to): what the calendar and the clock on the wall showed, written as if in UTC. */
export interface DateTimeRange {
  readonly precision: Precision
  readonly from: number
  readonly to: number
  /** minutes east of UTC; absent where the text says none */
  readonly offset?: number
}

const SHAPE = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/
const MINUTE = 60_000

/** undefined for what is not a date, and for a day or hour that does not exist. Minutes without seconds are taken, as searches may. */
export function parseDateTime(text: string): DateTimeRange | undefined {
  const match = SHAPE.exec(text)
  if (match === null) return undefined
  const [, y, mo, d, h, mi, s, fraction, zone] = match
  const year = Number(y)
  const month = Number(mo ?? 1)
  const day = Number(d ?? 1)
  if (year === 0 || month < 1 || month > 12 || day < 1 || day > daysOfMonth(year, month)) return undefined
  const at = (months: number, days: number): number => new Date(0).setUTCFullYear(year, month - 1 + months, day + days)
  if (mo === undefined) return { precision: 'year', from: at(0, 0), to: at(12, 0) }
  if (d === undefined) return { precision: 'month', from: at(0, 0), to: at(1, 0) }
  if (h === undefined) return { precision: 'day', from: at(0, 0), to: at(0, 1) }
  const hour = Number(h)
  const minute = Number(mi)
  const second = Number(s ?? 0)
  if (hour > 23 || minute > 59 || second > 60) return undefined
  const offset = zone === undefined ? undefined : zone === 'Z' ? 0 : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4)))
  if (offset !== undefined && (Math.abs(offset) > 14 * 60 || Number(zone?.slice(4) ?? 0) > 59)) return undefined
  const start = at(0, 0) + (hour * 60 + minute) * MINUTE + second * 1000
  const zoned = offset === undefined ? {} : { offset }
  if (s === undefined) return { precision: 'minute', from: start, to: start + MINUTE, ...zoned }
  if (fraction === undefined) return { precision: 'second', from: start, to: start + 1000, ...zoned }
  // Finer than a millisecond is rounded out, so that the range still holds the moment.
  const from = start + Math.floor(Number(`0.${fraction}`) * 1000)
  return { precision: 'millisecond', from, to: fraction.length >= 3 ? from + 1 : from + 10 ** (3 - fraction.length), ...zoned }
}

/** Days of a month in the Gregorian calendar. */
export function daysOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** The first and the last moment that may be meant. Without an offset it may have been any zone of the earth (-12 to +14 hours). */
function possibleInstants(range: DateTimeRange): { readonly from: number; readonly to: number } {
  return range.offset === undefined
    ? { from: range.from - 14 * 60 * MINUTE, to: range.to + 12 * 60 * MINUTE }
    : { from: range.from - range.offset * MINUTE, to: range.to - range.offset * MINUTE }
}

/** Whether `a` is certainly later than `b`, at the precision and in the zones given. Unreadable dates are never certain. */
export function isCertainlyAfter(a: string, b: string): boolean {
  const [left, right] = [parseDateTime(a), parseDateTime(b)]
  if (left === undefined || right === undefined) return false
  // Two dates without a zone stand in the same calendar.
  if (left.offset === undefined && right.offset === undefined) return left.from >= right.to
  return possibleInstants(left).from >= possibleInstants(right).to
}
