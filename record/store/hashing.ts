/**
 * What a resource is found by, as numbers: 64 bits of SHA-256 of "type, parameter, value". One table of (hash, child, rid)
 * then serves tokens, references, types and compartments. Two different values with one number: once in 10^19 pairs.
 */
import { hash } from 'node:crypto'
import type { Criterion, DateQuery, IndexKeys, ReferenceQuery, TokenQuery } from '@bairn/fhir/search'
import { DATE_MAX, DATE_MIN } from '@bairn/fhir/search'

function number(...parts: readonly string[]): string {
  return hash('sha256', parts.join('\0'), 'buffer').readBigInt64BE().toString()
}
const token = (type: string, param: string, { system, code }: TokenQuery): string => number('token', type, param, ...(system === undefined ? ['code', code ?? ''] : code === undefined ? ['system', system] : ['both', system, code]))
const reference = (type: string, param: string, target: string, id: string): string => number('reference', type, param, target, id)

/** Every current resource of a type. */
export const typeHash = (type: string): string => number('type', type)
/** The compartment of a Patient, for resources that belong to another child first. */
export const compartmentHash = (patient: string): string => number('compartment', patient)
/** For search_date and search_text. */
export const paramHash = (type: string, param: string): string => number('param', type, param)

/** The rows of search_token for one resource. A token is found by its code, by its system, and by both. */
export function tokenHashes(type: string, keys: IndexKeys): readonly string[] {
  const found = new Set([typeHash(type)])
  for (const { param, system, code } of keys.tokens) {
    found.add(token(type, param, { code }))
    found.add(token(type, param, { system: system ?? '', code }))
    found.add(token(type, param, { system: system ?? '' }))
  }
  for (const { param, type: target, id } of keys.references) found.add(reference(type, param, target, id))
  for (const patient of keys.compartments.slice(1)) found.add(compartmentHash(patient))
  return [...found]
}

/** The hashes of which a resource must have one. @param typesOf for references by a bare id: the types that have such an id */
export function criterionHashes(type: string, criterion: Extract<Criterion, { readonly kind: 'token' | 'reference' }>, typesOf: (id: string) => readonly string[]): readonly string[] {
  if (criterion.kind === 'token') return criterion.any.map((query) => token(type, criterion.param, query))
  return criterion.any.flatMap((query: ReferenceQuery) => (query.type === undefined ? typesOf(query.id) : [query.type]).map((target) => reference(type, criterion.param, target, query.id)))
}

/** Both ends inclusive: a key fits when its start and its end lie in these. */
export interface DateBox { readonly wall: boolean; readonly startMin: number; readonly startMax: number; readonly endMin: number; readonly endMax: number }

/** What a date query asks, as boxes of which one must fit. Source: HL7 FHIR R4 4.0.1, search.html#prefix. */
export function dateBoxes({ prefix, from, to, clock }: DateQuery): readonly DateBox[] {
  const any = { wall: clock === 'wall', startMin: DATE_MIN, startMax: DATE_MAX, endMin: DATE_MIN, endMax: DATE_MAX }
  const within = { ...any, startMin: from, endMax: to }
  const endsAfter = { ...any, endMin: to + 1 }
  const startsBefore = { ...any, startMax: from - 1 }
  switch (prefix) {
    case 'eq': return [within]
    case 'ne': return [startsBefore, endsAfter]
    case 'gt': return [endsAfter]
    case 'lt': return [startsBefore]
    case 'ge': return [endsAfter, within]
    case 'le': return [startsBefore, within]
    case 'sa': return [{ ...any, startMin: to }]
    case 'eb': return [{ ...any, endMax: from }]
    case 'ap': return [{ ...any, startMax: to - 1, endMin: from + 1 }]
    default: return prefix satisfies never
  }
}
