/** The seams of DESIGN decision 8, on a real process: who is let in, where it listens, what it writes down, how it ends. */
import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { asking, bairn, freePort, issuesOf, newHome, pick, removeHome, type Ask, type Command } from './harness.ts'

const home = newHome()
let port = 0
let url = ''
let link = ''
let server: Command
let ask: Ask
let nobody: Ask
before(async () => {
  port = await freePort()
  url = `http://127.0.0.1:${port}`
  server = bairn(['start'], { home, port })
  link = (await server.saw(/^(http:\/\/\S+)$/m))[1] as string
  nobody = asking(url, undefined)
  ask = asking(url, readFileSync(path.join(home, 'token'), 'utf8').trim())
})
after(async () => {
  if (server.child.exitCode === null) server.child.kill('SIGKILL')
  await server.ended
  removeHome(home)
})

test('start: the link stands alone on its line and is the last address printed, without full stop', () => {
  const addresses = server.output().match(/https?:\/\/\S+/g)
  assert.deepEqual(addresses, [link])
  assert.match(link, new RegExp(`^${url}/open/[\\w-]{20,}$`))
})

test('seam: the token file is for its owner alone', { skip: process.platform === 'win32' }, () => {
  assert.equal(statSync(path.join(home, 'token')).mode & 0o777, 0o600)
})

test('seam: without being let in, nothing but /health and the page\'s own files', async () => {
  for (const address of ['/', '/app/session', '/app/worklist', '/fhir/Patient', '/fhir/Patient/a', '/fhir/metadata', '/metrics', '/cds-services', '/child/a', '/nothing']) assert.equal((await nobody('GET', address)).status, 401, address)
  for (const [method, address] of [['POST', '/fhir'], ['PUT', '/fhir/Patient/a'], ['DELETE', '/fhir/Patient/a'], ['POST', '/app/setup'], ['PATCH', '/fhir/Patient/a']] as const) assert.equal((await nobody(method, address, {})).status, 401, address)
  const health = await nobody('GET', '/health')
  assert.deepEqual([health.status, pick(health.json, 'status')], [200, 'ok'])
})

test('seam: the refusal says what to do, in the language asked for, as FHIR to a program and as a page to a person', async () => {
  const program = await nobody('GET', '/fhir/Patient/a', undefined, { 'accept-language': 'fr' })
  assert.equal(program.headers.get('www-authenticate'), 'Bearer realm="bairn"')
  assert.deepEqual([pick(program.json, 'resourceType'), issuesOf(program)], ['OperationOutcome', ['problem.token']])
  assert.match(String(pick(program.json, 'issue', 0, 'details', 'text')), /Ouvrez le lien/)
  const person = await nobody('GET', '/', undefined, { accept: 'text/html', 'accept-language': 'ar' })
  assert.match(person.text, /^<!doctype html><html lang="ar" dir="rtl">/)
})

test('seam: another Host or Origin is refused before anything else', async () => {
  assert.equal((await ask('GET', '/app/session', undefined, { origin: 'https://example.org' })).status, 403)
  assert.equal((await ask('PUT', '/fhir/Patient/a', {}, { origin: 'http://127.0.0.1:1' })).status, 403)
  assert.equal((await ask('GET', '/app/session', undefined, { origin: url })).status, 200)
  // fetch does not let anybody set Host: by hand.
  const { request } = await import('node:http')
  const status = await new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/health', headers: { host: `bairn.example.org:${port}` } }, (answer) => { answer.resume(); resolve(answer.statusCode) }).on('error', reject).end()
  })
  assert.equal(status, 403)
})

test('seam: the link lets one browser in, once, and a preview does not use it up', async () => {
  const secret = link.slice(url.length)
  assert.equal((await nobody('HEAD', secret)).status, 403)
  assert.equal((await nobody('GET', secret, undefined, { 'sec-purpose': 'prefetch' })).status, 403)
  const opened = await nobody('GET', secret)
  assert.deepEqual([opened.status, opened.headers.get('location')], [303, '/'])
  const set = opened.headers.get('set-cookie') ?? ''
  assert.match(set, /; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/)
  const cookie = set.split(';')[0] as string
  assert.equal((await nobody('GET', '/app/session', undefined, { cookie })).status, 200)
  assert.deepEqual(issuesOf(await nobody('GET', secret)), ['problem.link'])
  assert.equal((await nobody('GET', secret, undefined, { cookie })).status, 303)
})

test('seam: metrics are Prometheus text by route template; the log has one line a request and nothing of a child', async () => {
  const id = 'a-child-of-ours'
  await ask('PUT', `/fhir/Patient/${id}`, { resourceType: 'Patient', id, name: [{ text: 'Zawadi' }] })
  await ask('GET', `/fhir/Patient/${id}`)
  await ask('GET', '/fhir/Patient?name=Zawadi')
  await ask('GET', `/app/child/${id}?q=Zawadi`)
  const { text } = await ask('GET', '/metrics')
  assert.match(text, /bairn_http_request_seconds_count\{method="GET",route="\/fhir\/:type\/:id",status="200"\} 1/)
  assert.match(text, /bairn_process_resident_memory_bytes \d+/)
  assert.doesNotMatch(text, /Zawadi|a-child-of-ours/)
})

for (const { name, args, ownHome, key } of [
  { name: 'a port in use', ownHome: true, key: /Port \d+ of this computer is in use .* set BAIRN_PORT/ },
  { name: 'a port in use, in French', args: ['--lang', 'fr'], ownHome: true, key: /Le port \d+ de cet ordinateur est pris .* BAIRN_PORT/ },
] as const) test(`start: ${name} is one sentence, and ends with 1`, async () => {
  const own = ownHome ? newHome() : home
  const second = await bairn(['start', ...(args ?? [])], { home: own, port }).ended
  removeHome(own)
  assert.deepEqual([second.code, second.stderr.trim().split('\n').length], [1, 1])
  assert.match(second.stderr, key)
})

test('start: a home that another Bairn has open is one sentence', async () => {
  const second = await bairn(['start'], { home, port: await freePort() }).ended
  assert.equal(second.code, 1)
  assert.match(second.stderr, /^The database in .* is already running: another Bairn has it open\. Use that one, or stop it first\.\n$/)
})

test('start: a home that cannot be written is one sentence', async () => {
  const file = path.join(home, 'token', 'below a file')
  const second = await bairn(['start'], { home: file, port: await freePort() }).ended
  assert.equal(second.code, 1)
  assert.match(second.stderr, /^The folder .* cannot be used \(ENOTDIR\)\. .*BAIRN_HOME.*\n$/)
})

test('start: an address for others is refused', async () => {
  const second = await bairn(['start'], { home, port, env: { BAIRN_HOST: '0.0.0.0' } }).ended
  assert.equal(second.code, 1)
  assert.match(second.stderr, /0\.0\.0\.0 is an address for others/)
})

test('seam: it listens on the loopback address alone', async () => {
  // The same port on every other address is still free.
  const others = createServer()
  await new Promise<void>((resolve, reject) => { others.once('error', reject).listen({ host: '127.0.0.2', port }, resolve) })
  await new Promise((resolve) => { others.close(resolve) })
})

test('start: SIGINT stops server and database within 10 s, with 0; the log is on the disk', async () => {
  const began = Date.now()
  server.child.kill('SIGINT')
  const { code } = await server.ended
  assert.equal(code, 0)
  assert.ok(Date.now() - began < 10_000)
  const lines = readFileSync(path.join(home, 'logs', 'server.log'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
  assert.ok(lines.some(({ route, method }) => route === '/fhir/:type/:id' && method === 'PUT'))
  for (const line of lines) assert.deepEqual(Object.keys(line), ['level', 'time', 'method', 'route', 'status', 'ms', 'bytes'])
  assert.doesNotMatch(readFileSync(path.join(home, 'logs', 'server.log'), 'utf8'), /Zawadi|a-child-of-ours/)
})

test('start: the second start finds what the first one kept, and still knows the browser', async () => {
  const again = bairn(['start'], { home, port })
  await again.saw(/^http:\/\/\S+$/m)
  const token = readFileSync(path.join(home, 'token'), 'utf8').trim()
  const kept = await asking(url, token)('GET', '/fhir/Patient/a-child-of-ours')
  assert.deepEqual([kept.status, pick(kept.json, 'name', 0, 'text')], [200, 'Zawadi'])
  again.child.kill('SIGTERM')
  assert.equal((await again.ended).code, 0)
})
