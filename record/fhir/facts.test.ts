import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { dayOf, days, formatDay, kilograms, type Day } from '@bairn/quantities'
import type { Finding, Measurement, Response } from '@bairn/plan'
import { validateResource } from '@bairn/fhir/validate'
import { childFromFhir } from './child.ts'
import { CODE } from './codes.ts'
import { birthWeightToFhir, corrected, encounterToFhir, enteredInError, findingToFhir, gestationToFhir, locationToFhir, measurementToFhir, practitionerToFhir, provenanceOf, responseToFhir, type FactContext, type Resource } from './facts.ts'

const born = dayOf({ year: 2025, month: 5, day: 23 })
const patient: Resource = { resourceType: 'Patient', id: 'p', gender: 'female', birthDate: '2025-05-23' }
const context: FactContext = { child: 'Patient/p', by: 'Practitioner/n', at: { location: 'Location/l', name: 'Kiti health centre', encounter: 'Encounter/e' }, zone: '+03:00' }
const noConverter = () => ({ ok: false as const, problem: { code: 'unit.unknown' as const, given: '' } })
const read = (...resources: readonly Resource[]) => {
  const child = childFromFhir([patient, ...resources], { convert: noConverter })
  assert.ok(child)
  return child
}
const assertValid = (resource: Resource) => { assert.deepEqual(validateResource(resource), [], JSON.stringify(resource)) }

const when = fc.record({ day: fc.integer({ min: born, max: born + 7000 }) as fc.Arbitrary<Day>, minute: fc.option(fc.integer({ min: 0, max: 1439 }), { nil: undefined }) })
  .map(({ day, minute }) => ({ id: 'Observation/o', day, ...(minute === undefined ? {} : { minute }) }))
const decimal = (from: number, to: number) => fc.integer({ min: from * 100, max: to * 100 }).map((hundredths) => hundredths / 100)
const measurements = fc.tuple(when, fc.oneof(
  fc.record({ kind: fc.constant('weight'), value: decimal(1, 200) }),
  fc.record({ kind: fc.constant('weight'), value: decimal(1, 200), estimated: fc.constant(true) }),
  fc.record({ kind: fc.constant('length'), value: decimal(20, 200), position: fc.constantFrom('lying', 'standing', 'notSaid') }),
  fc.record({ kind: fc.constant('headCircumference'), value: decimal(20, 70) }),
  fc.record({ kind: fc.constantFrom('muac', 'tricepsSkinfold', 'subscapularSkinfold'), value: decimal(31, 119) }),
)).map(([at, fact]) => ({ ...at, ...fact }) as unknown as Measurement)
const answer = fc.constantFrom('yes', 'no', 'notAsked', 'cannotTell')
const findings = fc.tuple(when, fc.oneof(
  fc.record({ kind: fc.constant('oedema'), answer }),
  fc.record({ kind: fc.constant('oedema'), answer: fc.constant('yes'), grade: fc.constantFrom(1, 2, 3) }),
  fc.record({ kind: fc.constantFrom('complication', 'breastfeedingDifficulty'), answer }),
  fc.record({ kind: fc.constant('appetite'), answer: fc.constantFrom('pass', 'fail', 'notAvailable', 'notAsked') }),
)).map(([at, fact]) => ({ ...at, ...fact }) as unknown as Finding)
const responses = fc.tuple(when, fc.constantFrom('done', 'notToday', 'declined'), fc.option(fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''), { nil: undefined }), fc.option(fc.integer({ min: born, max: born + 9000 }), { nil: undefined }))
  .map(([at, kind, note, until]) => ({ ...at, id: 'Task/o', item: 'measure', kind, ...(until === undefined ? {} : { until }), ...(note === undefined ? {} : { note }) }) as unknown as Response)

test('a measurement that was written is read back, and the resource is valid R4', () => {
  fc.assert(fc.property(measurements, (fact) => {
    const resource = measurementToFhir(fact, context)
    assertValid(resource)
    const child = read(resource)
    assert.deepEqual([child.measurements, child.issues], [[fact], []])
  }))
})
test('a finding that was written is read back, and the resource is valid R4', () => {
  fc.assert(fc.property(findings, (fact) => {
    const resource = findingToFhir(fact, context)
    assertValid(resource)
    const child = read(resource)
    assert.deepEqual([child.findings, child.issues], [[fact], []])
  }))
})
test('a response that was written is read back, and the resource is valid R4', () => {
  fc.assert(fc.property(responses, (fact) => {
    const resource = responseToFhir(fact, context)
    assertValid(resource)
    const child = read(resource)
    assert.deepEqual([child.responses, child.issues], [[fact], []])
  }))
})

// R4 vital signs: the fixed LOINC is one of the codings, category, subject, a day, UCUM units of the profile (notes, section 0 rule 5).
const PROFILE_UNITS: Readonly<Record<string, readonly string[]>> = { [CODE.weight.code]: ['kg', 'g', '[lb_av]'], [CODE.height.code]: ['cm', '[in_i]'], [CODE.head.code]: ['cm', '[in_i]'] }
test('measurements keep the R4 vital signs rules', () => {
  fc.assert(fc.property(measurements, (fact) => {
    const resource = measurementToFhir(fact, { child: 'Patient/p' })
    const codes = (resource['code'] as { coding: { code: string }[] }).coding.map(({ code }) => code)
    const fixed = codes.filter((code) => code in PROFILE_UNITS)
    const expected = fact.kind === 'weight' || fact.kind === 'length' || fact.kind === 'headCircumference' ? 1 : 0
    assert.equal(fixed.length, expected)
    const { code, system, unit, value } = resource['valueQuantity'] as Record<string, unknown>
    assert.ok(system === 'http://unitsofmeasure.org' && unit === code && value === fact.value)
    for (const each of fixed) assert.ok(PROFILE_UNITS[each]?.includes(String(code)))
    assert.match(String(resource['effectiveDateTime']), /^\d{4}-\d\d-\d\d/)
  }))
})

test('a time is written only with its zone', () => {
  const fact: Measurement = { id: 'o', kind: 'weight', day: born, minute: 30, value: kilograms(3) }
  assert.equal(measurementToFhir(fact, context)['effectiveDateTime'], '2025-05-23T00:30:00+03:00')
  assert.equal(measurementToFhir(fact, { child: 'Patient/p' })['effectiveDateTime'], '2025-05-23')
})
test('birth weight and gestation are read back', () => {
  const weight = birthWeightToFhir({ id: 'bw', grams: 1870, born }, context)
  const gestation = gestationToFhir({ id: 'ga', value: days(226), day: born }, context)
  for (const resource of [weight, gestation]) assertValid(resource)
  const child = childFromFhir([patient, weight, gestation], { convert: (value, from, to) => (from === 'g' && to === 'kg' ? { ok: true, value: value / 1000 } : noConverter()) })
  assert.partialDeepStrictEqual(child, { gestation: { value: 226 }, measurements: [{ kind: 'weight', value: 1.87, day: born }], issues: [] })
})

test('corrected: same id, the new content alone counts; withdrawn: nothing counts, the value stays', () => {
  const first = measurementToFhir({ id: 'Observation/o', kind: 'weight', day: born, minute: 5, value: kilograms(89) }, context)
  const second = corrected({ ...first, meta: { versionId: '1' } }, measurementToFhir({ id: 'Observation/x', kind: 'weight', day: born, value: kilograms(8.9) }, context))
  assertValid(second)
  assert.deepEqual([second.id, second['status'], second['effectiveDateTime']], ['o', 'corrected', formatDay(born)])
  assert.deepEqual(read(second).measurements, [{ id: 'Observation/o', kind: 'weight', day: born, value: 8.9 }])
  const gone = enteredInError(second)
  assertValid(gone)
  assert.deepEqual([read(gone).measurements, gone['valueQuantity']], [[], second['valueQuantity']])
})
test('an answer that replaces a reason leaves no reason beside it (obs-6)', () => {
  const unasked = findingToFhir({ id: 'o', kind: 'oedema', day: born, answer: 'notAsked' }, context)
  const answered = corrected(unasked, findingToFhir({ id: 'o', kind: 'oedema', day: born, answer: 'no' }, context))
  assertValid(answered)
  assert.equal('dataAbsentReason' in answered, false)
})
test('who and where stand on every fact; provenance, visit, worker and place are valid R4', () => {
  const weight = measurementToFhir({ id: 'o', kind: 'weight', day: born, value: kilograms(3) }, context)
  assert.partialDeepStrictEqual(weight, { performer: [{ reference: 'Practitioner/n' }], encounter: { reference: 'Encounter/e' }, extension: [{ valueReference: { reference: 'Location/l', display: 'Kiti health centre' } }] })
  const provenance = provenanceOf({ id: 'v', of: 'Observation/o', version: '1', kind: 'withdrawn', recorded: '2026-11-24T09:55:00.000+03:00', by: 'Practitioner/n', why: 'wrong child' })
  assert.partialDeepStrictEqual(provenance, { activity: { coding: [{ code: 'NULLIFY' }] }, entity: [{ role: 'revision', what: { reference: 'Observation/o/_history/1' } }] })
  for (const resource of [provenance, encounterToFhir({ id: 'e', day: born }, context), practitionerToFhir({ id: 'n', name: 'Asha' }), locationToFhir({ id: 'l', name: 'Kiti', country: 'KE' })]) assertValid(resource)
})
