/**
 * What a resource is found by: plain walks along the official parameters' paths.
 * It reads resources that the validator accepted; what it cannot read it leaves out.
 * Source: HL7 FHIR R4 4.0.1, search.html and CompartmentDefinition/patient.
 */
import { type DateTimeRange, parseDateTime } from '../dateTime.ts'
import { foldText, foldToken } from './fold.ts'
import { type CompiledParameter, type Path, compartmentPathsOf, parametersOf } from './parameters.ts'
import { targetOf } from './references.ts'
import { DATE_MAX, DATE_MIN, type DateKey, type IndexKeys, type ReferenceKey, type StringKey, type TokenKey } from './types.ts'

type Json = Readonly<Record<string, unknown>>
interface Keys { readonly tokens: TokenKey[]; readonly strings: StringKey[]; readonly dates: DateKey[]; readonly references: ReferenceKey[] }

/** What a resource is found by. `base` is the server's own FHIR address, so that absolute references to itself count as local. */
export function indexKeys(resource: Json, options: { readonly base?: string } = {}): IndexKeys {
  const type = String(resource['resourceType'])
  const keys: Keys = { tokens: [], strings: [], dates: [], references: [] }
  for (const parameter of parametersOf(type)) {
    for (const path of parameter.paths) {
      for (const value of walk(resource, path.names, 0)) ADD[parameter.type](keys, parameter, path, value, options.base)
    }
  }
  return { ...keys, compartments: compartmentsOf(resource, type, options.base) }
}

/** The values at the end of a path; lists are walked through. */
export function* walk(node: unknown, names: readonly string[], at: number): Generator<unknown> {
  if (Array.isArray(node)) for (const item of node) yield* walk(item, names, at)
  else if (node === undefined || node === null) return
  else if (at === names.length) yield node
  else if (typeof node === 'object') yield* walk((node as Json)[names[at] as string], names, at + 1)
}

type Add = (keys: Keys, parameter: CompiledParameter, path: Path, value: unknown, base: string | undefined) => void
const ADD: Readonly<Record<CompiledParameter['type'], Add>> = {
  token: (keys, { name, fold }, path, value) => {
    for (const [system, code] of tokensOf(value, path)) {
      const key: TokenKey = { param: name, ...(system === undefined ? {} : { system }), code: foldToken(code, fold) }
      if (!keys.tokens.some((k) => k.param === name && k.code === key.code && k.system === key.system)) keys.tokens.push(key)
    }
  },
  string: (keys, { name }, path, value) => {
    for (const text of textsOf(value, path.leaf)) {
      const folded = foldText(text)
      if (folded !== '' && !keys.strings.some((k) => k.param === name && k.value === folded)) keys.strings.push({ param: name, value: folded })
    }
  },
  date: (keys, { name }, path, value) => {
    const key = dateKey(name, path.leaf, value)
    if (key !== undefined && !keys.dates.some((k) => k.param === name && k.from === key.from && k.to === key.to && k.wallFrom === key.wallFrom && k.wallTo === key.wallTo)) keys.dates.push(key)
  },
  reference: (keys, { name }, path, value, base) => {
    const target = referenceOf(value, base, path.only)
    if (target === undefined) return
    const { type, id } = target
    if (!keys.references.some((k) => k.param === name && k.id === id && k.type === type)) keys.references.push({ param: name, type, id })
  },
}

function* tokensOf(value: unknown, path: Path): Generator<readonly [system: string | undefined, code: string]> {
  if (typeof value === 'string') return void (yield [path.system, value])
  if (typeof value === 'boolean') return void (yield [path.system, String(value)])
  const json = value as Json
  if (path.leaf === 'CodeableConcept') {
    const codings: unknown = json['coding']
    if (Array.isArray(codings)) for (const coding of codings as Json[]) yield* coded(coding, 'code')
  } else if (path.leaf === 'Coding') yield* coded(json, 'code')
  else if (path.leaf === 'Identifier') yield* coded(json, 'value')
  // A phone's system is 'phone', not a namespace: R4 lets the token's system stand for the use, which nobody searches by.
  else if (path.leaf === 'ContactPoint' && json['system'] === path.only && typeof json['value'] === 'string') yield [undefined, json['value']]
}
function* coded(json: Json, name: 'code' | 'value'): Generator<readonly [string | undefined, string]> {
  const code: unknown = json[name]
  const system: unknown = json['system']
  if (typeof code === 'string') yield [typeof system === 'string' ? system : undefined, code]
}

const NAME_PARTS = ['text', 'family', 'given', 'prefix', 'suffix']
const ADDRESS_PARTS = ['text', 'line', 'city', 'district', 'state', 'postalCode', 'country']
function textsOf(value: unknown, leaf: string): readonly string[] {
  if (typeof value === 'string') return [value]
  const json = value as Json
  return (leaf === 'HumanName' ? NAME_PARTS : ADDRESS_PARTS).flatMap((part) => json[part]).filter((text) => typeof text === 'string')
}

function dateKey(param: string, leaf: string, value: unknown): DateKey | undefined {
  if (typeof value === 'string') {
    const range = parseDateTime(value)
    return range === undefined ? undefined : { param, ...bounds(range) }
  }
  const json = value as Json
  if (leaf === 'Period') return period(param, json)
  const repeat = json['repeat'] as Json | undefined
  const events: unknown = json['event']
  const keys = [
    ...(Array.isArray(events) ? events : []).flatMap((event) => (typeof event === 'string' ? dateKey(param, 'dateTime', event) ?? [] : [])),
    ...(repeat?.['boundsPeriod'] === undefined ? [] : [period(param, repeat['boundsPeriod'] as Json) ?? []].flat()),
  ]
  if (keys.length === 0) return undefined
  return {
    param,
    from: Math.min(...keys.map((k) => k.from)), to: Math.max(...keys.map((k) => k.to)),
    wallFrom: Math.min(...keys.map((k) => k.wallFrom)), wallTo: Math.max(...keys.map((k) => k.wallTo)),
  }
}
function period(param: string, json: Json): DateKey | undefined {
  const start = typeof json['start'] === 'string' ? parseDateTime(json['start']) : undefined
  const end = typeof json['end'] === 'string' ? parseDateTime(json['end']) : undefined
  if (start === undefined && end === undefined) return undefined
  const [first, last] = [start && bounds(start), end && bounds(end)]
  return { param, from: first?.from ?? DATE_MIN, to: last?.to ?? DATE_MAX, wallFrom: first?.wallFrom ?? DATE_MIN, wallTo: last?.wallTo ?? DATE_MAX }
}
function bounds({ from, to, offset = 0 }: DateTimeRange): Omit<DateKey, 'param'> {
  return { from: from - offset * 60_000, to: to - offset * 60_000, wallFrom: from, wallTo: to }
}

function referenceOf(value: unknown, base: string | undefined, only: string | undefined): { readonly type: string; readonly id: string } | undefined {
  const json = value as Json
  const address: unknown = json['reference']
  const target = typeof address === 'string' ? targetOf(address, base) : undefined
  if (target === undefined) return undefined
  const named = target.named ?? (typeof json['type'] === 'string' ? json['type'].slice(json['type'].lastIndexOf('/') + 1) : undefined)
  return only === undefined || named === only ? target : undefined
}

function compartmentsOf(resource: Json, type: string, base: string | undefined): readonly string[] {
  const ids: string[] = type === 'Patient' && typeof resource['id'] === 'string' ? [resource['id']] : []
  for (const path of compartmentPathsOf(type)) {
    for (const value of walk(resource, path.names, 0)) {
      const target = referenceOf(value, base, undefined)
      if (target?.type === 'Patient' && !ids.includes(target.id)) ids.push(target.id)
    }
  }
  return ids
}
