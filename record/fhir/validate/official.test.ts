import assert from 'node:assert/strict'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { examplesFolder } from '../../../scripts/fhir/sources.ts'
import { parseFhirJson } from '../json.ts'
import { type TypeDefinition, getType } from './compile.ts'
import { type Place, nativeExpressions } from './invariants.ts'
import { evaluateByFhirpath } from './invariantsByFhirpath.ts'
import { validateResource } from './index.ts'
import type { Node } from './node.ts'
import { tables } from './tables.ts'

// Eleven bundles above 2 MB hold the standard's definitions a second time. StructureDefinitions run a hundred invariants
// through the library (8 ms each): every fifth is enough, and the four that are known to fail.
const known = new Map(readFileSync(new URL('./known-failures.txt', import.meta.url), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)] as const))
const files = readdirSync(examplesFolder).filter((name) => /^[A-Z].*\.json$/.test(name)).sort()
const isRead = (name: string, place: number): boolean => statSync(join(examplesFolder, name)).size < 2_000_000 && (!name.startsWith('StructureDefinition-') || place % 5 === 0)
const read = (name: string): Node => {
  const parsed = parseFhirJson(readFileSync(join(examplesFolder, name), 'utf8'))
  assert.ok(parsed.ok, name)
  return parsed.value as Node
}

test('fhir.validate accepts the official examples but for those that are wrong', () => {
  const chosen = files.filter((name, place) => known.has(name) || isRead(name, place))
  assert.ok(chosen.length > 4000, 'the examples are there')
  const refused = chosen.flatMap((name) => {
    const [issue] = validateResource(read(name))
    const key = issue?.text.params?.['key']
    return issue === undefined ? [] : [`${name}: ${issue.text.key}${key !== undefined && 'text' in key ? ` ${key.text}` : ''}`]
  })
  assert.deepEqual(refused, [...known].map(([name, reason]) => `${name}: ${/\(([^()]+)\)$/.exec(reason)?.[1]}`).sort())
})

test('fhir.validate: every translated invariant translates an official one', () => {
  const official = new Set(tables.invariants.map(([, expression]) => expression))
  assert.deepEqual(nativeExpressions().filter((expression) => !official.has(expression)), [])
})

test('fhir.validate: every invariant without a translation runs in the library', () => {
  const translated = new Set(nativeExpressions())
  for (const [type, row] of Object.entries(tables.types)) {
    for (const at of row.invariants ?? []) {
      const [, expression] = tables.invariants[at] as readonly [string, string, string]
      const node: Node = row.resource === undefined ? {} : { resourceType: type }
      if (!translated.has(expression)) evaluateByFhirpath(expression, type, node, { resource: node, container: node, bundle: () => undefined, copies: new WeakMap() })
    }
  }
})

// What the library says about each translated invariant, on the nodes of the examples as they are and with each optional member taken away.
const INCOMPARABLE: Readonly<Record<string, string>> = {
  'txt-1': 'htmlChecks is not in the library', 'txt-2': 'htmlChecks is not in the library', 'ctm-1': 'the library cannot resolve',
  'app-4': 'a slip of the standard, see invariants.ts', 'que-7': 'a slip of the standard, see invariants.ts',
  'eld-16': 'its regular expression does not run in JavaScript', 'eld-19': 'its regular expression does not run in JavaScript',
}
const DEFINITIONS = /^(?:ValueSet|CodeSystem|SearchParameter|StructureDefinition|ConceptMap|OperationDefinition|CapabilityStatement)-/
test('fhir.validate: translated invariants agree with the fhirpath library', () => {
  const counts = new Map<string, number>()
  const compare = (node: Node, type: TypeDefinition, place: Place, name: string): void => {
    for (const { key, expression, holds } of type.checks) {
      if (holds === undefined || INCOMPARABLE[key] !== undefined || (counts.get(key) ?? 0) >= 100) continue
      const variants = [node, ...Object.keys(node).filter((k) => k !== 'resourceType' && !type.required.some((r) => r.names.includes(k))).map((without) => Object.fromEntries(Object.entries(node).filter(([k]) => k !== without)))]
      for (const variant of variants) {
        const at = place.resource === node ? { ...place, resource: variant, container: variant } : place
        const official = evaluateByFhirpath(expression, type.name, variant, at)
        // Undecided there (a missing system compared with UCUM): the translation may refuse, as the reference validator does.
        if (official === undefined) continue
        counts.set(key, (counts.get(key) ?? 0) + 1)
        assert.equal(holds(variant, at), official, `${key} in ${name}: ${JSON.stringify(variant).slice(0, 600)}`)
      }
    }
  }
  for (const name of files.filter((file) => !DEFINITIONS.test(file) && statSync(join(examplesFolder, file)).size < 100_000)) visit(read(name), (node, type, place) => { compare(node, type, place, name) })
  assert.ok(counts.size >= 100, `${counts.size} invariants were compared: ${[...counts.keys()].join(' ')}`)
})

/** Every complex node of a resource with its type and place. */
function visit(resource: Node, found: (node: Node, type: TypeDefinition, place: Place) => void, container?: Node): void {
  const place: Place = { resource, container: container ?? resource, bundle: () => undefined, copies: new WeakMap() }
  const walk = (node: Node, type: TypeDefinition): void => {
    found(node, type, place)
    for (const [key, value] of Object.entries(node)) {
      const property = type.properties.get(key)
      if (property === undefined || property.primitive !== undefined || property.sibling) continue
      for (const item of (Array.isArray(value) ? value : [value]) as Node[]) {
        if (property.type !== 'Resource') walk(item, getType(property.type))
        else visit(item, found, key === 'contained' ? place.container : undefined)
      }
    }
  }
  walk(resource, getType(String(resource['resourceType'])))
}
