/** A birth date as well as it is known: a day, a month or a year, as FHIR writes it. Pure. */
import { formatDay, parseNumber, type Day } from '@bairn/quantities'
import { readDate, type TypedDate } from '../components/typed.ts'

export type TypedBirth = { readonly kind: 'known'; readonly text: string } | { readonly kind: 'problem'; readonly key: string }

/** '2025-05-23', '2025-05' or '2025'; a month or a year that has not come yet is refused like a day. */
export function readBirth(typed: TypedDate, today: Day): TypedBirth {
  const read = readDate(typed, today)
  if (read.kind === 'day') return { kind: 'known', text: read.iso }
  if (read.kind === 'problem') return read
  const [month, year] = [wholeNumber(typed.month), wholeNumber(typed.year)]
  if (typed.day.trim() !== '' || year === undefined || year < 1000 || year > 9999) return { kind: 'problem', key: 'child.ask.birthIncomplete' }
  const text = month === undefined ? String(year) : `${year}-${String(month).padStart(2, '0')}`
  return text > formatDay(today).slice(0, text.length) ? { kind: 'problem', key: 'web.date.future' } : { kind: 'known', text }
}

function wholeNumber(text: string): number | undefined {
  const parsed = parseNumber(text)
  return text.trim() !== '' && parsed.ok && Number.isInteger(parsed.value) ? parsed.value : undefined
}
