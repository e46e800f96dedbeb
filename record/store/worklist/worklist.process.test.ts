/** The worklist on a real database: kept up to the writes, the day and the editions; filters, search, counts, duplicates. */
import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { Client } from 'pg'
import { addDays, type Day } from '@bairn/quantities'
import type { Project, Resource, Store, WorklistFilter, WorklistPage } from '../contract.ts'
import { freshDatabase, NURSE, openTestStore, TODAY, withStore } from '../testing/database.ts'
import { patient, weight } from '../testing/fhir.ts'

const SEED = Number(process.env['BAIRN_SEED'] ?? 11)
const URGENCIES = ['urgent', 'actToday', 'overdue', 'dueToday', 'notKnown', 'well'] as const
const FILTERS: readonly WorklistFilter[] = ['all', ...URGENCIES, 'comingUp']

/** Urgency and due day stand in the last weight: a plan that a test can read. */
const project: Project = ([child, ...facts], on) => {
  if (child === undefined || child['deceasedBoolean'] === true || child['active'] === false) return undefined
  const values = facts.filter(({ status }) => status === 'final').map((fact) => (fact['valueQuantity'] as { readonly value: number }).value)
  const last = values.at(-1) ?? 5
  const [name] = child['name'] as readonly { readonly text: string }[]
  const phones = ((child['telecom'] ?? []) as readonly { readonly value: string }[]).map(({ value }) => value)
  const cards = ((child['identifier'] ?? []) as readonly { readonly value: string }[]).map(({ value }) => value)
  const [contact] = (child['contact'] ?? []) as readonly { readonly name: { readonly text: string } }[]
  const [address] = (child['address'] ?? []) as readonly { readonly city: string }[]
  const urgency = URGENCIES[Math.trunc(last) % 6] ?? 'well'
  return {
    row: {
      child: String(child['id']), name: name?.text ?? '', birthEstimated: false, urgency, more: values.length, spark: [], due: addDays(on, -values.length),
      ...(typeof child['birthDate'] === 'string' ? { birthDate: child['birthDate'] } : {}), ...(contact === undefined ? {} : { mother: contact.name.text }), ...(address === undefined ? {} : { village: address.city }),
    },
    needs: values.length % 2 === 1 ? [{ need: 'measure', urgency: 'comingUp', due: on }] : [{ need: 'seeAgain', urgency: 'dueToday', due: on }, { need: 'refer', urgency: 'urgent', due: on }],
    words: { name: [name?.text ?? ''], mother: contact === undefined ? [] : [contact.name.text], phone: phones, card: cards, village: address === undefined ? [] : [address.city] },
  }
}

const child = (id: string, name: string, more: Resource = {}): Resource => ({ ...patient(id), name: [{ text: name }], ...more })
const list = (store: Store, filter: WorklistFilter = 'all', q = '', page = 1, count = 50): Promise<WorklistPage> => store.worklist(NURSE, { filter, q, page, count })
const names = ({ rows }: WorklistPage): readonly string[] => rows.map(({ name }) => name)

test('store.worklist: rows follow the writes, most urgent first, and a child who died leaves at once', () => withStore(async (store) => {
  await store.put(NURSE, 'p1', child('p1', 'Awa'))
  await store.put(NURSE, 'p2', child('p2', 'Musa'))
  await store.settle(TODAY)
  assert.deepEqual(names(await list(store)), ['Awa', 'Musa'])
  await store.put(NURSE, 'o1', weight('o1', 'p2', 0))
  await store.settle(TODAY)
  const after = await list(store)
  assert.deepEqual(names(after), ['Musa', 'Awa'])
  assert.deepEqual(after.counts, { all: 2, urgent: 1, actToday: 0, overdue: 0, dueToday: 0, comingUp: 1, notKnown: 0, well: 1 })
  assert.deepEqual(names(await list(store, 'urgent')), ['Musa'])
  assert.deepEqual(names(await list(store, 'comingUp')), ['Musa'])
  await store.put(NURSE, 'p2', child('p2', 'Musa', { deceasedBoolean: true }))
  assert.deepEqual(names(await list(store)), ['Awa'], 'before any refresh')
  assert.equal((await list(store)).counts.all, 1)
  await store.settle(TODAY)
  assert.deepEqual(names(await list(store)), ['Awa'])
  assert.equal(await store.countChildren(NURSE), 1)
  await store.put(NURSE, 'p2', child('p2', 'Musa'))
  await store.settle(TODAY)
  assert.deepEqual(names(await list(store)), ['Musa', 'Awa'], 'a death entered by mistake')
  await store.remove(NURSE, 'Patient', 'p2')
  assert.deepEqual(names(await list(store)), ['Awa'])
}, { project }))

test('store.worklist: found by the beginning of any name, by phone however written, by card number and village', () => withStore(async (store) => {
  await store.put(NURSE, 'p1', child('p1', 'Åwa Marie Diallo', { telecom: [{ value: '+256 772 123 456' }], identifier: [{ value: '2025/0042' }], contact: [{ name: { text: 'Fatou Ndiaye' } }], address: [{ city: 'Ségou' }] }))
  await store.put(NURSE, 'p2', child('p2', '李小龙', { telecom: [{ value: '0700999888' }], identifier: [{ value: 'KB-77' }] }))
  await store.put(NURSE, 'p3', child('p3', 'نور الهدى'))
  await store.settle(TODAY)
  for (const q of ['awa', 'AWA DIA', 'diallo marie', 'fat', 'ndiaye awa', '0772 123456', '0772', '772123456', '+256772123456', '00256772123456', '3456', '2025/0042', '42', '0042', 'ségou', 'SEGOU ma', '٠٧٧٢١٢٣٤٥٦']) assert.deepEqual((await list(store, 'all', q)).rows.map((row) => row.child), ['p1'], q)
  for (const q of ['李', '小龙', '龙', '0700', 'kb-77', 'KB 77', 'kb77']) assert.deepEqual((await list(store, 'all', q)).rows.map((row) => row.child), ['p2'], q)
  assert.deepEqual((await list(store, 'all', 'نور')).rows.map((row) => row.child), ['p3'])
  for (const q of ['wa', 'awa musa', 'zz']) assert.deepEqual((await list(store, 'all', q)).rows, [], q)
  for (const q of ['%', '_', '\'', ' ']) assert.equal((await list(store, 'all', q)).total, 3, 'no word asked for')
}, { project }))

test('store.worklist: a row changes on its day: not before, on it, long after it (the computer slept), and back when its clock was wrong', () => {
  const seen: Day[] = []
  const changing: Project = (resources, on) => {
    seen.push(on)
    const made = project(resources, on)
    return made === undefined ? undefined : { ...made, row: { ...made.row, urgency: on < addDays(TODAY, 10) ? 'well' : 'overdue' }, ...(on < addDays(TODAY, 10) ? { nextChange: addDays(TODAY, 10) } : {}) }
  }
  return withStore(async (store) => {
    await store.put(NURSE, 'p1', child('p1', 'Awa'))
    const urgency = async (on: Day): Promise<string | undefined> => {
      await store.settle(on)
      return (await list(store)).rows[0]?.urgency
    }
    assert.equal(await urgency(TODAY), 'well')
    const before = seen.length
    assert.equal(await urgency(addDays(TODAY, 9)), 'well')
    assert.equal(seen.length, before, 'nothing is computed before it is due')
    assert.equal(await urgency(addDays(TODAY, 10)), 'overdue')
    assert.equal(await urgency(addDays(TODAY, 400)), 'overdue')
    assert.equal(await urgency(TODAY), 'well', 'the clock was wrong')
  }, { project: changing })
})

test('store.worklist: another engine or edition makes every row again, once, over any number of steps', async () => {
  const database = await freshDatabase()
  const first = await openTestStore(database, { project })
  for (let i = 0; i < 320; i += 1) await first.put(NURSE, `p${i}`, child(`p${i}`, `Child ${i}`))
  await first.settle(TODAY)
  await first.close()
  const seen = new Map<string, number>()
  const second = await openTestStore(database, {
    stamp: () => 'test-2',
    project: (resources, on) => {
      const id = String(resources[0]?.['id'])
      seen.set(id, (seen.get(id) ?? 0) + 1)
      const made = project(resources, on)
      return made === undefined ? undefined : { ...made, row: { ...made.row, urgency: 'overdue' } }
    },
  })
  await second.settle(TODAY)
  assert.equal((await list(second, 'overdue')).total, 320)
  assert.equal(seen.size, 320)
  assert.ok([...seen.values()].every((times) => times === 1))
  await second.close()
})

test('store.worklist: a database that was copied into another cluster, with transaction numbers that are not reached there, is read to the end', async () => {
  const database = await freshDatabase()
  const first = await openTestStore(database, { project })
  await first.put(NURSE, 'p1', child('p1', 'Awa'))
  await first.settle(TODAY)
  await first.close()
  const client = new Client(database)
  await client.connect()
  await client.query("update bairn.change set xact = '9999999'; update bairn.worklist_state set xact = '9999999'")
  await client.end()
  const second = await openTestStore(database, { project })
  await second.put(NURSE, 'p2', child('p2', 'Musa'))
  await second.settle(TODAY)
  assert.deepEqual(names(await list(second)), ['Awa', 'Musa'])
  assert.equal((await second.changes(NURSE, { limit: 10 })).changes.length, 2)
  await second.close()
})

test('store.worklist: pages cover the list once; a page behind the end is the last one', () => withStore(async (store) => {
  for (let i = 0; i < 23; i += 1) await store.put(NURSE, `p${i}`, child(`p${i}`, `Child ${i % 5}`))
  await store.settle(TODAY)
  const pages = await Promise.all([1, 2, 3].map((page) => list(store, 'well', '', page, 10)))
  assert.deepEqual(pages.map(({ rows, pages: all, total }) => [rows.length, all, total]), [[10, 3, 23], [10, 3, 23], [3, 3, 23]])
  assert.equal(new Set(pages.flatMap(({ rows }) => rows.map((row) => row.child))).size, 23)
  const behind = await list(store, 'well', '', 9, 10)
  assert.deepEqual([behind.page, behind.rows], [3, pages[2]?.rows])
  assert.deepEqual((await list(store, 'urgent')).rows, [])
}, { project }))

test(`store.worklist: after any writes it equals what is computed anew, and the counts equal the rows (seed ${SEED})`, async () => {
  const write = fc.oneof(
    fc.record({ kind: fc.constant('child'), n: fc.integer({ min: 0, max: 5 }), dead: fc.boolean(), name: fc.constantFrom('Awa', 'Musa', 'Fatou Awa') }),
    fc.record({ kind: fc.constant('weight'), n: fc.integer({ min: 0, max: 5 }), id: fc.integer({ min: 0, max: 3 }), kg: fc.integer({ min: 0, max: 5 }) }),
    fc.record({ kind: fc.constant('remove'), n: fc.integer({ min: 0, max: 5 }) }),
    fc.record({ kind: fc.constant('settle') }),
  )
  await fc.assert(fc.asyncProperty(fc.array(write, { minLength: 5, maxLength: 40 }), async (writes) => {
    const database = await freshDatabase()
    const store = await openTestStore(database, { project })
    for (const one of writes) {
      if (one.kind === 'child' && 'dead' in one) await store.put(NURSE, `p${one.n}`, child(`p${one.n}`, one.name, one.dead ? { deceasedBoolean: true } : {}))
      else if (one.kind === 'weight' && 'kg' in one) await store.put(NURSE, `o${one.n}-${one.id}`, weight(`o${one.n}-${one.id}`, `p${one.n}`, one.kg))
      else if (one.kind === 'remove' && 'n' in one) await store.remove(NURSE, 'Patient', `p${one.n}`)
      else await store.settle(TODAY)
    }
    await store.settle(TODAY)
    const kept = await Promise.all(FILTERS.map((filter) => list(store, filter)))
    const found = await list(store, 'all', 'awa')
    await checkCounts(database, kept[0] as WorklistPage)
    await store.close()
    const again = await openTestStore(database, { project, stamp: () => 'anew' })
    await again.settle(TODAY)
    assert.deepEqual(await Promise.all(FILTERS.map((filter) => list(again, filter))), kept)
    assert.deepEqual(await list(again, 'all', 'awa'), found)
    for (const page of kept) assert.equal(page.rows.length, page.total)
    await again.close()
  }), { seed: SEED, numRuns: process.env['BAIRN_PROVE'] === '1' ? 60 : 12 })
})

async function checkCounts(database: Parameters<typeof openTestStore>[0], page: WorklistPage): Promise<void> {
  const client = new Client(database)
  await client.connect()
  const { rows: [row] } = await client.query<{ readonly listed: string; readonly counted: string; readonly lines: string; readonly wrong: string }>(`
    select (select count(*) from bairn.worklist_child where listed) as listed, (select coalesce(sum(children), 0) from bairn.worklist_count) as counted,
      (select count(*) from bairn.worklist_line) as lines,
      (select count(*) from bairn.worklist_count c where c.children <> (select count(*) from bairn.worklist_child w where w.listed and w.rank = c.rank and w.coming_up = c.coming_up)) as wrong`)
  await client.end()
  assert.deepEqual(row, { listed: String(page.total), counted: String(page.total), lines: String(page.total), wrong: '0' })
}

test('store.duplicates: the same child with another spelling, day and month exchanged, or the same phone; best first; twins are shown', () => withStore(async (store) => {
  const mother = [{ name: { text: 'Fatou Ndiaye' } }]
  await store.put(NURSE, 'same', child('same', 'Aminata Diallo', { birthDate: '2025-05-03', contact: mother, telecom: [{ value: '0772123456' }] }))
  await store.put(NURSE, 'twin', child('twin', 'Ousmane Diallo', { birthDate: '2025-05-03', contact: mother }))
  await store.put(NURSE, 'other', child('other', 'Aminata Keita', { birthDate: '2021-01-09' }))
  await store.settle(TODAY)
  const ask = async (query: Parameters<Store['duplicates']>[1]): Promise<readonly string[]> => (await store.duplicates(NURSE, query)).map(({ row, because }) => `${row.child}: ${because.join(' ')}`)
  assert.deepEqual(await ask({ name: 'Amminata Dialo', mother: 'Fatu Ndiaye', birthDate: '2025-05-03' }), ['same: name mother birthDate', 'twin: mother birthDate'])
  assert.deepEqual(await ask({ name: 'Aminata Diallo', birthDate: '2025-03-05' }), ['same: name birthDate'])
  assert.deepEqual(await ask({ name: 'Aminata', birthDate: '2025-05' }), ['same: name birthDate'])
  assert.deepEqual(await ask({ name: 'Aminata Diallo', phone: '+256 772 123456' }), ['same: name phone'])
  assert.deepEqual(await ask({ name: 'Zainab', birthDate: '2025-05-03' }), [])
  assert.deepEqual(await ask({}), [])
}, { project }))
