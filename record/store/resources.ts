/** Reading and writing one resource, its history, and a child's whole compartment. */
import type { Pool } from 'pg'
import { orProblem, unavailable } from './connection.ts'
import type { EverythingResult, HistoryResult, Principal, PutOptions, ReadResult, Resource, WriteResult } from './contract.ts'
import { compartmentHash } from './hashing.ts'
import { newId } from './numbers.ts'
import { findConflict, insertConflict } from './queries/beside.ts'
import { countCompartment, listCompartment, listCompartmentAt, listHistory, readResource, readVersion, type VersionRow } from './queries/resources.ts'
import { textOf } from './document.ts'
import type { Connection } from './statement.ts'
import { storedOf, versionOf } from './versions.ts'
import { writeAll, type Wanted, type Writing } from './write.ts'

const TYPE = /^[A-Z][A-Za-z]{1,39}$/
const ID = /^[A-Za-z0-9\-.]{1,64}$/

// ---- reading

export function read(connection: Connection, type: string, id: string): Promise<ReadResult> {
  return orProblem(async () => found(await readResource(connection, [id, type]), type, id))
}

export function vread(connection: Connection, type: string, id: string, version: number): Promise<ReadResult> {
  return orProblem(async () => {
    if (!Number.isInteger(version) || version < 1 || version > 2_147_483_647) return { ok: false, problem: { kind: 'notFound', type, id, version } }
    return found(await readVersion(connection, [id, type, version]), type, id, version)
  })
}

function found([row]: readonly VersionRow[], type: string, id: string, version?: number): ReadResult {
  if (row === undefined) return { ok: false, problem: { kind: 'notFound', type, id, ...(version === undefined ? {} : { version }) } }
  const made = versionOf(row)
  return made.text === undefined
    ? { ok: false, problem: { kind: 'deleted', type, id, version: made.version, updated: made.updated } }
    : { ok: true, version: storedOf(row) }
}

/** Versions are counted without gaps, so the newest one's number is the total. */
export function history(connection: Connection, type: string, id: string, { count, cursor }: { readonly count: number; readonly cursor?: string }): Promise<HistoryResult> {
  return orProblem(async () => {
    if (cursor !== undefined && !/^\d{1,9}$/.test(cursor)) return { ok: false, problem: { kind: 'cursor', found: cursor } }
    const [newest] = await readResource(connection, [id, type])
    if (newest === undefined) return { ok: false, problem: { kind: 'notFound', type, id } }
    const rows = await listHistory(connection, [id, type, cursor === undefined ? newest.version + 1 : Number(cursor), count])
    const last = rows.at(-1)
    return { ok: true, page: { versions: rows.map(versionOf), total: newest.version, ...(last !== undefined && last.version > 1 ? { next: String(last.version) } : {}) } }
  })
}

export function everything(pool: Pool, patient: string, options: { readonly count?: number; readonly cursor?: string; readonly at?: string }): Promise<EverythingResult> {
  return orProblem(async () => {
    const after = options.cursor === undefined ? { place: -1, rid: '0' } : parsePlace(options.cursor)
    if (after === undefined || (options.at !== undefined && !/^\d{1,18}$/.test(options.at))) return { ok: false, problem: { kind: 'cursor', found: options.cursor ?? options.at as string } }
    const [row] = await readResource(pool, [patient, 'Patient'])
    const self = found(row === undefined ? [] : [row], 'Patient', patient)
    if (options.at !== undefined && row !== undefined) {
      const rows = await listCompartmentAt(pool, [row.child, options.at])
      return { ok: true, page: { versions: rows.map(storedOf), total: rows.length, record: options.at } }
    }
    if (!self.ok || row === undefined) return self as Extract<ReadResult, { readonly ok: false }>
    const limit = options.count ?? 1_000_000
    const [rows, [counts]] = await Promise.all([
      listCompartment(pool, [row.child, compartmentHash(patient), after.place, after.rid, limit + 1]),
      countCompartment(pool, [row.child, compartmentHash(patient)]),
    ])
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    return {
      ok: true,
      page: {
        versions: shown.map(storedOf), total: Number(counts?.total ?? 0), record: counts?.record ?? '0',
        ...(rows.length > limit && last !== undefined ? { next: `${placeOf(last, row.child)}.${last.rid}` } : {}),
      },
    }
  })
}

const placeOf = ({ child, rid }: VersionRow, key: string): number => (child !== key ? 2 : rid === key ? 0 : 1)

function parsePlace(text: string): { readonly place: number; readonly rid: string } | undefined {
  const [, place, rid] = /^([012])\.(\d{1,18})$/.exec(text) ?? []
  return place === undefined || rid === undefined ? undefined : { place: Number(place), rid }
}

// ---- writing

export function create(writing: Writing, who: Principal, resource: Resource): Promise<WriteResult> {
  const type = resource['resourceType']
  if (typeof type !== 'string' || !TYPE.test(type)) return Promise.resolve({ ok: false, problem: { kind: 'body', what: 'type' } })
  return one(writing, who, { type, id: newId(writing.clock()), resource, fresh: true })
}

export function put(writing: Writing, who: Principal, id: string, resource: Resource, options: PutOptions): Promise<WriteResult> {
  const type = resource['resourceType']
  if (typeof type !== 'string' || !TYPE.test(type)) return Promise.resolve({ ok: false, problem: { kind: 'body', what: 'type' } })
  if (resource['id'] !== id || !ID.test(id)) return Promise.resolve({ ok: false, problem: { kind: 'body', what: 'id' } })
  return one(writing, who, { type, id, resource, fresh: false, ...options })
}

export function remove(writing: Writing, who: Principal, type: string, id: string, options: { readonly ifMatch?: number }): Promise<WriteResult> {
  return one(writing, who, { type, id, fresh: false, ...options })
}

async function one(writing: Writing, who: Principal, wanted: Wanted): Promise<WriteResult> {
  try {
    const written = await writeAll(writing, who, [wanted], undefined, wanted.resource === undefined ? undefined : (place) => keep(writing, who, wanted, place))
    return written.ok ? written.outcomes[0] as WriteResult : written
  } catch (problem) {
    const known = unavailable(problem)
    if (known === undefined) throw problem
    return { ok: false, problem: known }
  }
}

/** A stale change is not thrown away: what a person entered waits to be compared. */
async function keep({ pool, clock }: Writing, { practitioner, device }: Principal, { resource, ifMatch }: Wanted, { child, rid }: { readonly child: string; readonly rid: string }): Promise<string | undefined> {
  const body = textOf(resource as Resource)
  const key = [child, rid, ifMatch as number, body] as const
  const [row] = await insertConflict(pool, [...key, new Date(clock()).toISOString(), practitioner, device])
  const [kept] = row === undefined ? await findConflict(pool, [...key]) : [row]
  return kept === undefined ? undefined : `${kept.child}.${kept.number}`
}
