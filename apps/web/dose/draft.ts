/** What was typed on the dose form and not saved: kept in this browser. Its shape, and whether one waits. */
import { NO_DATE, type TypedDate } from '../components/typed.ts'
import type { NotGivenReason } from '@bairn/plan'

export const SITES = ['LT', 'RT', 'LA', 'RA'] as const
export type Site = (typeof SITES)[number]
export const NOT_GIVEN: readonly NotGivenReason[] = ['outOfStock', 'declined', 'deferred']

export interface RowDraft {
  /** made once, so that sending twice makes one fact */
  readonly id: string
  /** code of the schedule; '' nothing chosen; 'name' written in words */
  readonly product: string
  readonly name: string
  readonly lot: string
  readonly expiry: TypedDate
  readonly site?: Site
  /** offered and not given */
  readonly not?: { readonly reason: NotGivenReason; readonly note: string } | undefined
}

export interface DoseDraft {
  /** by the need or the group (model.ts); absent: nobody touched the form, and what is due is chosen */
  readonly rows?: Readonly<Record<string, RowDraft>>
  readonly when: 'today' | 'otherDay' | 'card'
  readonly day: TypedDate
}

export const EMPTY: DoseDraft = { when: 'today', day: NO_DATE }
export const emptyRow = (id: string, product: string): RowDraft => ({ id, product, name: '', lot: '', expiry: NO_DATE })

export const isDoseDraft = (stored: unknown): stored is DoseDraft => {
  const draft = stored as DoseDraft | null
  return typeof draft === 'object' && draft !== null && typeof draft.when === 'string' && typeof draft.day === 'object'
    && (draft.rows === undefined || Object.values(draft.rows).every((row) => typeof row?.id === 'string' && typeof row.product === 'string' && typeof row.lot === 'string' && typeof row.expiry === 'object'))
}

export const hasTyped = ({ rows }: DoseDraft): boolean => rows !== undefined && Object.keys(rows).length > 0

/** Is a dose of this child typed and not saved? */
export function hasDoseDraft(child: string, demo: boolean): boolean {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(`bairn.draft.${demo ? 'demo' : 'own'}.dose/${child}`) ?? 'null')
    return isDoseDraft(stored) && hasTyped(stored)
  } catch {
    return false
  }
}
