/**
 * The closed loop on every series of every edition, risk series with their indication: each dose is given on its recommended day and must be
 * valid; so on, until the series is complete, or its recurring dose has recurred. Then the same through the whole engine, by vaccine group.
 * With BAIRN_PROVE=1 for many more dates of birth.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, formatDay, type Day } from '@bairn/quantities'
import { seriesOf, WRITTEN_EDITIONS } from './testing/editions.ts'
import { follow } from './testing/follow.ts'
import { birthFor, followSeries } from './testing/followSeries.ts'
import { later } from './testing/rows.ts'
import { day } from './testing/schedule.ts'

const PROVE = process.env['BAIRN_PROVE'] === '1'
/** Leap days and ends of months among them. */
const BIRTHS = [day('2009-03-05'), day('2012-02-29'), day('2015-08-31'), ...PROVE ? Array.from({ length: 120 }, (_, at) => addDays(day('2008-01-01'), at * 37)) : []]

/** Series that end otherwise, with the rule that makes them. */
const EXCEPTIONS: Readonly<Record<string, { readonly end: string; readonly why: string }>> = {
  'cdsi-4.64: Polio, Polio risk adult series': { end: 'not valid', why: 'its third dose completes the standard series too, and "has received a complete standard series" passes it over' },
}

for (const written of WRITTEN_EDITIONS) {
  test(`${written.id}: each dose of each series on its recommended day is valid, up to a complete or recurring series`, () => {
    let valid = 0
    for (const one of seriesOf(written)) for (const birthDate of BIRTHS) {
      const { end, given } = followSeries(one, written.edition, birthFor(one, birthDate, day))
      const exception = EXCEPTIONS[`${written.id}: ${one.name}`]
      if (exception === undefined ? end !== 'complete' && end !== 'recurring' : end !== exception.end) assert.fail(`${one.name}, born ${formatDay(birthFor(one, birthDate, day))}: ${end}\n${given.join('\n')}`)
      valid += given.length
    }
    assert.ok(valid > seriesOf(written).length * BIRTHS.length, `${valid} doses given`)
  })

  test(`${written.id}: through the whole engine, what each vaccine group recommends is valid on its day, to the 19th birthday`, () => {
    let loops = 0
    for (const birthDate of BIRTHS.slice(0, PROVE ? 12 : 1)) for (const { vaccineGroup, seriesType, sex, indication, begin } of loopsOf(written)) {
      const from = begin === undefined ? birthDate : later(birthDate, begin)
      const facts = { birthDate, sex, doses: [], observations: indication === undefined ? [] : [{ code: indication, date: from }] }
      const { end, given } = follow(facts, written.edition, { group: vaccineGroup, seriesType, from, until: Math.max(later(birthDate, '19 years'), addDays(from, 1200)) as Day })
      if (end === 'notValid') assert.fail(`${vaccineGroup}, ${seriesType}, ${sex}, ${indication ?? 'healthy'}, born ${formatDay(birthDate)}: ${end}\n${given.join('\n')}`)
      if (given.length > 0) loops += 1
    }
    assert.ok(loops >= written.edition.vaccineGroups.length, `${loops} loops of ${written.edition.vaccineGroups.length} groups`)
  })
}

interface Loop { readonly vaccineGroup: string; readonly seriesType: 'standard' | 'risk'; readonly sex: 'female' | 'male'; readonly indication?: string; readonly begin?: string }

function loopsOf(written: (typeof WRITTEN_EDITIONS)[number]): readonly Loop[] {
  const loops = new Map<string, Loop>()
  for (const { row: { vaccineGroup, type, indications = [], minAgeToStart, doses: [first] } } of seriesOf(written)) for (const sex of ['female', 'male'] as const) {
    if (type === 'standard') loops.set(`${vaccineGroup}|${sex}`, { vaccineGroup, seriesType: 'standard', sex })
    else for (const { observation, begin = minAgeToStart ?? (first?.ages === undefined ? first?.preferable?.[0]?.begin : undefined) } of indications) loops.set(`${vaccineGroup}|${sex}|${observation}`, { vaccineGroup, seriesType: 'risk', sex, indication: observation, ...(begin === undefined ? {} : { begin }) })
  }
  return [...loops.values()]
}
