/**
 * Reading of FHIR JSON whose shape nobody has promised: each helper gives what is there or undefined, none throws.
 * Decimals may have been kept as `JSON.rawJSON` objects (json.ts), so every number is read through `numberOf`.
 */
import { numberOf } from './json.ts'

export { numberOf }
export type Json = Readonly<Record<string, unknown>>
export interface Coding { readonly system?: string; readonly code?: string; readonly display?: string }

export const objectOf = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined

/** The objects of a list; one object where a list is meant counts as a list of one. */
export function listOf(value: unknown): readonly Json[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.map(objectOf).filter((item) => item !== undefined)
}

/** Text that says something: an empty or blank string is undefined. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value : undefined)
export const booleanOf = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined)

/** The codings of a CodeableConcept, as sent. */
export const codingsOf = (concept: unknown): readonly Coding[] => listOf(objectOf(concept)?.['coding']).map(codingOf)

export function codingOf(coding: Json): Coding {
  const system = textOf(coding['system'])
  const code = textOf(coding['code'])
  const display = textOf(coding['display'])
  return { ...(system === undefined ? {} : { system }), ...(code === undefined ? {} : { code }), ...(display === undefined ? {} : { display }) }
}

/** The first extension with one of these addresses. */
export const findExtension = (element: unknown, ...urls: readonly string[]): Json | undefined =>
  listOf(objectOf(element)?.['extension']).find((extension) => urls.includes(textOf(extension['url']) ?? ''))
