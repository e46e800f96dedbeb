/**
 * A real database for every test: one cluster a process (fsync off), one template with the schema, a copy of its files a test.
 * Tests register nothing: what was started stops after the last test.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { after } from 'node:test'
import { Client } from 'pg'
import type { Database, DatabaseConnection, Project, Store, StoreOptions } from '../contract.ts'
import { openStore } from '../open.ts'
import { startDatabase } from '../postgres/database.ts'
import { TODAY } from './who.ts'

export { NURSE, TODAY } from './who.ts'

let cluster: Promise<{ readonly database: Database; readonly home: string; readonly server: DatabaseConnection }> | undefined
let count = 0

after(async () => {
  if (cluster === undefined) return
  const { database, home } = await cluster
  await database.stop()
  rmSync(home, { recursive: true, force: true })
})

async function startCluster(): Promise<{ readonly database: Database; readonly home: string; readonly server: DatabaseConnection }> {
  const home = mkdtempSync(path.join('/tmp', 'bairn store test '))
  // As root the server is another user, who must come in.
  chmodSync(home, 0o755)
  const started = await startDatabase({ home, unsafe: true })
  if (!started.ok) throw new Error(JSON.stringify(started.problem))
  const connected = await started.database.connection('bairn')
  if (!connected.ok) throw new Error(JSON.stringify(connected.problem))
  const opened = await openStore({ database: connected.connection, project: () => undefined, stamp: () => '', today: () => TODAY })
  if (!opened.ok) throw new Error(JSON.stringify(opened.problem))
  await opened.store.close()
  return { database: started.database, home, server: connected.connection }
}

/** An empty database with the schema, of its own. */
export async function freshDatabase(): Promise<DatabaseConnection> {
  cluster ??= startCluster()
  const { server } = await cluster
  const name = `test_${count += 1}`
  await asAdmin(`create database ${name} template bairn strategy file_copy`)
  return { ...server, database: name }
}

/** Runs one statement outside of every test's database. */
export async function asAdmin(text: string): Promise<void> {
  cluster ??= startCluster()
  const { server } = await cluster
  const client = new Client({ ...server, database: 'postgres' })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}

/** Opens a store on a database; by default nobody is on the worklist. */
export async function openTestStore(database: DatabaseConnection, options: Partial<StoreOptions> = {}): Promise<Store> {
  const opened = await openStore({ database, project: NOBODY, stamp: () => 'test-1', today: () => TODAY, onBackgroundProblem: (problem) => { throw problem }, ...options })
  if (!opened.ok) throw new Error(JSON.stringify(opened.problem))
  return opened.store
}
const NOBODY: Project = () => undefined

/** Runs with a store on a database of its own, and closes it. */
export async function withStore(run: (store: Store, database: DatabaseConnection) => Promise<void>, options: Partial<StoreOptions> = {}): Promise<void> {
  const database = await freshDatabase()
  const store = await openTestStore(database, options)
  try {
    await run(store, database)
  } finally {
    await store.close()
  }
}
