/**
 * A child's vaccines under one schedule: every dose judged, every vaccine group forecast, each with its reasons.
 * Source: CDSi logic specification 4.6, chapter 4 (the order), with the supporting data as edition. Knows no vaccine by name.
 * Pure: no clock, no I/O, no locale.
 */
import type { Day } from '@bairn/quantities'
import { findContraindication, findImmunity } from './contraindication.ts'
import type { Antigen, ImmunizationEdition, Series, VaccineGroup } from './edition.ts'
import type { Evaluation } from './evaluate.ts'
import type { Finding } from './finding.ts'
import { forecastSeries, type SeriesForecast } from './forecast.ts'
import { forecastGroup, type GroupForecast } from './group.ts'
import { nextChangeOf } from './nextChange.ts'
import { organizeHistory, type Child, type DoseAdministered, type EvaluationStatus, type ImmunizationFacts } from './patient.ts'
import { isRelevant } from './relevant.ts'
import { bestSeries, prioritizedSeries } from './select.ts'
import { evaluateSeries, type SeriesState } from './series.ts'

/** What one vaccine group says of a dose. */
export interface DoseEvaluation {
  readonly dose: DoseAdministered
  readonly vaccineGroup: string
  readonly status: EvaluationStatus
  readonly findings: readonly Finding[]
  /** the series and target dose it was held against, where one was */
  readonly series: string
  readonly doseNumber?: number
}

export interface Immunization {
  readonly edition: string
  readonly evaluations: readonly DoseEvaluation[]
  readonly forecasts: readonly GroupForecast[]
  /** the answers hold on every day before this one; none: they never change by themselves. Worked out when it is asked for */
  readonly nextChange: () => Day | undefined
  /** doses that could not be judged, or that a person should look at again, and why */
  readonly setAside: readonly { readonly dose: DoseAdministered; readonly finding: Finding }[]
}

export interface ImmunizeOptions {
  readonly assessment: Day
  /** the CDC logic without our deliberate deviations */
  readonly strict?: boolean
}

export function immunize(facts: ImmunizationFacts, edition: ImmunizationEdition, options: ImmunizeOptions): Immunization {
  const { child, best } = walk(facts, edition, options)
  const evaluations = edition.vaccineGroups.flatMap((group) => evaluationsOf(child, group, best))
  const forecasts = edition.vaccineGroups.flatMap((group) => forecastGroup(child, group, best))
  // Asked for after everything was looked at: it is made of the days that were compared with.
  return { edition: edition.id, evaluations, forecasts, nextChange: () => nextChangeOf(child), setAside: [...child.setAside, ...notForThisChild(child, best)] }
}

/** The best series by antigen, each with what it said of every dose. */
export type Best = ReadonlyMap<string, readonly SeriesForecast[]>

/** The child and the best series, before they are put together by vaccine group. */
export function walk(facts: ImmunizationFacts, edition: ImmunizationEdition, { assessment, strict = false }: ImmunizeOptions): { readonly child: Child; readonly best: Best } {
  const child = organizeHistory(facts, edition, { assessment, strict })
  const best = bestByAntigen(child)
  // The length of a conflict depends on whether the earlier dose is valid: known after a first pass.
  return { child, best: noteGroupStatuses(child, best) ? bestByAntigen(child) : best }
}

const bestByAntigen = (child: Child): Best =>
  new Map(child.edition.antigens.map((antigen) => [antigen.name, bestOf(child, antigen)]))

function bestOf(child: Child, antigen: Antigen): readonly SeriesForecast[] {
  const facts = { immune: findImmunity(child, antigen), contraindicated: findContraindication(child, antigen) }
  const forecasts: (readonly SeriesForecast[])[] = []
  // A skip may ask whether another group of the antigen is complete: groups are forecast when first asked for.
  const forecastsOf = (place: number): readonly SeriesForecast[] => {
    const found = forecasts[place]
    if (found !== undefined) return found
    forecasts[place] = []
    const made: SeriesForecast[] = []
    for (const series of antigen.seriesGroups[place]?.series ?? []) {
      if (isRelevant(child, series)) made.push(forecastSeries(evaluateSeries(series, child, isGroupComplete), facts))
    }
    forecasts[place] = made
    return made
  }
  const isGroupComplete = (seriesGroup: string): boolean => {
    const place = antigen.seriesGroups.findIndex(({ id }) => id === seriesGroup)
    return place >= 0 && forecastsOf(place).some(({ status }) => status === 'complete')
  }
  const prioritized: SeriesForecast[] = []
  for (let place = 0; place < antigen.seriesGroups.length; place++) {
    if (antigen.seriesGroups[place]?.riskOnly === true && child.observations.size === 0) continue
    const group = forecastsOf(place)
    const winner = group.length === 0 ? undefined : prioritizedSeries(group)
    if (winner !== undefined) prioritized.push(winner)
  }
  return prioritized.length === 0 ? prioritized : bestSeries(prioritized)
}

/** Doses that the schedule knows and no series of this child judges: one for another place, condition, sex or age. */
function notForThisChild({ doses, edition }: Child, best: Best): Immunization['setAside'] {
  return doses.filter((dose) => {
    const vaccine = edition.vaccines.get(dose.cvx)
    return vaccine?.antigens.some(({ antigen }) => best.get(antigen)?.some(({ state }) => state.statusOf[dose.order] !== undefined)) === false
  }).map((dose) => ({ dose, finding: { rule: 'history.notForThisChild', day: dose.date, code: dose.cvx } }))
}

/**
 * Writes on each dose what its own antigens said. True when that changes an answer: a dose that makes others wait is not valid, or another
 * antigen counts it.
 */
function noteGroupStatuses(child: Child, best: Best): boolean {
  const { conflicting, countedElsewhere, vaccines } = child.edition
  let changes = false
  for (const dose of child.doses) {
    const statuses: EvaluationStatus[] = []
    for (const { antigen } of vaccines.get(dose.cvx)?.antigens ?? []) {
      for (const { state } of best.get(antigen) ?? []) {
        const status = state.statusOf[dose.order]
        if (status !== undefined) statuses.push(status)
      }
    }
    if (statuses.length === 0) continue
    dose.groupStatus = together(statuses)
    changes ||= countedElsewhere.has(dose.cvx) || (dose.groupStatus !== 'valid' && conflicting.has(dose.cvx))
  }
  return changes
}

/** Several best series or antigens: valid if any says so, else extraneous, else not valid. */
export function together(statuses: readonly EvaluationStatus[]): EvaluationStatus {
  for (const status of ['valid', 'extraneous', 'notValid'] as const) if (statuses.includes(status)) return status
  return 'subStandard'
}

/** Every dose that a group's best series judged, oldest first. */
function evaluationsOf({ doses }: Child, { name: vaccineGroup, antigens }: VaccineGroup, best: Best): readonly DoseEvaluation[] {
  if (doses.length === 0) return []
  const states: SeriesState[] = []
  for (const antigen of antigens) for (const { state } of best.get(antigen) ?? []) if (state.series.vaccineGroup === vaccineGroup) states.push(state)
  const [only] = states
  if (states.length === 1 && only !== undefined) return only.evaluations.map((evaluation) => answerOf(vaccineGroup, only.series, evaluation, evaluation.findings))
  const byOrder: { readonly series: Series; readonly evaluation: Evaluation }[][] = []
  for (const { series, evaluations } of states) for (const evaluation of evaluations) (byOrder[evaluation.dose.order] ??= []).push({ series, evaluation })
  const found: DoseEvaluation[] = []
  // Places of doses that no series judged are empty, and `forEach` passes over them.
  byOrder.forEach((said) => {
    const status = together(said.map(({ evaluation }) => evaluation.status))
    const deciding = said.filter(({ evaluation }) => evaluation.status === status)
    for (const { series, evaluation } of deciding.slice(0, 1)) found.push(answerOf(vaccineGroup, series, evaluation, distinct(deciding.flatMap(({ evaluation: { findings } }) => findings))))
  })
  return found
}

const answerOf = (vaccineGroup: string, series: Series, { dose, status, target }: Evaluation, findings: readonly Finding[]): DoseEvaluation =>
  target === undefined ? { dose, vaccineGroup, status, series: series.name, findings } : { dose, vaccineGroup, status, series: series.name, findings, doseNumber: target.number }

const distinct = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter((one, place) => findings.findIndex((other) => isSame(one, other)) === place)

const isSame = (a: Finding, b: Finding): boolean => a === b || (a.rule === b.rule && a.day === b.day && a.code === b.code && a.dose === b.dose && a.period === b.period)
