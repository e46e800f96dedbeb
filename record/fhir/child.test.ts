import path from 'node:path'
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, existsSync } from 'node:fs'
import { before, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { formatMessage, LANGUAGES, loadMessages } from '@bairn/knowledge'
import { formatDay, parseDay, type Day } from '@bairn/quantities'
import { convertUcum } from '@bairn/quantities/ucum'
import type { ChildFacts } from '@bairn/plan'
import { childFromFhir, childrenFromFhir, needsUnitConverter, readChildren } from './child.ts'
import { BAIRN_ANSWER, BAIRN_NEED, BAIRN_OBSERVATION, CCC, CIEL, DATA_ABSENT, hasRightCheckDigit, LOINC, MAPPINGS, SNOMED, UCUM } from './codes.ts'
import { ISSUE_KEYS } from './issues.ts'
import { parseFhirJson } from './json.ts'

before(async () => { for (const language of LANGUAGES) await loadMessages(language) })

type Fields = Record<string, unknown>
const patient = { resourceType: 'Patient', id: 'p', gender: 'female', birthDate: '2025-05-23' }
const observation = (code: string, fields: Fields, system = LOINC): Fields =>
  ({ resourceType: 'Observation', id: 'o', status: 'final', code: { coding: [{ system, code }] }, subject: { reference: 'Patient/p' }, effectiveDateTime: '2026-11-20', ...fields })
const quantity = (value: unknown, code: string): Fields => ({ valueQuantity: { value, unit: code, system: UCUM, code } })
const weight = (fields: Fields): Fields => observation('29463-7', fields)
const read = (...resources: readonly unknown[]): ChildFacts => {
  const child = childFromFhir([patient, ...resources], { convert: convertUcum })
  assert.ok(child)
  return child
}
const keys = (child: ChildFacts): string[] => child.issues.map(({ text }) => text.key)
const day = (text: string): Day => {
  const parsed = parseDay(text)
  assert.ok(parsed.ok)
  return parsed.value
}
const snomed = (code: string) => ({ valueCodeableConcept: { coding: [{ system: SNOMED, code }] } })
const ours = (code: string) => ({ valueCodeableConcept: { coding: [{ system: BAIRN_ANSWER, code }] } })
const absent = (code: string) => ({ dataAbsentReason: { coding: [{ system: DATA_ABSENT, code }] } })

test('every accepted code has a right check digit', () => {
  for (const { accept, write } of MAPPINGS) for (const { system, code } of [...accept, ...write]) assert.ok(hasRightCheckDigit(system, code), code)
  assert.equal(hasRightCheckDigit(LOINC, '56072-4'), false)
  assert.equal(hasRightCheckDigit(SNOMED, '829986001'), false)
})

for (const { title, resource, fact } of [
  { title: 'weight in kg', resource: weight(quantity(9.6, 'kg')), fact: { kind: 'weight', value: 9.6 } },
  { title: 'weight in g', resource: weight(quantity(9600, 'g')), fact: { kind: 'weight', value: 9.6 } },
  { title: 'weight in pounds', resource: weight(quantity(20, '[lb_av]')), fact: { kind: 'weight', value: 9.0718474 } },
  { title: 'an estimated weight keeps its mark', resource: observation('8335-2', quantity(9, 'kg')), fact: { kind: 'weight', value: 9, estimated: true } },
  { title: 'a birth weight belongs to the day of birth, whenever it was written down', resource: observation('8339-4', quantity(2950, 'g')), fact: { kind: 'weight', value: 2.95, day: day('2025-05-23') } },
  { title: 'lying by its code', resource: observation('8306-3', quantity(71.2, 'cm')), fact: { kind: 'length', value: 71.2, position: 'lying' } },
  { title: 'standing by its code', resource: observation('8308-9', quantity(71.2, 'cm')), fact: { kind: 'length', position: 'standing' } },
  { title: 'height in metres, position not said', resource: observation('8302-2', quantity(0.712, 'm')), fact: { kind: 'length', value: 71.2, position: 'notSaid' } },
  {
    title: 'position by the extension',
    resource: observation('8302-2', { ...quantity(71, 'cm'), extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/observation-bodyPosition', valueCodeableConcept: { coding: [{ system: SNOMED, code: '102538003' }] } }] }),
    fact: { kind: 'length', position: 'lying' },
  },
  { title: 'arm in cm', resource: observation('284473002', quantity(11.4, 'cm'), SNOMED), fact: { kind: 'muac', value: 114 } },
  { title: 'arm of the right side', resource: observation('56072-2', quantity(114, 'mm')), fact: { kind: 'muac', value: 114 } },
  { title: 'arm by OpenMRS', resource: observation('1343', quantity(114, 'mm'), 'https://CIELterminology.org/'), fact: { kind: 'muac', value: 114 } },
  { title: 'arm by WHO CCC', resource: observation('Ccc.B6.DE17', quantity(114, 'mm'), CCC), fact: { kind: 'muac', value: 114 } },
  { title: 'head in inches', resource: observation('9843-4', quantity(17, '[in_i]')), fact: { kind: 'headCircumference', value: 43.18 } },
  { title: 'skinfold', resource: observation('301851003', quantity(8.5, 'mm'), SNOMED), fact: { kind: 'tricepsSkinfold', value: 8.5 } },
  { title: 'a period counts from its first day', resource: weight({ ...quantity(9, 'kg'), effectiveDateTime: undefined, effectivePeriod: { start: '2026-11-18T08:00:00Z', end: '2026-11-19' } }), fact: { day: day('2026-11-18'), minute: 480 } },
  { title: 'an instant', resource: weight({ ...quantity(9, 'kg'), effectiveDateTime: undefined, effectiveInstant: '2026-11-18T23:59:59.999-11:00' }), fact: { day: day('2026-11-18'), minute: 1439 } },
  { title: '2026-03-01T00:30+03:00 is the day 2026-03-01', resource: weight({ ...quantity(9, 'kg'), effectiveDateTime: '2026-03-01T00:30:00+03:00' }), fact: { day: day('2026-03-01'), minute: 30 } },
  { title: 'amended and corrected hold', resource: weight({ ...quantity(9, 'kg'), status: 'corrected' }), fact: { value: 9 } },
]) test(`reads a measurement: ${title}`, () => {
  const child = read(resource)
  assert.deepEqual(child.issues, [])
  assert.partialDeepStrictEqual(child.measurements, [{ id: 'Observation/o', ...fact }])
})

test('a decimal that kept its digits is read as the number it is', () => {
  const parsed = parseFhirJson(JSON.stringify(weight(quantity(7.1, 'kg'))).replace('7.1', '7.10'))
  assert.ok(parsed.ok)
  assert.equal(read(parsed.value).measurements[0]?.value, 7.1)
})

for (const { title, resource, finding } of [
  { title: 'oedema +', resource: observation('829986000', ours('+'), SNOMED), finding: { kind: 'oedema', answer: 'yes', grade: 1 } },
  { title: 'oedema +++', resource: observation('829986000', ours('+++'), SNOMED), finding: { kind: 'oedema', answer: 'yes', grade: 3 } },
  { title: 'no oedema', resource: observation('829986000', ours('none'), SNOMED), finding: { kind: 'oedema', answer: 'no' } },
  { title: 'oedema by Ethiopia', resource: observation('44966-0', { valueCodeableConcept: { coding: [{ system: LOINC, code: '72071-4' }] } }), finding: { kind: 'oedema', answer: 'yes' } },
  { title: 'no oedema by Ethiopia', resource: observation('44966-0', snomed('161980004')), finding: { kind: 'oedema', answer: 'no' } },
  { title: 'oedema as 0 or 1', resource: observation('829986000', { valueInteger: 0 }, SNOMED), finding: { kind: 'oedema', answer: 'no' } },
  { title: 'oedema not asked', resource: observation('829986000', absent('not-asked'), SNOMED), finding: { kind: 'oedema', answer: 'notAsked' } },
  { title: 'oedema refused', resource: observation('829986000', absent('asked-declined'), SNOMED), finding: { kind: 'oedema', answer: 'cannotTell' } },
  { title: 'appetite passed', resource: observation('709263008', snomed('161825005'), SNOMED), finding: { kind: 'appetite', answer: 'pass' } },
  { title: 'appetite failed', resource: observation('709263008', snomed('64379006'), SNOMED), finding: { kind: 'appetite', answer: 'fail' } },
  { title: 'no RUTF at hand', resource: observation('709263008', absent('not-performed'), SNOMED), finding: { kind: 'appetite', answer: 'notAvailable' } },
  { title: 'breastfeeding', resource: observation('breastfeedingDifficulty', { valueBoolean: true }, BAIRN_OBSERVATION), finding: { kind: 'breastfeedingDifficulty', answer: 'yes' } },
  { title: 'a danger sign', resource: observation('complication', ours('no'), BAIRN_OBSERVATION), finding: { kind: 'complication', answer: 'no' } },
]) test(`reads a finding: ${title}`, () => {
  const child = read(resource)
  assert.deepEqual(child.issues, [])
  assert.deepEqual(child.findings, [{ id: 'Observation/o', day: day('2026-11-20'), ...finding }])
})

for (const { title, resource } of [
  { title: 'entered in error', resource: weight({ ...quantity(9, 'kg'), status: 'entered-in-error' }) },
  { title: 'cancelled', resource: weight({ ...quantity(9, 'kg'), status: 'cancelled' }) },
  { title: 'absent with a reason', resource: weight(absent('not-performed')) },
  { title: 'blood pressure', resource: observation('55284-4', { component: [{ code: { coding: [{ system: LOINC, code: '8480-6' }] }, ...quantity(90, 'mm[Hg]') }] }) },
  { title: 'the mother’s own gestation', resource: observation('49051-6', quantity(30, 'wk')) },
  { title: 'a measure of a device', resource: weight({ ...quantity(9, 'kg'), subject: { reference: 'Device/d' } }) },
]) test(`no fact and no word: ${title}`, () => {
  const child = read(resource)
  assert.deepEqual([child.measurements, child.findings, child.issues], [[], [], []])
})

for (const { key, used = 0, resource } of [
  { key: 'record.unit.missing', resource: weight({ valueQuantity: { value: 9 } }) },
  { key: 'record.unit.unknown', resource: weight(quantity(9, 'mnm')) },
  { key: 'record.unit.unknown', resource: weight(quantity(9, 'cm')) },
  { key: 'record.unit.word', used: 1, resource: weight({ valueQuantity: { value: 9, unit: 'Kilograms' } }) },
  { key: 'record.value.notPositive', resource: weight(quantity(0, 'kg')) },
  { key: 'record.value.notPositive', resource: observation('8302-2', quantity(-75, 'cm')) },
  { key: 'record.value.tooLarge', resource: weight(quantity(400, 'kg')) },
  { key: 'record.value.tooSmall', resource: observation('8302-2', quantity(0.8, 'cm')) },
  { key: 'record.value.missing', resource: weight({}) },
  { key: 'record.value.notNumber', resource: weight({ valueString: '9,6' }) },
  { key: 'record.value.comparator', resource: weight({ valueQuantity: { value: 9, comparator: '<', system: UCUM, code: 'kg' } }) },
  { key: 'record.value.notMeasured', resource: observation('3138-5', quantity(75, 'cm')) },
  { key: 'record.day.missing', resource: weight({ ...quantity(9, 'kg'), effectiveDateTime: undefined }) },
  { key: 'record.day.impossible', resource: weight({ ...quantity(9, 'kg'), effectiveDateTime: '2026-02-29' }) },
  { key: 'record.day.imprecise', resource: weight({ ...quantity(9, 'kg'), effectiveDateTime: '2026-02' }) },
  { key: 'record.day.beforeBirth', resource: weight({ ...quantity(9, 'kg'), effectiveDateTime: '2025-05-22' }) },
  { key: 'record.status.preliminary', resource: weight({ ...quantity(9, 'kg'), status: 'preliminary' }) },
  { key: 'record.status.unknown', resource: weight({ ...quantity(9, 'kg'), status: 'unknown' }) },
  { key: 'record.status.missing', used: 1, resource: weight({ ...quantity(9, 'kg'), status: undefined }) },
  { key: 'record.code.checkDigit', resource: observation('56072-4', quantity(115, 'mm')) },
  { key: 'record.code.noSystem', resource: weight({ ...quantity(9, 'kg'), code: { coding: [{ code: '29463-7' }] } }) },
  { key: 'record.code.display', resource: weight({ ...quantity(9, 'kg'), code: { coding: [{ system: LOINC, code: '29463-7', display: 'Body height' }] } }) },
  { key: 'record.code.conflict', resource: weight({ ...quantity(9, 'kg'), code: { coding: [{ system: LOINC, code: '29463-7' }, { system: CIEL, code: '5090' }] } }) },
  { key: 'record.answer.unknown', resource: observation('829986000', { valueString: 'perhaps' }, SNOMED) },
  { key: 'record.subject.missing', resource: weight({ ...quantity(9, 'kg'), subject: undefined }) },
  { key: 'record.subject.notHere', resource: weight({ ...quantity(9, 'kg'), subject: { reference: 'Patient/nobody' } }) },
  { key: 'record.resource.none', resource: { resourcetype: 'Observation' } },
]) test(`${key}: said by name, the rest still used (${JSON.stringify(resource).length})`, () => {
  const child = read(resource, { ...observation('284473002', quantity(140, 'mm'), SNOMED), id: 'arm' })
  assert.deepEqual(keys(child), [key])
  assert.equal(child.measurements.length, used + 1)
})

test('record.id.duplicate: two different facts under one id are both used and said', () => {
  const child = read(weight(quantity(9, 'kg')), weight(quantity(6, 'kg')), weight(quantity(9, 'kg')))
  assert.deepEqual(keys(child), ['record.id.duplicate'])
  assert.deepEqual(child.measurements.map(({ value }) => value).sort(), [6, 9])
})
test('the newest version of one resource counts', () => {
  const version = (value: number, versionId: string) => weight({ ...quantity(value, 'kg'), meta: { versionId } })
  const child = read(version(9, '10'), version(6, '9'))
  assert.deepEqual([child.issues, child.measurements.map(({ value }) => value)], [[], [9]])
})
test('without versions a correction or withdrawal of the same id counts as the newer one', () => {
  for (const [status, left] of [['corrected', [6]], ['entered-in-error', []]] as const)
    for (const order of [1, -1]) {
      const child = read(...[weight(quantity(9, 'kg')), weight({ ...quantity(6, 'kg'), status })].sort(() => order))
      assert.deepEqual([child.issues, child.measurements.map(({ value }) => value)], [[], left])
    }
})
test('an observation that another one replaces is left out', () => {
  const child = read(weight(quantity(6, 'kg')), { ...weight(quantity(9, 'kg')), id: 'o2', extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/observation-replaces', valueReference: { reference: 'Observation/o' } }] })
  assert.deepEqual(child.measurements.map(({ id }) => id), ['Observation/o2'])
})

const born = (fields: Fields, on?: Day): ChildFacts => {
  const child = childFromFhir([{ resourceType: 'Patient', id: 'p', ...fields }], { convert: convertUcum, ...(on === undefined ? {} : { on }) })
  assert.ok(child)
  return child
}
const birthText = ({ birth }: ChildFacts): string => (birth.kind === 'unknown' ? 'unknown' : birth.kind === 'exact' ? formatDay(birth.day) : [birth.earliest, birth.day, birth.latest].map(formatDay).join(' '))
const accuracy = (code: string) => ({ birthDate: '2024-03-09', _birthDate: { extension: [{ url: 'http://hl7.org.au/fhir/StructureDefinition/date-accuracy-indicator', valueCoding: { code } }] } })
for (const { title, fields, birth } of [
  { title: 'a whole date', fields: { birthDate: '2024-03-09' }, birth: '2024-03-09' },
  { title: 'a month', fields: { birthDate: '2024-02' }, birth: '2024-02-01 2024-02-15 2024-02-29' },
  { title: 'a year', fields: { birthDate: '2023' }, birth: '2023-01-01 2023-07-01 2023-12-31' },
  { title: 'nothing', fields: {}, birth: 'unknown' },
  { title: 'a reason instead', fields: { _birthDate: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] } }, birth: 'unknown' },
  { title: 'estimated, Ethiopia', fields: { birthDate: '2024-03-09', extension: [{ url: 'http://fhir.et/core/StructureDefinition/dob-estimated', valueBoolean: true }] }, birth: '2023-09-08 2024-03-09 2024-09-08' },
  { title: 'not estimated, Ethiopia', fields: { birthDate: '2024-03-09', extension: [{ url: 'http://fhir.et/core/StructureDefinition/dob-estimated', valueBoolean: false }] }, birth: '2024-03-09' },
  { title: 'AAA', fields: accuracy('AAA'), birth: '2024-03-09' },
  { title: 'UAA', fields: accuracy('UAA'), birth: '2024-03-01 2024-03-15 2024-03-31' },
  { title: 'UEA', fields: accuracy('UEA'), birth: '2024-01-01 2024-03-09 2024-12-31' },
  { title: 'UUA', fields: accuracy('UUA'), birth: '2024-01-01 2024-07-01 2024-12-31' },
  { title: 'UUU', fields: accuracy('UUU'), birth: 'unknown' },
]) test(`birth date: ${title}`, () => { assert.deepEqual([birthText(born(fields)), keys(born(fields))], [birth, []]) })

for (const { title, fields, birth, key } of [
  { title: '2023-02-29', fields: { birthDate: '2023-02-29' }, birth: 'unknown', key: 'record.birthDate.impossible' },
  { title: 'a number', fields: { birthDate: 20250601 }, birth: 'unknown', key: 'record.birthDate.impossible' },
  { title: 'an empty text', fields: { birthDate: '' }, birth: 'unknown', key: 'record.birthDate.impossible' },
  { title: 'a word', fields: { birthDate: 'last spring' }, birth: 'unknown', key: 'record.birthDate.impossible' },
  { title: 'the day after today', fields: { birthDate: '2026-11-25' }, birth: 'unknown', key: 'record.birthDate.future' },
  { title: 'another time of birth', fields: { birthDate: '2026-09-05', _birthDate: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime', valueDateTime: '2026-05-09T17:11:00+01:00' }] } }, birth: '2026-09-05', key: 'record.birthDate.time' },
]) test(`birth date: ${title} is an Issue`, () => { assert.deepEqual([birthText(born(fields, day('2026-11-24'))), keys(born(fields, day('2026-11-24')))], [birth, [key]]) })

test('birth date: today is not in the future', () => { assert.equal(birthText(born({ birthDate: '2026-11-24' }, day('2026-11-24'))), '2026-11-24') })
test('birth date: a child who was weighed in May was born by May', () => {
  const child = childFromFhir([{ ...patient, birthDate: '2026' }, weight({ ...quantity(3, 'kg'), effectiveDateTime: '2026-05-10' })], { convert: convertUcum })
  assert.ok(child)
  assert.equal(birthText(child), '2026-01-01 2026-05-10 2026-05-10')
})

for (const { title, fields, sex } of [
  { title: 'gender', fields: { gender: 'male' }, sex: 'male' },
  { title: 'birth sex goes first', fields: { gender: 'male', extension: [{ url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex', valueCode: 'F' }] }, sex: 'female' },
  { title: 'other is not guessed', fields: { gender: 'other' }, sex: undefined },
  { title: 'nothing is not guessed', fields: {}, sex: undefined },
]) test(`sex: ${title}`, () => { assert.equal(born(fields).sex, sex) })

test('death: with its day, with a year only, as yes, as no', () => {
  assert.deepEqual(born({ deceasedDateTime: '2026-10-02T03:00:00+03:00' }).death, { id: 'Patient/p', day: day('2026-10-02') })
  assert.deepEqual(born({ deceasedDateTime: '2026' }).death, { id: 'Patient/p' })
  assert.deepEqual(born({ deceasedBoolean: true }).death, { id: 'Patient/p' })
  assert.equal(born({ deceasedBoolean: false }).death, undefined)
})

test('gestation in weeks and in days', () => {
  assert.equal(read(observation('76516-4', quantity(270, 'd'))).gestation?.value, 270)
  assert.equal(read(observation('11884-4', quantity(32, 'wk'))).gestation?.value, 224)
  assert.deepEqual(keys(read(observation('76516-4', quantity(270, 'd')), { ...observation('76516-4', quantity(224, 'd')), id: 'a' })), ['record.gestation.two'])
})

test('a Task with a need is a response; others are left alone', () => {
  const task = { resourceType: 'Task', id: 't', intent: 'order', for: { reference: 'Patient/p' }, code: { coding: [{ system: BAIRN_NEED, code: 'measureWeight' }] }, authoredOn: '2026-11-20', note: [{ text: 'no scale' }] }
  const child = read({ ...task, status: 'failed' }, { ...task, id: 't2', status: 'completed' }, { ...task, id: 't3', status: 'rejected' }, { ...task, id: 't4', status: 'entered-in-error' }, { resourceType: 'Task', id: 't5', status: 'completed', for: { reference: 'Patient/p' } })
  assert.deepEqual(child.responses.map(({ id, kind }) => [id, kind]), [['Task/t', 'notToday'], ['Task/t2', 'done'], ['Task/t3', 'declined']])
  assert.equal(child.responses[0]?.note, 'no scale')
})

test('references in every form lead to the child: relative, versioned, urn, absolute, by identifier, merged', () => {
  const url = 'urn:uuid:8de3051f-6298-43e6-9b7f-2aa6443ee760'
  const references = [{ reference: 'Patient/p' }, { reference: 'Patient/p/_history/3' }, { reference: url }, { reference: 'https://example.org/fhir/Patient/p' }, { identifier: { system: 'urn:cards', value: '7' } }, { reference: 'Patient/old' }]
  const entry = references.map((subject, index) => ({ resource: { ...weight(quantity(9, 'kg')), id: `o${index}`, subject } }))
  const bundle = { resourceType: 'Bundle', type: 'collection', entry: [...entry, { fullUrl: url, resource: { ...patient, identifier: [{ system: 'urn:cards', value: '7' }] } }, { resource: { resourceType: 'Patient', id: 'old', link: [{ type: 'replaced-by', other: { reference: 'Patient/p' } }] } }] }
  const { children, issues } = readChildren([bundle], { convert: convertUcum })
  assert.deepEqual(issues, [])
  assert.deepEqual(children.map(({ id, measurements }) => [id, measurements.length]), [['Patient/p', references.length]])
})
test('an absolute reference to another server is another child', () => {
  const entry = [{ fullUrl: 'https://here.example/fhir/Patient/p', resource: patient }, { resource: weight({ ...quantity(9, 'kg'), subject: { reference: 'https://there.example/fhir/Patient/p' } }) }]
  assert.deepEqual(readChildren([{ resourceType: 'Bundle', entry }], { convert: convertUcum }).issues.map(({ text }) => text.key), ['record.subject.notHere'])
})
test('many children at once; without a Patient there is no child', () => {
  const twin = (id: string) => [{ ...patient, id }, { ...weight(quantity(9, 'kg')), id: `w${id}`, subject: { reference: `Patient/${id}` } }]
  assert.deepEqual(childrenFromFhir([...twin('a'), ...twin('b')], { convert: convertUcum }).map(({ measurements }) => measurements[0]?.id), ['Observation/wa', 'Observation/wb'])
  assert.equal(childFromFhir([weight(quantity(9, 'kg'))], { convert: convertUcum }), undefined)
})
test('pages need the unit library for pounds, not for kilograms or an arm in cm', () => {
  assert.equal(needsUnitConverter([patient, weight(quantity(9, 'kg')), { ...observation('284473002', quantity(11.4, 'cm'), SNOMED), id: 'arm' }]), false)
  assert.equal(needsUnitConverter([patient, weight(quantity(20, '[lb_av]'))]), true)
})
test('what is read is not changed, and odd shapes throw nothing', () => {
  const odd = [null, 7, 'x', [], { resourceType: 'Patient', id: 'p', name: 3, birthDate: 4, extension: 'x', link: [null] }, weight({ code: 'x' }), weight({ valueQuantity: 9 }), weight({ effectiveDateTime: 5 }), { resourceType: 'Bundle', entry: 'x' }, { resourceType: 'Task', for: 1 }]
  const text = JSON.stringify(odd)
  childrenFromFhir(odd, { convert: convertUcum })
  assert.equal(JSON.stringify(odd), text)
})

const good: readonly unknown[] = [
  { ...patient, identifier: [{ system: 's', value: 'v' }], link: [{ type: 'replaced-by', other: { reference: 'Patient/q' } }], _birthDate: { extension: [{ url: 'http://hl7.org.au/fhir/StructureDefinition/date-accuracy-indicator', valueCoding: { code: 'UEA' } }] } },
  weight(quantity(9, 'kg')), { ...observation('829986000', ours('+'), SNOMED), id: 'f' }, { ...observation('76516-4', quantity(270, 'd')), id: 'g' },
  { resourceType: 'Task', id: 't', status: 'failed', for: { reference: 'Patient/p' }, code: { coding: [{ system: BAIRN_NEED, code: 'measure' }] }, authoredOn: '2026-11-20', note: [{ text: 'x' }] },
]
/** A copy with one value, somewhere, replaced. */
function spoil(value: unknown, at: number, by: unknown): unknown {
  let left = at
  const walk = (node: unknown): unknown => {
    if (left-- === 0) return by
    if (Array.isArray(node)) return node.map(walk)
    return typeof node === 'object' && node !== null ? Object.fromEntries(Object.entries(node).map(([key, each]) => [key, walk(each)])) : node
  }
  return walk(value)
}
test('whatever stands in one place, nothing is thrown', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 120 }), fc.jsonValue(), (at, by) => { childrenFromFhir(spoil(good, at, by) as unknown[], { convert: convertUcum, on: day('2026-11-24') }) }), { numRuns: 1000 })
})
test('the order of the resources changes no fact', () => {
  const facts = (list: readonly unknown[]) => {
    const { measurements, findings, responses, issues, ...rest } = read(...list)
    const sorted = (each: readonly unknown[]) => each.map((one) => JSON.stringify(one)).sort()
    return [rest, sorted(measurements), sorted(findings), sorted(responses), sorted(issues)]
  }
  const list = [...good.slice(1), { ...weight(quantity(400, 'kg')), id: 'h' }, { ...observation('76516-4', quantity(224, 'd')), id: 'a' }]
  fc.assert(fc.property(fc.shuffledSubarray(list, { minLength: list.length }), (shuffled) => { assert.deepEqual(facts(shuffled), facts(list)) }))
})

test('every Issue has its sentence in three languages, with its parameters', () => {
  const params = { where: { text: 'W' }, kind: { text: 'K' }, given: { text: 'G' }, unit: { text: 'U' }, code: { text: 'C' }, system: { text: 'S' }, display: { text: 'D' }, target: { text: 'T' }, other: { text: 'O' }, time: { text: 'Z' }, day: { text: 'Y' } }
  for (const language of LANGUAGES) for (const key of ISSUE_KEYS) {
    const text = formatMessage({ key, params }, language)
    assert.ok(text.includes('W') && !text.includes('[') && !text.includes('{'), `${language} ${key}: ${text}`)
  }
})

const synthea = `${process.env['BAIRN_SHARED'] ?? path.join(import.meta.dirname, '../../../shared')}/data/fhir/synthea`
test('the 60 Synthea children are read without an Issue', (t) => {
  if (!existsSync(synthea)) return t.skip('shared data not here: data/fhir/synthea')
  const files = readdirSync(synthea).filter((name) => name.endsWith('.json.gz'))
  const children = files.flatMap((name) => childrenFromFhir([JSON.parse(gunzipSync(readFileSync(`${synthea}/${name}`)).toString())], { convert: convertUcum }))
  assert.equal(children.length, 60)
  assert.deepEqual(children.flatMap(keys), [])
  assert.ok(children.every(({ sex, birth, measurements }) => sex !== undefined && birth.kind === 'exact' && measurements.length > 0))
  return undefined
})

test('a time at night belongs to the day as written, in any zone', (t) => {
  const before = process.env['TZ']
  t.after(() => { if (before === undefined) delete process.env['TZ']; else process.env['TZ'] = before })
  for (const zone of ['Pacific/Kiritimati', 'Africa/Nairobi', 'UTC', 'Pacific/Honolulu']) {
    process.env['TZ'] = zone
    assert.equal(read(weight({ ...quantity(9, 'kg'), effectiveDateTime: '2026-03-01T00:30:00+03:00' })).measurements[0]?.day, day('2026-03-01'), zone)
  }
})
