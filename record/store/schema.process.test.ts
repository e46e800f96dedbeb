/** The schema as the database has it, against golden/schema.sql (renewed by `npm run golden`), and the rules it keeps. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import test from 'node:test'
import { Client } from 'pg'
import { openPool } from './connection.ts'
import type { DatabaseConnection } from './contract.ts'
import { migrate, migrations } from './migrate.ts'
import { openStore } from './open.ts'
import { asAdmin, freshDatabase, TODAY } from './testing/database.ts'
import { schemaOf } from './testing/schema.ts'

const GOLDEN = path.join(import.meta.dirname, 'golden', 'schema.sql')
/** Those that no child's rows are in. */
const WITHOUT_CHILD = ['migration', 'setting', 'worklist_state', 'worklist_count']

async function query<T extends Record<string, unknown>>(database: DatabaseConnection, text: string): Promise<readonly T[]> {
  const client = new Client(database)
  await client.connect()
  try {
    return (await client.query<T>(text)).rows
  } finally {
    await client.end()
  }
}

test('schema: what the migrations made is what golden/schema.sql says', async () => {
  const made = await schemaOf(await freshDatabase())
  if (process.env['BAIRN_GOLDEN'] === 'write') writeFileSync(GOLDEN, made)
  assert.equal(made, readFileSync(GOLDEN, 'utf8'), 'renew with: npm run golden')
})

test('schema: every table of children has the child\'s key, in its primary key and in every unique index', async () => {
  const rows = await query<{ readonly table: string; readonly index: string | null; readonly columns: string | null }>(await freshDatabase(), `
    select t.relname as table, i.relname as index, (select string_agg(a.attname, ',') from pg_attribute a where a.attrelid = i.oid) as columns
    from pg_class t left join pg_index x on x.indrelid = t.oid and x.indisunique left join pg_class i on i.oid = x.indexrelid
    where t.relnamespace = 'bairn'::regnamespace and t.relkind = 'r' order by 1, 2`)
  const tables = new Set(rows.map(({ table }) => table))
  assert.ok(tables.size >= 15)
  for (const { table, index, columns } of rows) {
    // The directory is how the key is found.
    if (WITHOUT_CHILD.includes(table) || table === 'directory') continue
    assert.ok(columns?.split(',').includes('child'), `${table}: ${index ?? 'no primary key'} (${columns ?? ''})`)
  }
})

test('migrations: run twice they change nothing; a newer database and a changed file are refused', async () => {
  const database = await freshDatabase()
  const pool = openPool(database, 1)
  try {
    assert.equal(await migrate(pool), undefined)
    const changed = migrations().map((step, i) => (i === 1 ? { ...step, hash: 'other' } : step))
    assert.deepEqual(await migrate(pool, changed), { kind: 'changedMigration', name: migrations()[1]?.name })
    await query(database, "insert into bairn.migration (number, name, hash) values (999999, '999999-future.sql', '')")
    const opened = await openStore({ database, project: () => undefined, stamp: () => '', today: () => TODAY })
    assert.deepEqual(opened, { ok: false, problem: { kind: 'newerSchema', found: 999999, known: migrations().at(-1)?.number } })
  } finally {
    await pool.end()
  }
})

test('migrations: one that fails leaves nothing of itself, and the next try goes on', async () => {
  const database = await freshDatabase()
  const pool = openPool(database, 1)
  const next = (text: string): ReturnType<typeof migrations>[number] => ({ number: 900000, name: '900000-next.sql', text, hash: text })
  try {
    await assert.rejects(migrate(pool, [...migrations(), next('create table half (a integer); select 1 / 0')]))
    assert.deepEqual(await query(database, "select to_regclass('bairn.half') as is"), [{ is: null }])
    assert.equal(await migrate(pool, [...migrations(), next('create table half (a integer)')]), undefined)
    assert.deepEqual(await query(database, "select to_regclass('bairn.half')::text as is"), [{ is: 'half' }])
  } finally {
    await pool.end()
  }
})

test('migrations: two programs that open a new database at once both find it whole', async () => {
  const database = await freshDatabase()
  const name = `${database.database ?? ''}_new`
  await asAdmin(`create database ${name}`)
  const opened = await Promise.all([1, 2, 3].map(() => openStore({ database: { ...database, database: name }, project: () => undefined, stamp: () => '', today: () => TODAY })))
  for (const one of opened) {
    assert.ok(one.ok, JSON.stringify(one))
    await one.store.close()
  }
})
