/**
 * Files into the record and out of it, and Ctrl-C between: what import says is in is in, a stopped restore goes on, and an export
 * comes back byte for byte. A named pipe holds the command at a known place, so that no test waits for the clock.
 * Kinds of files and what cannot be used: tests/server/transfer.process.test.ts.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { bairn, type Ended, type Run } from '../testing.ts'

const LIMIT = { timeout: 60_000, skip: process.platform === 'win32' ? 'needs named pipes' : false }
let top = ''
before(() => { top = mkdtempSync(path.join(tmpdir(), 'bairn stopping ')) })
after(() => { rmSync(top, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) })
const at = (name: string): string => path.join(top, name)
const run = (args: readonly string[], home: string): Promise<Ended> => bairn(args, { env: { BAIRN_HOME: at(home) } }).ended
const pipeAt = (name: string): string => {
  assert.equal(spawnSync('sh', ['-c', 'mkfifo "$1"', 'sh', at(name)]).status, 0)
  return at(name)
}
const child = (n: number): readonly object[] => [
  { resourceType: 'Patient', id: `k${n}`, birthDate: '2025-05-02', name: [{ text: `Child ${n}` }] },
  { resourceType: 'Observation', id: `k${n}-w`, status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] }, subject: { reference: `Patient/k${n}` }, effectiveDateTime: '2026-05-02', valueQuantity: { value: 7.40, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' } },
]
const children = (from: number, count: number): string => Array.from({ length: count }, (_, n) => child(from + n)).flat().map((resource) => JSON.stringify(resource)).join('\n')
const write = (name: string, text: string): string => {
  writeFileSync(at(name), text)
  return at(name)
}
/** Ctrl-C, and then the pipe's end: while a pipe is being read, a process cannot end, not even by exit (seen on Node 24.21). */
async function stopped(started: Run, held: FileHandle): Promise<Ended> {
  started.child.kill('SIGINT')
  await new Promise((resolve) => { setTimeout(resolve, 1000) })
  await held.close()
  return started.ended
}
/** The versions of an export, without its first line, which says when it was made. */
const kept = (text: string): string => text.slice(text.indexOf('\n') + 1)

test('import: Ctrl-C in the second of three files: 130, the first is in, the others are named, and the same command goes on', LIMIT, async () => {
  const [first, second, third] = [write('first.ndjson', children(0, 40)), pipeAt('second.ndjson'), write('third.ndjson', children(60, 5))]
  const started = bairn(['import', first, second, third], { env: { BAIRN_HOME: at('one') } })
  // A pipe can be opened when it is being read: then the first file is done.
  const held = await open(second, 'w')
  const { code, stdout, stderr } = await stopped(started, held)
  assert.deepEqual([code, stdout], [130, ''])
  assert.equal(stderr, [
    '80 records new, 0 were here already.', `Not wholly in: ${second} and 1 file after it.`, 'Stopped. What was finished stays, nothing is half-written. Give the same command again to go on.', '',
  ].join('\n'))
  rmSync(second)
  write('second.ndjson', children(40, 20))
  const again = await run(['import', first, second, third], 'one')
  assert.deepEqual([again.code, /50 records new, 80 were here already\./.test(again.stderr)], [0, true], again.stderr)
})

test('export, restore, export: byte for byte, packed or not; the file has its name only when it is whole', LIMIT, async () => {
  const plain = at('plain.ndjson')
  assert.equal((await run(['export', plain], 'one')).code, 0)
  assert.equal((await run(['export', '--out', at('packed.ndjson.gz')], 'one')).code, 0)
  const text = readFileSync(plain, 'utf8')
  assert.equal(kept(gunzipSync(readFileSync(at('packed.ndjson.gz'))).toString('utf8')), kept(text))
  const piped = await run(['export'], 'one')
  assert.deepEqual([piped.code, kept(piped.stdout) === kept(text)], [0, true])
  const restored = await run(['restore', at('packed.ndjson.gz')], 'two')
  assert.deepEqual([restored.code, /130 versions restored/.test(restored.stderr)], [0, true], restored.stderr)
  const back = await run(['export'], 'two')
  assert.equal(kept(back.stdout), kept(text))
  assert.deepEqual(readdirSync(top).filter((name) => name.endsWith('.part')), [])
})

test('restore: Ctrl-C in the middle: 130, whole children only, and it says how to go on', LIMIT, async () => {
  const lines = readFileSync(at('plain.ndjson'), 'utf8').split('\n')
  const half = pipeAt('half.ndjson')
  const started = bairn(['restore', half], { env: { BAIRN_HOME: at('three') } })
  const held = await open(half, 'w')
  await held.write(`${lines.slice(0, 70).join('\n')}\n`)
  while (!existsSync(path.join(at('three'), 'device'))) await new Promise((resolve) => { setTimeout(resolve, 20) })
  const { code, stderr } = await stopped(started, held)
  assert.deepEqual([code, stderr], [130, `Stopped. What was finished stays, whole children at a time. To go on: bairn import ${half}\n`])
  const on = await run(['import', at('plain.ndjson')], 'three')
  assert.equal(on.code, 0, on.stderr)
  assert.equal(kept((await run(['export'], 'three')).stdout), kept(readFileSync(at('plain.ndjson'), 'utf8')))
})

test('export to a reader that leaves: exit 0, nothing said, and the database is free at once', LIMIT, async () => {
  const started = bairn(['export'], { env: { BAIRN_HOME: at('one') } })
  started.child.stdout?.destroy()
  const { code, stderr } = await started.ended
  assert.equal(code, 0)
  assert.doesNotMatch(stderr, /cannot|mistake/)
  assert.equal((await run(['export', at('after.ndjson')], 'one')).code, 0)
})
