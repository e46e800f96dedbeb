/**
 * Whether a target dose is passed over (CDSi logic specification 4.6, section 6.2, tables 6-6 to 6-11, CONDSKIP-1 and -2).
 * The reference day is the dose's own when evaluating, the assessment day when forecasting, and the earliest day of a forecast when
 * that is validated.
 * "Completed Series" names no day; we read it as the state at the end of the history (the specification leaves it open).
 */
import type { Day } from '@bairn/quantities'
import type { Condition, TargetDose } from './edition.ts'
import { isInForce } from './evaluate.ts'
import type { Finding } from './finding.ts'
import { after, beginOf, endOf, type Dose } from './patient.ts'
import type { SeriesState } from './series.ts'

export interface SkipAsked {
  readonly context: 'evaluation' | 'forecast'
  readonly reference: Day
  /** the day that decides which rows are in force */
  readonly inForceOn: Day
  /** place in the antigen's records of the dose being evaluated; all of them when forecasting */
  readonly position: number
}

export function findSkip(target: TargetDose, state: SeriesState, asked: SkipAsked): Finding | undefined {
  for (const { context, logic, sets } of target.skips) {
    if (context !== 'both' && context !== asked.context) continue
    let met: string | undefined
    let every = sets.length > 0
    for (const set of sets) {
      if (!isInForce(set, asked.inForceOn)) { every = false; continue }
      const holds = set.logic === 'or'
        ? set.conditions.some((condition) => isMet(condition, state, asked))
        : set.conditions.every((condition) => isMet(condition, state, asked))
      if (holds) met ??= set.text ?? ''
      else every = false
    }
    if (met !== undefined && (logic === 'or' || every)) return { rule: 'skip.targetDose', code: met }
  }
  return undefined
}

function isMet(condition: Condition, state: SeriesState, { reference, position }: SkipAsked): boolean {
  const { child, records } = state
  switch (condition.kind) {
    case 'age': return reference >= beginOf(child, condition.begin) && reference < endOf(child, condition.end)
    case 'interval': {
      const previous = records[position - 1]
      return previous !== undefined && reference >= after(previous.date, condition.interval)
    }
    case 'completedSeries': return condition.seriesGroups.some((group) => state.isGroupComplete(group))
    case 'count': {
      const count = countDoses(condition, state, records[position])
      return condition.compare === 'greaterThan' ? count > condition.count : condition.compare === 'equalTo' ? count === condition.count : count < condition.count
    }
  }
}

/**
 * CONDSKIP-1, over the doses before the one evaluated: a dose never makes its own target dose unnecessary (healthy 2013-0400).
 * A dose of another antigen counts as valid when its own antigen says so.
 */
function countDoses(condition: Condition & { kind: 'count' }, state: SeriesState, evaluated: Dose | undefined): number {
  const { child } = state
  const begin = Math.max(beginOf(child, condition.begin), condition.startDate)
  const end = Math.min(endOf(child, condition.end), condition.endDate)
  let count = 0
  for (const dose of condition.vaccines === undefined ? state.records : child.doses) {
    if (evaluated !== undefined && dose.order >= evaluated.order) break
    if (dose.date < begin || dose.date >= end || condition.vaccines?.has(dose.cvx) === false) continue
    if (!condition.validOnly || statusOf(dose, state) === 'valid') count += 1
  }
  return count
}

const statusOf = (dose: Dose, state: SeriesState) => state.statusOf[dose.order] ?? (state.records.includes(dose) ? undefined : dose.groupStatus)
