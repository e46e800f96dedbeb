/**
 * `bairn import`, `export`, `backup`, `restore` as people run them: every kind of file, the same file twice, files that cannot be
 * used, a server running beside, a full disk.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { asking, bairn, freePort, list, MAIN, pick } from './harness.ts'
import { files, home, main, patient, run, versions, weight, write } from './importing.ts'

const urn = (n: number): string => `urn:uuid:00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const withoutId = (resource: object): object => {
  const { id: _, ...rest } = resource as Record<string, unknown>
  return rest
}
const family = (n: number): object => ({
  resourceType: 'Bundle', type: 'transaction', entry: [
    { fullUrl: urn(n), resource: withoutId(patient('')), request: { method: 'POST', url: 'Patient' } },
    { fullUrl: urn(n + 1), resource: { ...withoutId(weight('', '')), subject: { reference: urn(n) } }, request: { method: 'POST', url: 'Observation' } },
  ],
})
test('import: a transaction, a collection, a resource, NDJSON and packed files; the same files again make nothing', async () => {
  const given = [
    write('transaction.json', family(10)),
    write('collection.json', { resourceType: 'Bundle', type: 'collection', entry: [{ resource: weight('c-w', 'c') }, { resource: patient('c') }] }),
    write('one.json', patient('one')),
    write('children.ndjson', `${[weight('n-w', 'n'), patient('n'), patient('m')].map((each) => JSON.stringify(each)).join('\n')}\n`),
    write('packed.json.gz', gzipSync(JSON.stringify(family(20)))),
    write('list.json', [patient('l'), weight('l-w', 'l')]),
  ]
  const first = await run(['import', ...given])
  assert.equal(first.code, 0, first.stderr)
  assert.match(first.stderr, /12 records new, 0 were here already\./)
  const second = await run(['import', ...given])
  assert.deepEqual([second.code, /0 records new, 12 were here already\./.test(second.stderr)], [0, true])
  assert.equal((await versions()).length, 12)
})

for (const { name, content, file = 'x.json', says } of [
  { name: 'broken JSON', content: '{"resourceType":"Patient",', says: /x\.json: The JSON ends in the middle, at line 1, column \d+: send the whole text\. Nothing of this part was saved\./ },
  { name: 'a bundle of a wrong type', content: { resourceType: 'Bundle', type: 'history', entry: [] }, says: /x\.json holds “Bundle history”\. What can be imported:/ },
  { name: 'no FHIR at all', content: { weight: 7 }, says: /x\.json holds “\{"weight":7\}”/ },
  { name: 'a reference to nothing', content: { resourceType: 'Bundle', type: 'collection', entry: [{ resource: weight('w', 'nobody') }] }, says: /“Patient\/nobody” points at nothing that is here, so nothing was saved\. Send that resource first, or correct the reference\./ },
  { name: 'a duplicate id', content: { resourceType: 'Bundle', type: 'collection', entry: [{ resource: patient('twice') }, { resource: patient('twice', { gender: 'male' }) }] }, says: /change the same resource, Patient\/twice\. Nothing was saved\. Keep one of them\./ },
  { name: 'an id that is here with other content', content: patient('one', { gender: 'male' }), says: /Patient\/one is here already, with other content\./ },
  { name: '2023-02-29', content: patient('feb', { birthDate: '2023-02-29' }), says: /Patient\.birthDate: the date “2023-02-29” does not exist in the calendar\./ },
  { name: 'a birth date in the future', content: patient('future', { birthDate: '2090-01-02' }), says: /The birth date 2090-01-02 is in the future: today is \d{4}-\d\d-\d\d\. Check the date, and this computer’s clock\./ },
  { name: 'a damaged .gz', content: gzipSync('{"resourceType":"Patient"}'.repeat(50)).subarray(0, 40), file: 'x.json.gz', says: /x\.json\.gz ends in \.gz and cannot be unpacked/ },
  { name: 'a line of NDJSON that is cut', content: `${JSON.stringify(patient('l1'))}\n{"resourceType":"Pat`, file: 'x.ndjson', says: /x\.ndjson: The JSON ends in the middle, at line 2, column \d+/ },
  { name: 'text that is no UTF-8', content: new Uint8Array([0x7b, 0xe9, 0x7d]), says: /x\.json is not text in UTF-8\./ },
  { name: 'an empty file', content: '', says: /x\.json: There is no JSON here: the text is empty\./ },
]) test(`import: ${name} is one sentence, exit 1, and nothing of it is kept`, async () => {
  const { code, stdout, stderr } = await run(['import', write(file, content)])
  assert.deepEqual([code, stdout], [1, ''])
  assert.match(stderr, says)
  assert.match(stderr, /0 records new/)
  assert.equal(stderr.trim().split('\n').filter((line) => !line.startsWith('The list of children') && !/ new, /.test(line)).length, 1, stderr)
  assert.equal((await versions()).length, 12)
})

test('import: a file that is not there is named, and the others are taken', async () => {
  const { code, stderr } = await run(['import', path.join(files, 'nowhere.json'), write('good.json', patient('good'))])
  assert.equal(code, 1)
  assert.match(stderr, /There is no file .*nowhere\.json\. Check its name and folder\./)
  assert.match(stderr, /1 record new/)
})

test('import: beside a running server, which shows the child at once', async () => {
  const port = await freePort()
  const server = bairn(['start'], { home: main, port })
  await server.saw(/^http:\/\/\S+$/m)
  try {
    const { code, stderr } = await run(['import', write('beside.json', patient('beside', { name: [{ text: 'Zawadi Beside' }] }))])
    assert.equal(code, 0, stderr)
    const ask = asking(`http://127.0.0.1:${port}`, readFileSync(path.join(main, 'token'), 'utf8').trim())
    assert.equal((await ask('GET', '/fhir/Patient/beside')).status, 200)
    assert.deepEqual(list(pick((await ask('GET', '/app/worklist?q=zawadi')).json, 'rows')).map((row) => pick(row, 'child')), ['beside'])
  } finally {
    server.child.kill('SIGINT')
    await server.ended
  }
})

test('backup and restore: every version with who, when and where comes back, byte for byte; twice is refused', async () => {
  await run(['import', write('later.json', { resourceType: 'Bundle', type: 'transaction', entry: [{ resource: patient('one', { gender: 'female' }), request: { method: 'PUT', url: 'Patient/one' } }] })])
  const file = path.join(files, 'a backup.ndjson.gz')
  const kept = await versions()
  assert.equal((await run(['backup', file])).code, 0)
  const again = await run(['backup', file])
  assert.deepEqual([again.code, /is there already and was not touched/.test(again.stderr)], [1, true])

  const other = home()
  const restored = await run(['restore', file], other)
  assert.equal(restored.code, 0, restored.stderr)
  assert.deepEqual(await versions(other), kept)
  const twice = await run(['restore', file], other)
  assert.deepEqual([twice.code, /There are records here already, and a restore needs an empty place\./.test(twice.stderr)], [1, true])
  const added = await run(['import', file], other)
  assert.deepEqual([added.code, /^0 records new/m.test(added.stderr)], [0, true], added.stderr)
})

test('restore: a cut or foreign file is one sentence', async () => {
  const whole = gunzipSync(readFileSync(path.join(files, 'a backup.ndjson.gz'))).toString('utf8')
  const cut = await run(['restore', write('cut.ndjson', whole.split('\n').slice(0, -2).join('\n'))], home())
  assert.deepEqual([cut.code, /The export is cut after line \d+/.test(cut.stderr)], [1, true], cut.stderr)
  const foreign = await run(['restore', write('foreign.json', patient('x'))], home())
  assert.deepEqual([foreign.code, /This is not an export of Bairn/.test(foreign.stderr)], [1, true])
})

test('export: to a full disk is one sentence, exit 1', { skip: existsSync('/dev/full') ? false : 'no /dev/full here' }, async () => {
  const full = spawnSync('sh', ['-c', `"${process.execPath}" --disable-warning=ExperimentalWarning "${MAIN}" export > /dev/full`], { encoding: 'utf8', env: { ...process.env, BAIRN_HOME: main, LC_ALL: 'C' } })
  assert.deepEqual([full.status, full.stderr], [1, 'The disk is full: what was written is not whole. Free some space, then give the same command again.\n'])
})
