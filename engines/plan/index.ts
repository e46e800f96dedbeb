/** One plan for one child. See README.md. */
export { assessGrowth, growthHistory, planFor } from './planFor.ts'
export type { PlanOptions } from './planFor.ts'
export type { PlanEditions } from './context.ts'
export { checkPlanEdition } from './edition.ts'
export type { PlanEdition } from './edition.ts'
export { ENGINE } from './version.ts'
export type { Birth, ChildFacts, Finding, Measurement, MeasurementKind, Position, Response } from './child.ts'
export type { ActionCode, NeedCode, Plan, PlanIndicator, PlanItem, PlanScore, Question, QuestionKind, SetAside, Setting, Urgency } from './plan.ts'
