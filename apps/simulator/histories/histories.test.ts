/**
 * Simulated children: the same for the same seed, valid FHIR, of every kind; and, on 20,000 days of their lives (1,000,000 with
 * BAIRN_PROVE=1), what must never happen: a dose recommended before its minimum age or interval, counted here from the schedule as it is written; a vaccine that
 * must not be given; silence about a product or a date.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { validateResource } from '@bairn/fhir/validate'
import { readForecastRequest } from '@bairn/fhir'
import { immunize, type ScheduleData } from '@bairn/immunization'
import { loadImmunizationEdition } from '@bairn/knowledge'
import { addPeriod, dayOf, formatDay, parsePeriod, type Day, type Period } from '@bairn/quantities'
import { simulatedBundle } from './bundle.ts'
import { simulateChild, type Way } from './child.ts'
import { makeRandom } from './random.ts'

const edition = await loadImmunizationEdition('cdsi-4.64')
assert.ok(edition !== undefined)
const on = dayOf({ year: 2026, month: 11, day: 24 })
const options = { seed: 's', on, edition }
const some = Array.from({ length: 300 }, (_, number) => simulateChild(number, options))

test('the same seed and number make the same child, alone or among others; another seed another one', () => {
  assert.deepEqual(simulateChild(7, options), some[7])
  assert.notDeepEqual({ ...simulateChild(7, { ...options, seed: 't' }), id: '' }, { ...some[7], id: '' })
})
test('every way of a history occurs, nothing lies before birth or after the day', () => {
  const ways: readonly Way[] = ['onTime', 'late', 'missedVisit', 'stockOut', 'tooEarly', 'foreignProduct', 'lostCard']
  for (const way of ways) assert.ok(some.some((child) => child.ways.includes(way)), way)
  for (const { birthDate, doses, lost } of some) for (const { date } of [...doses, ...lost]) assert.ok(date >= birthDate && date <= on)
})
test('most children have doses, some of which do not count', () => {
  const judged = some.flatMap(({ birthDate, sex, doses }) => immunize({ birthDate, sex, doses, observations: [] }, edition, { assessment: on }).evaluations)
  const share = (status: string): number => judged.filter((one) => one.status === status).length / judged.length
  assert.ok(judged.length > 3000 && share('valid') > 0.8 && share('notValid') > 0.005, JSON.stringify([judged.length, share('valid'), share('notValid')]))
})
test('as FHIR: valid resources with ids that stay, test data by its mark, and the same doses when read back', () => {
  for (const child of some.slice(0, 40)) {
    const bundle = simulatedBundle(child, edition)
    assert.deepEqual(validateResource(bundle), [])
    for (const { resource } of bundle.entry) assert.deepEqual(validateResource(resource), [])
    const [patient, ...immunizations] = bundle.entry.map(({ resource }) => resource)
    const read = readForecastRequest({ resourceType: 'Parameters', parameter: [
      { name: 'assessmentDate', valueDate: formatDay(on) }, { name: 'patient', resource: patient }, ...immunizations.map((resource) => ({ name: 'immunization', resource })),
    ] }, edition)
    assert.deepEqual([read.issues.filter(({ text }) => text.key !== 'immunization.request.twice'), read.facts?.doses.map(({ cvx, date }) => [cvx, date])], [[], child.doses.map(({ cvx, date }) => [cvx, date])])
  }
})

const schedule = JSON.parse(readFileSync(new URL('../../../knowledge/immunization/cdsi-4.64/schedule.json', import.meta.url), 'utf8')) as ScheduleData
const rows = new Map(schedule.antigens.flatMap((antigen) => antigen.series.map((series) => [`${antigen.name}|${series.name}`, series])))
const vaccinesOut = new Map(schedule.antigens.map(({ name, vaccineContraindications }) => [name, vaccineContraindications]))
const periods = new Map<string, Period>()
const periodOf = (text: string): Period => {
  const found = periods.get(text)
  if (found !== undefined) return found
  const parsed = parsePeriod(text)
  assert.ok(parsed.ok)
  periods.set(text, parsed.value)
  return parsed.value
}
const LIVE_MATTERS = ['003', '007', '154', '145', '148'] as const

const COUNT = process.env['BAIRN_PROVE'] === '1' ? 1_000_000 : 20_000
/** days of its life on which each child is looked at */
const DAYS_EACH = 10
test(`${COUNT} days of ${COUNT / DAYS_EACH} children: no dose before its minimum age or interval, no vaccine that must not be given, no silence`, () => {
  const random = makeRandom('observations')
  let forecasts = 0
  let withheld = 0
  let child = simulateChild(0, options)
  for (let number = 0; number < COUNT; number++) {
    // One in four with an observation, one in twenty with a product that nobody knows.
    if (number % DAYS_EACH === 0) child = simulateChild(number / DAYS_EACH, options)
    const assessment = (child.birthDate + random.between(0, on - child.birthDate)) as Day
    const observation = random.chance(0.25) ? random.pick(LIVE_MATTERS) : undefined
    const unknown = random.chance(0.05) ? [{ id: 'unknown', date: child.birthDate, cvx: '999' }] : []
    const doses = [...child.doses.filter(({ date }) => date <= assessment), ...unknown]
    const found = immunize({ birthDate: child.birthDate, sex: child.sex, doses, observations: observation === undefined ? [] : [{ code: observation }] }, edition, { assessment })
    if (unknown.length > 0 && !found.setAside.some(({ dose }) => dose.id === 'unknown')) assert.fail(`${child.id}: silence about an unknown product`)
    for (const forecast of found.forecasts) {
      if (forecast.earliest === undefined || forecast.recommended === undefined) continue
      forecasts += 1
      for (const { state, target } of forecast.members) {
        if (target === undefined || (forecast.members.length > 1 && !forecast.antigens.includes(state.series.antigen))) continue
        const row = rows.get(`${state.series.antigen}|${state.series.name}`)?.doses[target.number - 1]
        const age = row?.ages?.find(({ effective, cessation }) => (effective === undefined || formatDay(assessment) >= effective) && (cessation === undefined || formatDay(assessment) <= cessation))
        // Blended groups take the earliest of their members where one is a priority forecast (MULTIANTVG-1): single ones are held to their own.
        if (forecast.members.length === 1 && age?.min !== undefined && forecast.earliest < addPeriod(child.birthDate, periodOf(age.min))) assert.fail(`${child.id}: ${forecast.vaccineGroup} before its minimum age`)
        const last = state.evaluations.findLast(({ status, inadvertent }) => !inadvertent && (status === 'valid' || status === 'notValid'))
        for (const { from, min, effective, cessation } of row?.intervals ?? []) {
          if (!('previous' in from) || min === undefined || effective !== undefined || cessation !== undefined || last === undefined || forecast.members.length > 1) continue
          if (forecast.earliest < addPeriod(last.dose.date, periodOf(min))) assert.fail(`${child.id}: ${forecast.vaccineGroup} before its minimum interval`)
        }
        const out = vaccinesOut.get(state.series.antigen)?.filter((one) => one.observation === observation).flatMap(({ vaccines }) => vaccines.filter(({ begin, end }) => begin === undefined && end === undefined).map(({ cvx }) => cvx)) ?? []
        if (forecast.members.length === 1 && forecast.vaccines.some(({ cvx }) => out.includes(cvx))) assert.fail(`${child.id}: a vaccine that must not be given`)
        if (observation !== undefined && schedule.antigens.find(({ name }) => name === state.series.antigen)?.contraindications.some((one) => one.observation === observation && one.begin === undefined && one.end === undefined) === true) assert.fail(`${child.id}: ${forecast.vaccineGroup} forecast in spite of a contraindication`)
      }
    }
    withheld += found.forecasts.filter(({ status }) => status === 'contraindicated').length
  }
  assert.ok(forecasts > COUNT * 3 && withheld > COUNT / 20)
})
