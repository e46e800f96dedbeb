/** Who is let in, and who is not: every way another site or computer could ask. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { judge } from './guard.ts'
import { makeTokens, readToken, type Tokens } from './token.ts'

let home = ''
let tokens: Tokens
let time = Date.UTC(2026, 10, 23)
const now = (): number => time
before(() => {
  home = mkdtempSync(path.join(tmpdir(), 'bairn-guard-'))
  tokens = makeTokens({ home, name: 'bairn-7357', now })
})
after(() => { rmSync(home, { recursive: true, force: true }) })

const host = '127.0.0.1:7357'
const status = (headers: Record<string, string>, policy: 'public' | 'session' = 'session'): number => {
  const verdict = judge({ host, ...headers }, { policy, tokens, port: 7357 })
  return verdict.ok ? 200 : verdict.status
}
const cookie = (demo = false): string => tokens.cookieFor({ demo }).split(';')[0] as string

test('guard: the token opens, another does not, and none does not', () => {
  assert.equal(status({ authorization: `Bearer ${tokens.token}` }), 200)
  assert.equal(status({ authorization: `bearer ${tokens.token}` }), 200)
  assert.equal(status({ authorization: `Bearer ${tokens.token}x` }), 401)
  assert.equal(status({ authorization: `Basic ${tokens.token}` }), 401)
  assert.equal(status({}), 401)
  assert.equal(status({}, 'public'), 200)
})

test('guard: a wrong token is refused, whatever cookie is beside it', () => {
  assert.equal(status({ authorization: 'Bearer wrong', cookie: cookie() }), 401)
})

test('guard: Host must be this computer with this port', () => {
  for (const own of ['127.0.0.1:7357', 'localhost:7357', '[::1]:7357', '127.0.0.2:7357']) assert.equal(status({ host: own }, 'public'), 200, own)
  for (const other of ['bairn.example.org:7357', '127.0.0.1:80', '127.0.0.1', '192.168.0.3:7357', '127.0.0.1:7357@evil.org', '127.0.0.1.evil.org:7357', '']) assert.equal(status({ host: other }, 'public'), 403, other)
})

test('guard: Origin must be our own', () => {
  const authorization = `Bearer ${tokens.token}`
  for (const origin of ['http://127.0.0.1:7357', 'http://localhost:7357']) assert.equal(status({ authorization, origin }), 200, origin)
  for (const origin of ['https://evil.org', 'http://127.0.0.1:3000', 'null', 'https://127.0.0.1:7357', 'http://127.0.0.1:7357.evil.org']) assert.equal(status({ authorization, origin }), 403, origin)
})

test('guard: a page of another port or site may lead here, and fetch nothing', () => {
  for (const site of ['cross-site', 'same-site']) {
    assert.equal(status({ cookie: cookie(), 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors' }), 403)
    assert.equal(status({ cookie: cookie(), 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate' }), 200)
  }
  assert.equal(status({ cookie: cookie(), 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }), 200)
})

test('guard: a cookie tells which database its browser has open', () => {
  for (const demo of [true, false]) {
    const verdict = judge({ host, cookie: `a=b; ${cookie(demo)}; c=d` }, { policy: 'session', tokens, port: 7357 })
    assert.deepEqual(verdict, { ok: true, caller: { by: 'browser', demo } })
  }
})

test('guard: a cookie that was changed, is of another port or too old opens nothing', () => {
  assert.equal(status({ cookie: cookie().replace('.own.', '.demo.') }), 401)
  assert.equal(status({ cookie: cookie().replace('bairn-7357', 'bairn-7358') }), 401)
  const old = cookie()
  time += 89 * 86_400_000
  assert.equal(status({ cookie: old }), 200)
  time += 2 * 86_400_000
  assert.equal(status({ cookie: old }), 401)
})

test('token: a restart makes a new token and a new link, and still knows the browser', () => {
  const [earlier, known] = [tokens, cookie()]
  tokens = makeTokens({ home, name: 'bairn-7357', now })
  assert.notEqual(tokens.token, earlier.token)
  assert.notEqual(tokens.linkPath, earlier.linkPath)
  assert.equal(status({ authorization: `Bearer ${earlier.token}` }), 401)
  assert.equal(status({ cookie: known }), 200)
})

test('token: the files are for their owner alone', { skip: process.platform === 'win32' }, () => {
  for (const file of ['token', 'key']) assert.equal(statSync(path.join(home, file)).mode & 0o777, 0o600, file)
  assert.equal(readToken(home), tokens.token)
  assert.equal(readToken(path.join(home, 'nowhere')), undefined)
})

test('token: the link opens once', () => {
  const secret = tokens.linkPath.replace('/open/', '')
  assert.deepEqual([tokens.useLink(`${secret}x`), tokens.useLink(secret), tokens.useLink(secret)], [false, true, false])
})
