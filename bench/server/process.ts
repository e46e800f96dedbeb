/**
 * The server of a bench: a process of its own with the flags and environment that `npm start` gives it, in a folder of its own, and what it weighs.
 * The server process and PostgreSQL are told apart: each has its own budget.
 */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { SERVER_ENVIRONMENT, SERVER_FLAGS } from '../../scripts/bootstrap.mjs'
import { bairn, freePort, newHome, removeHome } from '../../tests/server/harness.ts'

export interface BenchServer {
  readonly url: string
  readonly pid: number
  readonly token: string
  /** one line: what server and database weigh now, and the server at its highest so far */
  readonly memory: () => string
  readonly stop: () => Promise<void>
}

export async function startBenchServer(): Promise<BenchServer> {
  const home = newHome()
  const port = await freePort()
  const server = bairn(['start', '--no-open'], { home, port, flags: SERVER_FLAGS, env: SERVER_ENVIRONMENT })
  const stop = async (): Promise<void> => {
    server.child.kill('SIGINT')
    await server.ended
    removeHome(home)
  }
  try {
    await server.saw(/^http:\/\/127\.0\.0\.1/m)
    const pid = server.child.pid as number
    return {
      url: `http://127.0.0.1:${port}`, pid, token: readFileSync(path.join(home, 'token'), 'utf8').trim(), stop,
      memory: () => memoryLine(pid),
    }
  } catch (found) {
    await stop()
    throw found
  }
}

/** Resident for the server; for PostgreSQL's processes the proportional size, so that what they share is counted once. In MB of 1024². */
export function memoryLine(server: number): string {
  const status = readFileSync(`/proc/${server}/status`, 'utf8')
  return `server process ${megabytes(status, 'VmRSS')} MB, at its highest ${megabytes(status, 'VmHWM')} MB (budget 250); PostgreSQL ${Math.round(descendants(server).reduce((sum, pid) => sum + proportional(pid), 0))} MB (budget 150)`
}

const megabytes = (text: string, name: string): number => Math.round(kilobytes(text, name) / 1024)
const kilobytes = (text: string, name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? Number.NaN)

function proportional(pid: number): number {
  try {
    return kilobytes(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'), 'Pss') / 1024
  } catch (problem) {
    // It ended meanwhile; whom we may not read makes the figure visibly none.
    return ['ENOENT', 'ESRCH'].includes(String((problem as NodeJS.ErrnoException).code)) ? 0 : Number.NaN
  }
}

function descendants(of: number): readonly number[] {
  const parents = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      return [[Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])] as const]
    } catch {
      return [] // it ended
    }
  })
  const found = [of]
  for (let at = 0; at < found.length; at += 1) for (const [pid, parent] of parents) if (parent === found[at]) found.push(pid)
  return found.slice(1)
}
