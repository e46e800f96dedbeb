/**
 * Periods of the calendar and their addition to a day.
 * Source: CDC, CDSi Logic Specification, CALCDT-1 to CALCDT-6: years and months first, then weeks and days;
 * a computed date that does not exist moves to the first day of the next month.
 * Pure.
 */
import { addDays, calendarDate, daysInMonth, dayOf, type Day, type Parsed } from './day.ts'

export type Period = { readonly months: number; readonly days: number }

/** 31 August + 6 months is 1 March: 31 February does not exist (CALCDT-5). */
export function addPeriod(from: Day, { months, days }: Period): Day {
  const { year, month, day } = calendarDate(from)
  const monthIndex = year * 12 + (month - 1) + months
  const target = { year: Math.floor(monthIndex / 12), month: (((monthIndex % 12) + 12) % 12) + 1, day }
  if (day <= daysInMonth(target.year, target.month)) return addDays(dayOf(target), days)
  const next = monthIndex + 1
  return addDays(dayOf({ year: Math.floor(next / 12), month: (((next % 12) + 12) % 12) + 1, day: 1 }), days)
}

/** `years(2)` is a period of 24 months; `weeks(6)` one of 42 days. */
export const years = (count: number): Period => ({ months: count * 12, days: 0 })
export const months = (count: number): Period => ({ months: count, days: 0 })
export const weeks = (count: number): Period => ({ months: 0, days: count * 7 })

const UNITS: Readonly<Record<string, Period>> = { year: years(1), month: months(1), week: weeks(1), day: { months: 0, days: 1 } }

/** Reads periods as CDSi writes them: '6 weeks', '5 years - 4 days', '6 weeks 4 days'. Problem: 'period.format'. */
export function parsePeriod(text: string): Parsed<Period> {
  const term = /\s*([+-])?\s*(\d+)\s*(year|month|week|day)s?/gy
  let total = { months: 0, days: 0 }
  let end = 0
  for (let match = term.exec(text); match !== null; match = term.exec(text)) {
    const factor = Number(match[2]) * (match[1] === '-' ? -1 : 1)
    const unit = UNITS[match[3] as string] as Period
    total = { months: total.months + unit.months * factor, days: total.days + unit.days * factor }
    end = term.lastIndex
  }
  return end > 0 && text.slice(end).trim() === '' ? { ok: true, value: total } : { ok: false, problem: { code: 'period.format', given: text } }
}
