import assert from 'node:assert/strict'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { type SearchParameterDefinition, examplesFolder, readDefinitions } from '../../../scripts/fhir/sources.ts'
import { walk } from './keys.ts'
import { parametersOf } from './parameters.ts'

const require = createRequire(import.meta.url)
interface Fhirpath { readonly compile: (expression: string, model: unknown) => (resource: unknown, variables: object) => readonly unknown[] }
const fhirpath = require('fhirpath') as Fhirpath
const model: unknown = require('fhirpath/fhir-context/r4')

test('fhir.search.keys: every path finds in the official examples what the official expression finds', () => {
  const definitions = new Map(readDefinitions<SearchParameterDefinition>('SearchParameter').map((d) => [d.url, d]))
  const compiled = new Map<string, (resource: unknown, variables: object) => readonly unknown[]>()
  const parameters = new Set<string>()
  let values = 0
  for (const name of readdirSync(examplesFolder).filter((file) => /^[A-Z].*\.json$/.test(file) && !/^(?:Bundle|SearchParameter|CodeSystem|ValueSet|StructureDefinition)-/.test(file) && statSync(join(examplesFolder, file)).size < 200_000)) {
    const resource = JSON.parse(readFileSync(join(examplesFolder, name), 'utf8')) as Record<string, unknown>
    const type = String(resource['resourceType'])
    for (const parameter of parametersOf(type)) {
      const key = `${type} ${parameter.name}`
      let run = compiled.get(key)
      if (run === undefined) {
        // Only what this type has; resolve() cannot run here, so the paths are compared without their filters.
        const expression = (definitions.get(parameter.definition)?.expression ?? '').split('|').map((part) => part.trim())
          .filter((part) => !/^\(?[A-Z]/.test(part) || part.replace('(', '').startsWith(`${type}.`)).join(' | ').replaceAll(/\.where\((?:resolve\(\) is \w+|system='\w+')\)/g, '')
          // `as` is for one value; the published expressions use it on lists
          .replaceAll(/ as (\w+)/g, '.ofType($1)')
        compiled.set(key, (run = fhirpath.compile(expression, model)))
      }
      const isLeaf = (value: unknown): boolean => parameter.type !== 'date' || typeof value === 'object' || /^\d{4}/.test(String(value))
      const official = run(resource, {}).filter(isLeaf).map((value) => JSON.stringify(value)).sort()
      const ours = parameter.paths.flatMap((path) => [...walk(resource, path.names, 0)]).map((value) => JSON.stringify(value)).sort()
      assert.deepEqual([...new Set(ours)], [...new Set(official)], `${name}: ${parameter.name}`)
      values += ours.length
      if (ours.length > 0) parameters.add(key)
    }
  }
  assert.ok(values > 2000 && parameters.size > 300, `${values} values of ${parameters.size} parameters were compared`)
})
