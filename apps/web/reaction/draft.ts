/** What was typed about a reaction and not saved: kept in this browser. */
import type { AdverseEvent, AdverseEventKind } from '@bairn/fhir'
import { NO_DATE, type TypedDate } from '../components/typed.ts'

export interface ReactionDraft {
  /** made once, so that sending twice makes one event; '' until something was typed */
  readonly id: string
  /** `Immunization/<id>`; absent: the dose that led here */
  readonly doses?: readonly string[]
  readonly kind?: AdverseEventKind
  readonly serious?: 'yes' | 'no'
  readonly outcome: AdverseEvent['outcome']
  readonly when: 'today' | 'otherDay'
  readonly day: TypedDate
  readonly note: string
}

export const EMPTY: ReactionDraft = { id: '', outcome: 'unknown', when: 'today', day: NO_DATE, note: '' }

export const isReactionDraft = (stored: unknown): stored is ReactionDraft => {
  const draft = stored as ReactionDraft | null
  return typeof draft === 'object' && draft !== null && typeof draft.id === 'string' && typeof draft.note === 'string' && typeof draft.day === 'object' && typeof draft.outcome === 'string' && (draft.doses === undefined || Array.isArray(draft.doses))
}
export const hasTyped = ({ id }: ReactionDraft): boolean => id !== ''
