/** One plan for one child. See README.md. */
export type { Birth, ChildFacts, Finding, Measurement, MeasurementKind, Position, Response } from './child.ts'
export type { ActionCode, NeedCode, Plan, PlanIndicator, PlanItem, PlanScore, Question, QuestionKind, SetAside, Setting, Urgency } from './plan.ts'
