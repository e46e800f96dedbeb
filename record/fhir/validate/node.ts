/**
 * Small readers for invariants: FHIRPath's words (`exists`, `empty`, `where`) on JSON, without an engine.
 * They are only called on nodes whose structure is right.
 */
import { numberOf } from '../json.ts'

export type Node = Readonly<Record<string, unknown>>

/** FHIRPath `x.exists()`: a value, a list, or a primitive that has only extensions. */
export const has = (node: Node, name: string): boolean => node[name] !== undefined || node[`_${name}`] !== undefined
/** `value.exists()` for value[x]. */
export function hasChoice(node: Node, stem: string): boolean {
  for (const key in node) {
    const at = key.startsWith('_') ? 1 : 0
    if (key.startsWith(stem, at) && key.length > stem.length + at && isUpper(key.charCodeAt(stem.length + at))) return true
  }
  return false
}
const isUpper = (code: number): boolean => code >= 65 && code <= 90

/** The items of an element that may be a list, one, or absent. */
export function itemsOf(node: Node | undefined, name: string): readonly Node[] {
  const value = node?.[name]
  if (value === undefined || value === null) return []
  return (Array.isArray(value) ? value : [value]) as readonly Node[]
}
/** One complex element. */
export const part = (node: Node | undefined, name: string): Node | undefined => node?.[name] as Node | undefined
export const textOf = (node: Node | undefined, name: string): string | undefined => {
  const value = node?.[name]
  return typeof value === 'string' ? value : undefined
}
export const numberAt = (node: Node | undefined, name: string): number | undefined => numberOf(node?.[name])

/** `concept.coding.where(system = … and code in …).exists()` */
export const hasCode = (concept: Node | undefined, system: string, ...codes: readonly string[]): boolean =>
  itemsOf(concept, 'coding').some((coding) => coding['system'] === system && codes.includes(coding['code'] as string))

/** Whether all are different; what is absent does not count. */
export function isDistinct(values: readonly unknown[]): boolean {
  const present = values.filter((value) => value !== undefined)
  return new Set(present).size === present.length
}

/** FHIRPath `=` on complex values: the same members whatever their order; numbers by value. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  const number = numberOf(a)
  if (number !== undefined) return number === numberOf(b)
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false
  const [left, right] = [a as Node, b as Node]
  const keys = Object.keys(left)
  return keys.length === Object.keys(right).length && keys.every((key) => same(left[key], right[key]))
}
