import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, dayOf, days, kilograms, millimetres, weeks } from '@bairn/quantities'
import { correctedAgeReason, correctedUntil, isImplausibleChange, isImplausibleMuac, isImplausibleScore, muacCounts, nutritionAge, type FlaggedIndicator } from './guards.ts'
import { who2023 } from './testing/child.ts'

const birth = dayOf({ year: 2025, month: 3, day: 1 })

for (const [indicator, z, flagged] of [
  ['weightForAge', -6.01, true], ['weightForAge', -6, false], ['weightForAge', -5.99, false], ['weightForAge', 4.99, false], ['weightForAge', 5, false], ['weightForAge', 5.01, true],
  ['lengthForAge', -6.01, true], ['lengthForAge', -6, false], ['lengthForAge', 6, false], ['lengthForAge', 6.01, true],
  ['weightForLength', -5.01, true], ['weightForLength', -5, false], ['weightForLength', 5, false], ['weightForLength', 5.01, true],
  ['bmiForAge', -5.01, true], ['bmiForAge', -5, false], ['bmiForAge', 5.01, true],
] as const satisfies readonly (readonly [FlaggedIndicator, number, boolean])[])
  test(`who.2023.nutrition.G1: ${indicator} ${z} is ${flagged ? 'measured again' : 'classified'}`, () => { assert.equal(isImplausibleScore(indicator, z, who2023), flagged) })

for (const [mm, flagged] of [[59, true], [60, false], [61, false], [259, false], [260, false], [261, true]] as const)
  test(`who.2023.nutrition.G2: an arm of ${mm} mm is ${flagged ? 'measured again' : 'believed'}`, () => { assert.equal(isImplausibleMuac(millimetres(mm), who2023), flagged) })

for (const { span, to, flagged } of [
  { span: 13, to: 11.51, flagged: true }, { span: 13, to: 11.5, flagged: false }, { span: 13, to: 8.49, flagged: true }, { span: 13, to: 8.5, flagged: false }, { span: 14, to: 8, flagged: false }, { span: 12, to: 8, flagged: true },
]) test(`who.2023.nutrition.G2: 10 kg to ${to} kg in ${span} days is ${flagged ? 'measured again' : 'believed'}`, () => {
  assert.equal(isImplausibleChange({ day: birth, value: kilograms(10) }, { day: addDays(birth, span), value: kilograms(to) }, who2023), flagged)
})

const week = (count: number) => days(weeks(count).days)
for (const { rule, gestation, on, age } of [
  { rule: 'born at 36 weeks and 6 days, corrected on the day before the first birthday', gestation: days(258), on: dayOf({ year: 2026, month: 2, day: 28 }), age: { corrected: true, days: 364 - 22 } },
  { rule: 'not on the first birthday', gestation: days(258), on: dayOf({ year: 2026, month: 3, day: 1 }), age: { corrected: false, days: 365 } },
  { rule: 'born at 37 weeks, never corrected', gestation: week(37), on: addDays(birth, 100), age: { corrected: false, days: 100 } },
  { rule: 'born at 32 weeks, no longer at one year', gestation: week(32), on: dayOf({ year: 2026, month: 3, day: 1 }), age: { corrected: false } },
  { rule: 'born at 31 weeks and 6 days, still at one year', gestation: days(223), on: dayOf({ year: 2026, month: 3, day: 1 }), age: { corrected: true, days: 365 - 57, months: 10 } },
  { rule: 'born at 31 weeks and 6 days, not at two years', gestation: days(223), on: dayOf({ year: 2027, month: 3, day: 1 }), age: { corrected: false, months: 24 } },
  { rule: 'before the due date the age counts as 0', gestation: week(30), on: addDays(birth, 10), age: { corrected: true, days: 0, months: 0 } },
]) test(`who.2023.nutrition.G3: ${rule}`, () => { assert.partialDeepStrictEqual(nutritionAge({ birth, on, gestation, edition: who2023 }), age) })
test('who.2023.nutrition.G3: says both ages', () => {
  const age = nutritionAge({ birth, on: addDays(birth, 100), gestation: week(31), edition: who2023 })
  assert.partialDeepStrictEqual(correctedAgeReason(age, [], who2023), { rule: 'who.2023.nutrition.G3', text: { params: { corrected: { age: 37 }, since: { age: 100 } } } })
})
test('who.2023.nutrition.G3: until when', () => {
  assert.equal(correctedUntil({ birth, gestation: week(31), edition: who2023 }), dayOf({ year: 2027, month: 3, day: 1 }))
  assert.equal(correctedUntil({ birth, gestation: week(38), edition: who2023 }), undefined)
})

for (const [age, months, counts] of [[41, 1, false], [42, 1, true], [43, 1, true], [182, 5, true], [184, 6, true], [1825, 59, true], [1827, 60, false]] as const)
  test(`who.2023.nutrition.G5: the arm ${counts ? 'counts' : 'does not count'} on day ${age}, at ${months} completed months`, () => {
    assert.equal(muacCounts({ days: age, months, sinceBirth: days(age), corrected: false }, who2023), counts)
  })
