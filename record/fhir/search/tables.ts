/**
 * The shape of the generated search tables (generated/parameters.json) and their loading. Written by scripts/fhir/search.ts.
 * Source: the SearchParameters and CompartmentDefinition/patient of HL7 FHIR R4 4.0.1.
 */
import { readFileSync } from 'node:fs'

/**
 * JSON names joined by dots, the type at their end, the system of codes that have none of their own ('' for none),
 * and the one type (of a reference) or system (of a phone) that counts.
 */
export type PathRow = readonly [path: string, leaf: string, system?: string, only?: string]
export type ParameterRow = readonly [
  name: string, type: 'token' | 'string' | 'date' | 'reference', definition: string, paths: readonly PathRow[], target?: readonly string[],
]
export interface SearchTables {
  readonly fhir: string
  readonly types: Readonly<Record<string, readonly ParameterRow[]>>
  /** by type: the references that put a resource into a Patient's compartment, whom it is about first */
  readonly compartment: Readonly<Record<string, readonly PathRow[]>>
}

export const searchTables = JSON.parse(readFileSync(new URL('./generated/parameters.json', import.meta.url), 'utf8')) as SearchTables
