/** Export and import with history on a real database. */
import assert from 'node:assert/strict'
import test from 'node:test'
import type { ImportOptions, ImportResult, Resource, Store } from '../contract.ts'
import { freshDatabase, NURSE, openTestStore, withStore } from '../testing/database.ts'
import { parse, patient, search, weight } from '../testing/fhir.ts'

async function exported(store: Store): Promise<string> {
  let text = ''
  for await (const part of store.exportAll(NURSE)) text += part
  return text
}
const withoutHead = (text: string): string => text.slice(text.indexOf('\n') + 1)
async function* chunksOf(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const imported = (store: Store, text: string, options: ImportOptions = {}, size = 1000): Promise<ImportResult> => store.importAll({ practitioner: 'admin', device: 'server' }, chunksOf(text, size), options)

/** Two children, changes, a deletion, a practitioner, digits and signs that JSON tools lose. */
async function fill(store: Store): Promise<void> {
  await store.put(NURSE, 'n1', { resourceType: 'Practitioner', id: 'n1', name: [{ text: ',"resource":{ \u2028 \u{1f476} "' }] })
  for (const id of ['p1', 'p2']) await store.put({ practitioner: 'nurse-2', device: 'phone' }, id, patient(id))
  await store.put(NURSE, 'o1', weight('o1', 'p1', parse('{"a":7.10}')['a']))
  await store.put({ practitioner: 'nurse-3', device: 'phone' }, 'o1', weight('o1', 'p1', parse('{"a":7.20}')['a']))
  await store.put(NURSE, 'o2', weight('o2', 'p2', 8, { performer: [{ reference: 'Practitioner/n1' }, { reference: 'Patient/p1' }] }))
  await store.remove(NURSE, 'Observation', 'o2')
  await store.put(NURSE, 'p1', patient('p1', { active: true }))
  await store.put(NURSE, 'o1', weight('o1', 'p1', 9), { ifMatch: 1 })
  await store.putSetting(NURSE, 'place', { name: 'Kibuye' })
}

test('store.export: what is imported elsewhere is exported the same, byte for byte, with who and when of every version', () => withStore(async (store) => {
  await fill(store)
  const text = await exported(store)
  const other = await openTestStore(await freshDatabase())
  assert.deepEqual(await imported(other, text, {}, 7), { ok: true, versions: 8, already: 0 })
  assert.equal(withoutHead(await exported(other)), withoutHead(text))
  assert.deepEqual(await other.read(NURSE, 'Observation', 'o1'), await store.read(NURSE, 'Observation', 'o1'))
  assert.deepEqual(await other.vread(NURSE, 'Observation', 'o1', 1), await store.vread(NURSE, 'Observation', 'o1', 1))
  assert.equal((await search(other, 'Observation', 'patient=p1')).total, 1)
  assert.equal((await search(other, 'Observation', 'patient=p2')).total, 0)
  assert.equal((await other.conflicts(NURSE, 'p1')).length, 1)
  assert.deepEqual(await imported(other, text), { ok: true, versions: 0, already: 8 }, 'again: nothing new')
  await other.close()
}))

test('store.import: a later export of the same record adds what is new; versions that differ stop it and change nothing', () => withStore(async (store) => {
  await fill(store)
  const early = await exported(store)
  const other = await openTestStore(await freshDatabase())
  assert.ok((await imported(other, early)).ok)
  await store.put(NURSE, 'o1', weight('o1', 'p1', 10))
  await store.put(NURSE, 'o3', weight('o3', 'p1', 11))
  const late = await exported(store)
  assert.deepEqual(await imported(other, late), { ok: true, versions: 2, already: 8 })
  assert.equal(withoutHead(await exported(other)), withoutHead(late))
  assert.deepEqual(await imported(other, early), { ok: true, versions: 0, already: 8 }, 'an older file takes nothing back')
  const forged = late.replace('"value":7.20', '"value":7.21')
  const before = await exported(other)
  const result = await imported(other, forged)
  assert.partialDeepStrictEqual(result, { ok: false, problem: { kind: 'importDiffers', type: 'Observation', id: 'o1', version: 2 } })
  assert.equal(withoutHead(await exported(other)), withoutHead(before))
  await other.close()
}))

test('store.import: a file that was cut says so, keeps whole children only, and can be imported again', () => withStore(async (store) => {
  for (let i = 0; i < 300; i += 1) {
    await store.transaction(NURSE, { resourceType: 'Bundle', type: 'transaction', entry: [patient(`p${i}`), weight(`a${i}`, `p${i}`, i), weight(`b${i}`, `p${i}`, i)].map((resource: Resource) => ({ resource, request: { method: 'PUT', url: `${String(resource['resourceType'])}/${String(resource['id'])}` } })) })
  }
  const text = await exported(store)
  for (const cut of [text.length >> 1, (text.length >> 1) + 333, text.length - 1, text.length - 20]) {
    const other = await openTestStore(await freshDatabase())
    const result = await imported(other, text.slice(0, cut), {}, 65_536)
    if (cut === text.length - 1) assert.ok(result.ok, 'only the last line end is missing')
    else assert.partialDeepStrictEqual(result, { ok: false, problem: { kind: 'importFile', what: 'truncated' } })
    const page = await search(other, 'Patient', '_count=1000')
    for (const { id } of page.versions) {
      const everything = await other.everything(NURSE, id)
      assert.ok(everything.ok && everything.page.total === 3, id)
    }
    const rest = await imported(other, text, {}, 65_536)
    assert.ok(rest.ok && rest.versions + rest.already === 900)
    assert.equal(withoutHead(await exported(other)), withoutHead(text))
    await other.close()
  }
}))

test('store.import: stopped in the middle it leaves whole children, and goes on later', () => withStore(async (store) => {
  for (let i = 0; i < 500; i += 1) await store.put(NURSE, `p${i}`, patient(`p${i}`))
  const text = await exported(store)
  const other = await openTestStore(await freshDatabase())
  const stop = new AbortController()
  const result = await imported(other, text, { signal: stop.signal, onProgress: () => { stop.abort() } })
  assert.deepEqual(result, { ok: false, problem: { kind: 'stopped' }, versions: 400, already: 0 })
  assert.deepEqual(await imported(other, text), { ok: true, versions: 100, already: 400 })
  await other.close()
}))

test('store.import: files that are none are refused with the line, and nothing is taken', () => withStore(async (store) => {
  await fill(store)
  const [header, ...lines] = (await exported(store)).split('\n')
  const first = lines.find((line) => line.includes('"Patient"')) ?? ''
  for (const { text, problem } of [
    { text: '', problem: { kind: 'importFile', what: 'header', line: 1 } },
    { text: '{"resourceType":"Patient"}\n', problem: { kind: 'importFile', what: 'header', line: 1 } },
    { text: `${header?.replace('"format":1', '"format":2')}\n`, problem: { kind: 'importFile', what: 'newerFormat', line: 1 } },
    { text: `${header}\n${first.replace('"version":1', '"version":"1"')}\n${lines.join('\n')}`, problem: { kind: 'importFile', what: 'line', line: 2 } },
    { text: `${header}\n${first.replace('"id":"p1","meta"', '"id":"px","meta"')}\n${lines.join('\n')}`, problem: { kind: 'importFile', what: 'line', line: 2 } },
    { text: `${header}\n${first.replace('"version":1', '"version":2').replace('"versionId":"1"', '"versionId":"2"')}\n{"bairn":"end","versions":1}`, problem: { kind: 'importFile', what: 'order', line: 2 } },
    { text: `${header}\n${lines.find((line) => line.includes('"o1"') && line.includes('"version":1'))}\n{"bairn":"end","versions":1}`, problem: { kind: 'importFile', what: 'order', line: 2 } },
  ]) {
    const other = await openTestStore(await freshDatabase())
    const result = await imported(other, text)
    assert.deepEqual(result, { ok: false, problem, versions: 0, already: 0 }, text.slice(0, 300))
    assert.equal((await search(other, 'Patient', '_count=0')).total, 0)
    await other.close()
  }
}))

test('store.export: left early it gives its connection back', () => withStore(async (store) => {
  await fill(store)
  for (let i = 0; i < 20; i += 1) {
    for await (const part of store.exportAll(NURSE)) if (part.length > 0) break
  }
  assert.equal(await store.ping(), true)
}))
