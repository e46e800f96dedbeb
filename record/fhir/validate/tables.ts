/**
 * The shape of the generated tables (generated/tables.json) and their loading. Written by scripts/fhir/structures.ts.
 * Source: the StructureDefinitions, ValueSets and CodeSystems of HL7 FHIR R4 4.0.1.
 */
import { readFileSync } from 'node:fs'

/**
 * name, type (a list for value[x]; a path such as `Observation.component` for a part of its own), least number,
 * 1 where it is a list, place in `valueSets` (required codes) or -1, place in `targets` or -1, places in `invariants`.
 */
export type ElementRow = readonly [
  name: string, type: string | readonly string[], min: number, list: 0 | 1, valueSet?: number, targets?: number, invariants?: readonly number[],
]
export interface TypeRow {
  readonly base?: string
  readonly resource?: 'abstract' | 'concrete'
  readonly elements: readonly ElementRow[]
  readonly invariants?: readonly number[]
}
/** Each list begins with its system. */
export type ValueSetRow = readonly (readonly [system: string, ...codes: string[]])[]
export interface Tables {
  readonly fhir: string
  readonly types: Readonly<Record<string, TypeRow>>
  readonly valueSets: readonly ValueSetRow[]
  readonly targets: readonly (readonly string[])[]
  /** key, FHIRPath, the standard's own words */
  readonly invariants: readonly (readonly [key: string, expression: string, human: string])[]
}

export const tables = JSON.parse(readFileSync(new URL('./generated/tables.json', import.meta.url), 'utf8')) as Tables
