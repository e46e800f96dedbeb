/**
 * Seeded rounds of SIGKILL inside writes, to the program or to PostgreSQL under it, on one database that lives through all of
 * them (fsync on). After each: every acknowledged write reads back byte for byte, no transaction is there by half, no version is
 * missing, and the worklist equals one computed anew. 6 rounds; 30 with BAIRN_PROVE=1. BAIRN_SEED shows another run.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import test from 'node:test'
import { openStore, startDatabase, type Store, type WorklistFilter } from '@bairn/store'
import { project, random, TODAY, WHO } from './world.ts'

const SEED = Number(process.env['BAIRN_SEED'] ?? 1)
const ROUNDS = process.env['BAIRN_PROVE'] === '1' ? 30 : 6
const FILTERS: readonly WorklistFilter[] = ['all', 'urgent', 'actToday', 'overdue', 'dueToday', 'comingUp', 'notKnown', 'well']

type Mark = readonly [type: string, id: string, version: number, hash: string | null]
interface Said { readonly written: readonly Mark[]; readonly attempts: readonly { readonly attempt: string; readonly shared: string }[] }

test(`kill -9: ${ROUNDS} rounds, seed ${SEED}: nothing acknowledged is lost, nothing is half, the worklist is true`, async (t) => {
  const home = mkdtempSync('/tmp/bairn kill9 ')
  chmodSync(home, 0o755)
  t.after(() => { rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) })
  const written: Mark[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const chance = random(SEED * 1000 + round)
    const victim = (SEED + round) % 2 === 0 ? 'program' : 'database'
    const said = await writeAndKill(home, { seed: SEED * 1000 + round, victim, after: 10 + Math.floor(chance() * 120) })
    written.push(...said.written)
    await judge(home, round, said, round === ROUNDS - 1 ? written : said.written)
    t.diagnostic(`round ${round}: killed the ${victim}; ${said.written.length} acknowledged, ${said.attempts.length} transactions begun`)
  }
  assert.ok(written.length > ROUNDS * 10, `only ${written.length} writes`)
})

/** Kills after a number of acknowledged writes. A killed database comes back: then some more are written before the program is killed. */
async function writeAndKill(home: string, { seed, victim, after }: { readonly seed: number; readonly victim: 'program' | 'database'; readonly after: number }): Promise<Said> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'writer.ts'), home, String(seed), `round-${seed % 3}`], { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  const written: Mark[] = []
  const attempts: { attempt: string; shared: string }[] = []
  let database = 0
  let goal = after
  let killed = false
  // A database that is killed over and over would never let the second goal be reached; the time limit ends the round then.
  const limit = setTimeout(() => { child.kill('SIGKILL') }, 20_000)
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as { readonly pid?: number; readonly written?: Mark; readonly attempt?: string; readonly shared?: string }
    if (said.pid !== undefined) database = said.pid
    if (said.written !== undefined) written.push(said.written)
    if (said.attempt !== undefined) attempts.push({ attempt: said.attempt, shared: said.shared ?? '' })
    if (written.length < goal) continue
    if (victim === 'database' && !killed) process.kill(database, 'SIGKILL')
    else child.kill('SIGKILL')
    killed = true
    goal = written.length + 20
  }
  clearTimeout(limit)
  const [, signal] = await closed as readonly unknown[]
  assert.equal(signal, 'SIGKILL', 'the writer ended by itself')
  return { written, attempts }
}

async function judge(home: string, round: number, { attempts }: Said, written: readonly Mark[]): Promise<void> {
  const started = await startDatabase({ home })
  assert.ok(started.ok, JSON.stringify(started))
  try {
    const connected = await started.database.connection('bairn')
    assert.ok(connected.ok)
    const open = async (stamp: string): Promise<Store> => {
      const opened = await openStore({ database: connected.connection, project, stamp: () => stamp, today: () => TODAY })
      assert.ok(opened.ok, JSON.stringify(opened))
      return opened.store
    }
    const store = await open(`round-${(SEED * 1000 + round) % 3}`)
    for (const mark of written) await readsBack(store, mark)
    for (const { attempt, shared } of attempts) await isWhole(store, attempt, shared)
    const kept = await lists(store)
    await store.close()
    const anew = await open(`anew-${round}`)
    assert.deepEqual(kept, await lists(anew), 'the worklist equals one computed anew')
    await anew.close()
  } finally {
    await started.database.stop()
  }
  await wait(0)
}

async function readsBack(store: Store, [type, id, version, hash]: Mark): Promise<void> {
  const found = await store.vread(WHO, type, id, version)
  if (hash === null) assert.ok(!found.ok && found.problem.kind === 'deleted', `${type}/${id} ${version} is deleted`)
  else assert.equal(found.ok ? createHash('sha256').update(found.version.text).digest('hex') : found.problem.kind, hash, `${type}/${id} ${version}`)
}

/** Both new facts and the version of the shared one that carries the transaction's name, or none of the three. */
async function isWhole(store: Store, attempt: string, shared: string): Promise<void> {
  const [x, y] = [await store.vread(WHO, 'Observation', `x${attempt}`, 1), await store.vread(WHO, 'Observation', `y${attempt}`, 1)]
  const history = await store.history(WHO, 'Observation', shared, { count: 100_000 })
  const versions = history.ok ? history.page.versions : []
  assert.deepEqual(versions.map(({ version }) => version), versions.map((_, i) => versions.length - i), 'no version is missing')
  const changed = versions.some(({ text }) => text?.includes(`"text":"${attempt}"`) === true)
  assert.deepEqual([x.ok, y.ok, changed], Array.from({ length: 3 }, () => x.ok), `transaction ${attempt}`)
}

async function lists(store: Store): Promise<readonly unknown[]> {
  await store.settle(TODAY)
  return Promise.all(FILTERS.map((filter) => store.worklist(WHO, { filter, page: 1, count: 100 })))
}
