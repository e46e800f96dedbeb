/** What a filled form becomes in FHIR. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayOf } from '@bairn/quantities'
import { factsOf } from './facts.ts'
import { emptyForm, type RegisterForm } from './model.ts'

const today = dayOf({ year: 2026, month: 11, day: 23 })
let ids = 0
const facts = (over: Partial<RegisterForm>) => factsOf({ ...emptyForm(() => `id${ids++}`), childId: 'c', motherId: 'm', ...over }, { today, temporaryName: 'Baby of Grace' })

test('a name, a sex and a date: one Patient, and nothing that nobody said', () => {
  assert.deepEqual(facts({ name: ' Amina ', sex: 'female', date: { day: '9', month: '10', year: '2026' } }), [
    { resourceType: 'Patient', id: 'c', name: [{ use: 'official', text: 'Amina' }], gender: 'female', birthDate: '2026-10-09' },
  ])
})
test('baby of Grace, sex not sure, about 6 weeks: a temporary name, an unknown sex, an estimate with its bounds, the mother after the child', () => {
  const [patient, mother] = facts({ called: 'babyOf', name: 'not this', mother: 'Grace', sex: 'notSure', birth: 'about', age: { count: '6', unit: 'week' }, phone: '0700 123' })
  assert.partialDeepStrictEqual(patient, {
    name: [{ use: 'temp', text: 'Baby of Grace' }], gender: 'unknown', birthDate: '2026-10-12',
    _birthDate: { extension: [{ extension: [{ url: 'earliest', valueDate: '2026-10-05' }, { url: 'latest', valueDate: '2026-10-19' }] }] },
  })
  assert.partialDeepStrictEqual(mother, { resourceType: 'RelatedPerson', id: 'm', patient: { reference: 'Patient/c' }, name: [{ text: 'Grace' }], telecom: [{ value: '0700 123' }] })
})
test('the second twin says that it is the second; an unknown birth date is said to be unknown', () => {
  const [patient] = facts({ name: 'Hussein', sex: 'male', multiple: 'twin', order: 2, birth: 'notKnown' })
  assert.partialDeepStrictEqual(patient, { multipleBirthInteger: 2, _birthDate: { extension: [{ valueCode: 'unknown' }] } })
  assert.equal((patient as unknown as Record<string, unknown>)['birthDate'], undefined)
})
