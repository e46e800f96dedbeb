/** Doses, refusals and adverse events as they are written; each passes the validator that guards the store. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseDay, type Day } from '@bairn/quantities'
import { validateResource } from '../validate/index.ts'
import { ADVERSE_EVENTS, adverseEventToFhir, doseToFhir, notGivenToFhir } from './write.ts'

const day = (text: string): Day => { const parsed = parseDay(text); assert.ok(parsed.ok); return parsed.value }
const context = { child: 'Patient/p', by: 'Practitioner/n', at: { location: 'Location/l', name: 'Clinic' }, zone: '+03:00' }
const valid = (resource: object): void => { assert.deepEqual(validateResource(resource), []) }

test('a dose given here: code, day and time, lot, expiry, site, by whom and where', () => {
  const dose = doseToFhir({ id: 'Immunization/i', day: day('2026-11-23'), minute: 595, vaccine: { code: '04', name: 'M/R' }, lot: 'A1', expiry: day('2027-05-31'), site: 'LA' }, context)
  valid(dose)
  assert.partialDeepStrictEqual(dose, {
    resourceType: 'Immunization', id: 'i', status: 'completed', primarySource: true, vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '04' }] },
    occurrenceDateTime: '2026-11-23T09:55:00+03:00', lotNumber: 'A1', expirationDate: '2027-05-31', site: { coding: [{ code: 'LA' }] }, performer: [{ actor: { reference: 'Practitioner/n' } }],
  })
})
test('a dose from a card says so, and a vaccine without a CVX is coded by NUVA', () => {
  const dose = doseToFhir({ id: 'i', day: day('2026-01-02'), vaccine: { code: 'VAC1237', name: 'Malaria' }, from: 'card' }, context)
  valid(dose)
  assert.partialDeepStrictEqual(dose, { primarySource: false, reportOrigin: { coding: [{ code: 'record' }] }, vaccineCode: { coding: [{ system: 'http://smt.esante.gouv.fr/terminologie-nuva', code: 'VAC1237' }] } })
})
test('a dose of which the card names the month and the vaccine alone: no day is invented, and no code', () => {
  const dose = doseToFhir({ id: 'i', day: day('2026-11-23'), minute: 595, about: '2025-08', recorded: day('2026-11-23'), vaccine: { name: 'Prevenar' }, from: 'card' }, context)
  valid(dose)
  assert.partialDeepStrictEqual(dose, { occurrenceDateTime: '2025-08', recorded: '2026-11-23', vaccineCode: { text: 'Prevenar' } })
  assert.equal((dose['vaccineCode'] as { coding?: unknown }).coding, undefined)
})
for (const [reason, code] of [['outOfStock', 'OSTOCK'], ['declined', 'PATOBJ'], ['deferred', 'deferred']] as const) test(`not given, ${reason}: not-done with its reason`, () => {
  const found = notGivenToFhir({ id: 'i', day: day('2026-11-23'), vaccine: { code: '10', name: 'IPV' }, reason, note: 'fridge broke' }, context)
  valid(found)
  assert.partialDeepStrictEqual(found, { status: 'not-done', statusReason: { coding: [{ code }] }, note: [{ text: 'fridge broke' }] })
})
for (const kind of ADVERSE_EVENTS) test(`an adverse event after a dose: ${kind}`, () => {
  const found = adverseEventToFhir({ id: 'a', day: day('2026-11-23'), kind, serious: true, outcome: 'recovered', doses: ['Immunization/i'] }, context)
  valid(found)
  assert.partialDeepStrictEqual(found, { actuality: 'actual', event: { coding: [{ system: 'urn:bairn:adverse-event', code: kind }] }, suspectEntity: [{ instance: { reference: 'Immunization/i' } }] })
})
