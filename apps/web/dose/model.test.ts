/** The dose form: what is due first, which products count, what is said before saving, and what is written. The schedule is that of the United States. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { adverseEventToFhir, childFromFhir, doseToFhir, findingToFhir, loadEditionsToRead, scheduleIn } from '@bairn/fhir'
import { planFor, type Plan } from '@bairn/plan'
import { parseDay, type Day } from '@bairn/quantities'
import type { Engines } from '../child/compute.ts'
import { NO_DATE } from '../components/typed.ts'
import { EMPTY, emptyRow, isDoseDraft, type DoseDraft, type RowDraft } from './draft.ts'
import { readExpiry } from './expiry.ts'
import { look, type Looked } from './model.ts'
import { plainVaccineOf } from './plainVaccine.ts'
import { productsFor } from './products.ts'
import { rowsOf, WORDS } from './rows.ts'

const editions = await loadEditionsToRead('US')
const day = (text: string): Day => { const parsed = parseDay(text); assert.ok(parsed.ok); return parsed.value }
const on = day('2026-11-23')
const context = { child: 'Patient/p', by: 'Practitioner/n', at: { location: 'Location/l', name: 'Ahero' }, zone: '+03:00' }
const patient = { resourceType: 'Patient', id: 'p', gender: 'female', birthDate: '2025-05-23' }
const given = (id: string, date: string, code: string) => doseToFhir({ id, day: day(date), vaccine: { code, name: code } }, { child: 'Patient/p' })
const setting = { place: 'x', country: 'US', profile: 'primaryCare', switches: {} } as const
const engines: Engines = {
  editions,
  factsOf: (resources) => childFromFhir(resources, { convert: () => ({ ok: false, problem: { code: 'unit.unknown', given: '' } }), on, ...scheduleIn(editions) }),
  planOf: (facts, at = on) => planFor(facts, { on: at, setting, editions }),
}
const planOf = (resources: readonly unknown[]): Plan => { const facts = engines.factsOf(resources); assert.ok(facts); return engines.planOf(facts) }

/** Rows by their group, as typed. */
function looked(history: readonly object[], typed: Readonly<Record<string, Partial<RowDraft>>>, draft: Partial<DoseDraft> = {}): Looked {
  const resources = [patient, ...history] as never
  const plan = planOf(resources)
  const { due, others } = rowsOf(plan)
  const rows = Object.fromEntries(Object.entries(typed).map(([key, row]) => [key, { ...emptyRow(key, ''), id: key.replaceAll(/[^A-Za-z]/g, ''), ...row }]))
  return look({ ...EMPTY, ...draft, rows }, { rows: [...due, ...others], plan, resources, engines, context, minute: 592 })
}
const said = (found: Looked, key: string): readonly string[] => found.checks.get(key)?.map(({ sign, title }) => `${sign} ${title.key.replace('vaccines.check.', '')}`) ?? []

test('what is due comes first, in the plan’s order; then every other disease; then words', () => {
  const plan = planOf([patient, given('a', '2025-07-23', '10')])
  const { due, others } = rowsOf(plan)
  assert.deepEqual(due.map(({ key }) => key), plan.items.filter(({ action, urgency }) => action === 'give' && urgency !== 'comingUp').map(({ need }) => need))
  assert.ok(others.some(({ key }) => key === 'vaccine.HPV'))
  assert.equal(others.at(-1)?.key, WORDS)
})
test('products: those that count come first, an unspecified one counts as well, and one that would not is still on the list', () => {
  const facts = engines.factsOf([patient, given('a', '2025-07-23', '10')])
  assert.ok(facts)
  const forecast = engines.planOf(facts).vaccines?.forecasts.find(({ group }) => group === 'Polio')
  assert.ok(forecast && editions.immunization)
  const { asked, allowed, other } = productsFor(forecast, { facts, edition: editions.immunization, on })
  assert.ok(asked.some(({ code }) => code === '10'), 'IPV')
  assert.ok([...allowed, ...other].some(({ code }) => code === '89'), 'polio, unspecified')
  assert.ok(!asked.some(({ code }) => code === '182' || code === '02'), 'oral polio is not asked for')
  const plain = plainVaccineOf(forecast, editions.immunization)
  assert.deepEqual(editions.immunization.vaccines.get(plain?.code ?? '')?.antigens.map(({ antigen }) => antigen), ['Polio'], 'says nothing of other diseases')
})
test('a dose that counts: age and interval passed, and the plan with it is there before it is saved', () => {
  const found = looked([given('a', '2025-07-23', '10')], { 'vaccine.Polio': { product: '10', lot: ' A1 ', expiry: { day: '', month: '3', year: '27' }, site: 'LT' } })
  assert.deepEqual(said(found, 'vaccine.Polio'), ['done age', 'done interval', 'done counts'])
  assert.equal(found.plan?.items.some(({ need }) => need === 'vaccine.Polio'), false)
  assert.partialDeepStrictEqual(found.ready[0]?.resource, {
    resourceType: 'Immunization', id: 'vaccinePolio', status: 'completed', primarySource: true, occurrenceDateTime: '2026-11-23T09:52:00+03:00', recorded: '2026-11-23',
    lotNumber: 'A1', expirationDate: '2027-03-31', site: { coding: [{ code: 'LT' }] }, performer: [{ actor: { reference: 'Practitioner/n' } }],
  })
})
test('too soon: the first good day, why, and that it is kept all the same; it is ready to be saved', () => {
  const found = looked([given('a', '2026-11-10', '10')], { 'vaccine.Polio': { product: '10' } })
  const [check] = (found.checks.get('vaccine.Polio') ?? []).filter(({ sign }) => sign === 'actToday')
  assert.deepEqual(check?.title, { key: 'vaccines.check.wait', params: { day: { day: day('2026-12-08') } } })
  assert.deepEqual(check?.text.map(({ key }) => key), ['immunization.interval.tooSoon', 'vaccines.check.keepNow'])
  assert.equal(found.ready.length, 1)
})
test('two live vaccines: the first good day comes from the engine', () => {
  const found = looked([given('a', '2026-11-10', '03')], { 'vaccine.Varicella': { product: '21' } })
  const [check] = (found.checks.get('vaccine.Varicella') ?? []).filter(({ sign }) => sign === 'actToday')
  assert.deepEqual([check?.title.key, check?.text[0]?.key], ['vaccines.check.wait', 'immunization.conflict.liveVirus'])
})
test('an expired vial is not to be used, and a dose given from one is still recorded', () => {
  const found = looked([], { 'vaccine.Polio': { product: '10', expiry: { day: '31', month: '10', year: '2026' } } })
  assert.deepEqual(said(found, 'vaccine.Polio'), ['actToday expired'])
  assert.equal(found.ready.length, 1)
})
test('the same on the same day: is one of them a copy?', () => {
  assert.ok(said(looked([given('a', '2026-11-23', '10')], { 'vaccine.Polio': { product: '10' } }), 'vaccine.Polio').includes('actToday already'))
})
test('must not be given: said first, whatever else holds', () => {
  const event = adverseEventToFhir({ id: 'r', day: day('2026-06-01'), kind: 'severeAllergicReaction', serious: true, outcome: 'recovered', doses: ['Immunization/a'] }, context)
  assert.equal(said(looked([given('a', '2026-06-01', '03'), event], { 'vaccine.MMR': { product: '03' } }), 'vaccine.MMR')[0], 'urgent forbidden')
})
test('without a product nothing is guessed: it stays open, and says so', () => {
  const found = looked([], { 'vaccine.Polio': {}, 'vaccine.Hib': { product: '48' } })
  assert.deepEqual([found.open, said(found, 'vaccine.Polio'), found.ready.map(({ key }) => key)], [['vaccine.Polio'], ['notKnown product'], ['vaccine.Hib']])
})
test('from a card: the month is enough, nobody here gave it, and one that does not count is recorded all the same', () => {
  const found = looked([], { 'vaccine.MMR': { product: '03' } }, { when: 'card', day: { day: '', month: '2', year: '2026' } })
  const [{ resource } = { resource: undefined }] = found.ready
  assert.partialDeepStrictEqual(resource, { occurrenceDateTime: '2026-02', recorded: '2026-11-23', primarySource: false, reportOrigin: { coding: [{ code: 'record' }] } })
  assert.deepEqual([resource?.['performer'], resource?.['location']], [undefined, undefined])
  const check = found.checks.get('vaccine.MMR')?.find(({ sign }) => sign === 'actToday')
  assert.deepEqual([check?.title.key, check?.text.at(-1)?.key], ['vaccines.check.doesNotCount', 'vaccines.check.keep'])
})
test('a day of the past here has no time; a day that has not come is no day', () => {
  const past = looked([], { 'vaccine.Polio': { product: '10' } }, { when: 'otherDay', day: { day: '20', month: '11', year: '2026' } })
  assert.partialDeepStrictEqual(past.ready[0]?.resource, { occurrenceDateTime: '2026-11-20', primarySource: true, location: { reference: 'Location/l' } })
  const future = looked([], { 'vaccine.Polio': { product: '10' } }, { when: 'otherDay', day: { day: '24', month: '11', year: '2026' } })
  assert.deepEqual([future.when, future.open], [{ kind: 'problem', key: 'web.date.future' }, ['vaccine.Polio']])
})
for (const reason of ['outOfStock', 'declined', 'deferred'] as const) test(`not given, ${reason}: written with its reason, and out of the list until it is offered again`, () => {
  const found = looked([given('a', '2025-07-23', '10')], { 'vaccine.Polio': { not: { reason, note: ' ask the father ' } } })
  assert.partialDeepStrictEqual(found.ready[0]?.resource, { status: 'not-done', note: [{ text: 'ask the father' }] })
  assert.deepEqual(found.plan?.setAside.map(({ need, reason: why }) => [need, why]), [['vaccine.Polio', reason]])
  assert.ok(found.plan?.items.some(({ need }) => need === 'vaccine.Hib'), 'other vaccines stay due')
})
test('a product in words is kept as it was written, and what it means is left to the record', () => {
  const found = looked([], { [WORDS]: { product: WORDS, name: ' Zyx-27 ' } })
  assert.deepEqual(found.ready[0]?.resource['vaccineCode'], { text: 'Zyx-27' })
  assert.deepEqual(said(found, WORDS), ['notKnown notJudged'])
})
test('somebody said yes to a reaction: what was due is still on the form', () => {
  const yes = findingToFhir({ id: 'f', day: on, kind: 'vaccineReaction', answer: 'yes' }, context)
  const { due, others } = rowsOf(planOf([patient, given('a', '2025-07-23', '10'), yes]))
  assert.ok(!due.some(({ key }) => key === 'vaccine.Polio') && others.some(({ key }) => key === 'vaccine.Polio'))
})
for (const { typed, read } of [
  { typed: ['', '', ''], read: { kind: 'empty' } }, { typed: ['', '2', '2028'], read: { kind: 'day', day: day('2028-02-29') } }, { typed: ['31', '3', '27'], read: { kind: 'day', day: day('2027-03-31') } },
  { typed: ['', '٣', '٢٠٢٧'], read: { kind: 'day', day: day('2027-03-31') } }, { typed: ['31', '2', '2027'], read: { kind: 'problem', key: 'web.date.noSuchDay' } }, { typed: ['', '13', '2027'], read: { kind: 'problem', key: 'web.date.noSuchDay' } },
  { typed: ['', 'x', '2027'], read: { kind: 'problem', key: 'web.date.digits' } }, { typed: ['', '3', ''], read: { kind: 'partial' } }, { typed: ['', '3', '202'], read: { kind: 'partial' } },
] as const) test(`an expiry typed as ${typed.join('/')}`, () => {
  const [ofMonth, month, year] = typed
  assert.deepEqual(readExpiry({ day: ofMonth, month, year }), read)
})
test('a draft of another shape is no draft', () => {
  assert.deepEqual([isDoseDraft(EMPTY), isDoseDraft({ ...EMPTY, rows: { x: emptyRow('i', '10') } }), isDoseDraft({ ...EMPTY, rows: { x: { product: 1 } } }), isDoseDraft({ day: NO_DATE }), isDoseDraft(null)], [true, true, false, false, false])
})
