/**
 * Where the data lie, and making them: `<BAIRN_HOME>/database`, or, when we are root and the server's user cannot reach
 * BAIRN_HOME, one folder per BAIRN_HOME below /var/lib/bairn. Data that exist are always found again before new ones are made.
 */
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { accessSync, chmodSync, chownSync, constants, existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import type { StartProblem } from '../contract.ts'
import { asAccount, canReach, serverAccount, type Account } from './account.ts'
import type { Binaries } from './binaries.ts'

/** Where root keeps what another user must reach. */
const SHARED = '/var/lib/bairn'
/** Owner of everything in the cluster; nobody signs in with it over a network. */
export const SUPERUSER = 'bairn'

export interface DataFolder {
  readonly folder: string
  readonly moved: boolean
  readonly account: Account | undefined
  /** for copies of the programs */
  readonly shared: string
}
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: StartProblem }

/** @param home BAIRN_HOME; made if it is not there */
export function locateData(home: string, shared = SHARED): Result<DataFolder> {
  try {
    // Root's server runs as another user, who must be able to walk through.
    mkdirSync(home, { recursive: true, mode: process.getuid?.() === 0 ? 0o755 : 0o700 })
    accessSync(home, constants.W_OK)
    const inside = path.join(realpathSync(home), 'database')
    const outside = path.join(shared, createHash('sha256').update(realpathSync(home)).digest('hex').slice(0, 16), 'database')
    const place = existsSync(inside) || !existsSync(outside) ? inside : outside
    const account = serverAccount(place)
    if (process.getuid?.() === 0 && account === undefined) return { ok: false, problem: { kind: 'startFailed', detail: 'root, and no user "nobody" in /etc/passwd' } }
    const folder = canReach(place, account) ? place : outside
    if (!canReach(folder, account)) return { ok: false, problem: { kind: 'folder', folder, detail: `user ${account?.name ?? ''} cannot reach it` } }
    if (existsSync(folder)) accessSync(folder, constants.R_OK | constants.X_OK)
    return { ok: true, value: { folder, moved: folder === outside, account, shared: account === undefined ? path.join(home, 'programs') : shared } }
  } catch (problem) {
    return { ok: false, problem: { kind: 'folder', folder: home, detail: String((problem as Error).message) } }
  }
}

/** The major version of the data: '18'. Undefined: there are none yet. */
export function dataVersion(folder: string): string | undefined {
  const file = path.join(folder, 'PG_VERSION')
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}

/** The password for TCP, where a socket cannot be had. */
export const readPassword = (folder: string): string => readFileSync(path.join(folder, 'bairn.password'), 'utf8').trim()

/**
 * Makes the data in a folder beside and renames it: a first start that was cut leaves nothing that looks like data.
 * The builtin C.UTF-8 makes order and case equal on every computer.
 */
export async function makeData({ folder, account }: DataFolder, binaries: Binaries, options: { readonly sync: boolean }): Promise<Result<undefined>> {
  const half = `${folder}.new-${process.pid}-${randomBytes(3).toString('hex')}`
  try {
    mkdirSync(path.dirname(folder), { recursive: true, mode: 0o755 })
    clearHalfMade(folder)
    mkdirSync(half, { mode: 0o700 })
    chmodSync(half, 0o700)
    const password = `${half}.password`
    writeFileSync(password, randomBytes(24).toString('base64url'), { mode: 0o600 })
    if (account !== undefined) for (const file of [half, password]) chownSync(file, account.uid, account.gid)
    const { code, output } = await run(binaries.initdb, [
      `--pgdata=${half}`, `--username=${SUPERUSER}`, '--auth-local=trust', '--auth-host=scram-sha-256', `--pwfile=${password}`,
      '--encoding=UTF8', '--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions', ...(options.sync ? [] : ['--no-sync']),
    ], account, half)
    if (code !== 0) {
      rmSync(password, { force: true })
      rmSync(half, { recursive: true, force: true })
      return { ok: false, problem: problemOfOutput(output, folder) }
    }
    renameSync(password, path.join(half, 'bairn.password'))
    try {
      renameSync(half, folder)
    } catch (problem) {
      // Another start was first: its data are as good.
      rmSync(half, { recursive: true, force: true })
      if (dataVersion(folder) === undefined) throw problem
    }
    return { ok: true, value: undefined }
  } catch (problem) {
    for (const left of [half, `${half}.password`]) rmSync(left, { recursive: true, force: true })
    const { code, message } = problem as NodeJS.ErrnoException
    return { ok: false, problem: ['ENOSPC', 'EFBIG', 'EDQUOT'].includes(code ?? '') ? { kind: 'unavailable', why: 'diskFull', detail: message } : { kind: 'folder', folder, detail: message } }
  }
}

/** What PostgreSQL says when it cannot: its own words stay in `detail`. */
export function problemOfOutput(output: string, folder: string, log?: string): StartProblem {
  const lines = output.split('\n').filter((line) => /FATAL|PANIC|error|could not|fatal/i.test(line))
  const detail = (lines.at(-1) ?? output.trim().split('\n').at(-1) ?? '').replace(/^.*?(FATAL|PANIC): +/, '').trim()
  if (/No space left on device|File too large|Disk quota exceeded/.test(output)) return { kind: 'unavailable', why: 'diskFull', detail }
  const other = /initialized by PostgreSQL version (\d+), which is not compatible with this version (\S+?)\.?$/m.exec(output)
  if (other !== null) return { kind: 'otherPostgres', folder, found: other[1] as string, needed: other[2] as string }
  return { kind: 'startFailed', detail, ...(log === undefined ? {} : { log }) }
}

function clearHalfMade(folder: string): void {
  const prefix = `${path.basename(folder)}.new-`
  for (const name of readdirSync(path.dirname(folder))) {
    if (name.startsWith(prefix) && !isAlive(Number.parseInt(name.slice(prefix.length), 10))) rmSync(path.join(path.dirname(folder), name), { recursive: true, force: true })
  }
}

/** Whether a process with this number runs, ours or not. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (problem) {
    return (problem as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** PostgreSQL's programs read many variables (PGDATA, LC_ALL …): they get none of ours. */
export const PLAIN_ENVIRONMENT = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC', ...(process.env['SystemRoot'] === undefined ? {} : { SystemRoot: process.env['SystemRoot'] }) }

function run(command: string, args: readonly string[], account: Account | undefined, cwd: string): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: PLAIN_ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'], ...asAccount(account) })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString() })
    child.stderr.on('data', (chunk: Buffer) => { output += chunk.toString() })
    child.on('error', (problem) => { resolve({ code: 127, output: problem.message }) })
    // Ended for writing more than it may (ulimit -f), it cannot say so itself.
    child.on('close', (code, signal) => { resolve({ code: code ?? 1, output: signal === 'SIGXFSZ' ? `${output}\nFile too large` : output }) })
  })
}
