/**
 * A request of `$immds-forecast` (HL7 ImmDS guide: Parameters with assessmentDate, patient, immunization) to the facts of the engine.
 * Beyond the guide: `condition`, `observation`, `allergy`, `adverseEvent` (CDSi observations by `urn:cdc:cdsi:observation`, or by a code
 * that the schedule lists) and `schedule`. What cannot be used is named, and the rest is still answered; only a request without a patient, a birth
 * date or an assessment date cannot be.
 */
import type { ImmunizationEdition, UncertainFacts } from '@bairn/immunization'
import type { VaccineBridge } from '@bairn/knowledge'
import { parsePartialDay, type Day } from '@bairn/quantities'
import type { Issue, MessageParam } from '@bairn/reasoning'
import { EXTENSION } from '../codes.ts'
import { booleanOf, findExtension, listOf, objectOf, textOf, type Json } from '../read.ts'
import { historyFromFhir } from './history.ts'
import { forecastIssue } from './issues.ts'

export interface ForecastRequest {
  readonly id?: string
  /** asked for by the request; the caller knows which there are */
  readonly schedule?: string
  readonly patient?: string
  readonly assessment?: Day
  /** every reason with its sentence and numbers */
  readonly trace: boolean
  /** none when the request cannot be answered: the issues say why */
  readonly facts?: UncertainFacts
  readonly issues: readonly Issue[]
}

/** The schedule that a request names, read before the rest: codes are looked up in it. `from`: the one under which the child was vaccinated. */
export const scheduleOf = (request: unknown, parameter: 'schedule' | 'from' = 'schedule'): string | undefined => {
  const named = listOf(objectOf(request)?.['parameter']).find(({ name }) => name === parameter)
  return named === undefined ? undefined : textOf(named['valueString']) ?? textOf(named['valueCode']) ?? textOf(named['valueId']) ?? textOf(named['valueUri']) ?? ''
}

/** The Immunizations of a request, before it is read: do their codes need the bridge? */
export const immunizationsOf = (request: unknown): readonly Json[] =>
  listOf(objectOf(request)?.['parameter']).filter(({ name }) => name === 'immunization').map(({ resource }) => objectOf(resource)).filter((resource) => resource !== undefined)

export function readForecastRequest(request: unknown, edition: ImmunizationEdition, bridge?: VaccineBridge): ForecastRequest {
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

  /** A resource that does not say what it is, is what its parameter is called. */
  const typed = (type: string, ...names: readonly string[]): readonly Json[] => resources(...names).map((resource) => textOf(resource['resourceType']) === undefined ? { ...resource, resourceType: type } : resource)
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
  const country = textOf(objectOf(objectOf(findExtension(patient, EXTENSION.birthPlace))?.['valueAddress'])?.['country'])
  const sex = sexOf(patient, report)
  const history = historyFromFhir([...typed('Immunization', 'immunization'), ...typed('Condition', 'condition'), ...typed('Observation', 'observation'), ...typed('AllergyIntolerance', 'allergy', 'allergyIntolerance'), ...typed('AdverseEvent', 'adverseEvent')], {
    edition, from: 'request', birthDate, assessment, ...(bridge === undefined ? {} : { bridge }), ...(patientId === undefined ? {} : { patient: patientId }),
  })
  issues.push(...history.issues)
  const facts: UncertainFacts = {
    birthDate, sex,
    ...(country === undefined ? {} : { birthCountry: UNITED_STATES.has(country.toUpperCase()) ? 'US' : country.toUpperCase() }),
    doses: history.doses, uncertain: history.uncertain, observations: history.observations,
  }
  return { ...base, facts, ...(patientId === undefined ? {} : { patient: patientId }) }
}

type Report = (key: string, severity: Issue['severity'], where: string, params?: Readonly<Record<string, MessageParam>>) => undefined

/** The guide's, and ours. */
const PARAMETERS: ReadonlySet<string> = new Set(['assessmentDate', 'patient', 'immunization', 'condition', 'observation', 'allergy', 'allergyIntolerance', 'adverseEvent', 'schedule', 'from', 'trace'])

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
