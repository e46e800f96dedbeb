/** Starting the project's own commands: one after the other, output shown, time said. */
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './boundaries.ts'

export interface Step { readonly name: string; /** for a browser on a busy machine: a second run decides, and the first is told */ readonly again?: boolean; readonly run: string; readonly args: readonly string[]; /** hides passing tests; skipped and failing ones stay */ readonly quiet?: boolean }

/** Runs `node <run> <args>` from the root. Gives the exit code. */
export async function runStep({ name, run, args, quiet }: Step): Promise<number> {
  const started = Date.now()
  console.log(`\n── ${name}`)
  const child = spawn(process.execPath, [run, ...args].filter((part) => part !== ''), { cwd: ROOT, stdio: ['ignore', quiet === true ? 'pipe' : 'inherit', 'inherit'], env: { ...process.env, FORCE_COLOR: '0' } })
  let rest = ''
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (!/^\s*✔/.test(line)) console.log(line)
  })
  const code = await new Promise<number>((resolve) => { child.on('close', (exit) => { resolve(exit ?? 1) }) })
  if (rest !== '') console.log(rest)
  console.log(`── ${name}: ${code === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`)
  return code
}

/** Runs all steps even after a failure, so that one run shows everything. */
export async function runAll(steps: readonly Step[]): Promise<void> {
  const failed: string[] = []
  for (const step of steps) {
    if (await runStep(step) === 0) continue
    if (step.again === true) {
      console.log(`── ${step.name}: failed once, runs a second time; what failed above wants a look`)
      if (await runStep(step) === 0) continue
    }
    failed.push(step.name)
  }
  if (failed.length > 0) {
    console.error(`\nFailed: ${failed.join(', ')}`)
    process.exitCode = 1
  }
}

/** All files below the root whose name ends so, in order; generated and foreign folders left out. */
export function filesEnding(ending: string): string[] {
  const walk = (folder: string): string[] => readdirSync(path.join(ROOT, folder), { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1)).flatMap((entry) => {
    const inner = path.join(folder, entry.name)
    if (entry.isDirectory()) return ['node_modules', 'dist', '.git', 'out'].includes(entry.name) ? [] : walk(inner)
    return entry.name.endsWith(ending) ? [inner] : []
  })
  return walk('.')
}
