/**
 * A child who moves with doses of which only a span of days is known: decided where no day changes the decision, not judged and said where one
 * does, and a plan that is right whichever day it was, or says that it may not be.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatMessage, LANGUAGES, loadImmunizationEdition, loadMessages, loadUncertainDatePolicy } from '@bairn/knowledge'
import { addDays, type Day } from '@bairn/quantities'
import fc from 'fast-check'
import { isBehind } from './behind.ts'
import type { ImmunizationEdition } from './edition.ts'
import { immunize } from './immunize.ts'
import { day, dose, editionOf, series } from './testing/schedule.ts'
import { transfer, type Transfer } from './transfer.ts'
import { transferWithUncertainDates } from './transferUncertain.ts'
import type { UncertainDose } from './uncertain.ts'

for (const language of LANGUAGES) await loadMessages(language)
const policy = await loadUncertainDatePolicy()
const [kenya, usa, germany, brazil] = await Promise.all(['ken-2023', 'cdsi-4.64', 'deu-2023', 'bra-2023'].map((id) => loadImmunizationEdition(id) as Promise<ImmunizationEdition>)) as [ImmunizationEdition, ImmunizationEdition, ImmunizationEdition, ImmunizationEdition]
const as = (edition: ImmunizationEdition, country: string): ImmunizationEdition => ({ ...edition, country, validity: 'own', borrowed: false, id: `immunization/${country}` })
const young = as(editionOf([series([dose({ ages: [{ absMin: '9 months', min: '9 months', earliestRec: '9 months' }] })])]), 'KE')
// Twelve months less four days is 28 December 2024; four weeks at least between the two.
const old = as(editionOf([series([
  dose({ ages: [{ absMin: '12 months - 4 days', min: '12 months', earliestRec: '12 months' }] }),
  dose({ ages: [{ absMin: '13 months', min: '13 months', earliestRec: '15 months' }], intervals: [{ from: { previous: true }, absMin: '4 weeks', min: '4 weeks' }] }),
])]), 'US')
const birthDate = day('2024-01-01')
const between = (id: string, earliest: string, latest: string, cvx = '01'): UncertainDose => ({ id, cvx, earliest: day(earliest), latest: day(latest) })
const move = (uncertain: readonly UncertainDose[], doses: readonly string[] = [], on = '2026-01-01'): Transfer => {
  const facts = { birthDate, sex: 'female' as const, observations: [], uncertain, doses: doses.map((text, index) => ({ id: `d${index}`, date: day(text), cvx: '01' })) }
  return transferWithUncertainDates(facts, { from: young, to: old }, { assessment: day(on), there: facts, policy })
}
const decided = ({ decisions }: Transfer): readonly string[] => decisions.map(({ dose: { id }, decision }) => `${id} ${decision}`)
const sentences = ({ decisions }: Transfer, language: 'en' | 'fr' | 'ar' = 'en'): readonly string[] => decisions.map(({ text }) => formatMessage(text, language))
/** Days of the doses planned against A; the little schedule has another disease too. */
const planned = ({ plan }: Transfer): readonly Day[] => plan.visits.flatMap(({ day: on, doses }) => doses.filter(({ covers }) => covers.some(({ antigens }) => antigens.includes('A'))).map(() => on))
const rules = ({ decisions }: Transfer): readonly string[] => decisions.flatMap(({ because }) => because.map(({ rule }) => rule).filter((rule) => rule.includes('uncertainDate')))

test('a month that lies wholly after the minimum age counts, and says between which days', () => {
  const found = move([between('x', '2025-01-01', '2025-01-31')])
  assert.deepEqual([decided(found), rules(found)], [['x accepted'], ['bairn.2026.uncertainDate.holds']])
  assert.deepEqual([found.decisions[0]?.between, found.decisions[0]?.dose.date], [{ earliest: day('2025-01-01'), latest: day('2025-01-31') }, day('2025-01-31')])
  assert.deepEqual(sentences(found), ['Counts against A in the schedule of the United States, whichever day it was from 1 January 2025 to 31 January 2025.'])
  assert.deepEqual([found.uncertain, planned(found)], [{ tried: 31, planHolds: true }, [day('2026-01-01')]])
})
for (const { what, latest, decision, rule } of [
  { what: 'ends the day before the minimum age: to be repeated, whichever day it was', latest: '2024-12-27', decision: 'repeat', rule: 'holds' },
  { what: 'ends on the minimum age: its day decides', latest: '2024-12-28', decision: 'notJudged', rule: 'decides' },
  { what: 'ends the day after it: its day decides', latest: '2024-12-29', decision: 'notJudged', rule: 'decides' },
]) test(`a span that ${what}`, () => {
  const found = move([between('x', '2024-12-01', latest)])
  assert.deepEqual([decided(found), rules(found)], [[`x ${decision}`], [`bairn.2026.uncertainDate.${rule}`]])
  assert.equal(planned(found).length, 2, 'nothing is taken as given that may not count')
})
test('a whole dose whose decision hangs on another one\'s day is not judged either, and says so', () => {
  const found = move([between('x', '2025-01-01', '2025-01-31')], ['2025-02-10'])
  assert.deepEqual([decided(found), rules(found)], [['x accepted', 'd0 notJudged'], ['bairn.2026.uncertainDate.holds', 'bairn.2026.uncertainDate.dependsOn']])
  assert.match(sentences(found)[1] ?? '', /depends on the day of another dose, which is not known: look at the card/)
})
test('a dose that may have been last week is not followed too soon', () => {
  const found = move([between('x', '2025-12-10', '2025-12-31')], [], '2026-01-05')
  assert.deepEqual([decided(found), found.uncertain?.planHolds], [['x accepted'], true])
  assert.deepEqual(planned(found), [day('2026-01-28')], 'four weeks after the last day that it may have been')
})
test('more doses without a day than the policy tries: none is taken as certain', () => {
  const found = move(Array.from({ length: policy.mostDoses + 1 }, (_, at) => between(`x${at}`, '2025-02-01', '2025-02-28')))
  assert.ok(found.decisions.every(({ decision, because }) => decision === 'notJudged' && because.some(({ rule }) => rule === 'bairn.2026.uncertainDate.tooMany')))
  assert.deepEqual([planned(found), found.uncertain?.planHolds, found.plan.unplanned.map(({ why }) => why)], [[], false, ['dayUnknown']])
})

// Against the United States' own schedule, from Kenya: what a plan must not do and must not leave out.
const crossing = (to: ImmunizationEdition, birth: string, on: string, uncertain: readonly UncertainDose[], doses: readonly (readonly [date: string, cvx: string])[] = []): Transfer => {
  const facts = { birthDate: day(birth), sex: 'female' as const, observations: [], uncertain, doses: doses.map(([date, cvx], index) => ({ id: `d${index}`, date: day(date), cvx })) }
  return transferWithUncertainDates(facts, { from: kenya, to }, { assessment: day(on), there: facts, policy })
}
const given = ({ plan }: Transfer, group: string): readonly Day[] => plan.visits.flatMap(({ day: on, doses }) => doses.filter(({ covers }) => covers.some(({ vaccineGroup }) => vaccineGroup === group)).map(() => on))
const waits = ({ plan }: Transfer, group: string): boolean => plan.unplanned.some(({ vaccineGroup, why }) => vaccineGroup === group && why === 'dayUnknown')

test('a first dose in the month in which it begins to count: the next is not planned for a day that may be too soon', () => {
  const found = crossing(usa, '2026-01-01', '2026-03-07', [between('x', '2026-02-01', '2026-02-28', '20')])
  assert.deepEqual([given(found, 'DTaP/Tdap/Td'), waits(found, 'DTaP/Tdap/Td'), found.uncertain?.planHolds], [[], true, false])
  assert.match(formatMessage(found.plan.unplanned.find(({ why }) => why === 'dayUnknown')?.text ?? { key: '' }, 'en'), /not planned, because it depends on the day of an earlier dose, which is not known/)
})
test('a dose that another day would make necessary is never left out in silence', () => {
  // Measles vaccine on 5 January would make the chickenpox vaccine of 25 January too soon after it.
  const varicella = crossing(usa, '2024-01-01', '2025-06-01', [between('x', '2024-12-20', '2025-01-10', '03')], [['2025-01-25', '21']])
  assert.ok(given(varicella, 'Varicella').length > 0 || waits(varicella, 'Varicella'))
  const rotavirus = crossing(usa, '2026-01-01', '2026-05-01', [between('x', '2026-01-20', '2026-02-19', '116')])
  assert.ok(given(rotavirus, 'Rotavirus').length > 0 || waits(rotavirus, 'Rotavirus'))
  assert.ok(rotavirus.plan.unplanned.every(({ vaccineGroup, why }) => vaccineGroup !== 'Rotavirus' || why === 'dayUnknown'))
})
test('a span that lies before the age at which the new country gives the dose is asked about', () => {
  const found = crossing(brazil, '2024-01-01', '2025-06-01', [between('x', '2024-02-15', '2024-02-28', '133')])
  assert.match(found.ask.map(({ text }) => formatMessage(text, 'en')).join(), /the dose given between 15 February 2024 and 28 February 2024 counts by the rules of WHO, but was perhaps given too early there; the schedule of Brazil gives that dose at 2 months/)
})
test('several doses without a day: no more is said than was tried', () => {
  const found = crossing(usa, '2024-01-01', '2025-06-01', [between('x', '2025-02-01', '2025-02-28', '83'), between('y', '2025-04-01', '2025-04-30', '10')])
  assert.match(sentences(found).join(), /Counts against hepatitis A in the schedule of the United States, on each of the days tried from 1 February 2025 to 28 February 2025\./)
})
test('no dose without a day: the transfer as it always was', () => {
  const facts = { birthDate, sex: 'female' as const, observations: [], doses: [{ id: 'd0', date: day('2025-01-10'), cvx: '01' }] }
  const plain = transfer(facts, { from: young, to: old }, { assessment: day('2026-01-01') })
  assert.deepEqual(move([], ['2025-01-10']), plain)
})
test('every language has the sentences', () => {
  for (const language of LANGUAGES) for (const text of [...sentences(move([between('x', '2025-01-01', '2025-01-31')], ['2025-02-10']), language), formatMessage({ key: 'immunization.transfer.planOpen' }, language)]) {
    assert.doesNotMatch(text, /\[[a-zA-Z.]+\]|\{|undefined/)
  }
})

// ---- against the exact answer of every day

const assessment = day('2026-03-15')
const COMMON = ['198', '02', '133', '119', '03', '94', '21', '08', '10', '19']
const histories = fc.record({
  age: fc.integer({ min: 60, max: 2500 }), month: fc.nat(), span: fc.integer({ min: 1, max: 30 }), cvx: fc.constantFrom(...COMMON),
  doses: fc.array(fc.record({ at: fc.oneof(fc.constantFrom(42, 70, 98, 274, 365, 456), fc.integer({ min: 0, max: 2500 })), cvx: fc.constantFrom(...COMMON) }), { maxLength: 8 }),
})

test('one month that is not known, from Kenya to the United States or Germany: what is decided is so on each of its days, and the plan is right on each and leaves out nothing in silence', () => {
  let settled = 0
  let open = 0
  let whole = 0
  let runs = 0
  fc.assert(fc.property(histories, fc.constantFrom(usa, germany), ({ age, month, span, cvx, doses }, to) => {
    const birth = addDays(assessment, -age)
    const earliest = addDays(birth, month % Math.max(1, age - span)) as Day
    const latest = Math.min(addDays(earliest, span), assessment) as Day
    const certain = doses.filter(({ at }) => at <= age).map((one, index) => ({ id: `d${index}`, date: addDays(birth, one.at), cvx: one.cvx }))
    const facts = { birthDate: birth, sex: 'male' as const, observations: [], doses: certain, uncertain: [{ id: 'x', cvx, earliest, latest }] }
    const found = transferWithUncertainDates(facts, { from: kenya, to }, { assessment, there: facts, policy, limit: 60 })
    runs += 1
    if (found.uncertain?.planHolds === true) whole += 1
    for (let on = earliest; on <= latest; on = addDays(on, 1)) {
      const dated = { ...facts, doses: [...certain, { id: 'x', date: on, cvx }] }
      const exact = transfer(dated, { from: kenya, to }, { assessment, limit: 60 })
      for (const one of exact.decisions) {
        const ours = found.decisions.find(({ dose: { id }, disease }) => id === one.dose.id && disease === one.disease)
        assert.ok(ours !== undefined, `${one.dose.id} ${one.disease}: silence`)
        if (ours.decision !== 'notJudged') assert.equal(ours.decision, one.decision, `${one.dose.id} ${one.disease} on ${on}`)
        if (ours.decision === 'notJudged' && one.decision !== 'notJudged') open += 1
        else settled += 1
      }
      const planned = found.plan.visits.flatMap((visit, at) => visit.doses.map(({ cvx: product, mvx, covers }, place) => ({ covers, dose: { id: `p${at}.${place}`, date: visit.day, cvx: product, ...(mvx === undefined ? {} : { mvx }) } })))
      const after = immunize({ ...dated, doses: [...dated.doses, ...planned.map(({ dose: one }) => one)] }, to, { assessment: found.plan.visits.at(-1)?.day ?? assessment })
      for (const { dose: one, covers } of planned) for (const { vaccineGroup } of covers) {
        const status = after.evaluations.find((evaluation) => evaluation.dose.id === one.id && evaluation.vaccineGroup === vaccineGroup)?.status
        assert.ok(status === 'valid' || status === 'extraneous', `${one.cvx} for ${vaccineGroup} is ${status} when x was given on ${on}`)
      }
      for (const forecast of immunize(dated, to, { assessment }).forecasts.filter((one) => isBehind(one, assessment))) {
        const { vaccineGroup } = forecast
        assert.ok(planned.some(({ covers }) => covers.some((one) => one.vaccineGroup === vaccineGroup)) || found.plan.unplanned.some((one) => one.vaccineGroup === vaccineGroup && one.why !== 'agedOut' && one.why !== 'notRecommended'), `${vaccineGroup} is left out when x was given on ${on}`)
      }
    }
  }), { seed: 20261129, numRuns: 25 })
  assert.ok(settled > open * 5 && open > 0 && whole > runs / 2, `${settled} decided, ${open} left open; ${whole} of ${runs} plans whole`)
})
