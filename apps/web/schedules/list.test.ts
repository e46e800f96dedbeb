/** The list of schedules, and the table of what a country reported. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listImmunizationEditions, loadReferenceSchedule } from '@bairn/knowledge'
import { found, listed } from './list.ts'
import { linesOf } from './reference.ts'

const english = new Intl.DisplayNames(['en'], { type: 'region' })
const { full, reference } = listed(await listImmunizationEditions(), (country) => (country === '001' ? 'WHO' : english.of(country) ?? country), 'en')

test('full editions first, then the countries that only reported: none in both', () => {
  assert.deepEqual([full.length, reference.length], [14, 200])
  assert.deepEqual(full.filter(({ country }) => reference.some((other) => other.country === country)), [])
  assert.deepEqual([full[0]?.name, reference[0]?.name, reference.at(-1)?.name], ['Bangladesh', 'Afghanistan', 'Zimbabwe'])
})
for (const { typed, name } of [{ typed: 'cote', name: 'Côte d’Ivoire' }, { typed: ' UGA', name: 'Uganda' }, { typed: 'ug', name: 'Uganda' }, { typed: 'united rep', name: 'Tanzania' }]) {
  test(`'${typed}' finds ${name}, whatever case and accents, by its code or its official name too`, () => assert.ok(found(reference, typed).some((one) => one.name === name), found(reference, typed).map((one) => one.name).join()))
}
test('nothing is found by a name that no country has; nothing typed finds all', () => {
  assert.deepEqual([found(reference, 'Atlantis').length, found(reference, ' ').length], [0, 200])
})
test('Uganda: a line a vaccine and population, its doses in the order reported', async () => {
  const lines = linesOf((await loadReferenceSchedule('UG'))?.rows ?? [])
  const penta = lines.find(({ key }) => key.startsWith('DTWPHIBHEPB'))
  assert.deepEqual(penta?.doses.map(({ reported }) => reported), ['W6', 'W10', 'W14'])
  assert.deepEqual(lines.filter(({ vaccine }) => vaccine.startsWith('Td ')).map(({ population }) => population), ['Adults', undefined])
})
