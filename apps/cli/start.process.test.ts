/** `bairn start` as people meet it: what it prints, closed standard input, and Ctrl-C at any time and twice. */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { bairn } from './testing.ts'

let top = ''
before(() => { top = mkdtempSync(path.join(tmpdir(), 'bairn start ')) })
after(() => { rmSync(top, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) })
const home = (): string => path.join(top, 'a home')
const LIMIT = { timeout: 120_000 }

async function freePort(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => { server.close(resolve) })
  return String(port)
}
const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('start: the link stands alone and is the last address; a second start on the same data is one sentence; Ctrl-C twice stops all', LIMIT, async () => {
  const port = await freePort()
  const server = bairn(['start'], { env: { BAIRN_HOME: home(), BAIRN_PORT: port } })
  await server.saw(/Ctrl-C stops Bairn/)
  const other = await bairn(['start'], { env: { BAIRN_HOME: home(), BAIRN_PORT: await freePort() } }).ended
  assert.deepEqual([other.code, other.stderr.trim().split('\n').length, /already running/.test(other.stderr), /http/.test(other.stdout)], [1, 1, true, false], other.stderr)
  const health = await fetch(`http://127.0.0.1:${port}/health`)
  assert.equal(health.status, 200)
  server.child.kill('SIGINT')
  server.child.kill('SIGTERM')
  const { code, stdout, stderr } = await server.ended
  assert.deepEqual([code, stderr], [0, ''])
  assert.equal(stdout.split('\n').filter((line) => new RegExp(`^http://127\\.0\\.0\\.1:${port}/open/\\S+$`).test(line)).length, 1, stdout)
  assert.equal(stdout.match(/https?:/g)?.length, 1, stdout)
  assert.ok(stdout.includes(home()) && stdout.trim().endsWith('Stopped. Everything is saved.'), stdout)
  assert.equal(alive(server.child.pid as number), false)
  await assert.rejects(fetch(`http://127.0.0.1:${port}/health`))
})
test('start: Ctrl-C while it starts stops it too, prints no link, and the next start works', LIMIT, async () => {
  const env = { BAIRN_HOME: home(), BAIRN_PORT: await freePort() }
  const server = bairn(['start'], { env })
  await server.saw(/Bairn starts/)
  server.child.kill('SIGINT')
  const { code, stdout, stderr } = await server.ended
  assert.deepEqual([code, stderr, /http:/.test(stdout)], [0, '', false], stdout)
  const again = bairn(['start'], { env })
  await again.saw(/^http:\/\/\S+$/m)
  again.child.kill('SIGTERM')
  assert.equal((await again.ended).code, 0)
  assert.ok(existsSync(path.join(home(), 'token')))
})
