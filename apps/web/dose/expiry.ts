/** The last day on which a vial may be used, as it is printed on it: a day, or a month, which ends with its last day. Pure. */
import { dayOf, daysInMonth, parseNumber, type Day } from '@bairn/quantities'
import type { TypedDate } from '../components/typed.ts'

export type TypedExpiry = { readonly kind: 'empty' } | { readonly kind: 'day'; readonly day: Day } | { readonly kind: 'partial' } | { readonly kind: 'problem'; readonly key: string }

export function readExpiry(typed: TypedDate): TypedExpiry {
  const texts = [typed.day.trim(), typed.month.trim(), typed.year.trim()]
  if (texts.every((text) => text === '')) return { kind: 'empty' }
  const [day, month, year] = texts.map((text) => { const parsed = parseNumber(text); return text !== '' && parsed.ok && Number.isInteger(parsed.value) ? parsed.value : undefined })
  if (texts.some((text, at) => text !== '' && [day, month, year][at] === undefined)) return { kind: 'problem', key: 'web.date.digits' }
  if (month !== undefined && (month < 1 || month > 12)) return { kind: 'problem', key: 'web.date.noSuchDay' }
  if (month === undefined || year === undefined || year < 10 || (year > 99 && year < 1000)) return { kind: 'partial' }
  const full = year < 100 ? 2000 + year : year
  const last = daysInMonth(full, month)
  if (day !== undefined && (day < 1 || day > last)) return { kind: 'problem', key: 'web.date.noSuchDay' }
  return { kind: 'day', day: dayOf({ year: full, month, day: day ?? last }) }
}
