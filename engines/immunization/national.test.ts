/** Countries whose own rules are not confirmed: WHO's decide, every such sentence says so, and a figure of the country's own does not. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatMessage, loadImmunizationEdition, loadMessages, LANGUAGES } from '@bairn/knowledge'
import { formatDay } from '@bairn/quantities'
import type { ImmunizationEdition } from './edition.ts'
import { explain } from './explain.ts'
import { judge } from './testing/schedule.ts'

const load = async (id: string): Promise<ImmunizationEdition> => await loadImmunizationEdition(id) as ImmunizationEdition
const [kenya, nigeria, germany, southAfrica, unitedKingdom, pakistan] = await Promise.all(['ken-2023', 'nga-2026', 'deu-2023', 'zaf-2023', 'gbr-2023', 'pak-2024'].map(load)) as [ImmunizationEdition, ImmunizationEdition, ImmunizationEdition, ImmunizationEdition, ImmunizationEdition, ImmunizationEdition]

/** What a group says of each dose: status and deciding sentences. */
const said = (edition: ImmunizationEdition, doses: readonly string[], group: string): readonly string[] => judge(edition, doses).evaluations.filter(({ vaccineGroup }) => vaccineGroup === group)
  .map(({ status, findings }) => [status, ...findings.filter(({ rule }) => !/^(?:satisfy|vaccine\.allowable)/.test(rule)).map((finding) => formatMessage(explain(finding, edition).text, 'en'))].join(': '))
const due = (edition: ImmunizationEdition, group: string, on: string, more: Parameters<typeof judge>[2] = {}): string => {
  const found = judge(edition, [], { on, ...more }).forecasts.filter(({ vaccineGroup }) => vaccineGroup === group).map(({ seriesType, recommended, pastDue, status }) => `${seriesType} ${recommended === undefined ? status : `${formatDay(recommended)} to ${pastDue === undefined ? '-' : formatDay(pastDue)}`}`)
  return found.join('; ')
}
await loadMessages('en')
const NOT_HERE = 'Not counted by WHO’s rules; this country’s own rule is not confirmed here.'

test('national.ken-2023.age.tooYoung: a dose that WHO would not count says whose rule it is', () => {
  assert.deepEqual(said(kenya, ['2024-09-30 04'], 'MMR'), [`notValid: Too young: this dose counts from 1 October 2024. ${NOT_HERE}`])
  const finding = judge(kenya, ['2024-09-30 04']).evaluations[0]?.findings[0]
  assert.ok(finding !== undefined)
  const reason = explain(finding, kenya)
  assert.equal(reason.evidence, 'policy')
  assert.match(reason.source.document, /^WHO, Digital adaptation kit/)
})
test('national.*.interval.tooSoon and .conflict.liveVirus say so too, in three languages', async () => {
  assert.deepEqual(said(kenya, ['2024-02-12 198', '2024-03-01 198'], 'Hib'), ['valid', `notValid: Too soon after the earlier dose: it counts from 11 March 2024. ${NOT_HERE}`])
  for (const language of LANGUAGES) {
    await loadMessages(language)
    const text = formatMessage(explain({ rule: 'conflict.liveVirus', code: '37' }, kenya).text, language)
    assert.match(text, { en: /not confirmed here/, fr: /n’est pas confirmée ici/, ar: /غير مؤكَّدة هنا/ }[language])
  }
})
test('national.ken-2023: a dose that counts, and a complete series, say nothing of borrowing', () => {
  assert.equal(explain({ rule: 'satisfy.valid' }, kenya).text.key, 'immunization.satisfy.valid')
  assert.equal(explain({ rule: 'need.complete' }, kenya).text.key, 'immunization.need.complete')
  assert.deepEqual([kenya.borrowed, kenya.validity], [true, { borrowed: 'immunization/who-2025' }])
})
test('national.zaf-2023: measles at 6 months is what South Africa recommends, so it counts there, and not in Kenya', () => {
  assert.deepEqual([said(southAfrica, ['2024-07-01 05'], 'MMR'), said(southAfrica, ['2024-06-30 05'], 'MMR').length], [['valid'], 1])
  assert.match(said(southAfrica, ['2024-06-30 05'], 'MMR')[0] ?? '', /^notValid/)
  assert.match(said(kenya, ['2024-07-01 05'], 'MMR')[0] ?? '', /^notValid/)
})
test('national.deu-2023: Germany\'s own interval and maximum age come first, and are not called WHO\'s', () => {
  assert.deepEqual(said(germany, ['2024-03-01 146', '2024-05-01 146', '2024-10-31 146'], 'Polio'), ['valid', 'valid', 'notValid: Too soon after the earlier dose: it counts from 1 November 2024.'])
  const tooOld = judge(germany, ['2024-03-25 119', '2024-06-18 119']).evaluations.filter(({ vaccineGroup }) => vaccineGroup === 'Rotavirus')
  assert.deepEqual(tooOld.map(({ status }) => status), ['valid', 'extraneous'])
  const finding = tooOld[1]?.findings.find(({ rule }) => rule === 'age.tooOld')
  assert.deepEqual(finding === undefined ? undefined : [explain(finding, germany).evidence, explain(finding, germany).text.key], ['stated', 'immunization.age.tooOld'])
})
test('national.deu-2023.date.minimumAge: Tdap is foreseen not before 4 years, although WHO would take a booster at 12 months', () => {
  const found = judge(germany, ['2024-03-01 146', '2024-05-01 146', '2024-12-01 146'], { on: '2025-06-01' }).forecasts.find(({ vaccineGroup }) => vaccineGroup === 'DTaP/Tdap/Td')
  assert.deepEqual([found?.earliest, found?.recommended].map((day) => day === undefined ? '' : formatDay(day)), ['2028-01-01', '2029-01-01'])
})
test('national.nga-2026: malaria and HPV are offered only where they are said to be given', () => {
  assert.equal(due(nigeria, 'Malaria', '2024-06-01'), '')
  assert.equal(due(nigeria, 'Malaria', '2024-06-01', { observations: [{ code: 'place-malaria' }] }), 'risk 2024-06-01 to 2024-06-28')
  assert.equal(due(nigeria, 'HPV', '2033-01-01', { observations: [{ code: 'place-hpv' }], sex: 'male' }), '')
})
test('national.pak-2024: hepatitis B at birth only in some places; a birth dose from elsewhere counts everywhere', () => {
  assert.equal(due(pakistan, 'HepB', '2024-01-01'), 'standard 2024-02-12 to 2024-03-10')
  assert.equal(due(pakistan, 'HepB', '2024-01-01', { observations: [{ code: 'place-hepb' }] }), 'risk 2024-01-01 to 2024-01-28')
  assert.deepEqual(said(pakistan, ['2024-01-02 08'], 'HepB'), ['valid'])
})
test('national.gbr-2023: any polio vaccine counts where only the inactivated one is given', () => {
  assert.deepEqual(said(unitedKingdom, ['2024-02-12 178', '2024-03-11 178', '2024-04-08 10'], 'Polio'), ['valid', 'valid', 'valid'])
})
test('national.*: overdue is the end of the window, or 4 weeks after the recommended age', () => {
  assert.equal(due(kenya, 'MMR', '2024-02-01'), 'standard 2024-10-01 to 2024-10-28')
  assert.equal(due(germany, 'HPV', '2024-02-01'), 'standard 2033-01-01 to 2038-12-31')
})
