/**
 * The declared search parameters, compiled from the generated table type by type. One table for the index, the queries and
 * the CapabilityStatement.
 */
import type { TokenFold } from './fold.ts'
import { type PathRow, searchTables } from './tables.ts'
import type { SearchParameter } from './types.ts'

const OFFICIAL = 'http://hl7.org/fhir/SearchParameter/'

/** Where a parameter reads: JSON names, the type at their end. */
export interface Path { readonly names: readonly string[]; readonly leaf: string; readonly system?: string; readonly only?: string }
export interface CompiledParameter extends SearchParameter { readonly paths: readonly Path[]; readonly fold: TokenFold }

const ID: SearchParameter = { name: '_id', type: 'token', definition: `${OFFICIAL}Resource-id`, target: [], modifiers: [] }

const compiled = new Map<string, readonly CompiledParameter[]>()
/** Without `_id`, which the store answers itself. */
export function parametersOf(type: string): readonly CompiledParameter[] {
  let made = compiled.get(type)
  if (made === undefined) {
    made = (searchTables.types[type] ?? []).map(([name, kind, definition, rows, target = []]) => {
      const paths = rows.map(toPath)
      const leaves = new Set(paths.map((path) => path.leaf))
      const fold: TokenFold = leaves.has('ContactPoint') ? 'phone' : leaves.has('Identifier') ? 'case' : 'none'
      return { name, type: kind, definition: OFFICIAL + definition, target, modifiers: kind === 'reference' ? target : [], paths, fold }
    })
    compiled.set(type, made)
  }
  return made
}

/** The references that put a resource of this type into a Patient's compartment, whom it is about first. */
export function compartmentPathsOf(type: string): readonly Path[] {
  let made = compartments.get(type)
  if (made === undefined) compartments.set(type, (made = (searchTables.compartment[type] ?? []).map(toPath)))
  return made
}
const compartments = new Map<string, readonly Path[]>()

/** The parameters declared for a type, `_id` first. */
export function searchParameters(type: string): readonly SearchParameter[] {
  return [ID, ...parametersOf(type).map(({ name, type: kind, definition, target, modifiers }) => ({ name, type: kind, definition, target, modifiers }))]
}

function toPath([path, leaf, system = '', only]: PathRow): Path {
  return { names: path.split('.'), leaf, ...(system === '' ? {} : { system }), ...(only === undefined ? {} : { only }) }
}
