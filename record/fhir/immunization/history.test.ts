/** A child's vaccine history as FHIR tells it: everything is used, or named and kept. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ImmunizationEdition } from '@bairn/immunization'
import { formatMessage, loadImmunizationEdition, loadMessages, loadVaccineBridge } from '@bairn/knowledge'
import { parseDay, type Day } from '@bairn/quantities'
import { answerForecast } from './answer.ts'
import { historyFromFhir, needsVaccineBridge, type HistoryContext, type VaccineHistory } from './history.ts'

await loadMessages('en')
const edition = await loadImmunizationEdition('cdsi-4.64') as ImmunizationEdition
const bridge = await loadVaccineBridge()
const day = (text: string): Day => {
  const parsed = parseDay(text)
  assert.ok(parsed.ok)
  return parsed.value
}
const CVX = 'http://hl7.org/fhir/sid/cvx'
const shot = (id: string, more: object = {}): object => ({ resourceType: 'Immunization', id, status: 'completed', vaccineCode: { coding: [{ system: CVX, code: '107' }] }, occurrenceDateTime: '2025-11-08', ...more })
const context: HistoryContext = { edition, bridge, from: 'record', patient: 'p', birthDate: day('2025-09-06'), assessment: day('2026-06-01') }
const of = (resources: readonly object[], more: Partial<HistoryContext> = {}): VaccineHistory => historyFromFhir(resources, { ...context, ...more })
const said = ({ issues }: VaccineHistory): readonly string[] => issues.map(({ severity, text }) => `${severity} ${formatMessage(text, 'en')}`.replaceAll(/[\u00A0\u202F]/g, ' '))

test('a dose keeps everything that was recorded with it', () => {
  const found = of([shot('d1', {
    lotNumber: 'A12', expirationDate: '2026-02', manufacturer: { identifier: { system: 'http://hl7.org/fhir/sid/mvx', value: 'SKB' }, display: 'GSK' }, isSubpotent: true, subpotentReason: [{ text: 'cold chain' }],
    site: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActSite', code: 'LA' }] }, route: { text: 'IM' }, doseQuantity: { value: 0.5, unit: 'mL' }, primarySource: false, reportOrigin: { coding: [{ code: 'record' }] },
    recorded: '2025-12-01', note: [{ text: 'cried' }],
  })])
  assert.deepEqual(found.doses, [{ id: 'd1', date: day('2025-11-08'), cvx: '107', mvx: 'SKB', lotExpiry: day('2026-02-28'), doseCondition: true }])
  assert.deepEqual(found.details.get('d1'), {
    vaccine: { known: true, code: '107', antigens: ['Diphtheria', 'Pertussis', 'Tetanus'], via: 'schedule', assumed: [], from: 'CVX 107' }, sent: { codings: [{ system: CVX, code: '107' }] },
    lotNumber: 'A12', expirationDate: '2026-02', manufacturer: 'GSK', site: { codings: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActSite', code: 'LA' }] }, route: { codings: [], text: 'IM' },
    doseQuantity: { value: 0.5, unit: 'mL' }, subpotent: true, subpotentReason: [{ codings: [], text: 'cold chain' }], primarySource: false, reportOrigin: { codings: [{ code: 'record' }] }, recorded: '2025-12-01', notes: ['cried'],
  })
})
test('a dose without an id is called by its place among all that were sent', () => {
  assert.deepEqual(of([shot('', { id: undefined, status: 'entered-in-error' }), shot('', { id: undefined })]).doses.map(({ id }) => id), ['2'])
})
test('what was not given is kept with its reason and is no dose', () => {
  const found = of([shot('n', { status: 'not-done', statusReason: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'PATOBJ' }], text: 'refused' } })])
  assert.deepEqual([found.doses, found.issues, found.notGiven.map(({ id, reason }) => [id, reason?.text])], [[], [], [['n', 'refused']]])
})

for (const { what, dose, says, why } of [
  { what: 'a code of another system that nobody knows', dose: { vaccineCode: { coding: [{ system: 'http://example.org', code: 'x' }] } }, says: /^warning Immunization\/d1: the code system of http:\/\/example.org\|x is not known here/, why: 'unknownSystem' },
  { what: 'a code that its system does not have', dose: { vaccineCode: { coding: [{ system: 'http://www.whocc.no/atc', code: 'A01' }] } }, says: /the code http:\/\/www.whocc.no\/atc\|A01 is not known here/, why: 'unknownCode' },
  { what: 'a name that nobody knows', dose: { vaccineCode: { text: 'measels' } }, says: /no vaccine of the name “measels” is known here/, why: 'unknownName' },
  { what: 'two codes that contradict each other', dose: { vaccineCode: { coding: [{ system: CVX, code: '03' }, { system: 'http://www.whocc.no/atc', code: 'J07BF03' }] } }, says: /^error .*means different vaccines \(CVX 03, http:\/\/www.whocc.no\/atc\|J07BF03\)/, why: 'contradiction' },
  { what: 'malaria, which this schedule has nothing for', dose: { vaccineCode: { coding: [{ system: 'urn:bairn:vaccine-code:WHO-JRF', code: 'RTS_S' }] } }, says: /protects against: Malaria\. This schedule has no vaccine that is the same/, why: 'beyondSchedule' },
  { what: 'an immunoglobulin', dose: { vaccineCode: { coding: [{ system: CVX, code: '30' }] } }, says: /\(CVX 30\) is an immunoglobulin or an antibody \(HepB\), not a vaccine/, why: 'passive' },
  { what: 'vitamin A', dose: { vaccineCode: { coding: [{ system: 'urn:bairn:vaccine-code:WHO-JRF', code: 'VITAMINA' }] } }, says: /VITAMINA is not a vaccine/, why: 'notAVaccine' },
  { what: 'no date', dose: { occurrenceDateTime: undefined }, says: /^warning Immunization\/d1 has no date/, why: 'noDate' },
  { what: 'a date in words', dose: { occurrenceDateTime: undefined, occurrenceString: 'last spring' }, says: /the date is text \(“last spring”\)/, why: 'textDate' },
  { what: 'a date that does not exist', dose: { occurrenceDateTime: '2026-02-30' }, says: /“2026-02-30” is not a date that exists/, why: 'date' },
  { what: 'a year before birth', dose: { occurrenceDateTime: '2024' }, says: /no day of “2024” lies between birth and the day of the record/, why: 'impossiblePeriod' },
  { what: 'a month after the day of the answer', dose: { occurrenceDateTime: '2026-07' }, says: /no day of “2026-07” lies between birth/, why: 'impossiblePeriod' },
]) test(`named, kept and not judged: ${what}`, () => {
  const found = of([shot('d1', dose)])
  assert.deepEqual([found.doses, found.uncertain, found.unjudged.map((one) => [one.id, one.why])], [[], [], [['d1', why]]])
  assert.ok(found.details.has('d1'))
  assert.ok(said(found).some((sentence) => says.test(sentence)), said(found).join('\n'))
})

test('a month is bounded by birth, by the day of the record and by the day of the answer', () => {
  const found = of([shot('a', { occurrenceDateTime: '2025-09' }), shot('b', { occurrenceDateTime: '2026', recorded: '2026-03-10T08:00:00Z' }), shot('c', { occurrenceDateTime: '2026' })])
  assert.deepEqual(found.uncertain.map(({ id, earliest, latest }) => [id, earliest, latest]), [['a', day('2025-09-06'), day('2025-09-30')], ['b', day('2026-01-01'), day('2026-03-10')], ['c', day('2026-01-01'), day('2026-06-01')]])
})
test('what was assumed of a product or a name is said', () => {
  const found = of([shot('a', { vaccineCode: { text: 'Penta' } }), shot('b', { vaccineCode: { coding: [{ system: 'http://ivci.org/NUVA', code: 'VAC0063' }] } })])
  assert.deepEqual(said(found), [
    'warning Immunization/a: “Penta” was understood by its name as DTP-Hib-Hep B. If the card says another product, enter that.',
    'warning Immunization/b: http://ivci.org/NUVA|VAC0063 is judged as DTaP-IPV, which protects against the same; the make differs or is not known.',
  ])
})
test('another child\'s resources are left out and said, whatever they are', () => {
  const found = of([shot('a', { patient: { reference: 'Patient/q' } }), { resourceType: 'Condition', id: 'c', subject: { reference: 'Patient/q' }, code: { coding: [{ system: 'http://snomed.info/sct', code: '77386006' }] } }])
  assert.deepEqual([found.doses, found.observations, said(found)], [[], [], ['error Immunization/a belongs to Patient/q, not to this patient: it was left out.', 'error Condition/c belongs to Patient/q, not to this patient: it was left out.']])
})

test('a condition that is over, refuted or answered with no does not hold; a weight is nobody\'s business here', () => {
  const pregnancy = (more: object): object => ({ resourceType: 'Observation', id: 'o', status: 'final', code: { coding: [{ system: 'http://snomed.info/sct', code: '77386006' }] }, ...more })
  const weight = { resourceType: 'Observation', id: 'w', code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] }, valueQuantity: { value: 4 } }
  const held = (more: object): unknown => of([pregnancy(more), weight]).observations.map(({ code }) => code)
  assert.deepEqual([held({}), held({ status: 'entered-in-error' }), held({ valueBoolean: false }), held({ dataAbsentReason: { text: '?' } }), held({ valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '373067005' }] } })], [['007'], [], [], [], []])
  assert.deepEqual(said(of([weight])), [])
  assert.match(said(of([weight], { from: 'request' }))[0] ?? '', /Observation\/w: this schedule does not know the code/)
})
test('a code that stands for several observations counts for all of them and says so', () => {
  const found = of([{ resourceType: 'Condition', id: 'c', code: { coding: [{ system: 'http://snomed.info/sct', code: '62479008' }] } }])
  assert.deepEqual(found.observations.map(({ code }) => code), ['154', '155'])
  assert.match(said(found)[0] ?? '', /may mean several things here \(HIV\/AIDS - severely immunocompromised; HIV\/AIDS - not severely/)
})
test('an adverse event names its dose; a general code means the observation of that dose\'s vaccine', () => {
  const event = (instance: object): object => ({ resourceType: 'AdverseEvent', id: 'e', actuality: 'actual', subject: { reference: 'Patient/p' }, date: '2026-01-10', event: { coding: [{ system: 'urn:oid:2.16.840.1.114222.4.5.274', code: 'VXC20' }] }, suspectEntity: [{ instance }] })
  const rota = shot('r', { vaccineCode: { coding: [{ system: CVX, code: '119' }] } })
  const found = of([rota, event({ reference: 'Immunization/r' })])
  assert.deepEqual(found.reactions, [{ where: 'AdverseEvent/e', doses: ['r'], what: { codings: [{ system: 'urn:oid:2.16.840.1.114222.4.5.274', code: 'VXC20' }] }, observations: ['083'], on: '2026-01-10' }])
  assert.deepEqual(found.observations, [{ code: '083', date: day('2026-01-10') }])
  const without = of([rota, event({ display: 'unknown' })])
  assert.deepEqual([without.observations, without.reactions[0]?.observations], [[{ code: '080', date: day('2026-01-10') }], ['080']])
})
test('a reaction within a dose and an allergy count by the codes that the schedule lists', () => {
  const found = of([
    shot('d', { reaction: [{ date: '2025-11-09', detail: { reference: 'Observation/o' } }] }), { resourceType: 'Observation', id: 'o', status: 'final', code: { coding: [{ system: 'http://snomed.info/sct', code: '293115003' }] } },
    { resourceType: 'AllergyIntolerance', id: 'a', clinicalStatus: { coding: [{ code: 'active' }] }, code: { coding: [{ system: 'http://snomed.info/sct', code: '294847001' }] } },
  ])
  assert.deepEqual([found.observations.map(({ code }) => code), found.reactions.map(({ where, observations }) => [where, observations])], [['086', '102'], [['Immunization/d', ['086']]]])
})
test('the bridge is needed for what the schedule does not know', () => {
  assert.deepEqual([[shot('a')], [shot('a', { vaccineCode: { text: 'Penta' } })], [shot('a', { status: 'entered-in-error', vaccineCode: { text: 'Penta' } })], [{ resourceType: 'Condition' }]].map((resources) => needsVaccineBridge(resources, edition)), [false, true, false, false])
})

test('$immds-forecast takes a French product, a name from a card and a month, and says what it made of them', async () => {
  const ask = (resource: object): object => ({ name: 'immunization', resource })
  const { parameters, issues } = await answerForecast({ resourceType: 'Parameters', parameter: [
    { name: 'assessmentDate', valueDate: '2026-06-01' }, { name: 'patient', resource: { resourceType: 'Patient', id: 'p', birthDate: '2025-09-06', gender: 'female' } },
    ask(shot('cip', { vaccineCode: { coding: [{ system: 'https://smt.esante.gouv.fr/terminologie-cip_ucd', code: '3400933472016' }] } })),
    ask(shot('card', { vaccineCode: { text: 'OPV 1' }, occurrenceDateTime: '2025-12' })),
    ask(shot('young', { occurrenceDateTime: '2025-10' })),
  ] }, { edition, strict: false, say: (message) => formatMessage(message, 'en') })
  const evaluated = (parameters['parameter'] as readonly { readonly name: string; readonly resource: { readonly immunizationEvent?: { readonly reference: string }; readonly targetDisease?: { readonly text: string }; readonly doseStatus?: { readonly text: string } } }[])
    .filter(({ name }) => name === 'evaluation').map(({ resource }) => `${resource.immunizationEvent?.reference} ${resource.targetDisease?.text} ${resource.doseStatus?.text}`)
  assert.deepEqual(evaluated.toSorted(), ['Immunization/card Polio Not Valid', 'Immunization/cip Hib Valid'])
  assert.deepEqual(issues.map(({ text }) => formatMessage(text, 'en').replaceAll(/[\u00A0\u202F]/g, ' ')), [
    'Immunization/card: “OPV 1” was understood by its name as OPV, Unspecified. If the card says another product, enter that.',
    'Immunization/card: “2025-12” has no day. The dose is judged for the first and for the last day on which it may have been given.',
    'Immunization/young: “2025-10” has no day. The dose is judged for the first and for the last day on which it may have been given.',
    'Given between 1 December 2025 and 31 December 2025. It is judged the same on the first and on the last of these days, and on each day between that was tried.',
    'Given between 1 October 2025 and 31 October 2025: the exact day decides whether it counts. It is not judged: look at the card and enter the day.',
    'DTaP/Tdap/Td: the next dose depends on a day that is not known. The dates shown are right whichever day it was.',
    'Polio: the next dose depends on a day that is not known. The dates shown are right whichever day it was.',
  ])
})
