import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { YesNo } from '@bairn/reasoning'
import { combinedClasses, wastingClass, type WastingClass } from './combined.ts'
import { nutritionChild, who2023, type PlainChild } from './testing/child.ts'

const classes = (child: PlainChild) => combinedClasses(nutritionChild(child), who2023)
const wasting = (child: PlainChild) => wastingClass(nutritionChild(child), who2023)
const well = { months: 24, wlz: 0, waz: 0, haz: 0, muac: 150, oedema: 'no' } as const

for (const { rule, child, found } of [
  { rule: 'who.2023.nutrition.N-C1: weight-for-height -3.01 is severe', child: { ...well, wlz: -3.01 }, found: 'severe' },
  { rule: 'who.2023.nutrition.N-C1: weight-for-height -3.00 is not', child: { ...well, wlz: -3 }, found: 'moderate' },
  { rule: 'who.2023.nutrition.N-C1: weight-for-height -2.99 is not', child: { ...well, wlz: -2.99 }, found: 'moderate' },
  { rule: 'who.2023.nutrition.N-C1: arm 114 mm is severe', child: { ...well, muac: 114 }, found: 'severe' },
  { rule: 'who.2023.nutrition.N-C1: arm 115 mm is not', child: { ...well, muac: 115 }, found: 'moderate' },
  { rule: 'who.2023.nutrition.N-C1: arm 116 mm is not', child: { ...well, muac: 116 }, found: 'moderate' },
  { rule: 'who.2023.nutrition.N-C1: oedema is severe at any weight', child: { ...well, oedema: 'yes', grade: 1 }, found: 'severe' },
  { rule: 'who.2023.nutrition.N-C2: weight-for-height -2.01 is moderate', child: { ...well, wlz: -2.01 }, found: 'moderate' },
  { rule: 'who.2023.nutrition.N-C2: weight-for-height -2.00 is not', child: { ...well, wlz: -2 }, found: 'none' },
  { rule: 'who.2023.nutrition.N-C2: weight-for-height -1.99 is not', child: { ...well, wlz: -1.99 }, found: 'none' },
  { rule: 'who.2023.nutrition.N-C2: arm 124 mm is moderate', child: { ...well, muac: 124 }, found: 'moderate' },
  { rule: 'who.2023.nutrition.N-C2: arm 125 mm is not', child: { ...well, muac: 125 }, found: 'none' },
  { rule: 'who.2023.nutrition.N-C2: arm 126 mm is not', child: { ...well, muac: 126 }, found: 'none' },
] satisfies { rule: string; child: PlainChild; found: WastingClass }[]) test(rule, () => {
  const answer = wasting(child)
  assert.ok(answer.known)
  assert.equal(answer.value.class, found)
})

test('who.2023.nutrition.N-C1: the worst measure wins, and says which found it and which was not taken', () => {
  const answer = wasting({ months: 24, muac: 110, oedema: 'notAsked' })
  assert.ok(answer.known)
  assert.deepEqual([answer.value.class, answer.value.foundBy, answer.value.notMeasured, answer.value.open], ['severe', ['muac'], ['oedema', 'weightForLength'], []])
})
test('who.2023.nutrition.N-C2: nothing found and the feet not looked at: unknown, and says so', () => {
  const answer = wasting({ ...well, oedema: 'notAsked' })
  assert.equal(answer.known, false)
  assert.deepEqual(answer.because.map(({ text }) => text.key), ['nutrition.incomplete', 'nutrition.missing'])
})
test('who.2023.nutrition.G4: a weight-for-height that is not low does not clear a child with oedema', () => {
  const answer = wasting({ ...well, wlz: 0.5, oedema: 'yes' })
  assert.ok(answer.known)
  assert.deepEqual([answer.value.class, answer.value.foundBy], ['severe', ['oedema']])
})
test('who.2023.nutrition.G4: with oedema overweight is not judged', () => {
  const { overweight } = classes({ ...well, wlz: 3.5, oedema: 'yes' })
  assert.partialDeepStrictEqual(overweight, { known: false, because: [{ rule: 'who.2023.nutrition.G4' }] })
})

for (const { rule, wlz, value } of [
  { rule: 'who.2023.nutrition.N-C3: +3.01 is obese', wlz: 3.01, value: 'obese' },
  { rule: 'who.2023.nutrition.N-C3: +3.00 is not', wlz: 3, value: 'overweight' },
  { rule: 'who.2023.nutrition.N-C3: +2.99 is not', wlz: 2.99, value: 'overweight' },
  { rule: 'who.2023.nutrition.N-C4: +2.01 is overweight', wlz: 2.01, value: 'overweight' },
  { rule: 'who.2023.nutrition.N-C4: +2.00 is not', wlz: 2, value: 'possibleRisk' },
  { rule: 'who.2023.nutrition.N-C4: +1.99 is not', wlz: 1.99, value: 'possibleRisk' },
  { rule: 'who.2023.nutrition.N-C5: +1.01 is a possible risk', wlz: 1.01, value: 'possibleRisk' },
  { rule: 'who.2023.nutrition.N-C5: +1.00 is not', wlz: 1, value: 'none' },
  { rule: 'who.2023.nutrition.N-C5: +0.99 is not', wlz: 0.99, value: 'none' },
]) test(rule, () => { assert.partialDeepStrictEqual(classes({ ...well, wlz }).overweight, { known: true, value }) })

for (const { rule, haz, value } of [
  { rule: 'who.2023.nutrition.N-C6: height-for-age -3.01 is severe stunting', haz: -3.01, value: 'severe' },
  { rule: 'who.2023.nutrition.N-C6: -3.00 is moderate', haz: -3, value: 'moderate' },
  { rule: 'who.2023.nutrition.N-C6: -2.01 is moderate', haz: -2.01, value: 'moderate' },
  { rule: 'who.2023.nutrition.N-C6: -2.00 is not stunted', haz: -2, value: 'none' },
  { rule: 'who.2023.nutrition.N-C6: -1.99 is not stunted', haz: -1.99, value: 'none' },
]) test(rule, () => { assert.partialDeepStrictEqual(classes({ ...well, haz }).stunting, { known: true, value }) })

for (const { rule, waz, value } of [
  { rule: 'who.2023.nutrition.N-C7: weight-for-age -3.01 is very low', waz: -3.01, value: 'severe' },
  { rule: 'who.2023.nutrition.N-C7: -3.00 is low', waz: -3, value: 'moderate' },
  { rule: 'who.2023.nutrition.N-C7: -2.01 is low', waz: -2.01, value: 'moderate' },
  { rule: 'who.2023.nutrition.N-C7: -2.00 is not low', waz: -2, value: 'none' },
  { rule: 'who.2023.nutrition.N-C7: -1.99 is not low', waz: -1.99, value: 'none' },
]) test(rule, () => { assert.partialDeepStrictEqual(classes({ ...well, waz }).underweight, { known: true, value }) })

for (const months of [5, 60]) test(`combined classes are refused at ${months} months`, () => { assert.throws(() => classes({ ...well, months }), RangeError) })
for (const months of [6, 59]) test(`combined classes are made at ${months} months`, () => { assert.equal(classes({ ...well, months }).wasting.known, true) })

const RANK = { none: 0, moderate: 1, severe: 2 }
const anyChild = fc.record({
  months: fc.constantFrom(6, 23, 24, 59), wlz: fc.option(fc.constantFrom(-3.01, -3, -2.01, -2, 0, 3.2), { nil: undefined }),
  muac: fc.option(fc.constantFrom(114, 115, 124, 125), { nil: undefined }), oedema: fc.constantFrom<YesNo>('yes', 'no', 'notAsked', 'cannotTell'),
})
test('who.2023.nutrition.N-C1: removing a measure never claims a milder class, only leaves it possible', () => {
  fc.assert(fc.property(anyChild, fc.constantFrom('wlz', 'muac', 'oedema'), (child, name) => {
    const before = wasting(child)
    const { [name as 'wlz']: _, ...without } = child
    const after = wasting(without)
    const least = before.known ? RANK[before.value.class] : 0
    const most = after.known ? RANK[after.value.atMost] : 2
    assert.ok(most >= least)
    if (least > 0 && after.known) assert.notEqual(after.value.class, 'none')
  }))
})
