/** Figures as people type them into the page's fields. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayOf } from '@bairn/quantities'
import { readDate, readNumber } from './typed.ts'

for (const [text, value] of [['9.6', 9.6], ['9,6', 9.6], ['٩٫٦', 9.6], ['۹٫۶', 9.6], [' 12 ', 12]] as const)
  test(`'${text}' is ${value}`, () => assert.deepEqual(readNumber(text), { kind: 'number', value }))
for (const [text, key] of [['1,234', 'web.number.ambiguous'], ['1.234,5', 'web.number.ambiguous'], ['nine', 'web.number.format'], ['9 6', 'web.number.format']] as const)
  test(`'${text}' is refused: ${key}`, () => assert.deepEqual(readNumber(text), { kind: 'problem', key }))
test('nothing typed is not a problem', () => assert.deepEqual(readNumber('  '), { kind: 'empty' }))

const today = dayOf({ year: 2026, month: 11, day: 23 })
for (const [typed, read] of [
  [['', '', ''], { kind: 'empty' }],
  [['23', '', ''], { kind: 'partial' }],
  [['23', '11', '26'], { kind: 'partial' }],
  [['23', '11', '2026'], { kind: 'day', day: today, iso: '2026-11-23' }],
  [['٢٣', '١١', '٢٠٢٦'], { kind: 'day', day: today, iso: '2026-11-23' }],
  [['24', '11', '2026'], { kind: 'problem', key: 'web.date.future' }],
  [['29', '2', '2023'], { kind: 'problem', key: 'web.date.noSuchDay' }],
  [['29', '2', '2024'], { kind: 'day', day: dayOf({ year: 2024, month: 2, day: 29 }), iso: '2024-02-29' }],
  [['0', '1', ''], { kind: 'problem', key: 'web.date.noSuchDay' }],
  [['1.5', '1', '2026'], { kind: 'problem', key: 'web.date.digits' }],
] as const) test(`day '${typed[0]}', month '${typed[1]}', year '${typed[2]}': ${read.kind}`, () => {
  assert.deepEqual(readDate({ day: typed[0], month: typed[1], year: typed[2] }, today), read)
})
