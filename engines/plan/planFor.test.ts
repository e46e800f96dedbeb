import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { addDays, formatDay } from '@bairn/quantities'
import { checkPlanEdition } from './edition.ts'
import { assessGrowth, growthHistory, planFor } from './planFor.ts'
import type { NeedCode, Plan, PlanItem, Setting, Urgency } from './plan.ts'
import { childFacts, on, primaryCare, programme, type PlainChild, type PlainVisit } from './testing/child.ts'
import { editions } from './testing/editions.ts'
import { ENGINE } from './version.ts'

const TODAY = '2026-11-23'
const plan = (child: PlainChild, day = TODAY, setting: Setting = primaryCare): Plan => planFor(childFacts(child), { on: on(day), setting, editions })
const item = (found: Plan, need: NeedCode): PlanItem => {
  const one = found.items.find((each) => each.need === need)
  assert.ok(one, `no '${need}' in ${found.items.map((each) => each.need).join(', ')}`)
  return one
}
const urgencies = (found: Plan): readonly (readonly [NeedCode, Urgency])[] => found.items.map(({ need, urgency }) => [need, urgency])
const keys = (found: PlanItem): readonly string[] => found.because.map(({ text }) => text.key)
const plus = (day: string, span: number): string => formatDay(addDays(on(day), span))

// 18 months, 79.2 cm: 8.5 kg is z -2.39, 8.2 kg would be -2.99, 8.1 kg -3.
const boy = { birth: '2025-05-23', sex: 'male' } as const
const well: PlainVisit = { day: TODAY, kg: 10.5, cm: 80, muac: 140, head: 47, feet: 'no' }
const moderate: PlainVisit = { day: TODAY, kg: 8.5, cm: 79.2, muac: 121, feet: 'no' }
const severe: PlainVisit = { day: TODAY, kg: 7.5, cm: 79.2, muac: 118, feet: 'no', danger: 'no', appetite: 'pass' }

test('the edition is in order, and the engine is named by the version of the package', () => {
  assert.deepEqual(checkPlanEdition(editions.plan), [])
  const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string }
  assert.equal(ENGINE, `bairn-engines/${version}`)
})

test('a well child: nothing but the next measurement, coming up', () => {
  const found = plan({ ...boy, visits: [well] })
  assert.deepEqual(urgencies(found), [['measure', 'comingUp']])
  assert.deepEqual([found.engine, found.editions], [ENGINE, ['growth/who-2006', 'growth/who-2007', 'nutrition/who-2023', 'plan/bairn-2026']])
})

// --- care
test('who.2023.nutrition.N-W4 in a plan: moderate wasting is counselled today, with the weights that would change it', () => {
  const found = item(plan({ ...boy, visits: [moderate] }), 'moderateWastingCare')
  assert.equal(found.urgency, 'actToday')
  assert.deepEqual(found.because[0]?.flips, [
    { when: { key: 'plan.flip.weightBelow', params: { kg: { kg: 8.2 } } }, becomes: { key: 'plan.becomes.severeByWeight' } },
    { when: { key: 'plan.flip.weightAtLeast', params: { kg: { kg: 8.8 } } }, becomes: { key: 'plan.becomes.noneByWeight' } },
  ])
})
for (const [kg, need] of [[8.1, 'severeWastingCare'], [8.2, 'moderateWastingCare'], [8.7, 'moderateWastingCare']] as const)
  test(`the weight that a flip names is where the plan flips: at ${kg} kg, ${need}`, () => { item(plan({ ...boy, visits: [{ ...severe, kg, muac: 130 }] }), need) })
test('the weight that a flip names is where the plan flips: at 8.8 kg nothing', () => {
  assert.ok(plan({ ...boy, visits: [{ ...severe, kg: 8.8, muac: 130 }] }).items.every(({ need }) => need !== 'moderateWastingCare'))
})
for (const { what, visit, need, urgency } of [
  { what: 'severe wasting without complication starts care today', visit: severe, need: 'severeWastingCare', urgency: 'actToday' },
  { what: 'severe wasting with a failed appetite test is referred', visit: { ...severe, appetite: 'fail' }, need: 'refer', urgency: 'urgent' },
  { what: 'severe wasting without food for the test is referred', visit: { ...severe, appetite: 'notAvailable' }, need: 'refer', urgency: 'urgent' },
  { what: 'swollen feet are referred at any weight', visit: { ...well, feet: 'yes' }, need: 'refer', urgency: 'urgent' },
] satisfies { what: string; visit: PlainVisit; need: NeedCode; urgency: Urgency }[]) test(what, () => { assert.equal(item(plan({ ...boy, visits: [visit] }), need).urgency, urgency) })
test('in a nutrition programme swelling ++ is treated there, +++ is referred', () => {
  item(plan({ ...boy, visits: [{ ...well, feet: 'yes', grade: 2, danger: 'no', appetite: 'pass' }] }, TODAY, programme), 'severeWastingCare')
  item(plan({ ...boy, visits: [{ ...well, feet: 'yes', grade: 3 }] }, TODAY, programme), 'refer')
})
test('bairn.2026.plan.dangerSign: a danger sign is referred whatever the weight, until somebody says it is gone', () => {
  assert.equal(item(plan({ ...boy, visits: [{ ...well, danger: 'yes' }] }), 'refer').urgency, 'urgent')
  assert.deepEqual(keys(item(plan({ ...boy, visits: [{ ...well, day: '2026-10-01', kg: 10, cm: 79, danger: 'yes' }, well] }), 'refer')), ['plan.dangerSign'])
  assert.deepEqual(urgencies(plan({ ...boy, visits: [{ ...well, day: '2026-10-01', kg: 10, cm: 79, danger: 'yes' }, { ...well, danger: 'no' }] })), [['measure', 'comingUp']])
})
test('a danger of some days ago is still urgent, in other words', () => {
  const swollen = { ...boy, visits: [{ ...well, feet: 'yes' as const }] }
  assert.equal(item(plan(swollen, plus(TODAY, 6)), 'refer').title.key, 'plan.title.refer')
  const stale = item(plan(swollen, plus(TODAY, 7)), 'refer')
  assert.deepEqual([stale.urgency, stale.title.key], ['urgent', 'plan.title.refer.notSeenSince'])
})
test('what was bad stays bad until the same thing is looked at again', () => {
  item(plan({ ...boy, visits: [{ day: '2026-10-01', muac: 112, feet: 'no', danger: 'no', appetite: 'pass' }, { day: TODAY, kg: 10.5, cm: 80, feet: 'no' }] }), 'severeWastingCare')
  item(plan({ ...boy, visits: [{ day: '2026-10-01', feet: 'yes' }, { day: TODAY, kg: 10.5, cm: 80, muac: 140 }] }), 'refer')
})
test('what was good counts on its own day only: last month\'s feet do not stand in for today\'s', () => {
  const { feet: _, ...unchecked } = well
  assert.equal(item(plan({ ...boy, visits: [{ ...well, day: '2026-10-23' }, unchecked] }), 'askAssessment').ask?.kind, 'oedema')
})
test('an infant who lost weight is referred now', () => {
  assert.equal(item(plan({ birth: '2026-07-20', sex: 'male', visits: [{ day: '2026-10-20', kg: 6 }, { day: TODAY, kg: 5.9 }] }), 'refer').urgency, 'urgent')
})
test('an infant at risk: look at feeding today', () => {
  const found = plan({ birth: '2026-07-20', sex: 'male', visits: [{ day: '2026-10-20', kg: 5.2, cm: 59 }, { day: TODAY, kg: 5.4, cm: 60, feet: 'no', danger: 'no' }] })
  assert.equal(item(found, 'infantRiskCare').urgency, 'actToday')
})

// --- see again
for (const { rule, visit, days, overdue } of [
  { rule: 'bairn.2026.plan.seeAgainSevere', visit: severe, days: 7, overdue: 3 },
  { rule: 'bairn.2026.plan.seeAgainModerate', visit: moderate, days: 30, overdue: 7 },
] as const) test(`${rule}: ${days} days after the visit; the day before, the day, overdue ${overdue} days after`, () => {
  const child = { ...boy, visits: [visit] }
  const at = (span: number) => item(plan(child, plus(TODAY, span)), 'seeAgain').urgency
  assert.deepEqual([at(days - 1), at(days), at(days + 1), at(days + overdue - 1), at(days + overdue)], ['comingUp', 'dueToday', 'dueToday', 'dueToday', 'overdue'])
})
test('bairn.2026.plan.seeAgainInfant: an infant at risk after 7 days; not before, and no longer than that', () => {
  const child: PlainChild = { birth: '2026-07-20', sex: 'male', visits: [{ day: '2026-10-20', kg: 5.2, cm: 59 }, { day: TODAY, kg: 5.4, cm: 60, feet: 'no', danger: 'no' }] }
  assert.deepEqual([6, 7, 9, 10].map((span) => item(plan(child, plus(TODAY, span)), 'seeAgain').urgency), ['comingUp', 'dueToday', 'dueToday', 'overdue'])
})
test('bairn.2026.plan.seeAgainReferred: a referral that was made is followed up after 7 days', () => {
  const child: PlainChild = { ...boy, visits: [{ ...well, feet: 'yes' }], responses: [{ item: 'refer', kind: 'done', day: TODAY }] }
  assert.deepEqual([6, 7, 10].map((span) => item(plan(child, plus(TODAY, span)), 'followReferral').urgency), ['comingUp', 'dueToday', 'overdue'])
  assert.ok(plan(child).items.every(({ need }) => need !== 'refer'))
})
test('bairn.2026.plan.seeAgainFaltering: 30 days after a lost weight', () => {
  const child: PlainChild = { ...boy, visits: [{ ...well, day: '2026-10-23', kg: 10.9 }, { ...well, kg: 10.5 }] }
  assert.equal(item(plan(child), 'growthReview').urgency, 'dueToday')
  assert.deepEqual([29, 30, 37].map((span) => item(plan(child, plus(TODAY, span)), 'seeAgain').urgency), ['comingUp', 'dueToday', 'overdue'])
})
for (const { kg, found } of [{ kg: 10.75, found: false }, { kg: 9.4, found: true }]) test(`bairn.2026.plan.faltering: from z 0.9 to ${found ? 'a whole z lower' : 'less than a whole z lower'} in three months`, () => {
  const reviews = plan({ ...boy, visits: [{ ...well, day: '2026-08-23', kg: 11.3, muac: 140 }, { ...well, kg: kg + 0.6 }] }).items.flatMap((each) => (each.need === 'growthReview' ? each.because : []))
  assert.equal(reviews.some(({ rule }) => rule === 'bairn.2026.plan.faltering'), found)
})

// --- measure again
test('who.2023.nutrition.G1 in a plan: a flagged score is danger until disproved: measure again before leaving', () => {
  const found = plan({ ...boy, visits: [{ ...well, kg: 4.2 }] })
  const again = item(found, 'measureAgain')
  assert.deepEqual([again.urgency, again.title.params?.['when']], ['actToday', { code: 'beforeLeaving' }])
  assert.ok(found.items.every(({ need }) => need !== 'severeWastingCare'), 'not classified')
  assert.ok(found.notJudged.some(({ text }) => text.key === 'nutrition.incomplete'))
})
test('who.2023.nutrition.G1 in a plan: a second agreeing measurement of the day classifies', () => {
  const found = plan({ ...boy, visits: [{ ...well, kg: 4.2, minute: 600 }, { day: TODAY, kg: 4.3, minute: 620 }] })
  assert.deepEqual([found.items[0]?.need, found.items.some(({ need }) => need === 'measureAgain')], ['askAssessment', false])
  item(found, 'severeWastingCare')
})
test('who.2023.nutrition.G1 in a plan: a decimal point in the wrong place is guessed at, not repaired', () => {
  const again = item(plan({ ...boy, visits: [{ ...well, kg: 105 }] }), 'measureAgain')
  assert.deepEqual(keys(again), ['growth.flag', 'plan.again.meant'])
  assert.deepEqual(again.because[1]?.text.params, { typed: { kg: 105 }, meant: { kg: 10.5 } })
})
test('who.2023.nutrition.G2 in a plan: an arm of 59 mm is measured again, and does not classify', () => {
  const found = plan({ ...boy, visits: [{ ...well, muac: 59 }] })
  assert.deepEqual(keys(item(found, 'measureAgain')), ['growth.flag', 'plan.again.muac'])
  assert.ok(found.items.every(({ need }) => need !== 'severeWastingCare'))
})
test('who.2023.nutrition.G2 in a plan: 15 % in less than 14 days is measured again', () => {
  assert.deepEqual(keys(item(plan({ ...boy, visits: [{ ...well, day: '2026-11-12', kg: 9 }, well] }), 'measureAgain')), ['plan.again.weightJump'])
})
test('a length that fell is measured again, without haste', () => {
  const again = item(plan({ ...boy, visits: [{ day: '2026-08-24', kg: 10, cm: 82 }, well] }), 'measureAgain')
  assert.deepEqual([again.urgency, keys(again)], ['dueToday', ['growth.heightFell']])
})
for (const [kg, differs] of [[10.39, true], [10.4, false], [10.5, false], [10.6, false], [10.61, true]] as const)
  test(`bairn.2026.plan.againDiffers: ${kg} kg and 10.5 kg on one day ${differs ? 'differ: take a third' : 'agree'}`, () => {
    const found = plan({ ...boy, visits: [{ day: TODAY, kg, minute: 1 }, { ...well, minute: 2 }] })
    assert.equal(found.items.some((each) => each.need === 'measureAgain' && keys(each).includes('plan.again.differs')), differs)
  })
test('a value that no child can have is not used, and is measured again today', () => {
  const again = item(plan({ ...boy, visits: [{ ...well, cm: 250 }] }), 'measureAgain')
  assert.deepEqual([again.urgency, keys(again)], ['actToday', ['growth.impossible']])
})

// --- measure
for (const { what, child, last, due, overdue } of [
  { what: 'monthly under 6 months', child: { birth: '2026-08-01', sex: 'female' }, last: '2026-11-01', due: '2026-12-01', overdue: 14 },
  { what: 'every two months under one year', child: { birth: '2026-03-01', sex: 'female' }, last: '2026-11-01', due: '2027-01-01', overdue: 14 },
  { what: 'every three months under 5 years', child: { birth: '2024-03-01', sex: 'female' }, last: '2026-11-01', due: '2027-02-01', overdue: 30 },
  { what: 'yearly from 5 years', child: { birth: '2018-03-01', sex: 'female' }, last: '2026-11-01', due: '2027-11-01', overdue: 30 },
] as const) test(`bairn.2026.plan.measureDue: weight ${what}; the day before, the day, the last day before overdue, overdue`, () => {
  const at = (day: string) => item(plan({ ...child, visits: [{ day: last, kg: 12 + (on(last) - on(child.birth)) / 300 }] }, day), 'measure').urgency
  assert.deepEqual([at(plus(due, -1)), at(due), at(plus(due, overdue - 1)), at(plus(due, overdue))], ['comingUp', 'dueToday', 'dueToday', 'overdue'])
})
test('bairn.2026.plan.measureDue: a child never measured is due, never overdue', () => {
  assert.deepEqual(urgencies(plan({ ...boy })), [['measure', 'dueToday']])
})
test('bairn.2026.plan.measureDue: days before the 19th birthday the next measurement is still there, on that day no longer', () => {
  const child: PlainChild = { birth: '2008-01-10', sex: 'female', visits: [{ day: '2026-11-01', kg: 55, cm: 165 }] }
  assert.equal(item(plan(child, '2027-01-09'), 'measure').window.due, on('2027-01-10'))
  assert.deepEqual(plan(child, '2027-01-10').items, [])
})
test('bairn.2026.plan.completeVisit: while the visit is open the measure that decides is asked for; afterwards not', () => {
  const { muac: _, ...noArm } = well
  const child = { ...boy, visits: [noArm] }
  assert.deepEqual(keys(item(plan(child), 'measure')).slice(0, 1), ['plan.measure.complete'])
  assert.equal(item(plan(child, plus(TODAY, 1)), 'measure').urgency, 'comingUp')
  assert.equal(plan(child).nextChange, on(plus(TODAY, 1)))
})
test('bairn.2026.plan.completeVisit: not before a referral', () => {
  assert.equal(item(plan({ ...boy, visits: [{ day: TODAY, kg: 10.5, cm: 80, feet: 'yes' }] }), 'measure').urgency, 'comingUp')
})

// --- ask
test('bairn.2026.plan.askAssessment: questions of one assessment are one item, just above what they could change', () => {
  const { feet: _, danger: __, appetite: ___, ...unasked } = severe
  const found = plan({ ...boy, visits: [unasked] })
  assert.deepEqual(found.items.slice(0, 2).map(({ need }) => need), ['askAssessment', 'severeWastingCare'])
  const ask = item(found, 'askAssessment')
  assert.deepEqual([ask.urgency, ask.ask?.kind, ask.more?.map(({ kind }) => kind)], ['actToday', 'oedema', ['complication', 'appetite']])
})
test('bairn.2026.plan.askAssessment: a well child of yesterday is not asked about; a wasted one is', () => {
  const { feet: _, ...wellUnchecked } = well
  const { feet: __, ...wastedUnchecked } = moderate
  const asked = (visit: PlainVisit) => plan({ ...boy, visits: [visit] }, plus(TODAY, 1)).items.some(({ need }) => need === 'askAssessment')
  assert.deepEqual([asked(wellUnchecked), asked(wastedUnchecked)], [false, true])
})
test('bairn.2026.plan.askAssessment: what nobody can tell is not asked again, and stays unknown', () => {
  const found = plan({ ...boy, visits: [{ ...well, feet: 'cannotTell' }] })
  assert.ok(found.items.every(({ need }) => need !== 'askAssessment'))
  assert.ok(found.notJudged.some(({ text }) => text.key === 'nutrition.missing'))
})
test('bairn.2026.plan.askAssessment: under six months a breastfeed is watched instead of the appetite test', () => {
  const ask = item(plan({ birth: '2026-07-20', sex: 'male', visits: [{ day: TODAY, kg: 4.6, cm: 62, feet: 'no', danger: 'no' }] }), 'askAssessment')
  assert.equal(ask.ask?.kind, 'breastfeedingDifficulty')
})
test('bairn.2026.plan.askSex: without a sex nothing is guessed; arm and feet still classify', () => {
  const { sex: _, ...unknown } = boy
  const found = plan({ ...unknown, visits: [moderate] })
  assert.deepEqual(found.scores, [])
  item(found, 'askSex')
  item(found, 'moderateWastingCare')
  assert.ok(plan({ ...boy, visits: [moderate] }).items.every(({ need }) => need !== 'askSex'))
})
test('bairn.2026.plan.askBirthDate: an arm that would be severe at one age makes the birth date urgent to know', () => {
  assert.equal(item(plan({ sex: 'male', visits: [{ day: TODAY, muac: 112 }] }), 'askBirthDate').urgency, 'actToday')
  assert.equal(item(plan({ sex: 'male', visits: [{ day: TODAY, muac: 140 }] }), 'askBirthDate').urgency, 'dueToday')
  item(plan({ sex: 'male', visits: [{ day: TODAY, feet: 'yes' }] }), 'refer')
})
test('bairn.2026.plan.estimatedAge: the mildest class over the possible dates is certain; if they differ the date is asked for', () => {
  const about = (muac: number) => plan({ birth: { day: '2026-05-20', earliest: '2026-02-01', latest: '2026-08-30' }, sex: 'male', visits: [{ day: TODAY, muac, feet: 'no', danger: 'no', appetite: 'pass' }] })
  assert.equal(item(about(112), 'askBirthDate').urgency, 'actToday')
  assert.ok(about(112).items.every(({ need }) => need !== 'severeWastingCare'))
  assert.ok(about(140).items.every(({ need }) => need !== 'askBirthDate'))
  assert.ok(about(140).notJudged.some(({ rule }) => rule === 'bairn.2026.plan.estimatedAge'))
})

// --- who has a plan, and what is said
test('bairn.2026.plan.dead: on the day of death and after there is no item, only the reason; before there was', () => {
  const child = { ...boy, died: TODAY, visits: [{ ...well, day: '2026-10-23' }] }
  assert.deepEqual([plan(child).items, plan(child).notJudged.map(({ rule }) => rule)], [[], ['bairn.2026.plan.dead']])
  const before = plan(child, plus(TODAY, -1))
  assert.deepEqual([before.items.length > 0, before.nextChange], [true, on(TODAY)])
})
test('bairn.2026.plan.grownUp: from the 19th birthday there is nothing, and it says so', () => {
  const child: PlainChild = { birth: '2007-11-23', sex: 'male' }
  assert.deepEqual([plan(child, plus(TODAY, -1)).items.length, plan(child).items.length, plan(child).notJudged[0]?.rule], [1, 0, 'bairn.2026.plan.grownUp'])
})
test('bairn.2026.plan.notCovered: every plan says what no engine covers', () => {
  for (const found of [plan({ ...boy, visits: [well] }), plan({ ...boy })])
    assert.equal(found.notJudged.filter(({ rule }) => rule === 'bairn.2026.plan.notCovered').length, editions.plan.notCovered.length)
})
test('bairn.2026.plan.notAssessed: a child of whom nothing was looked at is not called well', () => {
  assert.equal(plan({ ...boy }).notJudged[0]?.rule, 'bairn.2026.plan.notAssessed')
})
test('who.2023.nutrition.N-W1 from 5 years: feet that nobody looked at are said, feet looked at that day are not', () => {
  const missing = (feet: 'no' | undefined) => plan({ birth: '2017-11-23', sex: 'male', visits: [{ day: TODAY, kg: 25, cm: 128, ...(feet === undefined ? {} : { feet }) }] }).notJudged.some(({ text }) => text.key === 'nutrition.missing')
  assert.deepEqual([missing(undefined), missing('no')], [true, false])
})
test('a birth date after the day of the plan is an issue, and there is no item', () => {
  const found = plan({ ...boy }, '2025-05-22')
  assert.deepEqual([found.items, found.issues.map(({ code, severity }) => [code, severity])], [[], [['plan.birthAfterDay', 'error']]])
})
test('facts after the day are left out and counted; the plan changes when they come', () => {
  const found = plan({ ...boy, visits: [{ ...well, day: '2026-11-01' }, { ...well, day: '2026-12-01', feet: 'yes' }] })
  assert.deepEqual([urgencies(found), found.issues.map(({ code }) => code), found.nextChange], [[['measure', 'comingUp']], ['plan.laterFacts'], on('2026-12-01')])
})
test('an edition past its review date warns, from the day after', () => {
  const codes = (day: string) => plan({ ...boy, visits: [well] }, day).issues.map(({ where }) => where)
  assert.deepEqual([codes('2028-11-20'), codes('2028-11-21')], [[], ['nutrition/who-2023']])
})
test('born early: scored by the corrected age, and both ages are said', () => {
  const found = plan({ birth: '2026-08-03', sex: 'male', weeks: 31, visits: [{ day: TODAY, kg: 4.6, cm: 54.5 }] })
  assert.deepEqual(found.scores[0]?.age, { sinceBirth: 112, corrected: 49 })
  assert.ok(found.scores[0]?.because.some(({ text }) => text.key === 'growth.corrected'))
})
test('stunted and overweight: two items, no food for stunting', () => {
  const found = plan({ birth: '2023-05-10', sex: 'female', visits: [{ day: TODAY, kg: 15.2, cm: 86, position: 'standing', muac: 165, feet: 'no' }] })
  assert.deepEqual(found.items.map(({ need }) => need), ['growthReview', 'overweightReview', 'measure'])
})
test('obese at nine, severely thin at twelve', () => {
  assert.deepEqual(urgencies(plan({ birth: '2017-07-20', sex: 'female', visits: [{ day: TODAY, kg: 45, cm: 130 }] }))[0], ['overweightReview', 'dueToday'])
  assert.deepEqual(urgencies(plan({ birth: '2014-07-20', sex: 'female', visits: [{ day: TODAY, kg: 25, cm: 148 }] }))[0], ['thinnessReview', 'actToday'])
})

// --- responses
const wasted = { ...boy, visits: [moderate] }
test('done takes an item away, until new facts call for it', () => {
  const done = { ...wasted, responses: [{ item: 'moderateWastingCare', kind: 'done' as const, day: TODAY }] }
  assert.ok(plan(done).items.every(({ need }) => need !== 'moderateWastingCare'))
  item(plan({ ...done, visits: [moderate, { ...moderate, day: '2026-12-23' }] }, '2026-12-23'), 'moderateWastingCare')
})
test('not today hides an item until its day, and keeps it in sight', () => {
  const later = { ...wasted, responses: [{ item: 'moderateWastingCare', kind: 'notToday' as const, day: TODAY, until: '2026-11-26', note: 'mother in a hurry' }] }
  const found = plan(later)
  assert.ok(found.items.every(({ need }) => need !== 'moderateWastingCare'))
  assert.partialDeepStrictEqual(found.setAside, [{ need: 'moderateWastingCare', response: { kind: 'notToday', note: 'mother in a hurry' }, until: on('2026-11-26') }])
  assert.ok(plan(later, '2026-11-25').setAside.length === 1)
  item(plan(later, '2026-11-26'), 'moderateWastingCare')
})
test('declined stays aside until new facts call for it', () => {
  const declined = { ...wasted, responses: [{ item: 'moderateWastingCare', kind: 'declined' as const, day: TODAY }] }
  assert.equal(plan(declined, '2026-12-20').setAside[0]?.response.kind, 'declined')
  item(plan({ ...declined, visits: [moderate, { ...moderate, day: '2026-12-21' }] }, '2026-12-21'), 'moderateWastingCare')
})
test('a measurement put off comes back on its day; declined, at the next interval', () => {
  const due = { ...boy, visits: [{ ...well, day: '2026-08-23' }] }
  const after = (kind: 'notToday' | 'declined') => item(plan({ ...due, responses: [{ item: 'measure', kind, day: TODAY, ...(kind === 'notToday' ? { until: '2026-11-30' } : {}) }] }), 'measure')
  assert.deepEqual([after('notToday').urgency, formatDay(after('notToday').window.due)], ['comingUp', '2026-11-30'])
  assert.deepEqual([after('declined').urgency, formatDay(after('declined').window.due)], ['comingUp', '2027-02-23'])
})
test('a review that was done is not asked for again for 91 days', () => {
  const stunted: PlainChild = { birth: '2023-05-10', sex: 'female', visits: [{ day: '2026-10-01', kg: 12, cm: 87.5, position: 'standing', muac: 150, feet: 'no' }, { day: TODAY, kg: 12.2, cm: 87.8, position: 'standing', muac: 150, feet: 'no' }], responses: [{ item: 'growthReview', kind: 'done', day: '2026-10-01' }] }
  const reviewed = (day: string) => plan(stunted, day).items.some(({ need }) => need === 'growthReview')
  assert.deepEqual([reviewed('2026-12-30'), reviewed('2026-12-31')], [false, true])
})

test('a referral that the family declines stays in sight, and the child is seen the next day', () => {
  const found = plan({ ...boy, visits: [{ ...well, feet: 'yes' }], responses: [{ item: 'refer', kind: 'declined', day: TODAY, note: 'no transport' }] }, plus(TODAY, 1))
  assert.equal(found.setAside[0]?.response.note, 'no transport')
  assert.equal(item(found, 'followReferral').urgency, 'dueToday')
})
test('two answers of one day that no time tells apart: the more worrying one counts', () => {
  const twice = (first: 'yes' | 'no', second: 'yes' | 'no') => plan({ ...boy, visits: [{ ...well, feet: first }, { day: TODAY, feet: second }] }).items[0]?.need
  assert.deepEqual([twice('yes', 'no'), twice('no', 'yes'), twice('no', 'no')], ['refer', 'refer', 'measure'])
})

// --- scores for the page
test('assessGrowth and growthHistory: the latest of each, and every point of a chart', () => {
  const facts = childFacts({ ...boy, visits: [{ day: '2026-08-24', kg: 9.9, cm: 77 }, well] })
  const { scores, unscored } = assessGrowth(facts, { on: on(TODAY), editions })
  assert.deepEqual([scores.find(({ indicator }) => indicator === 'weightForAge')?.day, unscored.length], [on(TODAY), 0])
  assert.deepEqual(growthHistory(facts, { on: on(TODAY), editions }).filter(({ indicator }) => indicator === 'weightForAge').map(({ day }) => day), [on('2026-08-24'), on(TODAY)])
})
