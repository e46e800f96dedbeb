/** What counts as catch-up, when it is given and what is never planned, on a small schedule. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatMessage, loadImmunizationEdition, loadMessages } from '@bairn/knowledge'
import { formatDay } from '@bairn/quantities'
import { catchUp, type CatchUp } from './catchUp.ts'
import type { ImmunizationEdition } from './edition.ts'
import type { ImmunizationFacts } from './patient.ts'
import type { ScheduleData } from './schedule.ts'
import { day, dose, editionOf, series } from './testing/schedule.ts'

/** Born on 2024-01-01; doses as '2024-03-01 02'. */
const plan = (edition: ImmunizationEdition, on: string, doses: readonly string[] = [], more: Partial<ImmunizationFacts> = {}): CatchUp => catchUp({
  birthDate: day('2024-01-01'), sex: 'female', observations: [], ...more,
  doses: doses.map((text, index) => ({ id: `d${index}`, date: day(text.slice(0, 10)), cvx: text.slice(11) })),
}, edition, { assessment: day(on) })
const visits = (found: CatchUp): readonly string[] => found.visits.map((visit) => [formatDay(visit.day), ...visit.doses.map(({ cvx }) => cvx)].join(' '))
const only = (cvx: string) => [{ cvx, forecast: true as const }]

const monthly = editionOf([series([
  dose({ ages: [{ absMin: '6 weeks', min: '6 weeks', earliestRec: '2 months' }] }),
  dose({ ages: [{ absMin: '10 weeks', min: '10 weeks', earliestRec: '4 months' }], intervals: [{ from: { previous: true }, absMin: '4 weeks', min: '4 weeks' }] }),
  dose({ ages: [{ absMin: '6 months', min: '6 months', earliestRec: '15 months' }], intervals: [{ from: { previous: true }, absMin: '6 months', min: '6 months' }] }),
])])
const withoutB = (found: CatchUp): readonly string[] => visits(found).map((text) => text.replace(' 03', '')).filter((text) => text.length > 10)

test('a dose that is not due at its age yet is routine, not catch-up', () => {
  const found = plan(monthly, '2024-02-20')
  assert.deepEqual(withoutB(found), [])
  assert.deepEqual(found.routine.map(({ vaccineGroup, doseNumber, recommended }) => `${vaccineGroup} ${doseNumber} ${formatDay(recommended)}`), ['G 1 2024-03-01'])
})
test('on the day before the recommended day nothing is behind, on the day it is', () => {
  assert.deepEqual(withoutB(plan(monthly, '2024-02-29')), [])
  assert.deepEqual(withoutB(plan(monthly, '2024-03-01')), ['2024-03-01 01'])
})
test('a child who is behind follows at the shortest interval, until a dose that waits for its age: then the child has caught up', () => {
  const found = plan(monthly, '2024-05-10')
  assert.deepEqual(withoutB(found), ['2024-05-10 01', '2024-06-07 01'])
  assert.deepEqual(found.routine.map(({ doseNumber, recommended }) => `${doseNumber} ${formatDay(recommended)}`), ['3 2025-04-01'])
})
test('a dose that an interval pushes past its age is still catch-up', () => {
  assert.deepEqual(withoutB(plan(monthly, '2025-01-01')), ['2025-01-01 01', '2025-01-29 01', '2025-07-29 01'])
})
test('each visit says why it is not earlier', async () => {
  await loadMessages('en')
  const [first, second] = plan(monthly, '2025-01-01').visits
  assert.deepEqual(first?.because, [])
  assert.deepEqual(second?.because.map((text) => formatMessage(text, 'en')), ['Not earlier: against A at least 4 weeks after an earlier dose.'])
})

/** A: vaccines 01, 02; B: vaccine 03; 05 holds both. */
const combined = (flagged: boolean): ImmunizationEdition => {
  const both = flagged ? [{ cvx: '05', forecast: true as const }] : [{ cvx: '05' }]
  const schedule: Partial<ScheduleData> = {
    vaccines: { '01': { name: 'A alone', antigens: [{ antigen: 'A' }] }, '02': { name: 'A too', antigens: [{ antigen: 'A' }] }, '03': { name: 'B alone', antigens: [{ antigen: 'B' }] }, '05': { name: 'A and B', antigens: [{ antigen: 'A' }, { antigen: 'B' }] } },
    antigens: [
      { name: 'A', contraindications: [], vaccineContraindications: [], series: [series([dose({ ages: [{ earliestRec: '0 days' }], preferable: [...only('01'), ...both] })])] },
      { name: 'B', contraindications: [], vaccineContraindications: [{ observation: '001', vaccines: [{ cvx: '05' }] }], series: [series([dose({ ages: [{ earliestRec: '0 days' }], preferable: [...only('03'), ...both] })], { name: 'b', vaccineGroup: 'H' })] },
    ],
  }
  return editionOf([], { schedule })
}
test('a combination vaccine saves a dose where the schedule names it for forecasts', () => {
  assert.deepEqual(visits(plan(combined(true), '2025-01-01')), ['2025-01-01 05'])
  assert.deepEqual(plan(combined(true), '2025-01-01').visits[0]?.doses[0]?.covers.map(({ vaccineGroup }) => vaccineGroup), ['G', 'H'])
})
test('a combination vaccine that the schedule does not name for forecasts is not used', () => {
  assert.deepEqual(visits(plan(combined(false), '2025-01-01')), ['2025-01-01 01 03'])
})
test('a combination vaccine is not used where one of its antigens is not needed any more', () => {
  assert.deepEqual(visits(plan(combined(true), '2025-01-01', ['2024-06-01 03'])), ['2025-01-01 01'])
})
test('a vaccine that a contraindication forbids is never planned, by whichever of its antigens', () => {
  assert.deepEqual(visits(plan(combined(true), '2025-01-01', [], { observations: [{ code: '001' }] })), ['2025-01-01 01 03'])
})

const live = (codes: readonly string[]) => codes.map((previous) => ({ previous, current: codes, begin: '1 day', minEnd: '28 days', end: '28 days' }))
const twoLive = editionOf([series([dose({ ages: [{ absMin: '12 months', min: '12 months', earliestRec: '0 days' }] })])], {
  schedule: {
    conflicts: live(['01', '03']),
    antigens: [
      { name: 'A', contraindications: [], vaccineContraindications: [], series: [series([dose({ ages: [{ absMin: '12 months', min: '12 months', earliestRec: '0 days' }] })])] },
      { name: 'B', contraindications: [], vaccineContraindications: [], series: [series([dose({ ages: [{ absMin: '12 months - 10 days', min: '12 months - 10 days', earliestRec: '0 days' }], preferable: only('03') })], { name: 'b', vaccineGroup: 'H' })] },
    ],
  },
})
test('of two live vaccines the earlier waits for the later, so that one visit serves both', () => {
  assert.deepEqual(visits(plan(twoLive, '2024-06-01')), ['2025-01-01 01 03'])
})
test('what may be given today is given today, though a live vaccine then makes another wait four weeks', () => {
  assert.deepEqual(visits(plan(twoLive, '2024-12-24')), ['2024-12-24 03', '2025-01-21 01'])
})
test('a maximum age ends a series: what is left of it is said, with the day', async () => {
  const edition = editionOf([series([dose({ ages: [{ absMin: '6 weeks', min: '6 weeks', earliestRec: '2 months', max: '8 months' }] })])])
  assert.deepEqual(withoutB(plan(edition, '2024-08-31')), ['2024-08-31 01'])
  const late = plan(edition, '2024-09-01')
  assert.deepEqual(withoutB(late), [])
  assert.deepEqual(late.unplanned.filter(({ vaccineGroup }) => vaccineGroup === 'G').map(({ why, findings }) => [why, findings.map(({ rule, day: on }) => `${rule} ${on === undefined ? '' : formatDay(on)}`)]), [['agedOut', ['need.agedOut 2024-09-01']]])
})
test('a vaccine that is given after a talk is not planned by date', async () => {
  const edition = await loadImmunizationEdition('cdsi-4.64')
  assert.ok(edition !== undefined)
  const found = catchUp({ birthDate: day('2021-01-10'), sex: 'female', doses: [], observations: [] }, edition, { assessment: day('2026-03-15') })
  assert.deepEqual(found.unplanned.filter(({ why }) => why === 'sharedDecision').map(({ vaccineGroup }) => vaccineGroup), ['COVID-19'])
  assert.ok(!found.visits.some(({ doses }) => doses.some(({ covers }) => covers.some(({ vaccineGroup }) => vaccineGroup === 'COVID-19'))))
})
test('a search that is cut short still gives a plan of valid doses, and says that fewer visits might do', async () => {
  const edition = await loadImmunizationEdition('cdsi-4.64')
  assert.ok(edition !== undefined)
  const facts = { birthDate: day('2021-01-10'), sex: 'female', doses: [], observations: [] } as const
  const whole = catchUp(facts, edition, { assessment: day('2026-03-15') })
  const short = catchUp(facts, edition, { assessment: day('2026-03-15'), limit: 3 })
  assert.deepEqual([whole.proved, short.proved], [true, false])
  assert.ok(short.visits.length > whole.visits.length)
})
