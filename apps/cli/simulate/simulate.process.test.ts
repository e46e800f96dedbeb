/** `bairn simulate` as it is typed; what it writes, `bairn forecast` understands. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { bairn, type Ended } from '../testing.ts'

let folder = ''
before(() => { folder = mkdtempSync(path.join(tmpdir(), 'bairn simulate ')) })
after(() => { rmSync(folder, { recursive: true, force: true }) })
const run = (args: readonly string[]): Promise<Ended> => bairn(['simulate', ...args], {}).ended

test('the same words give the same children, fewer are the first of more, another seed others', async () => {
  const words = ['--children', '5', '--seed', 'a', '--on', '2026-11-24']
  const [five, again, three, other] = await Promise.all([run(words), run(words), run(['--children', '3', '--seed', 'a', '--on', '2026-11-24']), run(['--children', '5', '--seed', 'b', '--on', '2026-11-24'])])
  assert.deepEqual([five.code, five.stderr, five.stdout.trim().split('\n').length], [0, '', 5])
  assert.equal(again.stdout, five.stdout)
  assert.ok(five.stdout.startsWith(three.stdout))
  assert.notEqual(other.stdout, five.stdout)
  for (const line of five.stdout.trim().split('\n')) assert.partialDeepStrictEqual(JSON.parse(line), { resourceType: 'Bundle', type: 'transaction', entry: [{ resource: { resourceType: 'Patient', meta: { tag: [{ code: 'HTEST' }] } }, request: { method: 'PUT' } }] })
})
test('--out: the file is whole and standard output empty', async () => {
  const out = path.join(folder, 'children.ndjson')
  const { code, stdout } = await run(['--children', '2', '--seed', 'a', '--place', 'us', '--out', out])
  assert.deepEqual([code, stdout, readFileSync(out, 'utf8').trim().split('\n').length], [0, '', 2])
})
test('--place: every country with a full schedule, each child vaccinated by its own', async () => {
  const places = ['BD', 'BR', 'DE', 'ET', 'FR', 'GB', 'IN', 'KE', 'NG', 'PK', 'UA', 'US', 'ZA']
  const found = await Promise.all(places.map((place) => run(['--children', '6', '--seed', 'a', '--place', place, '--on', '2026-11-24'])))
  assert.deepEqual(found.map(({ code, stderr }) => [code, stderr]), places.map(() => [0, '']))
  for (const [at, { stdout }] of found.entries()) assert.match(stdout, /"resourceType":"Immunization"/, places[at])
  assert.equal(new Set(found.map(({ stdout }) => stdout)).size, places.length)
})
for (const { args, says } of [
  { args: ['--children', '0', '--seed', 'a'], says: '“0” is not a number of children: give one from 1 to 10,000,000.\n' },
  { args: ['--children', 'ten', '--seed', 'a'], says: '“ten” is not a number of children: give one from 1 to 10,000,000.\n' },
  { args: ['--children', '1', '--seed', 'a', '--place', 'TG'], says: 'There is no full schedule for “TG” yet. There are: BD, BR, DE, ET, FR, GB, IN, KE, NG, PK, UA, US, ZA.\n' },
  { args: ['--children', '1', '--seed', 'a', '--on', '2026-02-30'], says: '“2026-02-30” is not a date. Write it like 2026-11-23.\n' },
]) test(`simulate ${args.join(' ')}: one sentence, exit 2`, async () => { assert.deepEqual(await run(args), { code: 2, stdout: '', stderr: says }) })
