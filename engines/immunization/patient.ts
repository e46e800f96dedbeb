/**
 * One child as the engine walks over it: history organised by antigen (CDSi logic specification 4.6, chapter 4), dates of age
 * computed once. What cannot be judged is set aside with its reason, never dropped.
 */
import { addPeriod, type Day, type Period } from '@bairn/quantities'
import { LAST_DAY, type AgeSpan, type ImmunizationEdition, type NumberedPeriod } from './edition.ts'
import type { Finding } from './finding.ts'

/** A dose as it was recorded. */
export interface DoseAdministered {
  readonly id: string
  readonly date: Day
  /** CVX, two or three digits */
  readonly cvx: string
  readonly mvx?: string
  /** last day on which the lot could be used */
  readonly lotExpiry?: Day
  /** recall, cold chain, half a dose: whoever recorded it said that it must be repeated */
  readonly doseCondition?: boolean
}

/** Something that holds of the child on the assessment day, by the schedule's observation code. */
export interface ActiveObservation { readonly code: string; readonly date?: Day }

export interface ImmunizationFacts {
  readonly birthDate: Day
  readonly sex: 'female' | 'male' | 'unknown'
  readonly birthCountry?: string
  readonly doses: readonly DoseAdministered[]
  readonly observations: readonly ActiveObservation[]
}

export type EvaluationStatus = 'valid' | 'notValid' | 'extraneous' | 'subStandard'

/** A dose that the schedule knows. `groupStatus` is what its own antigen said of it in an earlier pass. */
export interface Dose extends DoseAdministered { readonly order: number; groupStatus?: EvaluationStatus }

export interface Child {
  readonly facts: ImmunizationFacts
  readonly edition: ImmunizationEdition
  readonly assessment: Day
  /** the CDC logic without our deliberate deviations */
  readonly strict: boolean
  /** oldest first */
  readonly doses: readonly Dose[]
  /** those that make others wait */
  readonly conflicting: readonly Dose[]
  readonly byAntigen: ReadonlyMap<string, readonly Dose[]>
  readonly observations: ReadonlyMap<string, Day | undefined>
  /** doses that could not be judged, or that a person should look at again */
  readonly setAside: readonly { readonly dose: DoseAdministered; readonly finding: Finding }[]
  readonly ageDates: Int32Array
}

const NOT_COMPUTED = -0x80000000

/** Splits every dose into its antigens, oldest first. The order of the input does not matter. */
export function organizeHistory(facts: ImmunizationFacts, edition: ImmunizationEdition, { assessment, strict }: { readonly assessment: Day; readonly strict: boolean }): Child {
  const setAside: { dose: DoseAdministered; finding: Finding }[] = []
  const kept = facts.doses.filter((dose) => {
    const inSchedule = edition.vaccines.has(dose.cvx)
    const matters = inSchedule || edition.conflicting.has(dose.cvx)
    if (dose.date > assessment) setAside.push({ dose, finding: { rule: 'history.afterAssessment', day: dose.date } })
    const rule = dose.date < facts.birthDate ? 'history.beforeBirth' : inSchedule ? undefined : matters ? 'history.notInSchedule' : 'history.unknownVaccine'
    if (rule !== undefined) setAside.push({ dose, finding: { rule, day: dose.date, code: dose.cvx } })
    return rule === undefined || rule === 'history.notInSchedule'
  }).toSorted(byDateThenProduct)
  const doses = kept.map((dose, order): Dose => ({ ...dose, order }))
  const child = {
    facts, edition, assessment, strict, setAside, doses,
    conflicting: doses.filter(({ cvx }) => edition.conflicting.has(cvx)),
    byAntigen: new Map<string, Dose[]>(),
    observations: activeObservations(facts.observations),
    ageDates: new Int32Array(edition.periods).fill(NOT_COMPUTED),
  }
  for (const dose of child.doses) {
    for (const association of edition.vaccines.get(dose.cvx)?.antigens ?? []) {
      if (!isWithin(child, association, dose.date)) continue
      const records = child.byAntigen.get(association.antigen)
      if (records === undefined) child.byAntigen.set(association.antigen, [dose])
      else records.push(dose)
    }
  }
  return child
}

const byDateThenProduct = (a: DoseAdministered, b: DoseAdministered): number =>
  a.date - b.date || compare(a.cvx, b.cvx) || compare(a.mvx ?? '', b.mvx ?? '') || compare(a.id, b.id)
const compare = (a: string, b: string): number => a < b ? -1 : a > b ? 1 : 0

/** The latest date of each code; `undefined` where the day is not known. */
function activeObservations(observations: readonly ActiveObservation[]): ReadonlyMap<string, Day | undefined> {
  const found = new Map<string, Day | undefined>()
  for (const { code, date } of observations) {
    const earlier = found.get(code)
    found.set(code, earlier === undefined || (date !== undefined && date > earlier) ? date ?? earlier : earlier)
  }
  return found
}

/** Date of birth + age (CALCDTAGE-1 to -5). */
export function dateOfAge(child: Child, age: NumberedPeriod): Day {
  const found = child.ageDates[age.index] as number
  if (found !== NOT_COMPUTED) return found as Day
  const date = addPeriod(child.facts.birthDate, age)
  child.ageDates[age.index] = date
  return date
}

/** Every date of age that was computed so far, in no order. */
export function datesOfAge(child: Child): readonly Day[] {
  const found: Day[] = []
  for (const date of child.ageDates) if (date !== NOT_COMPUTED) found.push(date as Day)
  return found
}

/** Date of birth + age, or a day before every other where there is no age. */
export const beginOf = (child: Child, age: NumberedPeriod | undefined): Day => age === undefined ? NEVER_EARLIER : dateOfAge(child, age)
/** Date of birth + age, or a day after every other where there is no age. */
export const endOf = (child: Child, age: NumberedPeriod | undefined): Day => age === undefined ? LAST_DAY : dateOfAge(child, age)
const NEVER_EARLIER = -0x7fffffff as Day

/** begin <= day < end */
export const isWithin = (child: Child, { begin, end }: AgeSpan, day: Day): boolean =>
  (begin === undefined || day >= dateOfAge(child, begin)) && (end === undefined || day < dateOfAge(child, end))

/** A day + a period; days alone need no calendar. */
export const after = (day: Day, period: Period): Day => period.months === 0 ? (day + period.days) as Day : addPeriod(day, period)
