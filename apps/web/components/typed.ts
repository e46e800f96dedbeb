/**
 * What typed figures mean: numbers as people write them, and dates from three fields. Arabic-Indic digits count as figures;
 * what could mean two things is refused with the key of a sentence. Pure.
 */
import { dayOf, daysInMonth, formatDay, parseNumber, type Day } from '@bairn/quantities'

export type TypedNumber =
  | { readonly kind: 'empty' }
  | { readonly kind: 'number'; readonly value: number }
  /** key of a sentence: web.number.ambiguous or web.number.format */
  | { readonly kind: 'problem'; readonly key: string }

/** What a typed text means. */
export function readNumber(text: string): TypedNumber {
  if (text.trim() === '') return { kind: 'empty' }
  const parsed = parseNumber(text)
  if (parsed.ok) return { kind: 'number', value: parsed.value }
  return { kind: 'problem', key: parsed.problem.code === 'number.ambiguous' ? 'web.number.ambiguous' : 'web.number.format' }
}

export interface TypedDate { readonly day: string; readonly month: string; readonly year: string }
export const NO_DATE: TypedDate = { day: '', month: '', year: '' }
/** Is what a browser kept the three fields of a date? */
export const hasFigures = (kept: unknown): kept is TypedDate => ['day', 'month', 'year'].every((part) => typeof (kept as Readonly<Record<string, unknown>> | null | undefined)?.[part] === 'string')

export type ReadDate =
  | { readonly kind: 'empty' }
  /** some of the three, or digits of the year, are still missing; nothing is wrong yet: web.date.incomplete when it is sent */
  | { readonly kind: 'partial' }
  | { readonly kind: 'day'; readonly day: Day; readonly iso: string }
  /** key of a sentence: web.date.future, web.date.noSuchDay, web.date.digits */
  | { readonly kind: 'problem'; readonly key: string }

/** What three fields mean on the day `today`; a day after it is refused. */
export function readDate(typed: TypedDate, today: Day): ReadDate {
  const texts = [typed.day.trim(), typed.month.trim(), typed.year.trim()]
  if (texts.every((text) => text === '')) return { kind: 'empty' }
  const parts = texts.map((text) => (text === '' ? undefined : wholeNumber(text)))
  if (texts.some((text, at) => text !== '' && parts[at] === undefined)) return { kind: 'problem', key: 'web.date.digits' }
  const [day, month, year] = parts
  if (month !== undefined && (month < 1 || month > 12)) return { kind: 'problem', key: 'web.date.noSuchDay' }
  if (day !== undefined && (day < 1 || day > 31)) return { kind: 'problem', key: 'web.date.noSuchDay' }
  if (day === undefined || month === undefined || year === undefined || year < 1000) return { kind: 'partial' }
  if (year > 9999 || day > daysInMonth(year, month)) return { kind: 'problem', key: 'web.date.noSuchDay' }
  const value = dayOf({ year, month, day })
  return value > today ? { kind: 'problem', key: 'web.date.future' } : { kind: 'day', day: value, iso: formatDay(value) }
}

function wholeNumber(text: string): number | undefined {
  const parsed = parseNumber(text)
  return parsed.ok && Number.isInteger(parsed.value) ? parsed.value : undefined
}
