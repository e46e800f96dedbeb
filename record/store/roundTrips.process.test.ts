/** Which statements each call sends: one more is a slower server long before anybody measures it. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { Client } from 'pg'
import { parseSearch } from '@bairn/fhir/search'
import type { Store } from './contract.ts'
import { NURSE, withStore } from './testing/database.ts'
import { entry, patient, transactionOf, weight } from './testing/fhir.ts'

/** The worklist follows writes by itself, at any moment: not the call's. */
const BACKGROUND = ['findStale', 'lockWorklist', 'readWorklistState', 'listChangedChildren', 'listPatientsAfter', 'listDueChildren', 'readRecords', 'saveWorklist', 'writeWorklistState', 'begin', 'commit']

/** Names of the statements that any connection sends while something runs. */
async function statementsOf(run: () => Promise<unknown>): Promise<readonly string[]> {
  const { query } = Client.prototype
  const names: string[] = []
  Client.prototype.query = function named(this: Client, ...args: Parameters<typeof query>) {
    const [given] = args as unknown as readonly [{ readonly name?: string } | string]
    names.push((typeof given === 'string' ? given : given.name ?? 'unnamed').replace(/^search_.*/, 'search'))
    return query.apply(this, args)
  } as typeof query
  try {
    await run()
  } finally {
    Client.prototype.query = query
  }
  return names.filter((name) => !BACKGROUND.includes(name)).toSorted()
}

const calls: readonly { readonly name: string; readonly statements: readonly string[]; readonly run: (store: Store) => Promise<unknown> }[] = [
  { name: 'create for a known child', statements: ['insertResources'], run: (store) => store.create(NURSE, weight(undefined, 'p1', 1)) },
  { name: 'put of a new fact', statements: ['insertResources', 'readForWrite'], run: (store) => store.put(NURSE, 'new', weight('new', 'p1', 1), { ifNoneMatch: '*' }) },
  { name: 'put of a change', statements: ['changeResources', 'readForWrite'], run: (store) => store.put(NURSE, 'o1', weight('o1', 'p1', 2), { ifMatch: 1 }) },
  { name: 'put of the same again', statements: ['readForWrite'], run: (store) => store.put(NURSE, 'o1', weight('o1', 'p1', 2)) },
  { name: 'delete', statements: ['changeResources', 'readForWrite'], run: (store) => store.remove(NURSE, 'Observation', 'new') },
  { name: 'read', statements: ['readResource'], run: (store) => store.read(NURSE, 'Observation', 'o1') },
  { name: 'vread', statements: ['readVersion'], run: (store) => store.vread(NURSE, 'Observation', 'o1', 1) },
  { name: 'history', statements: ['listHistory', 'readResource'], run: (store) => store.history(NURSE, 'Observation', 'o1', { count: 10 }) },
  { name: 'everything', statements: ['countCompartment', 'listCompartment', 'readResource'], run: (store) => store.everything(NURSE, 'p1') },
  { name: 'transaction of ten', statements: ['insertResources'], run: (store) => store.transaction(NURSE, transactionOf(entry(patient('x'), { fullUrl: 'urn:uuid:1' }), ...Array.from({ length: 9 }, (_, i) => entry(weight(undefined, 'urn:uuid:1', i))))) },
  { name: 'a page of the worklist', statements: ['countWorklist', 'listWorklist'], run: (store) => store.worklist(NURSE, { filter: 'all', page: 1, count: 25 }) },
  {
    name: 'search by child and code', statements: ['search'],
    run: (store) => {
      const parsed = parseSearch('Observation', new URLSearchParams('patient=p1&code=http://loinc.org|29463-7'), { now: 0 })
      assert.ok(parsed.ok)
      return store.search(NURSE, parsed.search)
    },
  },
]

test('store: statements a call', () => withStore(async (store) => {
  await store.put(NURSE, 'p1', patient('p1'))
  await store.put(NURSE, 'o1', weight('o1', 'p1', 1))
  for (const { name, statements, run } of calls) assert.deepEqual(await statementsOf(() => run(store)), statements, name)
}))
