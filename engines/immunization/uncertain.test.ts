/**
 * Doses whose day is not known, under the policy of knowledge/immunization/uncertain-dates-2026: judged where the day does not matter, open
 * where it does, and the next dose never earlier than the worst day allows.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadImmunizationEdition, loadUncertainDatePolicy } from '@bairn/knowledge'
import type { Day } from '@bairn/quantities'
import fc from 'fast-check'
import { immunize } from './immunize.ts'
import { day, dose, editionOf, series } from './testing/schedule.ts'
import { explainNextDose, explainUncertain, immunizeWithUncertainDates, type UncertainDose, type UncertainFacts, type UncertainImmunization } from './uncertain.ts'

const policy = await loadUncertainDatePolicy()
const usa = await loadImmunizationEdition('cdsi-4.64')
assert.ok(usa !== undefined)

const birthDate = day('2024-01-01')
const within = (id: string, earliest: string, latest: string, cvx = '01'): UncertainDose => ({ id, cvx, earliest: day(earliest), latest: day(latest) })
const given = (id: string, date: string, cvx = '01') => ({ id, cvx, date: day(date) })
const two = editionOf([series([dose({ ages: [{ absMin: '6 weeks', min: '6 weeks', earliestRec: '2 months' }] }), dose({ intervals: [{ from: { previous: true }, absMin: '4 weeks', min: '4 weeks' }] })])])
const judge = (facts: Partial<UncertainFacts>, edition = two): UncertainImmunization =>
  immunizeWithUncertainDates({ birthDate, sex: 'female', doses: [], observations: [], uncertain: [], ...facts }, edition, policy, { assessment: day('2026-01-01') })
const verdicts = ({ verdicts: all }: UncertainImmunization): readonly string[] => all.map((verdict) => `${verdict.dose.id} ${explainUncertain(verdict, policy).rule}`)
const statuses = ({ evaluations }: UncertainImmunization): readonly string[] => evaluations.map(({ dose: { id }, status }) => `${id} ${status}`)

test('bairn.2026.uncertainDate.holds: a month that lies wholly after the minimum age counts, and the reason names both days', () => {
  const found = judge({ uncertain: [within('x', '2024-04-01', '2024-04-30')] })
  assert.deepEqual([verdicts(found), statuses(found)], [['x bairn.2026.uncertainDate.holds'], ['x valid']])
  assert.deepEqual(explainUncertain(found.verdicts[0] as NonNullable<typeof found.verdicts[0]>, policy), {
    rule: 'bairn.2026.uncertainDate.holds', edition: 'immunization/uncertain-dates-2026', evidence: 'policy', inputs: [{ id: 'x', kind: 'dose' }],
    text: { key: 'immunization.uncertainDate.holds', params: { from: { day: day('2024-04-01') }, to: { day: day('2024-04-30') } } },
    source: { document: 'Bairn project policy, not a guideline', section: 'the first and the last possible day' },
  })
})
// Six weeks of age is 2024-02-12.
for (const { what, latest, rule, judged } of [
  { what: 'ends the day before the minimum age: too young on every day', latest: '2024-02-11', rule: 'holds', judged: ['x notValid'] },
  { what: 'ends on the minimum age: the exact day decides', latest: '2024-02-12', rule: 'decides', judged: [] },
  { what: 'ends the day after it: the exact day decides', latest: '2024-02-13', rule: 'decides', judged: [] },
]) test(`bairn.2026.uncertainDate.decides: a period that ${what}`, () => {
  const found = judge({ uncertain: [within('x', '2024-02-01', latest)] })
  assert.deepEqual([verdicts(found), statuses(found)], [[`x bairn.2026.uncertainDate.${rule}`], judged])
})
test('bairn.2026.uncertainDate.dependsOn: a certain dose too soon after some of the days is not judged either, and says why', () => {
  const found = judge({ doses: [given('y', '2024-05-10')], uncertain: [within('x', '2024-04-01', '2024-04-30')] })
  assert.deepEqual([verdicts(found), statuses(found)], [['x bairn.2026.uncertainDate.holds', 'y bairn.2026.uncertainDate.dependsOn'], ['x valid']])
  assert.deepEqual(found.verdicts[1]?.open, [{ vaccineGroup: 'G', statuses: ['notValid', 'valid'] }])
})
test('bairn.2026.uncertainDate.nextDose: open rather than complete, and never before the latest day allows it', () => {
  const found = judge({ uncertain: [within('x', '2025-11-01', '2025-12-31')] })
  const [group] = found.forecasts
  assert.deepEqual([group?.status, group?.earliest], ['notComplete', day('2026-01-28')])
  assert.deepEqual(found.open, [{ vaccineGroup: 'G', seriesType: 'standard', statuses: ['notComplete'] }, ])
  assert.equal(explainNextDose('G', policy).rule, 'bairn.2026.uncertainDate.nextDose')
  const maybeComplete = judge({ doses: [given('a', '2024-03-01')], uncertain: [within('b', '2024-03-15', '2024-04-30')] })
  assert.deepEqual([maybeComplete.forecasts[0]?.status, maybeComplete.forecasts[0]?.doseNumber, maybeComplete.open[0]?.statuses], ['notComplete', 2, ['complete', 'notComplete']])
})
test('bairn.2026.uncertainDate.tooMany: more of them than can be tried are kept, named and not judged', () => {
  const uncertain = Array.from({ length: policy.mostDoses + 1 }, (_, index) => within(`x${index}`, '2024-04-01', '2024-04-30', index % 2 === 0 ? '01' : '03'))
  const found = judge({ uncertain, doses: [given('a', '2024-03-01', '03')] })
  assert.ok(found.verdicts.filter(({ rule }) => rule === 'tooMany').length === uncertain.length && found.tried === 2)
  assert.deepEqual(statuses(found), ['a valid'])
})
test('a live vaccine in the middle of the month is noticed, though the first and the last day are clear of it', () => {
  const live = editionOf([series([dose()])], { schedule: { conflicts: [{ previous: '04', current: ['01'], begin: '1 day', minEnd: '14 days', end: '14 days' }] } })
  const found = judge({ doses: [given('live', '2024-04-10', '04')], uncertain: [within('x', '2024-04-01', '2024-04-30')] }, live)
  assert.deepEqual(verdicts(found), ['x bairn.2026.uncertainDate.decides'])
})

test('a dose that a group only counts from an age is open where some of its days lie before that age', () => {
  const fromAge = editionOf([series([dose()])], { schedule: { vaccines: { '01': { name: 'Vaccine one', antigens: [{ antigen: 'A', begin: '4 months' }] }, '03': { name: 'Vaccine three', antigens: [{ antigen: 'B' }] } } } })
  const found = judge({ uncertain: [within('x', '2024-04-15', '2024-05-15')] }, fromAge)
  assert.deepEqual([found.verdicts[0]?.rule, found.verdicts[0]?.open, statuses(found)], ['decides', [{ vaccineGroup: 'G', statuses: ['absent', 'valid'] }], []])
})
test('one dose within a month is tried on every day of it', () => {
  const found = judge({ uncertain: [within('x', '2024-04-01', '2024-04-30')] })
  const year = judge({ uncertain: [within('x', '2024-04-01', '2025-03-31')] })
  assert.deepEqual([found.tried, year.tried], [30, 2])
})

const vaccines = [...usa.vaccines.keys()]
const histories = fc.record({
  doses: fc.array(fc.record({ age: fc.integer({ min: 0, max: 2400 }), cvx: fc.constantFrom(...vaccines) }), { maxLength: 6 }),
  uncertain: fc.array(fc.record({ age: fc.integer({ min: 0, max: 2300 }), span: fc.constantFrom(0, 6, 30, 365), cvx: fc.constantFrom(...vaccines) }), { maxLength: 4 }),
}).map(({ doses, uncertain }): UncertainFacts => ({
  birthDate, sex: 'unknown', observations: [],
  doses: doses.map(({ age, cvx }, index) => ({ id: `d${index}`, cvx, date: (birthDate + age) as Day })),
  uncertain: uncertain.map(({ age, span, cvx }, index) => ({ id: `u${index}`, cvx, earliest: (birthDate + age) as Day, latest: (birthDate + age + span) as Day })),
}))
const assessment = (birthDate + 2700) as Day
const seen = (found: UncertainImmunization): readonly unknown[] => [
  found.evaluations.map(({ dose: { id }, vaccineGroup, status }) => `${id} ${vaccineGroup} ${status}`).toSorted(), found.verdicts.map(({ dose: { id }, rule, open }) => [id, rule, JSON.stringify(open.toSorted((a, b) => a.vaccineGroup < b.vaccineGroup ? -1 : 1))]),
  found.forecasts.map(({ vaccineGroup, seriesType, status, doseNumber, earliest, recommended, pastDue, latest }) => [vaccineGroup, seriesType, status, doseNumber, earliest, recommended, pastDue, latest].join()).toSorted(),
]

test('the order of the input changes nothing', () => {
  fc.assert(fc.property(histories, (facts) => {
    const turned = { ...facts, doses: facts.doses.toReversed(), uncertain: facts.uncertain.toReversed() }
    assert.deepEqual(seen(immunizeWithUncertainDates(turned, usa, policy, { assessment })), seen(immunizeWithUncertainDates(facts, usa, policy, { assessment })))
  }), { numRuns: 40 })
})
test('days that are known after all give what immunize gives', () => {
  fc.assert(fc.property(histories, (facts) => {
    const exact = { ...facts, uncertain: facts.uncertain.map((one) => ({ ...one, latest: one.earliest })) }
    const plain = immunize({ ...facts, doses: [...facts.doses, ...facts.uncertain.map(({ id, cvx, earliest }) => ({ id, cvx, date: earliest }))] }, usa, { assessment })
    assert.deepEqual(seen(immunizeWithUncertainDates(exact, usa, policy, { assessment })), seen({ ...plain, verdicts: facts.uncertain.map((dose) => ({ dose, rule: 'holds', open: [] })), open: [], tried: 1 }))
  }), { numRuns: 40 })
})
test('what holds is so on the first and the last days; no dose is forecast before either allows it, none is lost', () => {
  fc.assert(fc.property(histories, (facts) => {
    const found = immunizeWithUncertainDates(facts, usa, policy, { assessment })
    assert.deepEqual(found.verdicts.flatMap(({ dose: { id } }) => id.startsWith('u') ? [id] : []), facts.uncertain.map(({ id }) => id))
    for (const end of ['earliest', 'latest'] as const) {
      const world = immunize({ ...facts, doses: [...facts.doses, ...facts.uncertain.map((one) => ({ id: one.id, cvx: one.cvx, date: one[end] }))] }, usa, { assessment })
      for (const { dose: { id }, vaccineGroup, status } of found.evaluations) assert.ok(world.evaluations.some((one) => one.dose.id === id && one.vaccineGroup === vaccineGroup && one.status === status), `${id} ${vaccineGroup}`)
      for (const { vaccineGroup, seriesType, earliest } of world.forecasts) {
        const own = found.forecasts.find((one) => one.vaccineGroup === vaccineGroup && one.seriesType === seriesType)
        if (earliest !== undefined) assert.ok(own?.status === 'notComplete' && own.earliest !== undefined && own.earliest >= earliest, `${vaccineGroup} ${end}`)
      }
    }
  }), { numRuns: 40 })
})
