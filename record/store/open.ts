/** Opens a database as a store: schema brought up, everything wired. */
import { migrate } from './migrate.ts'
import { batch, transaction } from './bundle.ts'
import { instantOf, openPool, orProblem, orThrow, unavailable } from './connection.ts'
import type { KeptConflict, OpenResult, Principal, Store, StoreOptions } from './contract.ts'
import { listFeed } from './feed.ts'
import { typeHash } from './hashing.ts'
import { risingClock } from './numbers.ts'
import { openPlaces } from './places.ts'
import { listConflicts, readSetting, restartFeed, settleConflict, writeSetting, type ConflictRow } from './queries/beside.ts'
import { countListed } from './queries/worklist.ts'
import { create, everything, history, put, read, remove, vread } from './resources.ts'
import { runSearch } from './searching.ts'
import { exportAll } from './transfer/export.ts'
import { importAll } from './transfer/import.ts'
import { findDuplicates } from './worklist/duplicates.ts'
import { readWorklist } from './worklist/list.ts'
import { openRefresh } from './worklist/refresh.ts'
import type { Writing } from './write.ts'

const CONNECTIONS = 8

export async function openStore(options: StoreOptions): Promise<OpenResult> {
  const pool = openPool(options.database, options.connections ?? CONNECTIONS)
  // Numbers come on a connection of their own: writers that hold all others must not wait for each other.
  const numbers = openPool(options.database, 1)
  const close = async (): Promise<void> => { await Promise.all([pool.end(), numbers.end()]) }
  try {
    const problem = await migrate(pool)
    if (problem !== undefined) {
      await close()
      return { ok: false, problem }
    }
    await restartFeed(pool, [])
  } catch (problem) {
    await close()
    const known = unavailable(problem)
    if (known === undefined) throw problem
    return { ok: false, problem: known }
  }

  const clock = risingClock(options.now ?? Date.now)
  const places = openPlaces(pool, numbers)
  const refresh = openRefresh({ pool, project: options.project, stamp: options.stamp, today: options.today, onProblem: options.onBackgroundProblem ?? (() => {}) })
  const writing: Writing = { pool, places, clock, onWritten: refresh.touched, ...(options.base === undefined ? {} : { base: options.base }) }
  // What a crash or an update left behind.
  refresh.touched()

  const store: Store = {
    read: (_, type, id) => read(pool, type, id),
    vread: (_, type, id, version) => vread(pool, type, id, version),
    history: (_, type, id, page) => history(pool, type, id, page),
    create: (who, resource) => create(writing, who, resource),
    put: (who, id, resource, condition = {}) => put(writing, who, id, resource, condition),
    remove: (who, type, id, condition = {}) => remove(writing, who, type, id, condition),
    transaction: (who, bundle) => transaction(writing, who, bundle),
    batch: (who, bundle) => batch(writing, who, bundle),
    search: (_, search) => orProblem(() => runSearch(pool, places, search)),
    everything: (_, patient, page = {}) => everything(pool, patient, page),
    changes: (_, page) => orThrow(() => listFeed(pool, page)),
    conflicts: (_, patient) => orThrow(async () => {
      await places.load(pool, [{ type: 'Patient', id: patient }])
      const place = places.find('Patient', patient)
      return place === undefined ? [] : (await listConflicts(pool, [place.child])).map(keptOf)
    }),
    settleConflict: (who, id) => orThrow(async () => {
      const [child, number] = id.split('.')
      if (/^\d{1,18}\.\d{1,18}$/.test(id)) await settleConflict(pool, [child as string, number as string, new Date(clock()).toISOString(), who.practitioner])
    }),
    worklist: (_, query) => orThrow(() => readWorklist(pool, query)),
    settle: (on) => refresh.settle(on),
    worklistState: async (on) => ({ behind: await refresh.behind(on) }),
    duplicates: (_, query) => orThrow(() => findDuplicates(pool, query)),
    countChildren: () => orThrow(async () => Number((await countListed(pool, [typeHash('Patient')]))[0]?.children ?? 0)),
    exportAll: (who, transfer = {}) => exportAll(pool, who, clock(), transfer),
    importAll: (_, chunks, transfer = {}) => importAll(writing, chunks, transfer),
    setting: (_, key) => orThrow(async () => (await readSetting(pool, [key]))[0]?.value),
    putSetting: (who: Principal, key, value) => orThrow(async () => {
      await writeSetting(pool, [key, JSON.stringify(value), new Date(clock()).toISOString(), who.practitioner, who.device])
    }),
    ping: () => pool.query('select 1').then(() => true, () => false),
    close: async () => {
      await refresh.close()
      await close()
    },
  }
  return { ok: true, store }
}

function keptOf({ child, number, type, id, base, version, body, at, practitioner, device }: ConflictRow): KeptConflict {
  return { id: `${child}.${number}`, type, resource: id, base, current: version, text: body, at: instantOf(at), practitioner, device }
}
