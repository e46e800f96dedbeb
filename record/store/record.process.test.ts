/** Resources, versions, preconditions, transactions and batches on a real database. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { NURSE, withStore } from './testing/database.ts'
import { batchOf, entry, idsOf, parse, patient, problemOf, search, transactionOf, weight, written } from './testing/fhir.ts'

test('store.put: a new fact is created with the client\'s id, and reads back with its digits', () => withStore(async (store) => {
  await written(store.put(NURSE, 'p1', patient('p1')), 'created')
  const made = await written(store.put(NURSE, 'o1', weight('o1', 'p1', parse('{"a":7.10}')['a']), { ifNoneMatch: '*' }), 'created')
  assert.deepEqual([made.version, made.practitioner, made.device], [1, NURSE.practitioner, NURSE.device])
  assert.match(made.text, /"value":7\.10,/)
  assert.match(made.text, /^\{"resourceType":"Observation","id":"o1","meta":\{"versionId":"1","lastUpdated":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"\},"status"/)
  assert.deepEqual(await store.read(NURSE, 'Observation', 'o1'), { ok: true, version: made })
  assert.deepEqual(await store.vread(NURSE, 'Observation', 'o1', 1), { ok: true, version: made })
  assert.deepEqual(await problemOf(store.read(NURSE, 'Observation', 'o2')), { kind: 'notFound', type: 'Observation', id: 'o2' })
  assert.deepEqual(await problemOf(store.read(NURSE, 'Patient', 'o1')), { kind: 'notFound', type: 'Patient', id: 'o1' })
}))

test('store.put: the client\'s meta.versionId and lastUpdated are not taken, its tags and profiles are', () => withStore(async (store) => {
  const made = await written(store.put(NURSE, 'p1', patient('p1', { meta: { versionId: '77', lastUpdated: '1999-01-01T00:00:00Z', tag: [{ code: 'x' }], profile: ['urn:y'] } })), 'created')
  const { meta } = JSON.parse(made.text) as { readonly meta: Readonly<Record<string, unknown>> }
  assert.deepEqual(meta, { versionId: '1', lastUpdated: made.updated, tag: [{ code: 'x' }], profile: ['urn:y'] })
}))

test('store.put If-None-Match *: the same content again is unchanged, whatever the order of keys; other content is refused', () => withStore(async (store) => {
  const first = await written(store.put(NURSE, 'p1', patient('p1'), { ifNoneMatch: '*' }), 'created')
  const { id, resourceType, ...rest } = patient('p1')
  assert.deepEqual(await written(store.put(NURSE, 'p1', { ...rest, id, resourceType }, { ifNoneMatch: '*' }), 'unchanged'), first)
  assert.deepEqual(await problemOf(store.put(NURSE, 'p1', patient('p1', { active: true }), { ifNoneMatch: '*' })), { kind: 'exists', type: 'Patient', id: 'p1', current: 1 })
  const history = await store.history(NURSE, 'Patient', 'p1', { count: 10 })
  assert.ok(history.ok && history.page.total === 1)
}))

test('store.put: 7.10 and 7.1 are different content', () => withStore(async (store) => {
  await store.put(NURSE, 'p1', patient('p1'))
  await written(store.put(NURSE, 'o1', weight('o1', 'p1', 7.1)), 'created')
  await written(store.put(NURSE, 'o1', weight('o1', 'p1', parse('{"a":7.10}')['a'])), 'updated')
}))

test('store.put If-Match: the current version is changed; a stale one is refused and kept until somebody has looked', () => withStore(async (store) => {
  await store.put(NURSE, 'p1', patient('p1'))
  await store.put(NURSE, 'o1', weight('o1', 'p1', 7.1))
  await written(store.put(NURSE, 'o1', weight('o1', 'p1', 7.2), { ifMatch: 1 }), 'updated')
  const problem = await problemOf(store.put({ practitioner: 'nurse-2', device: 'phone' }, 'o1', weight('o1', 'p1', 7.3), { ifMatch: 1 }))
  assert.deepEqual({ ...problem, kept: undefined }, { kind: 'conflict', type: 'Observation', id: 'o1', sent: 1, current: 2, kept: undefined })
  const again = await problemOf(store.put({ practitioner: 'nurse-2', device: 'phone' }, 'o1', weight('o1', 'p1', 7.3), { ifMatch: 1 }))
  assert.equal(again['kept'], problem['kept'], 'a second try keeps it once')
  const [kept, ...others] = await store.conflicts(NURSE, 'p1')
  assert.deepEqual(others, [])
  assert.partialDeepStrictEqual(kept, { type: 'Observation', resource: 'o1', base: 1, current: 2, practitioner: 'nurse-2', device: 'phone' })
  assert.match(kept?.text ?? '', /7\.3/)
  await store.settleConflict(NURSE, kept?.id ?? '')
  assert.deepEqual(await store.conflicts(NURSE, 'p1'), [])
  // A retry of what was done already is no conflict.
  await written(store.put(NURSE, 'o1', weight('o1', 'p1', 7.2), { ifMatch: 1 }), 'unchanged')
  assert.deepEqual(await problemOf(store.put(NURSE, 'o9', weight('o9', 'p1', 1), { ifMatch: 1 })), { kind: 'notFound', type: 'Observation', id: 'o9' })
}))

test('store.remove: read says deleted, old versions stay, a put revives with the next version', () => withStore(async (store) => {
  await store.put(NURSE, 'p1', patient('p1'))
  await store.put(NURSE, 'o1', weight('o1', 'p1', 7.1))
  const gone = await written(store.remove(NURSE, 'Observation', 'o1', { ifMatch: 1 }), 'deleted')
  assert.deepEqual([gone.version, gone.change, gone.text], [2, 'deleted', undefined])
  assert.deepEqual(await problemOf(store.read(NURSE, 'Observation', 'o1')), { kind: 'deleted', type: 'Observation', id: 'o1', version: 2, updated: gone.updated })
  assert.equal((await search(store, 'Observation', 'patient=p1')).total, 0)
  assert.equal((await search(store, 'Observation', 'date=2026-03-01')).total, 0)
  assert.ok((await store.vread(NURSE, 'Observation', 'o1', 1)).ok)
  await written(store.remove(NURSE, 'Observation', 'o1'), 'absent')
  await written(store.remove(NURSE, 'Observation', 'never'), 'absent')
  const back = await written(store.put(NURSE, 'o1', weight('o1', 'p1', 7.4)), 'created')
  assert.equal(back.version, 3)
  const history = await store.history(NURSE, 'Observation', 'o1', { count: 2 })
  assert.ok(history.ok)
  assert.deepEqual(history.page.versions.map(({ version, change }) => [version, change]), [[3, 'updated'], [2, 'deleted']])
  assert.equal(history.page.total, 3)
  const rest = await store.history(NURSE, 'Observation', 'o1', { count: 2, cursor: history.page.next ?? '' })
  assert.ok(rest.ok)
  assert.deepEqual(rest.page.versions.map(({ version }) => version), [1])
  assert.equal(rest.page.next, undefined)
}))

test('store.write: a reference to nothing is refused with its place; absolute ones elsewhere and contained ones are not looked up', () => withStore(async (store) => {
  assert.deepEqual(await problemOf(store.create(NURSE, weight(undefined, 'nobody', 7))), { kind: 'reference', reference: 'Patient/nobody', where: 'Observation.subject.reference', matches: 0 })
  await store.put(NURSE, 'p1', patient('p1'))
  const bad = await problemOf(store.create(NURSE, weight(undefined, 'p1', 7, { extension: [{ url: 'urn:x', valueReference: { reference: 'Practitioner/x' } }] })))
  assert.deepEqual([bad['reference'], bad['where']], ['Practitioner/x', 'Observation.extension[0].valueReference.reference'])
  await written(store.create(NURSE, weight(undefined, 'p1', 7, { performer: [{ reference: 'https://elsewhere.example/fhir/Practitioner/1' }, { reference: '#me' }], contained: [{ resourceType: 'Practitioner', id: 'me' }] })), 'created')
  await written(store.create(NURSE, weight(undefined, 'http://here/fhir/Patient/p1', 7)), 'created')
  await written(store.create(NURSE, weight(undefined, 'Patient/p1/_history/1', 7)), 'created')
  for (const lost of ['urn:uuid:1', 'Patient?_id=p1', 'Patient/', 'Patient/p 1', 'p1/']) assert.equal((await problemOf(store.create(NURSE, weight(undefined, lost, 7))))['kind'], 'reference', lost)
}, { base: 'http://here/fhir' }))

test('store.write: a fact stays with its child', () => withStore(async (store) => {
  await store.put(NURSE, 'p1', patient('p1'))
  await store.put(NURSE, 'p2', patient('p2'))
  await store.put(NURSE, 'o1', weight('o1', 'p1', 7))
  assert.deepEqual(await problemOf(store.put(NURSE, 'o1', weight('o1', 'p2', 7))), { kind: 'otherChild', type: 'Observation', id: 'o1' })
}))

test('store.write: body without a type, another id, an impossible id', () => withStore(async (store) => {
  assert.deepEqual(await problemOf(store.create(NURSE, {})), { kind: 'body', what: 'type' })
  assert.deepEqual(await problemOf(store.put(NURSE, 'p1', patient('p2'))), { kind: 'body', what: 'id' })
  assert.deepEqual(await problemOf(store.put(NURSE, 'a b', patient('a b'))), { kind: 'body', what: 'id' })
}))

test('store.write: 16 changes of one resource at once: every acknowledged one is a version, in order', () => withStore(async (store) => {
  await store.put(NURSE, 'p1', patient('p1'))
  await store.put(NURSE, 'o1', weight('o1', 'p1', 0))
  const results = await Promise.all(Array.from({ length: 16 }, (_, i) => store.put(NURSE, 'o1', weight('o1', 'p1', i + 1))))
  const versions = results.flatMap((result) => (result.ok ? [result.version?.version] : []))
  assert.ok(versions.length > 0)
  const history = await store.history(NURSE, 'Observation', 'o1', { count: 100 })
  assert.ok(history.ok)
  assert.deepEqual(history.page.versions.map(({ version }) => version), Array.from({ length: history.page.total }, (_, i) => history.page.total - i))
  assert.deepEqual(versions.toSorted((a, b) => Number(a) - Number(b)), Array.from({ length: versions.length }, (_, i) => i + 2))
  assert.deepEqual(history.page.versions.map(({ updated }) => updated), history.page.versions.map(({ updated }) => updated).toSorted().toReversed())
}))

test('store.write: of 16 with one If-Match exactly one wins; of 16 creations with one id all answer the same', () => withStore(async (store) => {
  await store.put(NURSE, 'p1', patient('p1'))
  await store.put(NURSE, 'o1', weight('o1', 'p1', 0))
  const changes = await Promise.all(Array.from({ length: 16 }, (_, i) => store.put(NURSE, 'o1', weight('o1', 'p1', i + 1), { ifMatch: 1 })))
  assert.equal(changes.filter(({ ok }) => ok).length, 1)
  const creations = await Promise.all(Array.from({ length: 16 }, () => store.put(NURSE, 'o2', weight('o2', 'p1', 5), { ifNoneMatch: '*' })))
  assert.equal(creations.filter((made) => made.ok && made.outcome === 'created').length, 1)
  assert.equal(creations.filter((made) => made.ok && made.outcome === 'unchanged').length, 15)
}))

test('store.write: a clock that is put back makes no version older than the one before', () => {
  let now = Date.UTC(2026, 10, 24, 12)
  return withStore(async (store) => {
    const first = await written(store.put(NURSE, 'p1', patient('p1')), 'created')
    now = Date.UTC(2020, 0, 1)
    const second = await written(store.put(NURSE, 'p1', patient('p1', { active: true })), 'updated')
    assert.ok(second.updated >= first.updated)
  }, { now: () => now })
})

test('store.everything: the Patient first, what belongs to two children in both, paging, and the record as it was', () => withStore(async (store) => {
  await store.put(NURSE, 'p1', patient('p1'))
  await store.put(NURSE, 'p2', patient('p2'))
  await store.put(NURSE, 'n1', { resourceType: 'Practitioner', id: 'n1' })
  await store.put(NURSE, 'o1', weight('o1', 'p1', 7))
  const before = await store.everything(NURSE, 'p1')
  assert.ok(before.ok)
  await store.put(NURSE, 'o1', weight('o1', 'p1', 8))
  await store.put(NURSE, 'o2', weight('o2', 'p1', 9, { performer: [{ reference: 'Patient/p2' }] }))
  const after = await store.everything(NURSE, 'p1')
  assert.ok(after.ok)
  assert.deepEqual(idsOf(after.page), ['Patient/p1', 'Observation/o1', 'Observation/o2'])
  assert.notEqual(after.page.record, before.page.record)
  const other = await store.everything(NURSE, 'p2')
  assert.ok(other.ok)
  assert.deepEqual(idsOf(other.page), ['Patient/p2', 'Observation/o2'])
  const then = await store.everything(NURSE, 'p1', { at: before.page.record })
  assert.ok(then.ok)
  assert.deepEqual(then.page.versions, before.page.versions)

  const ids: string[] = []
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const page = await store.everything(NURSE, 'p1', { count: 1, ...(cursor === undefined ? {} : { cursor }) })
    assert.ok(page.ok)
    assert.equal(page.page.total, 3)
    ids.push(...idsOf(page.page))
    cursor = page.page.next
  }
  assert.deepEqual(ids, idsOf(after.page))
  assert.equal((await problemOf(store.everything(NURSE, 'nobody')))['kind'], 'notFound')
  assert.equal((await problemOf(store.everything(NURSE, 'p1', { cursor: 'x' })))['kind'], 'cursor')
}))

test('store.changes: every version once, from any position on', () => withStore(async (store) => {
  await store.put(NURSE, 'p1', patient('p1'))
  const first = await store.changes(NURSE, { limit: 10 })
  await Promise.all(Array.from({ length: 10 }, (_, i) => store.put(NURSE, `o${i}`, weight(`o${i}`, 'p1', i))))
  await store.remove(NURSE, 'Observation', 'o3')
  const ids: string[] = []
  for (let page = await store.changes(NURSE, { after: first.position, limit: 3 }); ; page = await store.changes(NURSE, { after: page.position, limit: 3 })) {
    ids.push(...page.changes.map(({ id, version, deleted, child }) => `${id} ${version} ${deleted} ${child}`))
    if (!page.more) break
  }
  assert.equal(ids.length, 11)
  assert.equal(new Set(ids).size, 11)
  assert.equal(ids.at(-1), 'o3 2 true p1')
}))

// ---- transactions

test('store.transaction: urn:uuid is resolved in references, extensions, contained, uri elements and narrative links, in any order', () => withStore(async (store) => {
  const child = 'urn:uuid:8de3051f-6298-43e6-9b7f-2aa6443ee760'
  const note = 'urn:uuid:00000000-0000-4000-8000-000000000001'
  const result = await store.transaction(NURSE, transactionOf(
    entry(weight(undefined, child, 7, {
      extension: [{ url: 'urn:x', valueReference: { reference: child } }, { url: 'urn:y', valueUri: note }],
      contained: [{ resourceType: 'Provenance', id: 'c', target: [{ reference: note }] }],
      text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml"><a href="${child}">child</a> ${child}</div>` },
    }), { fullUrl: note }),
    entry(patient('ignored'), { fullUrl: child }),
  ))
  assert.ok(result.ok, JSON.stringify(result))
  const [observation, made] = result.entries.map((one) => ('version' in one ? one.version : undefined))
  assert.notEqual(made?.id, 'ignored')
  const body = JSON.parse(observation?.text ?? '') as { readonly subject: unknown; readonly extension: readonly unknown[]; readonly contained: readonly { readonly target: unknown }[]; readonly text: { readonly div: string } }
  assert.deepEqual(body.subject, { reference: `Patient/${made?.id}` })
  assert.deepEqual(body.extension, [{ url: 'urn:x', valueReference: { reference: `Patient/${made?.id}` } }, { url: 'urn:y', valueUri: `Observation/${observation?.id}` }])
  assert.deepEqual(body.contained[0]?.target, [{ reference: `Observation/${observation?.id}` }])
  assert.ok(body.text.div.includes(`href="Patient/${made?.id}"`) && body.text.div.includes(`</a> ${child}</div>`), 'a link is rewritten, text is not')
  const everything = await store.everything(NURSE, made?.id ?? '')
  assert.ok(everything.ok && everything.page.total === 2)
}))

test('store.transaction: DELETE, POST, PUT and GET in one, the answers in the order of the request, reads see the writes', () => withStore(async (store) => {
  await store.put(NURSE, 'p1', patient('p1'))
  await store.put(NURSE, 'o1', weight('o1', 'p1', 7))
  await store.put(NURSE, 'o2', weight('o2', 'p1', 7))
  const result = await store.transaction(NURSE, transactionOf(
    entry(undefined, { method: 'GET', url: 'Observation?patient=p1' }),
    entry(undefined, { method: 'GET', url: 'Observation/o2' }),
    entry(weight('o2', 'p1', 8), { method: 'PUT', url: 'Observation/o2', request: { ifMatch: 'W/"1"' } }),
    entry(weight(undefined, 'p1', 9)),
    entry(undefined, { method: 'DELETE', url: 'Observation/o1' }),
    entry(undefined, { method: 'GET', url: 'Observation/o1/_history/1' }),
  ))
  assert.ok(result.ok, JSON.stringify(result))
  assert.deepEqual(result.entries.map((one) => (one.ok ? one.outcome : 'no')), ['found', 'read', 'updated', 'created', 'deleted', 'read'])
  const [found, read] = result.entries
  assert.ok(found?.ok && found.outcome === 'found' && found.page.total === 2)
  assert.ok(read?.ok && read.outcome === 'read' && read.version.version === 2)
}))

test('store.transaction: a bad entry at any position leaves nothing', () => withStore(async (store) => {
  await store.put(NURSE, 'p1', patient('p1'))
  await store.put(NURSE, 'o1', weight('o1', 'p1', 7))
  const before = await store.changes(NURSE, { limit: 100 })
  const bad = [
    { make: entry(weight(undefined, 'nobody', 7)), problem: { kind: 'reference', reference: 'Patient/nobody' } },
    { make: entry(weight(undefined, 'urn:uuid:none', 7)), problem: { kind: 'reference', reference: 'urn:uuid:none' } },
    { make: entry(weight(undefined, 'Patient?identifier=a|b', 7)), problem: { kind: 'reference', matches: 0 } },
    { make: entry(weight('o1', 'p1', 9), { method: 'PUT', url: 'Observation/o1', request: { ifMatch: 'W/"5"' } }), problem: { kind: 'conflict', sent: 5, current: 1 } },
    { make: entry(undefined, { method: 'GET', url: 'Observation/none' }), problem: { kind: 'notFound', id: 'none' } },
    { make: entry(weight('o2', 'p1', 9), { method: 'PUT', url: 'Observation/other' }), problem: { kind: 'bundle', what: 'idMismatch' } },
    { make: entry(weight(undefined, 'p1', 9), { url: 'Patient' }), problem: { kind: 'bundle', what: 'typeMismatch' } },
    { make: entry(weight(undefined, 'p1', 9), { method: 'PATCH' }), problem: { kind: 'bundle', what: 'notSupported' } },
    { make: entry(weight(undefined, 'p1', 9), { request: { ifNoneExist: 'a=b' } }), problem: { kind: 'bundle', what: 'notSupported' } },
    { make: { resource: patient('x') }, problem: { kind: 'bundle', what: 'request' } },
    { make: entry(undefined, { method: 'GET', url: 'Observation?nonsense=1' }), problem: { kind: 'bundle', what: 'query' } },
  ]
  for (const { make, problem } of bad) for (const at of [0, 1, 2]) {
    const good = [entry(weight(undefined, 'p1', 1)), entry(weight('o1', 'p1', 2), { method: 'PUT', url: 'Observation/o1' })].filter((one) => !JSON.stringify(make).includes('"o1"') || !JSON.stringify(one).includes('"o1"'))
    const entries = [...good.slice(0, at), make, ...good.slice(at)]
    assert.partialDeepStrictEqual(await problemOf(store.transaction(NURSE, transactionOf(...entries))), { ...problem, entry: entries.indexOf(make) })
  }
  assert.deepEqual((await store.changes(NURSE, { limit: 100 })).changes, before.changes)
}))

test('store.transaction: two entries on one resource, one fullUrl twice, another type of bundle are refused', () => withStore(async (store) => {
  await store.put(NURSE, 'p1', patient('p1'))
  const twice = await problemOf(store.transaction(NURSE, transactionOf(entry(patient('p1', { active: true }), { method: 'PUT', url: 'Patient/p1' }), entry(undefined, { method: 'DELETE', url: 'Patient/p1' }))))
  assert.deepEqual(twice, { kind: 'bundle', what: 'sameResource', entry: 1, other: 0, found: 'Patient/p1' })
  const url = await problemOf(store.transaction(NURSE, transactionOf(entry(patient('a'), { fullUrl: 'urn:uuid:1' }), entry(patient('b'), { fullUrl: 'urn:uuid:1' }))))
  assert.deepEqual(url, { kind: 'bundle', what: 'fullUrlTwice', entry: 1, other: 0, found: 'urn:uuid:1' })
  assert.deepEqual(await problemOf(store.transaction(NURSE, { resourceType: 'Bundle', type: 'collection' })), { kind: 'bundle', what: 'type', found: 'collection' })
  assert.deepEqual(await problemOf(store.transaction(NURSE, patient('p1'))), { kind: 'bundle', what: 'type', found: 'Patient' })
}))

test('store.transaction: a conditional reference must find exactly one', () => withStore(async (store) => {
  const nurse = (id: string): Promise<unknown> => store.put(NURSE, id, { resourceType: 'Practitioner', id, identifier: [{ system: 'urn:npi', value: '7' }] })
  await store.put(NURSE, 'p1', patient('p1'))
  await nurse('n1')
  const bundle = transactionOf(entry(weight(undefined, 'p1', 7, { performer: [{ reference: 'Practitioner?identifier=urn:npi|7' }] })))
  const result = await store.transaction(NURSE, bundle)
  assert.ok(result.ok, JSON.stringify(result))
  const [made] = result.entries
  assert.ok(made?.ok && 'version' in made)
  assert.match(made.version?.text ?? '', /"reference":"Practitioner\/n1"/)
  await nurse('n2')
  assert.partialDeepStrictEqual(await problemOf(store.transaction(NURSE, bundle)), { kind: 'reference', matches: 2, entry: 0 })
}))

test('store.transaction: sent again it answers the same, if it was made of PUTs', () => withStore(async (store) => {
  const bundle = transactionOf(entry(patient('p1'), { method: 'PUT', url: 'Patient/p1' }), entry(weight('o1', 'p1', 7), { method: 'PUT', url: 'Observation/o1', request: { ifNoneMatch: '*' } }))
  const [first, second] = [await store.transaction(NURSE, bundle), await store.transaction(NURSE, bundle)]
  assert.ok(first.ok && second.ok)
  assert.deepEqual(second.entries.map((one) => one.outcome), ['unchanged', 'unchanged'])
  assert.deepEqual(second.entries.map((one) => ('version' in one ? one.version?.version : 0)), [1, 1])
}))

test('store.transaction: many at once on the same resources: each whole, none half', () => withStore(async (store) => {
  await store.put(NURSE, 'p1', patient('p1'))
  await Promise.all(['o1', 'o2'].map((id) => store.put(NURSE, id, weight(id, 'p1', 0))))
  const results = await Promise.all(Array.from({ length: 12 }, (_, i) => store.transaction(NURSE, transactionOf(...(i % 2 === 0 ? ['o1', 'o2'] : ['o2', 'o1']).map((id) => entry(weight(id, 'p1', i + 1), { method: 'PUT', url: `Observation/${id}` }))))))
  assert.ok(results.some(({ ok }) => ok))
  const read = async (id: string): Promise<readonly unknown[]> => {
    const history = await store.history(NURSE, 'Observation', id, { count: 100 })
    assert.ok(history.ok)
    return history.page.versions.map(({ text }) => (JSON.parse(text ?? '{}') as { readonly valueQuantity: { readonly value: number } }).valueQuantity.value)
  }
  assert.deepEqual(await read('o1'), await read('o2'))
}))

// ---- batches

test('store.batch: entries are independent; references between them are not resolved', () => withStore(async (store) => {
  await store.put(NURSE, 'p1', patient('p1'))
  const result = await store.batch(NURSE, batchOf(
    entry(undefined, { method: 'GET', url: 'Observation/o1' }),
    entry(weight('o1', 'p1', 7), { method: 'PUT', url: 'Observation/o1' }),
    entry(weight(undefined, 'urn:uuid:1', 7)),
    entry(patient('x'), { fullUrl: 'urn:uuid:1' }),
    entry(undefined, { method: 'GET', url: 'Observation/none' }),
    { fullUrl: 'urn:uuid:2' },
  ))
  assert.ok(result.ok)
  assert.deepEqual(result.entries.map((one) => (one.ok ? one.outcome : one.problem.kind)), ['read', 'created', 'reference', 'created', 'notFound', 'bundle'])
  assert.deepEqual(result.entries.map((one) => (one.ok ? undefined : one.problem.entry)), [undefined, undefined, 2, undefined, 4, 5])
}))

test('store.setting: values by key', () => withStore(async (store) => {
  assert.equal(await store.setting(NURSE, 'place'), undefined)
  await store.putSetting(NURSE, 'place', { name: 'Kibuye', country: 'UG' })
  await store.putSetting(NURSE, 'place', { name: 'Kibuye 2', country: 'UG' })
  assert.deepEqual(await store.setting(NURSE, 'place'), { name: 'Kibuye 2', country: 'UG' })
  assert.equal(await store.ping(), true)
}))
