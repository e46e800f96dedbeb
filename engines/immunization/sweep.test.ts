/**
 * Every age and every interval of every target dose of every edition, five days before to five days after: the engine and a second reading
 * of the rows (testing/rows.ts) say the same of each day, with the same reasons, so that what is said changes on the very day.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, formatDay } from '@bairn/quantities'
import type { Evaluation } from './evaluate.ts'
import { boundariesOf, judgedNext } from './testing/boundaries.ts'
import { seriesOf, WRITTEN_EDITIONS } from './testing/editions.ts'
import { readDose, type Reading } from './testing/rows.ts'

const AROUND = [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5] as const

for (const written of WRITTEN_EDITIONS) test(`${written.id}: each day around each age and interval of each target dose is judged as its row says`, () => {
  const seen = new Map<string, number>()
  let [boundaries, turning] = [0, 0]
  for (const one of seriesOf(written)) for (const [index, row] of one.row.doses.entries()) {
    for (const probe of boundariesOf(one.row.doses, row, index)) {
      boundaries += 1
      const statuses = new Set<string>()
      for (const offset of AROUND) {
        const given = { ...probe.given, date: addDays(probe.day, offset) }
        // A day before birth, or not after the dose before it, is no day for this dose.
        if (given.date < Math.max(given.birthDate, (given.earlier.at(-1)?.date ?? given.birthDate - 1) + 1)) continue
        const expected = readDose(row, given, written.schedule.conflicts)
        const found = readingOf(judgedNext(written.edition, one.series, index, given))
        if (found.status !== expected.status || found.says.join() !== expected.says.join()) {
          assert.deepEqual(found, expected, `${one.name}, dose ${index + 1}, ${probe.what}: ${given.cvx} on ${formatDay(given.date)}, born ${formatDay(given.birthDate)}`)
        }
        statuses.add(expected.status)
        for (const said of [expected.status, ...expected.says.map((text) => text.split(' ')[0] as string)]) seen.set(said, (seen.get(said) ?? 0) + 1)
      }
      if (statuses.size > 1) turning += 1
    }
  }
  // Nothing of this is proved by days that all say the same.
  for (const said of ['valid', 'notValid', 'age.tooYoung', 'interval.tooSoon', 'vaccine.notAllowed']) assert.ok((seen.get(said) ?? 0) > boundaries / 20, `${said}: ${seen.get(said)} of ${boundaries} boundaries`)
  assert.ok(turning > boundaries / 3, `${turning} of ${boundaries} boundaries change the status`)
})

const NUMBERED = /^(?:age|interval\.(?:grace|tooSoon)|conflict)/
const readingOf = ({ status, findings }: Evaluation): Reading =>
  ({ status, says: findings.filter(({ rule }) => rule !== 'satisfy.valid').map(({ rule, day }) => NUMBERED.test(rule) && day !== undefined ? `${rule} ${formatDay(day)}` : rule).toSorted() })
