/** WHO's routine recommendations at their boundaries: what a card from any country shows, judged by who-2025. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadImmunizationEdition } from '@bairn/knowledge'
import { formatDay } from '@bairn/quantities'
import type { ImmunizationEdition } from './edition.ts'
import type { Immunization } from './immunize.ts'
import { day, forecastOf, judge } from './testing/schedule.ts'

const who = await loadImmunizationEdition('who-2025') as ImmunizationEdition
const BORN = '2024-01-01'
/** 'valid', or 'notValid age.tooYoung', one text a dose of the group */
const said = ({ evaluations }: Immunization, group: string): readonly string[] => evaluations.filter(({ vaccineGroup }) => vaccineGroup === group)
  .map(({ status, findings }) => [status, ...findings.map(({ rule }) => rule).filter((rule) => rule !== 'satisfy.valid' && rule !== 'vaccine.allowable')].join(' '))
const next = (found: Immunization, group: string, seriesType: 'standard' | 'risk' = 'standard'): string => {
  const forecast = found.forecasts.find((one) => one.vaccineGroup === group && one.seriesType === seriesType)
  return forecast === undefined ? 'none' : forecast.recommended === undefined ? forecast.status : `${forecast.doseNumber} on ${formatDay(forecast.recommended)}`
}

// Born 2024-01-01: 6 weeks is 2024-02-12, 14 weeks 2024-04-08, 9 months 2024-10-01.
for (const { rule, doses, group, says } of [
  { rule: 'DTP a day before 6 weeks does not count: WHO knows no days of grace', doses: ['2024-02-11 198'], group: 'DTaP/Tdap/Td', says: ['notValid age.tooYoung'] },
  { rule: 'DTP at 6 weeks counts', doses: ['2024-02-12 198'], group: 'DTaP/Tdap/Td', says: ['valid'] },
  { rule: 'the second DTP a day before 4 weeks does not count', doses: ['2024-02-12 198', '2024-03-10 198'], group: 'DTaP/Tdap/Td', says: ['valid', 'notValid interval.tooSoon'] },
  { rule: 'the second DTP at 4 weeks counts', doses: ['2024-02-12 198', '2024-03-11 198'], group: 'DTaP/Tdap/Td', says: ['valid', 'valid'] },
  { rule: 'OPV at birth counts as the birth dose', doses: ['2024-01-01 178', '2024-02-12 178'], group: 'OPV', says: ['valid', 'valid'] },
  { rule: 'OPV at two weeks is neither a birth dose nor the first', doses: ['2024-01-15 178'], group: 'OPV', says: ['notValid age.tooYoung'] },
  { rule: 'IPV at 6 and 14 weeks is the early schedule', doses: ['2024-02-12 10', '2024-04-08 10'], group: 'IPV', says: ['valid', 'valid'] },
  { rule: 'IPV at 14 weeks and 3 months later: 4 months are asked for', doses: ['2024-04-08 10', '2024-07-08 10'], group: 'IPV', says: ['valid', 'notValid interval.tooSoon'] },
  { rule: 'measles a day before 9 months does not count', doses: ['2024-09-30 05'], group: 'MMR', says: ['notValid age.tooYoung'] },
  { rule: 'measles at 9 months counts', doses: ['2024-10-01 05'], group: 'MMR', says: ['valid'] },
  { rule: 'the second measles dose 4 weeks after the first counts, whatever the age', doses: ['2024-10-01 04', '2024-10-29 04'], group: 'MMR', says: ['valid', 'valid'] },
  { rule: 'rotavirus on the second birthday is too late', doses: ['2025-11-30 119', '2026-01-01 119'], group: 'Rotavirus', says: ['valid', 'extraneous age.tooOld'] },
  { rule: 'measles 27 days after yellow fever does not count', doses: ['2024-10-01 37', '2024-10-28 04'], group: 'MMR', says: ['notValid conflict.liveVirus'] },
  { rule: 'measles 28 days after yellow fever counts', doses: ['2024-10-01 37', '2024-10-29 04'], group: 'MMR', says: ['valid'] },
  { rule: 'OPV between live vaccines disturbs none', doses: ['2024-10-01 178', '2024-10-08 05'], group: 'MMR', says: ['valid'] },
  { rule: 'a typhoid vaccine that is not conjugate is not judged for a child it is not meant for', doses: ['2024-10-01 101'], group: 'Typhoid', says: [] },
  { rule: 'hepatitis B at birth and with each of three DTP: all four count', doses: ['2024-01-01 08', '2024-02-12 198', '2024-03-11 198', '2024-04-08 198'], group: 'HepB', says: ['valid', 'valid', 'valid', 'valid'] },
]) test(`who.2025.*: ${rule}`, () => { assert.deepEqual(said(judge(who, doses), group), says) })

for (const { rule, doses, on, group, says } of [
  { rule: 'a first Hib dose at 12 months is the only one', doses: ['2025-01-01 17'], on: '2025-02-01', group: 'Hib', says: 'complete' },
  { rule: 'a first Hib dose a day before 12 months is followed by two more', doses: ['2024-12-31 17'], on: '2025-02-01', group: 'Hib', says: '2 on 2025-01-28' },
  { rule: 'pneumococcal begun at 12 months: two doses', doses: ['2025-01-01 152', '2025-01-29 152'], on: '2025-03-01', group: 'Pneumococcal', says: 'complete' },
  { rule: 'pneumococcal begun at 24 months: one dose', doses: ['2026-01-01 152'], on: '2026-01-02', group: 'Pneumococcal', says: 'complete' },
  { rule: 'Rotarix: two doses', doses: ['2024-02-12 119', '2024-03-11 119'], on: '2024-04-01', group: 'Rotavirus', says: 'complete' },
  { rule: 'Rotarix, then another product: three doses', doses: ['2024-02-12 119', '2024-03-11 116'], on: '2024-04-01', group: 'Rotavirus', says: '3 on 2024-04-08' },
  { rule: 'three doses of IPV alone are a schedule of their own: no OPV is asked for', doses: ['2024-02-12 10', '2024-03-11 10', '2024-04-08 10'], on: '2024-05-01', group: 'IPV', says: 'complete' },
  { rule: 'tetanus and diphtheria go on at 8 years, where pertussis has ended', doses: [], on: '2032-02-01', group: 'DTaP/Tdap/Td', says: '1 on 2024-02-12' },
  { rule: 'the hepatitis B birth dose and two more are a complete series', doses: ['2024-01-01 08', '2024-02-12 198', '2024-03-11 198'], on: '2024-03-12', group: 'HepB', says: 'complete' },
  { rule: 'without the birth dose, hepatitis B needs three', doses: ['2024-02-12 198', '2024-03-11 198'], on: '2024-03-12', group: 'HepB', says: '3 on 2024-04-08' },
  { rule: 'hepatitis B begun at 2 years: the third dose 6 months after the first', doses: ['2026-01-02 08', '2026-02-02 08'], on: '2026-03-01', group: 'HepB', says: '3 on 2026-07-02' },
  { rule: 'rotavirus is over at 24 months', doses: [], on: '2026-01-01', group: 'Rotavirus', says: 'agedOut' },
  { rule: 'yellow fever is offered only where it is endemic', doses: [], on: '2024-10-01', group: 'Yellow Fever', says: 'none' },
]) test(`who.2025.*: ${rule}`, () => { assert.equal(next(judge(who, doses, { on }), group), says) })

for (const { observation, group, says } of [
  { observation: 'setting-yellow-fever', group: 'Yellow Fever', says: '1 on 2024-10-01' },
  { observation: 'setting-malaria', group: 'Malaria', says: '1 on 2024-06-01' },
  { observation: 'setting-typhoid', group: 'Typhoid', says: '1 on 2024-07-01' },
  { observation: 'setting-measles-low', group: 'MMR', says: '1 on 2025-01-01' },
  { observation: 'setting-measles-early', group: 'MMR', says: '1 on 2024-07-01' },
  { observation: 'setting-rsv', group: 'RSV', says: '1 on 2024-01-01' },
  { observation: '154', group: 'MMR', says: 'contraindicated' },
]) test(`who.2025.series.indication: ${observation} asks for ${group}`, () => { assert.equal(next(judge(who, [], { on: '2024-01-01', observations: [{ code: observation }] }), group, 'risk'), says) })

test('who.2025.contraindication.antigen: a history of intussusception stops rotavirus, severe immunocompromise OPV, HIV not yet stable BCG', () => {
  for (const [code, group] of [['028', 'Rotavirus'], ['246', 'OPV'], ['child-hiv-not-stable', 'Tuberculosis']] as const) {
    assert.equal(forecastOf(judge(who, [], { on: '2024-03-01', observations: [{ code }] }), group)?.status, 'contraindicated')
  }
})
test('who.2025.date.conflict: measles waits 4 weeks after yellow fever, for the child who had it alone', () => {
  const found = forecastOf(judge(who, ['2024-10-01 37'], { on: '2024-10-02', observations: [{ code: 'setting-yellow-fever' }] }), 'MMR')
  assert.equal(found?.earliest, day('2024-10-29'))
})
test(`who.2025.history.notForThisChild: a malaria dose of a child who lives where it is not given, and one of varicella, are kept and said (born ${BORN})`, () => {
  const found = judge(who, ['2024-06-01 VAC1237', '2025-01-01 21'])
  assert.deepEqual(found.setAside.map(({ dose, finding }) => [dose.id, finding.rule]), [['d1', 'history.notForThisChild'], ['d2', 'history.notForThisChild']])
  assert.deepEqual(judge(who, ['2024-06-01 VAC1237'], { observations: [{ code: 'setting-malaria' }] }).setAside, [])
})
