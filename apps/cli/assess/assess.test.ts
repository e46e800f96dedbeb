import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { test } from 'node:test'
import { LANGUAGES, type Language } from '@bairn/knowledge'
import { dayOf, parseDay } from '@bairn/quantities'
import { runAssess, type AssessOptions } from './index.ts'

const golden = (name: string): string => fileURLToPath(new URL(`golden/${name}`, import.meta.url))
const children = golden('children.json')
const bundles = JSON.parse(readFileSync(children, 'utf8')) as readonly { readonly entry: readonly { readonly resource: { readonly resourceType: string; readonly id: string } }[] }[]
const today = dayOf({ year: 2026, month: 11, day: 23 })

async function run(options: Partial<AssessOptions>, input: string | Buffer = ''): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  let [out, err] = ['', '']
  const sink = (take: (text: string) => void) => new Writable({ write(piece, _, done) { take(String(piece)); done() } })
  const code = await runAssess({
    files: [], format: 'text', lang: 'en', stdin: Readable.from([Buffer.from(input)]), stdout: sink((text) => { out += text }), stderr: sink((text) => { err += text }), today, ...options,
  })
  return { code, out, err }
}

/** `npm run golden` writes what came out; the diff is read by eye. */
function matches(name: string, text: string): void {
  if (process.env['BAIRN_GOLDEN'] === 'write') writeFileSync(golden(name), text)
  assert.equal(text, readFileSync(golden(name), 'utf8'), `golden/${name}: read the difference; npm run golden renews it`)
}

for (const lang of LANGUAGES) test(`assess as text, ${lang}: twelve children as in golden/plans.${lang}.txt`, async () => {
  const { code, out, err } = await run({ files: [children], lang })
  assert.deepEqual([code, err], [0, ''])
  assert.doesNotMatch(out, /\[[a-zA-Z]+\.[a-zA-Z.]+\]/, 'a message without a sentence')
  matches(`plans.${lang}.txt`, out)
})

test('assess --json: a list in gives a list out, each with items, urgency and reasons', async () => {
  const { out } = await run({ files: [children], format: 'json' })
  const plans = JSON.parse(out) as { items: { urgency: string; because: unknown[] }[]; notJudged: unknown[] }[]
  assert.equal(plans.length, 12)
  for (const plan of plans) {
    assert.ok(plan.notJudged.length > 0)
    for (const item of plan.items) assert.ok(item.because.length > 0 && item.urgency !== '')
  }
})
test('assess --json: one bundle gives one plan, with sentences beside the keys', async () => {
  const { out } = await run({ format: 'json' }, JSON.stringify(bundles[0]))
  const plan = JSON.parse(out) as { child: string; items: { title: { sentence: string } }[] }
  assert.deepEqual([plan.child, plan.items[0]?.title.sentence], ['Patient/wasted', 'Check both feet for swelling'])
})
test('assess: loose resources of one run belong together, in any order', async () => {
  const loose = bundles[0]?.entry.map(({ resource }) => resource).toReversed()
  const [one, other] = [await run({ format: 'json' }, JSON.stringify(bundles[0])), await run({ format: 'json' }, JSON.stringify(loose))]
  assert.deepEqual([JSON.parse(one.out)], JSON.parse(other.out))
})
test('assess: NDJSON in gives one plan a line out, compressed or not', async () => {
  const lines = bundles.slice(0, 3).map((bundle) => JSON.stringify(bundle)).join('\n')
  const plain = await run({ format: 'json' }, lines)
  assert.equal(plain.out.trimEnd().split('\n').length, 3)
  assert.equal((await run({ format: 'json' }, gzipSync(lines))).out, plain.out)
})
test('assess: NDJSON of single resources is one child', async () => {
  const { out } = await run({ format: 'json' }, bundles[1]?.entry.map(({ resource }) => JSON.stringify(resource)).join('\r\n'))
  assert.deepEqual(out.trimEnd().split('\n').map((line) => (JSON.parse(line) as { child: string }).child), ['Patient/severe'])
})
test('assess --fhir: one Bundle with the CarePlan of every child', async () => {
  const { out } = await run({ files: [children], format: 'fhir' })
  const bundle = JSON.parse(out) as { resourceType: string; entry: { resource: { resourceType: string } }[] }
  assert.equal(bundle.resourceType, 'Bundle')
  assert.equal(bundle.entry.filter(({ resource }) => resource.resourceType === 'CarePlan').length, 12)
})
test('assess --on: the plan of another day', async () => {
  const { out } = await run({ files: [children], format: 'json', on: '2027-01-10' })
  const day = parseDay('2027-01-10')
  assert.ok(day.ok)
  assert.equal((JSON.parse(out) as { on: number }[])[0]?.on, day.value)
})
test('assess: what stands after the day is left out and said', async () => {
  const { code, out } = await run({ on: '2026-08-25' }, JSON.stringify(bundles[0]))
  assert.equal(code, 0)
  assert.match(out, /3 facts are dated after the day of the plan/)
})

const folder = mkdtempSync(join(tmpdir(), 'assess-test-'))
const file = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const patient = (fields: Readonly<Record<string, unknown>>): string => JSON.stringify({ resourceType: 'Patient', id: 'p', gender: 'male', ...fields })
const bad: readonly { readonly what: string; readonly files: readonly string[]; readonly on?: string; readonly code?: number }[] = [
  { what: 'a file that is not there', files: [join(folder, 'nothing.json')] },
  { what: 'a folder', files: [folder] },
  { what: 'an empty file', files: [file('empty.json', ' \n')] },
  { what: 'broken JSON', files: [file('broken.json', '{\n  "resourceType": "Patient",\n}')] },
  { what: 'a broken line of NDJSON', files: [file('broken.ndjson', `${patient({ birthDate: '2025-01-01' })}\n{"resourceType":\n`)] },
  { what: 'a damaged archive', files: [file('cut.json.gz', gzipSync(patient({ birthDate: '2025-01-01' })).subarray(0, 30))] },
  { what: 'no text', files: [file('picture.json', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00]))] },
  { what: 'no FHIR', files: [file('list.json', '{"weight": 8.5}')] },
  { what: 'a Bundle of a wrong type', files: [file('type.json', '{"resourceType":"Bundle","type":"collections","entry":[]}')] },
  { what: 'no Patient', files: [file('observation.json', '{"resourceType":"Observation","id":"o","status":"final","code":{"text":"weight"}}')] },
  { what: 'a birth date that does not exist', files: [file('feb.json', patient({ birthDate: '2023-02-29' }))] },
  { what: 'a birth date in the future', files: [file('future.json', patient({ birthDate: '2031-02-01' }))] },
  { what: 'a birth date after the day asked for', files: [file('later.json', patient({ birthDate: '2026-02-01' }))], on: '2025-01-01' },
  { what: 'a day that is no date', files: [children], on: '23.11.2026', code: 2 },
]
for (const lang of LANGUAGES) test(`assess, bad input, ${lang}: one sentence each, no plan, nothing on standard output`, async () => {
  const said: string[] = []
  for (const { what, files, on, code = 1 } of bad) {
    const result = await run({ files, lang: lang as Language, ...(on === undefined ? {} : { on }) })
    assert.deepEqual([result.code, result.out], [code, ''], what)
    const lines = result.err.replaceAll(folder, '/data').trimEnd().split('\n')
    assert.equal(lines.length, 1, `${what}: ${result.err}`)
    assert.doesNotMatch(lines[0] as string, /\[[a-zA-Z]+\.[a-zA-Z.]+\]/)
    said.push(`${what}\n  ${lines[0] as string}`)
  }
  matches(`problems.${lang}.txt`, `${said.join('\n')}\n`)
})
const shared = process.env['BAIRN_SHARED'] ?? fileURLToPath(new URL('../../../../shared', import.meta.url))
test('assess: every synthetic record gives a plan on its last day', async (t) => {
  const folder = join(shared, 'data/fhir/synthea')
  if (!existsSync(folder)) {
    t.skip(`shared data not here: ${folder}`)
    return
  }
  const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as { file: string; last: string }[]
  for (const { file, last } of index) {
    const { code, out, err } = await run({ files: [join(folder, file)], on: last, format: 'json' })
    assert.deepEqual([code, err], [0, ''], file)
    assert.ok((JSON.parse(out) as { items: unknown[] }).items.length > 0, file)
  }
})
test('assess: one bad file among good ones: no plan at all', async () => {
  const { code, out } = await run({ files: [children, join(folder, 'feb.json')] })
  assert.deepEqual([code, out], [1, ''])
})
test('assess: doubtful values are said beside the plan, and the rest is used', async () => {
  const observation = (id: string, value: Readonly<Record<string, unknown>>) => ({ resourceType: 'Observation', id, status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] }, subject: { reference: 'Patient/p' }, effectiveDateTime: '2026-11-20', valueQuantity: value })
  const { code, out } = await run({ format: 'json' }, JSON.stringify([JSON.parse(patient({ birthDate: '2025-01-01' })), observation('a', { value: 8.1 }), observation('b', { value: 9, unit: 'stone' }), observation('c', { value: 400, system: 'http://unitsofmeasure.org', code: 'kg' }), observation('d', { value: 9.4, system: 'http://unitsofmeasure.org', code: 'kg' })]))
  assert.equal(code, 0)
  const [plan] = JSON.parse(out) as { issues: { where: string }[]; scores: unknown[] }[]
  assert.deepEqual(plan?.issues.map(({ where }) => where).toSorted(), ['Observation/a.valueQuantity', 'Observation/b.valueQuantity', 'Observation/c.valueQuantity'])
  assert.ok((plan?.scores.length ?? 0) > 0)
})
