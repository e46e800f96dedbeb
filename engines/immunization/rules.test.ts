/** Every rule at, just before and just after its boundary, on schedules made for it. CDC's cases do not prove them all. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatDay } from '@bairn/quantities'
import { day as judgeDay, dose, editionOf, forecastOf, judge, series, statuses, whyOf } from './testing/schedule.ts'

const one = (result: ReturnType<typeof judge>): string => statuses(result)[0] ?? ''
const VALID = 'valid cdsi.4-6.satisfy.valid'

const ages = editionOf([series([dose({ ages: [{ absMin: '2 months - 4 days', min: '2 months', earliestRec: '3 months', latestRec: '4 months', max: '1 year' }] })])])
for (const [on, says] of [
  ['2024-02-25', 'notValid cdsi.4-6.age.tooYoung'],
  ['2024-02-26', 'valid cdsi.4-6.age.grace cdsi.4-6.satisfy.valid'],
  ['2024-02-29', 'valid cdsi.4-6.age.grace cdsi.4-6.satisfy.valid'],
  ['2024-03-01', VALID],
  ['2024-12-31', VALID],
  ['2025-01-01', 'extraneous cdsi.4-6.age.tooOld'],
] as const) test(`cdsi.4-6.age.*: born 2024-01-01, dose of 2 months given ${on}: ${says}`, () => { assert.equal(one(judge(ages, [on])), says) })

const intervals = editionOf([series([dose(), dose({ intervals: [{ from: { previous: true }, absMin: '4 weeks - 4 days', min: '4 weeks' }] })])])
for (const [second, says] of [
  ['2024-02-24', 'notValid cdsi.4-6.interval.tooSoon'],
  ['2024-02-25', 'valid cdsi.4-6.interval.grace cdsi.4-6.satisfy.valid'],
  ['2024-02-28', 'valid cdsi.4-6.interval.grace cdsi.4-6.satisfy.valid'],
  ['2024-02-29', VALID],
] as const) test(`cdsi.4-6.interval.*: 4 weeks after 2024-02-01, given ${second}: ${says}`, () => { assert.equal(statuses(judge(intervals, ['2024-02-01', second]))[1], says) })
test('cdsi.4-6.interval.tooSoon counts from a dose that was not valid: the interval starts again', () => {
  assert.deepEqual(statuses(judge(intervals, ['2024-02-01', '2024-02-20', '2024-03-14'])), [VALID, 'notValid cdsi.4-6.interval.tooSoon', 'notValid cdsi.4-6.interval.tooSoon'])
})
test('CALCDTINT-1: a sub-standard dose is stepped over', () => {
  const found = judge(intervals, [], { doses: [{ id: 'a', date: judgeDay('2024-02-01'), cvx: '01' }, { id: 'b', date: judgeDay('2024-02-27'), cvx: '01', doseCondition: true }, { id: 'c', date: judgeDay('2024-02-29'), cvx: '01' }] })
  assert.deepEqual(statuses(found), [VALID, 'subStandard cdsi.4-6.doseCondition.flagged', VALID])
})
test('CALCDTINT-1: an extraneous dose is stepped over', () => {
  const edition = editionOf([series([dose(), dose({ ages: [{ max: '2 months' }], intervals: [{ from: { previous: true }, absMin: '4 weeks' }] })])])
  assert.deepEqual(statuses(judge(edition, ['2024-01-20', '2024-03-05', '2024-03-10'])), [VALID, 'extraneous cdsi.4-6.age.tooOld', 'extraneous cdsi.4-6.age.tooOld'])
})
test('cdsi.4-6.interval.allowable: the allowable interval rescues a missed one, and alone makes no dose valid', () => {
  const edition = editionOf([series([dose(), dose({ intervals: [{ from: { previous: true }, absMin: '8 weeks' }], allowableIntervals: [{ from: { previous: true }, absMin: '4 weeks' }] })])])
  assert.equal(statuses(judge(edition, ['2024-02-01', '2024-02-28']))[1], 'notValid cdsi.4-6.interval.tooSoon')
  assert.equal(statuses(judge(edition, ['2024-02-01', '2024-02-29']))[1], 'valid cdsi.4-6.interval.allowable cdsi.4-6.satisfy.valid')
  assert.equal(statuses(judge(edition, ['2024-02-01', '2024-03-28']))[1], VALID)
})

test('cdsi.4-6.doseCondition.expired: the last day of the lot counts, the day after does not', () => {
  assert.equal(one(judge(ages, ['2024-03-05'], { dose: { lotExpiry: judgeDay('2024-03-05') } })), VALID)
  assert.equal(one(judge(ages, ['2024-03-06'], { dose: { lotExpiry: judgeDay('2024-03-05') } })), 'subStandard cdsi.4-6.doseCondition.expired')
})
test('cdsi.4-6.doseCondition.flagged: a dose recorded as to be repeated', () => {
  assert.equal(one(judge(ages, ['2024-03-05'], { dose: { doseCondition: true } })), 'subStandard cdsi.4-6.doseCondition.flagged')
})
test('cdsi.4-6.inadvertent.vaccine: not valid, nothing else is asked, and the next dose is not before its day', () => {
  const edition = editionOf([series([dose({ inadvertent: ['02'] })])])
  const found = judge(edition, ['2025-05-01 02'], { on: '2025-05-01' })
  assert.equal(one(found), 'notValid cdsi.4-6.inadvertent.vaccine')
  assert.equal(forecastOf(found)?.earliest, judgeDay('2025-05-01'))
})
test('cdsi.4-6.vaccine.notAllowed and .allowable: by code, age and manufacturer', () => {
  const edition = editionOf([series([dose({ preferable: [{ cvx: '01', mvx: 'MSD', end: '1 year' }], allowable: [{ cvx: '02', begin: '6 weeks' }] })])])
  assert.equal(one(judge(edition, ['2024-03-01'])), 'notValid cdsi.4-6.vaccine.notAllowed')
  assert.equal(one(judge(edition, ['2024-03-01'], { dose: { mvx: 'MSD' } })), VALID)
  assert.equal(one(judge(edition, ['2025-01-01'], { dose: { mvx: 'MSD' } })), 'notValid cdsi.4-6.vaccine.notAllowed')
  assert.equal(one(judge(edition, ['2024-02-11 02'])), 'notValid cdsi.4-6.vaccine.notAllowed')
  assert.equal(one(judge(edition, ['2024-02-12 02'])), 'valid cdsi.4-6.vaccine.allowable cdsi.4-6.satisfy.valid')
})
test('cdsi.4-6.satisfy.seriesComplete: what comes after the last target dose is extra', () => {
  assert.deepEqual(statuses(judge(ages, ['2024-03-05', '2024-04-05'])), [VALID, 'extraneous cdsi.4-6.satisfy.seriesComplete'])
})
test('a satisfied recurring dose leaves a copy of itself: such a series never ends', () => {
  const edition = editionOf([series([dose({ recurring: true, intervals: [{ from: { previous: true }, absMin: '1 year', min: '1 year' }] })])])
  const found = judge(edition, ['2024-03-01', '2025-03-01'], { on: '2025-04-01' })
  assert.deepEqual([statuses(found), forecastOf(found)?.status, forecastOf(found)?.doseNumber, forecastOf(found)?.earliest], [[VALID, VALID], 'notComplete', 3, judgeDay('2026-03-01')])
})

const conflicts = editionOf([series([dose({ ages: [{ min: '1 month' }] })])], { schedule: { conflicts: [{ previous: '03', current: ['01'], begin: '1 day', minEnd: '24 days', end: '28 days' }, { previous: '04', current: ['01'], begin: '1 day', minEnd: '30 days', end: '30 days' }] } })
for (const [second, says] of [['2024-03-01', VALID], ['2024-03-02', 'notValid cdsi.4-6.conflict.liveVirus'], ['2024-03-24', 'notValid cdsi.4-6.conflict.liveVirus'], ['2024-03-25', VALID]] as const) {
  test(`cdsi.4-6.conflict.liveVirus: after a valid 2024-03-01 of another antigen, given ${second}: ${says}`, () => { assert.equal(one(judge(conflicts, ['2024-03-01 03', second])), says) })
}
test('CALCDTCONFLICT-2: after a dose that is not valid the longer end counts', () => {
  const edition = editionOf([series([dose({ ages: [{ min: '1 month' }] })])], {
    schedule: {
      conflicts: [{ previous: '03', current: ['01'], begin: '1 day', minEnd: '24 days', end: '28 days' }],
      antigens: [
        { name: 'A', contraindications: [], vaccineContraindications: [], series: [series([dose({ ages: [{ min: '1 month' }] })])] },
        { name: 'B', contraindications: [], vaccineContraindications: [], series: [series([dose({ ages: [{ absMin: '1 year' }], preferable: [{ cvx: '03' }] })], { vaccineGroup: 'H' })] },
      ],
    },
  })
  assert.equal(one(judge(edition, ['2024-03-01 03', '2024-03-28'])), 'notValid cdsi.4-6.conflict.liveVirus')
  assert.equal(one(judge(edition, ['2024-03-01 03', '2024-03-29'])), VALID)
})
test('cdsi.4-6.date.conflict: the forecast waits for the longer end', () => {
  const found = judge(conflicts, ['2024-03-01 03'], { on: '2024-03-05' })
  assert.deepEqual([formatDay(forecastOf(found)?.earliest ?? judgeDay('1970-01-01')), whyOf(found)], ['2024-03-29', ['cdsi.4-6.date.minimumAge', 'cdsi.4-6.date.conflict']])
})
test('cdsi.4-6.history.notInSchedule: a vaccine without a series is named, and others still wait for it', () => {
  const found = judge(conflicts, ['2024-03-01 04', '2024-03-20'])
  assert.deepEqual([found.setAside.map(({ finding }) => `cdsi.4-6.${finding.rule}`), one(found)], [['cdsi.4-6.history.notInSchedule'], 'notValid cdsi.4-6.conflict.liveVirus'])
})
test('cdsi.4-6.history.beforeBirth, .unknownVaccine, .afterAssessment: set aside by name, the rest is judged', () => {
  const found = judge(ages, ['2023-12-31', '2024-03-05 77', '2024-03-05', '2026-02-01'])
  assert.deepEqual(found.setAside.map(({ dose: { id }, finding }) => `${id} cdsi.4-6.${finding.rule}`).toSorted(), ['d1 cdsi.4-6.history.beforeBirth', 'd2 cdsi.4-6.history.unknownVaccine', 'd4 cdsi.4-6.history.afterAssessment'])
  assert.equal(one(found), VALID)
})
test('cdsi.4-6.history.beforeBirth: the day of birth itself counts', () => {
  assert.deepEqual(judge(editionOf([series([dose()])]), ['2024-01-01']).setAside, [])
})

test('cdsi.4-6.date.minimumAge, dates by age: earliest, recommended, past due and latest', () => {
  const forecast = forecastOf(judge(ages, [], { on: '2024-02-01' }))
  assert.deepEqual([forecast?.earliest, forecast?.recommended, forecast?.pastDue, forecast?.latest].map((found) => formatDay(found ?? judgeDay('1970-01-01'))), ['2024-03-01', '2024-04-01', '2024-04-30', '2024-12-31'])
  assert.deepEqual(whyOf(judge(ages, [], { on: '2024-02-01' })), ['cdsi.4-6.date.minimumAge'])
})
test('cdsi.4-6.date.interval: the latest of all minimum intervals', () => {
  const found = judge(intervals, ['2024-02-01'], { on: '2024-02-02' })
  assert.deepEqual([formatDay(forecastOf(found)?.earliest ?? judgeDay('1970-01-01')), whyOf(found)], ['2024-02-29', ['cdsi.4-6.date.interval']])
})
test('cdsi.4-6.date.lastDose: never before a dose that was given', () => {
  const edition = editionOf([series([dose({ ages: [{ absMin: '1 month' }] })])])
  const found = judge(edition, ['2024-01-15'], { on: '2024-01-15' })
  assert.deepEqual([forecastOf(found)?.earliest, whyOf(found)], [judgeDay('2024-01-15'), ['cdsi.4-6.date.lastDose']])
})
const seasonal = editionOf([series([dose({ season: { start: '2025-07-01', end: '2026-06-30' } })])])
test('cdsi.4-6.date.season and cdsi.4-6.need.pastSeason: from the first day, to the last', () => {
  assert.deepEqual([forecastOf(judge(seasonal, [], { on: '2025-06-01' }))?.earliest, whyOf(judge(seasonal, [], { on: '2025-06-01' }))], [judgeDay('2025-07-01'), ['cdsi.4-6.date.season']])
  assert.equal(forecastOf(judge(seasonal, [], { on: '2026-06-30' }))?.status, 'notComplete')
  assert.deepEqual([forecastOf(judge(seasonal, [], { on: '2026-07-01' }))?.status, whyOf(judge(seasonal, [], { on: '2026-07-01' }))], ['notRecommended', ['cdsi.4-6.need.pastSeason']])
})
test('cdsi.4-6.need.agedOut: on the day of the maximum age, not the day before', () => {
  assert.equal(forecastOf(judge(ages, [], { on: '2024-12-31' }))?.status, 'notComplete')
  assert.deepEqual([forecastOf(judge(ages, [], { on: '2025-01-01' }))?.status, whyOf(judge(ages, [], { on: '2025-01-01' }))], ['agedOut', ['cdsi.4-6.need.agedOut']])
})
test('cdsi.4-6.need.cannotFinish: the earliest day is past the maximum age', () => {
  const edition = editionOf([series([dose(), dose({ ages: [{ max: '1 year' }], intervals: [{ from: { previous: true }, min: '4 weeks' }] })])])
  assert.equal(forecastOf(judge(edition, ['2024-12-03'], { on: '2024-12-10' }))?.status, 'notComplete')
  assert.deepEqual([forecastOf(judge(edition, ['2024-12-04'], { on: '2024-12-10' }))?.status, whyOf(judge(edition, ['2024-12-04'], { on: '2024-12-10' })).at(-1)], ['agedOut', 'cdsi.4-6.need.cannotFinish'])
})
test('cdsi.4-6.need.complete and cdsi.4-6.need.notRecommended: with and without a dose that counts', () => {
  assert.deepEqual(whyOf(judge(ages, ['2024-03-05'])), ['cdsi.4-6.need.complete'])
  const skipped = editionOf([series([dose({ skips: [{ context: 'both', logic: 'or', sets: [{ text: 'too old to begin', logic: 'and', conditions: [{ kind: 'age', begin: '1 year' }] }] }] })])])
  assert.equal(forecastOf(judge(skipped, [], { on: '2024-12-31' }))?.status, 'notComplete')
  assert.deepEqual([forecastOf(judge(skipped, [], { on: '2025-01-01' }))?.status, whyOf(judge(skipped, [], { on: '2025-01-01' }))], ['notRecommended', ['cdsi.4-6.skip.targetDose', 'cdsi.4-6.need.notRecommended']])
})
test('cdsi.4-6.skip.targetDose: a dose never makes its own target dose unnecessary; the one before it does', () => {
  const skips = [{ context: 'both', logic: 'or', sets: [{ logic: 'and', conditions: [{ kind: 'count', compare: 'greaterThan', count: 1 }] }] }] as const
  const edition = editionOf([series([dose(), dose({ skips }), dose({ preferable: [{ cvx: '02' }] })])])
  assert.deepEqual(statuses(judge(edition, ['2024-02-01', '2024-03-01'])), [VALID, VALID])
  assert.deepEqual(statuses(judge(edition, ['2024-02-01', '2024-02-01 02', '2024-03-01 02'])), [VALID, 'notValid cdsi.4-6.vaccine.notAllowed', VALID])
})

const immune = editionOf([series([dose()])], { antigen: { immunity: { history: ['001'], birthDates: [{ before: '2024-01-02', country: 'US', exclusions: ['002'] }] } } })
test('cdsi.4-6.immunity.history: an active observation', () => {
  assert.deepEqual([forecastOf(judge(immune, [], { observations: [{ code: '001' }] }))?.status, whyOf(judge(immune, [], { observations: [{ code: '001' }] }))], ['immune', ['cdsi.4-6.immunity.history']])
})
test('cdsi.4-6.immunity.birthDate: born before the day, in the country, and no exclusion', () => {
  const here = { birthCountry: 'US' }
  assert.deepEqual(whyOf(judge(immune, [], here)), ['cdsi.4-6.immunity.birthDate'])
  for (const not of [{}, { birthCountry: 'KE' }, { ...here, observations: [{ code: '002' }] }, { ...here, birthDate: judgeDay('2024-01-02') }]) assert.equal(forecastOf(judge(immune, [], not))?.status, 'notComplete')
})
test('cdsi.4-6.contraindication.antigen: from its begin age to the day before its end age', () => {
  const edition = editionOf([series([dose()])], { antigen: { contraindications: [{ observation: '001', begin: '1 year', end: '2 years' }] } })
  const status = (on: string): string | undefined => forecastOf(judge(edition, [], { on, observations: [{ code: '001' }] }))?.status
  assert.deepEqual(['2024-12-31', '2025-01-01', '2025-12-31', '2026-01-01'].map(status), ['notComplete', 'contraindicated', 'contraindicated', 'notComplete'])
  assert.deepEqual(whyOf(judge(edition, [], { on: '2025-01-01', observations: [{ code: '001' }] })), ['cdsi.4-6.contraindication.antigen'])
})
test('cdsi.4-6.contraindication.vaccine: only when every vaccine that the series prefers must not be given', () => {
  const rows = (...cvx: readonly string[]) => ({ antigen: { vaccineContraindications: [{ observation: '001', vaccines: cvx.map((code) => ({ cvx: code })) }] } })
  const two = [series([dose({ preferable: [{ cvx: '01', forecast: true }, { cvx: '02', forecast: true }] })])]
  const some = forecastOf(judge(editionOf(two, rows('01')), [], { observations: [{ code: '001' }] }))
  assert.deepEqual([some?.status, some?.vaccines.map(({ cvx }) => cvx)], ['notComplete', ['02']])
  assert.deepEqual(whyOf(judge(editionOf(two, rows('01', '02')), [], { observations: [{ code: '001' }] })), ['cdsi.4-6.contraindication.vaccine'])
})
test('cdsi.4-6.contraindication.antigen: a combination is out for the sake of one antigen in it; strictly only where the data says so', () => {
  const combination = { vaccines: { '01': { name: 'A alone', antigens: [{ antigen: 'A' }] }, '03': { name: 'A with B', antigens: [{ antigen: 'A' }, { antigen: 'B' }] } } }
  const antigens = (...cvx: readonly string[]) => [
    { name: 'A', contraindications: [], vaccineContraindications: [], series: [series([dose({ preferable: cvx.map((code) => ({ cvx: code, forecast: true as const })) })])] },
    { name: 'B', contraindications: [{ observation: '001' }], vaccineContraindications: [], series: [series([dose({ preferable: [{ cvx: '03' }] })], { vaccineGroup: 'H' })] },
  ]
  const found = (strict: boolean, ...cvx: readonly string[]) => forecastOf(judge(editionOf([], { schedule: { ...combination, antigens: antigens(...cvx) } }), [], { observations: [{ code: '001' }], strict }))
  assert.deepEqual([false, true].map((strict) => found(strict, '01', '03')?.vaccines.map(({ cvx }) => cvx)), [['01'], ['01', '03']])
  assert.deepEqual([false, true].map((strict) => found(strict, '03')?.status), ['contraindicated', 'notComplete'])
})
test('cdsi.4-6.series.indication: a risk series concerns the child from its begin age, with its observation only', () => {
  const edition = editionOf([series([dose()], { type: 'risk', default: undefined as never, indications: [{ observation: '001', begin: '2 years' }] })])
  assert.equal(forecastOf(judge(edition, [], { on: '2025-12-31', observations: [{ code: '001' }] })), undefined)
  assert.equal(forecastOf(judge(edition, [])), undefined)
  const found = judge(edition, [], { on: '2026-01-01', observations: [{ code: '001' }] })
  assert.deepEqual([forecastOf(found)?.seriesType, whyOf(found)], ['risk', ['cdsi.4-6.series.indication']])
})
test('cdsi.4-6.deviation.seriesStart: a risk series past its start gives way to one that begins at this age; strictly it does not', () => {
  const past = [{ context: 'both', logic: 'or', sets: [{ logic: 'and', conditions: [{ kind: 'age', begin: '7 months' }] }] }] as const
  const risk = { type: 'risk', default: undefined as never, indications: [{ observation: '001' }] } as const
  const edition = editionOf([
    series([dose({ ages: [{ min: '2 months' }], skips: past }), dose({ ages: [{ min: '4 months' }] })], { ...risk, name: 'for infants' }),
    series([dose({ ages: [{ min: '2 years' }] })], { ...risk, name: 'from two years', preference: 2 }),
  ])
  const found = (strict: boolean) => judge(edition, [], { observations: [{ code: '001' }], strict })
  assert.deepEqual([forecastOf(found(false))?.members[0]?.state.series.name, whyOf(found(false)).at(-1)], ['from two years', 'cdsi.4-6.deviation.seriesStart'])
  assert.equal(forecastOf(found(true))?.members[0]?.state.series.name, 'for infants')
})
test('a series that nobody of this age starts is not offered, not even as the default', () => {
  const edition = editionOf([series([dose({ ages: [{ min: '50 years' }] })], { minAgeToStart: '50 years' })])
  assert.equal(forecastOf(judge(edition, [])), undefined)
})

