/**
 * A schedule with one datum changed, for every datum that decides something: an age or interval longer by a day, a date a day later, a
 * vaccine left out, a rule left out or turned round. Names, titles and guidance are words, not data; volumes never decide (6.8).
 */
import { addDays, formatDay } from '@bairn/quantities'
import type { AntigenRow, ScheduleData } from '../schedule.ts'
import { day } from './schedule.ts'

export interface Mutation {
  /** where and what: 'Polio/series[0]/doses[1]/ages[0]/min: a day later' */
  readonly name: string
  readonly kind: 'antigen' | 'vaccine' | 'conflict' | 'group'
  /** the antigen, vaccine, previous vaccine of a conflict or vaccine group */
  readonly named: string
  readonly antigen?: string
  /** place of the series in its antigen, and of the target dose in it */
  readonly series?: number
  readonly dose?: number
  /** the rule by which this datum decides nothing where it stands */
  readonly silent?: string
  readonly schedule: () => ScheduleData
}

const PERIODS: ReadonlySet<string> = new Set(['absMin', 'min', 'earliestRec', 'latestRec', 'max', 'begin', 'end', 'minEnd', 'interval', 'minAgeToStart', 'maxAgeToStart'])
const DATES: ReadonlySet<string> = new Set(['effective', 'cessation', 'startDate', 'endDate', 'before', 'start'])
/** lists whose members can be left out, one by one */
const LISTS: ReadonlySet<string> = new Set(['ages', 'intervals', 'allowableIntervals', 'preferable', 'allowable', 'inadvertent', 'skips', 'sets', 'conditions', 'vaccines', 'mostRecent', 'sexes', 'indications', 'equivalentSeriesGroups', 'seriesGroups', 'history', 'birthDates', 'exclusions', 'contraindications', 'vaccineContraindications', 'current'])
const TURNED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  context: { both: 'evaluation', evaluation: 'forecast', forecast: 'evaluation' }, logic: { and: 'or', or: 'and' }, compare: { greaterThan: 'lessThan', lessThan: 'greaterThan', equalTo: 'greaterThan' },
}
const FLAGS: ReadonlySet<string> = new Set(['forecast', 'recurring', 'override', 'validOnly', 'default', 'productPath', 'administerFullVaccineGroup'])
const WORDS: ReadonlySet<string> = new Set(['name', 'text', 'guidance', 'title', 'volume', 'tradeName', 'type', 'kind', 'vaccineGroup', 'antigen', 'observation', 'cvx', 'previous', 'id'])

type Json = Readonly<Record<string, unknown>>
type Path = readonly (string | number)[]

export function mutationsOf(schedule: ScheduleData): readonly Mutation[] {
  const found: Mutation[] = []
  for (const [at, antigen] of schedule.antigens.entries()) {
    const put = (row: unknown): ScheduleData => ({ ...schedule, antigens: schedule.antigens.with(at, row as AntigenRow) })
    for (const { path, what, row } of changes(antigen as unknown as Json)) {
      found.push({ name: `${antigen.name}/${pathText(path)}: ${what}`, kind: 'antigen', named: antigen.name, antigen: antigen.name, ...(path[0] === 'series' ? { series: path[1] as number } : {}), ...(path[2] === 'doses' ? { dose: path[3] as number } : {}), ...silentBecause(antigen, path), schedule: () => put(row()) })
    }
  }
  for (const [cvx, vaccine] of Object.entries(schedule.vaccines)) for (const { path, what, row } of changes({ associations: vaccine.antigens }, new Set(['associations']))) {
    const antigens = () => (row() as { readonly associations: typeof vaccine.antigens }).associations
    found.push({ name: `vaccine ${cvx}/${pathText(path)}: ${what}`, kind: 'vaccine', named: cvx, schedule: () => ({ ...schedule, vaccines: { ...schedule.vaccines, [cvx]: { ...vaccine, antigens: antigens() } } }) })
  }
  for (const [at, conflict] of schedule.conflicts.entries()) for (const { path, what, row } of changes(conflict as unknown as Json)) {
    found.push({ name: `conflict ${conflict.previous}, ${conflict.current.join('+')}/${pathText(path)}: ${what}`, kind: 'conflict', named: conflict.previous, schedule: () => ({ ...schedule, conflicts: schedule.conflicts.with(at, row() as ScheduleData['conflicts'][number]) }) })
  }
  for (const [at, group] of schedule.vaccineGroups.entries()) for (const { path, what, row } of changes(group as unknown as Json)) {
    found.push({ name: `group ${group.name}/${pathText(path)}: ${what}`, kind: 'group', named: group.name, schedule: () => ({ ...schedule, vaccineGroups: schedule.vaccineGroups.with(at, row() as ScheduleData['vaccineGroups'][number]) }) })
  }
  return found
}

/** Data that decide nothing where they stand, each by a rule of the logic: they are in the schedule for people to read. */
function silentBecause({ series, vaccineContraindications }: AntigenRow, path: Path): { readonly silent?: string } {
  const own = path[0] === 'series' ? series[path[1] as number] : undefined
  const dose = path[2] === 'doses' ? own?.doses[path[3] as number] : undefined
  const key = path.at(-1)
  if (path[4] === 'intervals' && (key === 'earliestRec' || key === 'latestRec') && dose?.ages?.every((age) => age[key] !== undefined) === true) return { silent: 'FORECASTDT-2, -3: the age row names the day' }
  if (path[4] === 'allowableIntervals' && (key === 'min' || key === 'earliestRec' || key === 'latestRec')) return { silent: '6.6: an allowable interval has only an absolute minimum' }
  if ((path[4] === 'intervals' || path[4] === 'allowableIntervals') && (key === 'absMin' || key === 'min') && valueAt(dose, path.slice(4)) === '0 days') return { silent: 'no dose of an antigen is asked about twice on one day' }
  if (path[4] === 'allowableIntervals' && dose?.intervals?.every(({ absMin = '0 days' }) => absMin === '0 days') === true) return { silent: '6.6: nothing to rescue, the preferred intervals cannot be missed' }
  if (path[4] === 'allowable' && dose !== undefined) {
    const row = dose.allowable?.[path[5] as number]
    const preferred = dose.preferable?.find(({ cvx, begin, end, mvx }) => cvx === row?.cvx && mvx === undefined && (begin === undefined || begin === row?.begin) && (end === undefined || end === row?.end))
    const twin = dose.allowable?.some((other, at) => at !== path[5] && other.cvx === row?.cvx)
    if (preferred !== undefined || twin === true) return { silent: '6.8: another row of the same vaccine says the same' }
  }
  if (path[4] === 'ages' && (key === 'effective' || key === 'cessation') && Object.keys(valueAt(dose, path.slice(4, 6)) as Json).every((name) => name === 'effective' || name === 'cessation')) return { silent: 'an age row without an age' }
  if (key === 'override' && path[4] === 'intervals') return { silent: 'FORECASTPRIORITY-1 is of groups of several antigens' }
  if (path.length === 3 && key === 'priority' && own?.type !== 'risk') return { silent: 'SELECTSCORE-2: only risk series have a priority' }
  if (path.length === 3 && key === 'maxAgeToStart' && own?.type !== 'standard') return { silent: 'SELECTSCORE-2: only standard series have a last age to start' }
  if (path[0] === 'vaccineContraindications') {
    const preferred = new Set(series.flatMap(({ doses }) => doses.flatMap(({ preferable = [] }) => preferable.map(({ cvx }) => cvx))))
    const row = vaccineContraindications[path[1] as number]
    const vaccines = path[2] === 'vaccines' ? [row?.vaccines[path[3] as number]] : row?.vaccines ?? []
    if (vaccines.every((vaccine) => vaccine === undefined || !preferred.has(vaccine.cvx))) return { silent: '7.3: only vaccines that a series prefers are recommended' }
  }
  return {}
}

const pathText = (path: Path): string => path.map((part) => typeof part === 'number' ? `[${part}]` : `/${part}`).join('').slice(1)

interface Change { readonly path: Path; readonly what: string; readonly row: () => unknown }

function* changes(root: Json, lists: ReadonlySet<string> = LISTS): Generator<Change> {
  const set = (path: Path, value: unknown): Change['row'] => () => replaced(root, path, value)
  const walk = function* (value: unknown, path: Path): Generator<Change> {
    const key = path.findLast((part) => typeof part === 'string') as string | undefined ?? ''
    const inList = typeof path.at(-1) === 'number'
    if (inList && lists.has(key)) yield { path, what: `left out${typeof value === 'string' ? ` (${value})` : labelOf(value)}`, row: set(path, undefined) }
    if (Array.isArray(value)) { for (const [at, item] of value.entries()) yield* walk(item, [...path, at]); return }
    if (typeof value === 'object' && value !== null) {
      if (key === 'season') yield { path, what: 'left out', row: set(path, undefined) }
      for (const name of Object.keys(value)) yield* walk((value as Json)[name], [...path, name])
      return
    }
    // And / or of one member is the same.
    if (key === 'logic' && membersOf(root, path.slice(0, -1)) < 2) return
    if (inList || (WORDS.has(key) && path.at(-2) !== 'seriesGroup')) return
    const [what, next] = changed(key, value, path)
    if (what !== undefined) yield { path, what, row: set(path, next) }
  }
  yield* walk(root, [])
}

const valueAt = (root: unknown, path: Path): unknown => path.reduce((value, part) => (value as Json)[part as string], root)

function membersOf(root: unknown, path: Path): number {
  const owner = valueAt(root, path) as { readonly sets?: readonly unknown[]; readonly conditions?: readonly unknown[] }
  return (owner.sets ?? owner.conditions ?? []).length
}

const labelOf = (value: unknown): string => {
  const { cvx, observation, antigen } = value as Json
  return [cvx, observation, antigen].filter((one) => one !== undefined).map((one) => ` (${String(one)})`).join('')
}

/** What becomes of one datum; nothing for a word. */
function changed(key: string, value: unknown, path: Path): readonly [what?: string, next?: unknown] {
  if (path.at(-2) === 'season' && key === 'end' && typeof value === 'string') return ['a day later', formatDay(addDays(day(value), 1))]
  if (PERIODS.has(key) && typeof value === 'string') return ['a day later', `${value} + 1 day`]
  if (DATES.has(key) && typeof value === 'string') return ['a day later', formatDay(addDays(day(value), 1))]
  if (FLAGS.has(key)) return ['turned round', value !== true]
  if (typeof value === 'string' && TURNED[key] !== undefined) return ['turned round', TURNED[key][value]]
  if (key === 'count') return ['one more', (value as number) + 1]
  if (key === 'targetDose') return ['from the dose before', { previous: true }]
  if (key === 'previous') return ['not from the dose before', undefined]
  if (key === 'priority') return ['another', value === 'A' ? 'B' : 'A']
  if (key === 'preference') return ['last', 999]
  if (key === 'mvx') return ['any', undefined]
  if (key === 'country') return ['any', undefined]
  if (key === 'id') return ['another group', 'other']
  return []
}

/** A copy with one place changed; `undefined` leaves it out. A datum inside `from` takes the place of the whole of it. */
function replaced(value: unknown, path: Path, next: unknown): unknown {
  const [first, ...rest] = path
  if (first === undefined) return next
  if (first === 'from' && rest.length === 1 && typeof next === 'object') return { ...value as Json, from: next }
  if (Array.isArray(value)) return rest.length === 0 && next === undefined ? value.toSpliced(first as number, 1) : value.with(first as number, replaced(value[first as number], rest, next))
  const inner = replaced((value as Json)[first as string], rest, next)
  const { [first as string]: _, ...others } = value as Json
  return inner === undefined ? others : { ...others, [first as string]: inner }
}
