/**
 * Turns the official search parameters that Bairn declares, and the patient compartment, into plain paths through JSON.
 * An expression that is more than a path, a choice of type, `resolve() is X` or `system='phone'` stops the generation.
 */
import type { PathRow, ParameterRow, SearchTables } from '../../record/fhir/search/tables.ts'
import type { ElementRow, Tables } from '../../record/fhir/validate/tables.ts'
import { type CompartmentDefinition, type SearchParameterDefinition, readDefinitions } from './sources.ts'

/** Names, whatever the type. `_id` is the store's own. More are added when a test shows them. */
const DECLARED = [
  'identifier', 'name', 'family', 'given', 'birthdate', 'gender', 'phone', 'address', 'address-city', 'address-state', 'address-postalcode', 'address-country',
  'patient', 'subject', 'code', 'date', 'status',
]
const LEAVES: Readonly<Record<string, readonly string[]>> = {
  token: ['code', 'Coding', 'CodeableConcept', 'Identifier', 'ContactPoint', 'boolean', 'string', 'uri', 'id'],
  string: ['string', 'markdown', 'HumanName', 'Address'],
  date: ['date', 'dateTime', 'instant', 'Period', 'Timing'],
  reference: ['Reference'],
}
// Whom a resource is about comes first, then who else reaches it.
const ABOUT = ['patient', 'subject', 'individual', 'beneficiary', 'member', 'link']

export function makeSearchTables(tables: Tables): SearchTables {
  const parameters = readDefinitions<SearchParameterDefinition>('SearchParameter')
  const findParameter = (type: string, code: string): SearchParameterDefinition | undefined =>
    parameters.find((p) => p.code === code && p.base?.includes(type) === true && p.url.startsWith('http://hl7.org/fhir/SearchParameter/') && p.expression !== undefined)

  const types: Record<string, readonly ParameterRow[]> = {}
  for (const [type, row] of Object.entries(tables.types)) {
    if (row.resource !== 'concrete') continue
    const rows = DECLARED.flatMap((code): ParameterRow[] => {
      const found = findParameter(type, code)
      if (found === undefined || LEAVES[found.type] === undefined) return []
      const paths = pathsOf(found, type, tables).filter(([, leaf]) => LEAVES[found.type]?.includes(leaf) === true)
      if (paths.length === 0) throw new Error(`${type} ${code}: no path in ${found.expression}`)
      const target = found.type === 'reference' ? targetsOf(type, found, tables) : []
      const base = [code, found.type as ParameterRow[1], found.url.slice('http://hl7.org/fhir/SearchParameter/'.length), paths] as const
      return [target.length === 0 ? base : [...base, target]]
    })
    if (rows.length > 0) types[type] = rows
  }

  const compartment: Record<string, readonly PathRow[]> = {}
  const [definition] = readDefinitions<CompartmentDefinition>('CompartmentDefinition').filter((d) => (d as unknown as { code: string }).code === 'Patient' && d.resource !== undefined && d.resource.length > 10)
  for (const { code: type, param = [] } of definition?.resource ?? []) {
    const order = [...param].sort((a, b) => place(a) - place(b))
    const paths = order.flatMap((name) => {
      const found = findParameter(type, name)
      if (found === undefined) throw new Error(`patient compartment of ${type}: no parameter ${name}`)
      return pathsOf(found, type, tables).filter(([, leaf]) => leaf === 'Reference')
    })
    const rows = paths.filter((row, i) => paths.findIndex((other) => other[0] === row[0]) === i).map(([path]): PathRow => [path, 'Reference'])
    if (rows.length > 0) compartment[type] = rows
  }
  return { fhir: tables.fhir, types, compartment }
}
const place = (name: string): number => (ABOUT.includes(name) ? ABOUT.indexOf(name) : ABOUT.length)

/** The paths of a parameter for one type: path in JSON names, type at its end, and the system that codes of a required list have. */
function pathsOf(parameter: SearchParameterDefinition, type: string, tables: Tables): readonly PathRow[] {
  const parts = (parameter.expression as string).split('|').map((part) => part.trim().replace(/^\((.*)\)$/, '$1').trim())
  const own = parts.map((part) => (parameter.base.length === 1 && !/^[A-Z]/.test(part) ? `${type}.${part}` : part)).filter((part) => part.startsWith(`${type}.`))
  return own.flatMap((part) => {
    const match = /^[A-Za-z]+\.([A-Za-z.]+?)(?:\.ofType\((\w+)\)| as (\w+))?(?:\.where\(resolve\(\) is (\w+)\)|\.where\(system='(\w+)'\))?$/.exec(part)
    if (match === null) throw new Error(`${parameter.url}: more than a path: ${part}`)
    const [, path, ofType, asType, target, system] = match
    const leaves = resolve(type, (path as string).split('.'), tables)
    const chosen = leaves.filter(([, leaf]) => (ofType ?? asType) === undefined || leaf === (ofType ?? asType))
    const only = target ?? system
    return chosen.map(([json, leaf, codes]): PathRow => (only !== undefined ? [json, leaf, '', only] : codes !== undefined ? [json, leaf, codes] : [json, leaf]))
  })
}

type Leaf = readonly [path: string, type: string, system?: string]
function resolve(type: string, segments: readonly string[], tables: Tables): readonly Leaf[] {
  const [first, ...rest] = segments
  const row = findElement(type, first as string, tables)
  const ends: (readonly [string, string])[] = typeof row[1] === 'string' ? [[first as string, row[1]]]
    : row[1].map((code) => [`${first}${(code[0] as string).toUpperCase()}${code.slice(1)}`, code] as const)
  if (rest.length > 0) return ends.flatMap(([json, end]) => resolve(end, rest, tables).map(([tail, leaf, system]): Leaf => (system === undefined ? [`${json}.${tail}`, leaf] : [`${json}.${tail}`, leaf, system])))
  const systems = row[4] === undefined || row[4] === -1 ? [] : tables.valueSets[row[4]] ?? []
  const system = systems.length === 1 ? systems[0]?.[0] : undefined
  return ends.map(([json, end]) => (end === 'code' && system !== undefined ? [json, end, system] : [json, end]))
}

function findElement(type: string, name: string, tables: Tables): ElementRow {
  for (let at = tables.types[type]; at !== undefined; at = at.base === undefined ? undefined : tables.types[at.base]) {
    const row = at.elements.find(([element]) => element === name || element === `${name}[x]`)
    if (row !== undefined) return row
  }
  throw new Error(`no element ${type}.${name}`)
}

/** The types that the parameter may point at: those of the element, and Patient alone where the expression says so. */
function targetsOf(type: string, parameter: SearchParameterDefinition, tables: Tables): readonly string[] {
  const paths = pathsOf(parameter, type, tables)
  const only = [...new Set(paths.flatMap(([, , , target]) => (target === undefined ? [] : [target])))]
  if (only.length > 0) return only
  const ends = paths.map(([path]) => {
    const segments = path.split('.')
    let at = type
    for (const segment of segments.slice(0, -1)) at = findElement(at, segment, tables)[1] as string
    const place = findElement(at, segments.at(-1) as string, tables)[5]
    return place === undefined || place === -1 ? undefined : tables.targets[place]
  })
  return ends.includes(undefined) ? [] : [...new Set(ends.flatMap((targets) => targets ?? []))]
}
