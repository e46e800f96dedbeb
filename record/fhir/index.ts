/** FHIR R4 to facts and back. Browser-safe. See README.md; codes and units stand in codes.ts. */
export { childFromFhir, childrenFromFhir, needsUnitConverter, readChildren } from './child.ts'
export type { ChildOptions, ChildrenRead } from './child.ts'
export type { UnitConverter } from './observations.ts'
export { ISSUE_KEYS } from './issues.ts'
export type { IssueKey } from './issues.ts'
export {
  birthWeightToFhir, corrected, encounterToFhir, enteredInError, findingToFhir, gestationToFhir, locationToFhir, measurementToFhir, practitionerToFhir, provenanceOf, responseToFhir,
} from './facts.ts'
export type { FactContext, Resource } from './facts.ts'
export { identityFromFhir, patientToFhir, withBirth, withDeath, withName, withSex } from './register.ts'
export type { ChildIdentity, RegisteredBirth, Registration } from './register.ts'
export { planToFhir } from './plan.ts'
export type { PlanBundle, PlanWriting } from './plan.ts'
export type { ForecastAsked } from './immunization/answer.ts'
export { answerForecast, noSchedule } from './immunization/answer.ts'
export { forecastIssue, readForecastRequest } from './immunization/request.ts'
export { forecastToFhir, setAsideIssues } from './immunization/response.ts'
export { transferToFhir } from './immunization/transfer.ts'
