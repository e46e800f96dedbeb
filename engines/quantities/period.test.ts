import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatDay, parseDay, type Day } from './day.ts'
import { addPeriod, months, parsePeriod, years } from './period.ts'

const day = (text: string): Day => {
  const parsed = parseDay(text)
  assert.ok(parsed.ok)
  return parsed.value
}

for (const { from, period, to } of [
  { from: '2000-08-31', period: months(6), to: '2001-03-01' },
  { from: '2000-08-31', period: months(1), to: '2000-10-01' },
  { from: '2024-01-30', period: months(1), to: '2024-03-01' },
  { from: '2024-01-29', period: months(1), to: '2024-02-29' },
  { from: '2023-01-29', period: months(1), to: '2023-03-01' },
  { from: '2024-02-29', period: years(1), to: '2025-03-01' },
  { from: '2024-02-29', period: years(4), to: '2028-02-29' },
  { from: '2000-12-31', period: months(2), to: '2001-03-01' },
  { from: '2000-01-15', period: { months: 1, days: -4 }, to: '2000-02-11' },
  { from: '2000-03-31', period: months(-1), to: '2000-03-01' },
]) test(`CALCDT-5: ${from} + ${period.months} months ${period.days} days is ${to}`, () => {
  assert.equal(formatDay(addPeriod(day(from), period)), to)
})

for (const { text, period } of [
  { text: '6 weeks', period: { months: 0, days: 42 } },
  { text: '5 years - 4 days', period: { months: 60, days: -4 } },
  { text: '1 month 1 day', period: { months: 1, days: 1 } },
  { text: '18 years', period: { months: 216, days: 0 } },
]) test(`'${text}' is a period`, () => { assert.deepEqual(parsePeriod(text), { ok: true, value: period }) })
for (const text of ['', '6', 'weeks', '6 wks', '6 weeks or so'])
  test(`'${text}' is no period`, () => { assert.deepEqual(parsePeriod(text), { ok: false, problem: { code: 'period.format', given: text } }) })

test('a later day never has an earlier sum', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 240 }), (from, count) => {
    assert.ok(addPeriod(from as Day, months(count)) <= addPeriod((from + 1) as Day, months(count)))
  }))
})
