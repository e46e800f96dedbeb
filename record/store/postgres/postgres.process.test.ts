/** The launcher with real processes: start, stop, attach, kill, users, folders, a full disk. What it starts it ends. */
import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import path from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import test, { type TestContext } from 'node:test'
import { Client } from 'pg'
import type { Database, DatabaseConnection, DatabaseOptions } from '../contract.ts'
import { asAccount, canReach, serverAccount } from './account.ts'
import { placeBinaries } from './binaries.ts'
import { startDatabase, type DatabaseTestOptions } from './database.ts'
import { isAlive } from './folder.ts'

const HOLDER = path.join(import.meta.dirname, '..', 'testing', 'holder.ts')
const IS_ROOT = process.getuid?.() === 0
const NOBODY = 65534

/** What a test began ends in the opposite order: a folder goes after the server in it. */
const ends = new WeakMap<TestContext, (() => Promise<void> | void)[]>()
function later(t: TestContext, end: () => Promise<void> | void): void {
  const list = ends.get(t) ?? []
  if (list.length === 0) t.after(async () => { for (const one of list.toReversed()) await one() })
  ends.set(t, list)
  list.push(end)
}

/** A home with a space in its path, that another user may walk through. */
function newHome(t: TestContext, mode = 0o755): string {
  const top = mkdtempSync('/tmp/bairn launcher ')
  chmodSync(top, mode)
  later(t, () => { rmSync(top, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }) })
  return path.join(top, 'a home')
}

async function start(t: TestContext, options: DatabaseOptions, more: DatabaseTestOptions = {}): Promise<Database> {
  const started = await startDatabase(options, more)
  assert.ok(started.ok, JSON.stringify(started))
  later(t, () => started.database.stop())
  return started.database
}

async function connectionOf(database: Database): Promise<DatabaseConnection> {
  const connected = await database.connection('bairn')
  assert.ok(connected.ok, JSON.stringify(connected))
  return connected.connection
}

async function ask(connection: DatabaseConnection, text: string): Promise<unknown> {
  const client = new Client(connection)
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query({ text, rowMode: 'array' })
    return (rows as unknown[][])[0]?.[0]
  } finally {
    await client.end()
  }
}

/** A program of its own; its lines as they come. */
function hold(t: TestContext, home: string, mode: string, command: readonly string[] = []): { readonly child: ChildProcess; readonly lines: AsyncIterableIterator<string> } {
  const [program, ...args] = [...command, process.execPath, HOLDER, home, mode]
  const child = spawn(program as string, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  later(t, async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  })
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() }
}
async function nextOf(lines: AsyncIterableIterator<string>): Promise<Readonly<Record<string, unknown>>> {
  const { value, done } = await lines.next() as { readonly value?: string; readonly done?: boolean }
  assert.notEqual(done, true, 'the program ended without a word')
  return JSON.parse(value as string) as Readonly<Record<string, unknown>>
}

async function until(holds: () => boolean, what: string): Promise<void> {
  for (let i = 0; i < 1500; i += 1) {
    if (holds()) return
    await wait(10)
  }
  assert.fail(what)
}

test('postgres: a first start makes the data, stop ends every process, a second start finds them', async (t) => {
  const home = newHome(t)
  const first = await start(t, { home })
  const connection = await connectionOf(first)
  assert.equal(await ask(connection, 'show listen_addresses'), '')
  assert.equal(await ask(connection, "select datlocprovider::text || ' ' || datlocale from pg_database where datname = 'bairn'"), 'b C.UTF-8')
  assert.equal(statSync(connection.host ?? '').mode & 0o777, 0o700)
  await ask(connection, 'create table kept as select 7 as seven')
  assert.notEqual((await first.connection('bairn_demo') as { readonly connection: DatabaseConnection }).connection.database, connection.database)
  const { pid } = first
  await first.stop()
  assert.equal(isAlive(pid ?? 0), false)
  assert.equal(existsSync(connection.host ?? ''), false)
  const second = await start(t, { home })
  assert.equal(await ask(await connectionOf(second), 'select seven from kept'), 7)
  assert.equal(second.folder, path.join(home, 'database'))
  assert.equal(second.moved, false)
})

test('postgres: kill -9 of the program that started it stops it; the next start finds every acknowledged write', async (t) => {
  const home = newHome(t)
  const { child, lines } = hold(t, home, 'write')
  const { pid } = await nextOf(lines)
  const written: unknown[] = []
  for (let i = 0; i < 40; i += 1) written.push((await nextOf(lines))['written'])
  child.kill('SIGKILL')
  await until(() => !isAlive(Number(pid)), 'PostgreSQL outlived its parent')
  const database = await start(t, { home })
  assert.equal(await ask(await connectionOf(database), `select count(*)::integer from bairn.resource where id in (${written.map((id) => `'${String(id)}'`).join(',')})`), written.length)
})

test('postgres: a server that does not end when it is asked to is ended, by stop within 9 s', { skip: process.platform === 'win32' }, async (t) => {
  const home = newHome(t)
  const database = await start(t, { home })
  const pid = database.pid as number
  const client = new Client(await connectionOf(database))
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  // A part of it that answers no signal: PostgreSQL waits for it as long as it takes.
  process.kill((rows[0] as { readonly pid: number }).pid, 'SIGSTOP')
  const before = Date.now()
  await database.stop()
  assert.ok(Date.now() - before < 9000)
  // It gives its parts 5 s more, and kills them.
  await until(() => !isAlive(pid), 'still there')
})

test('postgres: a second program attaches and leaves it running; asked to, it refuses and names folder and process', async (t) => {
  const home = newHome(t)
  const first = await start(t, { home })
  const second = await start(t, { home })
  assert.equal(second.attached, true)
  assert.equal(await ask(await connectionOf(second), 'select 1'), 1)
  assert.deepEqual(await startDatabase({ home, running: 'refuse' }), { ok: false, problem: { kind: 'inUse', folder: first.folder, pid: first.pid } })
  await second.stop()
  assert.equal(await ask(await connectionOf(first), 'select 1'), 1)
})

test('postgres: two programs that start at once on a new home use one database', async (t) => {
  const home = newHome(t)
  const started = await Promise.all([start(t, { home }), start(t, { home })])
  assert.equal(new Set(started.map(({ pid }) => pid)).size, 1)
})

test('postgres: kill -9 of the server itself: it comes back under the same address, nothing committed is lost', async (t) => {
  const database = await start(t, { home: newHome(t) })
  const connection = await connectionOf(database)
  await ask(connection, 'create table kept as select 7 as seven')
  const { pid } = database
  process.kill(pid ?? 0, 'SIGKILL')
  await until(() => database.pid !== pid && isAlive(database.pid ?? 0), 'it did not come back')
  for (let i = 0; ; i += 1) {
    const answer = await ask(connection, 'select seven from kept').catch((problem: unknown) => problem)
    if (answer === 7) break
    assert.ok(i < 500, String(answer))
    await wait(20)
  }
})

test('postgres: a lock file that a crash left, with the number of a living stranger of the same user, is no obstacle', async (t) => {
  const home = newHome(t)
  const database = await start(t, { home })
  const file = path.join(database.folder ?? '', 'postmaster.pid')
  const lock = readFileSync(file, 'utf8')
  await database.stop()
  const account = serverAccount()
  const stranger = spawn('sleep', ['60'], { stdio: 'ignore', ...asAccount(account) })
  later(t, () => { stranger.kill() })
  writeFileSync(file, lock.replace(/^\d+/, String(stranger.pid)))
  if (account !== undefined) chownSync(file, account.uid, account.gid)
  assert.equal((await start(t, { home })).attached, false)
})

test('postgres: data of another major version are refused with both versions, and not touched', async (t) => {
  const home = newHome(t)
  const database = await start(t, { home })
  await database.stop()
  writeFileSync(path.join(database.folder ?? '', 'PG_VERSION'), '19\n')
  assert.deepEqual(await startDatabase({ home }), { ok: false, problem: { kind: 'otherPostgres', folder: database.folder, found: '19', needed: '18' } })
})

test('postgres: a first start that was cut leaves nothing that looks like data', async (t) => {
  const home = newHome(t)
  mkdirSync(path.join(home, 'database.new-999999999', 'base'), { recursive: true })
  await start(t, { home })
  assert.deepEqual(readdirSync(home).filter((name) => name.includes('.new-')), [])
})

test('postgres: where no socket can be had: 127.0.0.1 and a password of its own', async (t) => {
  const database = await start(t, { home: newHome(t) }, { transport: 'tcp' })
  const connection = await connectionOf(database)
  assert.equal(connection.host, '127.0.0.1')
  assert.equal(await ask(connection, 'select 1'), 1)
  await assert.rejects(ask({ ...connection, password: 'guess' }, 'select 1'), /password authentication failed/)
  assert.equal(statSync(path.join(database.folder ?? '', 'bairn.password')).mode & 0o777, 0o600)
})

test('postgres: a full disk (files of at most 40 MB): the write that does not fit is refused by name, those before it are there', { skip: process.platform === 'win32' }, async (t) => {
  const home = newHome(t)
  const { child, lines } = hold(t, home, 'fill', ['sh', '-c', 'ulimit -f 40960; exec "$@"', 'sh'])
  assert.equal((await nextOf(lines))['ok'], true)
  const written: unknown[] = []
  let last = await nextOf(lines)
  for (; last['written'] !== undefined; last = await nextOf(lines)) written.push(last['written'])
  assert.partialDeepStrictEqual(last, { ok: false, problem: { kind: 'unavailable', why: 'diskFull' } })
  if (child.exitCode === null) await once(child, 'exit')
  const database = await start(t, { home })
  assert.equal(await ask(await connectionOf(database), 'select count(*)::integer from bairn.resource'), written.length)
})

for (const { room, blocks } of [{ room: 'files of at most 1 MB', blocks: 1024 }, { room: 'files of at most 4 kB', blocks: 4 }, { room: 'no room at all', blocks: 0 }])
test(`postgres: a disk that is full before the first start (${room}) says so, and leaves no data`, { skip: process.platform === 'win32' }, async (t) => {
  const home = newHome(t)
  const { lines } = hold(t, home, 'hold', ['bash', '-c', `ulimit -f ${blocks}; exec "$@"`, 'bash'])
  assert.partialDeepStrictEqual(await nextOf(lines), { ok: false, problem: { kind: 'unavailable', why: 'diskFull' } })
  assert.deepEqual(readdirSync(home).filter((name) => name.startsWith('database')), [])
})

test('postgres: a home that cannot be written says so', async (t) => {
  const home = newHome(t)
  writeFileSync(home, 'a file')
  assert.partialDeepStrictEqual(await startDatabase({ home }), { ok: false, problem: { kind: 'folder', folder: home } })
})

test('postgres: DATABASE_URL is used as given; its demo lies beside it; nonsense is refused', async (t) => {
  const database = await start(t, { home: newHome(t) }, { transport: 'tcp' })
  const { host, port, user, password } = await connectionOf(database)
  const given = await startDatabase({ home: '/nowhere', url: `postgres://${user}:${password}@${host}:${port}/bairn` })
  assert.ok(given.ok)
  assert.deepEqual([given.database.folder, given.database.moved], [undefined, false])
  assert.equal(await ask(await connectionOf(given.database), 'select current_database()'), 'bairn')
  const demo = await given.database.connection('bairn_demo')
  assert.ok(demo.ok)
  assert.equal(await ask(demo.connection, 'select current_database()'), 'bairn_demo')
  for (const url of ['nonsense', 'http://x/y', 'postgres://host']) assert.deepEqual(await startDatabase({ home: '/nowhere', url }), { ok: false, problem: { kind: 'url' } })
})

// ---- users

test('postgres, as root: the server is another user; a home it cannot reach keeps its data in one folder of its own', { skip: !IS_ROOT && 'not root' }, async (t) => {
  const shared = newHome(t)
  const [one, two] = [newHome(t, 0o700), newHome(t, 0o700)]
  const first = await start(t, { home: one }, { shared })
  const second = await start(t, { home: two }, { shared })
  assert.deepEqual([first.moved, second.moved], [true, true])
  assert.notEqual(first.folder, second.folder)
  assert.ok(first.folder?.startsWith(shared))
  assert.equal(statSync(first.folder ?? '').uid, serverAccount()?.uid)
  await ask(await connectionOf(first), 'create table kept as select 7 as seven')
  await first.stop()
  // The same home again, now open: its data are still where they were.
  chmodSync(path.dirname(one), 0o755)
  const again = await start(t, { home: one }, { shared })
  assert.equal(again.folder, first.folder)
  assert.equal(await ask(await connectionOf(again), 'select seven from kept'), 7)
})

test('postgres: as an ordinary user', { skip: !IS_ROOT && 'every other test here is one' }, async (t) => {
  const home = newHome(t)
  mkdirSync(home)
  chownSync(home, NOBODY, NOBODY)
  const { child, lines } = hold(t, home, 'write', ['setpriv', '--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups'])
  const began = await nextOf(lines)
  assert.partialDeepStrictEqual(began, { ok: true, moved: false, uid: NOBODY, folder: path.join(home, 'database') })
  assert.equal((await nextOf(lines))['written'], 'p0')
  child.kill('SIGKILL')
  await until(() => !isAlive(Number(began['pid'])), 'PostgreSQL outlived its parent')
})

test('postgres: programs that the server\'s user cannot reach, or whose links cannot be made, are copied once', { skip: !IS_ROOT && 'not root' }, (t) => {
  const account = serverAccount()
  const closed = path.dirname(newHome(t, 0o700))
  const shared = newHome(t)
  const native = path.join(closed, 'package', 'native')
  mkdirSync(path.join(native, 'bin'), { recursive: true })
  mkdirSync(path.join(native, 'lib'))
  writeFileSync(path.join(native, 'bin', 'postgres'), '')
  writeFileSync(path.join(native, 'lib', 'libx.so.1.2'), 'x')
  writeFileSync(path.join(native, 'pg-symlinks.json'), JSON.stringify([{ source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so.1' }]))
  const root = placeBinaries({ root: path.dirname(native), version: '18.4.0' }, account, shared)
  assert.equal(root, path.join(shared, 'postgresql-18.4.0'))
  assert.equal(readFileSync(path.join(root, 'native', 'lib', 'libx.so.1'), 'utf8'), 'x')
  assert.ok(canReach(path.join(root, 'native', 'bin', 'postgres'), account))
  assert.equal(placeBinaries({ root: path.dirname(native), version: '18.4.0' }, account, shared), root)
  const open = path.join(shared, 'open')
  cpSync(path.dirname(native), open, { recursive: true })
  assert.equal(placeBinaries({ root: open, version: '18.4.0' }, account, shared), open)
  assert.ok(existsSync(path.join(open, 'native', 'lib', 'libx.so.1')))
})
