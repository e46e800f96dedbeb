/**
 * Connections to one database, and what its errors mean to us.
 * Plans are generic and go through indexes: every statement here has one good plan, whatever the statistics say just after an
 * import (without them the worklist's page was a hash of all rows: 79 against 0.4 ms), and planning it anew costs more than it saves.
 */
import { Pool, types, type PoolClient } from 'pg'
import type { DatabaseConnection, Unavailable } from './contract.ts'

const TIMESTAMPTZ = 1184

/** Timestamps stay text: `instantOf` makes FHIR's of them without a Date a row. */
const parsers = { getTypeParser: ((oid: number, format: 'text' | 'binary') => (oid === TIMESTAMPTZ ? (value: string) => value : types.getTypeParser(oid, format))) as typeof types.getTypeParser }

export function openPool(database: DatabaseConnection, connections: number): Pool {
  const pool = new Pool({
    ...database,
    max: connections,
    types: parsers,
    connectionTimeoutMillis: 10_000,
    application_name: 'bairn',
    options: '-c search_path=bairn -c timezone=UTC -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c datestyle=ISO,YMD',
  })
  // A connection that breaks while nobody uses it: the pool opens another.
  pool.on('error', () => {})
  // One that breaks while somebody uses it: the query that runs tells, the event must not end the program.
  pool.on('connect', (client) => { client.on('error', () => {}) })
  return pool
}

/** '2026-11-24 03:06:13.25+00' as '2026-11-24T03:06:13.250Z'. */
export function instantOf(timestamp: string): string {
  const fraction = timestamp.slice(20, -3)
  return `${timestamp.slice(0, 10)}T${timestamp.slice(11, 19)}.${fraction.padEnd(3, '0')}Z`
}

/** Runs within one transaction: all or nothing. `readOnly`: one snapshot for everything that is read. */
export async function withTransaction<T>(pool: Pool, run: (client: PoolClient) => Promise<T>, options: { readonly readOnly?: boolean } = {}): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query(options.readOnly === true ? 'begin isolation level repeatable read read only' : 'begin')
    const result = await run(client)
    await client.query('commit')
    return result
  } catch (problem) {
    try {
      await client.query('rollback')
    } catch (lost) {
      broken = lost as Error
    }
    throw problem
  } finally {
    client.release(broken)
  }
}

/** Ends a transaction on purpose, with the answer to give. */
export class Rollback<T> extends Error {
  readonly answer: T
  constructor(answer: T) {
    super('rolled back')
    this.answer = answer
  }
}

const codeOf = (problem: unknown): string => (typeof problem === 'object' && problem !== null && 'code' in problem ? String(problem.code) : '')

/** Somebody else wrote between our reading and our writing: read again and try again. */
export function isMeanwhile(problem: unknown): boolean {
  // BA001 must_hold; 23505 a double id or version; serialization failure, deadlock
  return ['BA001', '23505', '40001', '40P01'].includes(codeOf(problem))
}

/** The database cannot take it now; undefined: it is our own mistake. */
export function unavailable(problem: unknown): Unavailable | undefined {
  const code = codeOf(problem)
  const detail = String((problem as Error | undefined)?.message ?? problem)
  if (code === '53100' || /No space left on device|File too large|Disk quota exceeded/.test(detail)) return { kind: 'unavailable', why: 'diskFull', detail }
  if (code === '25006') return { kind: 'unavailable', why: 'readOnly', detail }
  if (isMeanwhile(problem) || ['53300', '55P03', '57014'].includes(code)) return { kind: 'unavailable', why: 'busy', detail }
  // 08: connection; 57P: shut down; the rest are the system's words for a server that is not there
  if (/^(08|57P|28|3D000)/.test(code) || ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'].includes(code)) return { kind: 'unavailable', why: 'connection', detail }
  if (/Connection terminated|timeout exceeded when trying to connect|not queryable|Client was closed|Cannot use a pool after/.test(detail)) return { kind: 'unavailable', why: 'connection', detail }
  return undefined
}

/** Thrown by the calls whose answer has no room for a problem; the server's outermost edge turns it into "not now". */
export class UnavailableError extends Error {
  readonly problem: Unavailable
  constructor(problem: Unavailable) {
    super(problem.detail)
    this.name = 'UnavailableError'
    this.problem = problem
  }
}

/** For those calls. */
export async function orThrow<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (problem) {
    const known = unavailable(problem)
    throw known === undefined ? problem : new UnavailableError(known)
  }
}

/** For the calls whose answer has room. */
export async function orProblem<T>(run: () => Promise<T>): Promise<T | { readonly ok: false; readonly problem: Unavailable }> {
  try {
    return await run()
  } catch (problem) {
    const known = unavailable(problem)
    if (known === undefined) throw problem
    return { ok: false, problem: known }
  }
}
