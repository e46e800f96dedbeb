/**
 * Selects the prioritized series of each series group and the best series of the antigen (CDSi logic specification 4.6,
 * chapter 8: SELECTB, SELECTSCORE, SELECTBEST, tables 8-3 to 8-14).
 */
import type { Day } from '@bairn/quantities'
import { ageRowOn } from './evaluate.ts'
import { finishDate, type SeriesForecast } from './forecast.ts'
import { dateOfAge, endOf } from './patient.ts'
import { countValid } from './series.ts'

/** The winner of one series group; none when nothing in it can be scored and none is the default. */
export function prioritizedSeries(group: readonly SeriesForecast[]): SeriesForecast | undefined {
  const open = group.filter(isOldEnoughToStart)
  const past = open.some(({ state }) => state.child.strict) ? [] : begunPastTheirStart(open)
  const winner = prioritize(open.filter((one) => !past.includes(one)))
  return winner === undefined || past.length === 0 ? winner
    : { ...winner, findings: [...winner.findings, ...past.map(({ state }) => ({ rule: 'deviation.seriesStart', code: state.series.name }))] }
}

/**
 * Our deviation (ADR 0011): a series without a valid dose that the child is past gives way to one that can be begun at this age. The
 * specification lets it win by priority or as the default, and an adult gets an infant's schedule (2016-UC-0114, -0123, -0128, -0129).
 */
function begunPastTheirStart(group: readonly SeriesForecast[]): readonly SeriesForecast[] {
  const past = group.filter((one) => countValid(one.state) === 0 && isPastStart(one))
  return past.length > 0 && group.some((other) => !past.includes(other) && other.status === 'notComplete') ? past : []
}

/** Past its maximum age, its first doses passed over (a risk series), or no vaccine left that this child may be given. */
function isPastStart({ state: { series, child }, status, target, dates }: SeriesForecast): boolean {
  if (series.type === 'risk' && (status === 'agedOut' || (target !== undefined && target.number > 1))) return true
  return target !== undefined && dates !== undefined && target.preferable.length > 0 && target.preferable.every((vaccine) => vaccine.end !== undefined && dateOfAge(child, vaccine.end) <= dates.earliest)
}

function prioritize(started: readonly SeriesForecast[]): SeriesForecast | undefined {
  const scorable = scorableSeries(started)
  const theDefault = only(started, ({ state }) => state.series.isDefault)
  if (scorable.length === 0) return theDefault
  if (scorable.length === 1) return scorable[0]
  const complete = scorable.filter(({ status }) => status === 'complete')
  if (complete.length === 1) return complete[0]
  const inProcess = scorable.filter(isInProcess)
  if (complete.length === 0 && inProcess.length === 1) return inProcess[0]
  if (complete.length === 0 && inProcess.length === 0 && theDefault !== undefined) return theDefault
  if (complete.length > 1) return best(complete, scoreComplete)
  return inProcess.length > 1 ? best(inProcess, scoreInProcess) : best(scorable, scoreNoValidDoses)
}

/** Table 8-14, over the prioritized series of all groups of an antigen. */
export function bestSeries(prioritized: readonly SeriesForecast[]): readonly SeriesForecast[] {
  return prioritized.filter(({ state: { series }, status }) => {
    if (status === 'complete') return true
    const equivalent = prioritized.filter((other) => series.equivalentSeriesGroups.includes(other.state.series.seriesGroup))
    if (series.type === 'evaluationOnly' || equivalent.some((other) => other.status === 'complete')) return false
    return series.type === 'risk' || !equivalent.some((other) => other.state.series.type === 'risk')
  })
}

/**
 * The specification uses only the maximum age to start. 71 series of the United States carry a minimum: a series that nobody of this
 * age starts, and that no dose has begun, is not offered, not even as the default.
 */
const isOldEnoughToStart = ({ state }: SeriesForecast): boolean =>
  state.series.minAgeToStart === undefined || countValid(state) > 0 || dateOfAge(state.child, state.series.minAgeToStart) <= state.child.assessment

function scorableSeries(group: readonly SeriesForecast[]): readonly SeriesForecast[] {
  const allContraindicated = group.every(({ status }) => status === 'contraindicated')
  const highest = group.reduce((first, { state }) => state.series.priority < first ? state.series.priority : first, '~')
  const nothingValid = group.every(({ state }) => countValid(state) === 0)
  const hasDefault = group.some(({ state }) => state.series.isDefault)
  return group.filter(({ state, status }) => {
    if (status === 'contraindicated' && !allContraindicated) return false
    const { type, priority, maxAgeToStart } = state.series
    if (type === 'risk') return priority === highest
    if (type === 'evaluationOnly') return status === 'complete'
    const [first] = state.satisfied
    if (first !== undefined) return first.dose.date < endOf(state.child, maxAgeToStart)
    return nothingValid && !hasDefault
  })
}

const isInProcess = ({ state, status }: SeriesForecast): boolean => status === 'notComplete' && countValid(state) > 0

/** SELECTBEST-1 and -2. */
function best(series: readonly SeriesForecast[], score: (series: readonly SeriesForecast[]) => readonly number[]): SeriesForecast | undefined {
  const scores = score(series)
  return series.map((one, index) => ({ one, score: scores[index] as number }))
    .toSorted((a, b) => b.score - a.score || a.one.state.series.preference - b.one.state.series.preference)[0]?.one
}

const sum = (...columns: readonly (readonly number[])[]): readonly number[] =>
  (columns[0] ?? []).map((_, index) => columns.reduce((total, column) => total + (column[index] as number), 0))

/** Table 8-7. */
const scoreComplete = (series: readonly SeriesForecast[]): readonly number[] => points(series.map(({ state }) => countValid(state)), 1)

/** Table 8-9. */
const scoreInProcess = (series: readonly SeriesForecast[]): readonly number[] => sum(
  series.map(({ state }) => state.series.productPath && state.evaluations.every(({ status }) => status === 'valid') ? 2 : -2),
  series.map((one) => isCompletable(one) ? 3 : -3),
  points(series.map(({ state }) => countValid(state)), 2),
  points(series.map(({ state, position }) => position - state.series.doses.length), 2),
  points(series.map((one) => -(finishDate(one) ?? Infinity)), 1),
)

/** Table 8-11. */
const scoreNoValidDoses = (series: readonly SeriesForecast[]): readonly number[] => sum(
  points(series.map(({ dates }) => dates === undefined ? -Infinity : -dates.earliest), 1),
  series.map((one) => isCompletable(one) ? 1 : -1),
  series.map(({ state }) => state.series.productPath ? -1 : 1),
)

/** The only highest gets the points, several highest nothing, the others lose them. */
function points(values: readonly number[], worth: number): readonly number[] {
  const highest = Math.max(...values)
  const many = values.filter((value) => value === highest).length > 1
  return values.map((value) => value < highest ? -worth : many ? 0 : worth)
}

/** SELECTB-3: it can be finished before the last target dose's maximum age. */
function isCompletable(one: SeriesForecast): boolean {
  const { state } = one
  const finish = finishDate(one)
  if (finish === undefined) return false
  const last = state.series.doses.at(-1)
  const row = last === undefined ? undefined : ageRowOn(last.ages, state.child.assessment)
  return finish < (endOf(state.child, row?.max) satisfies Day)
}

function only<T>(items: readonly T[], predicate: (item: T) => boolean): T | undefined {
  const found = items.filter(predicate)
  return found.length === 1 ? found[0] : undefined
}
