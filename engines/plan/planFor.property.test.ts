import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { addDays, formatDay } from '@bairn/quantities'
import { planFor } from './planFor.ts'
import type { NeedCode, Plan } from './plan.ts'
import { childFacts, on, primaryCare, programme, type PlainChild, type PlainVisit } from './testing/child.ts'
import { withVaccines as editions } from './testing/editions.ts'

const BIRTH = on('2023-03-31')
const day = (age: number): string => formatDay(addDays(BIRTH, age))
const some = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined })
// Few days, so that measurements meet on one; values from usual to impossible.
const ages = fc.constantFrom(0, 3, 20, 40, 90, 120, 170, 185, 300, 320, 365, 700, 730, 731, 1100, 1800, 1830, 2600, 5000)
const yesNo = fc.constantFrom('yes', 'no', 'notAsked', 'cannotTell')
const visit = (age: number): fc.Arbitrary<PlainVisit> => fc.record({
  day: fc.constant(day(age)), minute: some(fc.integer({ min: 0, max: 1439 })),
  kg: some(fc.oneof(fc.double({ min: 2 + age / 400, max: 5 + age / 150, noNaN: true }).map((kg) => Number(kg.toFixed(1))), fc.constantFrom(0.9, 85, 400))),
  cm: some(fc.oneof(fc.double({ min: 45 + age / 35, max: 60 + age / 25, noNaN: true }).map((cm) => Number(cm.toFixed(1))), fc.constantFrom(20, 190))),
  muac: some(fc.constantFrom(50, 105, 112, 114, 115, 124, 125, 140)), head: some(fc.constantFrom(33, 45, 52)),
  position: fc.constantFrom('lying', 'standing', 'notSaid'), feet: some(yesNo), grade: some(fc.constantFrom(1, 2, 3)), danger: some(yesNo),
  appetite: some(fc.constantFrom('pass', 'fail', 'notAvailable', 'notAsked')), breastfeeding: some(yesNo), reaction: some(yesNo),
}, { noNullPrototype: true }) as fc.Arbitrary<PlainVisit>
const needs: readonly NeedCode[] = ['refer', 'measure', 'measureAgain', 'seeAgain', 'moderateWastingCare', 'askAssessment', 'growthReview', 'followReferral', 'vaccine.MMR', 'vaccinesNext', 'askReaction']
const codes = fc.constantFrom('08', '107', '10', '133', '03', '21', '19', '146', '999')
const child = fc.record({
  birth: fc.oneof({ weight: 6, arbitrary: fc.constant<PlainChild['birth']>('2023-03-31') }, { weight: 1, arbitrary: fc.constant(undefined) }, { weight: 2, arbitrary: fc.constant({ day: '2023-03-31', earliest: '2022-10-01', latest: '2023-09-30' }) }),
  sex: fc.constantFrom('male', 'female', undefined), weeks: fc.constantFrom(undefined, undefined, 30, 34),
  visits: fc.array(ages.chain(visit), { maxLength: 6 }),
  doses: some(fc.array(fc.tuple(ages, codes).map(([age, code]) => `${day(age)} ${code}`), { maxLength: 9 })),
  // HIV, an immunity, a severe reaction to measles vaccine.
  observations: fc.constantFrom([], [], ['186'], ['091'], ['154']),
  notGiven: fc.array(fc.record({ day: ages.map(day), vaccine: codes, reason: fc.constantFrom('outOfStock', 'declined', 'deferred') }), { maxLength: 2 }),
  responses: fc.array(fc.record({ item: fc.constantFrom(...needs), kind: fc.constantFrom('done', 'notToday', 'declined'), day: ages.map(day), until: some(ages.map(day)) }), { maxLength: 3 }),
}) as fc.Arbitrary<PlainChild>
const later = fc.oneof(ages, fc.integer({ min: 0, max: 6900 })).map((age) => addDays(BIRTH, age))
const setting = fc.constantFrom(primaryCare, programme)

const without = (plan: Plan): unknown => ({ ...plan, on: undefined })
const facts = (plain: PlainChild) => childFacts(strip(plain))
/** exactOptionalPropertyTypes: what is undefined is not there. */
function strip<T>(value: T): T {
  if (Array.isArray(value)) return value.map(strip) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined).map(([key, one]) => [key, strip(one)])) as T
}
const reversed = (plain: ReturnType<typeof childFacts>) => ({ ...plain, measurements: plain.measurements.toReversed(), findings: plain.findings.toReversed(), responses: plain.responses.toReversed(), ...(plain.vaccines === undefined ? {} : { vaccines: { ...plain.vaccines, doses: plain.vaccines.doses.toReversed(), observations: plain.vaccines.observations.toReversed(), notGiven: plain.vaccines.notGiven.toReversed() } }) })
const URGENCY = ['urgent', 'actToday', 'overdue', 'dueToday', 'comingUp']
const mostUrgent = ({ items }: Plan): number => Math.min(...items.map(({ urgency }) => URGENCY.indexOf(urgency)), URGENCY.length)
const RUNS = { numRuns: 400 }

test('the order of facts carries no meaning, and facts are not changed', () => {
  fc.assert(fc.property(child, later, setting, (plain, on, setting) => {
    const given = facts(plain)
    const before = structuredClone(given)
    const plan = planFor(given, { on, setting, editions })
    assert.deepEqual(planFor(reversed(given), { on, setting, editions }), plan)
    assert.deepEqual(given, before)
  }), RUNS)
})

test('the same plan holds on every day before nextChange', () => {
  fc.assert(fc.property(child, later, setting, fc.double({ min: 0, max: 1, noNaN: true }), (plain, on, setting, share) => {
    const given = facts(plain)
    const plan = planFor(given, { on, setting, editions })
    const last = plan.nextChange === undefined ? 4000 : plan.nextChange - on - 1
    for (const ahead of new Set([1, Math.floor(last * share), last])) {
      if (ahead < 1 || ahead > last) continue
      assert.deepEqual(without(planFor(given, { on: addDays(on, ahead), setting, editions })), without(plan), `${ahead} days on, nextChange in ${last + 1}`)
    }
  }), RUNS)
})

test('a plan for a living child under 19 is never empty, every item has a reason, and every item says what would change it', () => {
  fc.assert(fc.property(child, later, setting, (plain, on, setting) => {
    const plan = planFor(facts(plain), { on, setting, editions })
    const born = !plan.issues.some(({ code }) => code === 'plan.birthAfterDay')
    if (born && on < addDays(BIRTH, 6938)) assert.ok(plan.items.length + plan.setAside.length > 0)
    assert.ok(plan.notJudged.length > 0 || !born)
    for (const { because, need } of plan.items) {
      assert.ok(because.length > 0, need)
      assert.ok(because.some(({ flips }) => (flips ?? []).length > 0) || ['measure', 'seeAgain', 'followReferral'].includes(need), `${need}: nothing would change it`)
      for (const { source } of because) assert.ok(source.document.length > 0)
    }
    assert.equal(new Set(plan.items.map(({ id }) => id)).size, plan.items.length)
  }), RUNS)
})

test('items come most pressing first', () => {
  fc.assert(fc.property(child, later, (plain, on) => {
    const order = planFor(facts(plain), { on, setting: primaryCare, editions }).items.map(({ urgency }) => URGENCY.indexOf(urgency))
    assert.deepEqual(order, order.toSorted((a, b) => a - b))
  }), RUNS)
})

test('oedema never lowers severity', () => {
  fc.assert(fc.property(child, ages, (plain, age) => {
    const feet = (answer: 'yes' | 'no') => facts({ ...plain, responses: [], visits: [...(plain.visits ?? []).map((visit) => omit(visit, 'feet')), { day: day(age), feet: answer }] })
    const on = addDays(BIRTH, 5100)
    const [swollen, not] = [planFor(feet('yes'), { on, setting: primaryCare, editions }), planFor(feet('no'), { on, setting: primaryCare, editions })]
    assert.equal(mostUrgent(swollen), 0)
    assert.ok(mostUrgent(swollen) <= mostUrgent(not))
  }), RUNS)
})

test('removing an answer never makes a class milder or "none": what it decided is asked, acted on, or said to be unknown', () => {
  fc.assert(fc.property(child, fc.constantFrom('feet', 'danger', 'appetite', 'breastfeeding', 'muac', 'kg', 'cm'), (plain, name) => {
    const visits = (plain.visits ?? []).map((one) => ({ ...one }))
    const last = visits.toSorted((a, b) => (a.day < b.day ? -1 : 1)).at(-1)
    if (last === undefined) return
    const on = addDays(BIRTH, Number((Date.parse(last.day) - Date.parse('2023-03-31')) / 86_400_000))
    const before = planFor(facts({ ...plain, responses: [], visits }), { on, setting: primaryCare, editions })
    const after = planFor(facts({ ...plain, responses: [], visits: visits.map((one) => (one.day === last.day ? omit(one, name) : one)) }), { on, setting: primaryCare, editions })
    if (mostUrgent(after) <= mostUrgent(before)) return
    // A danger sign refers by itself, whatever the class: without it nothing was decided by it.
    const refer = before.items.find(({ need }) => need === 'refer')
    if (name === 'danger' && refer?.because.every(({ text }) => text.key === 'plan.dangerSign') === true) return
    const said = JSON.stringify([after.items, after.notJudged])
    assert.match(said, /nutrition\.(missing|incomplete|notAssessed)|neverAssessed|askAssessment|ageUncertain|birthUnknown|growth\.notMeasured|plan\.measure\.|"measure"/)
    assert.doesNotMatch(said, /nutrition\.noWasting|nutrition\.infant\.notAtRisk/)
  }), RUNS)
})
const omit = (visit: PlainVisit, name: keyof PlainVisit): PlainVisit => {
  const { [name]: _, ...rest } = visit
  return rest as PlainVisit
}
