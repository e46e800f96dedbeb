/** Tests only: `bairn` as a process, with a home of its own, closed standard input and the language of nobody. */
import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'

const MAIN = path.join(import.meta.dirname, 'main.ts')

export interface Ended { readonly code: number | null; readonly stdout: string; readonly stderr: string }
export interface Run { readonly child: ChildProcess; readonly ended: Promise<Ended>; readonly saw: (pattern: RegExp) => Promise<void> }

export interface Given {
  readonly env?: Readonly<Record<string, string>>
  /** what stands on standard input; it is closed without it */
  readonly input?: string
  /** more may come on standard input: it is left open */
  readonly open?: boolean
  /** of Node, before the program */
  readonly flags?: readonly string[]
  readonly program?: string
}

export function bairn(args: readonly string[], { env = {}, input, open = false, flags = [], program = MAIN }: Given = {}): Run {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(BAIRN_(?!SHARED)|DATABASE_URL|LC_|LANG|XDG_|FORCE_COLOR)/.test(name)))
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...flags, program, ...args], { env: { ...clean, DISPLAY: '', ...env }, stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] })
  const said = { stdout: '', stderr: '' }
  const looking = new Set<() => void>()
  for (const name of ['stdout', 'stderr'] as const) child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
    said[name] += chunk
    for (const look of looking) look()
  })
  child.stdin?.on('error', () => undefined)[open ? 'write' : 'end'](input)
  const ended = new Promise<Ended>((resolve) => { child.on('close', (code) => { resolve({ code, ...said }) }) })
  return {
    child, ended,
    saw: (pattern) => new Promise((resolve, reject) => {
      const look = (): void => { if (pattern.test(said.stdout + said.stderr)) resolve() }
      looking.add(look)
      look()
      child.on('close', (code) => { reject(new Error(`ended with ${String(code)} before ${String(pattern)}:\n${said.stdout}${said.stderr}`)) })
    }),
  }
}
