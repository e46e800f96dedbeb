import assert from 'node:assert/strict'
import { test } from 'node:test'
import { and, compare, not, or, truthOf, type Truth } from './logic.ts'

const values: readonly Truth[] = [true, false, 'unknown']

test('not asked and cannot tell are both unknown; not asked is never no', () => {
  assert.deepEqual((['yes', 'no', 'notAsked', 'cannotTell'] as const).map(truthOf), [true, false, 'unknown', 'unknown'])
})
test('and: false wins over unknown', () => {
  assert.deepEqual(values.map((b) => and(false, b)), [false, false, false])
  assert.equal(and(true, 'unknown'), 'unknown')
  assert.equal(and(), true)
})
test('or: true wins over unknown', () => {
  assert.deepEqual(values.map((b) => or(true, b)), [true, true, true])
  assert.equal(or(false, 'unknown'), 'unknown')
  assert.equal(or(), false)
})
test('De Morgan holds for every pair', () => {
  for (const a of values) for (const b of values) assert.equal(not(and(a, b)), or(not(a), not(b)))
})
test('a comparison with a missing value is unknown', () => {
  assert.equal(compare(undefined, (z: number) => z < -2), 'unknown')
  assert.equal(compare(-2.01, (z) => z < -2), true)
  assert.equal(compare(-2, (z) => z < -2), false)
})
