/**
 * The list of children over HTTP, as a page asks for it: 5,000 invented children with two to six visits each, written as FHIR
 * transactions; then every filter, its first and its tenth page (or its last, if it has fewer) of 25 rows, alone and with searches.
 *   node bench/worklist.ts [--children 5000]
 * Each line says the time from asking to the last byte, one request at a time. Budget: p95 50 ms. Baseline: `/health`, which asks the
 * database for a bare `select 1`, over the same connection in the same run. The children are the same in every run, up to the day.
 */
import { encounterToFhir, findingToFhir, measurementToFhir, patientToFhir, type Resource } from '@bairn/fhir'
import type { Measurement } from '@bairn/plan'
import { addDays, centimetres, dayOf, kilograms, millimetres, type Day } from '@bairn/quantities'
import type { Worklist } from '@bairn/web'
import { Agent, request } from 'node:http'
import { parseArgs } from 'node:util'
import { startBenchServer } from './server/process.ts'

const { values } = parseArgs({ options: { children: { type: 'string', default: '5000' } } })
const CHILDREN = Number(values.children)
const ROUNDS = 10
const ROWS = 25
const FILTERS = ['all', 'urgent', 'actToday', 'overdue', 'dueToday', 'comingUp', 'notKnown', 'well'] as const
const SEARCHES = ['', 'a', 'fa', 'awa', 'awa diallo', 'segou', 'ليان', '0700 000 123', 'b-0042', 'zzz'] as const
const NAMES = ['Awa', 'Amina', 'Musa', 'Fatou', 'Ibrahim', 'Zainab', 'Kofi', 'Grace', 'Samuel', 'Esther', 'Omar', 'Leila', 'Juma', 'Neema', 'Abdou', 'ليان']
const FAMILIES = ['Diallo', 'Otieno', 'Issoufou', 'Quispe', 'Akter', 'Shevchenko', 'Kamara', 'Traoré', 'Mwangi', 'Hasan', 'الخطيب']
const VILLAGES = ['Kibuye', 'Bamako', 'Ségou', 'Mopti', 'Kayes', 'Sikasso', 'Gao', 'Koulikoro']

const now = new Date()
const today = dayOf({ year: now.getUTCFullYear(), month: now.getUTCMonth() + 1, day: now.getUTCDate() })
const server = await startBenchServer()
const agent = new Agent({ keepAlive: true, maxSockets: 4 })
try {
  console.log(`after the start: ${server.memory()}`)
  await write()
  console.log(`after writing: ${server.memory()}`)
  const { counts } = await list('all', '', 1)
  console.log(`in each filter: ${FILTERS.map((filter) => `${filter} ${counts[filter]}`).join(', ')}`)
  const bare = await measure('baseline, /health', Array.from({ length: 160 }, () => () => ask('GET', '/health')))
  const all: number[] = []
  for (const q of SEARCHES) {
    const { total } = await list('all', q, 1)
    all.push(...await measure(`every filter, pages 1 and 10, ${q === '' ? 'no search' : `search "${q}"`} (${total})`, Array.from({ length: ROUNDS }, () => FILTERS.flatMap((filter) => [1, 10].map((page) => () => list(filter, q, page)))).flat()))
  }
  console.log(`all ${all.length} of them: median ${at(all, 0.5)} ms, p95 ${at(all, 0.95)} ms (budget 50), worst ${at(all, 1)} ms; median to the baseline ${(quantile(all, 0.5) / quantile(bare, 0.5)).toFixed(1)}`)
  await measure('the list just after a weight was saved', Array.from({ length: 100 }, () => () => list('all', '', 1)), async (n) => { await put(weightOf(n)) })
  console.log(`after the lists: ${server.memory()}`)
} finally {
  agent.destroy()
  await server.stop()
}

// ---- asking

async function list(filter: (typeof FILTERS)[number], q: string, page: number): Promise<Worklist> {
  const worklist = JSON.parse(await ask('GET', `/app/worklist?${new URLSearchParams({ filter, q, page: String(page), count: String(ROWS) })}`)) as Worklist
  const { rows, total, pages } = worklist
  if (worklist.page !== Math.min(page, pages) || rows.length !== Math.min(ROWS, total - (worklist.page - 1) * ROWS)) throw new Error(`${filter} "${q}" page ${page}: ${rows.length} rows of ${total}, page ${worklist.page}`)
  return worklist
}

function ask(method: string, address: string, body?: unknown): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(`${server.url}${address}`, { agent, method, headers: { authorization: `Bearer ${server.token}`, ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }) } }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => { text += chunk }).on('end', () => {
        if (answer.statusCode === 200 || answer.statusCode === 201) resolve(text)
        else reject(new Error(`${method} ${address}: ${answer.statusCode} ${text.slice(0, 300)}`))
      })
    })
    sent.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body))
  })
}

function put(resource: Resource): Promise<string> {
  return ask('PUT', `/fhir/${resource.resourceType}/${resource.id}`, resource)
}

/** Asks one after the other, and says median, p95 and worst. @returns the times, in ms */
async function measure(name: string, calls: readonly (() => Promise<unknown>)[], before?: (n: number) => Promise<void>): Promise<readonly number[]> {
  await calls[0]?.()
  const times: number[] = []
  for (const [n, call] of calls.entries()) {
    await before?.(n)
    const from = performance.now()
    await call()
    times.push(performance.now() - from)
  }
  console.log(`${name.padEnd(58)} median ${at(times, 0.5)} ms, p95 ${at(times, 0.95)} ms, worst ${at(times, 1)} ms`)
  return times
}

function quantile(times: readonly number[], part: number): number {
  return times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))] as number
}
function at(times: readonly number[], part: number): string {
  return quantile(times, part).toFixed(1)
}

// ---- who is asked for

/** Ten children a transaction, four transactions in flight; ends when the list holds all of them. */
async function write(): Promise<void> {
  const from = performance.now()
  let next = 0
  let resources = 0
  await Promise.all(Array.from({ length: 4 }, async () => {
    while (next < CHILDREN) {
      const first = next
      next = Math.min(CHILDREN, first + 10)
      const entry = Array.from({ length: next - first }, (_, n) => childOf(first + n)).flat().map((resource) => ({ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } }))
      resources += entry.length
      await ask('POST', '/fhir', { resourceType: 'Bundle', type: 'transaction', entry })
    }
  }))
  const written = performance.now()
  for (let { total } = await list('all', '', 1); total < CHILDREN; { total } = await list('all', '', 1)) if (performance.now() - written > 120_000) throw new Error(`${total} of ${CHILDREN} children are on the list`)
  console.log(`${CHILDREN} children, ${resources} resources: written in ${((written - from) / 1000).toFixed(1)} s, all on the list ${((performance.now() - written) / 1000).toFixed(1)} s later`)
}

/** Between 0 and 1, the same for the same child and question. */
function chance(n: number, question: number): number {
  let mixed = Math.imul(n + 1, 0x9e3779b1) ^ Math.imul(question + 1, 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39)
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296
}
function one<T>(choices: readonly T[], n: number, question: number): T {
  return choices[Math.floor(chance(n, question) * choices.length)] as T
}

/** Some thin, some swollen, some long not seen, some of no known age, most of them well. */
function childOf(n: number): readonly Resource[] {
  const id = `bench-${n}`
  const visits = 2 + Math.floor(chance(n, 1) * 5)
  const seen = Math.floor(chance(n, 2) ** 3 * 150)
  const oldest = 200 + Math.floor(chance(n, 3) * 1400)
  const born = addDays(today, -oldest - seen)
  const sex = chance(n, 4) < 0.5 ? 'female' : 'male'
  const context = { child: `Patient/${id}` }
  const family = one(FAMILIES, n, 5)
  const registered = patientToFhir({
    id, name: { text: `${one(NAMES, n, 6)} ${family}` }, village: one(VILLAGES, n, 7), phone: `+256 700 ${String(n).padStart(6, '0').replace(/(...)$/, ' $1')}`, cardNumber: `B-${String(n).padStart(4, '0')}`,
    mother: { id: `${id}-mother`, name: `${one(NAMES, n, 8)} ${family}` }, ...(chance(n, 9) < 0.03 ? {} : { sex }), birth: chance(n, 10) < 0.05 ? { kind: 'unknown' } : { kind: 'exact', day: born },
  })
  const thin = chance(n, 11) < 0.18 ? 0.7 + chance(n, 12) * 0.14 : 0.94 + chance(n, 12) * 0.12
  const looks = chance(n, 13) < 0.8
  const facts = Array.from({ length: visits }, (_, visit) => {
    const age = Math.round((oldest * (visit + 1)) / visits)
    const day = addDays(born, age)
    const encounter = `${id}-visit-${visit + 1}`
    const here = { ...context, at: { encounter: `Encounter/${encounter}` } }
    const last = visit === visits - 1
    const size = last ? thin : 1
    const fact = (name: string): { readonly id: string; readonly day: Day } => ({ id: `${encounter}-${name}`, day })
    const measured: Measurement[] = [
      { ...fact('weight'), kind: 'weight', value: kilograms(Number(((3.3 + 9.4 * (age / 1000) ** 0.5) * size).toFixed(1))) },
      { ...fact('length'), kind: 'length', value: centimetres(Number((49.5 + 38 * (age / 1000) ** 0.6).toFixed(1))), position: age < 731 ? 'lying' : 'standing' },
      { ...fact('arm'), kind: 'muac', value: millimetres(Math.round(148 * Math.sqrt(size))) },
    ]
    return [
      encounterToFhir({ id: encounter, day }, context), ...measured.map((each) => measurementToFhir(each, here)),
      ...(looks ? [findingToFhir({ ...fact('feet'), kind: 'oedema', answer: last && chance(n, 14) < 0.02 ? 'yes' : 'no' }, here), findingToFhir({ ...fact('danger'), kind: 'complication', answer: last && size < 0.9 && chance(n, 15) < 0.4 ? 'yes' : 'no' }, here)] : []),
    ]
  }).flat()
  return [...registered, ...facts]
}

/** What a nurse saves today. */
function weightOf(n: number): Resource {
  return measurementToFhir({ id: `bench-${n}-today`, day: today, kind: 'weight', value: kilograms(9 + (n % 30) / 10) }, { child: `Patient/bench-${n}` })
}
