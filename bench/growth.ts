/**
 * Growth: the kernel on 1,000,000 invented children and eight indicators, against eight million bare powers in the same run;
 * and CSV to CSV of the same number of rows through `bairn growth`. Medians; one thread.
 * Budgets: kernel 1.5 s, CSV to CSV 10 s. R anthro on the same kind of machine: 6.2 s and 9.9 s for 100,000.
 */
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { runGrowth } from '../apps/cli/growth/index.ts'
import { makeColumns, makeScores, scoreColumns, setAgeInDays } from '@bairn/growth'
import { loadEditions } from '@bairn/knowledge'

const COUNT = 1_000_000
const { growth } = await loadEditions()

// mulberry32: the same children in every run
let state = 20061
function random(): number {
  state = (state + 0x6d2b79f5) | 0
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
}
const child = () => {
  const age = Math.floor(random() * 1826)
  const size = 1 + (random() - 0.5) * 0.2
  const length = (49.5 + 57 * (age / 1826) ** 0.55) * size
  return { age, sex: random() < 0.5 ? 1 : 2, weight: (3.3 + 14.5 * (age / 1826) ** 0.6) * size * (0.8 + random() * 0.4), length, head: (34.5 + 15 * (age / 1826) ** 0.35) * (0.95 + random() * 0.1), arm: 13 + random() * 4, triceps: 6 + random() * 6, subscapular: 5 + random() * 5 }
}

const columns = makeColumns(COUNT)
const scores = makeScores(COUNT)
for (let index = 0; index < COUNT; index++) {
  const one = child()
  setAgeInDays(columns, index, one.age)
  columns.sex[index] = one.sex
  columns.position[index] = one.age < 731 ? 1 : 2
  Object.entries({ weight: one.weight, lengthHeight: one.length, headCircumference: one.head, armCircumference: one.arm, tricepsSkinfold: one.triceps, subscapularSkinfold: one.subscapular })
    .forEach(([measure, value]) => { columns.measures[measure as 'weight'][index] = value })
}
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number
const timed = (run: () => void): number => {
  const before = performance.now()
  run()
  return performance.now() - before
}
const kernel: number[] = []
const powers: number[] = []
let sum = 0
for (let round = 0; round < 5; round++) {
  kernel.push(timed(() => { scoreColumns(columns, growth, scores) }))
  powers.push(timed(() => { for (let index = 0; index < COUNT * 8; index++) sum += (columns.measures.weight[index % COUNT] as number) ** -0.3521 }))
}
console.log(`kernel: ${COUNT} children x 8 indicators: median ${Math.round(median(kernel))} ms (budget 1500)`)
console.log(`baseline, eight million bare powers: median ${Math.round(median(powers))} ms; ratio ${(median(kernel) / median(powers)).toFixed(2)} (sum ${sum.toFixed(0)})`)

const folder = mkdtempSync(path.join(tmpdir(), 'bairn-bench-'))
try {
  const file = path.join(folder, 'in.csv')
  const out = path.join(folder, 'out.csv')
  const stream = createWriteStream(file)
  stream.write('id,sex,age,age_unit,weight,lenhei,measure,headc,armc,triskin,subskin,oedema\n')
  for (let index = 0; index < COUNT; index++) {
    const one = child()
    const line = `c${index},${one.sex === 1 ? 'm' : 'f'},${one.age},d,${one.weight.toFixed(1)},${one.length.toFixed(1)},${one.age < 731 ? 'l' : 'h'},${one.head.toFixed(1)},${one.arm.toFixed(1)},${one.triceps.toFixed(1)},${one.subscapular.toFixed(1)},n\n`
    if (!stream.write(line)) await once(stream, 'drain')
  }
  await new Promise((resolve) => { stream.end(resolve) })
  const times: number[] = []
  for (let round = 0; round < 3; round++) {
    const before = performance.now()
    const code = await runGrowth({ file, out, language: 'en', stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() })
    if (code !== 0) throw new Error(`growth ended with ${code}`)
    times.push(performance.now() - before)
  }
  console.log(`CSV to CSV: ${COUNT} rows, ${(statSync(file).size / 1e6).toFixed(0)} MB in, ${(statSync(out).size / 1e6).toFixed(0)} MB out: median ${(median(times) / 1000).toFixed(1)} s (budget 10); memory ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB with the kernel's columns above`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
