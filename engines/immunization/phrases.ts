/** Ages, periods, lists and names as messages: the parts that sentences about a schedule are made of. */
import { addPeriod, completedMonths, parsePeriod, type Day } from '@bairn/quantities'
import type { Message, MessageParam } from '@bairn/reasoning'

/** 'measles' in the words of the language; a disease that has none there stands as the schedule calls it. */
export const diseaseMessage = (disease: string): MessageParam =>
  ({ message: { key: 'immunization.disease', params: { disease: { code: disease.toLowerCase().replace(/[^a-z0-9]/g, '') }, name: { text: disease } } } })

/** The country or authority of a schedule, to stand after "the schedule of"; one that the catalogue has no words for by its plain name. */
export const scheduleMessage = (country: string): MessageParam => ({ message: { key: 'immunization.scheduleOf', params: { country: { code: country === '001' || country === '*' ? 'WHO' : country }, name: { country } } } })

const count = (unit: 'day' | 'week' | 'month' | 'year', number: number): Message => ({ key: `age.${unit}`, params: { count: { number } } })

/** A span that has passed: whole months, else whole weeks in the first half year, else days to 3 months and completed months or years. */
export function spanMessage(from: Day, to: Day): Message {
  const days = to - from
  const months = completedMonths({ birth: from, on: to })
  const isWholeMonths = months > 0 && addPeriod(from, { months, days: 0 }) === to
  if (!isWholeMonths && days >= 14 && days % 7 === 0 && days <= 26 * 7) return count('week', days / 7)
  if (!isWholeMonths && months < 3) return count('day', days)
  return monthsMessage(months)
}

/** Months to 2 years, then years and months. */
function monthsMessage(months: number): Message {
  if (months < 24) return count('month', months)
  const years = count('year', Math.floor(months / 12))
  return months % 12 === 0 ? years : { key: 'age.yearsAndMonths', params: { years: { message: years }, months: { message: count('month', months % 12) } } }
}

/** An age or interval as a schedule writes it: '12 months - 4 days'. */
export function periodMessage(text: string): Message {
  const parsed = parsePeriod(text)
  if (!parsed.ok) throw new Error(`not a period: '${text}'`)
  const { months, days } = parsed.value
  const whole = months === 0 ? undefined : monthsMessage(months)
  const rest = Math.abs(days) % 7 === 0 && days !== 0 ? count('week', Math.abs(days) / 7) : count('day', Math.abs(days))
  // Weeks less days ('6 weeks - 4 days') are days by now: said as days.
  if (whole === undefined) return rest
  return days === 0 ? whole : { key: days < 0 ? 'immunization.periodLess' : 'immunization.periodMore', params: { period: { message: whole }, days: { message: rest } } }
}

/** 'a, b and c' */
export function listMessage(items: readonly MessageParam[]): MessageParam {
  const [item, ...others] = items
  if (item === undefined) return { text: '' }
  if (others.length === 0) return item
  return { message: { key: others.length === 1 ? 'immunization.listLast' : 'immunization.listMore', params: { item, rest: listMessage(others) } } }
}
