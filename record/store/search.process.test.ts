/** Search on a real database against the plain reading of the specification (`matches`), and its paging. */
import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { indexKeys, matches, parseSearch, type Search } from '@bairn/fhir/search'
import type { Resource, Store } from './contract.ts'
import { NURSE, withStore } from './testing/database.ts'
import { idsOf, patient, search, weight } from './testing/fhir.ts'

const SEED = Number(process.env['BAIRN_SEED'] ?? 7)
const ROUNDS = process.env['BAIRN_PROVE'] === '1' ? 1500 : 250

const NAMES = ['Awa', 'Åwa', 'awa marie', 'Müller', 'Muller', 'Ngozi', 'نور', '李小龙', 'O\u2019Neill', '']
const DATES = ['2026', '2026-03', '2026-03-01', '2026-02-28T23:30:00-02:00', '2026-03-01T00:30:00+03:00', '2026-03-01T00:30:00Z', '2025-12-31T23:59:59.999Z', '2026-03-01T12:00:00+14:00']
const CODES = [{ system: 'http://loinc.org', code: '29463-7' }, { system: 'http://loinc.org', code: '8302-2' }, { code: '29463-7' }, { system: 'urn:x', code: '29463-7' }, { system: 'urn:x', code: 'a|b,c' }]

/** A small world in which most queries find some and not all. */
function world(): readonly Resource[] {
  const children = Array.from({ length: 10 }, (_, i) => patient(`p${i}`, {
    name: [{ family: NAMES[i], given: [NAMES[(i * 3) % 10], NAMES[(i * 7) % 10]].filter((name) => name !== '') }], ...(i % 4 === 0 ? {} : { birthDate: ['2025-05-23', '2025-05', '2025'][i % 3] }),
    identifier: [{ system: 'urn:card', value: `A${i % 4}` }, { value: `b${i % 3}` }], gender: i % 2 === 0 ? 'male' : 'female',
  }))
  const facts = Array.from({ length: 60 }, (_, i) => weight(`o${i}`, `p${i % 10}`, i, {
    code: { coding: [CODES[i % 5], CODES[(i * 3) % 5]] }, ...(i % 7 === 0 ? {} : { effectiveDateTime: DATES[i % 8] }),
    ...(i % 9 === 0 ? { effectiveDateTime: undefined, effectivePeriod: { start: '2026-02-27', ...(i % 2 === 0 ? { end: '2026-03-02' } : {}) } } : {}),
  }))
  return [...children, ...facts.map((fact) => JSON.parse(JSON.stringify(fact)) as Resource)]
}

const dateValue = fc.tuple(fc.constantFrom('', 'eq', 'ne', 'lt', 'gt', 'ge', 'le', 'sa', 'eb', 'ap'), fc.constantFrom(...DATES, '2026-03-02', '2026-02-28', '2026-03-01T00:30:00.5+03:00')).map(([prefix, date]) => `${prefix}${date}`)
const tokenValue = fc.constantFrom('29463-7', 'http://loinc.org|29463-7', 'http://loinc.org|', '|29463-7', 'urn:x|a\\|b\\,c', 'nothing')
const parts = (values: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.array(values, { minLength: 1, maxLength: 3 }).map((list) => list.join(','))
const observationQuery = fc.array(fc.oneof(
  parts(dateValue).map((value) => ['date', value]),
  parts(tokenValue).map((value) => ['code', value]),
  parts(fc.constantFrom('p1', 'Patient/p2', 'p9', 'nobody')).map((value) => ['patient', value]),
  parts(fc.constantFrom('p1', 'Patient/p3', 'Group/p1')).map((value) => ['subject', value]),
  parts(fc.constantFrom('o1', 'o2', 'o30', 'p1')).map((value) => ['_id', value]),
), { maxLength: 4 })
const patientQuery = fc.array(fc.oneof(
  parts(fc.constantFrom('awa', 'ÅWA', 'a', 'mull', 'ngo', 'نو', '李', 'o\'n', 'zzz')).map((value) => ['name', value]),
  parts(fc.constantFrom('2025-05-23', '2025-05', 'lt2025-06', 'ge2025-05-24', 'sa2025-05-22', 'ne2025')).map((value) => ['birthdate', value]),
  parts(fc.constantFrom('urn:card|a1', 'A2', 'urn:card|', '|b1', 'b2')).map((value) => ['identifier', value]),
  parts(fc.constantFrom('p1', 'p4', 'o1')).map((value) => ['_id', value]),
), { maxLength: 4 })

function parsed(type: string, query: readonly (readonly string[])[], count?: number): Search {
  const result = parseSearch(type, new URLSearchParams([...query.map(([name, value]) => [name as string, value as string]), ...(count === undefined ? [] : [['_count', String(count)]])]), { now: Date.UTC(2026, 10, 24) })
  assert.ok(result.ok, JSON.stringify(result))
  return result.search
}

async function allPages(store: Store, query: Search): Promise<{ readonly ids: readonly string[]; readonly totals: ReadonlySet<number> }> {
  const ids: string[] = []
  const totals = new Set<number>()
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const result = await store.search(NURSE, { ...query, ...(cursor === undefined ? {} : { cursor }) })
    assert.ok(result.ok)
    ids.push(...result.page.versions.map(({ id }) => id))
    totals.add(result.page.total)
    cursor = result.page.next
  }
  return { ids, totals }
}

test(`store.search: exactly what the specification finds, each once over all pages, with one total (seed ${SEED})`, () => withStore(async (store) => {
  const resources = world()
  for (const resource of resources) assert.ok((await store.put(NURSE, String(resource['id']), resource)).ok)
  // Changed and deleted ones must not be found by what they were.
  for (const id of ['o3', 'o33']) await store.put(NURSE, id, weight(id, `p${Number(id.slice(1)) % 10}`, 0, { code: { coding: [CODES[1]] }, effectiveDateTime: '2020' }))
  await store.remove(NURSE, 'Observation', 'o11')
  const now = new Map<string, Resource>()
  for (const resource of resources) {
    const found = await store.read(NURSE, String(resource['resourceType']), String(resource['id']))
    if (found.ok) now.set(`${String(resource['resourceType'])}/${String(resource['id'])}`, JSON.parse(found.version.text) as Resource)
  }
  const check = async (type: string, query: readonly (readonly string[])[], count: number): Promise<void> => {
    const wanted = [...now.values()].filter((resource) => resource['resourceType'] === type && matches({ ...indexKeys(resource), id: String(resource['id']) }, parsed(type, query))).map(({ id }) => String(id))
    const { ids, totals } = await allPages(store, parsed(type, query, count))
    assert.deepEqual(ids.toSorted(), wanted.toSorted(), `${type}?${JSON.stringify(query)}`)
    assert.deepEqual([...totals], [wanted.length])
  }
  await fc.assert(fc.asyncProperty(observationQuery, fc.integer({ min: 1, max: 20 }), (query, count) => check('Observation', query, count)), { seed: SEED, numRuns: ROUNDS })
  await fc.assert(fc.asyncProperty(patientQuery, fc.integer({ min: 1, max: 20 }), (query, count) => check('Patient', query, count)), { seed: SEED, numRuns: ROUNDS })
}))

test('store.search: a page stays where it was while others write', () => withStore(async (store) => {
  await store.put(NURSE, 'p1', patient('p1'))
  for (let i = 0; i < 6; i += 1) await store.put(NURSE, `o${i}`, weight(`o${i}`, 'p1', i))
  const first = await search(store, 'Observation', 'patient=p1&_count=3')
  assert.deepEqual(idsOf(first), ['Observation/o0', 'Observation/o1', 'Observation/o2'])
  await store.remove(NURSE, 'Observation', 'o1')
  await store.put(NURSE, 'o9', weight('o9', 'p1', 9))
  const second = await search(store, 'Observation', `patient=p1&_count=3&_cursor=${first.next ?? ''}`)
  assert.deepEqual(idsOf(second), ['Observation/o3', 'Observation/o4', 'Observation/o5'])
  assert.equal(second.total, 6)
}))

test('store.search: _count=0 gives the total alone; a cursor that is none is refused', () => withStore(async (store) => {
  await store.put(NURSE, 'p1', patient('p1'))
  await store.put(NURSE, 'o1', weight('o1', 'p1', 1))
  const page = await search(store, 'Observation', 'code=29463-7&_count=0')
  assert.deepEqual([page.versions, page.total, page.next], [[], 1, undefined])
  assert.deepEqual(await store.search(NURSE, { ...parsed('Observation', []), cursor: 'x\' or 1=1' }), { ok: false, problem: { kind: 'cursor', found: 'x\' or 1=1' } })
}))

test('store.search: texts of any length and any sign are kept and found', () => withStore(async (store) => {
  const long = 'ünïcødé '.repeat(2000)
  await store.put(NURSE, 'p1', patient('p1', { name: [{ family: long }, { family: '\u{10ffff}x' }, { family: '50% _under' }] }))
  for (const name of ['ünïcødé ünï', long, '\u{10ffff}', '50%', '50% _']) assert.equal((await search(store, 'Patient', `name=${encodeURIComponent(name)}`)).total, 1, name.slice(0, 20))
  assert.equal((await search(store, 'Patient', 'name=5_')).total, 0)
}))
