/**
 * `bairn import`, `export`, `backup`, `restore` as people run them: every kind of file, the same file twice, files that cannot be
 * used, a server running beside, Ctrl-C in the middle, a full disk. Synthea's 60 children come out as they went in.
 */
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { asking, bairn, freePort, newHome, pick, removeHome, list, type Ended } from './harness.ts'

const homes: string[] = []
const home = (): string => {
  const made = newHome()
  homes.push(made)
  return made
}
let main = ''
let files = ''
before(() => {
  main = home()
  files = path.join(main, 'files')
  mkdirSync(files)
})
after(() => { for (const each of homes) removeHome(each) })

const write = (name: string, content: unknown): string => {
  const file = path.join(files, name)
  writeFileSync(file, typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content))
  return file
}
const run = (args: readonly string[], where = main, env: Readonly<Record<string, string>> = {}): Promise<Ended> => bairn(args, { home: where, env }).ended
const patient = (id: string, more: object = {}): object => ({ resourceType: 'Patient', id, name: [{ text: `Child ${id}` }], birthDate: '2025-05-02', ...more })
const weight = (id: string, child: string): object => ({
  resourceType: 'Observation', id, status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] }, subject: { reference: `Patient/${child}` },
  effectiveDateTime: '2026-05-02', valueQuantity: { value: 7.4, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
})
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
/** Every version in an export, without its first and last line. */
const versions = async (where = main): Promise<readonly unknown[]> => {
  const { code, stdout, stderr } = await run(['export'], where)
  assert.equal(code, 0, stderr)
  return stdout.trim().split('\n').slice(1, -1).map((line) => JSON.parse(line) as unknown)
}

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
  const before = (await versions()).length
  const { code, stdout, stderr } = await run(['import', write(file, content)])
  assert.deepEqual([code, stdout], [1, ''])
  assert.match(stderr, says)
  assert.match(stderr, /0 records new/)
  assert.equal(stderr.trim().split('\n').filter((line) => !line.startsWith('The list of children') && !/ new, /.test(line)).length, 1, stderr)
  assert.equal((await versions()).length, before)
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
  const { spawnSync } = await import('node:child_process')
  const { MAIN } = await import('./harness.ts')
  const full = spawnSync('sh', ['-c', `"${process.execPath}" --disable-warning=ExperimentalWarning "${MAIN}" export > /dev/full`], { encoding: 'utf8', env: { ...process.env, BAIRN_HOME: main, LC_ALL: 'C' } })
  assert.deepEqual([full.status, full.stderr], [1, 'The disk is full: what was written is not whole. Free some space, then give the same command again.\n'])
})

test('import: Ctrl-C in the middle ends with 130, leaves whole children, and the same command goes on', async () => {
  const where = home()
  const many = Array.from({ length: 1500 }, (_, n) => [patient(`k${n}`), weight(`k${n}-a`, `k${n}`), weight(`k${n}-b`, `k${n}`)]).flat()
  const file = write('many.ndjson', many.map((each) => JSON.stringify(each)).join('\n'))
  await run(['import', write('first.json', patient('first'))], where)
  const command = bairn(['import', file], { home: where })
  // As soon as the database is up, the writing has begun.
  const { setTimeout: wait } = await import('node:timers/promises')
  while (!readdirSync(where).includes('device')) await wait(20)
  await wait(900)
  command.child.kill('SIGINT')
  const { code, stderr } = await command.ended
  const kept = (await versions(where)).length
  if (kept === many.length + 1) return // this computer was faster than the signal: nothing to see
  assert.equal(code, 130, stderr)
  assert.match(stderr, /Stopped\. What was finished stays, nothing is half-written\. Give the same command again to go on\./)
  assert.equal((kept - 1) % 3, 0)
  const again = await run(['import', file], where)
  assert.equal(again.code, 0, again.stderr)
  assert.equal((await versions(where)).length, many.length + 1)
})

const shared = process.env['BAIRN_SHARED'] ?? path.resolve(import.meta.dirname, '../../../shared')
const synthea = path.join(shared, 'data/fhir/synthea')
test('import: Synthea\'s 60 bundles whole; they come out as they went in', async (t) => {
  if (!existsSync(synthea)) return t.skip(`shared data not here: ${synthea}`)
  const where = home()
  const given = readdirSync(synthea).filter((name) => /^\d.*\.json\.gz$/.test(name)).map((name) => path.join(synthea, name))
  const imported = await run(['import', ...given], where)
  assert.equal(imported.code, 0, imported.stderr)
  const out = new Map((await versions(where)).map((line) => {
    const resource = bodyOf(line)
    return [`${String(resource['resourceType'])}/${String(resource['id'])}`, resource] as const
  }))
  let compared = 0
  for (const file of given) {
    const { entry } = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as { entry: { fullUrl: string; resource: { resourceType: string; id: string } }[] }
    const names = new Map(entry.map(({ fullUrl, resource }) => [fullUrl, `${resource.resourceType}/${resource.id}`]))
    for (const { resource } of entry) {
      const wanted = JSON.parse(JSON.stringify(resource).replaceAll(/urn:uuid:[0-9a-f-]{36}/g, (url) => names.get(url) ?? url)) as Record<string, unknown>
      const found = out.get(`${resource.resourceType}/${resource.id}`)
      assert.deepEqual(plain(found), plain(wanted))
      compared += 1
    }
  }
  assert.equal(compared, 11_534)
})

/** The resource of one line of an export. */
const bodyOf = (line: unknown): Record<string, unknown> => {
  const found = Object.values(line as Record<string, unknown>).find((value) => typeof pick(value, 'resourceType') === 'string')
  return found as Record<string, unknown>
}
const plain = (resource: Record<string, unknown> | undefined): unknown => {
  const { meta, ...rest } = resource ?? {}
  const { versionId: _, lastUpdated: __, ...kept } = (meta ?? {}) as Record<string, unknown>
  return Object.keys(kept).length === 0 ? rest : { ...rest, meta: kept }
}
