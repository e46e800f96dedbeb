/**
 * A transfer between two schedules in FHIR R4: a collection of one ImmunizationEvaluation a dose and disease, by the new schedule, and
 * one ImmunizationRecommendation that holds the catch-up, one `recommendation` a planned dose with the day of its visit.
 */
import type { CatchUp, DoseDecision, ImmunizationEdition, Transfer } from '@bairn/immunization'
import { formatDay } from '@bairn/quantities'
import type { Issue, Message } from '@bairn/reasoning'
import type { Json } from '../read.ts'
import { systemOfVaccine } from './codes.ts'

const DOSE_STATUS = 'http://terminology.hl7.org/CodeSystem/immunization-evaluation-dose-status'
const FORECAST_STATUS = 'http://terminology.hl7.org/CodeSystem/immunization-recommendation-status'
const DECISION = 'urn:bairn:transfer-decision'
const RULE = 'urn:bairn:rule'

export interface TransferWriting {
  /** id of the Patient */
  readonly patient: string
  /** the new schedule */
  readonly edition: ImmunizationEdition
  readonly issues: readonly Issue[]
  readonly say: (message: Message) => string
}

export function transferToFhir({ decisions, plan, assessment }: Transfer, { patient: id, edition, issues, say }: TransferWriting): Json {
  const patient = id === '' ? { type: 'Patient' } : { reference: `Patient/${id}` }
  const base = { patient, date: formatDay(assessment), authority: { display: edition.title } }
  const resources: Json[] = [
    ...decisions.map((decision) => evaluationOf(decision, base, say)),
    ...(plan.visits.length === 0 ? [] : [{ resourceType: 'ImmunizationRecommendation', ...base, recommendation: recommendationsOf(plan, edition, say) }]),
    ...(issues.length === 0 ? [] : [{ resourceType: 'OperationOutcome', issue: issues.map((issue) => ({ severity: issue.severity, code: issue.code, details: { text: say(issue.text) }, ...(issue.where === undefined ? {} : { diagnostics: issue.where }) })) }]),
  ]
  return { resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) }
}

/** R4 knows valid and not valid; what is neither (extra, not in the schedule, not judged) is said in the reason. */
function evaluationOf({ dose, disease, decision, text, because }: DoseDecision, base: Json, say: (message: Message) => string): Json {
  return {
    resourceType: 'ImmunizationEvaluation', status: 'completed', ...base,
    targetDisease: { text: disease ?? dose.cvx },
    immunizationEvent: { reference: `Immunization/${dose.id}` },
    doseStatus: { coding: [{ system: DOSE_STATUS, code: decision === 'accepted' ? 'valid' : 'notvalid' }], text: decision },
    doseStatusReason: [{ coding: [{ system: DECISION, code: decision }, ...because.map(({ rule }) => ({ system: RULE, code: rule }))], text: say(text) }],
  }
}

function recommendationsOf({ visits, assessment }: CatchUp, edition: ImmunizationEdition, say: (message: Message) => string): readonly Json[] {
  return visits.flatMap(({ day, doses }) => doses.map(({ cvx, covers, text }) => ({
    vaccineCode: [{ coding: [{ system: systemOfVaccine(cvx), code: cvx }], text: edition.vaccines.get(cvx)?.name ?? cvx }],
    targetDisease: { text: covers.flatMap(({ antigens }) => antigens).join(', ') },
    forecastStatus: day <= assessment ? { coding: [{ system: FORECAST_STATUS, code: 'due' }], text: 'due' } : { text: 'planned' },
    forecastReason: [{ text: say(text) }],
    dateCriterion: [{ code: { coding: [{ system: 'http://loinc.org', code: '30980-7', display: 'Date vaccine due' }] }, value: formatDay(day) }],
    doseNumberString: covers.map(({ doseNumber }) => String(doseNumber)).join(', '),
  })))
}
