/** Which schedule a country has, and that asking loads nothing but it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findCountry, IMMUNIZATION_EDITIONS, immunizationEditionFor, listImmunizationEditions, loadImmunizationEdition, loadReferenceSchedule } from './index.ts'

for (const [country, has] of [
  ['US', { id: 'cdsi-4.64', kind: 'full' }], ['KE', { id: 'ken-2023', kind: 'full' }], ['NG', { id: 'nga-2026', kind: 'full' }], ['UA', { id: 'ukr-2024', kind: 'full' }],
  ['GH', { kind: 'reference' }], ['XK', { kind: 'reference' }], ['AQ', undefined], ['KEN', undefined],
] as const) test(`the schedule of ${country}`, () => { assert.deepEqual(immunizationEditionFor(country), has) })

test('every edition is listed once, and every country that only reported', async () => {
  const all = await listImmunizationEditions()
  assert.deepEqual(all.filter(({ kind }) => kind === 'full').map(({ id }) => id), IMMUNIZATION_EDITIONS)
  assert.equal(all.filter(({ kind }) => kind === 'reference').length, 213 - 13)
  assert.equal(new Set(all.map(({ country }) => country)).size, all.length)
  for (const { kind, country } of all.filter((one) => one.kind === 'reference')) assert.equal(immunizationEditionFor(country)?.kind, kind)
})
test('what is listed of an edition is what the edition says', async () => {
  for (const { id, country, title, reviewBy, reportedYear, borrowed } of (await listImmunizationEditions()).filter(({ kind }) => kind === 'full')) {
    const edition = await loadImmunizationEdition(id ?? '')
    assert.deepEqual([edition?.country, edition?.title, edition?.reviewBy, edition?.reportedYear, edition?.borrowed], [country, title, reviewBy, reportedYear, borrowed])
  }
})
test('a reference schedule says its year, its source and its licence, and nothing of being due', async () => {
  const ghana = await loadReferenceSchedule('GH')
  assert.deepEqual([ghana?.name, ghana?.reportedYear, ghana?.rows.length], ['Ghana', 2023, ghana?.rows.length])
  assert.match(`${ghana?.source} ${ghana?.licence}`, /WHO\/UNICEF.*CC BY-NC-SA/)
  assert.doesNotMatch(JSON.stringify(ghana), /"(?:due|recommended|pastDue|earliest|valid)"/)
})
for (const [code, country] of [['KE', 'KE'], ['ke', 'KE'], ['KEN', 'KE'], ['usa', 'US'], ['GHA', 'GH'], ['DEU', 'DE'], ['ZWE', 'ZW'], ['XX', undefined], ['XXX', undefined], ['', undefined]] as const) {
  test(`a country by its letters: '${code}'`, () => { assert.equal(findCountry(code), country) })
}
