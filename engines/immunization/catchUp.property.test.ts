/** The planner against exhaustive search on small schedules, and what must hold of every plan under the whole United States edition. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadImmunizationEdition } from '@bairn/knowledge'
import { addDays, type Day } from '@bairn/quantities'
import fc from 'fast-check'
import { catchUp, type CatchUp } from './catchUp.ts'
import { decodeImmunizationEdition, type ImmunizationEdition } from './edition.ts'
import { immunize } from './immunize.ts'
import type { DoseAdministered, ImmunizationFacts } from './patient.ts'
import type { ScheduleData } from './schedule.ts'
import { day, figures, series } from './testing/schedule.ts'
import { exhaustive, type SmallCase } from './testing/exhaustive.ts'

const birthDate = day('2024-01-01')
const inDays = (count: number): string => `${count} days`

/** Each vaccine one antigen in a group of its own, all doses long due. */
function scheduleOf({ vaccines, conflict }: SmallCase): ImmunizationEdition {
  const code = (index: number): string => `0${index + 1}`
  const live = vaccines.flatMap((vaccine, index) => (vaccine.live ? [code(index)] : []))
  const schedule: ScheduleData = {
    vaccines: Object.fromEntries(vaccines.map((_, index) => [code(index), { name: code(index), antigens: [{ antigen: `A${index}` }] }])),
    vaccineGroups: vaccines.map((_, index) => ({ name: `G${index}`, antigens: [`A${index}`] })),
    observations: {},
    conflicts: live.map((previous) => ({ previous, current: live, begin: '1 day', minEnd: inDays(conflict), end: inDays(conflict) })),
    antigens: vaccines.map(({ doses }, index) => ({ name: `A${index}`, contraindications: [], vaccineContraindications: [], series: [series(doses.map(({ minAge, interval, maxAge }, place) => ({
      ages: [{ absMin: inDays(minAge), min: inDays(minAge), earliestRec: '0 days', ...(maxAge === undefined ? {} : { max: inDays(maxAge) }) }],
      ...(place === 0 ? {} : { intervals: [{ from: { previous: true as const }, absMin: inDays(interval), min: inDays(interval) }] }),
      preferable: [{ cvx: code(index), forecast: true }],
    })), { name: `s${index}`, vaccineGroup: `G${index}` })] })),
  }
  return decodeImmunizationEdition(figures, schedule)
}

const smallDoses = fc.record({ minAge: fc.integer({ min: 0, max: 12 }), interval: fc.integer({ min: 1, max: 6 }), maxAge: fc.option(fc.integer({ min: 6, max: 18 }), { nil: undefined, freq: 4 }) })
  .map(({ minAge, interval, maxAge }) => ({ minAge, interval, ...(maxAge === undefined ? {} : { maxAge }) }))
const smallCases: fc.Arbitrary<SmallCase> = fc.record({
  vaccines: fc.array(fc.record({ live: fc.boolean(), doses: fc.array(smallDoses, { minLength: 1, maxLength: 3 }) }), { minLength: 2, maxLength: 3 }),
  conflict: fc.integer({ min: 1, max: 6 }), age: fc.integer({ min: 0, max: 5 }), wait: fc.constantFrom(0, 2, 4, 8),
})

test('no plan loses fewer doses, or as many in fewer visits, than the planner finds: exhaustive search over days and doses', () => {
  fc.assert(fc.property(smallCases, (small) => {
    const { visits, proved } = catchUp({ birthDate, sex: 'female', doses: [], observations: [] }, scheduleOf(small), { assessment: addDays(birthDate, small.age), wait: small.wait, limit: 100_000 })
    assert.ok(proved)
    const least = exhaustive(small)
    assert.deepEqual({ lost: small.vaccines.reduce((sum, { doses }) => sum + doses.length, 0) - visits.reduce((sum, { doses }) => sum + doses.length, 0), visits: visits.length }, { lost: least.lost, visits: least.days.length })
  // A dose that is let go on its last day, so that two others can be given: once missed.
  }), { numRuns: 300, examples: [[{ vaccines: [{ live: true, doses: [{ minAge: 0, interval: 1 }, { minAge: 0, interval: 1, maxAge: 10 }] }, { live: true, doses: [{ minAge: 10, interval: 1, maxAge: 11 }, { minAge: 0, interval: 1 }] }], conflict: 5, age: 2, wait: 2 }]] })
})

const edition = await loadImmunizationEdition('cdsi-4.64')
assert.ok(edition !== undefined)
const vaccines = [...edition.vaccines.keys()]
const observations = Object.keys(edition.observations)
const children = fc.record({
  age: fc.integer({ min: 0, max: 6500 }),
  doses: fc.array(fc.record({ at: fc.integer({ min: 0, max: 6500 }), cvx: fc.constantFrom(...vaccines) }), { maxLength: 12 }),
  observations: fc.array(fc.constantFrom(...observations).map((code) => ({ code })), { maxLength: 2 }),
}).map(({ age, doses, observations: codes }): { readonly facts: ImmunizationFacts; readonly assessment: Day } => {
  const assessment = day('2026-03-15')
  const born = addDays(assessment, -age)
  return { assessment, facts: { birthDate: born, sex: 'female', observations: codes, doses: doses.filter(({ at }) => at <= age).map(({ at, cvx }, index) => ({ id: `d${index}`, date: addDays(born, at), cvx })) } }
})

const givenBy = ({ visits }: CatchUp): readonly DoseAdministered[] =>
  visits.flatMap((visit, index) => visit.doses.map(({ cvx, mvx }, place) => ({ id: `plan ${index}.${place}`, date: visit.day, cvx, ...(mvx === undefined ? {} : { mvx }) })))

test('every planned dose is valid for all that it covers, judged on the day of its visit, and of a healthy child on the last day', () => {
  fc.assert(fc.property(children, ({ facts, assessment }) => {
    const plan = catchUp(facts, edition, { assessment, limit: 300 })
    const given = givenBy(plan)
    const judgedOn = (on: Day) => immunize({ ...facts, doses: [...facts.doses, ...given.filter(({ date }) => date <= on)] }, edition, { assessment: on }).evaluations
    plan.visits.forEach((visit, index) => { visit.doses.forEach(({ covers }, place) => {
      // Which series is for a child with a condition may depend on the age on the day that is asked.
      const evaluations = judgedOn(facts.observations.length > 0 ? visit.day : plan.visits.at(-1)?.day ?? visit.day)
      for (const { vaccineGroup } of covers) assert.equal(evaluations.find(({ dose, vaccineGroup: group }) => dose.id === `plan ${index}.${place}` && group === vaccineGroup)?.status, 'valid', vaccineGroup)
    }) })
  }), { numRuns: 40 })
})
test('nothing that is due and may be given today is left for another day, and no contraindicated vaccine is planned', () => {
  fc.assert(fc.property(children, ({ facts, assessment }) => {
    const plan = catchUp(facts, edition, { assessment, limit: 300 })
    const today = plan.visits.find((visit) => visit.day === assessment)
    for (const { vaccineGroup, seriesType, status, earliest, recommended, members, vaccines } of immunize(facts, edition, { assessment }).forecasts) {
      if (status !== 'notComplete' || earliest === undefined || recommended === undefined || recommended > assessment || members.some(({ state }) => state.series.sharedDecision)) continue
      const unplanned = plan.unplanned.some((one) => one.vaccineGroup === vaccineGroup && (one.why === 'noProduct' || vaccines.length === 0))
      assert.ok(unplanned || today?.doses.some(({ covers }) => covers.some((one) => one.vaccineGroup === vaccineGroup)), `${vaccineGroup} ${seriesType}`)
    }
    const held = new Set(facts.observations.map(({ code }) => code))
    for (const { cvx } of givenBy(plan)) for (const { antigen } of edition.vaccines.get(cvx)?.antigens ?? []) {
      const { contraindications = [], vaccineContraindications = [] } = edition.antigenByName.get(antigen) ?? {}
      const always = ({ begin, end }: { readonly begin?: unknown; readonly end?: unknown }): boolean => begin === undefined && end === undefined
      assert.ok(!contraindications.some((row) => held.has(row.observation) && always(row)), `${antigen} in ${cvx}`)
      assert.ok(!vaccineContraindications.some((row) => held.has(row.observation) && row.vaccines.some((vaccine) => vaccine.cvx === cvx && always(vaccine))), cvx)
    }
  }), { numRuns: 40 })
})
test('the order of the input changes nothing', () => {
  fc.assert(fc.property(children, ({ facts, assessment }) => {
    const other = catchUp({ ...facts, doses: facts.doses.toReversed(), observations: facts.observations.toReversed() }, edition, { assessment, limit: 300 })
    assert.deepEqual(other.visits, catchUp(facts, edition, { assessment, limit: 300 }).visits)
  }), { numRuns: 15 })
})
