import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import * as fc from 'fast-check'
import { LANGUAGES, formatMessage, loadMessages } from '@bairn/knowledge'
import { RESOURCE_TYPES } from '../validate/index.ts'
import { DATE_MAX, DATE_MIN, DEFAULT_COUNT, MOST_COUNT, type IndexKeys, type Search, foldText, indexKeys, matches, parseSearch, searchParameters } from './index.ts'

before(async () => { for (const language of LANGUAGES) await loadMessages(language) })

const now = Date.UTC(2026, 10, 22)
const base = 'http://127.0.0.1:8080/fhir'
const parse = (type: string, query: string): Search => {
  const parsed = parseSearch(type, new URLSearchParams(query), { now, base })
  assert.ok(parsed.ok, JSON.stringify(parsed))
  return parsed.search
}
const refusals = (type: string, query: string): readonly string[] => {
  const parsed = parseSearch(type, new URLSearchParams(query), { now, base })
  assert.ok(!parsed.ok)
  for (const { text } of parsed.issues) for (const language of LANGUAGES) assert.doesNotMatch(formatMessage(text, language), /[{}]|\[fhir/)
  return parsed.issues.map(({ text }) => text.key.replace('fhir.search.', ''))
}
const found = (resource: Readonly<Record<string, unknown>>, query: string): boolean =>
  matches({ ...indexKeys(resource, { base }), id: String(resource['id']) }, parse(String(resource['resourceType']), query))

const weight = {
  resourceType: 'Observation', id: 'w1', status: 'final', identifier: [{ system: 'urn:clinic', value: 'Visit-7' }],
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }, { code: 'WT' }] },
  subject: { reference: 'Patient/p1/_history/3' }, performer: [{ reference: 'Patient/mother' }, { reference: 'Practitioner/n1' }],
  effectiveDateTime: '2026-03-01T00:30:00+03:00',
}
const child = {
  resourceType: 'Patient', id: 'p1', identifier: [{ system: 'urn:card', value: 'AB-12' }],
  name: [{ text: 'Amina Okello', family: "N’Diaye", given: ['Zoë', 'Þóra'], prefix: ['Baby of'] }], gender: 'female', birthDate: '2025-05',
  telecom: [{ system: 'phone', value: '00256 (77) 123-456' }, { system: 'email', value: 'a@example.org' }],
  address: [{ line: ['Plot 4'], city: 'Gulu', district: 'Gulu', country: 'Uganda' }], link: [{ other: { reference: 'Patient/p0' }, type: 'replaces' }],
}

test('fhir.search.keys: an observation', () => {
  const at = Date.UTC(2026, 1, 28, 21, 30)
  const wall = Date.UTC(2026, 2, 1, 0, 30)
  assert.deepEqual(indexKeys(weight), {
    tokens: [
      { param: 'identifier', system: 'urn:clinic', code: 'visit-7' },
      { param: 'code', system: 'http://loinc.org', code: '29463-7' }, { param: 'code', code: 'WT' },
      { param: 'status', system: 'http://hl7.org/fhir/observation-status', code: 'final' },
    ],
    strings: [],
    dates: [{ param: 'date', from: at, to: at + 1000, wallFrom: wall, wallTo: wall + 1000 }],
    references: [{ param: 'patient', type: 'Patient', id: 'p1' }, { param: 'subject', type: 'Patient', id: 'p1' }],
    compartments: ['p1', 'mother'],
  } satisfies IndexKeys)
})
test('fhir.search.keys: a child', () => {
  const keys = indexKeys(child)
  assert.deepEqual(keys.tokens, [
    { param: 'identifier', system: 'urn:card', code: 'ab-12' },
    { param: 'gender', system: 'http://hl7.org/fhir/administrative-gender', code: 'female' },
    { param: 'phone', code: '+25677123456' },
  ])
  assert.deepEqual(keys.strings.map((k) => `${k.param}=${k.value}`), [
    'name=amina okello', "name=n'diaye", 'name=zoe', 'name=thora', 'name=baby of', "family=n'diaye", 'given=zoe', 'given=thora',
    'address=plot 4', 'address=gulu', 'address=uganda', 'address-city=gulu', 'address-country=uganda',
  ])
  assert.deepEqual(keys.dates, [{ param: 'birthdate', from: Date.UTC(2025, 4), to: Date.UTC(2025, 5), wallFrom: Date.UTC(2025, 4), wallTo: Date.UTC(2025, 5) }])
  assert.deepEqual(keys.compartments, ['p1', 'p0'])
})
test('fhir.search.keys: a reference as address, elsewhere, contained, logical, by urn', () => {
  const keysOf = (subject: object): unknown => indexKeys({ ...weight, performer: [], subject }, { base }).references.filter((k) => k.param === 'patient')
  const key = (type: string, id: string): unknown => [{ param: 'patient', type, id }]
  assert.deepEqual(keysOf({ reference: `${base}/Patient/p1` }), key('Patient', 'p1'))
  assert.deepEqual(keysOf({ reference: 'https://example.org/fhir/Patient/p1/_history/2' }), key('', 'https://example.org/fhir/Patient/p1'))
  assert.deepEqual(keysOf({ reference: 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0', type: 'Patient' }), key('', 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0'))
  for (const subject of [{ reference: '#p' }, { identifier: { value: '1' } }, { reference: 'Group/g' }, { reference: 'https://example.org/fhir/Group/g' }, { reference: 'Patient?identifier=1' }, {}]) assert.deepEqual(keysOf(subject), [])
})
test('fhir.search.keys: compartments by the parameters of the standard, not by subject alone', () => {
  for (const [resource, expected] of [
    [{ resourceType: 'AuditEvent', agent: [{ who: { reference: 'Practitioner/n' } }], entity: [{ what: { reference: 'Patient/a' } }] }, ['a']],
    [{ resourceType: 'Provenance', target: [{ reference: 'Observation/o' }, { reference: 'Patient/a' }] }, ['a']],
    [{ resourceType: 'Group', member: [{ entity: { reference: 'Patient/a' } }, { entity: { reference: 'Patient/b' } }] }, ['a', 'b']],
    [{ resourceType: 'Appointment', participant: [{ actor: { reference: 'Location/l' } }, { actor: { reference: 'Patient/a' } }] }, ['a']],
    [{ resourceType: 'Observation', performer: [{ reference: 'Patient/mother' }], subject: { reference: 'Patient/a' } }, ['a', 'mother']],
    [{ resourceType: 'Coverage', payor: [{ reference: 'Patient/c' }], beneficiary: { reference: 'Patient/a' }, subscriber: { reference: 'Patient/b' } }, ['a', 'b', 'c']],
    [{ resourceType: 'RelatedPerson', patient: { reference: 'Patient/a' } }, ['a']],
    [{ resourceType: 'Observation', subject: { reference: 'Group/a' } }, []],
    [{ resourceType: 'Practitioner', id: 'a' }, []],
  ] as const) assert.deepEqual(indexKeys(resource).compartments, expected, resource.resourceType)
})
test('fhir.search.keys: periods and timings', () => {
  const dates = (effective: object): unknown => indexKeys({ ...weight, effectiveDateTime: undefined, ...effective }).dates.map((k) => [k.from, k.to])
  const [march, may] = [Date.UTC(2026, 2, 1), Date.UTC(2026, 4, 1)]
  assert.deepEqual(dates({ effectivePeriod: { start: '2026-03', end: '2026-04-30' } }), [[march, may]])
  assert.deepEqual(dates({ effectivePeriod: { start: '2026-03' } }), [[march, DATE_MAX]])
  assert.deepEqual(dates({ effectivePeriod: { end: '2026-04' } }), [[DATE_MIN, may]])
  assert.deepEqual(dates({ effectiveTiming: { event: ['2026-04-30', '2026-03-01'] } }), [[march, may]])
  assert.deepEqual(dates({ effectiveTiming: { repeat: { boundsPeriod: { start: '2026-03', end: '2026-04' } } } }), [[march, may]])
  assert.deepEqual(dates({ effectiveTiming: { repeat: { frequency: 1 } } }), [])
})

test('fhir.search.token: code, system and code, no system, system alone, any of several, all of several', () => {
  for (const [query, expected] of [
    ['code=29463-7', true], ['code=http://loinc.org|29463-7', true], ['code=http://loinc.org|', true], ['code=|WT', true], ['code=WT', true],
    ['code=|29463-7', false], ['code=http://snomed.info/sct|29463-7', false], ['code=http://loinc.org|WT', false], ['code=29463', false], ['code=wt', false],
    ['code=x,WT', true], ['code=x,y', false], ['code=WT&code=29463-7', true], ['code=WT&code=x', false],
    ['status=final', true], ['status=http://hl7.org/fhir/observation-status|final', true], ['status=preliminary', false],
    ['identifier=urn:clinic|VISIT-7', true], ['identifier=visit-7', true], ['identifier=|visit-7', false],
    ['_id=w1', true], ['_id=x,w1', true], ['_id=x', false], ['_id=w1&code=x', false],
  ] as const) assert.equal(found(weight, query), expected, query)
  for (const [query, expected] of [['phone=%2B256-77-123456', true], ['phone=0025677123456', true], ['phone=%D9%A0%D9%A025677123456', true], ['phone=a@example.org', false], ['gender=female', true]] as const) assert.equal(found(child, query), expected, query)
})
test('fhir.search.escape: comma, bar, dollar and backslash', () => {
  const resource = { ...weight, code: { coding: [{ system: 's|t', code: 'a,b$c\\d' }] } }
  assert.equal(found(resource, `code=${encodeURIComponent('s\\|t|a\\,b\\$c\\\\d')}`), true)
  assert.equal(found(resource, `code=${encodeURIComponent('a,b$c\\\\d')}`), false)
})
test('fhir.search.string: from the beginning, whatever case and accents', () => {
  for (const [query, expected] of [
    ['name=AMINA', true], ['name=amina okello', true], ['name=okello', false], ["name=n'diaye", true], ['name=zoe', true], ['name=ZOË', true], ['given=thora', true],
    ['family=zoe', false], ['address=gulu', true], ['address-city=gul', true], ['address-city=uganda', false], ['name=x,zo', true], ['name=zo&name=x', false],
  ] as const) assert.equal(found(child, query), expected, query)
})
for (const [a, b] of [
  ['José', 'jose'], ['ÅSE', 'ase'], ['Łukasz', 'lukasz'], ['STRASSE', 'straße'], ['ẞ', 'ss'], ['İbrahim', 'ibrahim'], ['ılgaz', 'ILGAZ'], ['Ñandú', 'nandu'], ['Nguyễn', 'nguyen'], ['Ɗanjuma', 'danjuma'], ['Ọlá', 'ola'],
  ['مُحَمَّد', 'محمد'], ['أحمد', 'احمد'], ['محـمد', 'محمد'], ['שָׁלוֹם', 'שלום'], ['ΟΔΥΣΣΕΥΣ', 'οδυσσευς'], ['Ёлка', 'елка'], ['ﬁona', 'fiona'], ['Ａｙｕ', 'ayu'], ['  Mary   Ann ', 'mary ann'], ['D’Arcy', "d'arcy"], ['Ana\u200bMaria', 'ana maria'],
] as const) test(`fhir.search.fold: ${a} is found as ${b}`, () => assert.equal(foldText(a), foldText(b)))
for (const [a, b] of [['राम', 'रीमा'], ['กา', 'กี'], ['Ana', 'Anna'], ['大', '太'], ['ሀ', 'ሁ']] as const) test(`fhir.search.fold: ${a} is not ${b}`, () => assert.notEqual(foldText(a), foldText(b)))
test('fhir.search.fold: folding twice changes nothing, and the beginning of a folded name is found by its own fold', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => assert.equal(foldText(foldText(text)), foldText(text))), { numRuns: 3000 })
})

test('fhir.search.reference: id, type and id, whole address', () => {
  for (const [query, expected] of [
    ['patient=p1', true], ['patient=Patient/p1', true], [`patient=${base}/Patient/p1`, true], ['patient:Patient=p1', true], ['patient=p2', false], ['patient=p2,p1', true],
    ['subject=p1', true], ['subject=Patient/p1', true], ['subject:Patient=p1', true], ['subject:Group=p1', false], ['subject=Group/p1', false], ['patient=https://example.org/Patient/p1', false],
  ] as const) assert.equal(found(weight, query), expected, query)
})

// The half past midnight of 1 March in Nairobi is the day 2026-03-01, and the instant 2026-02-28T21:30Z.
test('fhir.search.date: by prefix and precision', () => {
  for (const [query, expected] of [
    ['2026-03-01', true], ['2026-02-28', false], ['2026-03', true], ['2026', true], ['2025', false],
    ['2026-02-28T21:30:00Z', true], ['2026-03-01T00:30:00+03:00', true], ['2026-03-01T00:30:00 03:00', true], ['2026-02-28T21:30Z', true], ['2026-03-01T00:30:00Z', false], ['2026-03-01T00:30', true],
    ['ne2026-03-01', false], ['ne2026-03-02', true],
    ['gt2026-02-28', true], ['gt2026-03-01', false], ['ge2026-03-01', true], ['ge2026-03-02', false],
    ['lt2026-03-01', false], ['lt2026-03-02', true], ['le2026-03-01', true], ['le2026-02-28', false], ['lt2026-03-01T00:30:00Z', true],
    ['sa2026-02-28', true], ['sa2026-03-01', false], ['eb2026-03-02', true], ['eb2026-03-01', false], ['eb2026-03', false],
    ['ap2026-03-10', true], ['ap2025-03-10', false], ['2025-01-01,2026-03-01', true],
  ] as const) assert.equal(found(weight, `date=${query.replaceAll('+', '%2B')}`), expected, query)
  assert.equal(found(weight, 'date=ge2026-03-01&date=lt2026-03-02'), true)
})
test('fhir.search.date: a period against a day', () => {
  const stay = { resourceType: 'Encounter', id: 'e', period: { start: '2026-03-01', end: '2026-03-03' } }
  for (const [query, expected] of [['2026-03-02', false], ['2026-03', true], ['ge2026-03-02', true], ['gt2026-03-03', false], ['lt2026-03-01', false], ['le2026-03-02', true], ['sa2026-02', true], ['eb2026-03-04', true], ['ap2026-03-02', true]] as const) assert.equal(found(stay, `date=${query}`), expected, query)
  const open = { ...stay, period: { start: '2026-03-01' } }
  for (const [query, expected] of [['2026', false], ['ge2030', true], ['eb2030', false], ['lt2026-03-01', false]] as const) assert.equal(found(open, `date=${query}`), expected, query)
})
test('fhir.search.date: for every day exactly one of before, on, after holds, in any zone', () => {
  fc.assert(fc.property(fc.date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }), fc.integer({ min: -12 * 60, max: 14 * 60 }), fc.integer({ min: -2, max: 2 }), (moment, offset, days) => {
    const wall = new Date(moment.getTime() + offset * 60_000).toISOString()
    const zone = `${offset < 0 ? '-' : '+'}${String(Math.floor(Math.abs(offset) / 60)).padStart(2, '0')}:${String(Math.abs(offset) % 60).padStart(2, '0')}`
    const resource = { ...weight, effectiveDateTime: wall.slice(0, 19) + zone }
    const day = new Date(Date.parse(wall.slice(0, 10)) + days * 86_400_000).toISOString().slice(0, 10)
    assert.deepEqual(['lt', 'eq', 'gt'].map((prefix) => found(resource, `date=${prefix}${day}`)), [days > 0, days === 0, days < 0])
    assert.ok(found(resource, `date=${encodeURIComponent(resource.effectiveDateTime)}`))
  }))
})

for (const [query, ...expected] of [
  ['colour=red', 'unknownParameter'], ['_lastUpdated=2026', 'unknownParameter'], ['_sort=date', 'unknownParameter'], ['_include=Observation:subject', 'unknownParameter'], ['birthdate=2026', 'unknownParameter'],
  ['code:not=x', 'modifier'], ['code:missing=true', 'modifier'], ['subject:identifier=x', 'modifier'], ['subject:Practitioner=x', 'modifier'], ['_id:not=x', 'modifier'],
  ['patient.name=x', 'chain'], ['patient:Patient.name=x', 'chain'], ['_has:Observation:patient:code=x', 'chain'],
  ['code=', 'empty'], ['code=a,', 'empty'], ['code=|', 'empty'], ['_id=', 'empty'],
  ['date=2026-02-29', 'date'], ['date=yesterday', 'date'], ['date=xx2026', 'date'], ['date=gt', 'date'], ['date=2026-03-01T25:00Z', 'date'], ['date=2026-1', 'date'],
  ['patient=a b', 'reference'], ['patient=Practitioner/1', 'target'], ['subject=Practitioner/1', 'target'], ['patient=#p', 'reference'], ['subject:Group=Patient/1', 'reference'],
  ['_count=-1', 'count'], ['_count=ten', 'count'], ['_count=1&_count=2', 'repeated'], ['_format=xml', 'format'],
  ['colour=red&date=x', 'unknownParameter', 'date'],
] as const) test(`fhir.search.refuse: ${query}`, () => assert.deepEqual(refusals('Observation', query), expected))
test('fhir.search.refuse: an unknown type', () => assert.deepEqual(refusals('Child', 'code=x'), ['unknownType']))
test('fhir.search.refuse: the refusal names what is supported', () => {
  const parsed = parseSearch('Observation', new URLSearchParams('colour=red'), { now })
  assert.ok(!parsed.ok)
  assert.deepEqual(parsed.issues[0]?.text.params?.['supported'], { text: '_id, identifier, patient, subject, code, date, status, _count, _cursor, _format' })
  assert.equal(parsed.issues[0]?.where, 'colour')
})

test('fhir.search.page: count, cursor, and what was understood', () => {
  assert.equal(parse('Observation', '').count, DEFAULT_COUNT)
  assert.equal(parse('Observation', '_count=0').count, 0)
  assert.equal(parse('Observation', '_count=100000').count, MOST_COUNT)
  assert.equal(parse('Observation', '').cursor, undefined)
  const search = parse('Observation', 'code=a&_cursor=xyz&_count=5&code=b,c&_format=application/fhir%2Bjson')
  assert.equal(search.cursor, 'xyz')
  assert.deepEqual(search.used, [['code', 'a'], ['_count', '5'], ['code', 'b,c'], ['_format', 'application/fhir+json']])
})
test('fhir.search.parameters: every type declares _id, and what the issue asks for', () => {
  for (const type of RESOURCE_TYPES) assert.equal(searchParameters(type)[0]?.name, '_id')
  const names = (type: string): readonly string[] => searchParameters(type).map((p) => p.name)
  assert.deepEqual(names('Patient'), ['_id', 'identifier', 'name', 'family', 'given', 'birthdate', 'gender', 'phone', 'address', 'address-city', 'address-state', 'address-postalcode', 'address-country'])
  assert.deepEqual(names('Immunization'), ['_id', 'identifier', 'patient', 'date', 'status'])
  assert.deepEqual(searchParameters('Observation').find((p) => p.name === 'code'), { name: 'code', type: 'token', definition: 'http://hl7.org/fhir/SearchParameter/clinical-code', target: [], modifiers: [] })
})
test('fhir.search: whatever is asked, the answer is criteria or reasons', () => {
  fc.assert(fc.property(fc.constantFrom('code', 'date', 'patient', 'subject', 'identifier', '_id', '_count', 'code:text', 'x'), fc.string({ unit: 'binary' }), (name, value) => {
    const parsed = parseSearch('Observation', new URLSearchParams([[name, value]]), { now, base })
    assert.ok(parsed.ok || parsed.issues.length === 1)
    if (parsed.ok) matches({ ...indexKeys(weight), id: 'w1' }, parsed.search)
  }), { numRuns: 3000 })
})
