/** From a plan to its sheet: what is tinted, what is urgent, what stands behind "Why?". */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayOf, type Day } from '@bairn/quantities'
import type { ChildFacts, Plan, PlanItem } from '@bairn/plan'
import { readBirth } from './birthDate.ts'
import { actOf, canWait, doneToday, nextVisits, sheetOf, timeOf, whyOf } from './model.ts'

const on = dayOf({ year: 2026, month: 11, day: 23 })
const reason = { rule: 'who.2006.weightForAge.z', edition: 'growth/who-2006', text: { key: 'growth.z' }, inputs: [], source: { document: 'WHO', section: '7' }, evidence: 'stated' } as const
const item = (need: PlanItem['need'], urgency: PlanItem['urgency'], more: Partial<PlanItem> = {}): PlanItem => ({ id: `x/${need}`, need, action: 'counsel', title: { key: 'x' }, window: { due: on }, urgency, because: [reason], ...more })
const plan = (...items: PlanItem[]): Plan => ({ child: 'Patient/x', on, items, setAside: [], scores: [], notJudged: [], issues: [], setting: { place: 'x', country: 'KE', profile: 'primaryCare', switches: {} }, editions: [], engine: 'x' })

test('only the first thing to do is tinted, and only if it is pressing; a question before it is not', () => {
  const tints = (...items: PlanItem[]): readonly boolean[] => sheetOf(plan(...items)).items.map(({ tinted }) => tinted)
  assert.deepEqual(tints(item('moderateWastingCare', 'actToday'), item('growthReview', 'actToday')), [true, false])
  assert.deepEqual(tints(item('askAssessment', 'actToday', { action: 'ask' }), item('moderateWastingCare', 'actToday')), [false, true])
  assert.deepEqual(tints(item('measure', 'overdue'), item('growthReview', 'dueToday')), [false, false])
})
test('a question is not known, whatever its place', () => {
  assert.equal(sheetOf(plan(item('askAssessment', 'actToday', { action: 'ask' }))).items[0]?.sign, 'notKnown')
})
test('an urgent first item takes the place of the plan', () => {
  const sheet = sheetOf(plan(item('refer', 'urgent', { action: 'refer' }), item('measure', 'comingUp')))
  assert.equal(sheet.urgent?.need, 'refer')
  assert.deepEqual(sheet.items.map(({ item: { need } }) => need), ['measure'])
  assert.equal(sheet.nothingDue, false)
})
test('nothing due is said when all is coming up', () => {
  assert.equal(sheetOf(plan(item('measure', 'comingUp'))).nothingDue, true)
  assert.deepEqual(sheetOf(plan(item('measure', 'dueToday'), item('askSex', 'dueToday', { action: 'ask' }))).counts, { acts: 1, asks: 1 })
})
test('what an item asks for: an answer, a measurement, a mark, or nothing yet', () => {
  assert.equal(actOf(item('askSex', 'dueToday', { action: 'ask' })), 'ask')
  assert.equal(actOf(item('measure', 'overdue', { action: 'measure' })), 'measure')
  assert.equal(actOf(item('seeAgain', 'dueToday', { action: 'schedule' })), 'measure')
  assert.equal(actOf(item('growthReview', 'dueToday')), 'record')
  assert.equal(actOf(item('measure', 'comingUp', { action: 'measure' })), 'none')
  assert.deepEqual([canWait(item('growthReview', 'dueToday')), canWait(item('measure', 'comingUp')), canWait(item('askSex', 'dueToday', { action: 'ask' }))], [true, false, false])
})
test('next visits come by date', () => {
  const later = (need: PlanItem['need'], days: number) => item(need, 'comingUp', { window: { due: (on + days) as Day } })
  assert.deepEqual(nextVisits(plan(later('measure', 30), later('seeAgain', 7), item('growthReview', 'dueToday'))).map(({ need }) => need), ['seeAgain', 'measure'])
})
test('behind "Why?" each rule, source, fact and change stands once, with what needs review marked', () => {
  const flip = { when: { key: 'plan.flip.feetSwollen' }, becomes: { key: 'plan.becomes.urgentReferral' } }
  const fact = { id: 'Observation/w', kind: 'weight', day: on, value: { kg: 8.5 as never } } as const
  const why = whyOf([{ ...reason, inputs: [fact], flips: [flip] }, { ...reason, rule: 'bairn.2026.plan.faltering', evidence: 'policy', inputs: [fact], flips: [flip] }])
  assert.deepEqual(why.rules.map(({ review }) => review), [false, true])
  assert.equal(why.sources.length, 1)
  assert.deepEqual(why.sources[0]?.rules, ['who.2006.weightForAge.z', 'bairn.2026.plan.faltering'])
  assert.deepEqual([why.used.length, why.flips.length, why.flips[0]?.sign], [1, 1, 'urgent'])
})
test('what was done today can be undone: answers and marks of this day, in order', () => {
  const facts = {
    findings: [{ id: 'Observation/f', day: on, minute: 600, kind: 'oedema', answer: 'no' }, { id: 'Observation/g', day: (on - 1) as Day, kind: 'oedema', answer: 'no' }],
    responses: [{ id: 'Task/t', day: on, minute: 590, item: 'growthReview', kind: 'done' }, { id: 'Task/u', day: on, item: 'measure', kind: 'notToday' }],
  } as unknown as ChildFacts
  assert.deepEqual(doneToday(facts, on, []).map(({ id }) => id), ['Task/t', 'Observation/f'])
  assert.equal(timeOf(592), '09:52')
})
for (const { typed, read } of [
  { typed: ['23', '5', '2025'], read: { kind: 'known', text: '2025-05-23' } }, { typed: ['', '5', '2025'], read: { kind: 'known', text: '2025-05' } }, { typed: ['', '', '2025'], read: { kind: 'known', text: '2025' } },
  { typed: ['23', '', '2025'], read: { kind: 'problem', key: 'child.ask.birthIncomplete' } }, { typed: ['', '12', '2026'], read: { kind: 'problem', key: 'web.date.future' } },
  { typed: ['31', '2', '2025'], read: { kind: 'problem', key: 'web.date.noSuchDay' } }, { typed: ['', '', ''], read: { kind: 'problem', key: 'child.ask.birthIncomplete' } },
] as const) test(`a birth date typed as ${typed.join('/')}`, () => {
  const [day, month, year] = typed
  assert.deepEqual(readBirth({ day, month, year }, on), read)
})
