/**
 * A request of `$immds-forecast` (HL7 ImmDS guide: Parameters with assessmentDate, patient, immunization) to the facts of the engine.
 * Beyond the guide: `condition`, `observation` (CDSi observations by `urn:cdc:cdsi:observation`, or by a SNOMED CT code that the
 * schedule lists) and `schedule`. What cannot be used is named, and the rest is still answered; only a request without a patient, a birth
 * date or an assessment date cannot be.
 */
import type { ActiveObservation, DoseAdministered, ImmunizationEdition, ImmunizationFacts } from '@bairn/immunization'
import { parsePartialDay, type Day } from '@bairn/quantities'
import type { Issue, MessageParam } from '@bairn/reasoning'
import { booleanOf, codingsOf, findExtension, listOf, objectOf, textOf, type Json } from '../read.ts'

export const SYSTEM = {
  cvx: 'http://hl7.org/fhir/sid/cvx', mvx: 'http://hl7.org/fhir/sid/mvx', nuva: 'http://smt.esante.gouv.fr/terminologie-nuva', observation: 'urn:cdc:cdsi:observation', snomed: 'http://snomed.info/sct',
} as const
const BIRTH_PLACE = 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace'

export interface ForecastRequest {
  readonly id?: string
  /** asked for by the request; the caller knows which there are */
  readonly schedule?: string
  readonly patient?: string
  readonly assessment?: Day
  /** every reason with its sentence and numbers */
  readonly trace: boolean
  /** none when the request cannot be answered: the issues say why */
  readonly facts?: ImmunizationFacts
  readonly issues: readonly Issue[]
}

/** The schedule that a request names, read before the rest: codes are looked up in it. */
export const scheduleOf = (request: unknown): string | undefined => {
  const named = listOf(objectOf(request)?.['parameter']).find(({ name }) => name === 'schedule')
  return named === undefined ? undefined : textOf(named['valueString']) ?? textOf(named['valueCode']) ?? textOf(named['valueId']) ?? textOf(named['valueUri']) ?? ''
}

export function readForecastRequest(request: unknown, edition: ImmunizationEdition): ForecastRequest {
  const issues: Issue[] = []
  const report = (key: string, severity: Issue['severity'], where: string, params: Readonly<Record<string, MessageParam>> = {}): undefined => {
    issues.push(forecastIssue(key, severity, where, params))
  }
  const body = objectOf(request)
  if (body?.['resourceType'] !== 'Parameters') {
    report('notParameters', 'error', 'the request', { given: { text: textOf(body?.['resourceType']) ?? '-' } })
    return { issues, trace: false }
  }
  const id = textOf(body['id'])
  const parameters = listOf(body['parameter'])
  const named = (...names: readonly string[]): readonly Json[] => parameters.filter(({ name }) => typeof name === 'string' && names.includes(name))
  const resources = (...names: readonly string[]): readonly Json[] => named(...names).map(({ resource }) => objectOf(resource)).filter((resource) => resource !== undefined)

  for (const name of new Set(parameters.map((one) => textOf(one['name']) ?? '-'))) if (!PARAMETERS.has(name)) report('parameter', 'warning', name)
  const assessment = assessmentDay(named('assessmentDate'), report)
  const patients = resources('patient')
  if (patients.length > 1) report('twoPatients', 'error', 'patient', { number: { number: patients.length } })
  const [patient] = patients
  if (patient === undefined) report('noPatient', 'error', 'patient')
  const birthDate = patient === undefined || patients.length > 1 ? undefined : birthDay(patient, assessment, report)
  const base = { issues, trace: booleanOf(named('trace')[0]?.['valueBoolean']) === true, ...(id === undefined ? {} : { id }), ...(assessment === undefined ? {} : { assessment }) }
  if (patient === undefined || birthDate === undefined || assessment === undefined) return base
  const patientId = textOf(patient['id'])
  const country = textOf(objectOf(objectOf(findExtension(patient, BIRTH_PLACE))?.['valueAddress'])?.['country'])
  const facts: ImmunizationFacts = {
    birthDate, sex: sexOf(patient, report),
    ...(country === undefined ? {} : { birthCountry: UNITED_STATES.has(country.toUpperCase()) ? 'US' : country.toUpperCase() }),
    doses: dosesOf(resources('immunization'), patientId, report),
    observations: resources('condition', 'observation', 'allergy', 'allergyIntolerance').flatMap((resource) => observationOf(resource, edition, report) ?? []),
  }
  return { ...base, facts, ...(patientId === undefined ? {} : { patient: patientId }) }
}

/** An Issue of this area, by the name of its sentence; its code is R4's issue type. */
export const forecastIssue = (key: string, severity: Issue['severity'], where: string, params: Readonly<Record<string, MessageParam>> = {}): Issue =>
  ({ code: severity === 'error' ? 'invalid' : 'business-rule', severity, where, text: { key: `immunization.request.${key}`, params: { where: { text: where }, ...params } } })

type Report = (key: string, severity: Issue['severity'], where: string, params?: Readonly<Record<string, MessageParam>>) => undefined

/** The guide's, and ours. */
const PARAMETERS: ReadonlySet<string> = new Set(['assessmentDate', 'patient', 'immunization', 'condition', 'observation', 'allergy', 'allergyIntolerance', 'schedule', 'trace'])

const UNITED_STATES: ReadonlySet<string> = new Set(['US', 'USA', 'U.S.', 'U.S.A.', 'UNITED STATES', 'UNITED STATES OF AMERICA'])

function assessmentDay(given: readonly Json[], report: Report): Day | undefined {
  const text = textOf(given[0]?.['valueDate']) ?? textOf(given[0]?.['valueDateTime'])
  if (text === undefined) return report('noAssessmentDate', 'error', 'assessmentDate')
  const parsed = parsePartialDay(text)
  return parsed.ok && parsed.value.precision === 'day' ? parsed.value.earliest : report('assessmentDate', 'error', 'assessmentDate', { given: { text } })
}

function birthDay(patient: Json, assessment: Day | undefined, report: Report): Day | undefined {
  const text = textOf(patient['birthDate'])
  if (text === undefined) return report('noBirthDate', 'error', 'patient.birthDate')
  const parsed = parsePartialDay(text)
  if (!parsed.ok) return report('birthDate', 'error', 'patient.birthDate', { given: { text } })
  if (parsed.value.precision !== 'day') return report('birthDatePartial', 'error', 'patient.birthDate', { given: { text } })
  if (assessment !== undefined && parsed.value.earliest > assessment) return report('birthDateFuture', 'error', 'patient.birthDate', { given: { text }, day: { day: assessment } })
  return parsed.value.earliest
}

function sexOf(patient: Json, report: Report): 'female' | 'male' | 'unknown' {
  const gender = textOf(patient['gender'])
  if (gender === 'female' || gender === 'male') return gender
  if (gender !== undefined && gender !== 'unknown' && gender !== 'other') report('gender', 'warning', 'patient.gender', { given: { text: gender } })
  return 'unknown'
}

const NOT_GIVEN: ReadonlySet<unknown> = new Set(['entered-in-error', 'not-done'])

function dosesOf(immunizations: readonly Json[], patient: string | undefined, report: Report): readonly DoseAdministered[] {
  const seen = new Map<string, string>()
  return immunizations.flatMap((immunization, index): DoseAdministered[] => {
    if (NOT_GIVEN.has(immunization['status'])) return []
    const id = textOf(immunization['id']) ?? `${index + 1}`
    const where = `Immunization/${id}`
    const subject = textOf(objectOf(immunization['patient'])?.['reference'])
    if (patient !== undefined && subject !== undefined && subject.includes('/') && subject.split('/').at(-1) !== patient) { report('otherPatient', 'error', where, { given: { text: subject } }); return [] }
    const text = textOf(immunization['occurrenceDateTime'])
    if (text === undefined) { report(textOf(immunization['occurrenceString']) === undefined ? 'noDate' : 'textDate', 'warning', where, { given: { text: textOf(immunization['occurrenceString']) ?? '' } }); return [] }
    const parsed = parsePartialDay(text)
    if (!parsed.ok) { report('date', 'error', where, { given: { text } }); return [] }
    if (parsed.value.precision !== 'day') { report('partialDate', 'warning', where, { given: { text } }); return [] }
    const cvx = codingsOf(immunization['vaccineCode']).find(({ system }) => system === SYSTEM.cvx)?.code
    if (cvx === undefined) { report('noCode', 'warning', where, { given: { text: codingsOf(immunization['vaccineCode']).map(({ system, code }) => `${system ?? '-'}|${code ?? '-'}`).join(', ') || textOf(objectOf(immunization['vaccineCode'])?.['text']) || '-' } }); return [] }
    const date = parsed.value.earliest
    const code = cvx.trim().padStart(2, '0')
    const twin = seen.get(`${date}|${code}`)
    if (twin !== undefined) report('twice', 'warning', where, { given: { text: `Immunization/${twin}` } })
    seen.set(`${date}|${code}`, id)
    const mvx = textOf(objectOf(objectOf(immunization['manufacturer'])?.['identifier'])?.['value'])
    const expiry = parsePartialDay(textOf(immunization['expirationDate']) ?? '')
    return [{
      id, date, cvx: code, ...(mvx === undefined ? {} : { mvx }),
      // CALCDTLOTEXP-1: a month and year mean the last day of the month.
      ...(expiry.ok ? { lotExpiry: expiry.value.latest } : {}),
      ...(booleanOf(immunization['isSubpotent']) === true ? { doseCondition: true } : {}),
    }]
  })
}

const WITHDRAWN: ReadonlySet<string> = new Set(['entered-in-error', 'refuted', 'cancelled', 'inactive', 'resolved', 'remission'])

function observationOf(resource: Json, edition: ImmunizationEdition, report: Report): ActiveObservation | undefined {
  const states = [textOf(resource['status']), ...codingsOf(resource['verificationStatus']).map(({ code }) => code), ...codingsOf(resource['clinicalStatus']).map(({ code }) => code)]
  if (states.some((state) => state !== undefined && WITHDRAWN.has(state)) || resource['valueBoolean'] === false) return undefined
  const where = `${textOf(resource['resourceType']) ?? 'Condition'}/${textOf(resource['id']) ?? '-'}`
  const codings = codingsOf(resource['code'])
  const code = codings.find(({ system }) => system === SYSTEM.observation)?.code?.padStart(3, '0') ?? bySnomed(edition, codings.find(({ system }) => system === SYSTEM.snomed)?.code)
  if (code === undefined || !(code in edition.observations)) {
    return report('observation', 'warning', where, { given: { text: codings.map((coding) => `${coding.system ?? '-'}|${coding.code ?? '-'}`).join(', ') || '-' } })
  }
  const text = textOf(resource['effectiveDateTime']) ?? textOf(resource['onsetDateTime']) ?? textOf(resource['recordedDate'])
  const parsed = parsePartialDay(text ?? '')
  return { code, ...(parsed.ok && parsed.value.precision === 'day' ? { date: parsed.value.earliest } : {}) }
}

function bySnomed(edition: ImmunizationEdition, snomed: string | undefined): string | undefined {
  if (snomed === undefined) return undefined
  return Object.keys(edition.observations).find((code) => edition.observations[code]?.codes?.some(([system, other]) => system === 'SNOMED' && other === snomed))
}
