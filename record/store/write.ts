/**
 * Writes a set of resources, all or nothing, in one statement where they are all new or all changes.
 * 1. read what is there (no locks), 2. decide each outcome, 3. write, insisting on the versions that were read. If somebody
 * wrote between 1 and 3 the database refuses the whole (BA001, double key) and we begin again.
 */
import type { Pool, PoolClient } from 'pg'
import { indexKeys, type IndexKeys } from '@bairn/fhir/search'
import { instantOf, isMeanwhile } from './connection.ts'
import type { Principal, Resource, Stored, Version, WriteProblem, WriteResult } from './contract.ts'
import { documentOf, isSameContent, textOf } from './document.ts'
import { tokenHashes } from './hashing.ts'
import type { Places } from './places.ts'
import { changeResources, insertResources, readForWrite, type CurrentRow } from './queries/resources.ts'
import { findReferences } from './references.ts'
import { searchColumns, type Indexed } from './searchRows.ts'
import type { Connection } from './statement.ts'
import { versionOf } from './versions.ts'

/** One resource to write. Without `resource`: to delete. */
export interface Wanted {
  readonly type: string
  readonly id: string
  readonly resource?: Resource
  /** the store made the id: nothing can be there */
  readonly fresh: boolean
  readonly ifMatch?: number
  readonly ifNoneMatch?: '*'
  readonly entry?: number
}

export interface Writing {
  readonly pool: Pool
  readonly places: Places
  readonly clock: () => number
  readonly base?: string
  /** children whose rows are to be made again */
  readonly onWritten: (children: readonly string[]) => void
}

type Outcome = Extract<WriteResult, { readonly ok: true }>
export type Written = { readonly ok: true; readonly outcomes: readonly Outcome[] } | { readonly ok: false; readonly problem: WriteProblem }

/** What stands between reading and writing. `stale`: for keeping what a refused change sent. */
type Planned =
  | { readonly ok: true; readonly outcomes: readonly Outcome[]; readonly made: readonly Row[]; readonly changed: readonly Row[] }
  | { readonly ok: false; readonly problem: WriteProblem; readonly stale?: { readonly child: string; readonly rid: string } }
interface Row extends Indexed { readonly type: string; readonly id: string; readonly was: number; readonly updated: string; readonly body: string | null; readonly hashes: readonly string[]; readonly unlist: boolean }

const ATTEMPTS = 8
/** The key of what belongs to no child. */
const NO_CHILD = '0'
const key = (type: string, id: string): string => `${type}/${id}`

/**
 * @param client within this transaction (which its owner begins and ends, and tries again); without it each attempt stands alone
 * @param onStale called with the place of a resource whose If-Match was old
 */
export async function writeAll(writing: Writing, who: Principal, wanted: readonly Wanted[], client?: PoolClient, onStale?: (place: { readonly child: string; readonly rid: string }) => Promise<string | undefined>): Promise<Written> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const planned = await plan(writing, who, wanted, client ?? writing.pool)
      if (!planned.ok) {
        if (planned.stale === undefined || onStale === undefined || planned.problem.kind !== 'conflict') return { ok: false, problem: planned.problem }
        const kept = await onStale(planned.stale)
        return { ok: false, problem: kept === undefined ? planned.problem : { ...planned.problem, kept } }
      }
      await execute(writing, who, planned, client)
      return { ok: true, outcomes: planned.outcomes }
    } catch (problem) {
      if (client !== undefined || !isMeanwhile(problem) || attempt === ATTEMPTS) throw problem
    }
  }
}

// ---- reading and deciding

async function plan(writing: Writing, who: Principal, wanted: readonly Wanted[], connection: Connection): Promise<Planned> {
  const known = wanted.filter(({ fresh }) => !fresh)
  const current = new Map<string, CurrentRow>()
  if (known.length > 0) for (const row of await readForWrite(connection, [known.map(({ type }) => type), known.map(({ id }) => id)])) current.set(key(row.type, row.id), row)

  const indexed = wanted.map(({ id, resource }): IndexKeys | undefined => (resource === undefined ? undefined : indexKeys({ ...resource, id }, writing.base === undefined ? {} : { base: writing.base })))
  const here = new Set(wanted.filter(({ resource }) => resource !== undefined).map(({ type, id }) => key(type, id)))
  const references = wanted.map(({ resource }) => (resource === undefined ? [] : findReferences(resource, writing.base)))
  const outside = references.flatMap((list) => list.flatMap((found) => (found.kind === 'local' && !here.has(key(found.type, found.id)) ? [found] : [])))
  const patients = indexed.flatMap((keys) => (keys?.compartments[0] === undefined || here.has(key('Patient', keys.compartments[0])) ? [] : [{ type: 'Patient', id: keys.compartments[0] }]))
  await writing.places.load(connection, [...outside, ...patients])

  for (const [i, list] of references.entries()) {
    const lost = list.find((found) => found.kind !== 'local' || (!here.has(key(found.type, found.id)) && writing.places.find(found.type, found.id) === undefined))
    if (lost !== undefined) return { ok: false, problem: { kind: 'reference', reference: lost.reference, where: lost.where, matches: 0, ...entryOf(wanted[i]) } }
  }

  const numbers = await numbersFor(writing, wanted, current)
  const childOf = (patient: string): string => numbers.get(key('Patient', patient)) ?? current.get(key('Patient', patient))?.child ?? writing.places.find('Patient', patient)?.child ?? NO_CHILD
  const now = writing.clock()
  const outcomes: Outcome[] = []
  const made: Row[] = []
  const changed: Row[] = []
  for (const [i, want] of wanted.entries()) {
    const decided = decide(who, { want, keys: indexed[i], current: current.get(key(want.type, want.id)), numbers, childOf, now })
    if (!decided.ok) return decided
    outcomes.push(decided.outcome)
    if (decided.row !== undefined) (decided.row.was === 0 ? made : changed).push(decided.row)
  }
  return { ok: true, outcomes, made, changed }
}

/** Numbers for the new ones, Patients first: a Patient's number is the key of all that belongs to the child. */
async function numbersFor(writing: Writing, wanted: readonly Wanted[], current: ReadonlyMap<string, CurrentRow>): Promise<ReadonlyMap<string, string>> {
  const fresh = wanted.filter(({ type, id, resource }) => resource !== undefined && !current.has(key(type, id)))
  const ordered = [...fresh.filter(({ type }) => type === 'Patient'), ...fresh.filter(({ type }) => type !== 'Patient')]
  const numbers = await writing.places.numbers(ordered.length)
  return new Map(ordered.map(({ type, id }, i) => [key(type, id), String(numbers[i])]))
}

interface Deciding { readonly want: Wanted; readonly keys: IndexKeys | undefined; readonly current: CurrentRow | undefined; readonly numbers: ReadonlyMap<string, string>; readonly childOf: (patient: string) => string; readonly now: number }
type Decided = { readonly ok: true; readonly outcome: Outcome; readonly row?: Row } | Extract<Planned, { readonly ok: false }>

function decide(who: Principal, deciding: Deciding): Decided {
  const { want, current } = deciding
  const { type, id, ifMatch, resource } = want
  const entry = entryOf(want)
  const same = current?.body !== undefined && current.body !== null && resource !== undefined
    && isSameContent(resource, { id, version: current.version, updated: instantOf(current.updated), text: current.body })
  // The same content again is a second try of what was done, whatever the precondition was.
  if (same) return { ok: true, outcome: { ok: true, outcome: 'unchanged', version: versionOf(current as CurrentRow & { body: string }) as Stored } }
  if (ifMatch !== undefined && current === undefined) return { ok: false, problem: { kind: 'notFound', type, id, ...entry } }
  if (ifMatch !== undefined && current !== undefined && current.version !== ifMatch)
    return { ok: false, problem: { kind: 'conflict', type, id, sent: ifMatch, current: current.version, ...entry }, stale: { child: current.child, rid: current.rid } }
  if (want.ifNoneMatch === '*' && current !== undefined && current.body !== null) return { ok: false, problem: { kind: 'exists', type, id, current: current.version, ...entry } }
  if (resource === undefined && (current === undefined || current.body === null))
    return { ok: true, outcome: { ok: true, outcome: 'absent', ...(current === undefined ? {} : { version: versionOf(current) }) } }
  return makeRow(who, deciding)
}

function makeRow(who: Principal, { want, keys, current, numbers, childOf, now }: Deciding): Decided {
  const { type, id, resource } = want
  const rid = current?.rid ?? numbers.get(key(type, id)) as string
  const patient = keys?.compartments[0]
  const child = keys === undefined ? (current as CurrentRow).child : patient === undefined ? NO_CHILD : childOf(patient)
  if (current !== undefined && child !== current.child) return { ok: false, problem: { kind: 'otherChild', type, id, ...entryOf(want) } }
  const was = current?.version ?? 0
  const version = was + 1
  const updated = new Date(current === undefined ? now : Math.max(now, Date.parse(instantOf(current.updated)))).toISOString()
  const body = resource === undefined ? null : textOf(documentOf(resource, { id, version, updated }))
  const row: Row = {
    child, rid, type, id, was, updated, body,
    ...(keys === undefined ? {} : { keys }),
    hashes: keys === undefined ? [] : tokenHashes(type, keys),
    unlist: type === 'Patient' && was > 0 && (resource === undefined || isDead(resource)),
  }
  const made: Version = { type, id, version, updated, ...(body === null ? {} : { text: body }), change: body === null ? 'deleted' : was === 0 ? 'created' : 'updated', practitioner: who.practitioner, device: who.device }
  if (body === null) return { ok: true, outcome: { ok: true, outcome: 'deleted', version: made }, row }
  const isNew = current === undefined || current.body === null
  return { ok: true, outcome: { ok: true, outcome: isNew ? 'created' : 'updated', version: made as Stored }, row }
}

const isDead = ({ deceasedBoolean, deceasedDateTime }: Resource): boolean => deceasedBoolean === true || deceasedDateTime !== undefined
const entryOf = (want: Wanted | undefined): { readonly entry?: number } => (want?.entry === undefined ? {} : { entry: want.entry })

// ---- writing

async function execute(writing: Writing, who: Principal, { made, changed }: Extract<Planned, { readonly ok: true }>, client: PoolClient | undefined): Promise<void> {
  if (made.length === 0 && changed.length === 0) return
  if (client !== undefined) await run(client, who, made, changed)
  else if (made.length === 0 || changed.length === 0) await run(writing.pool, who, made, changed)
  else await writing.places.inTransaction((own) => run(own, who, made, changed))
  // Within a transaction of the caller the places are not certain yet; `load` will find them when they are.
  if (client === undefined) for (const { type, id, child, rid } of made) writing.places.keep({ type, id, child, rid })
  writing.onWritten([...made, ...changed].map(({ child }) => child))
}

async function run(connection: Connection, who: Principal, made: readonly Row[], changed: readonly Row[]): Promise<void> {
  if (made.length > 0) {
    await insertResources(connection, [
      made.map(({ child }) => child), made.map(({ rid }) => rid), made.map(({ type }) => type), made.map(({ id }) => id),
      made.map(({ updated }) => updated), made.map(({ body }) => body as string), made.map(({ hashes }) => `{${hashes.join(',')}}`),
      who.practitioner, who.device, ...searchColumns(made),
    ])
  }
  if (changed.length > 0) {
    // In one order everywhere, so that two sets that meet wait for each other instead of locking each other out.
    const ordered = changed.toSorted((a, b) => Number(BigInt(a.rid) - BigInt(b.rid)))
    await changeResources(connection, [
      ordered.map(({ child }) => child), ordered.map(({ rid }) => rid), ordered.map(({ was }) => was),
      ordered.map(({ updated }) => updated), ordered.map(({ body }) => body), ordered.map(({ hashes }) => `{${hashes.join(',')}}`),
      who.practitioner, who.device, ...searchColumns(ordered), ordered.filter(({ unlist }) => unlist).map(({ child }) => child),
    ])
  }
}
