import assert from 'node:assert/strict'
import { test } from 'node:test'
import { meantValue } from './meant.ts'

const between = (from: number, to: number) => ({ fits: (value: number) => value >= from && value <= to, centre: (from + to) / 2 })
for (const { field, typed, expected, meant } of [
  { field: 'weight', typed: 9800, expected: between(8, 11), meant: { value: 9.8, why: 'grams' } },
  { field: 'length', typed: 0.87, expected: between(82, 90), meant: { value: 87, why: 'metres' } },
  { field: 'length', typed: 870, expected: between(82, 90), meant: { value: 87, why: 'millimetres' } },
  { field: 'muac', typed: 12.1, expected: between(110, 140), meant: { value: 121, why: 'centimetres' } },
  { field: 'head', typed: 455, expected: between(43, 48), meant: { value: 45.5, why: 'millimetres' } },
  { field: 'weight', typed: 85, expected: between(7.7, 9.9), meant: { value: 8.5, why: 'point' } },
  { field: 'weight', typed: 5.8, expected: between(7.7, 9.9), meant: { value: 8.5, why: 'swapped' } },
  { field: 'length', typed: 73.4, expected: between(78, 81.2), meant: { value: 79.4, why: 'misread' } },
] as const) test(`${typed} as ${field} was probably ${meant.value}: ${meant.why}`, () => {
  assert.deepEqual(meantValue(field, typed, expected), meant)
})
test('a value that fits was meant as it is', () => { assert.equal(meantValue('weight', 8.5, between(8, 9)), undefined) })
test('without an expectation only another unit or point is offered, never another figure', () => {
  const open = { fits: (value: number) => value > 0.1 && value < 300, centre: undefined }
  assert.equal(meantValue('weight', 9800, open)?.why, 'grams')
  assert.equal(meantValue('length', 73.4, { ...open, fits: (value) => value > 80 && value < 90 }), undefined)
})
