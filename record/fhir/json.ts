/**
 * FHIR's JSON, read and written without changing it: decimals keep their digits (7.10 stays 7.10, 1E2 stays 1E2),
 * a key that stands twice in one object is refused, and broken JSON says where it breaks.
 * A number whose digits a plain number would lose becomes a `RawNumber` (JSON.rawJSON); read every number with `numberOf`.
 * Problems come back as issues, never as exceptions. Needs JSON.rawJSON (Node >= 22, browsers of 2025).
 * Source: HL7 FHIR R4 4.0.1, json.html and datatypes.html#decimal. Costs stand in bench/validate.ts.
 */
import type { Issue } from '@bairn/reasoning'
import { scanJson } from './jsonScan.ts'

/** A number kept as it was written. JSON.stringify writes its digits back. */
export interface RawNumber { readonly rawJSON: string }
export type JsonParsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly issues: readonly Issue[] }

// What es2024 does not declare yet (TC39 "JSON.parse source text access").
interface RawJson {
  rawJSON(text: string): RawNumber
  isRawJSON(value: unknown): value is RawNumber
  parse(text: string, reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown): unknown
}
const raw = JSON as unknown as RawJson

/** Objects and lists inside each other: FHIR's deepest examples reach about 20, and a browser's stack some thousands. */
const MAX_DEPTH = 200

/**
 * Text to value. One issue at most: the first place where it breaks, or the first key that stands twice. A byte order mark is skipped.
 * @param firstLine of the text in its file: a line of NDJSON is told its own place there
 */
export function parseFhirJson(text: string, { firstLine = 1 }: { readonly firstLine?: number } = {}): JsonParsed {
  const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  let value: unknown
  try {
    value = losesDigits(source)
      ? raw.parse(source, (_, v, context) => (typeof v === 'number' && context.source !== undefined && String(v) !== context.source ? raw.rawJSON(context.source) : v))
      : JSON.parse(source)
  } catch {
    return { ok: false, issues: [describe(source, firstLine)] }
  }
  // JSON.parse keeps the last of two equal keys without a word: fewer keys in the value than in the text means one was lost.
  const keys = countKeys(value, 0)
  return keys === countKeysInText(source) ? { ok: true, value } : { ok: false, issues: [describe(source, firstLine)] }
}

/** Value to text; raw numbers are written digit by digit. */
export function stringifyFhir(value: unknown): string {
  return JSON.stringify(value)
}

export function isRawNumber(value: unknown): value is RawNumber {
  return typeof value === 'object' && value !== null && raw.isRawJSON(value)
}

/** The number of a JSON number, raw or plain; undefined for everything else. May be infinite (1e999): it is still what was written. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  return isRawNumber(value) ? Number(value.rawJSON) : undefined
}

/** The digits as they stand in the text: '7.10'. */
export function digitsOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return isRawNumber(value) ? value.rawJSON : undefined
}

// A number token stands after one of `:[,` or white space. Strings may hold look-alikes: they only cost the slower way.
// Linear: a start is a delimiter, and no delimiter is in the class that follows.
const NUMBER = /[:[,\s](-?\d[\d.eE+-]*)(?=[\s,\]}])/g

/** Whether some number in the text would be written differently after JSON.parse: 7.10, 1E2, -0, 0.0000001, 20 digits. */
function losesDigits(text: string): boolean {
  NUMBER.lastIndex = 0
  for (let match = NUMBER.exec(text); match !== null; match = NUMBER.exec(text)) {
    const digits = match[1] as string
    if (String(Number(digits)) !== digits) return true
  }
  return text.length < 40 && isLoneNumber(text)
}
/** A text that is nothing but one number has no delimiters around it. */
const isLoneNumber = (text: string): boolean => /^\s*-?\d[\d.eE+-]*\s*$/.test(text)

function countKeys(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0
  if (depth > MAX_DEPTH) return -Infinity
  let count = 0
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) count += countKeys(value[i], depth + 1)
    return count
  }
  const object = value as Record<string, unknown>
  const keys = Object.keys(object)
  if (keys.length === 1 && raw.isRawJSON(value)) return 0
  count = keys.length
  for (let i = 0; i < keys.length; i++) {
    const child = object[keys[i] as string]
    if (typeof child === 'object') count += countKeys(child, depth + 1)
  }
  return count
}

/** Strings followed by a colon, in text that is known to be JSON. */
function countKeysInText(text: string): number {
  let count = 0
  for (let start = text.indexOf('"'); start !== -1; ) {
    let end = text.indexOf('"', start + 1)
    while (text.charCodeAt(end - 1) === 92 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
    let next = end + 1
    let code = text.charCodeAt(next)
    while (code === 32 || code === 10 || code === 13 || code === 9) code = text.charCodeAt(++next)
    if (code === 58) count++
    start = text.indexOf('"', next)
  }
  return count
}
function isEscaped(text: string, at: number): boolean {
  let slashes = 0
  while (text.charCodeAt(at - 1 - slashes) === 92) slashes++
  return slashes % 2 === 1
}

function describe(text: string, firstLine: number): Issue {
  const problem = scanJson(text, MAX_DEPTH)
  const before = text.slice(0, problem.at)
  const line = firstLine + before.split('\n').length - 1
  const column = problem.at - before.lastIndexOf('\n')
  return {
    code: problem.kind === 'duplicateKey' ? 'structure' : problem.kind === 'tooDeep' ? 'too-costly' : 'invalid',
    severity: 'error',
    text: {
      key: `fhir.json.${problem.kind}`,
      params: { line: { number: line }, column: { number: column }, ...(problem.found === undefined ? {} : { found: { text: problem.found } }) },
    },
    where: `line ${line}, column ${column}`,
  }
}
