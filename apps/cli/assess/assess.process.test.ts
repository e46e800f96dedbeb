import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))
const children = fileURLToPath(new URL('golden/children.json', import.meta.url))
const home = join(mkdtempSync(join(tmpdir(), 'assess-process-')), 'home')

/** Runs `bairn` with a home that must not appear and a database that is not there. */
function bairn(args: readonly string[], input = '', after?: (child: ReturnType<typeof spawn>) => void): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, BAIRN_HOME: home, DATABASE_URL: 'postgres://127.0.0.1:1/nothing', TZ: 'Pacific/Kiritimati' } })
  let [out, err] = ['', '']
  child.stdout.on('data', (piece: Buffer) => { out += String(piece) })
  child.stderr.on('data', (piece: Buffer) => { err += String(piece) })
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  after?.(child)
  return new Promise((resolve) => { child.on('close', (code) => { resolve({ code, out, err }) }) })
}

test('bairn assess FILE --on: the plans as text, nothing else written, no home made', async () => {
  const { code, out, err } = await bairn(['assess', children, '--on', '2026-11-23', '--lang', 'fr'])
  assert.deepEqual([code, err], [0, ''])
  assert.equal(out, readFileSync(new URL('golden/plans.fr.txt', import.meta.url), 'utf8'))
  assert.equal(existsSync(home), false)
})
test('bairn assess --json from standard input', async () => {
  const [bundle] = JSON.parse(readFileSync(children, 'utf8')) as readonly unknown[]
  for (const args of [['assess', '--json', '--on', '2026-11-23'], ['assess', '--json', '--on', '2026-11-23', '-']]) {
    const { code, out } = await bairn(args, JSON.stringify(bundle))
    assert.deepEqual([code, (JSON.parse(out) as { child: string }).child], [0, 'Patient/wasted'])
  }
})
test('bairn assess of a file that is not there: exit 1, one sentence, no plan', async () => {
  const { code, out, err } = await bairn(['assess', '/no/such/file.json', '--lang', 'en'])
  assert.deepEqual([code, out, err], [1, '', 'There is no file “/no/such/file.json”. Check the name and the folder.\n'])
})
test('bairn assess --on yesterday: exit 2', async () => {
  for (const day of ['yesterday', '2026-02-30']) {
    const { code, out } = await bairn(['assess', children, '--on', day])
    assert.deepEqual([code, out], [2, ''])
  }
})
test('a reader who leaves early is no mistake', async () => {
  const { code, err } = await bairn(['assess', '--json', '--on', '2026-11-23', children], '', (child) => { child.stdout?.destroy() })
  assert.deepEqual([code, err], [0, ''])
})
