/**
 * Gives the store a PostgreSQL to talk to: the embedded one (found, made and started here) or a given one (DATABASE_URL).
 */
import path from 'node:path'
import process from 'node:process'
import { Client, escapeIdentifier } from 'pg'
import type { Database, DatabaseConnection, DatabaseName, DatabaseOptions, DatabaseResult, StartProblem } from '../contract.ts'
import { findBinaries } from './binaries.ts'
import { dataVersion, locateData, makeData, type DataFolder } from './folder.ts'
import { findRunning, startServer, type Server } from './server.ts'

/** What tests set beside. */
export interface DatabaseTestOptions {
  /** instead of /var/lib/bairn */
  readonly shared?: string
  readonly transport?: 'socket' | 'tcp'
}

/** Finds, makes and starts the database, or only reads the given address. First start about 1 s, later ones 50 ms. */
export async function startDatabase(options: DatabaseOptions, test: DatabaseTestOptions = {}): Promise<DatabaseResult> {
  if (options.url !== undefined) return givenDatabase(options.url)
  const located = locateData(options.home, test.shared)
  if (!located.ok) return located
  const data = located.value

  const running = await findRunning(data.folder)
  if (running !== undefined && options.running === 'refuse') return { ok: false, problem: { kind: 'inUse', folder: data.folder, pid: running.pid() ?? 0 } }
  if (running !== undefined) return { ok: true, database: database(running, data) }

  const found = findBinaries(data.account, data.shared)
  if (!found.ok) return found
  const version = dataVersion(data.folder)
  if (version !== undefined && version !== found.binaries.major) return { ok: false, problem: { kind: 'otherPostgres', folder: data.folder, found: version, needed: found.binaries.major } }
  if (version === undefined) {
    const made = await makeData(data, found.binaries, { sync: options.unsafe !== true })
    if (!made.ok) return made
  }
  const started = await startServer(data, found.binaries, {
    log: path.join(options.home, 'database.log'),
    unsafe: options.unsafe === true,
    transport: test.transport ?? (process.platform === 'win32' ? 'tcp' : 'socket'),
  })
  if (started.ok) return { ok: true, database: database(started.value, data) }
  // Somebody else may have been first since we looked.
  const other = options.running === 'refuse' ? undefined : await findRunning(data.folder)
  return other === undefined ? started : { ok: true, database: database(other, data) }
}

function database({ connection, attached, pid, stop }: Server, { folder, moved }: DataFolder): Database {
  return {
    folder,
    moved,
    attached,
    get pid() { return pid() },
    stop,
    connection: async (name) => {
      const problem = await ensureDatabase({ ...connection, database: 'postgres' }, name)
      return problem === undefined ? { ok: true, connection: { ...connection, database: name } } : { ok: false, problem }
    },
  }
}

/** `bairn` is the given database itself, `bairn_demo` one beside it with `_demo` after its name. */
function givenDatabase(url: string): DatabaseResult {
  const name = databaseOf(url)
  if (name === undefined) return { ok: false, problem: { kind: 'url' } }
  const held = { moved: false, attached: true, pid: undefined, stop: async () => {} }
  return {
    ok: true,
    database: {
      ...held,
      connection: async (wanted: DatabaseName) => {
        if (wanted === 'bairn') return { ok: true, connection: { connectionString: url } }
        const demo = `${name}_demo`
        const problem = await ensureDatabase({ connectionString: url }, demo)
        return problem === undefined ? { ok: true, connection: { connectionString: withDatabase(url, demo) } } : { ok: false, problem }
      },
    },
  }
}

function databaseOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, pathname } = new URL(url)
  const name = decodeURIComponent(pathname.slice(1))
  return (protocol === 'postgres:' || protocol === 'postgresql:') && name !== '' ? name : undefined
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${encodeURIComponent(name)}`
  return changed.href
}

async function ensureDatabase(from: DatabaseConnection, name: string): Promise<StartProblem | undefined> {
  const client = new Client({ ...from, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${escapeIdentifier(name)} template template0`)
    return undefined
  } catch (problem) {
    const { code, message } = problem as { code?: string; message: string }
    // 42P04, 23505: another process made it at the same time
    if (code === '42P04' || code === '23505') return undefined
    return code === '53100' ? { kind: 'unavailable', why: 'diskFull', detail: message } : { kind: 'unavailable', why: 'connection', detail: message }
  } finally {
    await client.end().catch(() => {})
  }
}
