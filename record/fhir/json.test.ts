import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { digitsOf, isRawNumber, numberOf, parseFhirJson, stringifyFhir } from './json.ts'

const value = (text: string): unknown => {
  const parsed = parseFhirJson(text)
  assert.ok(parsed.ok, text)
  return parsed.value
}
const problem = (text: string): unknown => {
  const parsed = parseFhirJson(text)
  assert.ok(!parsed.ok, text)
  assert.equal(parsed.issues.length, 1)
  const [issue] = parsed.issues
  return [issue?.text.key.replace('fhir.json.', ''), issue?.where, (issue?.text.params?.['found'] as { text: string } | undefined)?.text]
}

// JSON numbers in every spelling, as text.
const digits = fc.stringMatching(/^-?(0|[1-9]\d{0,20})(\.\d{1,22})?([eE][+-]?\d{1,3})?$/)
const json = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    digits,
    fc.constantFrom('true', 'false', 'null'),
    fc.string({ unit: 'binary' }).map((s) => JSON.stringify(s)),
    fc.array(tie('node'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
    fc.uniqueArray(fc.tuple(fc.string(), tie('node')), { maxLength: 4, selector: ([key]) => key })
      .map((pairs) => `{${pairs.map(([key, item]) => `${JSON.stringify(key)}:${item}`).join(',')}}`),
  ),
})).node

test('fhir.json.digits: every number is written back digit by digit, and nothing else is kept raw', () => {
  fc.assert(fc.property(digits, fc.constantFrom(['', ''], ['[', ']'], ['{"value": ', ' }'], ['[1,\n', '\n,2]']), (number, [before, after]) => {
    const text = `${before}${number}${after}`
    const parsed = value(text)
    assert.equal(stringifyFhir(parsed), text.replaceAll(/\s/g, ''))
    const found = typeof parsed === 'object' && parsed !== null && !isRawNumber(parsed) ? Object.values(parsed).find((v) => digitsOf(v) === number) : parsed
    assert.equal(numberOf(found), Number(number))
    assert.equal(isRawNumber(found), String(Number(number)) !== number, 'raw only where digits would be lost')
  }), { numRuns: 3000 })
})
test('fhir.json.digits: any document comes back byte for byte', () => {
  fc.assert(fc.property(json, (text) => {
    // Integer-like keys move to the front in any JavaScript object; everything else must stay.
    fc.pre(!/"\d+":/.test(text))
    assert.equal(stringifyFhir(value(text)), text.replaceAll(/"(?:[^"\\]|\\.)*"/g, (s) => JSON.stringify(JSON.parse(s))))
  }), { numRuns: 2000 })
})
test('fhir.json: what JSON.parse refuses is refused with a place, what it takes is taken unless a key stands twice', () => {
  fc.assert(fc.property(json, fc.nat(), fc.constantFrom('', ',', '}', ']', '"', ':', '\\', 'x', '\n', '0', '-', '\u0001', '{', '['), (text, at, char) => {
    const cut = at % (text.length + 1)
    const broken = text.slice(0, cut) + char + text.slice(cut + 1)
    let valid = true
    try {
      JSON.parse(broken)
    } catch {
      valid = false
    }
    const parsed = parseFhirJson(broken)
    if (!valid) assert.ok(!parsed.ok)
    else if (!parsed.ok) assert.equal(parsed.issues[0]?.text.key, 'fhir.json.duplicateKey')
  }), { numRuns: 3000 })
})
test('fhir.json.duplicateKey: equal keys in one object are refused, also when one is escaped', () => {
  assert.deepEqual(problem('{"a": 1, "a": 1}'), ['duplicateKey', 'line 1, column 10', 'a'])
  assert.deepEqual(problem('{"status": "final",\n  "x": {"b\\"": 1, "code": [{}], "c\\u006fde": 2}}'), ['duplicateKey', 'line 2, column 33', 'code'])
  assert.deepEqual(value('{"a": {"a": [{"a": "\\\\"}, {"a": "a\\":"}]}}'), { a: { a: [{ a: '\\' }, { a: 'a":' }] } })
  assert.deepEqual(problem('{"__proto__": 1, "__proto__": 2}'), ['duplicateKey', 'line 1, column 18', '__proto__'])
})
for (const [text, kind, where, found] of [
  ['', 'empty', 'line 1, column 1', undefined],
  [' \n', 'empty', 'line 1, column 1', undefined],
  ['{"a": tru}', 'unexpected', 'line 1, column 7', 'tru'],
  ['{"a": truex}', 'unexpected', 'line 1, column 7', 'truex'],
  ['{"a":1,\n "b": ', 'unexpectedEnd', 'line 2, column 7', undefined],
  ['{"a":1,\r\n "b": 2,\r\n}', 'trailingComma', 'line 2, column 8', undefined],
  ['[1,,2]', 'unexpected', 'line 1, column 4', ','],
  ['{a: 1}', 'unexpected', 'line 1, column 2', 'a'],
  ["{'a': 1}", 'unexpected', 'line 1, column 2', "'"],
  ['{"a" 1}', 'unexpected', 'line 1, column 6', '1'],
  ['{"a": 01}', 'badNumber', 'line 1, column 7', '01'],
  ['{"a": 1.}', 'badNumber', 'line 1, column 7', '1.'],
  ['{"a": -}', 'badNumber', 'line 1, column 7', '-'],
  ['{"a": "x\ny"}', 'badText', 'line 1, column 9', 'U+000A'],
  ['{"a": "\\x"}', 'badEscape', 'line 1, column 8', '\\x'],
  ['{"a": "x', 'unexpectedEnd', 'line 1, column 9', undefined],
  ['{} {}', 'afterTheEnd', 'line 1, column 4', '{}'],
  ['[1 2]', 'unexpected', 'line 1, column 4', '2'],
  [`${'['.repeat(100_000)}`, 'tooDeep', 'line 1, column 202', undefined],
  [`${'['.repeat(300)}${']'.repeat(300)}`, 'tooDeep', 'line 1, column 202', undefined],
  [`${'['.repeat(300)}7.10${']'.repeat(300)}`, 'tooDeep', 'line 1, column 202', undefined],
] as const) test(`fhir.json.${kind}: ${JSON.stringify(text.slice(0, 24))}`, () => assert.deepEqual(problem(text), [kind, where, found]))

test('fhir.json: a line of NDJSON is told its place in the file', () => {
  assert.partialDeepStrictEqual(parseFhirJson('{"a":', { firstLine: 7 }), { ok: false, issues: [{ where: 'line 7, column 6', text: { params: { line: { number: 7 } } } }] })
})
test('fhir.json: a byte order mark is skipped', () => assert.deepEqual(value('\ufeff{"a":1}'), { a: 1 }))
test('fhir.json: a megabyte of digits in a string is read in linear time', () => {
  assert.equal((value(`[" ${'1'.repeat(1_000_000)}"]`) as string[])[0]?.length, 1_000_001)
  assert.deepEqual(value(`[${'1 ,'.repeat(100_000)}1]`), Array(100_001).fill(1))
})
