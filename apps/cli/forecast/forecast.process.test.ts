/** `bairn forecast` as it is typed: lines in, lines out, exit codes. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { IMMUNIZATION_EDITIONS } from '@bairn/knowledge'
import { bairn, type Ended } from '../testing.ts'

let folder = ''
before(() => { folder = mkdtempSync(path.join(tmpdir(), 'bairn forecast ')) })
after(() => { rmSync(folder, { recursive: true, force: true }) })
const run = (args: readonly string[]): Promise<Ended> => bairn(['forecast', ...args], {}).ended
const write = (name: string, content: string | Buffer): string => {
  const file = path.join(folder, name)
  writeFileSync(file, content)
  return file
}
const request = (id: string, more: readonly object[] = [], birthDate = '2025-09-06'): string => JSON.stringify({ resourceType: 'Parameters', id, parameter: [
  { name: 'assessmentDate', valueDate: '2025-11-10' }, { name: 'patient', resource: { resourceType: 'Patient', id: 'p', birthDate, gender: 'male' } }, ...more,
] })
interface Line { readonly id?: string; readonly parameter: readonly { readonly name: string; readonly resource: { readonly issue?: readonly { readonly details: { readonly text: string } }[] } }[] }
const lines = (text: string): readonly Line[] => text.trim().split('\n').map((line) => JSON.parse(line) as Line)

test('one answer a request, in their order, with their ids; an empty line is nothing', async () => {
  const { code, stdout, stderr } = await run([write('two.ndjson', `${request('b')}\n\n${request('a')}`)])
  assert.deepEqual([code, stderr, lines(stdout).map(({ id }) => id)], [0, '', ['b', 'a']])
  assert.deepEqual(lines(stdout).map(({ parameter }) => parameter.map(({ name }) => name)), [['recommendation'], ['recommendation']])
})
test('gzip in, --out: the file is whole and standard output empty', async () => {
  const out = path.join(folder, 'answers.ndjson')
  const { code, stdout } = await run([write('one.ndjson.gz', gzipSync(request('z'))), '--out', out])
  assert.deepEqual([code, stdout, lines(readFileSync(out, 'utf8')).map(({ id }) => id)], [0, '', ['z']])
})
test('a line that cannot be answered is said with its number, the others are answered, exit 1', async () => {
  const { code, stdout, stderr } = await run([write('bad.ndjson', `${request('a')}\n{"resourceType":\n${request('future', [], '2025-12-01')}\n${request('b')}`)])
  const [, broken, future] = lines(stdout)
  assert.deepEqual([code, lines(stdout).map(({ id }) => id)], [1, ['a', undefined, 'future', 'b']])
  assert.match(stderr, /^Line 2 could not be answered: This line is not JSON: .*\nLine 3 could not be answered: patient\.birthDate: “2025-12-01” is after the day of the assessment/)
  assert.match(broken?.parameter[0]?.resource.issue?.[0]?.details.text ?? '', /^This line is not JSON/)
  assert.deepEqual(future?.parameter.map(({ name }) => name), ['outcome'])
})
const NO_SCHEDULE = `There is no schedule “mars-1”. There are: ${IMMUNIZATION_EDITIONS.join(', ')}.`
test('a named problem leaves exit 0: an unknown schedule in the request, answered by the usual one', async () => {
  const { code, stdout } = await run([write('schedule.ndjson', request('a', [{ name: 'schedule', valueString: 'mars-1' }]))])
  assert.deepEqual([code, lines(stdout)[0]?.parameter.map(({ name }) => name)], [0, ['recommendation', 'outcome']])
  assert.equal(lines(stdout)[0]?.parameter[1]?.resource.issue?.[0]?.details.text, NO_SCHEDULE)
})
test('--schedule that does not exist: exit 2, and which there are', async () => {
  assert.deepEqual(await run([write('one.ndjson', request('a')), '--schedule', 'mars-1']), { code: 2, stdout: '', stderr: `${NO_SCHEDULE}\n` })
})
test('a file that is not there, and an empty one: one sentence, exit 1', async () => {
  const missing = await run([path.join(folder, 'nothing.ndjson')])
  assert.deepEqual([missing.code, missing.stdout], [1, ''])
  assert.match(missing.stderr, /nothing\.ndjson cannot be read \(ENOENT\)/)
  assert.deepEqual(await run([write('empty.ndjson', '')]), { code: 1, stdout: '', stderr: 'There was no line to answer: give FHIR Parameters, one a line.\n' })
})
