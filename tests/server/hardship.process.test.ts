/** What computers do to people: a clock that fell back, data of a newer Bairn, a log that grew. One sentence each, nothing lost. */
import assert from 'node:assert/strict'
import { statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import type { Refused } from '@bairn/server/problems'
import { startDatabase } from '@bairn/store'
import pg from 'pg'
import { newHome, removeHome, serve } from './harness.ts'

test('a clock before the last time of use is one sentence, and starts again when it is right', async () => {
  const home = newHome()
  const now = Date.UTC(2026, 10, 23, 9)
  const first = await serve({ home, now: () => now })
  await first.ask('PUT', '/fhir/Patient/a', { resourceType: 'Patient', id: 'a' })
  await first.stop()
  await assert.rejects(serve({ home, now: () => Date.UTC(2020, 0, 1) }), (found: Refused) => {
    assert.deepEqual(found.issues.map(({ text }) => text), [{ key: 'problem.clock', params: { now: { text: '2020-01-01 00:00' }, latest: { text: '2026-11-23 09:00' } } }])
    return true
  })
  // An hour back is the end of summer time.
  const again = await serve({ home, now: () => now - 3_600_000 })
  assert.equal((await again.ask('GET', '/fhir/Patient/a')).status, 200)
  await again.end()
})

test('data of a newer Bairn are refused and left as they are', async () => {
  const home = newHome()
  await (await serve({ home })).stop()
  const started = await startDatabase({ home, unsafe: true })
  assert.ok(started.ok)
  const reached = await started.database.connection('bairn')
  assert.ok(reached.ok)
  const client = new pg.Client(reached.connection)
  await client.connect()
  const { rows } = await client.query<{ name: string }>("select attname as name from pg_attribute where attrelid = 'migration'::regclass and attnum > 0 and not attisdropped order by attnum")
  const columns = rows.map(({ name }) => name)
  const number = columns.find((name) => /number|version|id/.test(name)) as string
  await client.query(`insert into migration select (jsonb_populate_record(m, jsonb_build_object('${number}', 999))).* from migration m limit 1`)
  await client.end()
  await started.database.stop()
  await assert.rejects(serve({ home }), (found: Refused) => {
    assert.deepEqual(found.issues.map(({ text }) => text.key), ['store.newerSchema'])
    return true
  })
  removeHome(home)
})

test('a log that grew large is put aside', async () => {
  const home = newHome()
  await (await serve({ home })).stop()
  const log = path.join(home, 'logs', 'server.log')
  writeFileSync(log, Buffer.alloc(21_000_000))
  const server = await serve({ home })
  await server.stop()
  assert.ok(statSync(`${log}.1`).size > 20_000_000 && statSync(log).size < 10_000)
  removeHome(home)
})
