/** Entries of a bundle: what is taken, and what is refused by name. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { readEntry } from './bundleEntries.ts'

const patient = { resourceType: 'Patient', id: 'p1' }
const entry = (method: unknown, url: unknown, more: object = {}, request: object = {}): unknown => ({ ...more, request: { method, url, ...request } })

test('bundle.entry: POST, PUT, DELETE and GET with their addresses, relative or on the own base', () => {
  for (const { given, taken } of [
    { given: entry('POST', 'Patient', { resource: patient, fullUrl: 'urn:uuid:1' }), taken: { method: 'POST', type: 'Patient', fullUrl: 'urn:uuid:1' } },
    { given: entry('PUT', '/Patient/p1', { resource: patient }, { ifMatch: 'W/"3"' }), taken: { method: 'PUT', id: 'p1', ifMatch: 3 } },
    { given: entry('PUT', 'http://here/fhir/Patient/p1', { resource: patient }, { ifNoneMatch: '*' }), taken: { id: 'p1', ifNoneMatch: '*' } },
    { given: entry('DELETE', 'Patient/p1', {}, { ifMatch: '"4"' }), taken: { method: 'DELETE', id: 'p1', ifMatch: 4 } },
    { given: entry('GET', 'Patient/p1/_history/2'), taken: { method: 'GET', id: 'p1', version: 2 } },
    { given: entry('GET', 'Patient?name=a&_count=2'), taken: { type: 'Patient', query: 'name=a&_count=2' } },
    { given: entry('GET', 'Patient'), taken: { type: 'Patient', query: '' } },
  ]) assert.partialDeepStrictEqual(readEntry(given, 0, 'http://here/fhir'), { ok: true, entry: taken })
})

test('bundle.entry: everything else is refused with what is wrong', () => {
  for (const { given, what } of [
    { given: {}, what: 'request' }, { given: null, what: 'request' }, { given: { request: [] }, what: 'request' },
    { given: entry(undefined, 'Patient'), what: 'method' }, { given: entry('FETCH', 'Patient'), what: 'method' },
    { given: entry('PATCH', 'Patient/p1'), what: 'notSupported' }, { given: entry('HEAD', 'Patient/p1'), what: 'notSupported' },
    { given: entry('POST', 'Patient', { resource: patient }, { ifNoneExist: 'identifier=1' }), what: 'notSupported' },
    { given: entry('PUT', 'Patient?identifier=1', { resource: patient }), what: 'notSupported' }, { given: entry('DELETE', 'Patient?identifier=1'), what: 'notSupported' },
    { given: entry('POST', 'Patient/p1', { resource: patient }), what: 'url' }, { given: entry('POST', 7, { resource: patient }), what: 'url' },
    { given: entry('GET', 'http://elsewhere/fhir/Patient/p1'), what: 'url' }, { given: entry('GET', 'Patient/p1/$everything'), what: 'url' }, { given: entry('PUT', 'Patient', { resource: patient }), what: 'url' },
    { given: entry('POST', 'Patient'), what: 'resource' }, { given: entry('PUT', 'Patient/p1', { resource: [patient] }), what: 'resource' },
    { given: entry('POST', 'Observation', { resource: patient }), what: 'typeMismatch' }, { given: entry('PUT', 'Patient/p2', { resource: patient }), what: 'idMismatch' },
    { given: entry('PUT', 'Patient/p1', { resource: patient }, { ifMatch: '3' }), what: 'precondition' }, { given: entry('PUT', 'Patient/p1', { resource: patient }, { ifNoneMatch: 'W/"1"' }), what: 'precondition' },
  ]) {
    const result = readEntry(given, 5, 'http://here/fhir')
    assert.partialDeepStrictEqual(result, { ok: false, problem: { kind: 'bundle', what, entry: 5 } }, JSON.stringify(given))
  }
})
