/**
 * The shapes every engine speaks: an answer that is known or not, and why.
 * Pure types and a few constructors; no sentence, no locale.
 */
import type { Day, Days, Centimetres, Kilograms, Millimetres, Sex } from '@bairn/quantities'

/** `authority.edition.subject.rule`, e.g. `who.2006.weightForLength.z`. */
export type RuleId = string
/** Folder below knowledge/, e.g. `growth/who-2006`. */
export type EditionId = string

export type Answer<T> =
  | { readonly known: true; readonly value: T; readonly because: readonly Reason[] }
  | { readonly known: false; readonly because: readonly Reason[] }

export interface Reason {
  readonly rule: RuleId
  readonly edition: EditionId
  readonly text: Message
  /** the facts used, with their dates */
  readonly inputs: readonly FactRef[]
  readonly source: SourceRef
  readonly evidence: Evidence
  /** what would change the answer, and into what */
  readonly flips?: readonly Flip[]
}

/** `stated`: read in the source [S]; `recalled` [R] and `policy` [P] need clinical review and may never lower urgency. */
export type Evidence = 'stated' | 'recalled' | 'policy'

export interface SourceRef {
  readonly document: string
  readonly section?: string
  readonly page?: string
}

/** A sentence by its key in knowledge/messages, with typed parameters. Never text. */
export interface Message {
  readonly key: string
  readonly params?: Readonly<Record<string, MessageParam>>
}

export type MessageParam =
  | { readonly day: Day }
  | { readonly age: Days }
  | { readonly span: Days }
  | { readonly kg: Kilograms }
  | { readonly cm: Centimetres }
  | { readonly mm: Millimetres }
  | { readonly z: number }
  | { readonly number: number; readonly digits?: number }
  | { readonly sex: Sex | 'unknown' }
  /** a code that the catalogue selects on: {grade, select, mild {…} other {…}} */
  | { readonly code: string }
  /** ISO 3166 alpha-2, shown by its name in the language */
  | { readonly country: string }
  /** what a person wrote, shown as it stands: a name, a file, an unknown unit */
  | { readonly text: string }
  | { readonly message: Message }

/** A fact of the record that an answer used. */
export interface FactRef {
  /** `Observation/abc` or the id that the caller gave */
  readonly id: string
  readonly kind: FactKind
  readonly day?: Day
  readonly value?: MessageParam
}

export type FactKind =
  | 'birthDate' | 'sex' | 'gestation' | 'weight' | 'length' | 'headCircumference' | 'muac' | 'tricepsSkinfold' | 'subscapularSkinfold'
  | 'dose' | 'oedema' | 'complication' | 'appetite' | 'breastfeeding' | 'vaccineReaction' | 'death' | 'task'

/** 'weight >= 8.2 kg' or 'on or after 2026-12-03', and the message of what it would then be. */
export interface Flip {
  readonly when: Message
  readonly becomes: Message
}

/** What stands at the head of every `edition.json`: whose rules, for whom, from when, until when somebody has to look again. */
export interface EditionHead {
  readonly id: EditionId
  readonly authority: string
  /** rule ids are `<rulePrefix>.<rule>` */
  readonly rulePrefix: string
  /** in English; in the languages of the catalogues: `editionTitle` */
  readonly title: string
  /** the year for which a country reported what stands in it */
  readonly reportedYear?: number
  /** ISO 3166; '*' for everywhere */
  readonly country: string
  /** ISO dates */
  readonly effective: string
  readonly reviewBy: string
  readonly licence: string
  readonly sources: Readonly<Record<string, { readonly document: string; readonly page?: string }>>
}

/** Bad input: what, where, what to do. */
export interface Issue {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly text: Message
  /** where it stands: a FHIRPath, a line, a file */
  readonly where?: string
}

export const known = <T>(value: T, because: readonly Reason[]): Answer<T> => ({ known: true, value, because })
export const unknown = (because: readonly Reason[]): { readonly known: false; readonly because: readonly Reason[] } => ({ known: false, because })
