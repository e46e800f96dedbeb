import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseNumber } from './number.ts'

for (const [text, value] of [['9.6', 9.6], ['9,6', 9.6], [' 9.60 ', 9.6], ['٩٫٦', 9.6], ['۹٫۶', 9.6], ['٩,٦', 9.6], ['12', 12], ['-3', -3], ['−3', -3], ['0,125', 0.125], ['1.234', 1.234], ['79.4', 79.4]] as const)
  test(`'${text}' is ${value}`, () => { assert.deepEqual(parseNumber(text), { ok: true, value }) })
for (const text of ['1,234', '1.234,5', '1,234.5', '1 234,5', '12,345,678'])
  test(`'${text}' may mean two things`, () => { assert.deepEqual(parseNumber(text), { ok: false, problem: { code: 'number.ambiguous', given: text } }) })
for (const text of ['', 'abc', '9.', '.5', '9..6', '9.6 kg', '1e3', 'Infinity', '0x10'])
  test(`'${text}' is no number`, () => { assert.deepEqual(parseNumber(text), { ok: false, problem: { code: 'number.format', given: text } }) })
