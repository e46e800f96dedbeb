import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, calendarDate, dayOf, days, formatDay, parseDay, parsePartialDay, type Day } from './day.ts'

test('day 0 is 1970-01-01', () => { assert.equal(dayOf({ year: 1970, month: 1, day: 1 }), 0) })
test('2026-03-01 is day 20513', () => { assert.equal(dayOf({ year: 2026, month: 3, day: 1 }), 20513) })

test('calendarDate inverts dayOf, and both agree with the platform calendar', () => {
  fc.assert(fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (n) => {
    const date = calendarDate(n as Day)
    assert.equal(dayOf(date), n)
    const platform = new Date(n * 86_400_000)
    assert.deepEqual(date, { year: platform.getUTCFullYear(), month: platform.getUTCMonth() + 1, day: platform.getUTCDate() })
  }))
})

for (const { text, day } of [
  { text: '2026-03-01', day: '2026-03-01' },
  { text: '2026-03-01T00:30+03:00', day: '2026-03-01' },
  { text: '2026-03-01T23:59:59.999-11:00', day: '2026-03-01' },
  { text: '2024-02-29', day: '2024-02-29' },
]) test(`parseDay('${text}') is the day as written`, () => {
  const parsed = parseDay(text)
  assert.ok(parsed.ok)
  assert.equal(formatDay(parsed.value), day)
})

for (const { text, code } of [
  { text: '2023-02-29', code: 'day.impossible' },
  { text: '2023-13-01', code: 'day.impossible' },
  { text: '2023-00-10', code: 'day.impossible' },
  { text: '2023-04-31', code: 'day.impossible' },
  { text: '2023-04', code: 'day.format' },
  { text: '23-04-01', code: 'day.format' },
  { text: '2023-4-1', code: 'day.format' },
  { text: '', code: 'day.format' },
]) test(`parseDay('${text}') is refused: ${code}`, () => { assert.deepEqual(parseDay(text), { ok: false, problem: { code, given: text } }) })

test('a month is a span of its days', () => {
  const parsed = parsePartialDay('2024-02')
  assert.ok(parsed.ok)
  assert.deepEqual([formatDay(parsed.value.earliest), formatDay(parsed.value.latest), parsed.value.precision], ['2024-02-01', '2024-02-29', 'month'])
})
test('a year is a span of its days', () => {
  const parsed = parsePartialDay('2023')
  assert.ok(parsed.ok)
  assert.deepEqual([formatDay(parsed.value.earliest), formatDay(parsed.value.latest), parsed.value.precision], ['2023-01-01', '2023-12-31', 'year'])
})

test('dayOf() rejects a date that does not exist', () => { assert.throws(() => dayOf({ year: 2023, month: 2, day: 29 }), RangeError) })
test('days() rejects a negative span', () => { assert.throws(() => days(-1), RangeError) })
test('days() rejects what is not finite', () => { assert.throws(() => days(Number.NaN), RangeError) })
test('addDays crosses a year', () => { assert.equal(formatDay(addDays(dayOf({ year: 2025, month: 12, day: 31 }), 1)), '2026-01-01') })
