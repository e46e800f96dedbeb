/** Past visits and their entries: nothing a person entered goes out of sight. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { childFromFhir, enteredInError, type Resource } from '@bairn/fhir'
import { loadEditions, type Editions } from '@bairn/knowledge'
import { dayOf } from '@bairn/quantities'
import { convertUcum } from '@bairn/quantities/ucum'
import { historyOf } from '../growth/history.ts'
import { daysOfEntries, dosesOn, entriesOn, rowsOf } from './model.ts'

const day = dayOf({ year: 2026, month: 11, day: 20 })
let editions: Editions
before(async () => { editions = await loadEditions() })
const patient = { resourceType: 'Patient', id: 'p', gender: 'male', birthDate: '2025-05-23' }
const seen = (id: string, code: string, value: number, unit: string, more: object = {}): Resource =>
  ({ resourceType: 'Observation', id, status: 'final', code: { coding: [{ system: 'http://loinc.org', code }] }, subject: { reference: 'Patient/p' }, effectiveDateTime: '2026-11-20', valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit }, ...more })
const weight = seen('w', '29463-7', 8.5, 'kg')
const length = seen('l', '8306-3', 79.2, 'cm')
const factsOf = (resources: readonly unknown[]) => childFromFhir(resources, { convert: convertUcum, on: day })

test('a row says weight for length with its class, and a doubted one why not', () => {
  const rows = (...resources: Resource[]) => {
    const facts = factsOf([patient, ...resources])
    assert.ok(facts)
    return rowsOf(historyOf({ facts, references: editions.growth, nutrition: editions.nutrition }), editions.growth)
  }
  assert.partialDeepStrictEqual(rows(weight, length)[0]?.found, { class: 'wasted', sign: 'actToday' })
  assert.partialDeepStrictEqual(rows(seen('w', '29463-7', 28.5, 'kg'), length)[0]?.found, { unknown: { key: 'growth.flag' } })
  assert.equal(rows(weight)[0]?.found, undefined)
})
test('withdrawn and corrected entries stay on their day, each with its state', () => {
  const entries = entriesOn(day, [patient, enteredInError(weight), { ...length, status: 'corrected' }], factsOf)
  assert.deepEqual(entries.map(({ key, state, fact }) => [key, state, 'value' in fact ? fact.value : undefined]), [['Observation/w', 'withdrawn', 8.5], ['Observation/l', 'corrected', 79.2]])
  assert.deepEqual(daysOfEntries([enteredInError(weight), length]), [day])
})
test('a day of vaccines alone has its row; a withdrawn dose stays in it', () => {
  const dose = (id: string, status: string, more: object = {}) => ({ resourceType: 'Immunization', id, status, occurrenceDateTime: '2026-11-20T09:55:00+03:00', vaccineCode: { text: 'IPV' }, ...more })
  const resources = [dose('a', 'completed'), dose('b', 'entered-in-error'), dose('c', 'completed', { occurrenceDateTime: '2026-10' })]
  assert.deepEqual(daysOfEntries(resources), [day])
  assert.deepEqual(dosesOn(day, resources).map(({ dose: { id, name }, state }) => [id, name, state]), [['Immunization/a', 'IPV', 'stands'], ['Immunization/b', 'IPV', 'withdrawn']])
})
