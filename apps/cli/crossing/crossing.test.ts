/** `bairn transfer`: FHIR in, decisions, differences and catch-up out; what cannot be used is said. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable, Writable } from 'node:stream'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { validateResource } from '@bairn/fhir/validate'
import { runCrossing, type CrossingOptions } from './index.ts'

const EXAMPLE = path.resolve(import.meta.dirname, '../../../examples/crossing-borders/kenya-usa.json')
interface Ran { readonly code: number; readonly out: string; readonly err: string }
async function run(options: Partial<CrossingOptions>, input: string | Buffer = ''): Promise<Ran> {
  let [out, err] = ['', '']
  const sink = (take: (text: string) => void) => new Writable({ write(piece, _, done) { take(String(piece)); done() } })
  const code = await runCrossing({ from: 'US', to: 'US', on: '2026-03-15', format: 'text', language: 'en', stdin: Readable.from([Buffer.from(input)]), stdout: sink((text) => { out += text }), stderr: sink((text) => { err += text }), ...options })
  return { code, out, err }
}
const example = readFileSync(EXAMPLE, 'utf8')
interface Entry { readonly resource: { readonly resourceType: string; readonly id: string } & Record<string, unknown> }
const entries = (JSON.parse(example) as { readonly entry: readonly Entry[] }).entry
const decisions = ({ out }: Ran): readonly string[] => (JSON.parse(out) as { decisions: { dose: { id: string }; disease?: string; decision: string }[] }).decisions.map(({ dose, disease, decision }) => `${dose.id} ${disease ?? '-'} ${decision}`)

test('a child\'s bundle: each dose by disease, the catch-up with its days and why, and what comes later', async () => {
  const { code, out, err } = await run({ file: EXAMPLE })
  assert.deepEqual([code, err], [0, ''])
  assert.match(out, /^Child from Kenya, girl, 18 months, born 2 September 2024$/m)
  assert.match(out, /4 June 2025, M\/R: does not count\n +Not counted against measles by the schedule of the United States: given at 9 months; it counts from 12 months less 4 days on, for this child from 29 August 2025\./)
  assert.match(out, /Today, 15 March 2026: 9 vaccines\n/)
  assert.match(out, /15 September 2026: 1 vaccine\n.*\n +Not earlier: against hepatitis A at least 6 months after an earlier dose\./)
  assert.match(out, /Dose 2 against measles, mumps and rubella: 2 September 2028\./)
  assert.doesNotMatch(out, /\[[a-z]+\.|\{/)
})
test('--json: decisions, differences and plan, every message with its sentence', async () => {
  const ran = await run({ file: EXAMPLE, format: 'json' })
  assert.ok(decisions(ran).includes('dose-15 Measles repeat') && decisions(ran).includes('dose-14 Polio accepted'))
  const { plan } = JSON.parse(ran.out) as { plan: { visits: { day: number; doses: { text: { sentence: string } }[] }[] } }
  assert.equal(plan.visits[0]?.doses[0]?.text.sentence, 'DTaP: dose 4 against diphtheria, whooping cough and tetanus')
})
test('--fhir: evaluations and the catch-up, valid FHIR R4', async () => {
  const { out } = await run({ file: EXAMPLE, format: 'fhir' })
  const bundle = JSON.parse(out) as { entry: { resource: { resourceType: string; recommendation?: unknown[] } }[] }
  assert.deepEqual(validateResource(bundle), [])
  assert.equal(bundle.entry.filter(({ resource }) => resource.resourceType === 'ImmunizationRecommendation').length, 1)
  assert.equal(bundle.entry.filter(({ resource }) => resource.resourceType === 'ImmunizationEvaluation').length, decisions(await run({ file: EXAMPLE, format: 'json' })).length)
})
test('a code of three letters, small letters, gzip, NDJSON, loose resources in any order and standard input say the same', async () => {
  const wanted = decisions(await run({ file: EXAMPLE, format: 'json' }))
  const folder = mkdtempSync(path.join(tmpdir(), 'bairn transfer '))
  const packed = path.join(folder, 'child.json.gz')
  writeFileSync(packed, gzipSync(example))
  const lines = path.join(folder, 'child.ndjson')
  writeFileSync(lines, entries.map(({ resource }) => JSON.stringify(resource)).toReversed().join('\n'))
  for (const ran of [
    await run({ from: 'usa', to: 'us', file: packed, format: 'json' }), await run({ format: 'json' }, example), await run({ format: 'json', file: '-' }, JSON.stringify(JSON.parse(example))), await run({ file: lines, format: 'json' }),
  ]) assert.deepEqual(decisions(ran).toSorted(), wanted.toSorted(), ran.err)
})
test('two children in one bundle: each keeps its own doses, by id, full address or urn', async () => {
  const patient = (id: string) => ({ resourceType: 'Patient', id, birthDate: '2024-01-01', gender: 'male' })
  const dose = (id: string, reference: string) => ({ resourceType: 'Immunization', id, status: 'completed', patient: { reference }, occurrenceDateTime: '2024-03-05', vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '10' }] } })
  const bundle = { resourceType: 'Bundle', type: 'collection', entry: [
    { fullUrl: 'urn:uuid:1', resource: { ...patient('x'), id: undefined } }, { resource: patient('b') },
    { resource: dose('one', 'urn:uuid:1') }, { resource: dose('two', 'Patient/b') }, { resource: dose('three', 'https://there.example/fhir/Patient/b') }, { resource: dose('four', 'Patient/nobody') },
  ] }
  const { out } = await run({ format: 'json' }, JSON.stringify([bundle]))
  const found = JSON.parse(out) as { decisions: { dose: { id: string } }[]; issues: { text: { sentence: string } }[] }[]
  assert.deepEqual(found.map((child) => child.decisions.map(({ dose: { id } }) => id)), [['one'], ['three', 'two']])
  assert.equal(found[0]?.issues[0]?.text.sentence, 'Immunization/four belongs to nobody here (Patient/nobody): it was left out.')
})
test('an unknown code and a dose without a day are said, and the rest is answered', async () => {
  const more = [...entries, { resource: { resourceType: 'Immunization', id: 'strange', status: 'completed', vaccineCode: { text: 'the red one' }, occurrenceDateTime: '2025-01-01', patient: { reference: 'Patient/kenya-usa' } } }, { resource: { resourceType: 'Immunization', id: 'someday', status: 'completed', vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '10' }] }, occurrenceString: 'last rains', patient: { reference: 'Patient/kenya-usa' } } }]
  const { code, out } = await run({}, JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: more }))
  assert.equal(code, 0)
  assert.match(out, /In the record\n(?:.*\n)*.*the red one/)
  assert.match(out, /last rains/)
})
test('a country that only reported its schedule: it cannot be judged by, and what was reported is shown with its year', async () => {
  const { code, out, err } = await run({ to: 'GHA' }, example)
  assert.deepEqual([code, out], [2, ''])
  assert.match(err, /^--to: what is here of Ghana is only what it reported for \d{4}/)
  assert.match(err, /BCG.*: B/i)
  assert.match(err, /WHO\/UNICEF Joint Reporting Form/)
})
test('where the sources of the new country differ, and what none of them says, is shown in the language asked for', async () => {
  const [english, arabic] = [await run({ to: 'NG' }, example), await run({ to: 'NG', language: 'ar' }, example)]
  assert.match(english.out, /Not certain of the new schedule\n(?:.*\n)* +Malaria: the sources differ: is not in the report for 2023 \(.*\); is given at 5, 6, 7 and 15 months \(.*\)\./)
  assert.match(arabic.out, /Malaria: المصادر مختلفة: ليس في تقرير عام 2023/)
})
test('a vaccine in a code of another system, and one of which only the month is known: decided, because no day of it changes the answer', async () => {
  const shot = (id: string, system: string, code: string, occurrenceDateTime: string) => ({ resource: { resourceType: 'Immunization', id, status: 'completed', patient: { reference: 'Patient/kenya-usa' }, vaccineCode: { coding: [{ system, code }] }, occurrenceDateTime } })
  const given = (month: string) => JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: [entries.map((resource) => resource)[0], shot('nuva', 'http://ivci.org/NUVA', 'VAC0134', '2024-09-02'), shot('month', 'http://hl7.org/fhir/sid/cvx', '10', month)] })
  const { out } = await run({ from: 'NG', to: 'KE', format: 'json' }, given('2025-01'))
  assert.deepEqual(decisions({ code: 0, out, err: '' }), ['nuva Tuberculosis accepted', 'month Polio accepted'])
  const { out: text } = await run({ from: 'NG', to: 'KE' }, given('2025-01'))
  assert.match(text, /between 1 January 2025 and 31 January 2025, .*: counts/)
  assert.doesNotMatch(text, /31 January 2025, injected polio/)
  // Born on 2 September: IPV counts from fourteen weeks on, 9 December: its day decides.
  const { out: open } = await run({ from: 'NG', to: 'KE' }, given('2024-12'))
  assert.match(open, /between 1 December 2024 and 31 December 2024, .*: cannot be judged\n.*depends on its day, from 1 December 2024 to 31 December 2024: look at the card/)
})
for (const { what, options, input, code, err } of [
  { what: 'a country without a schedule', options: { from: 'XX' }, input: example, code: 2, err: /--from: there is no schedule of “XX” here to judge by\. There are: .*US/ },
  { what: 'letters that are no country', options: { to: 'Kenya' }, input: example, code: 2, err: /--to: there is no schedule of “Kenya” here/ },
  { what: 'a day that is none', options: { on: '2026-02-30' }, input: example, code: 2, err: /“2026-02-30” is not a date/ },
  { what: 'a file that is not there', options: { file: 'no-such.json' }, input: '', code: 1, err: /There is no file “no-such\.json”/ },
  { what: 'no child', options: {}, input: JSON.stringify({ resourceType: 'Immunization', id: 'x' }), code: 1, err: /has no Patient in it/ },
  { what: 'no birth date', options: {}, input: JSON.stringify({ resourceType: 'Patient', id: 'x' }), code: 1, err: /without it no dose can be judged/ },
] as const) test(`${what}: one sentence, exit code ${code}, no answer`, async () => {
  const ran = await run(options, input)
  assert.deepEqual([ran.code, ran.out], [code, ''])
  assert.match(ran.err, err)
  assert.equal(ran.err.trim().split('\n').length, 1)
})
