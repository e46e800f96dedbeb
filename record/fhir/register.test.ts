import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayOf, days, type Day } from '@bairn/quantities'
import { validateResource } from '@bairn/fhir/validate'
import { childFromFhir } from './child.ts'
import type { Resource } from './facts.ts'
import { identityFromFhir, patientToFhir, withBirth, withDeath, withName, withSex, type RegisteredBirth, type Registration } from './register.ts'

const day = dayOf({ year: 2025, month: 5, day: 23 })
const convert = () => ({ ok: false as const, problem: { code: 'unit.unknown' as const, given: '' } })
const read = (resources: readonly Resource[]) => {
  for (const resource of resources) assert.deepEqual(validateResource(resource), [], JSON.stringify(resource))
  const child = childFromFhir(resources, { convert })
  assert.ok(child)
  assert.deepEqual(child.issues, [])
  return child
}
const four: Registration = { id: 'p', name: { text: 'Amina Yusuf' }, sex: 'female', birth: { kind: 'exact', day }, mother: { id: 'm', name: 'Halima Yusuf' } }

test('four answers make a Patient and her mother', () => {
  const resources = patientToFhir(four)
  assert.deepEqual(resources.map(({ resourceType }) => resourceType), ['Patient', 'RelatedPerson'])
  assert.partialDeepStrictEqual(read(resources), { id: 'Patient/p', sex: 'female', birth: { kind: 'exact', day } })
  assert.deepEqual(identityFromFhir(resources), {
    id: 'p', name: 'Amina Yusuf', temporaryName: false, sex: 'female', birthDate: '2025-05-23', birthEstimated: false, multipleBirth: false, mother: { id: 'm', name: 'Halima Yusuf' }, dead: false,
  })
})
test('all that can be said comes back', () => {
  const resources = patientToFhir({ ...four, multipleBirth: { order: 2 }, phone: '+254 700 111 222', cardNumber: '0042/26', village: 'Kiti', country: 'KE', language: 'sw', gestation: { id: 'g', value: days(226), day } })
  assert.equal(read(resources).gestation?.value, 226)
  assert.partialDeepStrictEqual(identityFromFhir(resources), { multipleBirth: true, birthOrder: 2, phone: '+254 700 111 222', cardNumber: '0042/26', village: 'Kiti', country: 'KE', language: 'sw' })
})
test('nothing is known but that there is a child', () => {
  const resources = patientToFhir({ id: 'p', birth: { kind: 'unknown' } })
  const child = read(resources)
  assert.deepEqual([child.birth, child.sex], [{ kind: 'unknown' }, undefined])
  assert.deepEqual(identityFromFhir(resources), { id: 'p', temporaryName: false, birthEstimated: false, multipleBirth: false, dead: false })
})

const births: readonly RegisteredBirth[] = [
  { kind: 'exact', day }, { kind: 'unknown' }, { kind: 'partial', text: '2025-05' }, { kind: 'partial', text: '2025' },
  { kind: 'estimated', day, earliest: (day - 40) as Day, latest: (day + 20) as Day },
]
for (const birth of births) test(`a birth date that is ${birth.kind} ${birth.kind === 'partial' ? birth.text : ''} comes back as it was known`, () => {
  const resources = patientToFhir({ ...four, birth })
  const known = read(resources).birth
  if (birth.kind === 'partial') assert.equal(known.kind, 'estimated')
  else assert.deepEqual(known, birth)
  const identity = identityFromFhir(resources)
  assert.equal(identity?.birthEstimated, birth.kind === 'partial' || birth.kind === 'estimated')
})

test('"Baby of Halima" is named later, the first name stays as old', () => {
  const [baby] = patientToFhir({ ...four, name: { text: 'Baby of Halima', temporary: true } })
  assert.ok(baby)
  assert.partialDeepStrictEqual(identityFromFhir([baby]), { name: 'Baby of Halima', temporaryName: true })
  const named = withName(baby, 'Zawadi Yusuf')
  assert.deepEqual(named['name'], [{ use: 'official', text: 'Zawadi Yusuf' }, { use: 'old', text: 'Baby of Halima' }])
  assert.partialDeepStrictEqual(identityFromFhir([named]), { name: 'Zawadi Yusuf', temporaryName: false })
  read([named])
})
test('sex and birth date can be answered later, and a death recorded', () => {
  const [unknown] = patientToFhir({ id: 'p', birth: { kind: 'unknown' } })
  assert.ok(unknown)
  const known = withBirth(withSex(unknown, 'male'), { kind: 'exact', day })
  assert.deepEqual(read([known]), { id: 'Patient/p', birth: { kind: 'exact', day }, sex: 'male', measurements: [], findings: [], responses: [], issues: [] })
  assert.equal('_birthDate' in known, false)
  assert.deepEqual(read([withDeath(known, day)]).death, { id: 'Patient/p', day })
  assert.deepEqual(read([withDeath(known)]).death, { id: 'Patient/p' })
})
test('foreign names, mothers and phones are found', () => {
  const patient = { resourceType: 'Patient', id: 'p', name: [{ use: 'old', text: 'X' }, { family: 'Bernhard', given: ['Bruno'] }], identifier: [{ system: 'urn:mr', value: '7' }], telecom: [{ system: 'email', value: 'a@b' }, { system: 'phone', value: '555' }] }
  const mother = { resourceType: 'RelatedPerson', id: 'm', patient: { reference: 'Patient/p' }, relationship: [{ coding: [{ code: 'NMTH' }] }], name: [{ given: ['Laci'] }] }
  assert.partialDeepStrictEqual(identityFromFhir([mother, patient]), { name: 'Bruno Bernhard', cardNumber: '7', phone: '555', mother: { id: 'm', name: 'Laci' } })
})
