/**
 * Evaluates one administered dose against one target dose.
 * Source: CDSi logic specification 4.6, chapter 6, in its order: dose condition, inadvertent, age, preferable and allowable
 * interval, vaccine conflict, preferable and allowable vaccine, then what they say together (table 6-31). All of them are asked, so
 * several reasons can hold.
 */
import type { Day } from '@bairn/quantities'
import type { AgeRow, InForce, Interval, TargetDose } from './edition.ts'
import type { Finding } from './finding.ts'
import { after, dateOfAge, isWithin, type Child, type Dose, type EvaluationStatus } from './patient.ts'
import type { SeriesState } from './series.ts'

export interface Evaluation {
  readonly dose: Dose
  readonly status: EvaluationStatus
  /** the target dose it was held against; none when the series was already over */
  readonly target?: TargetDose
  readonly inadvertent: boolean
  readonly findings: readonly Finding[]
}

export function evaluateDose(dose: Dose, target: TargetDose, state: SeriesState): Evaluation {
  const { child } = state
  const condition = doseCondition(dose)
  if (condition !== undefined) return { dose, target, status: 'subStandard', inadvertent: false, findings: [condition] }
  if (target.inadvertent.has(dose.cvx)) {
    return { dose, target, status: 'notValid', inadvertent: true, findings: [{ rule: 'inadvertent.vaccine', code: dose.cvx }] }
  }
  const findings: Finding[] = []
  const age = evaluateAge(dose, target, child, findings)
  const interval = evaluateIntervals(dose, target, state, findings)
  const conflict = evaluateConflict(dose, child, findings)
  const vaccine = evaluateVaccine(dose, target, child, findings)
  const status = age === 'tooOld' ? 'extraneous' : age === 'tooYoung' || !interval || conflict || !vaccine ? 'notValid' : 'valid'
  if (status === 'valid') findings.push(SATISFIED)
  return { dose, target, status, inadvertent: false, findings }
}

const SATISFIED: Finding = { rule: 'satisfy.valid' }

/** 6.1: given after the lot's expiry, or recorded as to be repeated. CALCDTLOTEXP-1 is the caller's. */
function doseCondition({ date, lotExpiry, doseCondition: flag }: Dose): Finding | undefined {
  if (lotExpiry !== undefined && date > lotExpiry) return { rule: 'doseCondition.expired', day: lotExpiry }
  return flag === true ? { rule: 'doseCondition.flagged' } : undefined
}

/** RELEVANT-1 and -2: the row in force on a day. */
export const isInForce = ({ effective, cessation }: InForce, on: Day): boolean => on >= effective && on <= cessation
/** A loop, because this is asked for every target dose of every series. */
export function ageRowOn(ages: readonly AgeRow[], on: Day): AgeRow | undefined {
  for (const row of ages) if (isInForce(row, on)) return row
  return undefined
}

/** Marks what rests on a figure of the edition's own, where its others are borrowed. */
export const own = (is: boolean | undefined): { readonly own?: true } => is === true ? { own: true } : {}

/** 6.4, table 6-15. */
function evaluateAge({ date }: Dose, target: TargetDose, child: Child, findings: Finding[]): 'yes' | 'tooYoung' | 'tooOld' {
  const row = ageRowOn(target.ages, date)
  if (row === undefined) return 'yes'
  if (row.absMin !== undefined && date < dateOfAge(child, row.absMin)) {
    findings.push({ rule: 'age.tooYoung', day: dateOfAge(child, row.absMin), period: row.absMin.text })
    return 'tooYoung'
  }
  if (row.min !== undefined && date < dateOfAge(child, row.min)) {
    findings.push({ rule: 'age.grace', day: dateOfAge(child, row.min), period: row.min.text })
    return 'yes'
  }
  if (row.max !== undefined && date >= dateOfAge(child, row.max)) {
    findings.push({ rule: 'age.tooOld', day: dateOfAge(child, row.max), period: row.max.text, ...own(row.ownMax) })
    return 'tooOld'
  }
  return 'yes'
}

/** 6.5 and 6.6: all preferable intervals are kept, or all allowable ones where there are any. */
function evaluateIntervals(dose: Dose, target: TargetDose, state: SeriesState, findings: Finding[]): boolean {
  let kept = true
  const missed: Finding[] = []
  for (const interval of target.intervals) {
    if (!isInForce(interval, dose.date)) continue
    const from = intervalReference(interval, state, dose)
    if (from === undefined) continue
    const { absMin, min } = interval
    if (absMin !== undefined && dose.date < after(from.date, absMin)) {
      kept = false
      missed.push({ rule: 'interval.tooSoon', day: after(from.date, absMin), period: absMin.text, ...(from.dose === undefined ? {} : { dose: from.dose }), ...own(interval.own) })
    } else if (min !== undefined && dose.date < after(from.date, min)) {
      findings.push({ rule: 'interval.grace', day: after(from.date, min), period: min.text, ...(from.dose === undefined ? {} : { dose: from.dose }) })
    }
  }
  if (kept) return true
  let allowed = 0
  for (const interval of target.allowableIntervals) {
    if (!isInForce(interval, dose.date)) continue
    const from = intervalReference(interval, state, dose)
    if (from === undefined) continue
    if (interval.absMin !== undefined && dose.date < after(from.date, interval.absMin)) { findings.push(...missed); return false }
    allowed += 1
  }
  if (allowed > 0) { findings.push({ rule: 'interval.allowable' }); return true }
  findings.push(...missed)
  return false
}

/**
 * The day an interval counts from (CALCDTINT-1, -2, -8, -9); none: the interval does not apply.
 * @param before the dose evaluated; when forecasting, every dose given counts as earlier
 */
export function intervalReference({ from, mostRecent }: Interval, state: SeriesState, before?: Dose): { readonly date: Day; readonly dose?: string } | undefined {
  const { child, evaluations } = state
  if ('previous' in from) {
    for (let index = evaluations.length - 1; index >= 0; index--) {
      const { dose, status, inadvertent } = evaluations[index] as Evaluation
      if (!inadvertent && (status === 'valid' || status === 'notValid')) return { date: dose.date, dose: dose.id }
    }
    return undefined
  }
  if ('targetDose' in from) {
    const satisfied = state.satisfiedBy[from.targetDose - 1]
    return satisfied === undefined ? undefined : { date: satisfied.date, dose: satisfied.id }
  }
  if ('observation' in from) {
    const date = child.observations.get(from.observation)
    return date === undefined ? undefined : { date }
  }
  for (let index = (before?.order ?? child.doses.length) - 1; index >= 0; index--) {
    const dose = child.doses[index] as Dose
    if (mostRecent?.has(dose.cvx) === true && !state.inadvertent.includes(dose)) return { date: dose.date, dose: dose.id }
  }
  return undefined
}

/** 6.7: an earlier dose of any antigen makes this one wait (CALCDTCONFLICT-1, -2, CONFLICT-3). */
function evaluateConflict(dose: Dose, child: Child, findings: Finding[]): boolean {
  const byPrevious = child.edition.conflicts.get(dose.cvx)
  if (byPrevious === undefined) return false
  for (let index = child.conflicting.length - 1; index >= 0; index--) {
    const earlier = child.conflicting[index] as Dose
    const conflict = earlier.order < dose.order ? byPrevious.get(earlier.cvx) : undefined
    if (conflict === undefined) continue
    const end = after(earlier.date, earlier.groupStatus === undefined || earlier.groupStatus === 'valid' ? conflict.minEnd : conflict.end)
    if (dose.date >= after(earlier.date, conflict.begin) && dose.date < end) {
      findings.push({ rule: 'conflict.liveVirus', day: end, code: earlier.cvx, dose: earlier.id })
      return true
    }
  }
  return false
}

/** 6.8 and 6.9: a preferable vaccine, or an allowable one. Volume never invalidates. */
function evaluateVaccine(dose: Dose, target: TargetDose, child: Child, findings: Finding[]): boolean {
  for (const row of target.preferableByCvx.get(dose.cvx) ?? []) {
    if (isWithin(child, row, dose.date) && (row.mvx === undefined || row.mvx === dose.mvx)) return true
  }
  for (const row of target.allowableByCvx.get(dose.cvx) ?? []) {
    if (isWithin(child, row, dose.date)) { findings.push({ rule: 'vaccine.allowable', code: dose.cvx }); return true }
  }
  findings.push({ rule: 'vaccine.notAllowed', code: dose.cvx })
  return false
}
