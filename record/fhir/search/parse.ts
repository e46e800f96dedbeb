/**
 * A query string as criteria, or every reason why not. What is not declared is refused by name: a filter that is silently
 * ignored would show other children's records.
 * Source: HL7 FHIR R4 4.0.1, search.html (#prefix, #token, #reference, #string, #escaping, #errors).
 */
import type { Issue, MessageParam } from '@bairn/reasoning'
import { type DateTimeRange, parseDateTime } from '../dateTime.ts'
import { isResourceType } from '../validate/resourceTypes.ts'
import { foldText, foldToken } from './fold.ts'
import { type CompiledParameter, parametersOf, searchParameters } from './parameters.ts'
import { targetOf } from './references.ts'
import type { Criterion, DatePrefix, DateQuery, ParsedSearch, ReferenceQuery, TokenQuery } from './types.ts'

/** Entries a page where the query says nothing, and at most. */
export const DEFAULT_COUNT = 50
export const MOST_COUNT = 1000
/** Parameters of the answer, not of the resources. `_format` takes JSON only. */
export const RESULT_PARAMETERS: readonly string[] = ['_count', '_cursor', '_format']

const PREFIX = /^(eq|ne|lt|gt|ge|le|sa|eb|ap)(?=\d)/
const JSON_FORMATS = ['json', 'application/json', 'application/fhir+json']

interface Parsing { readonly type: string; readonly now: number; readonly base: string | undefined; readonly issues: Issue[] }

/**
 * `now` (milliseconds) is for `ap`, approximately: a tenth of the distance between now and the date.
 * `base` is the server's own FHIR address, for references given as whole addresses.
 */
export function parseSearch(type: string, query: URLSearchParams, options: { readonly now: number; readonly base?: string }): ParsedSearch {
  const parsing: Parsing = { type, now: options.now, base: options.base, issues: [] }
  if (!isResourceType(type)) return { ok: false, issues: [issue('unknownType', { given: { text: type } })] }
  const criteria: Criterion[] = []
  const used: [string, string][] = []
  const results = new Map<string, string>()
  for (const [name, value] of query) {
    if (RESULT_PARAMETERS.includes(name)) {
      if (results.has(name)) parsing.issues.push(issue('repeated', { name: { text: name } }))
      results.set(name, value)
      if (name !== '_cursor') used.push([name, value])
      continue
    }
    const criterion = parseCriterion(parsing, name, value)
    if (criterion === undefined) continue
    criteria.push(criterion)
    used.push([name, value])
  }
  const count = parseCount(parsing, results.get('_count'))
  const format = results.get('_format')
  if (format !== undefined && !JSON_FORMATS.includes((format.split(';')[0] as string).trim().toLowerCase())) parsing.issues.push(issue('format', { name: { text: '_format' }, given: { text: format } }))
  if (parsing.issues.length > 0) return { ok: false, issues: parsing.issues }
  const cursor = results.get('_cursor')
  return { ok: true, search: { type, criteria, count, ...(cursor === undefined ? {} : { cursor }), used } }
}

function parseCount({ issues }: Parsing, text: string | undefined): number {
  if (text === undefined) return DEFAULT_COUNT
  if (/^\d{1,9}$/.test(text)) return Math.min(Number(text), MOST_COUNT)
  issues.push(issue('count', { name: { text: '_count' }, most: { number: MOST_COUNT }, given: { text } }))
  return DEFAULT_COUNT
}

function parseCriterion(parsing: Parsing, fullName: string, value: string): Criterion | undefined {
  const refuse = (key: string, params: Readonly<Record<string, MessageParam>> = {}): undefined => void parsing.issues.push(issue(key, { name: { text: fullName }, ...params }))
  const [name, modifier] = split(fullName, ':')
  if (fullName.startsWith('_has:') || fullName.includes('.')) return refuse('chain')
  const parameters = parametersOf(parsing.type)
  const parameter = name === '_id' ? undefined : parameters.find((p) => p.name === name)
  if (parameter === undefined && name !== '_id')
    return refuse('unknownParameter', { type: { text: parsing.type }, supported: { text: [...searchParameters(parsing.type).map((p) => p.name), ...RESULT_PARAMETERS].join(', ') } })
  const modifiers = parameter?.modifiers ?? []
  if (modifier !== undefined && !modifiers.includes(modifier)) return refuse('modifier', { modifier: { text: modifier }, supported: { text: modifiers.length === 0 ? 'none' : modifiers.join(', ') } })
  const values = splitUnescaped(value, ',')
  if (values.some((v) => v.trim() === '')) return refuse('empty')
  if (parameter === undefined) return { kind: 'id', any: values.map(unescape) }
  return CRITERIA[parameter.type](parsing, parameter, fullName, modifier, values)
}

type Read = (parsing: Parsing, parameter: CompiledParameter, fullName: string, modifier: string | undefined, values: readonly string[]) => Criterion | undefined
const CRITERIA: Readonly<Record<CompiledParameter['type'], Read>> = {
  token: (parsing, { name, fold }, fullName, _, values) => {
    const any = values.map((value): TokenQuery | undefined => {
      const parts = splitUnescaped(value, '|').map(unescape)
      if (parts.length > 2 || parts.every((part) => part === '')) return undefined
      const [first, second] = parts as [string, string?]
      if (second === undefined) return { code: foldToken(first, fold) }
      return second === '' ? { system: first } : { system: first, code: foldToken(second, fold) }
    })
    return any.includes(undefined) ? refuseValue(parsing, 'empty', fullName, '') : { kind: 'token', param: name, any: any as TokenQuery[] }
  },
  string: (parsing, { name }, fullName, _, values) => {
    const any = values.map((value) => foldText(unescape(value)))
    return any.includes('') ? refuseValue(parsing, 'empty', fullName, '') : { kind: 'string', param: name, any }
  },
  date: (parsing, { name }, fullName, _, values) => {
    const any = values.map((value) => parseDate(value, parsing.now))
    const wrong = any.indexOf(undefined)
    return wrong === -1 ? { kind: 'date', param: name, any: any as DateQuery[] } : refuseValue(parsing, 'date', fullName, values[wrong] as string)
  },
  reference: (parsing, parameter, fullName, modifier, values) => {
    const any: ReferenceQuery[] = []
    for (const value of values.map(unescape)) {
      const found = parseReference(value, modifier, parameter, parsing.base)
      if (found === undefined) return refuseValue(parsing, 'reference', fullName, value)
      if (found.named !== undefined && parameter.target.length > 0 && !parameter.target.includes(found.named)) {
        parsing.issues.push(issue('target', { name: { text: fullName }, given: { text: found.named }, allowed: { text: parameter.target.join(', ') } }))
        return undefined
      }
      any.push(found.query)
    }
    return { kind: 'reference', param: parameter.name, any }
  },
}
function refuseValue(parsing: Parsing, key: string, name: string, given: string): undefined {
  parsing.issues.push(issue(key, { name: { text: name }, given: { text: given } }))
  return undefined
}

/** [prefix]date. A space where the offset's plus stood is put right: `+` means a space in a query string. */
function parseDate(value: string, now: number): DateQuery | undefined {
  const text = unescape(value).trim()
  const prefix = (PREFIX.exec(text)?.[1] ?? 'eq') as DatePrefix
  const range = parseDateTime(text.replace(PREFIX, '').replace(/(T[\d:.]+) (\d\d:\d\d)$/, '$1+$2'))
  if (range === undefined) return undefined
  const { from, to, clock } = asked(range)
  if (prefix !== 'ap') return { prefix, from, to, clock }
  const margin = Math.round(Math.abs(now - from) / 10)
  return { prefix, from: from - margin, to: to + margin, clock }
}
function asked({ from, to, offset }: DateTimeRange): { readonly from: number; readonly to: number; readonly clock: 'wall' | 'instant' } {
  return offset === undefined ? { from, to, clock: 'wall' } : { from: from - offset * 60_000, to: to - offset * 60_000, clock: 'instant' }
}

function parseReference(value: string, modifier: string | undefined, { target }: CompiledParameter, base: string | undefined): { readonly query: ReferenceQuery; readonly named: string | undefined } | undefined {
  if (/^[A-Za-z0-9\-.]{1,64}$/.test(value)) {
    const type = modifier ?? (target.length === 1 ? target[0] : undefined)
    return { query: { ...(type === undefined ? {} : { type }), id: value }, named: type }
  }
  const found = targetOf(value, base)
  if (found === undefined || (modifier !== undefined && found.named !== modifier)) return undefined
  return { query: { type: found.type, id: found.id }, named: found.named }
}

function split(text: string, mark: string): readonly [string, string | undefined] {
  const at = text.indexOf(mark)
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}
/** Parts between marks that no backslash precedes; the escapes stay. */
function splitUnescaped(text: string, mark: ',' | '|'): readonly string[] {
  const parts = ['']
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string
    if (char === mark) parts.push('')
    else if (char === '\\' && i + 1 < text.length) parts[parts.length - 1] += char + (text[++i] as string)
    else parts[parts.length - 1] += char
  }
  return parts
}
const unescape = (text: string): string => text.replaceAll(/\\([\\,|$])/g, '$1')

function issue(key: string, params: Readonly<Record<string, MessageParam>>): Issue {
  const name = params['name']
  return { code: key === 'unknownParameter' || key === 'modifier' || key === 'chain' ? 'not-supported' : 'invalid', severity: 'error', text: { key: `fhir.search.${key}`, params }, ...(name !== undefined && 'text' in name ? { where: name.text } : {}) }
}
