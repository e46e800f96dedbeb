/**
 * Writes through the store until it is killed: children, weights, changes, deletions, transactions of four, eight calls in
 * flight. Each acknowledged write is said on standard output in one line, before the next call of that worker.
 * Arguments: home, seed, stamp.
 */
import { createHash } from 'node:crypto'
import { writeSync } from 'node:fs'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { openStore, startDatabase, type Store, type Version, type WriteProblem } from '@bairn/store'
import { childOf, project, random, TODAY, weightOf, WHO } from './world.ts'

const [home = '', seed = '1', stamp = ''] = process.argv.slice(2)
const say = (value: unknown): void => { writeSync(1, `${JSON.stringify(value)}\n`) }
const chance = random(Number(seed))
const pick = (below: number): number => Math.floor(chance() * below)

const started = await startDatabase({ home })
if (!started.ok) throw new Error(JSON.stringify(started.problem))
const connected = await started.database.connection('bairn')
if (!connected.ok) throw new Error(JSON.stringify(connected.problem))
const opened = await openStore({ database: connected.connection, project, stamp: () => stamp, today: () => TODAY })
if (!opened.ok) throw new Error(JSON.stringify(opened.problem))
say({ pid: started.database.pid })
await Promise.all(Array.from({ length: 8 }, (_, worker) => work(opened.store, worker)))

async function work(store: Store, worker: number): Promise<never> {
  for (let n = 0; ; n += 1) {
    const child = `c${pick(12)}`
    const fact = `${seed}-${worker}-${n}`
    const kind = pick(10)
    if (kind < 2) await acknowledge(await store.put(WHO, child, childOf(child, n)))
    else if (kind < 5) await acknowledge(await store.put(WHO, `o${fact}`, weightOf(`o${fact}`, child, pick(6)), { ifNoneMatch: '*' }))
    else if (kind < 7) await change(store, `s${pick(20)}`, fact)
    else if (kind < 8) await acknowledge(await store.remove(WHO, 'Observation', `s${pick(20)}`))
    else await transact(store, child, fact)
  }
}

async function change(store: Store, id: string, fact: string): Promise<void> {
  await acknowledge(await store.put(WHO, id, weightOf(id, 'c0', pick(6), fact)))
}

async function acknowledge(result: Awaited<ReturnType<Store['put']>>): Promise<void> {
  if (!result.ok) await pause(result.problem)
  else if (result.version !== undefined && result.outcome !== 'absent') say({ written: mark(result.version) })
}

/** While the database is away we ask less often. A child that nobody wrote yet is no fault. */
async function pause(problem: WriteProblem): Promise<void> {
  if (problem.kind === 'unavailable') await wait(20)
  else if (problem.kind !== 'reference') throw new Error(JSON.stringify(problem))
}

function mark({ type, id, version, text }: Version): readonly unknown[] {
  return [type, id, version, text === undefined ? null : createHash('sha256').update(text).digest('hex')]
}

/** Two new facts, a change of a shared one, and the child: all carry the transaction's name. */
async function transact(store: Store, child: string, fact: string): Promise<void> {
  const put = (resource: Readonly<Record<string, unknown>>): unknown => ({ resource, request: { method: 'PUT', url: `${String(resource['resourceType'])}/${String(resource['id'])}` } })
  const shared = `t${pick(5)}`
  say({ attempt: fact, shared })
  const result = await store.transaction(WHO, {
    resourceType: 'Bundle', type: 'transaction',
    entry: [weightOf(`x${fact}`, child, pick(6), fact), weightOf(`y${fact}`, child, pick(6), fact), weightOf(shared, 'c0', pick(6), fact)].map(put),
  })
  if (!result.ok) await pause(result.problem)
  else for (const entry of result.entries) if ('version' in entry && entry.version !== undefined) say({ written: mark(entry.version) })
}
