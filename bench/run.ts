/**
 * `npm run bench [name…]`: every bench beside this file, one after the other, each with its baseline in the same run.
 * Figures go to the screen; the raw output to bench/results/<name>.txt, with how fast the computer was: where others share it, the same one is four
 * times slower at some hours, and a figure without that says little.
 */
import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, readdirSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import path from 'node:path'

const here = import.meta.dirname
const benches = readdirSync(here).filter((file) => file.endsWith('.ts') && file !== 'run.ts').map((file) => file.slice(0, -3)).toSorted()
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !benches.includes(name))
if (unknown.length > 0) {
  console.error(`There is no bench "${unknown.join(', ')}". Benches: ${benches.join(', ')}.`)
  process.exit(2)
}
mkdirSync(path.join(here, 'results'), { recursive: true })
for (const name of wanted.length > 0 ? wanted : benches) {
  console.log(`\n── ${name}`)
  const file = createWriteStream(path.join(here, 'results', `${name}.txt`))
  const machine = `on: ${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, counting to 300 million ${secondsToCount().toFixed(2)} s\n`
  process.stdout.write(machine)
  file.write(machine)
  const child = spawn(process.execPath, ['--expose-gc', path.join(here, `${name}.ts`)], { cwd: path.dirname(here), stdio: ['ignore', 'pipe', 'inherit'] })
  child.stdout.on('data', (chunk: Buffer) => { process.stdout.write(chunk); file.write(chunk) })
  const code = await new Promise<number>((resolve) => { child.on('close', (exit) => { resolve(exit ?? 1) }) })
  await new Promise<void>((resolve) => { file.end(resolve) })
  if (code !== 0) process.exitCode = 1
}

/** One integer step after the other, none of which can begin before the last: what one core does undisturbed. */
function secondsToCount(): number {
  const start = performance.now()
  let sum = 0
  for (let step = 0; step < 3e8; step++) sum = (sum * 31 + step) | 0
  return sum === 0.5 ? 0 : (performance.now() - start) / 1000
}
