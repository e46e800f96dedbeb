/**
 * Turns the official StructureDefinitions into the validator's tables: types, their elements, required code lists and invariants.
 * Compact on purpose: rows are arrays, code lists and target lists stand once and are pointed at.
 */
import type { Tables, TypeRow, ElementRow, ValueSetRow } from '../../record/fhir/validate/tables.ts'
import { type CodeSystem, type Concept, type Constraint, type ElementDefinition, type StructureDefinition, type ValueSet, readDefinitions } from './sources.ts'

const PROFILE = 'http://hl7.org/fhir/StructureDefinition/'
// Held by the tables themselves: no empty element (ele-1), extension or value (ext-1).
const STRUCTURAL = new Set(['ele-1', 'ext-1'])

export function makeTables(): Tables {
  const definitions = readDefinitions<StructureDefinition>('StructureDefinition').filter(isOwnType).sort((a, b) => (a.name < b.name ? -1 : 1))
  const expand = makeExpansion()
  const valueSets = makePool<ValueSetRow>()
  const targets = makePool<readonly string[]>()
  const invariants = makePool<readonly [string, string, string]>()
  const types: Record<string, TypeRow> = {}
  const full: Record<string, { readonly rows: readonly ElementRow[]; readonly constraints: readonly string[] }> = {}

  for (const definition of inOrderOfBase(definitions)) {
    const elements = definition.snapshot.element
    const owners = elements.filter((element, index) => index === 0 || isOwner(element, elements))
    for (const owner of owners) {
      const name = owner.path === definition.type ? definition.name : owner.path
      const base = owner === elements[0] ? definition.baseDefinition?.replace(PROFILE, '') : owner.type?.[0]?.code
      const inherited = base === undefined ? undefined : full[base]
      const rows = childrenOf(owner, elements).map((element) => inheritedRow(element, inherited?.rows) ?? toRow(element, isOwner(element, elements)))
      const constraints = errors(owner).map((c) => c.key)
      full[name] = { rows, constraints }
      const own = rows.filter((row) => !inherited?.rows.some((b) => JSON.stringify(b) === JSON.stringify(row)))
      const checks = errors(owner).filter((c) => !inherited?.constraints.includes(c.key) && !isInherited(c.key, base)).map(toInvariant)
      types[name] = {
        ...(base === undefined ? {} : { base }),
        ...(definition.kind === 'resource' && owner === elements[0] ? { resource: definition.abstract ? 'abstract' as const : 'concrete' as const } : {}),
        elements: own,
        ...(checks.length === 0 ? {} : { invariants: checks }),
      }
    }
  }
  return { fhir: '4.0.1', types, valueSets: valueSets.all, targets: targets.all, invariants: invariants.all }

  function isInherited(key: string, base: string | undefined): boolean {
    for (let at = base; at !== undefined; at = types[at]?.base) if (full[at]?.constraints.includes(key)) return true
    return false
  }
  function toInvariant(constraint: Constraint): number {
    return invariants.at([constraint.key, constraint.expression as string, constraint.human.trim()])
  }
  function toRow(element: ElementDefinition, owner: boolean): ElementRow {
    const name = element.path.slice(element.path.lastIndexOf('.') + 1)
    // Resource.id says `string` of itself (a known slip of 4.0.1); resource.html and its own type `id` say what is meant.
    const codes = element.path === 'Resource.id' ? ['id']
      : element.contentReference !== undefined ? [element.contentReference.slice(element.contentReference.indexOf('#') + 1)]
      : owner ? [element.path] : (element.type ?? []).map(typeOf)
    const target = [...new Set((element.type ?? []).filter((t) => t.code === 'Reference').flatMap((t) => t.targetProfile ?? []).map((url) => url.replace(PROFILE, '')))]
    const codesAllowed = element.binding?.strength === 'required' && element.binding.valueSet !== undefined ? expand(element.binding.valueSet) : undefined
    const own = owner ? [] : errors(element).map(toInvariant)
    const row: (string | number | readonly string[] | readonly number[])[] = [
      name,
      codes.length === 1 ? (codes[0] as string) : codes,
      element.min,
      element.max === '1' ? 0 : 1,
      codesAllowed === undefined ? -1 : valueSets.at(codesAllowed),
      target.length === 0 || target.includes('Resource') ? -1 : targets.at(target),
      own,
    ]
    while (row.length > 4 && (row.at(-1) === -1 || (Array.isArray(row.at(-1)) && (row.at(-1) as []).length === 0))) row.pop()
    return row as unknown as ElementRow
  }
}

/** Data types and resources of R4 itself, and the two restricted quantities that elements name. Logical models and profiles are left out. */
function isOwnType(definition: StructureDefinition): boolean {
  if (definition.name === 'SimpleQuantity' || definition.name === 'MoneyQuantity') return true
  return definition.derivation !== 'constraint' && ['resource', 'complex-type'].includes(definition.kind)
}
function inOrderOfBase(definitions: readonly StructureDefinition[]): StructureDefinition[] {
  const depth = (definition: StructureDefinition): number => {
    const base = definitions.find((d) => d.name === definition.baseDefinition?.replace(PROFILE, ''))
    return base === undefined ? 0 : depth(base) + 1
  }
  return [...definitions].sort((a, b) => depth(a) - depth(b))
}
/** The id of a resource, as Resource says it (see toRow). */
function inheritedRow(element: ElementDefinition, base: readonly ElementRow[] | undefined): ElementRow | undefined {
  return /^[A-Z][A-Za-z]+\.id$/.test(element.path) ? base?.find((row) => row[0] === 'id') : undefined
}
/** An element with children of its own: it becomes a type named by its path. */
function isOwner(element: ElementDefinition, elements: readonly ElementDefinition[]): boolean {
  return element.path.includes('.') && elements.some((other) => other.path.startsWith(`${element.path}.`))
}
function childrenOf(owner: ElementDefinition, elements: readonly ElementDefinition[]): ElementDefinition[] {
  return elements.filter((e) => e.max !== '0' && e.path.startsWith(`${owner.path}.`) && !e.path.slice(owner.path.length + 1).includes('.'))
}
/** A FHIR type; `System.String` stands for the id of elements and for url of Extension, which say their FHIR type in an extension. */
function typeOf(type: ElementType): string {
  const restricted = type.profile?.map((url) => url.replace(PROFILE, '')).find((name) => name === 'SimpleQuantity' || name === 'MoneyQuantity')
  if (restricted !== undefined) return restricted
  if (!type.code.startsWith('http://hl7.org/fhirpath/')) return type.code
  return type.extension?.find((e) => e.url.endsWith('structuredefinition-fhir-type'))?.valueUrl ?? 'string'
}
type ElementType = NonNullable<ElementDefinition['type']>[number]

function errors(element: ElementDefinition): Constraint[] {
  return (element.constraint ?? []).filter((c) => c.severity === 'error' && c.expression !== undefined && !STRUCTURAL.has(c.key))
}

/** Value sets as lists of codes by system; undefined where a set names a system that is not listed (media types, currencies, UCUM). */
function makeExpansion(): (canonical: string) => ValueSetRow | undefined {
  const sets = new Map(readDefinitions<ValueSet>('ValueSet').map((set) => [set.url, set]))
  const systems = new Map(readDefinitions<CodeSystem>('CodeSystem').map((system) => [system.url, system]))
  const flatten = (concepts: readonly Concept[]): string[] => concepts.flatMap((c) => [c.code, ...flatten(c.concept ?? [])])
  return (canonical) => {
    const compose = sets.get(canonical.split('|')[0] as string)?.compose
    if (compose === undefined || compose.exclude !== undefined) return undefined
    const rows: [string, ...string[]][] = []
    for (const { system, concept, filter, valueSet } of compose.include) {
      const known = system === undefined ? undefined : systems.get(system)
      const codes = concept ?? (known?.content === 'complete' ? known.concept : undefined)
      if (system === undefined || filter !== undefined || valueSet !== undefined || codes === undefined) return undefined
      rows.push([system, ...flatten(codes)])
    }
    return rows
  }
}

function makePool<T>(): { readonly all: T[]; readonly at: (item: T) => number } {
  const all: T[] = []
  const places = new Map<string, number>()
  return {
    all,
    at: (item) => {
      const key = JSON.stringify(item)
      const place = places.get(key) ?? all.push(item) - 1
      places.set(key, place)
      return place
    },
  }
}
