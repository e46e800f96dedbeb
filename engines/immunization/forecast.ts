/**
 * Forecasts one patient series: whether a dose is needed and when (CDSi logic specification 4.6, chapter 7).
 * The age row decides the recommended and past due days before intervals do; intervals act on the earliest day and push by adjustment.
 * The earliest day is never before birth.
 */
import { addDays, type Day } from '@bairn/quantities'
import type { NumberedPeriod, PreferableVaccine, TargetDose } from './edition.ts'
import { ageRowOn, intervalReference, isInForce, own } from './evaluate.ts'
import { contraindicatedVaccines } from './contraindication.ts'
import type { Finding } from './finding.ts'
import { after, dateOfAge, isWithin, type Child } from './patient.ts'
import { findIndication } from './relevant.ts'
import type { SeriesState } from './series.ts'
import { findSkip } from './skip.ts'

export type SeriesStatus = 'notComplete' | 'complete' | 'immune' | 'contraindicated' | 'agedOut' | 'notRecommended'

interface Dates {
  readonly earliest: Day
  readonly unadjustedRecommended: Day
  readonly unadjustedPastDue?: Day
  readonly latest?: Day
  readonly recommended: Day
  readonly pastDue?: Day
}

export interface SeriesForecast {
  readonly state: SeriesState
  readonly status: SeriesStatus
  readonly findings: readonly Finding[]
  /** the target dose to be given next, where one is */
  readonly target?: TargetDose
  readonly doseNumber?: number
  readonly dates?: Dates
  /** place in the series of the target dose reached; those after it are not satisfied yet */
  readonly position: number
}

/** What holds of the whole antigen, asked once for all its series. */
export interface AntigenFacts { readonly immune: Finding | undefined; readonly contraindicated: Finding | undefined }

export function forecastSeries(state: SeriesState, { immune, contraindicated }: AntigenFacts): SeriesForecast {
  const { child, series } = state
  const indication = series.type === 'risk' ? findIndication(child, series) : undefined
  const findings: Finding[] = indication === undefined ? [...state.skipped] : [indication, ...state.skipped]
  let position = passOver(state, state.position, child.assessment, findings)
  const ended = (status: SeriesStatus, finding: Finding): SeriesForecast =>
    ({ state, status, findings: [...findings, finding], position })
  if (immune !== undefined) return ended('immune', immune)
  if (contraindicated !== undefined) return ended('contraindicated', contraindicated)
  // Table 7-7: a series is contraindicated when every vaccine that it prefers is.
  const out = contraindicatedVaccines(child, series.antigen)
  if (out !== undefined && series.doses.every(({ preferable }) => preferable.every(({ cvx }) => out.has(cvx)))) return ended('contraindicated', out.values().next().value as Finding)
  for (;;) {
    const target = series.doses[position]
    if (target === undefined) return state.satisfied.length > 0 ? ended('complete', COMPLETE) : ended('notRecommended', ALL_SKIPPED)
    if (target.season !== undefined && child.assessment > target.season.end) return ended('notRecommended', { rule: 'need.pastSeason', day: target.season.end })
    const row = ageRowOn(target.ages, child.assessment)
    const maximum = row?.max === undefined ? undefined : dateOfAge(child, row.max)
    if (maximum !== undefined && child.assessment >= maximum) return ended('agedOut', { rule: 'need.agedOut', day: maximum, period: row?.max?.text ?? '', ...own(row?.ownMax) })
    const dates = computeDates(state, target, findings)
    if (maximum !== undefined && dates.earliest >= maximum) return ended('agedOut', { rule: 'need.cannotFinish', day: maximum, period: row?.max?.text ?? '', ...own(row?.ownMax) })
    // 7.6: a target dose that would be skipped on the very day it is forecast for gives way to the next.
    const validated = passOver(state, position, dates.earliest, findings)
    if (validated !== position) { position = validated; continue }
    return { state, status: 'notComplete', target, dates, findings, position, doseNumber: doseNumber(state, target) }
  }
}

const COMPLETE: Finding = { rule: 'need.complete' }
const ALL_SKIPPED: Finding = { rule: 'need.notRecommended' }

/** 7.1: the place of the first target dose that is not skipped on the day. */
function passOver(state: SeriesState, position: number, reference: Day, findings: Finding[]): number {
  for (let at = position; ; at++) {
    const target = state.series.doses[at]
    if (target === undefined || target.skips.length === 0) return at
    const skip = findSkip(target, state, { context: 'forecast', reference, inForceOn: state.child.assessment, position: state.records.length })
    if (skip === undefined) return at
    findings.push(skip)
  }
}

/** FORECASTDTCAN-1 and FORECASTDT-1 to -6. */
function computeDates(state: SeriesState, target: TargetDose, findings: Finding[]): Dates {
  const { child, evaluations } = state
  let earliest = child.facts.birthDate
  const later = (day: Day, finding: Finding): void => {
    if (day <= earliest) return
    earliest = day
    findings.push(finding)
  }
  const row = ageRowOn(target.ages, child.assessment)
  if (row?.min !== undefined) { const day = dateOfAge(child, row.min); later(day, { rule: 'date.minimumAge', day, period: row.min.text }) }
  // Vaccines of one authority, ages of another: no day on which none of the vaccines may be used yet (Tdap before 4 years).
  if (child.edition.borrowed) {
    const first = firstUsable(target)
    if (first !== undefined) { const day = dateOfAge(child, first); later(day, { rule: 'date.minimumAge', day, period: first.text }) }
  }
  let recommendedByInterval: Day | undefined
  let latestByInterval: Day | undefined
  for (const interval of target.intervals) {
    if (!isInForce(interval, child.assessment)) continue
    const from = intervalReference(interval, state)
    if (from === undefined) continue
    if (interval.min !== undefined) { const day = after(from.date, interval.min); later(day, { rule: 'date.interval', day, period: interval.min.text, ...(from.dose === undefined ? {} : { dose: from.dose }), ...own(interval.own) }) }
    if (interval.earliestRec !== undefined) recommendedByInterval = latestOf(recommendedByInterval, after(from.date, interval.earliestRec))
    if (interval.latestRec !== undefined) latestByInterval = latestOf(latestByInterval, after(from.date, interval.latestRec))
  }
  const conflict = conflictEnd(child, target)
  if (conflict !== undefined) later(conflict.day, conflict)
  if (target.season !== undefined) later(target.season.start, { rule: 'date.season', day: target.season.start })
  const last = evaluations.at(-1)?.dose
  // The date of every dose evaluated, inadvertent ones among them: the last is the latest.
  if (last !== undefined) later(last.date, { rule: 'date.lastDose', day: last.date, dose: last.id })

  const unadjustedRecommended = row?.earliestRec !== undefined ? dateOfAge(child, row.earliestRec) : recommendedByInterval ?? earliest
  const unadjustedPastDue = row?.latestRec !== undefined ? addDays(dateOfAge(child, row.latestRec), -1) : latestByInterval === undefined ? undefined : addDays(latestByInterval, -1)
  return {
    earliest, unadjustedRecommended, recommended: latestOf(earliest, unadjustedRecommended),
    ...(unadjustedPastDue === undefined ? {} : { unadjustedPastDue, pastDue: latestOf(earliest, unadjustedPastDue) }),
    ...(row?.max === undefined ? {} : { latest: addDays(dateOfAge(child, row.max), -1) }),
  }
}

/** The youngest age at which one of the vaccines that the target dose prefers may be used; none when one has no such age. */
function firstUsable({ preferable }: TargetDose): NumberedPeriod | undefined {
  let first: NumberedPeriod | undefined
  for (const { begin } of preferable) {
    if (begin === undefined) return undefined
    if (first === undefined || begin.months < first.months || (begin.months === first.months && begin.days < first.days)) first = begin
  }
  return first
}

/** CALCDTCONFLICT-3: the longer end of a conflict, for every vaccine that the target dose prefers. */
function conflictEnd(child: Child, target: TargetDose): (Finding & { readonly day: Day }) | undefined {
  let latest: (Finding & { readonly day: Day }) | undefined
  if (child.conflicting.length === 0) return undefined
  for (const { cvx } of target.preferable) {
    const byPrevious = child.edition.conflicts.get(cvx)
    if (byPrevious === undefined) continue
    for (const dose of child.conflicting) {
      const conflict = byPrevious.get(dose.cvx)
      if (conflict === undefined) continue
      const day = after(dose.date, conflict.end)
      if (latest === undefined || day > latest.day) latest = { rule: 'date.conflict', day, code: dose.cvx, dose: dose.id }
    }
  }
  return latest
}

/** FORECASTDN-1: satisfied target doses + 1; of a season, only those of this season. */
function doseNumber(state: SeriesState, { season }: TargetDose): number {
  return 1 + (season === undefined ? state.satisfied.length : state.satisfied.filter(({ dose }) => dose.date >= season.start).length)
}

/** FORECASTRECVAC-1; none when no dose is forecast. */
export function recommendedVaccines({ state: { child, series }, target, dates }: SeriesForecast): readonly PreferableVaccine[] {
  if (target === undefined || dates === undefined) return []
  const out = contraindicatedVaccines(child, series.antigen)
  const { earliest, recommended } = dates
  return target.preferable.filter((vaccine) => vaccine.forecast && out?.has(vaccine.cvx) !== true && (isWithin(child, vaccine, earliest) || isWithin(child, vaccine, recommended)))
}

/** Of the vaccines that the schedule names for the dose at this age, or else prefers: is there one that no contraindication forbids? */
export function hasVaccine({ state: { child, series }, target, dates }: SeriesForecast): boolean {
  const out = contraindicatedVaccines(child, series.antigen)
  if (target === undefined || dates === undefined || out === undefined) return true
  const fitting = target.preferable.filter((vaccine) => isWithin(child, vaccine, dates.earliest) || isWithin(child, vaccine, dates.recommended))
  const named = fitting.filter(({ forecast }) => forecast)
  const pool = named.length > 0 ? named : fitting
  return pool.length === 0 || pool.some(({ cvx }) => !out.has(cvx))
}

/** SELECTB-12: the earliest day + the minimum intervals of the target doses that remain; none when no dose is forecast. */
export function finishDate({ state: { series }, dates, position }: SeriesForecast): Day | undefined {
  if (dates === undefined) return undefined
  let day = dates.earliest
  for (let at = position + 1; at < series.doses.length; at++) {
    let longest = day
    for (const { min } of series.doses[at]?.intervals ?? []) if (min !== undefined) longest = latestOf(longest, after(day, min))
    day = longest
  }
  return day
}

const latestOf = (a: Day | undefined, b: Day): Day => a === undefined || b > a ? b : a
