/**
 * A combination vaccine given, or its components on the same day: by disease nothing differs, neither how each dose is judged nor what is
 * forecast. On a schedule made for it, and on every edition for the combinations whose components the schedule treats as it treats them.
 * One rule sets a limit: how long others wait depends on whether the earlier dose was valid (CALCDTCONFLICT-2), and a combination is when one of
 * its antigens says so. So waits here have one length, and the histories are drawn by a fixed seed.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, type Day } from '@bairn/quantities'
import fc from 'fast-check'
import { decodeImmunizationEdition, type ImmunizationEdition } from './edition.ts'
import { immunize } from './immunize.ts'
import type { DoseAdministered, ImmunizationFacts } from './patient.ts'
import type { AntigenRow, ScheduleData, TargetDoseRow } from './schedule.ts'
import { combinationsOf, type Combination } from './testing/components.ts'
import { WRITTEN_EDITIONS } from './testing/editions.ts'
import { day, figures, scheduleOf, series } from './testing/schedule.ts'

const BIRTH = day('2020-01-31')
const LAST_AGE = 2200

/** What is said of each disease group: dose statuses by day, and forecasts. */
function byDisease(facts: ImmunizationFacts, edition: ImmunizationEdition, assessment: Day): unknown {
  const { evaluations, forecasts } = immunize(facts, edition, { assessment })
  const best = ['valid', 'extraneous', 'notValid', 'subStandard']
  return {
    statuses: Object.fromEntries([...Map.groupBy(evaluations, ({ vaccineGroup, dose: { date } }) => `${vaccineGroup} ${date}`)].map(([key, all]) => [key, best.find((status) => all.some((one) => one.status === status))]).toSorted()),
    forecasts: forecasts.map(({ members, vaccines, ...rest }) => ({ ...rest, vaccines: vaccines.map(({ cvx }) => cvx), members: members.map(({ state, status, dates }) => [state.series.name, status, dates]) })),
  }
}

function assertSplits(edition: ImmunizationEdition, combinations: readonly Combination[], others: readonly string[], numRuns: number): void {
  let split = 0
  const components = new Map(combinations.map(({ cvx, components: parts = [] }) => [cvx, parts]))
  const dose = fc.record({ age: fc.integer({ min: 0, max: LAST_AGE }), cvx: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...components.keys()) }, { weight: 1, arbitrary: fc.constantFrom(...others) }) })
  fc.assert(fc.property(fc.uniqueArray(dose, { maxLength: 8, selector: ({ age }) => age }), fc.integer({ min: 0, max: LAST_AGE }), (doses, age) => {
    const facts = (given: readonly (readonly [number, string])[]): ImmunizationFacts =>
      ({ birthDate: BIRTH, sex: 'female', observations: [], doses: given.map(([at, cvx], index): DoseAdministered => ({ id: `d${index}`, date: addDays(BIRTH, at), cvx })) })
    const whole = doses.map(({ age: at, cvx }) => [at, cvx] as const)
    const parts = doses.flatMap(({ age: at, cvx }) => (components.get(cvx) ?? [cvx]).map((part) => [at, part] as const))
    split += parts.length - whole.length
    assert.deepEqual(byDisease(facts(parts), edition, addDays(BIRTH, age)), byDisease(facts(whole), edition, addDays(BIRTH, age)))
  }), { numRuns, seed: 8 })
  assert.ok(split > numRuns, `${split} doses split`)
}

test('a schedule of our own: three antigens in two groups, with ages, intervals, conflicts, counts and a recurring dose', () => {
  const rows = (...cvx: readonly string[]): readonly TargetDoseRow[] => {
    const preferable = cvx.map((code) => ({ cvx: code, begin: '4 weeks', forecast: true as const }))
    const from = { previous: true } as const
    return [
      { preferable, ages: [{ absMin: '6 weeks - 4 days', min: '6 weeks', earliestRec: '2 months', latestRec: '3 months', max: '5 years' }] },
      { preferable, intervals: [{ from, absMin: '4 weeks - 4 days', min: '4 weeks', earliestRec: '8 weeks' }], skips: [{ context: 'both', logic: 'or', sets: [{ logic: 'and', conditions: [{ kind: 'age', begin: '1 year' }, { kind: 'count', compare: 'lessThan', count: 2 }] }] }] },
      { preferable, recurring: true, intervals: [{ from, absMin: '6 months', min: '1 year' }] },
    ]
  }
  const antigen = (name: string, vaccineGroup: string, ...cvx: readonly string[]): AntigenRow =>
    ({ name, contraindications: [], vaccineContraindications: [], series: [series(rows(...cvx), { name: `${name} series`, vaccineGroup })] })
  const vaccine = (...antigens: readonly string[]) => ({ name: antigens.join('-'), antigens: antigens.map((name) => ({ antigen: name })) })
  const schedule: ScheduleData = scheduleOf([], { schedule: {
    vaccines: { '01': vaccine('A'), '02': vaccine('B'), '03': vaccine('C'), '12': vaccine('A', 'B'), '13': vaccine('A', 'B', 'C'), '14': vaccine('B', 'C') },
    vaccineGroups: [{ name: 'G', antigens: ['A'] }, { name: 'H', antigens: ['B', 'C'], administerFullVaccineGroup: true }],
    conflicts: ['01', '02', '03', '12', '13', '14'].map((previous) => ({ previous, current: ['01', '02', '03', '12', '13', '14'], begin: '1 day', minEnd: '28 days', end: '28 days' })),
    antigens: [antigen('A', 'G', '01', '12', '13'), antigen('B', 'H', '02', '12', '13', '14'), antigen('C', 'H', '03', '13', '14')],
  } })
  const combinations = combinationsOf(schedule)
  assert.deepEqual(combinations, [{ cvx: '12', components: ['01', '02'] }, { cvx: '13', components: ['01', '02', '03'] }, { cvx: '14', components: ['02', '03'] }])
  assertSplits(decodeImmunizationEdition(figures, schedule), combinations, ['01', '02', '03'], 600)
})

for (const { id, schedule, edition } of WRITTEN_EDITIONS) test(`${id}: combinations whose components the schedule treats alike`, (context) => {
  const all = combinationsOf(schedule)
  const split = all.filter(({ components }) => components !== undefined)
  context.diagnostic(`${split.length} combinations are split, ${all.length - split.length} have no components that the schedule treats alike`)
  assert.ok(split.length > 0)
  assertSplits(edition, split, Object.keys(schedule.vaccines), 400)
})

test('cdsi-4.64: six combinations have such components; the others differ in their ages or hold diphtheria, which no code holds alone', () => {
  const { schedule } = WRITTEN_EDITIONS.find(({ id }) => id === 'cdsi-4.64') as (typeof WRITTEN_EDITIONS)[number]
  const found = combinationsOf(schedule)
  assert.deepEqual(found.flatMap(({ cvx, components }) => components === undefined ? [] : [[cvx, ...components].join(' ')]), ['22 107 47', '102 107 47 42', '132 107 02 47 42', '170 107 02 47', '198 107 42 47', '04 05 06'])
  assert.equal(found.length, 34)
})
