/** Answers with reasons, issues, and three-valued logic. See README.md. */
export { known, unknown } from './answer.ts'
export type { Answer, EditionHead, EditionId, Evidence, FactKind, FactRef, Flip, Issue, Message, MessageParam, Reason, RuleId, SourceRef } from './answer.ts'
export { editionTitle } from './editionTitle.ts'
export { and, compare, not, or, truthOf, unreachable } from './logic.ts'
export type { Truth, YesNo } from './logic.ts'
