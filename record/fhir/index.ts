/** FHIR R4 to facts and back. Browser-safe. See README.md; codes and units stand in codes.ts. */
export { childFromFhir, childrenFromFhir, needsUnitConverter, readChildren } from './child.ts'
export type { ChildOptions, ChildrenRead } from './child.ts'
export type { UnitConverter } from './observations.ts'
export { ISSUE_KEYS } from './issues.ts'
export type { IssueKey } from './issues.ts'
