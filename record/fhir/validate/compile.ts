/**
 * From table rows to what the walker reads: one Map of JSON names a type, made when the type is first met.
 */
import { PRIMITIVES, type PrimitiveCheck } from './primitives.ts'
import { findNative, type Holds } from './invariants.ts'
import { type ElementRow, type TypeRow, tables } from './tables.ts'

export interface Check { readonly key: string; readonly expression: string; readonly human: string; readonly holds: Holds | undefined }
/** One JSON property of a type. */
export interface Property {
  /** the element's name: `value` for valueQuantity and _valueQuantity */
  readonly element: string
  readonly list: boolean
  readonly type: string
  /** absent for complex types */
  readonly primitive?: PrimitiveCheck
  /** for `_birthDate`: id and extensions of a primitive */
  readonly sibling: boolean
  /** for value[x]: the name as declared */
  readonly choice?: string
  /** codes that a code may have, whatever their system */
  readonly codes?: ReadonlySet<string>
  /** codes by system, of which a CodeableConcept must have one */
  readonly concepts?: ReadonlyMap<string, ReadonlySet<string>>
  readonly targets?: ReadonlySet<string>
  readonly checks: readonly Check[]
}
export interface TypeDefinition {
  readonly name: string
  readonly isResource: boolean
  readonly properties: ReadonlyMap<string, Property>
  /** elements that must be there, each with the JSON names that count */
  readonly required: readonly { readonly name: string; readonly names: readonly string[] }[]
  readonly checks: readonly Check[]
}

const compiled = new Map<string, TypeDefinition>()
/** @throws Error for a type that is not in the tables (the tables' bug) */
export function getType(name: string): TypeDefinition {
  const existing = compiled.get(name)
  if (existing !== undefined) return existing
  const row = tables.types[name]
  if (row === undefined) throw new Error(`no such type in the tables: ${name}`)
  const rows = [...elementsOf(row)]
  const isResource = chainOf(row).some((r) => r.resource !== undefined)
  const properties = new Map<string, Property>()
  for (const element of rows) for (const [key, property] of toProperties(element)) properties.set(key, property)
  // The id of an element is an attribute, not an element: it has no extensions. The id of a resource is an element.
  if (!isResource) properties.delete('_id')
  const made: TypeDefinition = {
    name,
    isResource,
    properties,
    required: rows.filter((element) => element[2] > 0).map((element) => {
      const names = toProperties(element).map(([key]) => key)
      return { name: element[0], names }
    }),
    checks: chainOf(row).flatMap((r) => r.invariants ?? []).map(toCheck),
  }
  compiled.set(name, made)
  return made
}

/** The row and its bases, from the furthest to itself. */
function chainOf(row: TypeRow): readonly TypeRow[] {
  const base = row.base === undefined ? undefined : tables.types[row.base]
  return base === undefined ? [row] : [...chainOf(base), row]
}
function elementsOf(row: TypeRow): Iterable<ElementRow> {
  // A row of the type itself replaces that of its base.
  return new Map(chainOf(row).flatMap((r) => r.elements).map((element) => [element[0], element])).values()
}

function toProperties(row: ElementRow): readonly (readonly [string, Property])[] {
  const [name, type, , list, valueSet = -1, targets = -1, invariants = []] = row
  const base = { list: list === 1, checks: invariants.map(toCheck) }
  const one = (jsonName: string, code: string, choice?: string): (readonly [string, Property])[] => {
    const element = choice === undefined ? jsonName : choice.slice(0, -3)
    const primitive = PRIMITIVES[code]
    const set = valueSet === -1 ? undefined : tables.valueSets[valueSet]
    const property: Property = {
      ...base,
      element,
      type: code,
      sibling: false,
      ...(choice === undefined ? {} : { choice }),
      ...(primitive === undefined ? {} : { primitive }),
      ...(set === undefined || code !== 'code' ? {} : { codes: codesOf(valueSet) }),
      ...(set === undefined || code !== 'CodeableConcept' ? {} : { concepts: conceptsOf(valueSet) }),
      ...(targets === -1 || code !== 'Reference' ? {} : { targets: new Set(tables.targets[targets]) }),
    }
    if (primitive === undefined || code === 'xhtml') return [[jsonName, property]]
    return [[jsonName, property], [`_${jsonName}`, { ...base, element, type: 'Element', sibling: true, checks: [], ...(choice === undefined ? {} : { choice }) }]]
  }
  if (!name.endsWith('[x]')) return one(name, type as string)
  const stem = name.slice(0, -3)
  return (Array.isArray(type) ? (type as readonly string[]) : [type as string]).flatMap((code) => one(stem + suffixOf(code), code, name))
}
/** valueQuantity, doseQuantity: a restricted quantity is written as what it restricts. */
function suffixOf(code: string): string {
  return code === 'SimpleQuantity' || code === 'MoneyQuantity' ? 'Quantity' : (code[0] as string).toUpperCase() + code.slice(1)
}

function toCheck(place: number): Check {
  const [key, expression, human] = tables.invariants[place] as readonly [string, string, string]
  return { key, expression, human, holds: findNative(expression) }
}

const codeSets = new Map<number, ReadonlySet<string>>()
function codesOf(valueSet: number): ReadonlySet<string> {
  let set = codeSets.get(valueSet)
  if (set === undefined) codeSets.set(valueSet, (set = new Set((tables.valueSets[valueSet] ?? []).flatMap(([, ...codes]) => codes))))
  return set
}
function conceptsOf(valueSet: number): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map((tables.valueSets[valueSet] ?? []).map(([system, ...codes]) => [system, new Set(codes)]))
}
