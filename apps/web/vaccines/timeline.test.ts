/** From a plan to the vaccine table: each mark, each column, and what stands below the table. The schedule is that of the United States. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { childFromFhir, doseToFhir, enteredInError, loadEditionsToRead, notGivenToFhir, adverseEventToFhir, scheduleIn } from '@bairn/fhir'
import { planFor, type NotGivenReason, type Plan } from '@bairn/plan'
import { addDays, dayOf, parseDay, type Day } from '@bairn/quantities'
import { columnsOf, shortAge } from './columns.ts'
import { isOfToday, recordedDoses, recordedReactions } from './record.ts'
import { timelineOf, type Timeline } from './timeline.ts'

const editions = await loadEditionsToRead('US')
const day = (text: string): Day => { const parsed = parseDay(text); assert.ok(parsed.ok); return parsed.value }
const on = day('2026-11-23')
const birth = day('2025-05-23')
const context = { child: 'Patient/p' }
const patient = { resourceType: 'Patient', id: 'p', gender: 'female', birthDate: '2025-05-23' }
const dose = (id: string, date: string, code: string, more: object = {}) => doseToFhir({ id, day: day(date), vaccine: { code, name: `vaccine ${code}` }, ...more }, context)
const missed = (id: string, date: string, code: string, reason: NotGivenReason) => notGivenToFhir({ id, day: day(date), vaccine: { code, name: code }, reason }, context)

function shown(...resources: readonly object[]): { readonly plan: Plan; readonly timeline: Timeline } {
  const facts = childFromFhir([patient, ...resources], { convert: () => ({ ok: false, problem: { code: 'unit.unknown', given: '' } }), on, ...scheduleIn(editions) })
  assert.ok(facts)
  const plan = planFor(facts, { on, setting: { place: 'x', country: 'US', profile: 'primaryCare', switches: {} }, editions })
  const timeline = timelineOf({ plan, notGiven: facts.vaccines?.notGiven ?? [], edition: editions.immunization as never, ends: day('2044-05-23') })
  assert.ok(timeline)
  return { plan, timeline }
}
const marksOf = ({ rows }: Timeline, group: string): readonly string[] => rows.find((row) => row.group === group)?.marks.map(({ kind }) => kind) ?? []

test('a dose that counts, one too early, and the next one late', () => {
  const { timeline } = shown(dose('a', '2025-07-23', '10'), dose('b', '2025-08-10', '10'))
  const polio = timeline.rows.find(({ group }) => group === 'Polio')
  assert.deepEqual(polio?.marks.map(({ kind, number, day: at }) => [kind, number, at]), [['counts', 1, day('2025-07-23')], ['notCounted', 2, day('2025-08-10')], ['overdue', 2, on]])
  assert.deepEqual(polio?.marks.at(-1)?.need, 'vaccine.Polio')
  assert.ok(polio?.marks[1]?.because.some(({ rule }) => rule.endsWith('interval.tooSoon')))
})
test('extra, to be repeated, and due today', () => {
  const { timeline } = shown(dose('a', '2026-06-01', '03'), dose('b', '2026-07-15', '03'), dose('c', '2026-09-15', '03'), dose('e', '2026-06-01', '21', { expiry: day('2026-05-31') }))
  assert.deepEqual(marksOf(timeline, 'MMR'), ['counts', 'counts', 'extra'])
  assert.equal(timeline.rows.find(({ group }) => group === 'MMR')?.state, 'complete')
  assert.deepEqual(marksOf(timeline, 'Varicella'), ['repeat', 'overdue'])
  assert.deepEqual(marksOf(timeline, 'HepA'), ['dueToday'])
})
test('only the month is known, and the day decides: uncertain', () => {
  assert.deepEqual(marksOf(shown(dose('a', '2026-05-01', '03', { about: '2026-05' })).timeline, 'MMR'), ['uncertain', 'comingUp'], 'the later of the possible days')
})
for (const reason of ['outOfStock', 'declined', 'deferred'] as const) test(`${reason}: the day it was missed keeps its mark and its reason; the next offer is coming up`, () => {
  const { timeline, plan } = shown(dose('a', '2025-07-23', '10'), missed('n', '2026-11-23', '10', reason))
  assert.deepEqual(marksOf(timeline, 'Polio'), ['counts', reason, 'comingUp'])
  assert.equal(timeline.rows.find(({ group }) => group === 'Polio')?.marks.at(-1)?.day, plan.setAside[0]?.until)
})
test('must not be given: named with its reason, and marked today', () => {
  const event = adverseEventToFhir({ id: 'r', day: day('2026-06-01'), kind: 'severeAllergicReaction', serious: true, outcome: 'recovered', doses: ['Immunization/a'] }, context)
  const { timeline } = shown(dose('a', '2026-06-01', '03'), event)
  assert.deepEqual(marksOf(timeline, 'MMR'), ['counts', 'forbidden'])
  assert.equal(timeline.forbidden[0]?.name.params?.['group'] !== undefined && timeline.forbidden[0].because.length > 0, true)
})
test('two visits ahead have columns, those after them a line; what the plan does not reach is not named', () => {
  const { timeline } = shown(dose('a', '2026-06-01', '03'))
  const ahead = timeline.rows.flatMap(({ marks }) => marks).filter(({ day: at }) => at > on)
  assert.equal(new Set(ahead.map(({ day: at }) => at)).size, 2)
  const later = timeline.later.map(({ name }) => JSON.stringify(name))
  assert.ok(later.some((name) => name.includes('MeningococcalB')))
  assert.ok(!later.some((name) => name.includes('Zoster')), 'at fifty years')
})
test('nothing due and nothing given is one line below, with its reason', () => {
  const { timeline } = shown()
  const rotavirus = timeline.notNeeded.find(({ name }) => JSON.stringify(name).includes('Rotavirus'))
  assert.deepEqual([rotavirus?.status, (rotavirus?.because.length ?? 0) > 0], ['agedOut', true])
})
test('an unknown vaccine and a date in words stand below the table, and are not lost', () => {
  const { timeline } = shown({ ...dose('w', '2026-01-01', '10'), occurrenceDateTime: undefined, occurrenceString: 'last spring' }, dose('u', '2026-01-01', '999'))
  assert.deepEqual(timeline.outside.map(({ id }) => id).toSorted(), ['Immunization/u', 'Immunization/w'])
})
test('the legend names the marks of the table, and no other', () => {
  assert.deepEqual(shown(dose('a', '2025-07-23', '10')).timeline.legend, ['counts', 'overdue', 'dueToday', 'comingUp'])
})
test('without a schedule there is no table', () => {
  assert.equal(timelineOf({ plan: { vaccines: undefined, on } as never, notGiven: [], edition: editions.immunization as never }), undefined)
})

test('doses some days apart are one visit; today keeps its own column; fewer columns join the ages that are closest', () => {
  const { timeline: { rows } } = shown(dose('a', '2025-05-23', '08'), dose('b', '2025-07-23', '10'), dose('c', '2025-07-25', '133'), dose('d', '2025-09-23', '10'), dose('e', '2026-11-20', '10'))
  const wide = columnsOf(rows, { birth, on, max: 20 })
  assert.deepEqual(wide.filter(({ side }) => side !== 'ahead').map(({ from, to, side }) => [from - birth, to - from, side]), [[0, 0, 'past'], [61, 2, 'past'], [123, 0, 'past'], [546, 0, 'past'], [549, 0, 'today']])
  for (const max of [6, 5, 4, 3]) {
    const columns = columnsOf(rows, { birth, on, max })
    assert.ok(columns.length <= max, `${columns.length} > ${max}`)
    assert.equal(columns.filter(({ side }) => side === 'today').length, 1)
    for (const { day: at } of rows.flatMap(({ marks }) => marks)) assert.equal(columns.filter(({ from, to }) => from <= at && at <= to).length, 1, 'each mark has one column')
  }
})
for (const { age, short } of [{ age: 0, short: 'birth 0' }, { age: 5, short: 'day 5' }, { age: 42, short: 'week 6' }, { age: 104, short: 'week 14' }, { age: 105, short: 'month 3' }, { age: 549, short: 'month 18' }, { age: 1826, short: 'year 5' }]) test(`${age} days are ${short}`, () => {
  const { unit, count } = shortAge(birth, addDays(birth, age))
  assert.equal(`${unit} ${count}`, short)
})

test('entries of the record: withdrawn ones are gone, a card is a card, a month is a month', () => {
  const doses = recordedDoses([enteredInError(dose('x', '2026-01-01', '10')), dose('b', '2026-03-01', '03', { lot: 'A1', site: 'LA' }), dose('a', '2026-01-01', '10', { about: '2026-01', from: 'card', recorded: on }), missed('n', '2026-11-23', '10', 'declined')])
  assert.deepEqual(doses.map(({ id, when, given, from, lot, site }) => [id, when?.precision, given, from, lot, site]), [
    ['Immunization/a', 'month', true, 'card', undefined, undefined], ['Immunization/b', 'day', true, undefined, 'A1', 'LA'], ['Immunization/n', 'day', false, undefined, undefined, undefined],
  ])
  assert.deepEqual(doses.map((one) => isOfToday(one, on)), [true, false, true])
})
test('reactions of the record: what it was, and after which doses', () => {
  const event = adverseEventToFhir({ id: 'r', day: dayOf({ year: 2026, month: 6, day: 1 }), kind: 'other', serious: false, outcome: 'unknown', doses: ['Immunization/a'], note: 'rash' }, context)
  assert.deepEqual(recordedReactions([event]).map(({ id, kind, note, doses }) => [id, kind, note, doses]), [['AdverseEvent/r', 'other', 'rash', ['Immunization/a']]])
})
