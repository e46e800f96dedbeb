/**
 * Walks one patient series: the doses of its antigen, oldest first, against its target doses (CDSi logic specification 4.6,
 * figure 4-6). A skipped target dose gives way to the next for the same dose; a satisfied recurring one leaves a copy of itself.
 */
import type { Series, TargetDose } from './edition.ts'
import { evaluateDose, type Evaluation } from './evaluate.ts'
import type { Finding } from './finding.ts'
import type { Child, Dose, EvaluationStatus } from './patient.ts'
import { findSkip } from './skip.ts'

export interface SeriesState {
  readonly child: Child
  readonly series: Series
  /** the doses of the series' antigen */
  readonly records: readonly Dose[]
  readonly evaluations: Evaluation[]
  /** by the dose's place in the whole history */
  readonly statusOf: EvaluationStatus[]
  /** by place in the series: the dose that satisfied it; copies of a recurring dose come after the last */
  readonly satisfiedBy: (Dose | undefined)[]
  readonly inadvertent: Dose[]
  /** satisfied target doses, copies of recurring ones included */
  satisfied: { readonly target: TargetDose; readonly dose: Dose }[]
  readonly skipped: Finding[]
  /** place of the target dose reached; past the end when none is left */
  position: number
  readonly isGroupComplete: (seriesGroup: string) => boolean
}

export function evaluateSeries(series: Series, child: Child, isGroupComplete: (seriesGroup: string) => boolean): SeriesState {
  const records = child.byAntigen.get(series.antigen) ?? NO_DOSES
  const state: SeriesState = {
    child, series, records, isGroupComplete, evaluations: [], statusOf: [], satisfiedBy: [], inadvertent: [], satisfied: [], skipped: [], position: 0,
  }
  for (let place = 0; place < records.length; place++) {
    const dose = records[place] as Dose
    passOverSkipped(state, dose, place)
    const target = series.doses[state.position]
    const evaluation: Evaluation = target === undefined
      ? { dose, status: 'extraneous', inadvertent: false, findings: [SERIES_COMPLETE] }
      : evaluateDose(dose, target, state)
    state.evaluations.push(evaluation)
    state.statusOf[dose.order] = evaluation.status
    if (evaluation.inadvertent) state.inadvertent.push(dose)
    if (target !== undefined && evaluation.status === 'valid') satisfy(state, target, dose)
  }
  return state
}

const NO_DOSES: readonly Dose[] = []
const SERIES_COMPLETE: Finding = { rule: 'satisfy.seriesComplete' }

function passOverSkipped(state: SeriesState, dose: Dose, place: number): void {
  for (let target = state.series.doses[state.position]; target !== undefined; target = state.series.doses[state.position]) {
    if (target.skips.length === 0) return
    const skip = findSkip(target, state, { context: 'evaluation', reference: dose.date, inForceOn: dose.date, position: place })
    if (skip === undefined) return
    state.skipped.push(skip)
    state.position += 1
  }
}

/** A recurring dose stays the target: the copy that follows it is identical. */
function satisfy(state: SeriesState, target: TargetDose, dose: Dose): void {
  state.satisfied.push({ target, dose })
  state.satisfiedBy[target.number - 1] = dose
  if (!target.recurring) state.position += 1
}

export const countValid = ({ satisfied }: SeriesState): number => satisfied.length
