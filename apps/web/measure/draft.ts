/**
 * What was typed on the measurement form and not saved: kept in this browser, by the shell's drafts. Its shape, and whether one waits.
 */
import type { TypedDate } from '../components/typed.ts'

export const FIELDS = ['weight', 'length', 'muac', 'head'] as const
export type FieldName = (typeof FIELDS)[number]

export interface MeasureDraft {
  readonly values: Readonly<Record<FieldName, string>>
  /** said by a person; otherwise taken from the age */
  readonly position?: 'lying' | 'standing'
  readonly oedema?: 'yes' | 'no' | 'cannotTell'
  /** values that look wrong and were kept, with the reason */
  readonly kept: Readonly<Partial<Record<FieldName, { readonly value: string; readonly why: string }>>>
  /** another day than today, from a card */
  readonly day?: TypedDate
  /** made once, so that sending twice makes one fact */
  readonly ids: Readonly<Partial<Record<FieldName | 'oedema', string>>>
}

export const EMPTY: MeasureDraft = { values: { weight: '', length: '', muac: '', head: '' }, kept: {}, ids: {} }

export const isMeasureDraft = (stored: unknown): stored is MeasureDraft => {
  const draft = stored as MeasureDraft | null
  return typeof draft === 'object' && draft !== null && typeof draft.values === 'object' && FIELDS.every((field) => typeof draft.values[field] === 'string') && typeof draft.kept === 'object' && typeof draft.ids === 'object'
}

export const hasTyped = ({ values, oedema }: MeasureDraft): boolean => oedema !== undefined || FIELDS.some((field) => values[field].trim() !== '')

/** Is something typed for this child and not saved? */
export function hasDraft(child: string, demo: boolean): boolean {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(`bairn.draft.${demo ? 'demo' : 'own'}.measure/${child}`) ?? 'null')
    return isMeasureDraft(stored) && hasTyped(stored)
  } catch {
    return false
  }
}
