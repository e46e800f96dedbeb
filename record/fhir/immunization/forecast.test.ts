/** A request of `$immds-forecast` and its answer; each thing that cannot be used is named, and the rest is answered. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { immunize } from '@bairn/immunization'
import { formatMessage, loadImmunizationEdition, loadMessages } from '@bairn/knowledge'
import { answerForecast } from './answer.ts'
import { forecastToFhir, setAsideIssues } from './response.ts'
import { readForecastRequest } from './request.ts'

await loadMessages('en')
const edition = await loadImmunizationEdition('cdsi-4.64')
assert.ok(edition !== undefined)
const say = (message: Parameters<typeof formatMessage>[0]): string => formatMessage(message, 'en')

const CVX = 'http://hl7.org/fhir/sid/cvx'
const patient = (more: object = {}): object => ({ name: 'patient', resource: { resourceType: 'Patient', id: 'p', birthDate: '2025-09-06', gender: 'female', ...more } })
const shot = (id: string, date: string | undefined, code: string, more: object = {}): object => ({ name: 'immunization', resource: {
  resourceType: 'Immunization', id, status: 'completed', vaccineCode: { coding: [{ system: CVX, code }] }, patient: { reference: 'Patient/p' }, ...(date === undefined ? {} : { occurrenceDateTime: date }), ...more,
} })
const on = { name: 'assessmentDate', valueDate: '2025-11-10' }
const ask = (...parameter: readonly object[]): object => ({ resourceType: 'Parameters', id: 'r1', parameter })

type Answer = { readonly id?: string; readonly parameter: readonly { readonly name: string; readonly resource: Readonly<Record<string, never>> }[] }
function answer(request: object): { readonly answer: Answer; readonly issues: readonly string[] } {
  const read = readForecastRequest(request, edition as NonNullable<typeof edition>)
  const found = read.facts === undefined || read.assessment === undefined ? undefined : immunize(read.facts, edition as NonNullable<typeof edition>, { assessment: read.assessment })
  const issues = [...read.issues, ...(found === undefined ? [] : setAsideIssues(found, edition as NonNullable<typeof edition>))]
  return { answer: forecastToFhir({ request: read, found, edition, issues, say }) as unknown as Answer, issues: issues.map((issue) => `${issue.severity} ${say(issue.text)}`) }
}
const named = (from: Answer, name: string): readonly Readonly<Record<string, never>>[] => from.parameter.filter((one) => one.name === name).map(({ resource }) => resource)

test('case 2013-0002 as FHIR: an evaluation a dose and group, a recommendation a group, CDC\'s words beside FHIR\'s codes', () => {
  const { answer: given, issues } = answer(ask(on, patient(), shot('d1', '2025-10-15', '107'), shot('d2', '2025-11-10', '107')))
  assert.deepEqual([given.id, issues], ['r1', []])
  assert.partialDeepStrictEqual(named(given, 'evaluation'), [
    { resourceType: 'ImmunizationEvaluation', status: 'completed', immunizationEvent: { reference: 'Immunization/d1' }, targetDisease: { text: 'DTaP/Tdap/Td' }, doseStatus: { coding: [{ code: 'valid' }], text: 'Valid' } },
    { immunizationEvent: { reference: 'Immunization/d2' }, doseStatus: { coding: [{ code: 'notvalid' }], text: 'Not Valid' }, doseStatusReason: [{ coding: [{ system: 'urn:bairn:rule', code: 'cdsi.4-6.age.tooYoung' }], text: 'Age: Too Young' }, {}, {}] },
  ])
  const [recommendation] = named(given, 'recommendation') as unknown as readonly { readonly recommendation: readonly { readonly vaccineCode: readonly { readonly text: string }[] }[] }[]
  assert.partialDeepStrictEqual(recommendation?.recommendation.find(({ vaccineCode }) => vaccineCode[0]?.text === 'DTaP/Tdap/Td'), {
    extension: [{ url: 'urn:bairn:series-type', valueCode: 'standard' }], forecastStatus: { text: 'Not Complete' }, doseNumberString: '2',
    dateCriterion: [
      { code: { coding: [{ system: 'http://loinc.org', code: '30981-5' }] }, value: '2025-12-08' }, { code: { coding: [{ code: '30980-7' }] }, value: '2026-01-06' },
      { code: { coding: [{ code: '59778-1' }] }, value: '2026-03-05' },
    ],
  })
})
test('a complete group has neither a number nor dates', () => {
  const { answer: given } = answer(ask({ ...on, valueDate: '2026-11-10' }, patient({ birthDate: '2022-01-01' }), shot('d1', '2023-03-01', '83'), shot('d2', '2023-10-01', '83')))
  const [recommendation] = named(given, 'recommendation') as unknown as readonly { readonly recommendation: readonly Readonly<Record<string, unknown>>[] }[]
  const hepA = recommendation?.recommendation.find((one) => JSON.stringify(one['vaccineCode']).includes('"HepA"'))
  assert.deepEqual([hepA?.['forecastStatus'], hepA?.['doseNumberString'], hepA?.['dateCriterion']], [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/immunization-recommendation-status', code: 'complete' }], text: 'Complete' }, undefined, undefined])
})
test('a country whose own rules are not confirmed: no dose is called invalid, and a vaccine without CVX has its NUVA code', async () => {
  const request = ask({ name: 'assessmentDate', valueDate: '2026-11-01' }, { name: 'schedule', valueString: 'nga-2026' }, patient({ birthDate: '2026-01-01' }), shot('d1', '2026-09-30', '05'))
  const { parameters } = await answerForecast(request, { edition: edition as NonNullable<typeof edition>, strict: false, say })
  const given = parameters as unknown as Answer
  assert.partialDeepStrictEqual(named(given, 'evaluation'), [{ doseStatus: { coding: [{ code: 'notvalid' }], text: 'Not Counted By WHO Rules' }, doseStatusReason: [{ coding: [{ code: 'national.nga-2026.age.tooYoung' }] }] }])
  assert.match(JSON.stringify(named(given, 'recommendation')), /"system":"http:\/\/smt\.esante\.gouv\.fr\/terminologie-nuva","code":"VAC0866"/)
})
test('a standard and a risk forecast of one group are told apart', () => {
  const { answer: given } = answer(ask({ ...on, valueDate: '2016-08-28' }, patient({ birthDate: '2016-02-28' }), { name: 'observation', resource: { resourceType: 'Observation', status: 'final', code: { coding: [{ system: 'urn:cdc:cdsi:observation', code: '048' }] } } }))
  assert.deepEqual([...JSON.stringify(named(given, 'recommendation')).matchAll(/"valueCode":"(\w+)"\}\],"vaccineCode":\[\{"text":"MMR"/g)].map((match) => match[1]), ['standard', 'risk'])
})

for (const { what, request, says } of [
  { what: 'no assessment date', request: ask(patient()), says: ['error There is no assessmentDate: add the day of the assessment as valueDate.'] },
  { what: 'an assessment date without a day', request: ask({ name: 'assessmentDate', valueDate: '2025-11' }, patient()), says: ['error assessmentDate: “2025-11” is not a whole date; write it as 2026-11-24.'] },
  { what: 'no patient', request: ask(on), says: ['error There is no patient: add the Patient resource.'] },
  { what: 'two patients', request: ask(on, patient(), patient({ id: 'q' })), says: ['error There are 2 patients in one request (patient): send one request for each.'] },
  { what: 'no birth date', request: ask(on, patient({ birthDate: undefined })), says: ['error There is no patient.birthDate: without it no dose can be judged.'] },
  { what: 'a birth date that does not exist', request: ask(on, patient({ birthDate: '2023-02-29' })), says: ['error patient.birthDate: “2023-02-29” is not a date that exists.'] },
  { what: 'a birth date after the assessment', request: ask(on, patient({ birthDate: '2025-11-11' })), says: ['error patient.birthDate: “2025-11-11” is after the day of the assessment (10 November 2025).'] },
  { what: 'another resource', request: { resourceType: 'Bundle' }, says: ['error A line must be a FHIR Parameters resource; the request is Bundle.'] },
]) test(`not answerable, and said: ${what}`, () => {
  const { answer: given, issues } = answer(request)
  assert.deepEqual([issues.map(plain), given.parameter.map(({ name }) => name)], [says, ['outcome']])
})

for (const { what, parameters, says } of [
  { what: 'a dose before birth', parameters: [shot('x', '2025-09-05', '107')], says: /^warning Given on 5 September 2025, before birth/ },
  { what: 'a dose after the assessment', parameters: [shot('x', '2025-12-05', '107')], says: /^warning Dated 5 December 2025, after the day of this assessment/ },
  { what: 'the same vaccine twice on a day', parameters: [shot('w', '2025-10-20', '107'), shot('x', '2025-10-20', '107')], says: /^warning Immunization\/x and Immunization\/w are the same vaccine on the same day/ },
  { what: 'no date', parameters: [shot('x', undefined, '107')], says: /^warning Immunization\/x has no date: it is kept and not judged/ },
  { what: 'a date in words', parameters: [shot('x', undefined, '107', { occurrenceString: 'last spring' })], says: /the date is text \(“last spring”\)/ },
  { what: 'a month without a day', parameters: [shot('x', '2025-10', '107')], says: /“2025-10” has no day/ },
  { what: 'a date that does not exist', parameters: [shot('x', '2025-02-30', '107')], says: /^error Immunization\/x: “2025-02-30” is not a date that exists/ },
  { what: 'an unknown code', parameters: [shot('x', '2025-10-20', '777')], says: /^warning The vaccine code CVX 777 is not known here/ },
  { what: 'no code', parameters: [shot('x', '2025-10-20', '107', { vaccineCode: { text: 'penta' } })], says: /^warning Immunization\/x has no CVX code \(penta\)/ },
  { what: 'BCG, which this schedule has no series for', parameters: [shot('x', '2025-10-20', '19')], says: /^warning This schedule has no rule for CVX 19/ },
  { what: 'another child\'s dose', parameters: [shot('x', '2025-10-20', '107', { patient: { reference: 'Patient/q' } })], says: /^error Immunization\/x belongs to Patient\/q/ },
  { what: 'an unknown observation', parameters: [{ name: 'condition', resource: { resourceType: 'Condition', id: 'c', code: { coding: [{ system: 'http://snomed.info/sct', code: '1' }] } } }], says: /^warning Condition\/c: this schedule does not know the code http:\/\/snomed.info\/sct\|1/ },
  { what: 'a parameter that nobody knows', parameters: [{ name: 'flavour', valueString: 'KE' }], says: /^warning The parameter “flavour” is not used here/ },
  { what: 'a gender that FHIR does not know', parameters: [], says: /^warning patient.gender: “F” is not a FHIR gender/ },
]) test(`named, and the rest answered: ${what}`, () => {
  const { answer: given, issues } = answer(ask(on, patient(what.startsWith('a gender') ? { gender: 'F' } : {}), shot('ok', '2025-11-08', '107'), ...parameters))
  assert.ok(issues.some((issue) => says.test(plain(issue))), issues.join('\n'))
  assert.ok(named(given, 'evaluation').some((one) => JSON.stringify(one).includes('Immunization/ok')))
  assert.equal(named(given, 'recommendation').length, 1)
})

test('what was not given or withdrawn is nothing; an expired lot and half a dose are sub-standard', () => {
  const { answer: given, issues } = answer(ask(on, patient(),
    shot('a', '2025-11-01', '107', { status: 'not-done' }), shot('b', '2025-11-01', '107', { status: 'entered-in-error' }),
    shot('c', '2025-11-08', '107', { expirationDate: '2025-10' }), shot('d', '2025-11-09', '49', { isSubpotent: true })))
  assert.deepEqual([issues, named(given, 'evaluation').map((one) => `${(one['immunizationEvent'] as unknown as { reference: string }).reference} ${(one['doseStatus'] as unknown as { text: string }).text}`)], [[], ['Immunization/c Sub-standard', 'Immunization/d Sub-standard']])
})
test('a condition by a SNOMED CT code that the schedule lists counts; a resolved one does not', () => {
  const condition = (more: object): object => ({ name: 'condition', resource: { resourceType: 'Condition', id: 'c', code: { coding: [{ system: 'http://snomed.info/sct', code: '77386006' }] }, ...more } })
  const of = (more: object) => readForecastRequest(ask(on, patient(), condition(more)), edition as NonNullable<typeof edition>).facts?.observations
  assert.deepEqual([of({}), of({ clinicalStatus: { coding: [{ code: 'resolved' }] } })], [[{ code: '007' }], []])
})

/** narrow and ordinary blanks alike */
function plain(text: string): string { return text.replaceAll(/[\u00A0\u202F]/g, ' ') }

test('`from` names the schedule under which a child was vaccinated: each dose is decided between the two, and the catch-up planned', async () => {
  const kenyan = ask({ ...on, valueDate: '2026-11-10' }, patient(), shot('mr', '2026-06-10', '04'), { name: 'from', valueString: 'KE' })
  const { parameters, issues } = await answerForecast(kenyan, { edition: edition as NonNullable<typeof edition>, strict: false, say })
  const parameter = (parameters as unknown as Answer).parameter
  const moved = parameter.find(({ name }) => name === 'transfer')?.resource as unknown as { readonly entry: readonly { readonly resource: { readonly resourceType: string; readonly immunizationEvent?: { readonly reference: string }; readonly doseStatus?: { readonly text: string } } }[] }
  assert.deepEqual(moved.entry.flatMap(({ resource }) => resource.immunizationEvent === undefined ? [] : [`${resource.immunizationEvent.reference} ${resource.doseStatus?.text}`]), ['Immunization/mr repeat', 'Immunization/mr repeat'])
  assert.ok(moved.entry.some(({ resource }) => resource.resourceType === 'ImmunizationRecommendation'))
  assert.deepEqual(issues.filter(({ severity }) => severity === 'error'), [])
  const nowhere = await answerForecast(ask(on, patient(), { name: 'from', valueString: 'Atlantis' }), { edition: edition as NonNullable<typeof edition>, strict: false, say })
  assert.match(say(nowhere.issues[0]?.text ?? { key: '' }), /^There is no schedule “Atlantis”/)
  assert.equal(nowhere.answered, true)
})
