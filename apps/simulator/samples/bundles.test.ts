import assert from 'node:assert/strict'
import { test } from 'node:test'
import { childrenFromFhir, identityFromFhir, type Resource } from '@bairn/fhir'
import { validateResource } from '@bairn/fhir/validate'
import { addDays, dayOf, type Day } from '@bairn/quantities'
import { convertUcum } from '@bairn/quantities/ucum'
import { sampleBundles } from './bundles.ts'
import { STORIES } from './stories.ts'

const today = dayOf({ year: 2026, month: 11, day: 24 })
const bundles = sampleBundles(today)
/** What the record holds after loading: a later PUT takes the place of an earlier one. */
const resources = [...new Map(bundles.flatMap(({ entry }) => entry).map(({ resource, request }) => [request.url, resource])).values()]
const read = (on: Day) => childrenFromFhir(sampleBundles(on), { convert: convertUcum, on })

test('every bundle and every resource in it is valid R4', () => {
  for (const bundle of bundles) {
    assert.deepEqual(validateResource(bundle), [])
    for (const { resource } of bundle.entry) assert.deepEqual(validateResource(resource), [], JSON.stringify(resource))
  }
})
test('twelve children in six countries, each with a mother, a village and a phone', () => {
  const identities = resources.filter(({ resourceType }) => resourceType === 'Patient').map((patient) =>
    identityFromFhir([patient, ...resources.filter((each) => (each['patient'] as { reference?: string } | undefined)?.reference === `Patient/${patient.id}`)]))
  assert.equal(identities.length, 12)
  assert.equal(new Set(identities.map((identity) => identity?.country)).size, 6)
  for (const identity of identities) assert.ok(identity?.name !== undefined && identity.mother !== undefined && identity.village !== undefined && identity.phone !== undefined && identity.language !== undefined)
  assert.equal(identities.filter((identity) => identity?.multipleBirth).length, 2)
})
test('every reference leads to something that was loaded', () => {
  const known = new Set(resources.map((resource: Resource) => `${resource.resourceType}/${resource.id}`))
  const references = [...JSON.stringify(resources).matchAll(/"reference":"([^"]+)"/g)].map((match) => (match[1] as string).replace(/\/_history\/.*$/, ''))
  assert.deepEqual(references.filter((reference) => !known.has(reference)), [])
})
test('nothing lies after today, and the last visits are where the story says', () => {
  for (const child of read(today)) {
    const story = STORIES.find(({ id }) => child.id === `Patient/${id}`)
    assert.ok(story)
    assert.equal(child.measurements.reduce((last, { day }) => Math.max(last, day), 0), today - story.seen)
  }
})
test('every child is read back without an Issue', () => {
  const children = read(today)
  assert.deepEqual(children.flatMap(({ id, issues }) => issues.map(({ text }) => `${id} ${text.key}`)), [])
  assert.equal(children.length, 12)
})
test('a correction keeps what was typed first in an earlier bundle', () => {
  const versions = bundles.flatMap(({ entry }) => entry).filter(({ request }) => request.url === 'Observation/nusrat-visit-4-weight').map(({ resource }) => [resource['status'], (resource['valueQuantity'] as { value: number }).value])
  assert.deepEqual(versions, [['final', 90], ['corrected', 9]])
})
test('loaded on another day the stories are the same, shifted', () => {
  const later = addDays(today, 200)
  const shape = (on: Day) => read(on).map(({ id, measurements }) => [id, measurements.map(({ kind, day, value }) => [kind, on - day, value])])
  assert.deepEqual(shape(later), shape(today))
})
