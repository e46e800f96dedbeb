/**
 * Runs a parsed search: one statement for a page, a second for the total only where the page does not show it.
 * One criterion drives (it gives the rows, through an index), the others filter the rows it gives: tokens and references by
 * the keys on the resource's own row, dates and texts by their tables. Order and paging are by (child, number): stable under
 * writes, and the order of the driving index. A criterion on the patient names the child, so the rest reads one child only.
 * Measured on 64,000 children, 256,000 resources: see bench/store.ts.
 */
import { createHash } from 'node:crypto'
import type { Criterion, Search } from '@bairn/fhir/search'
import type { SearchPage, SearchResult } from './contract.ts'
import { criterionHashes, dateBoxes, paramHash, typeHash } from './hashing.ts'
import type { Places } from './places.ts'
import { findPlaces, findTypes, type VersionRow } from './queries/resources.ts'
import { shorten } from './searchRows.ts'
import type { Connection } from './statement.ts'
import { storedOf } from './versions.ts'

const COLUMNS = 'r.child, r.rid, r.type, r.id, r.version, r.updated, r.practitioner, r.device, r.body'

/** @param places undefined within a transaction: what it made is not to be kept before it is committed */
export async function runSearch(connection: Connection, places: Places | undefined, search: Search): Promise<SearchResult> {
  const after = search.cursor === undefined ? FIRST : parseCursor(search.cursor)
  if (after === undefined) return { ok: false, problem: { kind: 'cursor', found: search.cursor as string } }
  const query = await build(connection, places, search)
  if (query === undefined) return { ok: true, page: { versions: [], total: 0 } }
  const rows = search.count === 0 ? [] : await run<VersionRow>(connection, page(query), [...query.values, after.child, after.rid, search.count + 1])
  const more = rows.length > search.count
  const shown = more ? rows.slice(0, search.count) : rows
  const last = shown.at(-1)
  const total = search.count > 0 && !more && after === FIRST ? shown.length : await count(connection, query)
  const found: SearchPage = { versions: shown.map(storedOf), total, ...(more && last !== undefined ? { next: `${last.child}.${last.rid}` } : {}) }
  return { ok: true, page: found }
}

// ---- cursors

interface After { readonly child: string; readonly rid: string }
const FIRST: After = { child: '-1', rid: '0' }

function parseCursor(text: string): After | undefined {
  const [, child, rid] = /^(\d{1,18})\.(\d{1,18})$/.exec(text) ?? []
  return child === undefined || rid === undefined ? undefined : { child, rid }
}

// ---- from criteria to SQL

/** `from` gives (child, rid) as `f`; `filters` are conditions on the resource's row `r`. */
interface Query { readonly from: string; readonly filters: readonly string[]; readonly values: readonly unknown[] }
/** A criterion with what it needs looked up. */
type Ready =
  | { readonly kind: 'id'; readonly ids: readonly string[] }
  | { readonly kind: 'hash'; readonly hashes: readonly string[]; readonly reference: boolean }
  | { readonly kind: 'string'; readonly param: string; readonly starts: readonly string[] }
  | { readonly kind: 'date'; readonly param: string; readonly boxes: readonly (readonly unknown[])[]; readonly wall: boolean }

/** undefined: nothing can match. */
async function build(connection: Connection, places: Places | undefined, { type, criteria }: Search): Promise<Query | undefined> {
  const bare = criteria.flatMap((criterion) => (criterion.kind === 'reference' ? criterion.any.filter((query) => query.type === undefined).map(({ id }) => id) : []))
  const types = bare.length === 0 ? [] : (await findTypes(connection, [bare])).map((row) => row.type)
  const ready = criteria.map((criterion) => prepare(type, criterion, types))
  if (ready.some((part) => part.kind === 'hash' && part.hashes.length === 0)) return undefined
  const children = await childrenOf(connection, places, criteria)
  if (children?.length === 0) return undefined

  const values: unknown[] = [type]
  const value = (given: unknown): string => `$${values.push(given)}`
  const inChild = children === undefined ? '' : ` and child = any(${value(children)}::bigint[])`
  const driver = chooseDriver(ready, children !== undefined)
  const from = driver === undefined ? fromHashes([typeHash(type)], value, inChild) : fromPart(driver, value, inChild)
  // The driver's rows need no second look, except those of an index that only narrows.
  const rest = ready.filter((part) => part !== driver || part.kind === 'date')
  return { from, filters: rest.map((part) => filterOf(part, value)), values }
}

function prepare(type: string, criterion: Criterion, types: readonly string[]): Ready {
  switch (criterion.kind) {
    case 'id': return { kind: 'id', ids: criterion.any }
    case 'token': case 'reference': return { kind: 'hash', hashes: [...new Set(criterionHashes(type, criterion, () => types))], reference: criterion.kind === 'reference' }
    case 'string': return { kind: 'string', param: paramHash(type, criterion.param), starts: criterion.any.map(shorten) }
    case 'date': {
      const boxes = criterion.any.flatMap(dateBoxes)
      const columns = [boxes.map(({ wall }) => wall), boxes.map(({ startMin }) => startMin), boxes.map(({ startMax }) => startMax), boxes.map(({ endMin }) => endMin), boxes.map(({ endMax }) => endMax)]
      return { kind: 'date', param: paramHash(type, criterion.param), boxes: columns, wall: boxes.every(({ wall }) => wall) }
    }
    default: return criterion satisfies never
  }
}

/** The children that a criterion on the patient names; undefined: any. What is about a Patient stands under that child's key. */
async function childrenOf(connection: Connection, places: Places | undefined, criteria: readonly Criterion[]): Promise<readonly string[] | undefined> {
  const about = criteria.find((criterion) => criterion.kind === 'reference' && (criterion.param === 'patient' || criterion.param === 'subject')
    && criterion.any.every((query) => query.type === 'Patient'))
  if (about?.kind !== 'reference') return undefined
  const wanted = about.any.map(({ id }) => ({ type: 'Patient', id }))
  if (places === undefined) return (await findPlaces(connection, [wanted.map((want) => want.type), wanted.map(({ id }) => id)])).map(({ child }) => child)
  await places.load(connection, wanted)
  return wanted.flatMap(({ id }) => places.find('Patient', id)?.child ?? [])
}

/** The fewest rows first: an id, a token that is no reference, a text, the patient, a date. */
function chooseDriver(parts: readonly Ready[], hasChild: boolean): Ready | undefined {
  const rank = (part: Ready): number => {
    if (part.kind === 'id') return 0
    if (part.kind === 'hash') return part.reference ? 3 : 1
    return part.kind === 'string' ? 2 : hasChild ? 5 : 4
  }
  return parts.toSorted((a, b) => rank(a) - rank(b))[0]
}

type Value = (given: unknown) => string

function fromPart(part: Ready, value: Value, inChild: string): string {
  switch (part.kind) {
    case 'id': return `(select child, rid from directory where type = $1 and id = any(${value(part.ids)}::text[])${inChild})`
    case 'hash': return fromHashes(part.hashes, value, inChild)
    case 'string': {
      const param = value(part.param)
      return `(select distinct t.child, t.rid from unnest(${value(part.starts)}::text[]) as s (start) join search_text t on t.param = ${param} and t.value >= s.start collate "C" and t.value < s.start || U&'\\+10FFFF' collate "C" where true${inChild})`
    }
    case 'date': {
      // The index is on the calendar's start; an instant is at most a day away from it.
      const slack = part.wall ? 0 : 86_400_000
      const param = value(part.param)
      return `(select distinct d.child, d.rid from ${unnestBoxes(part, value)} join search_date d on d.param = ${param} and d.wall_starts between b.start_min - ${slack} and b.start_max + ${slack} where true${inChild})`
    }
    default: return part satisfies never
  }
}

function fromHashes(hashes: readonly string[], value: Value, inChild: string): string {
  return hashes.length === 1
    ? `(select child, rid from search_token where hash = ${value(hashes[0])}::bigint${inChild})`
    : `(select distinct child, rid from search_token where hash = any(${value(hashes)}::bigint[])${inChild})`
}

function filterOf(part: Ready, value: Value): string {
  switch (part.kind) {
    case 'id': return `r.id = any(${value(part.ids)}::text[])`
    case 'hash': return `r.keys && ${value(part.hashes)}::bigint[]`
    case 'string': return `exists (select from search_text t where t.child = r.child and t.rid = r.rid and t.param = ${value(part.param)}::bigint and t.value ^@ any(${value(part.starts)}::text[]))`
    case 'date': return `exists (select from ${unnestBoxes(part, value)} join search_date d on d.child = r.child and d.rid = r.rid and d.param = ${value(part.param)}::bigint
      where (case when b.wall then d.wall_starts else d.starts end) between b.start_min and b.start_max
        and (case when b.wall then d.wall_ends else d.ends end) between b.end_min and b.end_max)`
    default: return part satisfies never
  }
}

function unnestBoxes(part: Extract<Ready, { readonly kind: 'date' }>, value: Value): string {
  const types = ['boolean[]', 'bigint[]', 'bigint[]', 'bigint[]', 'bigint[]']
  return `unnest(${part.boxes.map((column, i) => `${value(column)}::${types[i] as string}`).join(', ')}) as b (wall, start_min, start_max, end_min, end_max)`
}

// ---- statements

function page({ from, filters, values }: Query): string {
  const [child, rid, limit] = [values.length + 1, values.length + 2, values.length + 3]
  return `select ${COLUMNS} from ${from} f join resource r on r.child = f.child and r.rid = f.rid
    where r.type = $1 and r.body is not null and (f.child, f.rid) > ($${child}::bigint, $${rid}::bigint)${filters.map((filter) => ` and ${filter}`).join('')}
    order by f.child, f.rid limit $${limit}::integer`
}

async function count(connection: Connection, { from, filters, values }: Query): Promise<number> {
  // Search rows exist for current resources only, so without a filter the index alone answers.
  const bare = filters.length === 0 && from.includes('search_token') && !from.includes('directory')
  const text = bare ? `select count(*) as total from ${from} f where $1::text is not null` : `select count(*) as total from ${from} f join resource r on r.child = f.child and r.rid = f.rid
    where r.type = $1 and r.body is not null${filters.map((filter) => ` and ${filter}`).join('')}`
  const [row] = await run<{ readonly total: string }>(connection, text, values)
  return Number(row?.total ?? 0)
}

/** A shape of criteria is one prepared statement; the few shapes that people use are few statements. */
const names = new Map<string, string>()
const MOST_NAMES = 200

async function run<Row>(connection: Connection, text: string, values: readonly unknown[]): Promise<readonly Row[]> {
  let name = names.get(text)
  if (name === undefined && names.size < MOST_NAMES) names.set(text, (name = `search_${createHash('sha256').update(text).digest('hex').slice(0, 16)}`))
  const { rows } = await connection.query<Row & Record<string, unknown>>({ ...(name === undefined ? {} : { name }), text, values: [...values] })
  return rows
}
