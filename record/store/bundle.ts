/**
 * Transactions (all or nothing) and batches (each entry on its own).
 * Source: HL7 FHIR R4 4.0.1, http.html#trules and #brules.
 * Order within a transaction: DELETE, POST, PUT, GET; the answers stand in the order of the request. Ids are given first, so
 * that entries may refer to each other in any order. Deletions, creations and changes are one set: one resource may be in it
 * once, and nothing in it depends on the order, so it is one statement for creations and one for changes.
 */
import { parseSearch } from '@bairn/fhir/search'
import { isMeanwhile, Rollback, unavailable, withTransaction } from './connection.ts'
import type { BadBundle, BatchResult, EntryResult, Principal, Resource, TransactionResult, WriteProblem } from './contract.ts'
import { entriesOf, readEntry, type Entry } from './bundleEntries.ts'
import { newId } from './numbers.ts'
import { findReferences, rewriteReferences } from './references.ts'
import { create, put, read, remove, vread } from './resources.ts'
import { runSearch } from './searching.ts'
import type { Connection } from './statement.ts'
import { writeAll, type Wanted, type Writing } from './write.ts'

type Change = Exclude<Entry, { readonly method: 'GET' }>
type Get = Extract<Entry, { readonly method: 'GET' }>
const isGet = (entry: Entry): entry is Get => entry.method === 'GET'
const ATTEMPTS = 8

export async function transaction(writing: Writing, who: Principal, bundle: Resource): Promise<TransactionResult> {
  if (bundle['resourceType'] !== 'Bundle' || bundle['type'] !== 'transaction') return { ok: false, problem: wrongType(bundle) }
  const entries: Entry[] = []
  for (const [i, given] of entriesOf(bundle).entries()) {
    const entry = readEntry(given, i, writing.base)
    if (!entry.ok) return entry
    entries.push(entry.entry)
  }
  try {
    const changes = entries.filter((entry): entry is Change => !isGet(entry))
    const wanted = await resolve(writing, changes)
    if (!wanted.ok) return wanted
    const gets = entries.filter(isGet)
    if (gets.length === 0) {
      const written = await writeAll(writing, who, wanted.wanted)
      return written.ok ? inOrder(entries, wanted.wanted, written.outcomes, new Map()) : written
    }
    return await withReads(writing, who, entries, wanted.wanted, gets)
  } catch (problem) {
    const known = unavailable(problem)
    if (known === undefined) throw problem
    return { ok: false, problem: known }
  }
}

function wrongType(bundle: Resource): BadBundle {
  return { kind: 'bundle', what: 'type', found: String(bundle['resourceType'] === 'Bundle' ? bundle['type'] : bundle['resourceType']) }
}

// ---- ids and references

type Resolved = { readonly ok: true; readonly wanted: readonly Wanted[] } | { readonly ok: false; readonly problem: WriteProblem }

async function resolve(writing: Writing, changes: readonly Change[]): Promise<Resolved> {
  const now = writing.clock()
  const wanted = changes.map((entry): Wanted => {
    switch (entry.method) {
      case 'POST': return { type: entry.type, id: newId(now), resource: entry.resource, fresh: true, entry: entry.index }
      case 'PUT': return { type: entry.type, id: entry.id, resource: entry.resource, fresh: false, entry: entry.index, ...only(entry, 'ifMatch'), ...only(entry, 'ifNoneMatch') }
      case 'DELETE': return { type: entry.type, id: entry.id, fresh: false, entry: entry.index, ...only(entry, 'ifMatch') }
      default: return entry satisfies never
    }
  })
  const twice = findTwice(changes, wanted)
  if (twice !== undefined) return { ok: false, problem: twice }
  const names = new Map<string, string>()
  changes.forEach((entry, i) => {
    const { type, id } = wanted[i] as Wanted
    if (entry.method !== 'DELETE' && entry.fullUrl !== undefined) names.set(entry.fullUrl, `${type}/${id}`)
  })
  const conditional = await resolveConditional(writing, wanted, names)
  if (conditional !== undefined) return { ok: false, problem: conditional }
  return { ok: true, wanted: wanted.map((want) => (want.resource === undefined ? want : { ...want, resource: rewriteReferences(want.resource, names) })) }
}

function findTwice(changes: readonly Change[], wanted: readonly Wanted[]): BadBundle | undefined {
  const places = new Map<string, number>()
  const urls = new Map<string, number>()
  for (const [i, entry] of changes.entries()) {
    const place = `${entry.type}/${(wanted[i] as Wanted).id}`
    const other = places.get(place)
    if (other !== undefined) return { kind: 'bundle', what: 'sameResource', entry: entry.index, other, found: place }
    places.set(place, entry.index)
    const url = entry.method === 'DELETE' ? undefined : entry.fullUrl
    const otherUrl = url === undefined ? undefined : urls.get(url)
    if (url !== undefined && otherUrl !== undefined) return { kind: 'bundle', what: 'fullUrlTwice', entry: entry.index, other: otherUrl, found: url }
    if (url !== undefined) urls.set(url, entry.index)
  }
  return undefined
}

/** `Practitioner?identifier=…` must find exactly one, in what is stored before. Adds what was found to `names`. */
async function resolveConditional(writing: Writing, wanted: readonly Wanted[], names: Map<string, string>): Promise<WriteProblem | undefined> {
  for (const { resource, entry } of wanted) {
    for (const found of resource === undefined ? [] : findReferences(resource, writing.base)) {
      if (found.kind !== 'conditional' || names.has(found.reference)) continue
      const bad = { kind: 'reference', reference: found.reference, where: found.where, ...(entry === undefined ? {} : { entry }) } as const
      const parsed = parseSearch(found.type, new URLSearchParams(found.query), searchOptions(writing))
      if (!parsed.ok || parsed.search.criteria.length === 0) return { ...bad, matches: 0 }
      const result = await runSearch(writing.pool, writing.places, { ...parsed.search, count: 1 })
      const target = result.ok ? result.page.versions[0] : undefined
      if (!result.ok || target === undefined || result.page.total !== 1) return { ...bad, matches: result.ok ? result.page.total : 0 }
      names.set(found.reference, `${target.type}/${target.id}`)
    }
  }
  return undefined
}

const searchOptions = ({ base, clock }: Writing): { readonly now: number; readonly base?: string } => ({ now: clock(), ...(base === undefined ? {} : { base }) })

const only = <T extends object, K extends keyof T>(from: T, name: K): { readonly [P in K]?: Exclude<T[P], undefined> } =>
  (from[name] === undefined ? {} : { [name]: from[name] }) as { readonly [P in K]?: Exclude<T[P], undefined> }

// ---- with reads inside

/** The reads see what was written, and one that fails undoes all of it. */
async function withReads(writing: Writing, who: Principal, entries: readonly Entry[], wanted: readonly Wanted[], gets: readonly Get[]): Promise<TransactionResult> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await withTransaction(writing.pool, async (client) => {
        // Only what is committed may make rows of the worklist again.
        const written = await writeAll({ ...writing, onWritten: () => {} }, who, wanted, client)
        if (!written.ok) throw new Rollback<TransactionResult>(written)
        const reads = new Map<number, EntryResult>()
        for (const get of gets) {
          const result = await runGet(writing, client, undefined, get)
          if (!result.ok) throw new Rollback<TransactionResult>({ ok: false, problem: { ...result.problem, entry: get.index } as WriteProblem })
          reads.set(get.index, result)
        }
        return inOrder(entries, wanted, written.outcomes, reads)
      }).finally(() => { writing.onWritten([]) })
    } catch (problem) {
      if (problem instanceof Rollback) return problem.answer as TransactionResult
      if (!isMeanwhile(problem) || attempt === ATTEMPTS) throw problem
    }
  }
}

async function runGet(writing: Writing, connection: Connection, places: Writing['places'] | undefined, get: Get): Promise<EntryResult | { readonly ok: false; readonly problem: WriteProblem }> {
  if ('id' in get) {
    const result = await (get.version === undefined ? read(connection, get.type, get.id) : vread(connection, get.type, get.id, get.version))
    return result.ok ? { ok: true, outcome: 'read', version: result.version } : result
  }
  const parsed = parseSearch(get.type, new URLSearchParams(get.query), searchOptions(writing))
  const fault = (found: string): { readonly ok: false; readonly problem: BadBundle } => ({ ok: false, problem: { kind: 'bundle', what: 'query', entry: get.index, found } })
  if (!parsed.ok) return fault(`${get.type}?${get.query}`)
  const result = await runSearch(connection, places, parsed.search)
  if (!result.ok) return result.problem.kind === 'cursor' ? fault(result.problem.found) : { ok: false, problem: result.problem }
  return { ok: true, outcome: 'found', page: result.page, search: parsed.search }
}

function inOrder(entries: readonly Entry[], wanted: readonly Wanted[], outcomes: readonly EntryResult[], reads: ReadonlyMap<number, EntryResult>): TransactionResult {
  const results = new Map(reads)
  wanted.forEach(({ entry }, i) => { results.set(entry as number, outcomes[i] as EntryResult) })
  return { ok: true, entries: entries.map(({ index }) => results.get(index) as EntryResult) }
}

// ---- batch

export async function batch(writing: Writing, who: Principal, bundle: Resource): Promise<BatchResult> {
  if (bundle['resourceType'] !== 'Bundle' || bundle['type'] !== 'batch') return { ok: false, problem: wrongType(bundle) }
  const given = entriesOf(bundle).map((entry, i) => readEntry(entry, i, writing.base))
  const order = ['DELETE', 'POST', 'PUT', 'GET']
  const results: Extract<BatchResult, { readonly ok: true }>['entries'][number][] = []
  for (const { read: entry, index } of given.map((read, index) => ({ read, index })).toSorted((a, b) => rank(a.read, order) - rank(b.read, order))) {
    results[index] = entry.ok ? await runAlone(writing, who, entry.entry) : entry
  }
  return { ok: true, entries: results.map((result, index) => (result.ok ? result : { ok: false, problem: { ...result.problem, entry: index } })) }
}

const rank = (entry: ReturnType<typeof readEntry>, order: readonly string[]): number => (entry.ok ? order.indexOf(entry.entry.method) : 0)

/** References between the entries of a batch are not resolved: an urn in one leads to nothing, and is refused. */
async function runAlone(writing: Writing, who: Principal, entry: Entry): Promise<EntryResult | { readonly ok: false; readonly problem: WriteProblem }> {
  switch (entry.method) {
    case 'POST': return create(writing, who, entry.resource)
    case 'PUT': return put(writing, who, entry.id, entry.resource, { ...only(entry, 'ifMatch'), ...only(entry, 'ifNoneMatch') })
    case 'DELETE': return remove(writing, who, entry.type, entry.id, only(entry, 'ifMatch'))
    case 'GET': return runGet(writing, writing.pool, writing.places, entry)
    default: return entry satisfies never
  }
}
