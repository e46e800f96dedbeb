/**
 * What the engine found, as `$immds-forecast` answers it: one ImmunizationEvaluation a dose and vaccine group, one
 * ImmunizationRecommendation, and an OperationOutcome where something could not be used. CDSi's statuses and words stand in `text`
 * beside FHIR's codes, which do not know all of them. Dates by LOINC. `doseNumberString` always: receivers fail on the other form.
 */
import { explain, wordsOf, type DoseEvaluation, type EvaluationStatus, type Finding, type GroupForecast, type Immunization, type ImmunizationEdition, type SeriesStatus } from '@bairn/immunization'
import { formatDay, type Day } from '@bairn/quantities'
import type { Issue, Message } from '@bairn/reasoning'
import type { Json } from '../read.ts'
import { systemOfVaccine } from './codes.ts'
import type { ForecastRequest } from './request.ts'

const DOSE_STATUS = 'http://terminology.hl7.org/CodeSystem/immunization-evaluation-dose-status'
const FORECAST_STATUS = 'http://terminology.hl7.org/CodeSystem/immunization-recommendation-status'
const LOINC = 'http://loinc.org'
const RULE = 'urn:bairn:rule'
const ANTIGEN = 'urn:cdc:cdsi:antigen'
const SERIES_TYPE = 'urn:bairn:series-type'

const EVALUATION_WORDS: Readonly<Record<EvaluationStatus, string>> = { valid: 'Valid', notValid: 'Not Valid', extraneous: 'Extraneous', subStandard: 'Sub-standard' }
/** Where another authority's rules decide because the country's own are not confirmed, no dose is called invalid. */
const NOT_COUNTED = 'Not Counted By WHO Rules'
const SERIES_WORDS: Readonly<Record<SeriesStatus, string>> = {
  notComplete: 'Not Complete', complete: 'Complete', immune: 'Immune', contraindicated: 'Contraindicated', agedOut: 'Aged Out', notRecommended: 'Not Recommended',
}
const CRITERIA = { earliest: ['30981-5', 'Earliest date to give'], recommended: ['30980-7', 'Date vaccine due'], pastDue: ['59778-1', 'Date when overdue for immunization'], latest: ['59777-3', 'Latest date to give immunization'] } as const

/** @param say the sentence of an issue, in the language of whoever asked */
export function forecastToFhir({ request, found, edition, issues, say }: {
  readonly request: ForecastRequest
  readonly found: Immunization | undefined
  readonly edition: ImmunizationEdition | undefined
  readonly issues: readonly Issue[]
  readonly say: (message: Message) => string
}): Json {
  const parameter: Json[] = []
  if (found !== undefined && edition !== undefined && request.assessment !== undefined) {
    const patient = request.patient === undefined ? { type: 'Patient' } : { reference: `Patient/${request.patient}` }
    const date = formatDay(request.assessment)
    const traced = (findings: readonly Finding[]): Json => request.trace && findings.length > 0 ? { description: findings.map((finding) => say(explain(finding, edition).text)).join(' ') } : {}
    for (const evaluation of found.evaluations) parameter.push({ name: 'evaluation', resource: { ...evaluationToFhir(evaluation, edition, patient, date), ...traced(evaluation.findings) } })
    parameter.push({ name: 'recommendation', resource: {
      resourceType: 'ImmunizationRecommendation', patient, date, authority: { display: edition.title },
      recommendation: found.forecasts.map((forecast) => ({ ...recommendationToFhir(forecast, edition, request.assessment as Day), ...traced(distinct(forecast.members.flatMap(({ findings }) => findings))) })),
    } })
  }
  if (issues.length > 0) {
    parameter.push({ name: 'outcome', resource: { resourceType: 'OperationOutcome', issue: issues.map((issue) => ({
      severity: issue.severity, code: issue.code, details: { coding: [{ system: 'urn:bairn:issue', code: issue.text.key }], text: say(issue.text) }, ...(issue.where === undefined ? {} : { diagnostics: issue.where }),
    })) } })
  }
  return { resourceType: 'Parameters', ...(request.id === undefined ? {} : { id: request.id }), parameter }
}

/** Doses that the schedule could not judge, as issues of the request. */
export const setAsideIssues = ({ setAside }: Immunization, edition: ImmunizationEdition): readonly Issue[] => setAside.map(({ dose, finding: { rule } }) => ({
  code: 'business-rule', severity: 'warning', where: `Immunization/${dose.id}`,
  text: { key: `immunization.${rule}`, params: { day: { day: dose.date }, what: { text: edition.vaccines.get(dose.cvx)?.name ?? `CVX ${dose.cvx}` } } },
}))

const reasons = (findings: readonly Finding[], edition: ImmunizationEdition): readonly Json[] =>
  findings.map((finding) => ({ coding: [{ system: RULE, code: `${edition.rulePrefix}.${finding.rule}` }], text: wordsOf(finding, edition) }))

function evaluationToFhir({ dose, vaccineGroup, status, findings, series, doseNumber }: DoseEvaluation, edition: ImmunizationEdition, patient: Json, date: string): Json {
  const antigens = edition.vaccineGroups.find(({ name }) => name === vaccineGroup)?.antigens ?? []
  return {
    resourceType: 'ImmunizationEvaluation', status: 'completed', patient, date, authority: { display: edition.title },
    targetDisease: { coding: antigens.map((code) => ({ system: ANTIGEN, code })), text: vaccineGroup },
    immunizationEvent: { reference: `Immunization/${dose.id}` },
    doseStatus: { coding: [{ system: DOSE_STATUS, code: status === 'valid' ? 'valid' : 'notvalid' }], text: edition.borrowed && status === 'notValid' ? NOT_COUNTED : EVALUATION_WORDS[status] },
    doseStatusReason: reasons(findings, edition),
    series, ...(doseNumber === undefined ? {} : { doseNumberString: String(doseNumber) }),
  }
}

function recommendationToFhir(forecast: GroupForecast, edition: ImmunizationEdition, assessment: Day): Json {
  const { vaccineGroup, seriesType, status, doseNumber, vaccines, members } = forecast
  const code = forecastCode(forecast, assessment)
  const criteria = (Object.keys(CRITERIA) as (keyof typeof CRITERIA)[]).flatMap((name) => {
    const day = forecast[name]
    const [loinc, display] = CRITERIA[name]
    return day === undefined ? [] : [{ code: { coding: [{ system: LOINC, code: loinc, display }] }, value: formatDay(day) }]
  })
  return {
    extension: [{ url: SERIES_TYPE, valueCode: seriesType }],
    vaccineCode: [{ text: vaccineGroup }, ...vaccines.map(({ cvx }) => ({ coding: [{ system: systemOfVaccine(cvx), code: cvx }], text: edition.vaccines.get(cvx)?.name ?? cvx }))],
    forecastStatus: { ...(code === undefined ? {} : { coding: [{ system: FORECAST_STATUS, code }] }), text: SERIES_WORDS[status] },
    forecastReason: reasons(distinct(members.flatMap(({ findings }) => findings)), edition),
    ...(criteria.length === 0 ? {} : { dateCriterion: criteria }),
    ...(members.length === 1 ? { series: members[0]?.state.series.name } : {}),
    ...(doseNumber === undefined ? {} : { doseNumberString: String(doseNumber) }),
  }
}

/** FHIR knows due, overdue, immune, contraindicated and complete; not yet due, aged out and not recommended have no code. */
function forecastCode({ status, recommended, pastDue }: GroupForecast, assessment: Day): string | undefined {
  if (status === 'complete' || status === 'immune' || status === 'contraindicated') return status
  if (status !== 'notComplete' || recommended === undefined || assessment < recommended) return undefined
  return pastDue !== undefined && assessment > pastDue ? 'overdue' : 'due'
}

function distinct(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>()
  return findings.filter(({ rule, day, code }) => {
    const key = `${rule}|${day}|${code}`
    return seen.has(key) ? false : seen.add(key)
  })
}
