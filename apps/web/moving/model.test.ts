/** A transfer as rows, marks and an axis; the three stories read from their files. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { formatMessage, loadMessages } from '@bairn/knowledge'
import { addPeriod, dayOf, formatDay } from '@bairn/quantities'
import { askedOnce, axisOf, diseasesIn, placeOn, rowsOf, type MoveRow } from './model.ts'
import { readMove, type Moved } from './read.ts'

await loadMessages('en')
const ON = dayOf({ year: 2026, month: 3, day: 15 })
type Resource = Readonly<Record<string, unknown>>
const resources = (story: string): readonly Resource[] =>
  (JSON.parse(readFileSync(new URL(`../../../examples/crossing-borders/${story}.json`, import.meta.url), 'utf8')) as { entry: { resource: Resource }[] }).entry.map(({ resource }) => resource)
async function story(name: string, from: string, to: string): Promise<{ readonly rows: readonly MoveRow[]; readonly moved: Extract<Moved, { kind: 'moved' }> }> {
  const moved = await readMove(resources(name), { from, to, on: ON })
  assert.ok(moved.kind === 'moved')
  return { moved, rows: rowsOf(moved.found, { from: diseasesIn(moved.from.antigens), to: diseasesIn(moved.to.antigens) }) }
}
const row = (rows: readonly MoveRow[], disease: string): MoveRow => {
  const found = rows.find(({ diseases }) => diseases.includes(disease))
  assert.ok(found, disease)
  return found
}
const kenya = await story('kenya-usa', 'KE', 'US')
const nigeria = await story('nigeria-united-kingdom', 'NG', 'GB')

test('Kenya to the United States: five diseases of one vaccine share a row, all three doses count', () => {
  const { diseases, given, needed, outcome } = row(kenya.rows, 'Hib')
  assert.deepEqual(diseases, ['Diphtheria', 'HepB', 'Hib', 'Pertussis', 'Tetanus'])
  assert.deepEqual([given.map(({ verdict }) => verdict), needed.map(formatDay), outcome], [['accepted', 'accepted', 'accepted'], ['2026-03-15'], 'giveToday'])
})
test('measles at 9 months does not count there, and the sentence is about measles and rubella together', () => {
  const { given, outcome, because } = row(kenya.rows, 'Measles')
  assert.deepEqual([given.map(({ verdict }) => verdict), outcome], [['repeat'], 'giveToday'])
  assert.match(formatMessage(because[0] ?? { key: '' }, 'en'), /^Not counted against measles and rubella by the schedule of the United States: given at 9 months/)
})
test('a vaccine that only the old country gives stays on record: nothing to give, not asked for', () => {
  const { outcome, inFrom, inTo, needed } = row(kenya.rows, 'Tuberculosis')
  assert.deepEqual([outcome, inFrom, inTo, needed], ['notAsked', true, false, []])
})
test('a disease that only the new country knows has a row without doses', () => {
  const { given, inFrom, outcome } = row(kenya.rows, 'HepA')
  assert.deepEqual([given, inFrom, outcome], [[], false, 'giveToday'])
})
test('what counts by WHO’s rules alone is never called simply up to date, and what they do not count asks for a person', () => {
  assert.equal(row(nigeria.rows, 'HepB').outcome, 'byOthers')
  assert.ok(row(nigeria.rows, 'HepB').given.some(({ verdict }) => verdict === 'unconfirmed'))
  const polio = row(nigeria.rows, 'Polio')
  assert.deepEqual([polio.outcome, polio.given[0]?.verdict], ['look', 'notConfirmed'])
  assert.equal(nigeria.rows.some(({ given }) => given.some(({ verdict }) => verdict === 'repeat')), false)
})
for (const [name, { moved, rows }] of Object.entries({ kenya, nigeria })) test(`${name}: every decision stands in exactly one row, every day still to give too`, () => {
  assert.equal(rows.reduce((sum, { decisions }) => sum + decisions.length, 0), moved.found.decisions.length)
  const diseases = rows.flatMap((one) => one.diseases)
  assert.equal(new Set(diseases).size, diseases.length)
  for (const { disease, days } of moved.found.toGive) assert.deepEqual(row(rows, disease).needed, days, disease)
})
test('one question of several diseases is asked once, naming them all', () => {
  const asked = askedOnce(nigeria.moved.found.ask).map((text) => formatMessage(text, 'en'))
  assert.ok(asked.length < nigeria.moved.found.ask.length)
  for (const disease of ['polio', 'hepatitis B', 'pneumococcal', 'tetanus']) assert.equal(asked.filter((text) => text.split(':')[0]?.includes(disease)).length, 1, disease)
})
test('the axis is true: birth at 0, in proportion, today and the last day on it', () => {
  const birth = dayOf({ year: 2024, month: 9, day: 2 })
  const last = addPeriod(birth, { months: 24, days: 0 })
  const axis = axisOf(birth, ON, [last])
  assert.equal(placeOn(axis, birth), 0)
  assert.ok(Math.abs(axis.today / placeOn(axis, last) - (ON - birth) / (last - birth)) < 0.001)
  assert.ok(placeOn(axis, last) < 100)
  assert.deepEqual(axis.ticks.map(({ months }) => months).slice(0, 3), [0, 6, 12])
  assert.ok(axis.ticks.every(({ at }) => Math.abs(at - axis.today) > 9))
})
test('without the whole day of birth nothing is decided', async () => {
  const [patient, ...rest] = resources('kenya-usa')
  assert.deepEqual(await readMove([{ ...patient, birthDate: '2024-09' }, ...rest], { from: 'KE', to: 'US', on: ON }), { kind: 'noBirthDay' })
})
