import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import * as fc from 'fast-check'
import { LANGUAGES, formatMessage, loadMessages } from '@bairn/knowledge'
import { parseFhirJson } from '../json.ts'
import { MAX_ISSUES, RESOURCE_TYPES, isResourceType, validateResource } from './index.ts'

before(async () => { for (const language of LANGUAGES) await loadMessages(language) })

const weight = {
  resourceType: 'Observation', id: 'w1', status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
  subject: { reference: 'Patient/p1' }, effectiveDateTime: '2026-03-01T09:30:00+03:00',
  valueQuantity: { value: 7.4, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
}
const child = { resourceType: 'Patient', id: 'p1', name: [{ family: 'Okello', given: ['Amina'] }], gender: 'female', birthDate: '2025-05-23' }
const missing = undefined

/** What is said: key, place, and the sentence exists in every language. */
function said(resource: unknown): readonly string[] {
  const text = typeof resource === 'string' ? resource : JSON.stringify(resource)
  const parsed = parseFhirJson(text)
  assert.ok(parsed.ok)
  return validateResource(parsed.value).map((issue) => {
    for (const language of LANGUAGES) {
      const sentence = formatMessage(issue.text, language)
      assert.doesNotMatch(sentence, /[{}[]fhir\./, `${issue.text.key} in ${language}`)
      assert.ok(sentence.includes(issue.where as string), sentence)
    }
    return `${issue.text.key.replace('fhir.', '')} ${issue.where}`
  })
}
const accepts = (rule: string, resource: unknown): void => void test(`fhir.validate accepts ${rule}`, () => { assert.deepEqual(said(resource), []) })
const refuses = (rule: string, resource: unknown, ...expected: readonly string[]): void => void test(`fhir.validate refuses ${rule}`, () => { assert.deepEqual(said(resource), expected) })

accepts('a weight', weight)
accepts('a child', child)
accepts('digits that a number would lose', JSON.stringify(weight).replace('7.4', '7.40'))
accepts('a primitive with only an extension where it is required', { ...weight, status: missing, _status: { extension: [{ url: 'http://example.org/why', valueCode: 'unknown' }] } })
accepts('null in a list of primitives beside an extension', { ...child, name: [{ given: ['Amina', null], _given: [null, { extension: [{ url: 'http://example.org/x', valueString: 'x' }] }] }] })

refuses('an unknown property', { ...weight, colour: 'red' }, 'unknownProperty Observation')
refuses('an unknown property deep inside', { ...weight, valueQuantity: { value: 7.4, units: 'kg' } }, 'unknownProperty Observation.value')
refuses('a property of another type', { ...child, status: 'final' }, 'unknownProperty Patient')
refuses('a key of JavaScript itself', '{"resourceType":"Patient","__proto__":{"x":1},"constructor":"x"}', 'unknownProperty Patient', 'unknownProperty Patient')
refuses('text where a number is meant', { ...weight, valueQuantity: { ...weight.valueQuantity, value: '7.4' } }, 'wrongType Observation.value.value')
refuses('a number where text is meant', { ...child, birthDate: 2025 }, 'wrongType Patient.birthDate')
refuses('text where true or false is meant', { ...child, active: 'true' }, 'wrongType Patient.active')
refuses('text where an object is meant', { ...weight, code: '29463-7' }, 'wrongType Observation.code')
refuses('a raw number where an object is meant', '{"resourceType":"Patient","maritalStatus":7.10}', 'wrongType Patient.maritalStatus')
refuses('a missing required element', { ...weight, code: missing }, 'required Observation.code')
refuses('a missing required primitive', { ...weight, status: missing }, 'required Observation.status')
refuses('a missing required primitive inside', { ...child, link: [{ other: { reference: 'Patient/p2' } }] }, 'required Patient.link[0].type')
refuses('a missing required value[x]', { resourceType: 'MedicationRequest', status: 'active', intent: 'order', subject: { reference: 'Patient/p1' } }, 'required MedicationRequest.medication')
refuses('one where a list is meant', { ...child, name: { family: 'Okello' } }, 'listExpected Patient.name')
refuses('one text where a list is meant', { ...child, name: [{ given: 'Amina' }] }, 'listExpected Patient.name[0].given')
refuses('a list where one is meant', { ...weight, subject: [{ reference: 'Patient/p1' }] }, 'oneExpected Observation.subject')
refuses('a list of texts where one is meant', { ...weight, status: ['final'] }, 'oneExpected Observation.status')
refuses('an empty list', { ...weight, category: [] }, 'emptyList Observation.category')
refuses('an empty object', { ...weight, method: {} }, 'emptyObject Observation.method')
refuses('an object with nothing but an id', { ...weight, method: { id: 'm' } }, 'emptyObject Observation.method')
refuses('an empty object in a list', { ...child, name: [{}] }, 'emptyObject Patient.name[0]')
refuses('an empty text', { ...child, name: [{ family: '' }] }, 'emptyText Patient.name[0].family')
refuses('null', { ...child, birthDate: null }, 'null Patient.birthDate')
refuses('null for an object', { ...weight, method: null }, 'null Observation.method')
refuses('null in a list of objects', { ...child, name: [null] }, 'null Patient.name[0]')
refuses('null in a list of primitives without an extension beside it', { ...child, name: [{ given: ['Amina', null] }] }, 'null Patient.name[0].given[1]')
refuses('null in both lists', { ...child, name: [{ given: ['A', null], _given: [{ id: 'x', extension: [{ url: 'http://example.org/x', valueCode: 'x' }] }, null] }] }, 'null Patient.name[0].given[1]')
refuses('extensions that stand beside no value', { ...child, name: [{ given: ['A'], _given: [null, { extension: [{ url: 'http://example.org/x', valueCode: 'x' }] }] }] }, 'unequalLists Patient.name[0].given')
refuses('an empty extension of a primitive', { ...child, _birthDate: {} }, 'emptyObject Patient.birthDate')
refuses('extensions of an element’s id', { ...child, name: [{ family: 'Okello', _id: { extension: [{ url: 'http://example.org/x', valueCode: 'x' }] } }] }, 'unknownProperty Patient.name[0]')
refuses('two value[x]', { ...weight, valueString: '7.4 kg' }, 'choice Observation.value')
refuses('two value[x], one with only an extension', { ...weight, _valueString: { extension: [{ url: 'http://example.org/x', valueCode: 'x' }] } }, 'choice Observation.value')
refuses('a value[x] of a type that is not among them', { ...weight, valueQuantity: missing, valueMoney: { value: 1 } }, 'unknownProperty Observation')
refuses('a code outside a required list', { ...weight, status: 'finished' }, 'code Observation.status')
refuses('a code outside a required list, in another case', { ...child, gender: 'Female' }, 'code Patient.gender')
refuses('a concept without a code of its required list',
  { resourceType: 'Condition', subject: { reference: 'Patient/p1' }, clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'acute' }] } }, 'concept Condition.clinicalStatus')
refuses('a concept of a required list with text alone', { resourceType: 'Condition', subject: { reference: 'Patient/p1' }, clinicalStatus: { text: 'ill' } }, 'conceptWithoutCode Condition.clinicalStatus')
refuses('a comparator on a quantity that takes none', { resourceType: 'Immunization', status: 'completed', vaccineCode: { text: 'BCG' }, patient: { reference: 'Patient/p1' }, occurrenceString: 'at birth', doseQuantity: { value: 1, comparator: '<' } },
  'invariant Immunization.doseQuantity')

for (const [given, problem] of [
  ['2026-02-29', 'day'], ['2024-02-29', ''], ['2026-04-31', 'day'], ['2026-13', 'day'], ['2026-00-10', 'day'], ['1900-02-29', 'day'], ['2000-02-29', ''], ['2026', ''], ['2026-12', ''],
  ['26-03-01', 'form'], ['2026-3-1', 'form'], ['0000', 'form'], ['2026-03-01T09:30:00Z', 'form'], ['01/03/2026', 'form'], [' 2026-03-01', 'form'], ['2026-03-01\n', 'form'],
] as const) (problem === '' ? accepts : refuses)(`the birth date ${JSON.stringify(given)}`, { ...child, birthDate: given }, ...(problem === '' ? [] : [`${problem} Patient.birthDate`]))
for (const [given, problem] of [
  ['2026-03-01T09:30:00Z', ''], ['2026-03-01T09:30:00.123+14:00', ''], ['2026-03-01T23:59:60Z', ''], ['2026-03', ''],
  ['2026-02-30T09:30:00Z', 'day'], ['2026-03-01T24:00:00Z', 'form'], ['2026-03-01T09:30:00', 'form'], ['2026-03-01T09:30Z', 'form'], ['2026-03-01T09:30:00+15:00', 'form'], ['2026-03-01 09:30:00Z', 'form'],
] as const) (problem === '' ? accepts : refuses)(`the moment ${given}`, { ...weight, effectiveDateTime: given }, ...(problem === '' ? [] : [`${problem} Observation.effective`]))
refuses('a day where an instant is meant', { ...weight, issued: '2026-03-01' }, 'form Observation.issued')

for (const id of ['', 'a'.repeat(65), 'a b', 'ä', 'a/b', 'a_b']) refuses(`the id ${JSON.stringify(id)}`, { ...child, id }, `${id === '' ? 'emptyText' : 'id'} Patient.id`)
for (const id of ['a'.repeat(64), 'A-9.z']) accepts(`the id ${JSON.stringify(id)}`, { ...child, id })
for (const [type, value, ok] of [
  ['Integer', 3, true], ['Integer', 3.5, false], ['Integer', 2_147_483_648, false], ['PositiveInt', 0, false], ['UnsignedInt', 0, true], ['UnsignedInt', -1, false],
  ['Uri', 'urn:a b', false], ['Oid', 'urn:oid:1.2.3', true], ['Oid', 'urn:oid:3.2', false], ['Uuid', 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0', true], ['Uuid', '0c3151bd', false],
  ['Code', 'a b', true], ['Code', 'a  b', false], ['Code', ' a', false], ['Base64Binary', 'aGk=', true], ['Base64Binary', 'aGk', false], ['Time', '09:30:00', true], ['Time', '9:30', false],
  ['String', 'a\tb\nc', true], ['String', 'a\u0000b', false], ['Markdown', 'a\u001bb', false],
] as const) test(`fhir.validate ${ok ? 'accepts' : 'refuses'} ${type} ${JSON.stringify(value)}`, () => {
  assert.equal(said({ ...child, extension: [{ url: 'http://example.org/x', [`value${type}`]: value }] }).length, ok ? 0 : 1)
})
test('fhir.validate refuses integers written with a point or an exponent, and numbers beyond all bounds', () => {
  const integer = (digits: string): readonly string[] => said(`{"resourceType":"Patient","multipleBirthInteger":${digits}}`)
  assert.deepEqual(['2', '2.0', '2e0', '0'].map((digits) => integer(digits).length), [0, 1, 1, 0])
  assert.deepEqual(said('{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":1e999}}'), ['form Observation.value.value'])
})

refuses('a forbidden reference target', { ...weight, subject: { reference: 'Practitioner/1' } }, 'target Observation.subject')
refuses('a forbidden reference target at another server', { ...weight, subject: { reference: 'http://example.org/fhir/Practitioner/1/_history/2' } }, 'target Observation.subject')
refuses('a forbidden reference target that is contained', { ...weight, contained: [{ resourceType: 'Practitioner', id: 'c' }], subject: { reference: '#c' } }, 'target Observation.subject')
refuses('a forbidden reference target by type alone', { ...weight, subject: { type: 'Practitioner', identifier: { value: '1' } } }, 'target Observation.subject')
refuses('a forbidden reference target of a conditional reference', { ...weight, subject: { reference: 'Practitioner?identifier=1' } }, 'target Observation.subject')
refuses('a forbidden reference target elsewhere in a bundle', {
  resourceType: 'Bundle', type: 'collection', entry: [
    { fullUrl: 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0', resource: { resourceType: 'Practitioner', id: 'x' } },
    { fullUrl: 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e1', resource: { ...weight, subject: { reference: 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0' } } },
  ],
}, 'target Bundle.entry[1].resource.subject')
for (const reference of ['Patient/1', 'Patient/1/_history/3', 'http://example.org/fhir/Patient/1', 'http://example.org/Practitioner/x/whatever', 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0', 'Patient?identifier=a/b'])
  accepts(`the reference ${reference}`, { ...weight, subject: { reference } })

refuses('a broken invariant: value and reason for its absence (obs-6)', { ...weight, dataAbsentReason: { text: 'x' } }, 'invariant Observation')
refuses('a component that repeats the code (obs-7)', { ...weight, component: [{ code: weight.code, valueString: 'x' }] }, 'invariant Observation')
refuses('a contact without any way to reach it (pat-1)', { ...child, contact: [{ gender: 'male' }] }, 'invariant Patient.contact[0]')
refuses('an extension with a value and extensions (ext-1)', { ...child, extension: [{ url: 'http://example.org/x', valueCode: 'x', extension: [{ url: 'y', valueCode: 'y' }] }] }, 'invariant Patient.extension[0]')
refuses('an extension with neither (ext-1)', { ...child, extension: [{ url: 'http://example.org/x' }] }, 'invariant Patient.extension[0]')
refuses('contained in contained (dom-2)', { ...weight, contained: [{ resourceType: 'Patient', id: 'c', contained: [{ resourceType: 'Patient', id: 'd', extension: [{ url: 'http://example.org/x', valueReference: { reference: '#' } }] }] }], subject: { reference: '#c' } },
  'invariant Observation')
refuses('a pointer to nothing that is contained (ref-1)', { ...weight, subject: { reference: '#c' } }, 'invariant Observation.subject')
refuses('a contained resource that nothing points at (dom-3)', { ...weight, contained: [{ resourceType: 'Patient', id: 'c' }] }, 'invariant Observation')
refuses('a period that ends before it starts (per-1)', { ...child, name: [{ family: 'x', period: { start: '2026-03-02', end: '2026-03-01' } }] }, 'invariant Patient.name[0].period')
accepts('a period within one month, said less exactly', { ...child, name: [{ family: 'x', period: { start: '2026-03-02', end: '2026-03' } }] })
refuses('a transaction without a request (bdl-3)', { resourceType: 'Bundle', type: 'transaction', entry: [{ resource: child }] }, 'invariant Bundle')
refuses('a home address of an organization (org-2)', { resourceType: 'Organization', name: 'x', address: [{ use: 'home', text: 'x' }] }, 'invariant Organization.address[0]')
refuses('an invariant that only the fhirpath library knows (spd-2)',
  { resourceType: 'SearchParameter', url: 'http://example.org/x', name: 'X', status: 'draft', description: 'x', code: 'x', base: ['Patient'], type: 'token', chain: ['x'] }, 'invariant SearchParameter')
refuses('a group of a form without items (que-1)', { resourceType: 'Questionnaire', status: 'draft', item: [{ linkId: '1', type: 'group' }] }, 'invariant Questionnaire.item[0]')

const told = (div: string): unknown => ({ ...child, text: { status: 'generated', div } })
const XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'
for (const [rule, div] of [
  ['plain formatting', `<div ${XHTML}><p class="a">Weight <b>7.4&nbsp;kg</b><br/>&lt; 8 kg</p><!-- c --><table border="1"><tr><td colspan='2'>x</td></tr></table></div>`],
  ['an image', `<div ${XHTML}><img src="data:image/png;base64,AA==" alt="x"/></div>`],
  ['a link', `<div ${XHTML}><a href="https://example.org/?a=1&amp;b=2">x</a></div>`],
] as const) accepts(`a narrative with ${rule}`, told(div))
for (const [rule, div] of [
  ['a script', `<div ${XHTML}><script>x()</script></div>`],
  ['an event attribute', `<div ${XHTML}><p onclick="x()">x</p></div>`],
  ['a script address', `<div ${XHTML}><a href="java&#x0A;script:x()">x</a></div>`],
  ['a frame', `<div ${XHTML}><iframe src="x"></iframe></div>`],
  ['a tag left open', `<div ${XHTML}><p>x</div>`],
  ['tags crossed', `<div ${XHTML}><b><i>x</b></i></div>`],
  ['text after the end', `<div ${XHTML}>x</div> y`],
  ['two divs', `<div ${XHTML}>x</div><div>y</div>`],
  ['no div', 'Weight 7.4 kg'],
  ['a bare ampersand', `<div ${XHTML}>a & b</div>`],
  ['no content', `<div ${XHTML}></div>`],
  ['a processing instruction', `<div ${XHTML}><?php x ?></div>`],
] as const) refuses(`a narrative with ${rule}`, told(div), 'narrative Patient.text.div')

for (const [rule, value, key] of [
  ['a list', [child], 'resource.notObject'], ['a text', 'x', 'resource.notObject'], ['null', null, 'resource.notObject'],
  ['no resourceType', { id: 'x' }, 'resource.noType'], ['an unknown resourceType', { resourceType: 'Child' }, 'resource.unknownType'],
  ['an abstract resourceType', { resourceType: 'DomainResource' }, 'resource.unknownType'], ['a data type as resourceType', { resourceType: 'HumanName' }, 'resource.unknownType'],
] as const) test(`fhir.validate refuses ${rule} as a resource`, () => assert.deepEqual(validateResource(value).map((i) => i.text.key), [`fhir.${key}`]))
refuses('an unknown resource in a bundle', { resourceType: 'Bundle', type: 'collection', entry: [{ resource: { resourceType: 'Child' } }] }, 'resource.unknownType Bundle.entry[0].resource')

test('fhir.validate: there are 146 resource types, and the abstract two are not among them', () => {
  assert.equal(RESOURCE_TYPES.length, 146)
  assert.deepEqual(['Patient', 'Resource', 'DomainResource', 'toString', 7].map(isResourceType), [true, false, false, false, false])
})
test('fhir.validate says at most a hundred things', () => {
  assert.equal(validateResource({ ...child, name: Array.from({ length: 500 }, () => ({ first: 'x' })) }).length, MAX_ISSUES)
})
test('fhir.validate never throws and never changes what it is given', () => {
  const key = fc.constantFrom('resourceType', 'id', 'code', 'coding', 'status', 'name', 'given', '_given', 'extension', 'valueQuantity', 'value', 'entry', 'resource', 'contained', 'subject', 'reference', 'component', 'period', 'start', 'end', 'type', 'meta', 'text', 'div')
  const anything = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof({ depthSize: 'medium' }, fc.constantFrom('Patient', 'Observation', 'Bundle', 'Parameters', 'final', '#', '#a', '2026-02-30', '', '<div>'), fc.integer(), fc.boolean(), fc.constant(null), fc.array(tie('node'), { maxLength: 3 }), fc.dictionary(key, tie('node'), { maxKeys: 5 })),
  })).node
  fc.assert(fc.property(fc.constantFrom('Patient', 'Observation', 'Bundle', 'Parameters', 'CareTeam', 'Questionnaire'), fc.dictionary(key, anything), (resourceType, rest) => {
    const resource = { ...rest, resourceType }
    const copy = JSON.stringify(resource)
    validateResource(resource)
    assert.equal(JSON.stringify(resource), copy)
  }), { numRuns: 2000 })
})
