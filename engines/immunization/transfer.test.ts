/** Each decision, in words and with its numbers: from a small schedule of somewhere to another, and under the United States edition. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatMessage, LANGUAGES, loadImmunizationEdition, loadMessages } from '@bairn/knowledge'
import { formatDay } from '@bairn/quantities'
import type { ImmunizationEdition } from './edition.ts'
import { day, dose, editionOf, series } from './testing/schedule.ts'
import { transfer, type Transfer } from './transfer.ts'

const us = await loadImmunizationEdition('cdsi-4.64')
assert.ok(us !== undefined)
for (const language of LANGUAGES) await loadMessages(language)

const young = editionOf([series([dose({ ages: [{ absMin: '9 months', min: '9 months', earliestRec: '9 months' }] })])])
const old = editionOf([series([
  dose({ ages: [{ absMin: '12 months - 4 days', min: '12 months', earliestRec: '12 months' }] }),
  dose({ ages: [{ absMin: '13 months', min: '13 months', earliestRec: '4 years' }], intervals: [{ from: { previous: true }, absMin: '4 weeks', min: '4 weeks' }] }),
])])
const as = (edition: ImmunizationEdition, country: string, validity: ImmunizationEdition['validity'] = 'own'): ImmunizationEdition => ({ ...edition, country, validity, borrowed: validity !== 'own', id: `immunization/${country}` })
const move = (from: ImmunizationEdition, to: ImmunizationEdition, doses: readonly string[], on = '2026-01-01'): Transfer => transfer({
  birthDate: day('2024-01-01'), sex: 'female', observations: [], doses: doses.map((text, index) => ({ id: `d${index}`, date: day(text.slice(0, 10)), cvx: text.slice(11) })),
}, { from, to }, { assessment: day(on) })
const decided = ({ decisions }: Transfer): readonly string[] => decisions.map(({ dose: { id }, disease, decision }) => `${id} ${disease ?? '-'} ${decision}`)
const sentences = ({ decisions }: Transfer): readonly string[] => decisions.map(({ text }) => formatMessage(text, 'en'))

test('a dose that is too young for the new schedule is to be repeated, with the age given and the age needed', () => {
  const found = move(as(young, 'KE'), as(old, 'US'), ['2024-10-01 01'])
  assert.deepEqual(decided(found), ['d0 A repeat'])
  assert.deepEqual(sentences(found), ['Not counted against A by the schedule of the United States: given at 9 months; it counts from 12 months less 4 days on, for this child from 28 December 2024.'])
  assert.deepEqual(found.decisions[0]?.because.map(({ edition, rule }) => `${edition} ${rule}`), ['immunization/cdsi-4.64 cdsi.4-6.age.tooYoung', 'immunization/cdsi-4.64 cdsi.4-6.satisfy.valid'].map((text, index) => text.replace('immunization/cdsi-4.64', index === 0 ? 'immunization/US' : 'immunization/KE')))
})
for (const { when, on, decision } of [{ when: 'the day before', on: '2024-12-27', decision: 'repeat' }, { when: 'on', on: '2024-12-28', decision: 'accepted' }, { when: 'the day after', on: '2024-12-29', decision: 'accepted' }]) {
  test(`a dose given ${when} the minimum age of the new schedule: ${decision}`, () => {
    assert.deepEqual(decided(move(as(young, 'KE'), as(old, 'US'), [`${on} 01`])), [`d0 A ${decision}`])
  })
}
test('rules that are borrowed never call a dose wrong for the country: not counted by whose rules, and not confirmed', () => {
  const found = move(as(young, 'US'), as(old, 'KE', { borrowed: 'immunization/who-2025' }), ['2024-10-01 01'])
  assert.deepEqual(decided(found), ['d0 A notConfirmed'])
  assert.deepEqual(sentences(found), ['Not counted against A by the rules of WHO; the own rule of Kenya is not confirmed here: given at 9 months; it counts from 12 months less 4 days on, for this child from 28 December 2024.'])
})
test('a dose more than the new schedule asks for is extra', () => {
  assert.deepEqual(decided(move(as(young, 'KE'), as(young, 'US'), ['2024-10-01 01', '2025-02-01 01'])), ['d0 A accepted', 'd1 A extra'])
})
test('too soon after the earlier dose: both spans are said', () => {
  const found = move(as(young, 'KE'), as(old, 'US'), ['2025-01-10 01', '2025-02-05 01'])
  assert.deepEqual(decided(found), ['d0 A accepted', 'd1 A repeat'])
  assert.equal(sentences(found)[1], 'Not counted against A by the schedule of the United States: given 26 days after the earlier dose; at least 4 weeks are needed, so it would have counted from 7 February 2025.')
})
test('a disease that the new schedule does not vaccinate against: the dose stays on record', () => {
  const without = editionOf([series([dose()])], { schedule: { antigens: [{ name: 'A', contraindications: [], vaccineContraindications: [], series: [series([dose()])] }], vaccineGroups: [{ name: 'G', antigens: ['A'] }], vaccines: { '01': { name: 'one', antigens: [{ antigen: 'A' }] } } } })
  assert.deepEqual(decided(move(as(young, 'KE'), as(without, 'US'), ['2024-10-01 03'])), ['d0 B notInSchedule'])
})
test('a vaccine that neither schedule knows is not judged, and said', () => {
  const found = move(as(young, 'KE'), as(old, 'US'), ['2024-10-01 77'])
  assert.deepEqual(decided(found), ['d0 - notJudged'])
  assert.match(sentences(found)[0] ?? '', /77 is not known here/)
})
test('a product of a disease that both vaccinate against, unknown to the new schedule, is not judged', () => {
  const other = editionOf([series([dose()])], { schedule: { vaccines: { '01': { name: 'one', antigens: [{ antigen: 'A' }] }, '03': { name: 'three', antigens: [{ antigen: 'B' }] }, '02': { name: 'two', antigens: [{ antigen: 'A' }] } } } })
  const narrow = { ...old, vaccines: new Map([...old.vaccines].filter(([cvx]) => cvx !== '02')) }
  assert.deepEqual(decided(move(as(other, 'KE'), as(narrow, 'US'), ['2025-02-01 02'])), ['d0 A notJudged'])
})
test('the same history in the codes of each country: doses are told apart by their ids', () => {
  const facts = (cvx: string) => ({ birthDate: day('2024-01-01'), sex: 'female' as const, observations: [], doses: [{ id: 'x', date: day('2025-02-01'), cvx }] })
  const found = transfer(facts('01'), { from: as(young, 'KE'), to: as(old, 'US') }, { assessment: day('2026-01-01'), there: facts('02') })
  assert.deepEqual(found.decisions.map(({ dose: { id, cvx }, decision, there }) => [id, cvx, decision, there?.status]), [['x', '01', 'accepted', 'notValid']])
})
test('the schedules of a child differ in ages, numbers and diseases, each said in one sentence', () => {
  const { differences } = move(as(young, 'KE'), as(old, 'US'), [])
  assert.deepEqual(differences.map(({ kind, text }) => [kind, formatMessage(text, 'en')]), [
    ['doses', 'Against A: 2 doses in the schedule of the United States (12 months and 4 years), 1 in that of Kenya (9 months).'],
  ])
})
test('measles at 9 months, BCG and bivalent polio drops under the schedule of the United States', () => {
  const found = move(as(us, 'KE'), us, ['2024-01-01 19', '2024-03-01 178', '2024-03-01 198', '2024-10-01 04'])
  assert.deepEqual(decided(found), [
    'd0 - notInSchedule', 'd1 Polio repeat', 'd2 Diphtheria accepted', 'd2 HepB accepted', 'd2 Hib accepted', 'd2 Pertussis accepted', 'd2 Tetanus accepted', 'd3 Measles repeat', 'd3 Rubella repeat',
  ])
  assert.equal(formatDay(found.plan.visits[0]?.day ?? day('1900-01-01')), '2026-01-01')
  assert.ok(found.toGive.some(({ disease, days }) => disease === 'Measles' && days.length === 1))
})
for (const language of LANGUAGES) test(`every sentence of a transfer is written, ${language}`, () => {
  const found = move(as(us, 'KE'), us, ['2024-01-01 19', '2024-03-01 178', '2024-03-20 178', '2024-03-01 198', '2024-10-01 04', '2024-10-10 37', '2024-11-01 777', '2025-01-20 21', '2025-01-10 03'])
  const { plan } = found
  const texts = [...found.decisions, ...found.differences, ...found.toGive, ...plan.unplanned, ...plan.routine, ...plan.visits.flatMap(({ doses }) => doses)].map(({ text }) => formatMessage(text, language))
  for (const text of [...texts, ...plan.visits.flatMap(({ because }) => because.map((one) => formatMessage(one, language)))]) assert.doesNotMatch(text, /\[?immunization\.|age\.(?:day|week|month|year)|\{|undefined/, text)
  assert.ok(texts.length > 40)
})
test('a country that the catalogues have no words for is called by its name', () => {
  const found = move(as(young, 'KE'), as(young, 'TZ'), ['2024-10-01 01'])
  assert.deepEqual(LANGUAGES.map((language) => formatMessage(found.decisions[0]?.text ?? { key: '' }, language).match(/Tanzania|Tanzanie|تنزانيا/)?.[0]), ['Tanzania', 'Tanzanie', 'تنزانيا'])
})
