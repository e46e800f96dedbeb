/**
 * A simulated child as a FHIR transaction: the Patient, one Immunization a dose on the card and a Condition, with ids that stay, marked as test data
 * (HTEST). Loading it twice makes one.
 */
import type { Resource } from '@bairn/fhir'
import type { ImmunizationEdition } from '@bairn/immunization'
import { formatDay } from '@bairn/quantities'
import type { TransactionBundle } from '../samples/bundles.ts'
import type { SimulatedChild } from './child.ts'

/** Nobody lives behind these records: HL7's own mark for test data. */
const TEST_DATA = { tag: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' }] }

export function simulatedBundle({ id, birthDate, sex, doses, monthOnly, observations }: SimulatedChild, edition: ImmunizationEdition): TransactionBundle {
  const patient: Resource = { resourceType: 'Patient', id, meta: TEST_DATA, active: true, name: [{ use: 'official', text: `Simulated ${id.split('-').at(-1) ?? ''}` }], gender: sex, birthDate: formatDay(birthDate) }
  const immunizations = doses.map((dose): Resource => ({
    resourceType: 'Immunization', id: `${id}-${dose.id}`.slice(-64), meta: TEST_DATA, status: 'completed',
    vaccineCode: { coding: [{ system: /^\d/.test(dose.cvx) ? 'http://hl7.org/fhir/sid/cvx' : 'http://ivci.org/NUVA', code: dose.cvx }], text: edition.vaccines.get(dose.cvx)?.name ?? dose.cvx },
    patient: { reference: `Patient/${id}` }, occurrenceDateTime: formatDay(dose.date).slice(0, monthOnly.includes(dose.id) ? 7 : 10), primarySource: true,
    ...(dose.mvx === undefined ? {} : { manufacturer: { identifier: { system: 'http://hl7.org/fhir/sid/mvx', value: dose.mvx } } }),
  }))
  const conditions = observations.map(({ code, date }): Resource => ({
    resourceType: 'Condition', id: `${id}-condition-${code}`.slice(-64), meta: TEST_DATA, subject: { reference: `Patient/${id}` },
    clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] },
    code: { coding: [{ system: 'urn:cdc:cdsi:observation', code }], text: edition.observations[code]?.title ?? code },
    ...(date === undefined ? {} : { onsetDateTime: formatDay(date) }),
  }))
  return { resourceType: 'Bundle', type: 'transaction', entry: [patient, ...immunizations, ...conditions].map((resource) => ({ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } })) }
}
