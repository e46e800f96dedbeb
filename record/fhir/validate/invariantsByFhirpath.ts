/**
 * The invariants without a translation by hand, through the fhirpath library. It is loaded at the first of them
 * (0.3 s, 32 MB): they belong to definitions and test scripts, which a child's record does not hold.
 */
import { createRequire } from 'node:module'
import { isRawNumber } from '../json.ts'
import type { Place } from './invariants.ts'
import type { Node } from './node.ts'

type Compiled = (node: unknown, variables: Readonly<Record<string, unknown>>) => readonly unknown[]
interface Fhirpath {
  readonly compile: (path: { readonly base: string; readonly expression: string }, model: unknown, options: { readonly traceFn: () => void }) => Compiled
}

const require = createRequire(import.meta.url)
let library: { readonly fhirpath: Fhirpath; readonly model: unknown } | undefined
const compiled = new Map<string, Compiled>()

/**
 * Whether the expression holds for a node; undefined where the result is empty (nothing to compare) or the library cannot
 * run it on this node. What cannot be judged is not refused. A test runs every one on the official definitions.
 */
export function evaluateByFhirpath(expression: string, base: string, node: Node, place: Place): boolean | undefined {
  library ??= { fhirpath: require('fhirpath') as Fhirpath, model: require('fhirpath/fhir-context/r4') as unknown }
  const key = `${base} ${expression}`
  let run = compiled.get(key)
  if (run === undefined) compiled.set(key, (run = library.fhirpath.compile({ base, expression }, library.model, { traceFn: () => {} })))
  try {
    const result = run(withPlainNumbers(node, place.copies), { resource: withPlainNumbers(place.resource, place.copies), rootResource: withPlainNumbers(place.container, place.copies) })
    return result.length === 0 ? undefined : result[0] === true
  } catch {
    return undefined
  }
}

// The library reads numbers, not RawNumber. Only what holds one is copied, once a validation.
function withPlainNumbers(value: unknown, copies: WeakMap<object, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (isRawNumber(value)) return Number(value.rawJSON)
  const existing = copies.get(value)
  if (existing !== undefined) return existing
  const copy = copyOf(value, copies)
  copies.set(value, copy)
  return copy
}
function copyOf(value: object, copies: WeakMap<object, unknown>): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => withPlainNumbers(item, copies))
    return items.every((item, i) => item === value[i]) ? value : items
  }
  const members = Object.entries(value).map(([key, member]) => [key, withPlainNumbers(member, copies)] as const)
  return members.every(([key, member]) => member === (value as Node)[key]) ? value : Object.fromEntries(members)
}
