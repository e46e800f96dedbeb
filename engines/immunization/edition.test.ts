/** The United States edition is what its sources say, small, and an edition with a gap or a typing error is named with its place. */
import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { loadImmunizationEdition } from '@bairn/knowledge'
import { checkImmunizationEdition } from './checkEdition.ts'
import { decodeImmunizationEdition } from './edition.ts'
import type { ScheduleData } from './schedule.ts'
import { dose, figures, scheduleOf, series } from './testing/schedule.ts'

const file = new URL('../../knowledge/immunization/cdsi-4.64/schedule.json', import.meta.url)
const schedule = JSON.parse(readFileSync(file, 'utf8')) as ScheduleData
const count = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((sum, item) => sum + of(item), 0)

test('cdsi-4.64 holds 30 antigens, 143 series, 484 target doses, 218 vaccines, 26 groups, 625 conflicts, 277 observations', () => {
  assert.deepEqual([
    schedule.antigens.length, count(schedule.antigens, (antigen) => antigen.series.length), count(schedule.antigens, (antigen) => count(antigen.series, (one) => one.doses.length)),
    Object.keys(schedule.vaccines).length, schedule.vaccineGroups.length, count(schedule.conflicts, ({ current }) => current.length), Object.keys(schedule.observations).length,
  ], [30, 143, 484, 218, 26, 625, 277])
})
test('cdsi-4.64 loses nothing on the way: the counts of CDC\'s elements', () => {
  const doses = schedule.antigens.flatMap((antigen) => antigen.series.flatMap((one) => one.doses))
  assert.deepEqual([
    count(doses, ({ preferable = [] }) => preferable.length), count(doses, ({ allowable = [] }) => allowable.length), count(doses, ({ inadvertent = [] }) => inadvertent.length),
    count(doses, ({ skips = [] }) => skips.length), count(doses, ({ skips = [] }) => count(skips, ({ sets }) => count(sets, ({ conditions }) => conditions.length))), doses.filter(({ recurring }) => recurring === true).length,
  ], [1089, 3706, 307, 264, 469, 29])
})
test('cdsi-4.64 is at most 1 MB compressed', () => {
  assert.ok(gzipSync(readFileSync(file)).length < 1_000_000)
  assert.ok(statSync(file).size > 100_000)
})
test('cdsi-4.64 has no gap', async () => {
  const edition = await loadImmunizationEdition('cdsi-4.64')
  assert.ok(edition !== undefined)
  assert.deepEqual(checkImmunizationEdition(edition, schedule), [])
  assert.equal(edition.antigens.length, 30)
})
test('an observation to be asked about that the schedule does not have is refused by name', () => {
  assert.deepEqual(checkImmunizationEdition({ ...figures, reactions: ['999'] }, scheduleOf([series([dose({})])])), ["reactions: no observation '999'"])
})

for (const { wrong, rows, says } of [
  { wrong: 'a period with a typing error', rows: [series([dose({ ages: [{ min: '6 wekes' }] })])], says: "not a period: '6 wekes'" },
  { wrong: 'a vaccine that is not there', rows: [series([dose({ allowable: [{ cvx: '99' }] })])], says: "A, one, dose 1: no vaccine '99'" },
  { wrong: 'a dose that no vaccine satisfies', rows: [series([dose(), { preferable: [] }])], says: 'A, one, dose 2: no vaccine counts for it' },
  { wrong: 'a series without a dose', rows: [series([])], says: 'A, one: no dose' },
  { wrong: 'an interval from a later dose', rows: [series([dose({ intervals: [{ from: { targetDose: 1 }, min: '4 weeks' }] })])], says: 'A, one, dose 1: an interval from dose 1' },
  { wrong: 'a risk series without an indication', rows: [series([dose()], { type: 'risk' })], says: 'A, one: a risk series without an indication' },
  { wrong: 'an observation that is not there', rows: [series([dose()], { type: 'risk', indications: [{ observation: '999' }] })], says: "A, one: no observation '999'" },
  { wrong: 'a vaccine group that is not there', rows: [series([dose()], { vaccineGroup: 'X' })], says: "A, one: no vaccine group 'X'" },
] as const) test(`an edition with ${wrong} is refused by name`, () => {
  assert.deepEqual(checkImmunizationEdition(figures, scheduleOf(rows)), [says])
  assert.throws(() => decodeImmunizationEdition(figures, scheduleOf(rows)), new RegExp(says.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')))
})
