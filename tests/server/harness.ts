/** A real server in a process of its own, on a free port, with a BAIRN_HOME of its own; and a small client for it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseSettings, startServer, type Running } from '@bairn/server'

export const MAIN = path.resolve(import.meta.dirname, '../../apps/cli/main.ts')
export const FHIR = 'application/fhir+json'

/** A folder whose path has a space, readable for the database's user. */
export function newHome(): string {
  const home = mkdtempSync(path.join(tmpdir(), 'bairn server '))
  // As root the data would otherwise lie below /var/lib/bairn, and stay there.
  chmodSync(home, 0o755)
  return home
}
export const removeHome = (home: string): void => { rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) }

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => { resolve(port) })
    })
  })
}

export interface Ended { readonly code: number | null; readonly stdout: string; readonly stderr: string }
export interface Command { readonly child: ChildProcess; readonly ended: Promise<Ended>; readonly output: () => string; readonly saw: (pattern: RegExp) => Promise<RegExpExecArray> }

export interface Given {
  readonly home: string
  readonly port?: number
  readonly env?: Readonly<Record<string, string>>
  /** of Node */
  readonly flags?: readonly string[]
  /** what bash does with the command, "$@": `${room(1000)} exec "$@"` */
  readonly shell?: string
}

/** No file may grow beyond this many kB: what a full disk is to Bairn and its database. In bash a block is 1 kB; in other shells it may be half of it. */
export const room = (kilobytes: number): string => `ulimit -f ${kilobytes} &&`

/** `bairn` with these arguments. Its standard input is closed. */
export function bairn(args: readonly string[], { home, port, env = {}, flags = [], shell }: Given): Command {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(BAIRN_|DATABASE_URL|LC_|LANG|XDG_)/.test(name)))
  const words = [process.execPath, '--disable-warning=ExperimentalWarning', ...flags, MAIN, ...args]
  const [program = '', ...rest] = shell === undefined ? words : ['bash', '-c', shell, 'bash', ...words]
  const child = spawn(program, rest, {
    env: { ...clean, BAIRN_HOME: home, DISPLAY: '', ...(port === undefined ? {} : { BAIRN_PORT: String(port) }), ...env }, stdio: ['ignore', 'pipe', 'pipe'],
  })
  const parts = { stdout: '', stderr: '' }
  const waiting = new Set<() => void>()
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      parts[name] += chunk
      for (const look of waiting) look()
    })
  }
  const ended = new Promise<Ended>((resolve) => { child.on('close', (code) => { resolve({ code, ...parts }) }) })
  const output = (): string => parts.stdout + parts.stderr
  return {
    child, ended, output,
    saw: (pattern) => new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(output())
        if (match === null) return
        waiting.delete(look)
        resolve(match)
      }
      waiting.add(look)
      look()
      child.on('close', (code) => { reject(new Error(`ended with ${code} before ${String(pattern)}:\n${output()}`)) })
    }),
  }
}

export interface Answer { readonly status: number; readonly headers: Headers; readonly text: string; readonly json: unknown }

/** Asks the server; `token: undefined` asks as nobody. */
export type Ask = (method: string, address: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<Answer>

export const asking = (base: string, token: string | undefined): Ask => async (method, address, body, headers = {}) => {
  const answer = await fetch(`${base}${address}`, {
    method, redirect: 'manual',
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...(body === undefined ? {} : { 'content-type': FHIR }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body) }),
  })
  const text = await answer.text()
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    json = undefined
  }
  return { status: answer.status, headers: answer.headers, text, json }
}

/** The server in this process, for what needs no process of its own. The database does not wait for the disk. */
export async function serve({ now, home = newHome() }: { readonly now?: () => number; readonly home?: string } = {}): Promise<Running & { readonly home: string; readonly ask: Ask; readonly end: () => Promise<void> }> {
  const read = parseSettings({ BAIRN_HOME: home, BAIRN_PORT: String(await freePort()) }, home)
  if (!read.ok) throw new Error('settings')
  const running = await startServer(read.settings, { unsafe: true, ...(now === undefined ? {} : { now }) })
  return {
    ...running, home, ask: asking(running.url, running.token),
    async end() {
      await running.stop()
      removeHome(home)
    },
  }
}

/** A part of a JSON value: `pick(bundle, 'entry', 0, 'resource')`; undefined where there is none. */
export const pick = (value: unknown, ...place: readonly (string | number)[]): unknown =>
  place.reduce<unknown>((part, step) => (typeof part === 'object' && part !== null ? (part as Readonly<Record<string | number, unknown>>)[step] : undefined), value)

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** The names of the issues of an OperationOutcome. */
export const issuesOf = ({ json }: Answer): readonly unknown[] => list(pick(json, 'issue')).map((issue) => pick(issue, 'details', 'coding', 0, 'code'))
