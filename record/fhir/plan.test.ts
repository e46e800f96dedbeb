import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatMessage, loadMessages } from '@bairn/knowledge'
import { dayOf, days, kilograms, type Day } from '@bairn/quantities'
import type { Plan, PlanScore } from '@bairn/plan'
import type { Reason } from '@bairn/reasoning'
import { validateResource } from '@bairn/fhir/validate'
import { issue, kindName } from './issues.ts'
import { planToFhir } from './plan.ts'

await loadMessages('en')

const on = dayOf({ year: 2026, month: 11, day: 24 })
const reason: Reason = {
  rule: 'who.2023.nutrition.N-C1', edition: 'nutrition/who-2023', text: { key: 'record.kind.weight' }, inputs: [{ id: 'Observation/w', kind: 'weight', day: on, value: { kg: kilograms(6.1) } }, { id: 'Patient/p', kind: 'birthDate' }],
  source: { document: 'WHO 2023', section: 'B' }, evidence: 'stated', flips: [{ when: { key: 'record.kind.weight' }, becomes: { key: 'record.kind.length' } }],
}
const score: PlanScore = {
  indicator: 'weightForLengthHeight', position: 'lying', day: on, z: -5.41, centile: 0.001, flagged: true, confirmed: false, age: { sinceBirth: days(400), corrected: days(360) },
  edition: 'growth/who-2006', inputs: reason.inputs, because: [reason],
}
const plan: Plan = {
  child: 'Patient/p', on, nextChange: (on + 7) as Day,
  items: [
    { id: 'Patient/p/refer', need: 'refer', action: 'refer', title: { key: 'record.kind.weight' }, window: { due: on, latest: on }, urgency: 'urgent', because: [reason] },
    { id: 'Patient/p/measure', need: 'measure', action: 'measure', title: { key: 'record.kind.length' }, window: { earliest: (on + 20) as Day, due: (on + 30) as Day }, urgency: 'comingUp', because: [reason] },
  ],
  setAside: [{ need: 'overweightReview', title: { key: 'record.kind.muac' }, response: { id: 'Task/t', kind: 'declined', day: on, note: 'not today' } }],
  scores: [score], notJudged: [reason], issues: [issue('record.value.notPositive', 'error', 'Observation/o.1.valueQuantity', { kind: kindName('weight'), given: { text: '0 kg' } })],
  setting: { place: 'kiti', country: 'KE', profile: 'primaryCare', switches: {} }, editions: ['growth/who-2006'], engine: '0.1.0',
}
const bundle = planToFhir(plan, { say: (message) => formatMessage(message, 'en'), language: 'en' })
const of = (type: string) => bundle.entry.map(({ resource }) => resource).filter(({ resourceType }) => resourceType === type)

test('a plan becomes a Bundle that is valid R4, alone and as a whole', () => {
  assert.deepEqual(validateResource(bundle), [])
  for (const { resource } of bundle.entry) assert.deepEqual(validateResource(resource), [])
})
test('the care plan holds items in order, what was set aside, what is not judged, until when, and what it stands on', () => {
  assert.partialDeepStrictEqual(of('CarePlan'), [{
    status: 'active', intent: 'plan', subject: { reference: 'Patient/p' }, period: { start: '2026-11-24', end: '2026-11-30' },
    extension: [{ valueString: 'growth/who-2006' }, { valueString: '0.1.0' }, { valueCode: 'primaryCare' }, { valueString: 'kiti' }],
    activity: [
      { detail: { kind: 'ServiceRequest', status: 'not-started', scheduledPeriod: { start: '2026-11-24', end: '2026-11-24' }, reasonReference: [{ reference: 'Observation/w' }], extension: [{ valueCode: 'urgent' }, { valueDate: '2026-11-24' }] } },
      { detail: { kind: 'Task', status: 'scheduled', scheduledPeriod: { start: '2026-12-14' } } },
      { detail: { status: 'cancelled', statusReason: { text: 'not today' } } },
    ],
    note: [{ text: 'Weight' }],
  }])
})
test('the why goes along: rule, source, what would change it', () => {
  const reasonCode = [{ coding: [{ code: 'who.2023.nutrition.N-C1' }, { code: 'stated' }], text: 'Weight [WHO 2023, B]\nWeight → Length or height' }]
  assert.partialDeepStrictEqual(of('CarePlan'), [{ activity: [{ detail: { reasonCode } }, { detail: { reasonCode } }, {}] }])
})
test('a z-score says its reference, its measurements, both ages, and that it is implausible', () => {
  assert.partialDeepStrictEqual(of('Observation'), [{
    code: { coding: [{ system: 'http://snomed.info/sct', code: '1153598007' }] }, valueQuantity: { value: -5.41, code: '{Zscore}' }, method: { coding: [{ code: 'who-2006' }] },
    derivedFrom: [{ reference: 'Observation/w' }], component: [{ valueQuantity: { code: '%' } }, { valueQuantity: { value: 400 } }, { valueQuantity: { value: 360 } }, { valueBoolean: true }, { valueBoolean: false }],
  }])
})
test('issues and implausible scores are DetectedIssues with the fact they speak of', () => {
  assert.partialDeepStrictEqual(of('DetectedIssue'), [
    { severity: 'moderate', code: { coding: [{ code: 'record.value.notPositive' }] }, implicated: [{ reference: 'Observation/o.1' }] },
    { severity: 'high', implicated: [{ reference: 'Observation/w' }] },
  ])
})
test('the same plan gives the same Bundle; another child or day gives other ids', () => {
  const ids = (each: Plan) => planToFhir(each, { say: ({ key }) => key, language: 'en' }).entry.map(({ fullUrl }) => fullUrl)
  assert.deepEqual(ids(plan), bundle.entry.map(({ fullUrl }) => fullUrl))
  assert.equal(new Set([...ids(plan), ...ids({ ...plan, child: 'Patient/q' }), ...ids({ ...plan, on: (on + 1) as Day })]).size, 3 * bundle.entry.length)
})
test('a child known by the caller’s own id is no reference', () => {
  const foreign = planToFhir({ ...plan, child: 'row 7' }, { say: ({ key }) => key, language: 'en' })
  assert.deepEqual(validateResource(foreign), [])
  assert.partialDeepStrictEqual(foreign.entry[0]?.resource, { subject: { identifier: { value: 'row 7' } } })
})
