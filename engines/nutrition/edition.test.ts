import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rangeOf } from './completions.ts'
import { checkNutritionEdition, nutritionReason } from './edition.ts'
import { who2023 } from './testing/child.ts'

test('the edition is in order', () => { assert.deepEqual(checkNutritionEdition(who2023), []) })
test('an edition that is not says what is wrong', () => {
  const broken = { ...who2023, reviewBy: 'soon', cutOffs: { ...who2023.cutOffs, muac: { severeBelow: 125, moderateBelow: 115 } }, primaryCare: { ...who2023.primaryCare, severeByAge: who2023.primaryCare.severeByAge.slice(1) } }
  assert.deepEqual(checkNutritionEdition(broken), ['muac: severe must lie below moderate', 'primaryCare: no band from 0 months', 'not a date: soon'])
})
test('a reason carries the rule, its source and how sure we are', () => {
  assert.deepEqual(nutritionReason(who2023, 'G2', { key: 'k' }, []), {
    rule: 'who.2023.nutrition.G2', edition: 'nutrition/who-2023', text: { key: 'k' }, inputs: [], evidence: 'policy', source: { document: 'Bairn project policy, not a guideline' },
  })
})

const worst = ({ a, b }: { a: number; b: number }): number => Math.max(a, b)
test('with everything known there is one outcome', () => { assert.deepEqual(rangeOf({ a: [1], b: [2] }, worst, Number), { atLeast: 2, atMost: 2, open: [] }) })
test('a missing input that can change the outcome is open', () => { assert.deepEqual(rangeOf({ a: [1], b: [0, 1, 2] }, worst, Number), { atLeast: 1, atMost: 2, open: ['b'] }) })
test('a missing input that cannot is not', () => { assert.deepEqual(rangeOf({ a: [2], b: [0, 1, 2] }, worst, Number), { atLeast: 2, atMost: 2, open: [] }) })
test('an input that matters only together with another is open', () => { assert.deepEqual(rangeOf({ a: [0, 1], b: [0, 1] }, ({ a, b }) => a * b, Number), { atLeast: 0, atMost: 1, open: ['a', 'b'] }) })
