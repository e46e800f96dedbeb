/**
 * Brings a database to this program's schema: the files of sql/ in order, each once, each in a transaction; forward only.
 * A database that a newer Bairn used is refused: it may hold what this one does not know.
 */
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { Pool } from 'pg'
import { withTransaction } from './connection.ts'
import type { OpenProblem } from './contract.ts'

/** The oldest PostgreSQL whose SQL we use. */
const OLDEST_SERVER = 15

interface Migration { readonly number: number; readonly name: string; readonly text: string; readonly hash: string }

export function migrations(folder = path.join(import.meta.dirname, 'sql')): readonly Migration[] {
  return readdirSync(folder).filter((file) => /^\d{6}-.+\.sql$/.test(file)).toSorted().map((file) => {
    const text = readFileSync(path.join(folder, file), 'utf8')
    return { number: Number(file.slice(0, 6)), name: file, text, hash: createHash('sha256').update(text).digest('hex') }
  })
}

/** undefined: the schema stands. */
export async function migrate(pool: Pool, steps: readonly Migration[] = migrations()): Promise<OpenProblem | undefined> {
  return withTransaction(pool, async (client) => {
    const { rows: [server] } = await client.query<{ readonly number: number; readonly text: string; readonly encoding: string }>(
      "select current_setting('server_version_num')::integer as number, current_setting('server_version') as text, current_setting('server_encoding') as encoding")
    if (server === undefined || server.number < OLDEST_SERVER * 10_000 || server.encoding !== 'UTF8')
      return { kind: 'serverVersion', found: `${server?.text ?? ''} ${server?.encoding ?? ''}`.trim(), needed: `${OLDEST_SERVER} UTF8` }
    // Two programs that start at once: the second waits, then finds nothing to do.
    await client.query("select pg_advisory_xact_lock(hashtext('bairn.migrate'))")
    const { rows: [there] } = await client.query<{ readonly is: boolean }>("select to_regclass('bairn.migration') is not null as is")
    if (there?.is !== true) {
      await client.query('create schema if not exists bairn')
      await client.query('create table bairn.migration (number integer primary key, name text not null, hash text not null, applied timestamptz not null default now())')
    }
    const { rows: applied } = await client.query<{ readonly number: number; readonly name: string; readonly hash: string }>('select number, name, hash from bairn.migration order by number')
    const last = applied.at(-1)?.number ?? 0
    const known = steps.at(-1)?.number ?? 0
    if (last > known) return { kind: 'newerSchema', found: last, known }
    for (const step of steps) {
      const done = applied.find(({ number }) => number === step.number)
      if (done !== undefined && done.hash !== step.hash) return { kind: 'changedMigration', name: step.name }
      if (done !== undefined) continue
      await client.query(step.text)
      await client.query('insert into bairn.migration (number, name, hash) values ($1, $2, $3)', [step.number, step.name, step.hash])
    }
    return undefined
  })
}
