/** Vaccines in the plan: what is due, late, next, put off, asked and forbidden, under the schedule of the United States. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { IMMUNIZATION_EDITIONS, loadImmunizationEdition } from '@bairn/knowledge'
import { formatDay } from '@bairn/quantities'
import { planFor } from '../planFor.ts'
import type { Plan, PlanItem } from '../plan.ts'
import { childFacts, on, primaryCare, type PlainChild } from '../testing/child.ts'
import { editions, withVaccines } from '../testing/editions.ts'

const setting = { ...primaryCare, country: 'US' }
const planOn = (day: string, child: PlainChild): Plan => planFor(childFacts(child), { on: on(day), setting, editions: withVaccines })
const itemOf = ({ items }: Plan, need: string): PlanItem | undefined => items.find((item) => item.need === need)
const needs = ({ items }: Plan): readonly string[] => items.filter(({ action }) => action === 'give').map(({ need, urgency }) => `${urgency} ${need}`)

/** Hep B at birth and, with DTaP and PCV, at nine weeks; no polio, Hib or rotavirus yet. */
const girl: PlainChild = { birth: '2025-09-06', sex: 'female', doses: ['2025-09-06 08', '2025-11-08 107', '2025-11-08 08', '2025-11-08 133'] }

test('cdsi.4-6.date.recommended: a vaccine is coming up the day before its recommended day, and due on it', () => {
  const polio = (day: string) => itemOf(planOn(day, { ...girl, doses: [] }), 'vaccine.Polio')?.urgency
  assert.deepEqual([polio('2025-11-05'), polio('2025-11-06'), polio('2025-11-07')], [undefined, 'dueToday', 'dueToday'])
  const before = itemOf(planOn('2025-11-05', { ...girl, doses: [] }), 'vaccinesNext')
  assert.deepEqual([before?.urgency, before === undefined ? '' : formatDay(before.window.due)], ['comingUp', '2025-11-06'])
})
test('cdsi.4-6.date.pastDue: overdue from the day after the past due day', () => {
  const polio = (day: string) => itemOf(planOn(day, girl), 'vaccine.Polio')?.urgency
  assert.deepEqual([polio('2026-01-01'), polio('2026-01-02'), polio('2026-01-03')], ['dueToday', 'dueToday', 'overdue'])
})
test('a dose that is recorded leaves the list, and the next one takes its day', () => {
  const before = planOn('2026-01-20', girl)
  const after = planOn('2026-01-20', { ...girl, doses: [...girl.doses ?? [], '2026-01-20 10'] })
  assert.deepEqual([itemOf(before, 'vaccine.Polio')?.urgency, itemOf(after, 'vaccine.Polio')], ['overdue', undefined])
  assert.partialDeepStrictEqual(after.vaccines?.forecasts.find(({ group }) => group === 'Polio'), { status: 'notComplete', doseNumber: 2, window: { earliest: on('2026-02-17') } })
})
test('the plan holds every dose judged, with its reasons, and the doses these rest on', () => {
  const { vaccines } = planOn('2025-12-08', { ...girl, doses: [...girl.doses ?? [], '2025-11-20 107'] })
  const early = vaccines?.doses.find(({ id }) => id === 'Immunization/5')
  assert.partialDeepStrictEqual(early?.judged, [{ group: 'DTaP/Tdap/Td', status: 'notValid' }])
  assert.ok(early?.judged[0]?.because.some(({ rule, inputs }) => rule === 'cdsi.4-6.interval.tooSoon' && inputs.some(({ id, day }) => id === 'Immunization/5' && day === on('2025-11-20'))))
})
test('an unknown vaccine and a dose before birth are kept and named, never dropped', () => {
  const { vaccines } = planOn('2025-12-08', { ...girl, doses: ['2025-11-20 999', '2025-09-05 08'] })
  assert.deepEqual(vaccines?.doses.map(({ id, judged, setAside }) => [id, judged.length, setAside.map(({ rule }) => rule)]), [
    ['Immunization/2', 0, ['cdsi.4-6.history.beforeBirth']], ['Immunization/1', 0, ['cdsi.4-6.history.unknownVaccine']],
  ])
})
test('bairn.2026.plan.offerAgain: out of stock takes it out of the list for the days of the edition, with its reason, and then it is back', () => {
  const days = editions.plan.vaccines.offerAgainAfterDays.outOfStock
  const child: PlainChild = { ...girl, notGiven: [{ day: '2026-01-20', vaccine: '10', reason: 'outOfStock' }] }
  const on20 = planOn('2026-01-20', child)
  assert.deepEqual([itemOf(on20, 'vaccine.Polio'), on20.setAside.map(({ need, reason, until }) => [need, reason, until])], [undefined, [['vaccine.Polio', 'outOfStock', on('2026-01-20') + days]]])
  assert.equal(itemOf(planOn(formatDay((on('2026-01-20') + days - 1) as never), child), 'vaccine.Polio'), undefined)
  const back = itemOf(planOn(formatDay((on('2026-01-20') + days) as never), child), 'vaccine.Polio')
  assert.deepEqual([back?.urgency, back?.because[0]?.rule, back?.because[0]?.text.params?.['reason']], ['overdue', 'bairn.2026.plan.offerAgain', { code: 'outOfStock' }])
  assert.ok(itemOf(on20, 'vaccine.Hib') !== undefined, 'other vaccines stay due')
})
test('bairn.2026.plan.askReaction: asked when an earlier dose was given; no or cannot tell ends it, yes holds those vaccines back', () => {
  const at = (reaction?: 'no' | 'yes' | 'cannotTell', more: PlainChild = {}): Plan => planOn('2026-01-20', { ...girl, visits: reaction === undefined ? [] : [{ day: '2026-01-20', reaction }], ...more })
  const asked = at()
  assert.equal(itemOf(asked, 'askReaction')?.ask?.kind, 'vaccineReaction')
  assert.ok(itemOf(asked, 'vaccine.DTaP/Tdap/Td') !== undefined, 'asking does not hide the vaccine')
  for (const [day, urgency] of [['2026-01-20', 'dueToday'], ['2026-03-20', 'overdue']] as const) {
    const { items } = planOn(day, girl)
    const place = items.findIndex(({ need }) => need === 'askReaction')
    assert.deepEqual([items[place]?.urgency, place < items.findIndex(({ need }) => need === 'vaccine.DTaP/Tdap/Td')], [urgency, true], `${day}: asked before the first of them is given`)
  }
  assert.equal(itemOf(planOn('2026-01-20', { ...girl, doses: [] }), 'askReaction'), undefined, 'never of a child without a dose')
  for (const answer of ['no', 'cannotTell'] as const) assert.equal(itemOf(at(answer), 'askReaction'), undefined, answer)
  const said = at('yes')
  assert.deepEqual([itemOf(said, 'askReaction')?.urgency, itemOf(said, 'vaccine.DTaP/Tdap/Td'), itemOf(said, 'vaccine.Polio')?.urgency], ['actToday', undefined, 'overdue'])
  const named = at('yes', { observations: ['086'] })
  assert.equal(itemOf(named, 'askReaction'), undefined, 'which vaccine it was is recorded')
})
test('cdsi.4-6.contraindication.antigen: a forbidden vaccine is not due, and the plan says why', () => {
  const child: PlainChild = { birth: '2025-01-06', sex: 'male', doses: [], observations: ['091'] }
  const found = planOn('2026-02-01', child)
  assert.equal(itemOf(found, 'vaccine.MMR'), undefined)
  assert.ok(itemOf(planOn('2026-02-01', { ...child, observations: [] }), 'vaccine.MMR') !== undefined)
  const mmr = found.vaccines?.forecasts.find(({ group }) => group === 'MMR')
  assert.deepEqual([mmr?.status, mmr?.because.some(({ rule }) => rule === 'cdsi.4-6.contraindication.antigen')], ['contraindicated', true])
})
test('bairn.2026.plan.estimatedAge: what the possible birth dates agree on is due; what they do not is said to be unknown', () => {
  const child: PlainChild = { birth: { day: '2025-03-15', earliest: '2025-01-01', latest: '2025-05-31' }, sex: 'male', doses: [] }
  const found = planOn('2026-03-20', child)
  assert.equal(itemOf(found, 'vaccine.Polio')?.urgency, 'overdue')
  // Under one year by the latest birth date, over it by the others: the vaccine of twelve months is not due yet.
  assert.equal(itemOf(found, 'vaccine.Varicella'), undefined)
  assert.equal(found.vaccines?.forecasts.find(({ group }) => group === 'Varicella')?.window?.due, on('2026-05-31'))
  const wide = planOn('2026-03-20', { ...child, birth: { day: '2018-06-01', earliest: '2017-01-01', latest: '2025-05-31' } })
  assert.ok(wide.vaccines?.forecasts.some(({ status }) => status === 'unknown'))
  assert.ok(wide.notJudged.some(({ rule, text }) => rule === 'bairn.2026.plan.estimatedAge' && text.key === 'plan.notJudged.vaccineAge'))
})
test('bairn.2026.plan.noSchedule: without a schedule or a birth date nothing is judged, and the plan says so', () => {
  const why = (child: PlainChild, given = withVaccines) => planFor(childFacts(child), { on: on('2026-01-20'), setting, editions: given }).notJudged.find(({ rule }) => rule === 'bairn.2026.plan.noSchedule')?.text.params?.['why']
  assert.deepEqual([why(girl), why(girl, editions), why({ sex: 'female', doses: ['2025-11-08 107'] })], [undefined, { code: 'noSchedule' }, { code: 'noBirthDate' }])
})
test('bairn.2026.plan.placeUnknown: what is given in some places only is asked of the place; yes gives it, no ends it, no answer is said', async () => {
  const kenya = await loadImmunizationEdition('ken-2023')
  assert.ok(kenya !== undefined)
  const malaria = (answer: boolean | undefined): readonly [string | undefined, boolean] => {
    const switches = answer === undefined ? {} : { 'place-malaria': { known: true as const, value: answer, because: [] }, 'place-yellow-fever': { known: true as const, value: answer, because: [] } }
    const found = planFor(childFacts({ birth: '2026-01-06', sex: 'female', doses: [] }), { on: on('2026-08-01'), setting: { ...primaryCare, switches }, editions: { ...editions, immunization: kenya } })
    return [itemOf(found, 'vaccine.Malaria.risk')?.urgency, found.notJudged.some(({ rule }) => rule === 'bairn.2026.plan.placeUnknown')]
  }
  assert.deepEqual([malaria(undefined), malaria(false), malaria(true)], [[undefined, true], [undefined, false], ['dueToday', false]])
})
test('bairn.2026.plan.sharedDecision: what the schedule leaves to a talk with the family is named, and is due on no day', () => {
  const found = planOn('2026-04-20', { ...girl, doses: [] })
  assert.equal(found.vaccines?.forecasts.find(({ group }) => group === 'COVID-19')?.sharedDecision, true)
  assert.deepEqual([itemOf(found, 'vaccine.COVID-19'), found.notJudged.filter(({ rule }) => rule === 'bairn.2026.plan.sharedDecision').length], [undefined, 1])
})
test('bairn.2026.plan.noProduct: where every vaccine that the schedule names is forbidden, none is asked for, and it says so', () => {
  const child: PlainChild = { birth: '2025-04-16', sex: 'female', doses: [] }
  const flu = (observations: readonly string[]) => { const found = planOn('2025-11-20', { ...child, observations }); return [itemOf(found, 'vaccine.Influenza')?.urgency, found.notJudged.some(({ rule }) => rule === 'bairn.2026.plan.noProduct')] }
  assert.deepEqual([flu([]), flu(['193'])], [['dueToday', false], [undefined, true]])
})
test('a measurement within some days of the next vaccines goes along with them', () => {
  // Weighed on 3 October, so due on 3 November; vaccines at two months on 6 November.
  const found = planOn('2025-10-20', { ...girl, doses: ['2025-09-06 08', '2025-10-06 08'], visits: [{ day: '2025-10-03', kg: 4, cm: 53 }] })
  assert.deepEqual([itemOf(found, 'measure')?.window.due, itemOf(found, 'vaccinesNext')?.window.due], [on('2025-11-06'), on('2025-11-06')])
})
test('a child in danger is referred first; vaccines come after', () => {
  const swollen = planOn('2026-01-20', { ...girl, visits: [{ day: '2026-01-20', kg: 5, cm: 60, feet: 'yes' }] })
  assert.deepEqual([swollen.items[0]?.need, needs(swollen).slice(0, 1)], ['refer', ['overdue vaccine.Hib']])
})
test('the days of a forecast are said by every schedule in its own words: cdsi.4-6, who.2025', async () => {
  for (const id of IMMUNIZATION_EDITIONS) {
    const edition = await loadImmunizationEdition(id)
    assert.ok(edition !== undefined)
    const { rulePrefix } = edition
    const { vaccines } = planFor(childFacts({ birth: '2025-09-06', sex: 'female', doses: [] }), { on: on('2026-01-20'), setting, editions: { ...editions, immunization: edition } })
    const rules = new Set(vaccines?.forecasts.flatMap(({ because }) => because.map(({ rule }) => rule)))
    assert.ok(rules.has(`${rulePrefix}.date.recommended`), id)
    const late = vaccines?.forecasts.some(({ window }) => window?.overdue !== undefined)
    assert.equal(rules.has(`${rulePrefix}.date.pastDue`), late, id)
  }
})
