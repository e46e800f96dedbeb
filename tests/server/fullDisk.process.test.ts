/**
 * A disk that fills up while the server runs: the write that does not fit is refused with one sentence, what was acknowledged stays,
 * the server goes on, stops within 10 s and starts again. The disk is full for it by a limit on the size of each file: the first
 * file that reaches it is the table of resources; PostgreSQL's own log is made of files that fit.
 */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { asking, bairn, FHIR, freePort, issuesOf, newHome, pick, removeHome, room, type Ask, type Command } from './harness.ts'

/** PostgreSQL's log files have 16 MB. */
const ROOM_KB = 17_000
const WRITES = 30
const SENTENCES = {
  en: 'The disk is full: nothing of this was saved, and nothing saved earlier is lost. Free some space, then do it again.',
  fr: 'Le disque est plein : rien de ceci n’a été enregistré, et rien d’enregistré avant n’est perdu. Libérez de la place, puis recommencez.',
  ar: 'القرص ممتلئ: لم يُحفظ شيء من هذا، ولم يضع شيء حُفظ من قبل. أفرغ بعض المساحة ثم أعد المحاولة.',
}

/** @throws when it takes longer: nothing here may wait for ever */
async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  const controller = new AbortController()
  try {
    return await Promise.race([work, wait(ms, undefined, { signal: controller.signal }).then(() => { throw new Error(`${what}: not within ${ms} ms`) })])
  } finally {
    controller.abort()
  }
}

test('a disk that fills up under the server: 507 and a sentence, nothing acknowledged is lost, it stops within 10 s and starts again', { skip: process.platform === 'win32' ? 'needs ulimit -f' : false, timeout: 180_000 }, async (t) => {
  const home = newHome()
  const port = await freePort()
  const servers: Command[] = []
  t.after(async () => {
    for (const { child, ended } of servers) {
      child.kill('SIGKILL')
      await ended
    }
    // The database's guard needs a moment.
    await wait(500)
    removeHome(home)
  })
  const start = async (kilobytes?: number): Promise<{ readonly server: Command; readonly ask: Ask }> => {
    const server = bairn(['start', '--no-open'], { home, port, ...(kilobytes === undefined ? {} : { shell: `${room(kilobytes)} exec "$@"` }) })
    servers.push(server)
    await within(60_000, 'start', server.saw(/^http:\/\/\S+$/m))
    const ask = asking(`http://127.0.0.1:${port}`, readFileSync(path.join(home, 'token'), 'utf8').trim())
    return { server, ask: (...asked) => within(20_000, asked.slice(0, 2).join(' '), ask(...asked)) }
  }
  const stop = async (server: Command): Promise<void> => {
    server.child.kill('SIGINT')
    const { code, stdout, stderr } = await within(10_000, 'stop', server.ended)
    assert.deepEqual([code, stderr, stdout.endsWith('Stopped. Everything is saved.\n')], [0, '', true], stdout)
  }
  const large = (id: string): object => ({ resourceType: 'Patient', id, photo: [{ contentType: 'image/png', data: randomBytes(2_000_000).toString('base64') }] })
  const kept = new Map<string, string>()
  const add = async (ask: Ask, id: string, language = 'en') => {
    const resource = large(id)
    const answer = await ask('PUT', `/fhir/Patient/${id}`, resource, { 'accept-language': language, prefer: 'return=minimal' })
    if (answer.status === 201) kept.set(id, JSON.stringify(pick(resource, 'photo')))
    return answer
  }
  const allKept = async (ask: Ask): Promise<void> => {
    for (const [id, photo] of kept) {
      const { status, json } = await ask('GET', `/fhir/Patient/${id}`)
      assert.deepEqual([status, JSON.stringify(pick(json, 'photo')) === photo], [200, true], id)
    }
  }

  const full = await start(ROOM_KB)
  let refused
  for (let n = 0; n < WRITES && refused === undefined; n++) {
    const answer = await add(full.ask, `p${n}`)
    if (answer.status !== 201) refused = answer
  }
  assert.ok(refused !== undefined, `${WRITES} writes were all taken`)
  assert.ok(kept.size > 2, `${kept.size} kept`)
  assert.deepEqual([refused.status, refused.headers.get('content-type')?.startsWith(FHIR), issuesOf(refused)], [507, true, ['store.unavailable.diskFull']])
  for (const [language, sentence] of Object.entries(SENTENCES)) {
    const again = await add(full.ask, 'more', language)
    assert.deepEqual([again.status, pick(again.json, 'issue', 0, 'details', 'text')], [507, sentence])
  }
  // A transaction is refused whole, and reading goes on.
  const both = await full.ask('POST', '/fhir', { resourceType: 'Bundle', type: 'transaction', entry: [{ resourceType: 'Patient', id: 'small' }, large('more')].map((resource) => ({ resource, request: { method: 'PUT', url: `Patient/${String(pick(resource, 'id'))}` } })) })
  assert.deepEqual([both.status, issuesOf(both)], [507, ['store.unavailable.diskFull']])
  for (const id of ['small', 'more']) assert.equal((await full.ask('GET', `/fhir/Patient/${id}`)).status, 404)
  await allKept(full.ask)
  await stop(full.server)

  const roomy = await start()
  await allKept(roomy.ask)
  assert.equal((await add(roomy.ask, 'more')).status, 201)
  await allKept(roomy.ask)
  await stop(roomy.server)
})
