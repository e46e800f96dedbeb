/** A disk that fills up while the server runs: the write is refused whole, what was acknowledged stays, and work goes on when there is room. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { FHIR, freePort, MAIN, newHome, removeHome, serve } from './harness.ts'

/** No file may grow beyond 17 MB (sh counts blocks of 512 bytes): PostgreSQL's own of 16 MB fit, its tables do not for long. */
const BLOCKS = 34_000

test('a full disk: 507 and one sentence, nothing half-written, nothing lost, a clean stop, and a start when there is room', { timeout: 180_000, skip: process.platform === 'linux' ? false : 'needs ulimit -f' }, async () => {
  const home = newHome()
  const port = await freePort()
  const server = spawn('sh', ['-c', `ulimit -f ${BLOCKS}; exec "$0" --disable-warning=ExperimentalWarning "$1" start --no-open`, process.execPath, MAIN], {
    env: { ...process.env, BAIRN_HOME: home, BAIRN_PORT: String(port), DISPLAY: '', LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<number | null>((resolve) => { server.on('exit', resolve) })
  await new Promise<void>((resolve, reject) => {
    let said = ''
    server.stdout.setEncoding('utf8').on('data', (chunk: string) => { said += chunk; if (/^http:/m.test(said)) resolve() })
    server.on('exit', (code) => { reject(new Error(`ended with ${code}: ${said}`)) })
  })
  assert.ok(existsSync(path.join(home, 'token')))
  const token = readFileSync(path.join(home, 'token'), 'utf8').trim()
  const ask = (method: string, id: string, body?: string): Promise<Response> => fetch(`http://127.0.0.1:${port}/fhir/Patient/${id}`, {
    method, headers: { authorization: `Bearer ${token}`, connection: 'close', prefer: 'return=minimal', ...(body === undefined ? {} : { 'content-type': FHIR }) }, signal: AbortSignal.timeout(30_000), ...(body === undefined ? {} : { body }),
  })
  const large = (id: string): string => JSON.stringify({ resourceType: 'Patient', id, photo: [{ contentType: 'image/png', data: randomBytes(2_000_000).toString('base64') }] })
  const kept: string[] = []
  let refused: { readonly status: number; readonly text: string } | undefined
  for (let n = 0; n < 20 && refused === undefined; n++) {
    const answer = await ask('PUT', `p${n}`, large(`p${n}`))
    const text = await answer.text()
    if (answer.status === 201) kept.push(`p${n}`)
    else refused = { status: answer.status, text }
  }
  assert.equal(refused?.status, 507)
  assert.match(refused?.text ?? '', /"store\.unavailable\.diskFull".*The disk is full: nothing of this was saved, and nothing saved earlier is lost\./s)
  assert.ok(kept.length > 2)
  server.kill('SIGINT')
  const stopped = await Promise.race([ended, new Promise<'still running'>((resolve) => { setTimeout(() => { resolve('still running') }, 10_000).unref() })])
  assert.equal(stopped, 0)

  const again = await serve({ home })
  for (const id of kept) assert.equal((await again.ask('GET', `/fhir/Patient/${id}`)).status, 200, id)
  assert.equal((await again.ask('GET', `/fhir/Patient/p${kept.length}`)).status, 404)
  assert.equal((await again.ask('PUT', `/fhir/Patient/p${kept.length}`, { resourceType: 'Patient', id: `p${kept.length}` })).status, 201)
  await again.end()
  removeHome(home)
})
