import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { convertUcum } from './ucum.ts'

for (const [value, from, to, expected] of [
  [3500, 'g', 'kg', 3.5], [7.5, '[lb_av]', 'kg', 3.401942775], [16, '[oz_av]', 'kg', 0.45359237], [1.23, 'm', 'cm', 123],
  [12.3, 'cm', 'mm', 123], [123, 'mm', 'cm', 12.3], [7, '[in_i]', 'cm', 17.78], [38, 'wk', 'd', 266], [9.6, 'kg', 'kg', 9.6],
] as const) test(`${value} ${from} are ${expected} ${to}`, () => { assert.deepEqual(convertUcum(value, from, to), { ok: true, value: expected }) })

for (const [from, to] of [['mnm', 'mm'], ['kilos', 'kg'], ['cm', 'kg'], ['Kg', 'kg'], ['', 'kg']] as const)
  test(`'${from}' is refused by name for ${to}`, () => { assert.deepEqual(convertUcum(1, from, to), { ok: false, problem: { code: 'unit.unknown', given: from } }) })

test('grams as a person writes them come out exact', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 400_000 }), (grams) => {
    assert.deepEqual(convertUcum(grams, 'g', 'kg'), { ok: true, value: Number(`${grams}e-3`) })
  }))
})
