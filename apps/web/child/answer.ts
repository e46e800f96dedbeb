/** The answer to a question of the plan as the fact that is written: a finding of today. */
import { findingToFhir } from '@bairn/fhir'
import type { Finding, Question } from '@bairn/plan'
import type { Day } from '@bairn/quantities'
import { newId, type Fact } from '../api/save.ts'
import type { Session } from '../contract.ts'
import { factContext, momentNow } from './context.ts'

export function findingAnswer({ kind }: Question, value: string, { child, on, session }: { readonly child: string; readonly on: Day; readonly session: Session }): Fact {
  const now = momentNow(on)
  const finding = { id: `Observation/${newId()}`, day: on, ...(now.minute === undefined ? {} : { minute: now.minute }), kind, answer: value } as Finding
  return findingToFhir(finding, factContext(child, session, now))
}
