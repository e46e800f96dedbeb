/** A survey of 2 GB through `bairn growth`: every row answered, in memory that does not grow with the file. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'

const GIGABYTES = 2
const LIMIT_MB = 400
const MAIN = path.resolve(import.meta.dirname, '../main.ts')

test(`a CSV of ${GIGABYTES} GB: as many answers as rows, below ${LIMIT_MB} MB`, { skip: process.platform === 'linux' ? false : 'memory is read from /proc' }, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bairn large '))
  try {
    const [given, scored] = [path.join(folder, 'survey.csv'), path.join(folder, 'scores.csv')]
    const rows = await writeSurvey(given, GIGABYTES * 2 ** 30)
    assert.ok(statSync(given).size >= GIGABYTES * 2 ** 30)
    const started = performance.now()
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, 'growth', given, '--out', scored], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    let highest = 0
    const look = setInterval(() => {
      try {
        highest = Math.max(highest, Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
      } catch { /* it has just ended */ }
    }, 200)
    const code = await new Promise<number | null>((resolve) => { child.on('close', resolve) })
    clearInterval(look)
    const seconds = (performance.now() - started) / 1000
    assert.deepEqual([code, await countLines(scored)], [0, rows + 1])
    console.log(`${rows} rows, ${(statSync(given).size / 2 ** 30).toFixed(2)} GB in ${seconds.toFixed(0)} s, highest memory ${highest.toFixed(0)} MB`)
    assert.ok(highest > 30 && highest < LIMIT_MB, `${highest} MB`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Writes children until the file has `size` bytes; gives how many. */
async function writeSurvey(file: string, size: number): Promise<number> {
  const out = createWriteStream(file)
  out.write('id,sex,age,age_unit,weight,lenhei,measure,headc,armc,triskin,subskin,oedema\n')
  let written = 0
  let rows = 0
  while (written < size) {
    let block = ''
    for (let n = 0; n < 5000; n++) {
      const age = rows % 1800
      rows += 1
      block += `child-${String(rows).padStart(12, '0')},${rows % 2 === 0 ? 'm' : 'f'},${age},d,${(3 + age / 130).toFixed(1)},${(50 + age / 33).toFixed(1)},${age < 731 ? 'l' : 'h'},${(34 + age / 130).toFixed(1)},14.5,8.1,6.2,n\n`
    }
    written += block.length
    if (!out.write(block)) await new Promise<void>((resolve) => { out.once('drain', () => { resolve() }) })
  }
  await new Promise<void>((resolve) => { out.end(() => { resolve() }) })
  return rows
}

async function countLines(file: string): Promise<number> {
  let lines = 0
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) for (const byte of piece) if (byte === 10) lines += 1
  return lines
}
