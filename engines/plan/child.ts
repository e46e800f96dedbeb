/**
 * What the plan knows of a child: the facts, already parsed. `record/fhir/child.ts` makes it from FHIR, the page from its form.
 * Facts that were withdrawn (`entered-in-error`) are not here. The order of the lists carries no meaning.
 */
import type { ActiveObservation, DoseAdministered, UncertainDose } from '@bairn/immunization'
import type { Centimetres, Day, Days, Kilograms, Millimetres, Sex } from '@bairn/quantities'
import type { Issue, YesNo } from '@bairn/reasoning'

export interface ChildFacts {
  /** key of the child: `Patient/<id>` in the record, the caller's id elsewhere */
  readonly id: string
  readonly birth: Birth
  /** undefined: not recorded, `other` or `unknown`: never guessed */
  readonly sex?: Sex
  /** gestation at birth */
  readonly gestation?: { readonly id: string; readonly value: Days }
  readonly death?: { readonly id: string; readonly day?: Day }
  readonly measurements: readonly Measurement[]
  readonly findings: readonly Finding[]
  readonly responses: readonly Response[]
  /** read by the vaccine schedule of the place; absent: there is none at hand */
  readonly vaccines?: VaccineHistory
  /** what could not be read, said to the person who can mend it */
  readonly issues: readonly Issue[]
}

export type Birth =
  | { readonly kind: 'exact'; readonly day: Day }
  /** a guess, or only month or year known: any day from `earliest` to `latest`; `day` is the one to count from */
  | { readonly kind: 'estimated'; readonly day: Day; readonly earliest: Day; readonly latest: Day }
  | { readonly kind: 'unknown' }

interface Fact {
  /** `Observation/<id>` or the caller's id */
  readonly id: string
  readonly day: Day
  /** order within a day, when the record knows a time: minutes since midnight as written */
  readonly minute?: number
}

export type Measurement =
  | (Fact & { readonly kind: 'weight'; readonly value: Kilograms; readonly estimated?: boolean })
  | (Fact & { readonly kind: 'length'; readonly value: Centimetres; readonly position: Position })
  | (Fact & { readonly kind: 'headCircumference'; readonly value: Centimetres })
  | (Fact & { readonly kind: 'muac'; readonly value: Millimetres })
  | (Fact & { readonly kind: 'tricepsSkinfold'; readonly value: Millimetres })
  | (Fact & { readonly kind: 'subscapularSkinfold'; readonly value: Millimetres })

export type MeasurementKind = Measurement['kind']
/** how the child was measured; `notSaid` is assumed by age, and the answer says so */
export type Position = 'lying' | 'standing' | 'notSaid'

/** What was looked for or asked at a visit. A question that nobody asked has no finding. */
export type Finding =
  | (Fact & { readonly kind: 'oedema'; readonly answer: YesNo; readonly grade?: 1 | 2 | 3 })
  /** any general danger sign or severe classification */
  | (Fact & { readonly kind: 'complication'; readonly answer: YesNo })
  /** appetite test with RUTF, from 6 months: finished it (pass), could not finish (fail), no RUTF at hand (notAvailable) */
  | (Fact & { readonly kind: 'appetite'; readonly answer: 'pass' | 'fail' | 'notAvailable' | 'notAsked' })
  /** any severe reaction after a vaccine given before */
  | (Fact & { readonly kind: 'vaccineReaction'; readonly answer: YesNo })
  /** under 6 months: difficulty breastfeeding seen (yes), none (no), cannot be assessed (cannotTell) */
  | (Fact & { readonly kind: 'breastfeedingDifficulty'; readonly answer: YesNo })

/** Doses and what decides about vaccines, in the codes of the place's schedule. */
export interface VaccineHistory {
  /** ids are `Immunization/<id>` */
  readonly doses: readonly DoseAdministered[]
  /** of which only a span of days is known */
  readonly uncertain?: readonly UncertainDose[]
  /** kept, and not judged: the Issues of the child say why, by the same id */
  readonly unjudged?: readonly UnjudgedDose[]
  readonly observations: readonly ActiveObservation[]
  readonly notGiven: readonly NotGiven[]
  readonly birthCountry?: string
}

export interface UnjudgedDose {
  readonly id: string
  /** first and last possible day, where they are known */
  readonly given?: { readonly earliest: Day; readonly latest: Day }
  /** as it was recorded */
  readonly name: string
}

/** A vaccine that was offered and not given. `reason` decides when it is offered again (edition). */
export interface NotGiven extends Fact {
  /** vaccine code of the schedule */
  readonly vaccine: string
  readonly reason: NotGivenReason
  readonly note?: string
}
export type NotGivenReason = 'outOfStock' | 'declined' | 'deferred'

/** What a worker did about a plan item. `item` is the need, e.g. 'measure' (PlanItem.need). */
export interface Response extends Fact {
  readonly item: string
  readonly kind: 'done' | 'notToday' | 'declined'
  /** notToday: hidden until this day */
  readonly until?: Day
  readonly note?: string
}
