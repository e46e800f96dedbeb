/**
 * What FHIR R4 servers most often get wrong, as a table over the running server. Each test names what it shows; at the end the
 * CapabilityStatement is compared with the sum: nothing is claimed that no test shows, and nothing shown goes unclaimed.
 * Source: HL7 FHIR R4 4.0.1, http.html and search.html; the order is that of the pages.
 */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { RESOURCE_TYPES } from '@bairn/fhir/validate'
import { bairn, FHIR, issuesOf, list, newHome, pick, removeHome, serve, type Answer, type Ask } from './harness.ts'

let server: Awaited<ReturnType<typeof serve>>
let ask: Ask
before(async () => {
  server = await serve()
  ask = server.ask
})
after(() => server.end())

const shown = new Set<string>()
/** A test that shows claims of the CapabilityStatement. */
function shows(claims: readonly string[], name: string, run: () => Promise<void>): void {
  for (const claim of claims) shown.add(claim)
  test(name, run)
}

let made = 0
const newId = (): string => `test-${++made}`
const patient = (id: string, more: object = {}): object => ({ resourceType: 'Patient', id, name: [{ text: 'Amina' }], birthDate: '2025-05-02', ...more })
const weight = (id: string, child: string, more: object = {}): object => ({
  resourceType: 'Observation', id, status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] }, subject: { reference: `Patient/${child}` },
  effectiveDateTime: '2026-05-02', valueQuantity: { value: 7.4, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' }, ...more,
})
const put = async (resource: object): Promise<Answer> => {
  const { resourceType, id } = resource as { readonly resourceType: string; readonly id: string }
  const answer = await ask('PUT', `/fhir/${resourceType}/${id}`, resource)
  assert.ok(answer.status === 200 || answer.status === 201, answer.text)
  return answer
}
const newChild = async (more: object = {}): Promise<string> => {
  const id = newId()
  await put(patient(id, more))
  return id
}
const ids = ({ json }: Answer): readonly unknown[] => list(pick(json, 'entry')).map((entry) => pick(entry, 'resource', 'id'))
const without = (text: string): unknown => {
  const { meta: _, ...rest } = JSON.parse(text) as Record<string, unknown>
  return rest
}

// ---- create, read, update, delete

shows(['create'], 'create: the server makes the id, whatever the client sent; 201 with Location, ETag and Last-Modified', async () => {
  const answer = await ask('POST', '/fhir/Patient', patient('mine'))
  assert.equal(answer.status, 201)
  const id = pick(answer.json, 'id')
  assert.notEqual(id, 'mine')
  assert.equal(answer.headers.get('location'), `${server.url}/fhir/Patient/${String(id)}/_history/1`)
  assert.equal(answer.headers.get('etag'), 'W/"1"')
  assert.equal(new Date(answer.headers.get('last-modified') ?? '').toUTCString(), answer.headers.get('last-modified'))
  assert.equal(answer.headers.get('content-type'), 'application/fhir+json; charset=utf-8')
})

shows(['read'], 'read: what was written, digit by digit, with the server\'s meta', async () => {
  const child = await newChild()
  const id = newId()
  const text = JSON.stringify(weight(id, child, { valueQuantity: { value: 'X', unit: 'kg' }, extension: [{ url: 'urn:x', valueDecimal: 'Y' }] })).replace('"X"', '7.10').replace('"Y"', '1E2')
  assert.equal((await ask('PUT', `/fhir/Observation/${id}`, text)).status, 201)
  const answer = await ask('GET', `/fhir/Observation/${id}`)
  assert.match(answer.text, /"value":7\.10,/)
  assert.match(answer.text, /"valueDecimal":1E2}/)
  assert.deepEqual(without(answer.text), without(text))
  assert.deepEqual(Object.keys(pick(answer.json, 'meta') as object), ['versionId', 'lastUpdated'])
})

shows([], 'read: HEAD answers like GET without the body', async () => {
  const id = await newChild()
  const answer = await ask('HEAD', `/fhir/Patient/${id}`)
  assert.deepEqual([answer.status, answer.headers.get('etag'), answer.text], [200, 'W/"1"', ''])
})

shows(['conditionalRead full-support'], 'read: If-None-Match and If-Modified-Since answer 304 for what the reader has', async () => {
  const id = await newChild()
  const { headers } = await ask('GET', `/fhir/Patient/${id}`)
  const status = async (given: Readonly<Record<string, string>>): Promise<number> => (await ask('GET', `/fhir/Patient/${id}`, undefined, given)).status
  assert.equal(await status({ 'if-none-match': 'W/"1"' }), 304)
  assert.equal(await status({ 'if-none-match': '"0", W/"1"' }), 304)
  assert.equal(await status({ 'if-none-match': 'W/"2"' }), 200)
  assert.equal(await status({ 'if-modified-since': headers.get('last-modified') ?? '' }), 304)
  assert.equal(await status({ 'if-modified-since': 'Thu, 01 Jan 2015 00:00:00 GMT' }), 200)
})

shows(['update', 'updateCreate true', 'versioning versioned-update'], 'update: an unknown id is made (201), a known one gets the next version (200), the same content none', async () => {
  const id = newId()
  assert.equal((await ask('PUT', `/fhir/Patient/${id}`, patient(id))).status, 201)
  const changed = await ask('PUT', `/fhir/Patient/${id}`, patient(id, { gender: 'female' }))
  assert.deepEqual([changed.status, changed.headers.get('etag'), changed.headers.get('location')], [200, 'W/"2"', `${server.url}/fhir/Patient/${id}/_history/2`])
  assert.equal((await ask('PUT', `/fhir/Patient/${id}`, patient(id, { gender: 'female' }))).headers.get('etag'), 'W/"2"')
})

shows([], 'update: the id of body and address must be the same, and so must the type', async () => {
  const id = newId()
  assert.deepEqual([(await ask('PUT', `/fhir/Patient/${id}`, patient('other'))).status, (await ask('PUT', `/fhir/Patient/${id}`, weight(id, 'x'))).status], [400, 400])
  const { id: _, ...nameless } = patient(id) as Record<string, unknown>
  const answer = await ask('PUT', `/fhir/Patient/${id}`, nameless)
  assert.deepEqual([answer.status, issuesOf(answer), pick(answer.json, 'issue', 0, 'expression')], [400, ['problem.fhir.noId'], ['Patient.id']])
  assert.equal((await ask('PUT', '/fhir/Patient/not_an_id', patient('not_an_id'))).status, 400)
})

shows([], 'update: versionId and lastUpdated are the server\'s; tags, security and profiles stay', async () => {
  const id = newId()
  const meta = { versionId: '77', lastUpdated: '2001-01-01T00:00:00Z', profile: ['http://example.org/p'], tag: [{ system: 'urn:t', code: 'a' }], security: [{ system: 'urn:s', code: 'b' }] }
  const { json } = await put(patient(id, { meta }))
  assert.equal(pick(json, 'meta', 'versionId'), '1')
  assert.notEqual(pick(json, 'meta', 'lastUpdated'), meta.lastUpdated)
  assert.deepEqual([pick(json, 'meta', 'profile'), pick(json, 'meta', 'tag'), pick(json, 'meta', 'security')], [meta.profile, meta.tag, meta.security])
})

shows([], 'update: If-Match with an old version is 412 and changes nothing; with the current one it is done', async () => {
  const id = await newChild()
  await put(patient(id, { gender: 'male' }))
  const stale = await ask('PUT', `/fhir/Patient/${id}`, patient(id, { gender: 'female' }), { 'if-match': 'W/"1"' })
  assert.deepEqual([stale.status, issuesOf(stale), stale.headers.get('etag')], [412, ['store.conflict'], 'W/"2"'])
  assert.equal(pick((await ask('GET', `/fhir/Patient/${id}`)).json, 'gender'), 'male')
  assert.equal((await ask('PUT', `/fhir/Patient/${id}`, patient(id, { gender: 'female' }), { 'if-match': 'W/"2"' })).status, 200)
  assert.equal((await ask('PUT', `/fhir/Patient/${id}`, patient(id), { 'if-match': 'three' })).status, 400)
  const nowhere = newId()
  assert.equal((await ask('PUT', `/fhir/Patient/${nowhere}`, patient(nowhere), { 'if-match': 'W/"1"' })).status, 412)
})

shows([], 'update: If-None-Match: * makes one of many sends, and never writes over another', async () => {
  const id = newId()
  const send = (more = {}): Promise<Answer> => ask('PUT', `/fhir/Patient/${id}`, patient(id, more), { 'if-none-match': '*' })
  const answers = await Promise.all(Array.from({ length: 8 }, () => send()))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 200, 200, 200, 200, 200, 201])
  assert.deepEqual([(await send({ gender: 'male' })).status, pick((await ask('GET', `/fhir/Patient/${id}/_history`)).json, 'total')], [412, 1])
})

shows([], 'update: of two with one version in hand, one wins', async () => {
  const id = await newChild()
  const answers = await Promise.all(['male', 'female'].map((gender) => ask('PUT', `/fhir/Patient/${id}`, patient(id, { gender }), { 'if-match': 'W/"1"' })))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412])
})

shows(['delete'], 'delete: gone from reading (410) and search at once; versions stay; again is 204; a new one begins with the next version', async () => {
  const id = await newChild({ identifier: [{ system: 'urn:del', value: 'd1' }] })
  assert.equal((await ask('DELETE', `/fhir/Patient/${id}`)).status, 204)
  assert.deepEqual([(await ask('GET', `/fhir/Patient/${id}`)).status, (await ask('GET', `/fhir/Patient/${id}/_history/1`)).status, (await ask('GET', `/fhir/Patient/${id}/_history/2`)).status], [410, 200, 410])
  assert.equal(pick((await ask('GET', '/fhir/Patient?identifier=urn:del|d1')).json, 'total'), 0)
  const entries = list(pick((await ask('GET', `/fhir/Patient/${id}/_history`)).json, 'entry'))
  assert.deepEqual(entries.map((entry) => [pick(entry, 'request', 'method'), pick(entry, 'resource') !== undefined]), [['DELETE', false], ['PUT', true]])
  assert.deepEqual([(await ask('DELETE', `/fhir/Patient/${id}`)).status, (await ask('DELETE', '/fhir/Patient/never-was')).status], [204, 204])
  assert.equal((await put(patient(id))).headers.get('etag'), 'W/"3"')
})

shows([], 'delete: If-Match holds here too', async () => {
  const id = await newChild()
  await put(patient(id, { gender: 'male' }))
  assert.equal((await ask('DELETE', `/fhir/Patient/${id}`, undefined, { 'if-match': 'W/"1"' })).status, 412)
  assert.equal((await ask('DELETE', `/fhir/Patient/${id}`, undefined, { 'if-match': 'W/"2"' })).status, 204)
})

shows(['vread'], 'vread: each version as it was; one that never was is 404', async () => {
  const id = await newChild()
  await put(patient(id, { gender: 'male' }))
  const [first, second] = [await ask('GET', `/fhir/Patient/${id}/_history/1`), await ask('GET', `/fhir/Patient/${id}/_history/2`)]
  assert.deepEqual([pick(first.json, 'gender'), pick(second.json, 'gender'), first.headers.get('etag')], [undefined, 'male', 'W/"1"'])
  for (const version of ['3', '0', 'abc']) assert.equal((await ask('GET', `/fhir/Patient/${id}/_history/${version}`)).status, 404, version)
})

shows(['history-instance', 'readHistory true'], 'history: newest first, one entry a version with request and response, in pages', async () => {
  const id = await newChild()
  for (let i = 0; i < 4; i++) await put(patient(id, { multipleBirthInteger: i + 1 }))
  const first = await ask('GET', `/fhir/Patient/${id}/_history?_count=2`)
  assert.deepEqual([pick(first.json, 'type'), pick(first.json, 'total'), list(pick(first.json, 'entry')).map((entry) => pick(entry, 'response', 'etag'))], ['history', 5, ['W/"5"', 'W/"4"']])
  for (const entry of list(pick(first.json, 'entry'))) {
    assert.equal(pick(entry, 'fullUrl'), `${server.url}/fhir/Patient/${id}`)
    assert.deepEqual(pick(entry, 'request'), { method: 'PUT', url: `Patient/${id}` })
    assert.equal(typeof pick(entry, 'response', 'lastModified'), 'string')
  }
  const versions = (await pages(first)).flatMap((page) => list(pick(page.json, 'entry')).map((entry) => pick(entry, 'resource', 'meta', 'versionId')))
  assert.deepEqual(versions, ['5', '4', '3', '2', '1'])
})

shows([], 'Prefer: return=minimal, representation, OperationOutcome', async () => {
  const send = async (prefer: string): Promise<readonly unknown[]> => {
    const id = newId()
    const { status, text, json } = await ask('PUT', `/fhir/Patient/${id}`, patient(id), { prefer })
    return [status, text === '' ? '' : pick(json, 'resourceType')]
  }
  assert.deepEqual([await send('return=minimal'), await send('return=representation'), await send('return=OperationOutcome')], [[201, ''], [201, 'Patient'], [201, 'OperationOutcome']])
})

// ---- bodies, media types, addresses

for (const { name, type, method = 'POST', body, headers, status, key } of [
  { name: 'broken JSON', type: 'Patient', body: '{"resourceType":"Patient",', status: 400, key: 'fhir.json.unexpectedEnd' },
  { name: 'a key twice', type: 'Patient', body: '{"resourceType":"Patient","id":"a","id":"b"}', status: 400, key: 'fhir.json.duplicateKey' },
  { name: 'nothing', type: 'Patient', body: '', status: 400, key: 'problem.fhir.empty' },
  { name: 'a list', type: 'Patient', body: '[]', status: 400, key: 'problem.fhir.notResource' },
  { name: 'another type', type: 'Patient', body: '{"resourceType":"Observation"}', status: 400, key: 'problem.fhir.otherType' },
  { name: 'no type', type: 'Patient', body: '{"name":[]}', status: 422, key: 'fhir.resource.noType' },
  { name: 'an unknown property', type: 'Patient', body: '{"resourceType":"Patient","weight":7}', status: 422, key: 'fhir.unknownProperty' },
  { name: 'an impossible date', type: 'Patient', body: '{"resourceType":"Patient","birthDate":"2023-02-29"}', status: 422, key: 'fhir.day' },
  { name: 'a birth date in the future', type: 'Patient', body: '{"resourceType":"Patient","birthDate":"2090"}', status: 422, key: 'problem.fhir.notBornYet' },
  { name: 'a missing required element', type: 'Observation', body: '{"resourceType":"Observation","status":"final"}', status: 422, key: 'fhir.required' },
  { name: 'a reference to nothing', type: 'Observation', body: JSON.stringify(weight('x', 'nobody')), status: 422, key: 'store.reference' },
  { name: 'an unknown type', type: 'Child', body: '{}', status: 404, key: 'problem.fhir.type' },
  { name: 'a type that is not kept', type: 'Parameters', body: '{"resourceType":"Parameters"}', status: 405, key: 'problem.fhir.notStored' },
  { name: 'XML', type: 'Patient', body: '<Patient/>', headers: { 'content-type': 'application/fhir+xml' }, status: 415, key: 'problem.mediaType' },
  { name: 'another charset', type: 'Patient', body: '{}', headers: { 'content-type': 'application/fhir+json; charset=iso-8859-1' }, status: 415, key: 'problem.mediaType' },
  { name: 'bytes that are no UTF-8', type: 'Patient', body: new Uint8Array([0x7b, 0x22, 0xe9, 0x22, 0x7d]), status: 415, key: 'problem.mediaType' },
  { name: 'four megabytes and more', type: 'Patient', body: `{"resourceType":"Patient","name":[{"text":"${'a'.repeat(4_000_000)}"}]}`, status: 413, key: 'problem.tooLarge' },
  { name: 'a condition that is not done here', type: 'Patient', body: '{"resourceType":"Patient"}', headers: { 'if-none-exist': 'identifier=a' }, status: 400, key: 'problem.fhir.ifNoneExist' },
  { name: 'a method of another kind', type: 'Patient', method: 'PATCH', body: '[]', headers: { 'content-type': 'application/json-patch+json' }, status: 405, key: 'problem.method' },
  { name: 'PUT without an id', type: 'Patient', method: 'PUT', body: '{}', status: 405, key: 'problem.method' },
]) shows([], `refused: ${name} is ${status} ${key}, as OperationOutcome`, async () => {
  const answer = await ask(method, `/fhir/${type}`, body, headers)
  assert.equal(answer.status, status, answer.text)
  assert.equal(answer.headers.get('content-type'), 'application/fhir+json; charset=utf-8')
  assert.equal(issuesOf(answer)[0], key)
  if (key === 'problem.method') assert.equal(answer.headers.get('allow'), 'POST, GET, HEAD')
})

shows([], 'refused: the place of the problem stands in expression', async () => {
  const answer = await ask('POST', '/fhir/Patient', { resourceType: 'Patient', name: [{ text: 'A' }, { txt: 'B' }] })
  assert.deepEqual(pick(answer.json, 'issue', 0, 'expression'), ['Patient.name[1]'])
})

shows(['format application/fhir+json', 'format application/json'], 'media types: both kinds of JSON in and out, others 406', async () => {
  const id = await newChild()
  const type = async (headers: Readonly<Record<string, string>>, query = ''): Promise<readonly unknown[]> => {
    const answer = await ask('GET', `/fhir/Patient/${id}${query}`, undefined, headers)
    return [answer.status, answer.headers.get('content-type')]
  }
  const [fhir, plain] = ['application/fhir+json; charset=utf-8', 'application/json; charset=utf-8']
  assert.deepEqual(await type({ accept: FHIR }), [200, fhir])
  assert.deepEqual(await type({ accept: 'application/json' }), [200, plain])
  assert.deepEqual(await type({ accept: '*/*' }), [200, fhir])
  assert.deepEqual(await type({ accept: 'application/fhir+xml' }), [406, fhir])
  assert.deepEqual(await type({ accept: 'application/fhir+xml' }, '?_format=json'), [200, fhir])
  assert.deepEqual(await type({}, '?_format=application/fhir+json'), [200, fhir])
  assert.deepEqual(await type({}, '?_format=xml'), [406, fhir])
  const sent = newId()
  assert.equal((await ask('PUT', `/fhir/Patient/${sent}`, patient(sent), { 'content-type': 'application/json;charset=UTF-8' })).status, 201)
})

shows([], 'addresses: unknown ones are 404, parameters that would be passed over are 400', async () => {
  assert.equal((await ask('GET', '/fhir/Patient/never-was')).status, 404)
  assert.equal((await ask('GET', '/fhir/Patient/not_an_id')).status, 404)
  assert.equal((await ask('GET', '/fhir/patient/a')).status, 404)
  assert.equal((await ask('GET', '/nothing/here')).status, 404)
  const id = await newChild()
  assert.deepEqual(issuesOf(await ask('GET', `/fhir/Patient/${id}?_elements=name`)), ['problem.parameter'])
  assert.equal((await ask('OPTIONS', '/fhir/metadata')).status, 405)
  assert.equal((await ask('GET', `/fhir/Patient/${id}/`)).status, 200)
})

// ---- search

async function pages(first: Answer): Promise<readonly Answer[]> {
  const all = [first]
  for (let at = first; ;) {
    const next = list(pick(at.json, 'link')).find((link) => pick(link, 'relation') === 'next')
    if (next === undefined) return all
    at = await ask('GET', String(pick(next, 'url')).slice(server.url.length))
    all.push(at)
    assert.ok(all.length < 50)
  }
}

shows(['search-type'], 'search: matches only, fullUrl, mode, total of all pages, a self link of what was used', async () => {
  const child = await newChild()
  for (const code of ['29463-7', '29463-7', '8302-2']) await put(weight(newId(), child, { code: { coding: [{ system: 'http://loinc.org', code }] } }))
  const answer = await ask('GET', `/fhir/Observation?patient=${child}&code=http://loinc.org|29463-7&_count=1`)
  assert.deepEqual([answer.status, pick(answer.json, 'type'), pick(answer.json, 'total'), ids(answer).length], [200, 'searchset', 2, 1])
  assert.equal(pick(answer.json, 'entry', 0, 'search', 'mode'), 'match')
  assert.equal(pick(answer.json, 'entry', 0, 'fullUrl'), `${server.url}/fhir/Observation/${String(ids(answer)[0])}`)
  assert.deepEqual(pick(answer.json, 'link', 0), { relation: 'self', url: `${server.url}/fhir/Observation?patient=${child}&code=http%3A%2F%2Floinc.org%7C29463-7&_count=1` })
})

shows([], 'search: POST _search answers as GET', async () => {
  const child = await newChild()
  await put(weight(newId(), child))
  const got = await ask('GET', `/fhir/Observation?patient=${child}&_count=5`)
  const posted = await ask('POST', '/fhir/Observation/_search', `patient=${child}&_count=5`, { 'content-type': 'application/x-www-form-urlencoded' })
  assert.deepEqual([posted.status, posted.json], [200, got.json])
  const both = await ask('POST', `/fhir/Observation/_search?patient=${child}`, '_count=5', { 'content-type': 'application/x-www-form-urlencoded' })
  assert.deepEqual(ids(both), ids(got))
  assert.equal((await ask('POST', '/fhir/Observation/_search', {})).status, 415)
})

shows([], 'search: pages hold each match once, also when something is written meanwhile', async () => {
  const child = await newChild()
  const all = []
  for (let i = 0; i < 7; i++) all.push(pick((await put(weight(newId(), child))).json, 'id'))
  const first = await ask('GET', `/fhir/Observation?patient=${child}&_count=3`)
  await put(weight(newId(), child))
  const found = (await pages(first)).flatMap(ids)
  assert.equal(new Set(found).size, found.length)
  for (const id of all) assert.ok(found.includes(id))
})

shows([], 'search: an undeclared parameter or modifier is refused by name, never passed over', async () => {
  for (const [query, key] of [['shoe-size=3', 'fhir.search.unknownParameter'], ['name:sounds=a', 'fhir.search.modifier'], ['birthdate=soon', 'fhir.search.date'], ['_count=many', 'fhir.search.count']] as const) {
    const answer = await ask('GET', `/fhir/Patient?${query}`, undefined, { prefer: 'handling=lenient' })
    assert.deepEqual([answer.status, issuesOf(answer)], [400, [key]], query)
  }
  assert.equal((await ask('GET', '/fhir/Patient?_cursor=nonsense')).status, 400)
})

shows([], 'search: _count=0 is the total alone', async () => {
  const child = await newChild()
  await put(weight(newId(), child))
  const { json } = await ask('GET', `/fhir/Observation?patient=${child}&_count=0`)
  assert.deepEqual([pick(json, 'total'), pick(json, 'entry')], [1, undefined])
})

// ---- operations

shows(['operation Patient everything'], '$everything: the child\'s compartment, Patient first, in pages; nobody else\'s', async () => {
  const [child, other] = [await newChild(), await newChild()]
  for (let i = 0; i < 3; i++) await put(weight(newId(), child))
  await put(weight(newId(), other))
  const answer = await ask('GET', `/fhir/Patient/${child}/$everything`)
  assert.deepEqual([pick(answer.json, 'type'), pick(answer.json, 'total'), ids(answer).length, ids(answer)[0]], ['searchset', 4, 4, child])
  assert.deepEqual((await pages(await ask('GET', `/fhir/Patient/${child}/$everything?_count=2`))).flatMap(ids), ids(answer))
  assert.equal((await ask('GET', '/fhir/Patient/never-was/$everything')).status, 404)
  assert.equal((await ask('GET', `/fhir/Patient/${child}/$everything?_since=2020-01-01`)).status, 400)
})

shows(['operation validate'], '$validate: what is wrong, without keeping it', async () => {
  const good = await ask('POST', '/fhir/Patient/$validate', patient('kept-not'))
  assert.deepEqual([good.status, issuesOf(good), pick(good.json, 'issue', 0, 'severity')], [200, ['problem.fhir.valid'], 'information'])
  assert.equal((await ask('GET', '/fhir/Patient/kept-not')).status, 404)
  const bad = await ask('POST', '/fhir/Patient/$validate', { resourceType: 'Patient', gender: 'boy' })
  assert.deepEqual([bad.status, issuesOf(bad), pick(bad.json, 'issue', 0, 'expression')], [200, ['fhir.code'], ['Patient.gender']])
  const wrapped = await ask('POST', '/fhir/Patient/$validate', { resourceType: 'Parameters', parameter: [{ name: 'resource', resource: { resourceType: 'Patient', gender: 'boy' } }] })
  assert.deepEqual(issuesOf(wrapped), ['fhir.code'])
})

shows(['operation immds-forecast'], '$immds-forecast: the answer of `bairn forecast`, kept nowhere; what cannot be judged is refused with a sentence', async () => {
  const request = (...more: readonly object[]): object => ({ resourceType: 'Parameters', id: 'f', parameter: [
    { name: 'assessmentDate', valueDate: '2025-11-10' }, { name: 'patient', resource: { resourceType: 'Patient', id: 'forecast-only', birthDate: '2025-09-06', gender: 'female' } },
    { name: 'immunization', resource: { resourceType: 'Immunization', id: 'd1', status: 'completed', patient: { reference: 'Patient/forecast-only' }, vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '107' }] }, occurrenceDateTime: '2025-10-15' } }, ...more,
  ] })
  const answer = await ask('POST', '/fhir/$immds-forecast', request())
  assert.deepEqual([answer.status, pick(answer.json, 'id'), list(pick(answer.json, 'parameter')).map((one) => pick(one, 'name'))], [200, 'f', ['evaluation', 'recommendation']])
  const home = newHome()
  const file = path.join(home, 'request.ndjson')
  writeFileSync(file, JSON.stringify(request()))
  assert.deepEqual(answer.json, JSON.parse((await bairn(['forecast', file], { home }).ended).stdout))
  removeHome(home)
  assert.equal((await ask('GET', '/fhir/Patient/forecast-only')).status, 404)
  const traced = await ask('POST', '/fhir/$immds-forecast', request({ name: 'trace', valueBoolean: true }), { 'accept-language': 'fr' })
  assert.match(String(pick(traced.json, 'parameter', 0, 'resource', 'description')), /tolérance : elle compte/)
  const nobody = await ask('POST', '/fhir/$immds-forecast', { resourceType: 'Parameters', parameter: [{ name: 'assessmentDate', valueDate: '2025-11-10' }] })
  assert.deepEqual([nobody.status, issuesOf(nobody), pick(nobody.json, 'issue', 0, 'details', 'text')], [422, ['immunization.request.noPatient'], 'There is no patient: add the Patient resource.'])
  const schedule = await ask('POST', '/fhir/$immds-forecast', request({ name: 'schedule', valueString: 'mars-1' }))
  assert.deepEqual([schedule.status, list(pick(schedule.json, 'parameter')).map((one) => pick(one, 'name'))], [200, ['evaluation', 'recommendation', 'outcome']])
})

// ---- transaction and batch

const urn = (n: number): string => `urn:uuid:00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const bundle = (type: string, entry: readonly object[]): object => ({ resourceType: 'Bundle', type, entry })
const post = (n: number, resource: object): object => ({ fullUrl: urn(n), resource, request: { method: 'POST', url: (resource as { readonly resourceType: string }).resourceType } })
const strip = (resource: object): object => {
  const { id: _, ...rest } = resource as Record<string, unknown>
  return rest
}

shows(['transaction'], 'transaction: references by urn are resolved everywhere, answers stand in the order of the request', async () => {
  const narrative = { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml"><a href="${urn(1)}">the child</a></div>` }
  const answer = await ask('POST', '/fhir', bundle('transaction', [
    post(2, strip(weight('', '', { subject: { reference: urn(1) }, text: narrative, extension: [{ url: 'urn:x', valueReference: { reference: urn(1) } }] }))),
    post(1, strip(patient(''))),
  ]))
  assert.equal(answer.status, 200, answer.text)
  assert.equal(pick(answer.json, 'type'), 'transaction-response')
  assert.deepEqual(list(pick(answer.json, 'entry')).map((entry) => pick(entry, 'response', 'status')), ['201 Created', '201 Created'])
  const [observation, child] = ids(answer)
  assert.match(String(pick(answer.json, 'entry', 1, 'response', 'location')), new RegExp(`^Patient/${String(child)}/_history/1$`))
  const { text } = await ask('GET', `/fhir/Observation/${String(observation)}`)
  assert.doesNotMatch(text, /urn:uuid/)
  assert.equal(text.split(`Patient/${String(child)}`).length - 1, 3)
})

shows([], 'transaction: DELETE, POST, PUT, GET in this order, whatever the order sent', async () => {
  const gone = await newChild()
  const kept = await newChild()
  const answer = await ask('POST', '/fhir', bundle('transaction', [
    { request: { method: 'GET', url: `Patient/${kept}` } },
    { resource: patient(kept, { gender: 'male' }), request: { method: 'PUT', url: `Patient/${kept}`, ifMatch: 'W/"1"' } },
    post(3, strip(patient('', { active: true }))),
    { request: { method: 'DELETE', url: `Patient/${gone}` } },
    { request: { method: 'GET', url: `Patient?_id=${kept}` } },
  ]))
  assert.deepEqual(list(pick(answer.json, 'entry')).map((entry) => pick(entry, 'response', 'status')), ['200 OK', '200 OK', '201 Created', '204 No Content', '200 OK'])
  assert.equal(pick(answer.json, 'entry', 0, 'resource', 'gender'), 'male')
  assert.equal(pick(answer.json, 'entry', 4, 'resource', 'total'), 1)
})

shows([], 'transaction: one bad entry at any place leaves nothing behind', async () => {
  const good = [1, 2, 3].map((n) => post(n, strip(patient('', { identifier: [{ system: 'urn:atomic', value: `v${n}` }] }))))
  for (const bad of [
    post(9, { resourceType: 'Observation', status: 'final' }),
    post(9, strip(weight('', 'nobody'))),
    post(9, { resourceType: 'Patient', birthDate: '2090-01-02' }),
    { resource: patient('x'), request: { method: 'PUT', url: 'Patient/y' } },
    { resource: patient('never-was'), request: { method: 'PUT', url: 'Patient/never-was', ifMatch: 'W/"1"' } },
  ]) for (let place = 0; place <= good.length; place++) {
    const answer = await ask('POST', '/fhir', bundle('transaction', good.toSpliced(place, 0, bad)))
    assert.ok(answer.status >= 400 && answer.status < 500, answer.text)
    assert.match(String(pick(answer.json, 'issue', 0, 'expression', 0)), new RegExp(`^Bundle\\.entry\\[${place}\\]`))
  }
  assert.equal(pick((await ask('GET', '/fhir/Patient?identifier=urn:atomic|')).json, 'total'), 0)
})

shows([], 'transaction: two entries on one resource, or with one fullUrl, are refused', async () => {
  const id = await newChild()
  const twice = await ask('POST', '/fhir', bundle('transaction', [1, 2].map((n) => ({ resource: patient(id, { multipleBirthInteger: n }), request: { method: 'PUT', url: `Patient/${id}` } }))))
  assert.deepEqual([twice.status, issuesOf(twice)], [400, ['store.bundle.sameResource']])
  const named = await ask('POST', '/fhir', bundle('transaction', [post(1, strip(patient(''))), post(1, strip(patient('', { gender: 'male' })))]))
  assert.ok(named.status === 400 || named.status === 422, named.text)
})

shows([], 'transaction: a conditional reference must fit exactly one', async () => {
  const child = await newChild({ identifier: [{ system: 'urn:ref', value: 'one' }] })
  await newChild({ identifier: [{ system: 'urn:ref', value: 'two' }] })
  await newChild({ identifier: [{ system: 'urn:ref', value: 'two' }] })
  const send = (value: string): Promise<Answer> => ask('POST', '/fhir', bundle('transaction', [post(1, strip(weight('', '', { subject: { reference: `Patient?identifier=urn:ref|${value}` } })))]))
  assert.equal(pick((await send('one')).json, 'entry', 0, 'resource', 'subject', 'reference'), `Patient/${child}`)
  assert.deepEqual([issuesOf(await send('none')), issuesOf(await send('two'))], [['store.reference'], ['store.referenceMany']])
})

shows(['batch'], 'batch: each entry on its own; references between them are not resolved', async () => {
  const kept = await newChild()
  const answer = await ask('POST', '/fhir', bundle('batch', [
    post(1, strip(patient(''))),
    post(2, { resourceType: 'Patient', gender: 'boy' }),
    { request: { method: 'GET', url: `Patient/${kept}` } },
    { request: { method: 'GET', url: 'Patient/never-was' } },
    post(3, strip(weight('', '', { subject: { reference: urn(1) } }))),
    { resource: patient(kept, { gender: 'male' }), request: { method: 'PUT', url: `Patient/${kept}`, ifMatch: 'W/"9"' } },
    post(4, { resourceType: 'Patient', birthDate: '2090-01' }),
  ]))
  assert.deepEqual([answer.status, pick(answer.json, 'type')], [200, 'batch-response'])
  assert.deepEqual(list(pick(answer.json, 'entry')).map((entry) => String(pick(entry, 'response', 'status')).slice(0, 3)), ['201', '422', '200', '404', '422', '412', '422'])
  assert.deepEqual(pick(answer.json, 'entry', 1, 'response', 'outcome', 'issue', 0, 'expression'), ['Bundle.entry[1].resource.gender'])
})

shows([], 'batch: more wrong entries than the validator counts leave the good ones', async () => {
  const answer = await ask('POST', '/fhir', bundle('batch', Array.from({ length: 130 }, (_, n) => post(n, n % 10 === 0 ? strip(patient('')) : { resourceType: 'Patient', gender: 'boy' }))))
  const statuses = list(pick(answer.json, 'entry')).map((entry) => String(pick(entry, 'response', 'status')).slice(0, 3))
  assert.deepEqual([statuses.length, statuses.filter((status) => status === '201').length], [130, 13])
})

shows([], 'a Bundle of another type, or no Bundle, is refused at the base', async () => {
  for (const body of [bundle('collection', []), bundle('history', []), patient('x')]) {
    const answer = await ask('POST', '/fhir', body)
    assert.deepEqual([answer.status, issuesOf(answer)], [400, ['problem.fhir.bundleType']])
  }
})

// ---- every type

shows(RESOURCE_TYPES.filter((type) => !['Binary', 'OperationOutcome', 'Parameters'].includes(type)).map((type) => `type ${type}`), 'each type of R4 is created, read, found and deleted', async () => {
  const { readdirSync, readFileSync } = await import('node:fs')
  const path = await import('node:path')
  const { createRequire } = await import('node:module')
  const folder = path.dirname(createRequire(import.meta.url).resolve('hl7.fhir.r4.examples/package.json'))
  const files = readdirSync(folder).filter((file) => /^[A-Z]\w+-.*\.json$/.test(file))
  const left: string[] = []
  for (const type of RESOURCE_TYPES.filter((each) => !['Binary', 'OperationOutcome', 'Parameters'].includes(each))) {
    const examples = files.filter((file) => file.startsWith(`${type}-`)).map((file) => readFileSync(path.join(folder, file), 'utf8')).filter((text) => text.length < 200_000).toSorted((a, b) => a.length - b.length)
    // A few types have no official example.
    examples.push(`{"resourceType":"${type}","language":"en"}`)
    let done = false
    for (const text of examples) {
      const answer = await ask('POST', `/fhir/${type}`, JSON.parse(text, asWords))
      if (answer.status !== 201) continue
      const id = String(pick(answer.json, 'id'))
      assert.equal((await ask('GET', `/fhir/${type}/${id}`)).text, answer.text)
      assert.deepEqual(ids(await ask('GET', `/fhir/${type}?_id=${id}`)), [id])
      assert.equal((await ask('DELETE', `/fhir/${type}/${id}`)).status, 204)
      assert.equal((await ask('GET', `/fhir/${type}/${id}`)).status, 410)
      done = true
      break
    }
    if (!done) left.push(type)
  }
  assert.deepEqual(left, [])
})

/** References of the examples lead to other examples: here they are words. */
const asWords = (_: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || typeof pick(value, 'reference') !== 'string' || String(pick(value, 'reference')).startsWith('#')) return value
  const { reference, ...rest } = value as Record<string, unknown>
  return { ...rest, display: String(reference) }
}

test('the CapabilityStatement claims what was shown, and nothing else', async () => {
  const { json, status } = await ask('GET', '/fhir/metadata')
  assert.equal(status, 200)
  assert.deepEqual([pick(json, 'resourceType'), pick(json, 'fhirVersion'), pick(json, 'kind')], ['CapabilityStatement', '4.0.1', 'instance'])
  assert.deepEqual(issuesOf(await ask('POST', '/fhir/CapabilityStatement/$validate', json)), ['problem.fhir.valid'])
  const rest = pick(json, 'rest', 0)
  const claimed = new Set<string>(list(pick(json, 'format')).map((format) => `format ${String(format)}`))
  for (const { code } of list(pick(rest, 'interaction')) as { code: string }[]) claimed.add(code)
  for (const { name } of list(pick(rest, 'operation')) as { name: string }[]) claimed.add(`operation ${name}`)
  for (const resource of list(pick(rest, 'resource'))) {
    claimed.add(`type ${String(pick(resource, 'type'))}`)
    for (const { code } of list(pick(resource, 'interaction')) as { code: string }[]) claimed.add(code)
    for (const { name } of list(pick(resource, 'operation')) as { name: string }[]) claimed.add(`operation ${String(pick(resource, 'type'))} ${name}`)
    for (const said of ['versioning', 'readHistory', 'updateCreate', 'conditionalRead']) claimed.add(`${said} ${String(pick(resource, said))}`)
    assert.deepEqual([pick(resource, 'conditionalCreate'), pick(resource, 'conditionalUpdate'), pick(resource, 'conditionalDelete')], [false, false, 'not-supported'])
  }
  assert.deepEqual([...claimed].toSorted(), [...shown].toSorted())
})

test('every declared search parameter is answered, for every type', async () => {
  const values: Readonly<Record<string, string>> = { token: 'a', string: 'a', date: '2026-01-01', reference: 'Patient/a' }
  const { json } = await ask('GET', '/fhir/metadata')
  const wrong: string[] = []
  let asked = 0
  for (const resource of list(pick(json, 'rest', 0, 'resource')))
    for (const parameter of list(pick(resource, 'searchParam')) as { name: string; type: string }[]) {
      asked += 1
      const answer = await ask('GET', `/fhir/${String(pick(resource, 'type'))}?${parameter.name}=${values[parameter.type]}&_count=1`)
      // A reference of another target type is refused with a sentence: that is an answer too.
      if (answer.status !== 200 && issuesOf(answer)[0] !== 'fhir.search.target') wrong.push(`${String(pick(resource, 'type'))}.${parameter.name} ${answer.status}`)
    }
  assert.ok(asked > 500)
  assert.deepEqual(wrong, [])
})

test('every route has a policy, and the list is this', () => {
  assert.deepEqual(server.routes.map(({ method, path, policy }) => `${policy} ${method} ${path}`).toSorted(), [
    'public GET /assets/*', 'public GET /boot.js', 'public GET /health', 'public GET /icon.svg', 'public GET /open/:secret', 'public GET /shell.html', 'public GET /sw.js',
    'session DELETE /fhir/:type/:id', 'session GET /', 'session GET /about', 'session GET /app/child/:id', 'session GET /app/duplicates', 'session GET /app/session', 'session GET /app/worklist', 'session GET /cds-services',
    'session GET /child/:id', 'session GET /child/:id/dose', 'session GET /child/:id/measure', 'session GET /child/:id/move', 'session GET /child/:id/print', 'session GET /child/:id/reaction', 'session GET /fhir/:type', 'session GET /fhir/:type/:id', 'session GET /fhir/:type/:id/_history',
    'session GET /fhir/:type/:id/_history/:version', 'session GET /fhir/Patient/:id/$everything', 'session GET /fhir/metadata', 'session GET /metrics', 'session GET /register', 'session GET /schedules', 'session GET /schedules/:id', 'session GET /stories/:id',
    'session POST /app/demo', 'session POST /app/place', 'session POST /app/setup', 'session POST /cds-services/:service', 'session POST /fhir', 'session POST /fhir/$immds-forecast', 'session POST /fhir/:type', 'session POST /fhir/:type/$validate', 'session POST /fhir/:type/_search', 'session PUT /fhir/:type/:id',
  ])
})
