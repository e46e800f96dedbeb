import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ageInDays, completedMonths, completedWeeks, completedYears, correctedAge, dayOfAge, growthMonths } from './age.ts'
import { dayOf, days, type Day } from './day.ts'
import { addPeriod, months } from './period.ts'

const on = (year: number, month: number, day: number) => dayOf({ year, month, day })

for (const { birth, at, count } of [
  { birth: on(2024, 5, 15), at: on(2024, 6, 14), count: 0 },
  { birth: on(2024, 5, 15), at: on(2024, 6, 15), count: 1 },
  { birth: on(2024, 5, 15), at: on(2024, 6, 16), count: 1 },
  { birth: on(2024, 1, 31), at: on(2024, 2, 29), count: 0 },
  { birth: on(2024, 1, 31), at: on(2024, 3, 1), count: 1 },
  { birth: on(2024, 2, 29), at: on(2025, 2, 28), count: 11 },
  { birth: on(2024, 2, 29), at: on(2025, 3, 1), count: 12 },
]) test(`completed months on ${at} of birth ${birth}: ${count}`, () => { assert.equal(completedMonths({ birth, on: at }), count) })

test('completed months are the largest number whose sum is not after the day', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: 0, max: 8_000 }), (birth, age) => {
    const count = completedMonths({ birth: birth as Day, on: (birth + age) as Day })
    assert.ok(addPeriod(birth as Day, months(count)) <= birth + age)
    assert.ok(addPeriod(birth as Day, months(count + 1)) > birth + age)
  }))
})

test('the fifth birthday completes 5 years, the day before 4', () => {
  assert.equal(completedYears({ birth: on(2021, 11, 24), on: on(2026, 11, 23) }), 4)
  assert.equal(completedYears({ birth: on(2021, 11, 24), on: on(2026, 11, 24) }), 5)
})
test('day 41 is 5 weeks, day 42 is 6', () => { assert.deepEqual([completedWeeks(days(41)), completedWeeks(days(42))], [5, 6]) })
test('1826.25 days are 60 growth months', () => { assert.equal(growthMonths(days(1826.25)), 60) })
test('born at 32 weeks, 100 days old: 44 days corrected; before term negative', () => {
  assert.equal(correctedAge({ age: days(100), gestation: days(224) }), 44)
  assert.equal(correctedAge({ age: days(10), gestation: days(224) }), -46)
})
test('ages before birth are the caller\'s bug', () => {
  assert.throws(() => ageInDays({ birth: on(2024, 1, 2), on: on(2024, 1, 1) }), RangeError)
  assert.throws(() => completedMonths({ birth: on(2024, 1, 2), on: on(2024, 1, 1) }), RangeError)
})
test('the day an age of 273.9375 days is reached is day 274', () => { assert.equal(dayOfAge(0 as Day, days(273.9375)), 274) })
