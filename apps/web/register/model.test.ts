/** The registration form's meaning: what is missing, which birth an estimated age gives, when duplicates are asked for. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayOf, formatDay } from '@bairn/quantities'
import { duplicateQuery, emptyForm, isRegisterForm, missingOf, nextTwin, readBirth, type RegisterForm } from './model.ts'

const today = dayOf({ year: 2026, month: 3, day: 31 })
let ids = 0
const newId = (): string => `id${ids++}`
const form = (over: Partial<RegisterForm>): RegisterForm => ({ ...emptyForm(newId), ...over })

test('four answers are enough: a name, a sex, a birth; the twin question may stay open', () => {
  assert.deepEqual(missingOf(form({ name: 'Amina', sex: 'female', date: { day: '3', month: '2', year: '2026' } }), today), {})
})
test('not sure and not known are answers', () => {
  assert.deepEqual(missingOf(form({ called: 'babyOf', mother: 'Grace', sex: 'notSure', birth: 'notKnown' }), today), {})
})
test('an empty form says what is missing, field by field', () => {
  assert.deepEqual(missingOf(form({}), today), {
    name: { key: 'web.register.missing.name' }, sex: { key: 'web.register.missing.sex' }, birth: { key: 'web.date.incomplete' },
  })
})
for (const { count, unit, day, earliest, latest } of [
  { count: '6', unit: 'week', day: '2026-02-17', earliest: '2026-02-10', latest: '2026-02-24' },
  { count: '٦', unit: 'week', day: '2026-02-17', earliest: '2026-02-10', latest: '2026-02-24' },
  { count: '1', unit: 'month', day: '2026-02-28', earliest: '2026-01-28', latest: '2026-03-31' },
  { count: '0', unit: 'day', day: '2026-03-31', earliest: '2026-03-29', latest: '2026-03-31' },
  { count: '3', unit: 'year', day: '2023-03-31', earliest: '2022-09-29', latest: '2023-09-30' },
] as const) test(`about ${count} ${unit}: counted from ${day}, between ${earliest} and ${latest}, never after today`, () => {
  const birth = readBirth(form({ birth: 'about', age: { count, unit } }), today)
  assert.equal(birth.kind, 'about')
  if (birth.kind === 'about') assert.deepEqual([birth.day, birth.earliest, birth.latest].map(formatDay), [day, earliest, latest])
})
for (const [count, key] of [['6,5', 'web.register.age.whole'], ['six', 'web.register.age.whole'], ['20', 'web.register.birth.tooOld'], ['99999', 'web.register.birth.tooOld']] as const)
  test(`an age of ${count} years is refused with a sentence`, () => {
    assert.partialDeepStrictEqual(readBirth(form({ birth: 'about', age: { count, unit: 'year' } }), today), { kind: 'problem', text: { key } })
  })
for (const [date, key] of [
  [{ day: '30', month: '2', year: '2025' }, 'web.date.noSuchDay'], [{ day: '1', month: '4', year: '2026' }, 'web.date.future'],
  [{ day: '1', month: '13', year: '2025' }, 'web.date.noSuchDay'], [{ day: 'a', month: '1', year: '2025' }, 'web.date.digits'], [{ day: '1', month: '1', year: '1926' }, 'web.register.birth.tooOld'],
] as const) test(`the birth date ${date.day}/${date.month}/${date.year} is refused with a sentence`, () => {
  assert.partialDeepStrictEqual(readBirth(form({ date }), today), { kind: 'problem', text: { key } })
})
test('today is a birth date; a date in Arabic-Indic digits is read', () => {
  assert.deepEqual(readBirth(form({ date: { day: '٣١', month: '٠٣', year: '٢٠٢٦' } }), today), { kind: 'exact', day: today })
})
test('the next twin keeps mother, phone and birth, and asks name and sex again under ids of its own', () => {
  const first = form({ name: 'Hassan', mother: 'Mercy', sex: 'male', multiple: 'twin', phone: '0700', card: 'A1', date: { day: '1', month: '3', year: '2026' } })
  const second = nextTwin(first, newId)
  assert.partialDeepStrictEqual(second, { name: '', sex: '', card: '', mother: 'Mercy', phone: '0700', multiple: 'twin', order: 2, date: first.date })
  assert.notEqual(second.childId, first.childId)
  assert.notEqual(second.motherId, first.motherId)
})
test('duplicates are asked for from three letters of a name or of the mother', () => {
  assert.equal(duplicateQuery(form({ name: 'Am' }), today), undefined)
  assert.equal(duplicateQuery(form({ name: 'Amina', sex: 'female', date: { day: '1', month: '3', year: '2026' } }), today), '/app/duplicates?name=Amina&birthDate=2026-03-01&sex=female')
  assert.equal(duplicateQuery(form({ called: 'babyOf', name: 'ignored', mother: 'Grace', sex: 'notSure' }), today), '/app/duplicates?mother=Grace')
})
test('a draft of another shape is not taken for this form', () => {
  assert.equal(isRegisterForm(form({})), true)
  for (const stored of [null, 'text', {}, { ...form({}), sex: 1 }]) assert.equal(isRegisterForm(stored), false)
})
