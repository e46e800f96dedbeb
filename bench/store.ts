/**
 * The store without HTTP: CPU of this process and of PostgreSQL together, a call, with 16 calls in flight; then the worklist.
 *   node bench/store.ts [--seconds 4] [--children 64000]
 * Budgets (DESIGN section 7, with the server's share on top): read 0.5, create 1.5, search by child and code 0.6, transaction
 * of ten 5 CPU-ms; any filter of the worklist p95 <= 50 ms. Baseline: `ping`, a bare `select 1` over the same driver.
 */
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { dayOf } from '@bairn/quantities'
import { parseSearch } from '@bairn/fhir/search'
import { openStore, startDatabase, type Project, type Resource, type Store, type WorklistFilter } from '@bairn/store'

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '4' }, children: { type: 'string', default: '64000' } } })
const SECONDS = Number(values.seconds)
const CHILDREN = Number(values.children)
const IN_FLIGHT = 16
const who = { practitioner: 'bench', device: 'bench' }
const today = dayOf({ year: 2026, month: 11, day: 24 })
const VILLAGES = ['Kibuye', 'Bamako', 'Ségou', 'Mopti', 'Kayes', 'Sikasso', 'Gao', 'Koulikoro']
const NAMES = ['Awa', 'Amina', 'Musa', 'Fatou', 'Ibrahim', 'Zainab', 'Kofi', 'Grace', 'Samuel', 'Esther', 'Omar', 'Leila', 'Juma', 'Neema', 'Abdou', 'Mariam']
const URGENCIES = ['urgent', 'actToday', 'overdue', 'dueToday', 'notKnown', 'well', 'well', 'well', 'well', 'overdue'] as const

// A seeded row as the server's projection gives it: the list is measured, not the plan.
const project: Project = ([patient]) => {
  const n = Number((patient as { readonly identifier: readonly [{ readonly value: string }] }).identifier[0].value)
  const name = `${NAMES[n % 16]} ${NAMES[(n * 7 + 3) % 16]}${n % 1000}`
  const urgency = URGENCIES[n % 10] ?? 'well'
  return {
    row: {
      child: String(patient?.['id']), name, sex: n % 2 === 0 ? 'male' : 'female', birthDate: `2025-0${1 + (n % 9)}-${10 + (n % 19)}`, birthEstimated: false, village: VILLAGES[n % 8] ?? '', mother: `${NAMES[(n * 5) % 16]} Diallo`,
      urgency, title: { key: 'plan.title.seeAgain' }, reason: { key: 'plan.reason.notSeen' }, more: 1, ...(urgency === 'well' ? {} : { due: (today - (n % 60)) as typeof today }),
      spark: Array.from({ length: 8 }, (_, i) => [(today - i * 30) as typeof today, -1.25] as const), lastWeight: { kg: 8.2, day: today }, lastVisit: today,
    },
    needs: [{ need: 'measure', urgency: n % 3 === 0 ? 'comingUp' : 'dueToday', due: today }],
    words: { name: [name], mother: [`${NAMES[(n * 5) % 16]} Diallo`], phone: [`+2567${String(n).padStart(8, '0')}`], card: [`2025/${n}`], village: [VILLAGES[n % 8] ?? ''] },
    nextChange: (today + 1 + (n % 30)) as typeof today,
  }
}

const home = mkdtempSync('/tmp/bairn-bench-')
chmodSync(home, 0o755)
const started = await startDatabase({ home })
if (!started.ok) throw new Error(JSON.stringify(started.problem))
const { database } = started
try {
  const connected = await database.connection('bairn')
  if (!connected.ok) throw new Error(JSON.stringify(connected.problem))
  const opened = await openStore({ database: connected.connection, project, stamp: () => 'bench', today: () => today })
  if (!opened.ok) throw new Error(JSON.stringify(opened.problem))
  const { store } = opened
  await measure('ping (baseline)', () => store.ping())
  await singleCalls(store)
  await worklist(store)
  console.log(`memory: this process ${Math.round(process.memoryUsage().rss / 1e6)} MB, PostgreSQL ${Math.round(memoryOf(tree()) / 1024)} MB`)
  await store.close()
} finally {
  await database.stop()
  rmSync(home, { recursive: true, force: true })
}

async function singleCalls(store: Store): Promise<void> {
  for (let i = 0; i < 1000; i += 50) await ok(store.transaction(who, bundle(Array.from({ length: 50 }, (_, k) => ({ resource: patient(i + k), request: { method: 'PUT', url: `Patient/c${i + k}` } })))))
  const ids: string[] = []
  let n = 0
  await measure('create Observation', async () => {
    const made = await store.create(who, observation(`Patient/c${n % 1000}`, (n += 1)))
    if (!made.ok) throw new Error(JSON.stringify(made.problem))
    ids.push(made.version?.id ?? '')
  })
  await store.settle(today)
  await measure('read', async () => ok(store.read(who, 'Observation', ids[(n += 1) % ids.length] as string)))
  await measure('search by child and code', async () => {
    const parsed = parseSearch('Observation', new URLSearchParams(`patient=c${(n += 1) % 1000}&code=http://loinc.org|29463-7&_count=50`), { now: 0 })
    if (!parsed.ok) throw new Error('search')
    await ok(store.search(who, parsed.search))
  })
  let part = 0
  await measure('update (read and put)', async () => {
    const id = ids[(part += 1) % ids.length] as string
    const found = await store.read(who, 'Observation', id)
    if (!found.ok) throw new Error('read')
    await ok(store.put(who, id, { ...JSON.parse(found.version.text) as Resource, note: [{ text: String(part) }] }, { ifMatch: found.version.version }))
  })
  await measure('transaction of ten', async () => {
    const child = { resource: patient(1_000_000 + (n += 1)), fullUrl: `urn:uuid:${n}`, request: { method: 'POST', url: 'Patient' } }
    await ok(store.transaction(who, bundle([child, ...Array.from({ length: 9 }, (_, i) => ({ resource: observation(`urn:uuid:${n}`, i), request: { method: 'POST', url: 'Observation' } }))])))
  })
  await measure('everything', async () => ok(store.everything(who, `c${(n += 1) % 1000}`, { count: 1000 })))
  await measure('settle with nothing behind', () => store.settle(today))
}

async function worklist(store: Store): Promise<void> {
  const before = cpu()
  const began = performance.now()
  for (let i = 1000; i < CHILDREN; i += 100) await ok(store.transaction(who, bundle(Array.from({ length: Math.min(100, CHILDREN - i) }, (_, k) => ({ resource: patient(i + k), request: { method: 'PUT', url: `Patient/c${i + k}` } })))))
  await store.settle(today)
  console.log(`${CHILDREN} children written and projected: ${((performance.now() - began) / 1000).toFixed(1)} s, ${((cpu() - before) / CHILDREN).toFixed(2)} CPU-ms each`)
  const filters: readonly WorklistFilter[] = ['all', 'urgent', 'actToday', 'overdue', 'dueToday', 'comingUp', 'notKnown', 'well']
  for (const q of ['', 'a', 'fa', 'awa diallo', 'segou', '0000123']) {
    const times: number[] = []
    let total = 0
    for (let round = 0; round < 6; round += 1) for (const filter of filters) for (const page of [1, 10]) {
      const from = performance.now()
      const result = await store.worklist(who, { filter, q, page, count: 25 })
      times.push(performance.now() - from)
      total = Math.max(total, result.total)
    }
    times.sort((a, b) => a - b)
    console.log(`worklist of ${CHILDREN}, q "${q}" (${total} found), every filter, pages 1 and 10: median ${times[times.length >> 1]?.toFixed(1)} ms, p95 ${times[Math.floor(times.length * 0.95)]?.toFixed(1)} ms`)
  }
  const from = performance.now()
  const alike = await store.duplicates(who, { name: 'Awa Musa17', mother: 'Awa Dialo', birthDate: '2025-04-13' })
  console.log(`duplicates: ${alike.length} in ${(performance.now() - from).toFixed(1)} ms`)
}

// ---- what is written

function patient(n: number): Resource {
  return { resourceType: 'Patient', id: `c${n}`, identifier: [{ system: 'urn:bairn:bench', value: String(n) }], active: true, name: [{ family: 'Load', given: [`Child${n}`] }], gender: 'female', birthDate: '2025-05-23' }
}

function observation(reference: string, n: number): Resource {
  return {
    resourceType: 'Observation', status: 'final', category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
    code: { coding: [{ system: 'http://loinc.org', code: n % 3 === 0 ? '29463-7' : '9279-1', display: 'Respiratory rate' }] }, subject: { reference },
    effectiveDateTime: `2025-0${1 + (n % 9)}-1${n % 10}T08:00:00Z`, valueQuantity: { value: 18 + (n % 30), unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
  }
}

function bundle(entry: readonly unknown[]): Resource {
  return { resourceType: 'Bundle', type: 'transaction', entry }
}

async function ok(result: Promise<{ readonly ok: boolean }>): Promise<void> {
  const done = await result
  if (!done.ok) throw new Error(JSON.stringify(done))
}

// ---- measuring

async function measure(name: string, call: () => Promise<unknown>): Promise<void> {
  const loop = async (until: number): Promise<number> => {
    let calls = 0
    await Promise.all(Array.from({ length: IN_FLIGHT }, async () => { while (performance.now() < until) { await call(); calls += 1 } }))
    return calls
  }
  await loop(performance.now() + 700)
  const [before, own, from] = [cpu(), process.cpuUsage(), performance.now()]
  const calls = await loop(from + SECONDS * 1000)
  const used = cpu() - before
  const { user, system } = process.cpuUsage(own)
  console.log(`${name.padEnd(28)} ${(used / calls).toFixed(3)} CPU-ms (here ${((user + system) / 1000 / calls).toFixed(3)})  ${Math.round(calls / ((performance.now() - from) / 1000))}/s`)
}

/** This process, the guard and PostgreSQL's processes, those that ended included. */
function tree(): readonly number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) if (/^\d+$/.test(name)) try { parents.set(Number(name), Number(statOf(Number(name))[1])) } catch { /* it ended */ }
  const found = [process.pid]
  for (let i = 0; i < found.length; i += 1) for (const [pid, parent] of parents) if (parent === found[i]) found.push(pid)
  return found
}
function statOf(pid: number): readonly string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}
/** Milliseconds; the kernel counts in hundredths of a second. */
function cpu(): number {
  let ticks = 0
  for (const pid of tree()) try { for (const at of [11, 12, 13, 14]) ticks += Number(statOf(pid)[at]) } catch { /* it ended */ }
  return ticks * 10
}
function memoryOf(pids: readonly number[]): number {
  let kilobytes = 0
  for (const pid of pids) if (pid !== process.pid) try { kilobytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) } catch { /* not ours to read */ }
  return kilobytes
}
