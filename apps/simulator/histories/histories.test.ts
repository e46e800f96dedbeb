/**
 * Simulated children: the same for the same seed, valid FHIR, of every kind; what cannot be used of a card is named when it is read.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { validateResource } from '@bairn/fhir/validate'
import { readForecastRequest } from '@bairn/fhir'
import { immunize } from '@bairn/immunization'
import { loadImmunizationEdition } from '@bairn/knowledge'
import { dayOf, formatDay } from '@bairn/quantities'
import { simulatedBundle } from './bundle.ts'
import { simulateChild, type Way } from './child.ts'

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
  const ways: readonly Way[] = ['onTime', 'late', 'missedVisit', 'stockOut', 'tooEarly', 'foreignProduct', 'unknownProduct', 'lostCard', 'monthOnly', 'condition']
  for (const way of ways) assert.ok(some.some((child) => child.ways.includes(way)), way)
  for (const { birthDate, doses, lost } of some) for (const { date } of [...doses, ...lost]) assert.ok(date >= birthDate && date <= on)
})
test('most children have doses, some of which do not count', () => {
  const judged = some.flatMap(({ birthDate, sex, doses }) => immunize({ birthDate, sex, doses, observations: [] }, edition, { assessment: on }).evaluations)
  const share = (status: string): number => judged.filter((one) => one.status === status).length / judged.length
  assert.ok(judged.length > 3000 && share('valid') > 0.8 && share('notValid') > 0.005, JSON.stringify([judged.length, share('valid'), share('notValid')]))
})
test('as FHIR: valid resources with ids that stay, test data by its mark, and the same doses when read back', () => {
  const these = some.slice(0, 120)
  for (const way of ['unknownProduct', 'monthOnly', 'condition'] as const) assert.ok(these.some(({ ways }) => ways.includes(way)), way)
  for (const child of these) {
    const bundle = simulatedBundle(child, edition)
    assert.deepEqual(validateResource(bundle), [])
    for (const { resource } of bundle.entry) assert.deepEqual(validateResource(resource), [])
    const [patient, ...others] = bundle.entry.map(({ resource }) => resource)
    const read = readForecastRequest({ resourceType: 'Parameters', parameter: [
      { name: 'assessmentDate', valueDate: formatDay(on) }, { name: 'patient', resource: patient }, ...others.map((resource) => ({ name: resource.resourceType === 'Condition' ? 'condition' : 'immunization', resource })),
    ] }, edition)
    const whole = child.doses.filter(({ id }) => !child.monthOnly.includes(id))
    assert.deepEqual(read.issues.filter(({ text }) => text.key !== 'immunization.request.twice').map(({ text, where }) => [text.key, where]), child.monthOnly.map((id) => ['immunization.request.partialDate', `Immunization/${child.id}-${id}`]))
    assert.deepEqual([read.facts?.doses.map(({ cvx, date }) => [cvx, date]), read.facts?.observations], [whole.map(({ cvx, date }) => [cvx, date]), child.observations])
  }
})
