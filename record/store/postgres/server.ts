/**
 * Runs PostgreSQL for one data folder: start, attach to one that runs, stop, start again if it dies.
 * - It listens on a Unix socket in a short private folder (a path over 107 bytes is refused by the system), and on no
 *   address. Where sockets cannot be had (Windows): 127.0.0.1 with a password.
 * - A guard process between us and it sees our end (also kill -9) by the end of its standard input and stops it: without
 *   the guard PostgreSQL would run on (seen). Windows has no such guard: there the next start attaches.
 * - It is a session of its own, so that Ctrl-C in the terminal reaches only us and open requests can end.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chownSync, closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import type { DatabaseConnection, StartProblem } from '../contract.ts'
import { asAccount, canReach, type Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { isAlive, PLAIN_ENVIRONMENT, problemOfOutput, readPassword, SUPERUSER, type DataFolder, type Result } from './folder.ts'

export interface Server {
  readonly connection: DatabaseConnection
  readonly attached: boolean
  pid(): number | undefined
  stop(): Promise<void>
}

export interface ServerOptions {
  readonly log: string
  readonly unsafe: boolean
  readonly transport: 'socket' | 'tcp'
}

/**
 * Standard input of the guard is a pipe from us. Its end means that we are gone: stop fast, and after 20 s in any case (asked to stop
 * while it comes back from a crash, as after a full disk, PostgreSQL 18 waits for ever).
 */
const GUARD = `exec 3<&0
"$@" 3<&- </dev/null & server=$!
(cat <&3 >/dev/null; kill -INT $server; left=20; while [ $left -gt 0 ]; do sleep 1; left=$((left - 1)); kill -0 $server || exit; done; kill -QUIT $server) 2>/dev/null & watcher=$!
exec 3<&-
wait $server; code=$?
# After a crash we are told to start again in the same folder, unless nobody is there to tell.
if [ -n "$BAIRN_SOCKETS" ] && { [ $code = 0 ] || ! kill -0 $watcher 2>/dev/null; }; then rm -rf "$BAIRN_SOCKETS"; fi
kill $watcher 2>/dev/null
exit $code`

const START_SECONDS = 60
/** Then it is ended the hard way. A command has 9 s from Ctrl-C to its end. */
const STOP_SECONDS = 5

// ---- one that runs

interface PidFile { readonly pid: number; readonly port: number; readonly sockets: string; readonly address: string; readonly status: string }

function readPidFile(folder: string): PidFile | undefined {
  const file = path.join(folder, 'postmaster.pid')
  try {
    const lines = readFileSync(file, 'utf8').split('\n').map((line) => line.trim())
    return { pid: Number(lines[0]), port: Number(lines[3]), sockets: lines[4] ?? '', address: lines[5] ?? '', status: lines[7] ?? '' }
  } catch {
    return undefined
  }
}

const connectionOf = (file: PidFile, folder: string): DatabaseConnection =>
  file.sockets === '' ? { host: '127.0.0.1', port: file.port, user: SUPERUSER, password: readPassword(folder) } : { host: file.sockets, port: file.port, user: SUPERUSER }

/** The program that started the server: when it is gone, its guard is about to stop the server. */
const ownerFile = (folder: string): string => path.join(folder, 'bairn.owner')

function isOrphan(folder: string): boolean {
  const file = ownerFile(folder)
  return existsSync(file) && !isAlive(Number(readFileSync(file, 'utf8')))
}

/** The server that already runs on this folder; waits for one that is on its way up or down. */
export async function findRunning(folder: string): Promise<Server | undefined> {
  for (const until = Date.now() + (process.platform === 'win32' ? 3000 : 15_000); ; await wait(20)) {
    const file = readPidFile(folder)
    if (file === undefined || !isAlive(file.pid)) return undefined
    const late = Date.now() > until
    if (file.status !== 'ready' && !late) continue
    const connection = connectionOf(file, folder)
    const answer = await asks(connection, folder)
    // An orphan that nobody stops (its guard was killed too) is as good as any.
    if (answer === 'ours' && (late || !isOrphan(folder))) return { connection, attached: true, pid: () => readPidFile(folder)?.pid, stop: async () => {} }
    if (late) return undefined
    // Another process has the number of one that died (a power cut, then a restart): PostgreSQL would refuse to start.
    if (answer === 'nobody' && !isPostgres(file.pid)) {
      rmSync(path.join(folder, 'postmaster.pid'), { force: true })
      return undefined
    }
  }
}

/** By its name; where we cannot see it we believe the lock file. */
function isPostgres(pid: number): boolean {
  if (process.platform === 'win32') return true
  const file = `/proc/${pid}/comm`
  if (existsSync(file)) return readFileSync(file, 'utf8').includes('postgres')
  const { status, stdout } = spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' })
  return status !== 0 || stdout.includes('postgres')
}

async function asks(connection: DatabaseConnection, folder: string): Promise<'ours' | 'nobody' | 'soon'> {
  const client = new Client({ ...connection, database: 'postgres', connectionTimeoutMillis: 3000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return rows[0]?.data_directory === folder ? 'ours' : 'nobody'
  } catch (problem) {
    // 57P03: starting up or shutting down
    return (problem as { code?: string }).code === '57P03' ? 'soon' : 'nobody'
  } finally {
    await client.end().catch(() => {})
  }
}

// ---- one of our own

/** Starts the server and keeps it up until `stop`. The data must be there. */
export async function startServer(data: DataFolder, binaries: Binaries, options: ServerOptions): Promise<Result<Server>> {
  const sockets = options.transport === 'socket' ? socketFolder(data.account) : undefined
  const port = sockets === undefined ? await freePort() : 5432
  const state: { child: ChildProcess | undefined; stopping: boolean; restarts: number } = { child: undefined, stopping: false, restarts: 0 }

  const up = async (): Promise<StartProblem | undefined> => {
    // A clean stop from outside took the folder along.
    if (sockets !== undefined && !existsSync(sockets)) makeSocketFolder(sockets, data.account)
    const launched = launch(data, binaries, { ...options, sockets, port })
    state.child = launched.child
    for (const until = Date.now() + START_SECONDS * 1000; Date.now() < until; await wait(10)) {
      if (launched.ended()) return problemOfOutput(launched.output(), data.folder, options.log)
      const file = readPidFile(data.folder)
      if (file?.status === 'ready' && file.port === port && file.sockets === (sockets ?? '') && isAlive(file.pid)) {
        launched.child.once('exit', () => { if (!state.stopping) void again() })
        return undefined
      }
    }
    launched.child.stdin?.end()
    return { kind: 'startFailed', detail: `not ready after ${START_SECONDS} s`, log: options.log }
  }
  // The server died under us (kill -9, out of memory): bring it back; what was committed is in its log.
  const again = async (): Promise<void> => {
    while (!state.stopping && state.restarts < 100) {
      state.restarts += 1
      if (await up() === undefined) return
      // Its old processes may need a moment to notice that their parent is gone.
      await wait(200)
    }
  }

  const problem = await up()
  if (problem !== undefined) {
    if (sockets !== undefined) rmSync(sockets, { recursive: true, force: true })
    return { ok: false, problem }
  }
  const connection: DatabaseConnection = sockets === undefined
    ? { host: '127.0.0.1', port, user: SUPERUSER, password: readPassword(data.folder) }
    : { host: sockets, port, user: SUPERUSER }
  const pid = (): number | undefined => readPidFile(data.folder)?.pid
  const stop = async (): Promise<void> => {
    if (state.stopping) return
    state.stopping = true
    await end(state.child, pid)
    if (sockets !== undefined) rmSync(sockets, { recursive: true, force: true })
  }
  return { ok: true, value: { connection, attached: false, pid, stop } }
}

interface Launched { readonly child: ChildProcess; ended(): boolean; output(): string }

function launch(data: DataFolder, binaries: Binaries, options: ServerOptions & { readonly sockets: string | undefined; readonly port: number }): Launched {
  const log = openLog(options.log)
  writeFileSync(ownerFile(data.folder), String(process.pid))
  const before = statSync(options.log).size
  const args = ['-D', data.folder, '-p', String(options.port), ...settings(options)]
  const guarded = process.platform !== 'win32'
  const child = spawn(guarded ? 'sh' : binaries.postgres, guarded ? ['-c', GUARD, 'sh', binaries.postgres, ...args] : args, {
    cwd: data.folder,
    env: { ...PLAIN_ENVIRONMENT, BAIRN_SOCKETS: options.sockets ?? '' },
    stdio: ['pipe', 'ignore', log],
    detached: guarded,
    ...asAccount(data.account),
  })
  closeSync(log)
  child.stdin?.on('error', () => {})
  let failed: string | undefined
  child.on('error', (problem) => { failed = problem.message })
  // What is left of a guard reads our end of the pipe: close it.
  child.on('exit', () => { child.stdin?.destroy() })
  return {
    child,
    ended: () => failed !== undefined || child.exitCode !== null || child.signalCode !== null,
    output: () => failed ?? readFileSync(options.log).subarray(before).toString(),
  }
}

/** Small enough for a laptop of 4 GB; JIT and parallel workers only add waiting to queries of a millisecond. */
function settings({ sockets, unsafe }: { readonly sockets: string | undefined; readonly unsafe: boolean }): string[] {
  const chosen: Record<string, string> = {
    listen_addresses: sockets === undefined ? '127.0.0.1' : '',
    unix_socket_directories: sockets ?? '',
    unix_socket_permissions: '0700',
    shared_buffers: '64MB',
    max_connections: '40',
    max_wal_size: '512MB',
    checkpoint_timeout: '15min',
    io_method: 'sync',
    jit: 'off',
    max_parallel_workers_per_gather: '0',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    ...(unsafe ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  }
  return Object.entries(chosen).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

function openLog(file: string): number {
  mkdirSync(path.dirname(file), { recursive: true })
  if (existsSync(file) && statSync(file).size > 2_000_000) truncateSync(file)
  return openSync(file, 'a', 0o600)
}

function socketFolder(account: Account | undefined): string {
  const wanted = tmpdir()
  const base = wanted.length > 60 || !canReach(path.join(wanted, 'x'), account) ? '/tmp' : wanted
  const folder = mkdtempSync(path.join(base, 'bairn-'))
  if (account !== undefined) chownSync(folder, account.uid, account.gid)
  return folder
}

function makeSocketFolder(folder: string, account: Account | undefined): void {
  mkdirSync(folder, { mode: 0o700 })
  if (account !== undefined) chownSync(folder, account.uid, account.gid)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => { resolve(typeof address === 'object' && address !== null ? address.port : 0) })
    })
  })
}

async function end(child: ChildProcess | undefined, pid: () => number | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<'gone'>((resolve) => { child.once('exit', () => { resolve('gone') }) })
  if (process.platform === 'win32') child.kill('SIGINT')
  else child.stdin?.end()
  if (await Promise.race([gone, wait(STOP_SECONDS * 1000, undefined, { ref: false })]) === 'gone') return
  // Not clean within the time: immediate shutdown; the next start replays the log, nothing committed is lost.
  const server = pid()
  if (server !== undefined && isAlive(server)) process.kill(server, 'SIGQUIT')
  await Promise.race([gone, wait(3000, undefined, { ref: false })])
}
