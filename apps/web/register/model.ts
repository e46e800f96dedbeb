/**
 * The registration form: what is typed, what it means, what is still missing. Pure.
 * Four answers are enough: a name or the mother's, the sex, the birth, and whether it is a twin; "not sure" and "not known" are answers.
 */
import { addDays, calendarDate, completedYears, dayOf, daysInMonth, formatDay, parseNumber, type Day } from '@bairn/quantities'
import type { Message } from '@bairn/reasoning'
import { NO_DATE, readDate, type TypedDate } from '../components/typed.ts'

export type AgeUnit = 'day' | 'week' | 'month' | 'year'
export interface TypedAge { readonly count: string; readonly unit: AgeUnit }

export interface RegisterForm {
  readonly called: 'name' | 'babyOf'
  readonly name: string
  readonly mother: string
  readonly sex: 'female' | 'male' | 'notSure' | ''
  readonly multiple: 'no' | 'twin' | 'triplet' | ''
  /** which of the twins this is, from 1 */
  readonly order: number
  readonly birth: 'known' | 'about' | 'notKnown'
  readonly date: TypedDate
  readonly age: TypedAge
  readonly phone: string
  readonly card: string
  readonly village: string
  /** ids made when the form was opened: sending twice makes one child */
  readonly childId: string
  readonly motherId: string
}

export const emptyForm = (newId: () => string): RegisterForm => ({
  called: 'name', name: '', mother: '', sex: '', multiple: '', order: 1, birth: 'known', date: NO_DATE, age: { count: '', unit: 'month' }, phone: '', card: '', village: '', childId: newId(), motherId: newId(),
})

/** The next of the twins: mother, birth and phone kept, name and sex asked again. */
export const nextTwin = (form: RegisterForm, newId: () => string): RegisterForm =>
  ({ ...form, name: '', sex: '', card: '', order: form.order + 1, childId: newId(), motherId: newId() })

export const howMany = (form: RegisterForm): number => ({ no: 1, '': 1, twin: 2, triplet: 3 })[form.multiple]

/** Something a person typed, not only a form that was opened. */
export const isTouched = (form: RegisterForm): boolean =>
  [form.name, form.mother, form.phone, form.card, form.village, form.sex, form.age.count, form.date.day, form.date.month, form.date.year].some((text) => text !== '')

/** Do stored data still have this form's shape? */
export function isRegisterForm(stored: unknown): stored is RegisterForm {
  if (typeof stored !== 'object' || stored === null) return false
  const form = stored as Record<string, unknown>
  const texts = ['called', 'name', 'mother', 'sex', 'multiple', 'birth', 'phone', 'card', 'village', 'childId', 'motherId']
  return texts.every((key) => typeof form[key] === 'string') && typeof form['order'] === 'number' && typeof form['date'] === 'object' && typeof form['age'] === 'object'
}

/** '1 week', '6 months': how far a guess may be off, in the words a person would use. */
export interface Span { readonly count: number; readonly unit: AgeUnit }

/** When the child was born, as far as it is known. */
export type ReadBirth =
  | { readonly kind: 'exact'; readonly day: Day }
  | { readonly kind: 'about'; readonly day: Day; readonly earliest: Day; readonly latest: Day; readonly giveOrTake: Span }
  | { readonly kind: 'notKnown' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'problem'; readonly text: Message }

const OLDEST = 19

export function readBirth(form: RegisterForm, today: Day): ReadBirth {
  if (form.birth === 'notKnown') return { kind: 'notKnown' }
  if (form.birth === 'about') return readAge(form.age, today)
  const read = readDate(form.date, today)
  if (read.kind === 'empty' || read.kind === 'partial') return { kind: 'missing' }
  if (read.kind === 'problem') return { kind: 'problem', text: { key: read.key } }
  return young({ kind: 'exact', day: read.day }, today)
}

// How far a carer's guess may be off: what is written as the bounds of the estimate [policy]. A year's guess is right to half a year.
const GIVE_OR_TAKE: Readonly<Record<AgeUnit, Span & { readonly days: number }>> = {
  day: { count: 2, unit: 'day', days: 2 },
  week: { count: 1, unit: 'week', days: 7 },
  month: { count: 1, unit: 'month', days: 31 },
  year: { count: 6, unit: 'month', days: 183 },
}

function readAge(age: TypedAge, today: Day): ReadBirth {
  if (age.count.trim() === '') return { kind: 'missing' }
  const parsed = parseNumber(age.count)
  if (!parsed.ok || parsed.value < 0 || !Number.isInteger(parsed.value)) return { kind: 'problem', text: { key: 'web.register.age.whole' } }
  if (parsed.value > 9999) return { kind: 'problem', text: { key: 'web.register.birth.tooOld', params: { years: { number: parsed.value } } } }
  const day = back(today, parsed.value, age.unit)
  const { days, ...giveOrTake } = GIVE_OR_TAKE[age.unit]
  return young({ kind: 'about', day, earliest: addDays(day, -days), latest: Math.min(today, day + days) as Day, giveOrTake }, today)
}

/** Beyond nineteen years a typing error is likelier than a child. */
function young(birth: Extract<ReadBirth, { day: Day }>, today: Day): ReadBirth {
  const age = completedYears({ birth: birth.day, on: today })
  return age > OLDEST ? { kind: 'problem', text: { key: 'web.register.birth.tooOld', params: { years: { number: age } } } } : birth
}

/** So many days, weeks, months or years before a day; in a shorter month its last day. */
function back(today: Day, count: number, unit: AgeUnit): Day {
  if (unit === 'day' || unit === 'week') return addDays(today, -count * (unit === 'week' ? 7 : 1))
  const date = calendarDate(today)
  const months = date.year * 12 + date.month - 1 - count * (unit === 'year' ? 12 : 1)
  const year = Math.floor(months / 12)
  if (year < 1) return dayOf({ year: 1, month: 1, day: 1 })
  const month = (months % 12) + 1
  return dayOf({ year, month, day: Math.min(date.day, daysInMonth(year, month)) })
}

export type FieldName = 'name' | 'mother' | 'sex' | 'birth'

/** What stops the form from being sent, by field, as messages. Twin, phone and card may stay open. */
export function missingOf(form: RegisterForm, today: Day): Partial<Record<FieldName, Message>> {
  const birth = readBirth(form, today)
  return {
    ...(form.called === 'name' && form.name.trim() === '' ? { name: { key: 'web.register.missing.name' } } : {}),
    ...(form.called === 'babyOf' && form.mother.trim() === '' ? { mother: { key: 'web.register.missing.mother' } } : {}),
    ...(form.sex === '' ? { sex: { key: 'web.register.missing.sex' } } : {}),
    ...(birth.kind === 'problem' ? { birth: birth.text } : birth.kind === 'missing' ? { birth: { key: form.birth === 'about' ? 'web.register.missing.age' : 'web.date.incomplete' } } : {}),
  }
}

/** What to ask for children who may be the same; undefined while too little is known. */
export function duplicateQuery(form: RegisterForm, today: Day): string | undefined {
  const name = form.called === 'name' ? form.name.trim() : ''
  const mother = form.mother.trim()
  if (name.length < 3 && mother.length < 3) return undefined
  const birth = readBirth(form, today)
  return `/app/duplicates?${new URLSearchParams({
    ...(name.length < 3 ? {} : { name }), ...(mother.length < 3 ? {} : { mother }),
    ...(birth.kind === 'exact' || birth.kind === 'about' ? { birthDate: formatDay(birth.day) } : {}),
    ...(form.sex === 'female' || form.sex === 'male' ? { sex: form.sex } : {}),
  })}`
}
