/** The stored form, and when two contents are the same. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { parseFhirJson } from '@bairn/fhir/json'
import type { Resource } from './contract.ts'
import { documentOf, isSameContent, textOf } from './document.ts'
import { newId, risingClock } from './numbers.ts'
import { findReferences, rewriteReferences } from './references.ts'

const read = (text: string): Resource => {
  const parsed = parseFhirJson(text)
  assert.ok(parsed.ok)
  return parsed.value as Resource
}
const MADE = { id: 'a', version: 3, updated: '2026-11-24T00:00:00.000Z' }

test('document: type, id and meta first, then everything as it came; meta keeps all but version and time', () => {
  assert.equal(textOf(documentOf(read('{"status":"final","meta":{"tag":[{"code":"x"}],"versionId":"9"},"resourceType":"Observation","id":"other","value":1E2}'), MADE)),
    '{"resourceType":"Observation","id":"a","meta":{"versionId":"3","lastUpdated":"2026-11-24T00:00:00.000Z","tag":[{"code":"x"}]},"status":"final","value":1E2}')
})

test('document: the same content is found whatever the order of keys and whatever meta the client sent; digits, order of lists and types tell apart', () => {
  const stored = { ...MADE, text: textOf(documentOf(read('{"resourceType":"X","a":[1,{"b":7.10}],"c":"1"}'), MADE)) }
  for (const same of ['{"resourceType":"X","a":[1,{"b":7.10}],"c":"1"}', '{"c":"1","a":[1,{"b":7.10}],"id":"zz","meta":{"versionId":"1"},"resourceType":"X"}']) assert.equal(isSameContent(read(same), stored), true, same)
  for (const other of ['{"resourceType":"X","a":[1,{"b":7.1}],"c":"1"}', '{"resourceType":"X","a":[{"b":7.10},1],"c":"1"}', '{"resourceType":"X","a":[1,{"b":7.10}],"c":1}', '{"resourceType":"X","a":[1,{"b":7.10}]}', '{"resourceType":"X","a":[1,{"b":7.10}],"c":"1","d":null}', '{"resourceType":"X","a":{"0":1,"1":{"b":7.10}},"c":"1"}'])
    assert.equal(isSameContent(read(other), stored), false, other)
})

test('references: what a resource refers to, with its place', () => {
  const found = findReferences(read(`{"resourceType":"Observation","subject":{"reference":"Patient/p1"},"performer":[{"reference":"#c"},{"reference":"http://here/fhir/Practitioner/n1/_history/2"},
    {"reference":"http://there/Practitioner/n1"},{"display":"somebody"},{"reference":"Practitioner?identifier=a|b"}],"contained":[{"x":{"reference":"urn:uuid:1"}}],"focus":[{"reference":"urn:isbn:1"},{"reference":"here"}]}`), 'http://here/fhir')
  assert.deepEqual(found.map(({ kind, where }) => `${kind} ${where}`), [
    'local Observation.subject.reference', 'local Observation.performer[1].reference', 'conditional Observation.performer[4].reference', 'lost Observation.contained[0].x.reference', 'lost Observation.focus[1].reference',
  ])
  assert.partialDeepStrictEqual(found[1], { type: 'Practitioner', id: 'n1' })
})

test('references: rewriting changes addresses only, and what is not changed is the same object', () => {
  const resource = read('{"resourceType":"X","text":{"div":"<a href=\\"urn:uuid:1#top\\">urn:uuid:1</a><img src=\'urn:uuid:2\'/>"},"a":{"reference":"urn:uuid:1"},"b":{"valueString":"urn:uuid:1","identifier":{"value":"urn:uuid:1"}},"c":{"valueUri":"urn:uuid:1"},"n":7.10}')
  assert.equal(textOf(rewriteReferences(resource, new Map([['urn:uuid:1', 'Patient/p1']]))),
    '{"resourceType":"X","text":{"div":"<a href=\\"Patient/p1#top\\">urn:uuid:1</a><img src=\'urn:uuid:2\'/>"},"a":{"reference":"Patient/p1"},"b":{"valueString":"urn:uuid:1","identifier":{"value":"urn:uuid:1"}},"c":{"valueUri":"Patient/p1"},"n":7.10}')
  assert.equal(rewriteReferences(resource, new Map()), resource)
})

test('numbers: ids sort by time and are UUIDs of version 7; the clock never goes back', () => {
  const ids = [1, 2, 1_700_000_000_000, 1_800_000_000_000].map((now) => newId(now))
  assert.deepEqual(ids.toSorted(), ids)
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  const times = [5, 9, 3, 10]
  const clock = risingClock(() => times.shift() ?? 0)
  assert.deepEqual([clock(), clock(), clock(), clock(), clock()], [5, 9, 9, 10, 10])
})
