/**
 * `schedule.json` as it is written: one authority's vaccine schedule as data, in the terms of CDC's CDSi supporting data.
 * Ages, intervals and dates are text as their source has them ('6 weeks - 4 days', '2025-07-01'); what is not there is left out.
 * Every schedule has this shape, whichever country's: the engine knows no vaccine by name.
 */
export interface ScheduleData {
  /** by vaccine code: CVX, or NUVA (`VAC0866`) where CVX has none */
  readonly vaccines: Readonly<Record<string, VaccineRow>>
  readonly vaccineGroups: readonly VaccineGroupRow[]
  readonly conflicts: readonly ConflictRow[]
  readonly observations: Readonly<Record<string, ObservationRow>>
  readonly antigens: readonly AntigenRow[]
}

interface VaccineRow { readonly name: string; readonly antigens: readonly AssociationRow[] }
/** `begin` (included) and `end` (excluded): ages at administration at which the vaccine counts for the antigen */
interface AssociationRow { readonly antigen: string; readonly begin?: string; readonly end?: string }

interface VaccineGroupRow {
  readonly name: string
  readonly antigens: readonly string[]
  /** groups of several antigens: whether all of them are always given together */
  readonly administerFullVaccineGroup?: boolean
}

/** After a vaccine `previous`, each of `current` must wait. */
interface ConflictRow {
  readonly previous: string
  readonly current: readonly string[]
  readonly begin: string
  /** after a valid previous dose */
  readonly minEnd: string
  readonly end: string
}

interface ObservationRow {
  readonly title: string
  /** something of the place and not of the child: answered once for all children seen there */
  readonly ofPlace?: true
  readonly indication?: string
  readonly contraindication?: string
  readonly clarifying?: string
  /** codes elsewhere that say the same: system, code, text */
  readonly codes?: readonly (readonly [system: string, code: string, text: string])[]
}

export interface AntigenRow {
  readonly name: string
  readonly immunity?: {
    readonly history: readonly string[]
    readonly birthDates: readonly { readonly before: string; readonly country?: string; readonly exclusions: readonly string[] }[]
  }
  /** of every series of the antigen */
  readonly contraindications: readonly ContraindicationRow[]
  /** of single vaccines */
  readonly vaccineContraindications: readonly (ContraindicationRow & { readonly vaccines: readonly { readonly cvx: string; readonly begin?: string; readonly end?: string }[] })[]
  readonly series: readonly SeriesRow[]
}

interface ContraindicationRow {
  readonly observation: string
  readonly text?: string
  readonly guidance?: string
  readonly begin?: string
  readonly end?: string
}

export type SeriesType = 'standard' | 'risk' | 'evaluationOnly'

export interface SeriesRow {
  readonly name: string
  readonly vaccineGroup: string
  readonly type: SeriesType
  readonly guidance?: readonly string[]
  readonly sexes?: readonly ('female' | 'male' | 'unknown')[]
  readonly seriesGroup: { readonly id: string; readonly name: string }
  readonly equivalentSeriesGroups?: readonly string[]
  readonly default?: true
  readonly productPath?: true
  /** given after a talk between clinician and family, not because its day has come */
  readonly sharedDecision?: true
  readonly priority: string
  readonly preference?: number
  readonly minAgeToStart?: string
  readonly maxAgeToStart?: string
  readonly indications?: readonly { readonly observation: string; readonly text?: string; readonly begin?: string; readonly end?: string; readonly guidance?: string }[]
  readonly doses: readonly TargetDoseRow[]
}

export interface TargetDoseRow {
  readonly ages?: readonly (Dated & { readonly absMin?: string; readonly min?: string; readonly earliestRec?: string; readonly latestRec?: string; readonly max?: string; readonly ownMax?: true })[]
  readonly intervals?: readonly IntervalRow[]
  readonly allowableIntervals?: readonly IntervalRow[]
  readonly preferable?: readonly PreferableRow[]
  readonly allowable?: readonly { readonly cvx: string; readonly begin?: string; readonly end?: string }[]
  readonly inadvertent?: readonly string[]
  readonly skips?: readonly SkipRow[]
  readonly recurring?: true
  readonly season?: { readonly start: string; readonly end?: string }
}

/** the days on which a row is in force, both included */
export interface Dated { readonly effective?: string; readonly cessation?: string }

export interface IntervalRow extends Dated {
  /** what the interval counts from */
  readonly from: { readonly previous: true } | { readonly targetDose: number } | { readonly mostRecent: readonly string[] } | { readonly observation: string }
  readonly absMin?: string
  readonly min?: string
  readonly earliestRec?: string
  readonly latestRec?: string
  readonly override?: true
  /** in an edition that borrows another's figures: this one is its own (of an age row: `ownMax`) */
  readonly own?: true
}

export interface PreferableRow {
  readonly cvx: string
  readonly begin?: string
  readonly end?: string
  readonly mvx?: string
  readonly tradeName?: string
  readonly volume?: string
  /** may be named in a forecast */
  readonly forecast?: true
}

export interface SkipRow {
  readonly context: 'evaluation' | 'forecast' | 'both'
  readonly logic: 'and' | 'or'
  readonly sets: readonly (Dated & { readonly text?: string; readonly logic: 'and' | 'or'; readonly conditions: readonly ConditionRow[] })[]
}

export type ConditionRow =
  | { readonly kind: 'age'; readonly begin?: string; readonly end?: string }
  | { readonly kind: 'interval'; readonly interval: string }
  | { readonly kind: 'completedSeries'; readonly seriesGroups: readonly string[] }
  | {
    readonly kind: 'count'
    readonly begin?: string; readonly end?: string
    readonly startDate?: string; readonly endDate?: string
    readonly compare: 'greaterThan' | 'equalTo' | 'lessThan'; readonly count: number
    readonly validOnly?: true
    /** none: every dose of the series' antigen */
    readonly vaccines?: readonly string[]
  }
