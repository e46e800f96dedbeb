/** The list's pure parts: its address, ages of partly known births, sparklines. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatDay, type Day } from '@bairn/quantities'
import type { WorklistRow } from '../contract.ts'
import { addressOf, birthOf, sparkOf, viewOf } from './model.ts'

const row = (over: Partial<WorklistRow>): WorklistRow => ({ child: 'a', name: 'A', birthEstimated: false, urgency: 'well', more: 0, spark: [], ...over })

test('a view is read back from its own address', () => {
  for (const view of [{ filter: 'all', q: '', page: 1 }, { filter: 'urgent', q: 'عبد الله & co', page: 3 }] as const) {
    const query = Object.fromEntries(new URL(addressOf(view), 'http://here').searchParams)
    assert.deepEqual(viewOf(query), view)
  }
  assert.equal(addressOf({ filter: 'all', q: '', page: 1 }), '/')
})
test('an address that makes no sense shows the whole list', () => {
  assert.deepEqual(viewOf({ filter: 'toString', page: '-2' }), { filter: 'all', q: '', page: 1 })
})
for (const [birthDate, estimated, day, about] of [
  ['2025-05-23', false, '2025-05-23', false], ['2025-05-23', true, '2025-05-23', true], ['2025-05', false, '2025-05-16', true], ['2025', false, '2025-07-02', true],
] as const) test(`born ${birthDate}${estimated ? ', estimated' : ''}: age ${about ? 'about, ' : ''}from ${day}`, () => {
  const birth = birthOf(row({ birthDate, birthEstimated: estimated }))
  assert.deepEqual(birth && [formatDay(birth.day), birth.about], [day, about])
})
test('without a birth date there is no age', () => {
  assert.equal(birthOf(row({})), undefined)
})
test('a sparkline: median in the band, -2 on the dashed line, beyond -4 at the edge; none without a score', () => {
  const day = (n: number): Day => n as Day
  assert.equal(sparkOf([]), undefined)
  assert.deepEqual(sparkOf([[day(1), 0], [day(11), -2]]), { path: 'M2.0 13.4L84.0 24.9', x: 84, y: 24.9 })
  assert.deepEqual(sparkOf([[day(1), -9]]), { path: 'M84.0 35.0', x: 84, y: 35 })
})
