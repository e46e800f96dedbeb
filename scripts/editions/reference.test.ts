/** What countries reported is carried whole, small, and read as it was read before by others. */
import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { test } from 'node:test'
import { listReferenceSchedules, loadReferenceSchedule } from '@bairn/knowledge'
import { alpha2ByIso3, compileReference, REFERENCE_FILE, reportedRows } from './reference.ts'

test('immunization/reference: what lies in knowledge/ is what the report compiles to, below 250 kB', () => {
  assert.equal(readFileSync(REFERENCE_FILE, 'utf8'), compileReference())
  assert.ok(statSync(REFERENCE_FILE).size < 250_000)
})
test('immunization/reference: 213 countries and areas, 8,390 rows, none lost and none changed', async () => {
  const countries = await listReferenceSchedules()
  assert.equal(countries.length, 213)
  const alpha2 = alpha2ByIso3()
  const wanted = reportedRows().map((row) => [alpha2.get(row.iso3), row.year, row.vaccine_code, Number(row.round), row.target_pop, row.geo_area, row.age_administered].join('|')).toSorted()
  const got: string[] = []
  for (const { country } of countries) {
    const schedule = await loadReferenceSchedule(country)
    for (const { vaccine, dose, population = '', place, reported } of schedule?.rows ?? []) got.push([country, schedule?.reportedYear, vaccine, dose, population, { national: 'NATIONAL', somePlaces: 'SUBNATIONAL', notSaid: '' }[place], reported].join('|'))
  }
  assert.equal(got.length, 8390)
  assert.deepEqual(got.toSorted(), wanted)
})
test('immunization/reference: every age is read as the export\'s own second reading has it', async () => {
  const alpha2 = alpha2ByIso3()
  const LETTER = { day: 'D', week: 'W', month: 'M', year: 'Y' } as const
  const readings = new Map(reportedRows().map((row) => {
    const single = row.age_to === row.age_from && row.age_to_unit === row.age_from_unit
    return [`${alpha2.get(row.iso3)}|${row.age_administered}`, [row.age_kind, row.age_from, row.age_from_unit, single ? '' : row.age_to, single ? '' : row.age_to_unit].join(' ').trim()]
  }))
  const KIND = { age: 'age', afterPrevious: 'after_previous', firstContact: 'first_contact', unread: 'unparsed' } as const
  let read = 0
  for (const country of alpha2.values()) for (const { age, reported } of (await loadReferenceSchedule(country))?.rows ?? []) {
    const text = age === undefined ? '' : age.kind === 'age' ? [KIND.age, age.from?.count ?? '', age.from === undefined ? '' : LETTER[age.from.unit], age.to?.count ?? '', age.to === undefined ? '' : LETTER[age.to.unit]].join(' ').trim()
      : age.kind === 'afterPrevious' ? [KIND.afterPrevious, age.after.count, LETTER[age.after.unit], age.to?.count ?? '', age.to === undefined ? '' : LETTER[age.to.unit]].join(' ').trim() : KIND[age.kind]
    assert.equal(text, readings.get(`${country}|${reported}`), `${country} ${reported}`)
    read += 1
  }
  assert.equal(read, 8390)
})
test('immunization/reference: a country that reported nothing is none', async () => { assert.equal(await loadReferenceSchedule('AQ'), undefined) })
test('immunization/reference: subnational rows, intervals and populations come out as such', async () => {
  const kenya = await loadReferenceSchedule('KE')
  assert.deepEqual(kenya?.rows.filter(({ vaccine }) => vaccine === 'YF' || vaccine === 'HPV4').map(({ vaccine, dose, place, population, age }) => [vaccine, dose, place, population, age]), [
    ['HPV4', 1, 'national', 'FEMALE', { kind: 'age', from: { count: 10, unit: 'year' }, to: { count: 14, unit: 'year' } }],
    ['HPV4', 2, 'national', 'FEMALE', { kind: 'afterPrevious', after: { count: 6, unit: 'month' } }],
    ['YF', 1, 'somePlaces', undefined, { kind: 'age', from: { count: 9, unit: 'month' } }],
  ])
})
