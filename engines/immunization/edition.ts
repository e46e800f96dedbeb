/**
 * The shape of an immunization edition (knowledge/immunization/<edition>: edition.json and schedule.json) and how
 * the text of a schedule becomes what the engine walks through: periods parsed once and numbered, days as integers, codes
 * looked up. Every figure of this engine stands there.
 */
import { addDays, parseDay, parsePeriod, type Day, type Period } from '@bairn/quantities'
import type { EditionHead } from '@bairn/reasoning'
import { checkImmunizationEdition } from './checkEdition.ts'
import type { AntigenRow, ConditionRow, Dated, IntervalRow, PreferableRow, ScheduleData, SeriesRow, SeriesType, SkipRow, TargetDoseRow } from './schedule.ts'

/** `edition.json` as it is written. */
export interface ImmunizationFigures extends EditionHead {
  /** whose rules say whether a dose counts: the authority's own, or those of another edition, because its own are not confirmed here */
  readonly validity: 'own' | { readonly borrowed: string }
  readonly rules: Readonly<Record<string, RuleSource & {
    readonly section?: string
    /** what the authority calls the finding, for those who read its own terms */
    readonly words: string
    /** where the figure is the edition's own, although its others are borrowed */
    readonly own?: RuleSource
  }>>
  /** children born from a day on, or before one, for whom another schedule holds */
  readonly birthCohorts?: readonly { readonly from?: string; readonly before?: string; readonly what: string }[]
  /** what the sources say differently, by their letters, in the languages of the catalogues */
  readonly disagreements?: readonly { readonly about: string; readonly says: Readonly<Record<string, Readonly<Record<string, string>>>> }[]
  /** what no source at hand says; `kind` names the sentence `immunization.unknown.<kind>` */
  readonly unknown?: readonly { readonly about: string; readonly kind: string }[]
  /** observations that say "a severe reaction after an earlier dose": what is asked before the next one */
  readonly reactions?: readonly string[]
}

interface RuleSource { readonly source: string; readonly evidence: string }

/** A period of the schedule; `index` numbers the different ones, so that a child's dates of age are computed once. */
export interface NumberedPeriod extends Period { readonly index: number; readonly text: string }

const FIRST_DAY = -25567 as Day // 1900-01-01
export const LAST_DAY = 376199 as Day // 2999-12-31

/** Days on which a row is in force, both included. */
export interface InForce { readonly effective: Day; readonly cessation: Day }

export interface AgeRow extends InForce {
  readonly absMin?: NumberedPeriod
  readonly min?: NumberedPeriod
  readonly earliestRec?: NumberedPeriod
  readonly latestRec?: NumberedPeriod
  readonly max?: NumberedPeriod
  readonly ownMax?: boolean
}

export interface Interval extends InForce {
  readonly from: IntervalRow['from']
  readonly mostRecent?: ReadonlySet<string>
  readonly absMin?: NumberedPeriod
  readonly min?: NumberedPeriod
  readonly earliestRec?: NumberedPeriod
  readonly latestRec?: NumberedPeriod
  readonly override: boolean
  readonly own?: boolean
}

export interface AgeSpan { readonly begin?: NumberedPeriod; readonly end?: NumberedPeriod }
export interface PreferableVaccine extends AgeSpan {
  readonly cvx: string
  readonly mvx?: string
  readonly tradeName?: string
  readonly volume?: number
  readonly forecast: boolean
}

export type Condition =
  | { readonly kind: 'age' } & AgeSpan
  | { readonly kind: 'interval'; readonly interval: NumberedPeriod }
  | { readonly kind: 'completedSeries'; readonly seriesGroups: readonly string[] }
  | { readonly kind: 'count'; readonly startDate: Day; readonly endDate: Day; readonly compare: 'greaterThan' | 'equalTo' | 'lessThan'; readonly count: number; readonly validOnly: boolean; readonly vaccines?: ReadonlySet<string> } & AgeSpan

interface Skip {
  readonly context: SkipRow['context']
  readonly logic: 'and' | 'or'
  readonly sets: readonly (InForce & { readonly text?: string; readonly logic: 'and' | 'or'; readonly conditions: readonly Condition[] })[]
}

export interface TargetDose {
  /** place in its series, from 1 */
  readonly number: number
  readonly ages: readonly AgeRow[]
  readonly intervals: readonly Interval[]
  readonly allowableIntervals: readonly Interval[]
  readonly preferable: readonly PreferableVaccine[]
  readonly preferableByCvx: ReadonlyMap<string, readonly PreferableVaccine[]>
  readonly allowableByCvx: ReadonlyMap<string, readonly AgeSpan[]>
  readonly inadvertent: ReadonlySet<string>
  readonly skips: readonly Skip[]
  readonly recurring: boolean
  readonly season?: { readonly start: Day; readonly end: Day }
  /** all intervals from earlier doses are of the kind that decides the date of a whole group (FORECASTPRIORITY-1) */
  readonly priorityForecast: boolean
}

export interface Series {
  readonly name: string
  readonly antigen: string
  readonly vaccineGroup: string
  readonly type: SeriesType
  readonly guidance: readonly string[]
  readonly sexes: readonly ('female' | 'male' | 'unknown')[]
  readonly seriesGroup: string
  readonly seriesGroupName: string
  readonly equivalentSeriesGroups: readonly string[]
  readonly isDefault: boolean
  readonly productPath: boolean
  readonly sharedDecision: boolean
  /** 'A' before 'B' before 'C' */
  readonly priority: string
  readonly preference: number
  readonly minAgeToStart?: NumberedPeriod
  readonly maxAgeToStart?: NumberedPeriod
  readonly indications: readonly (AgeSpan & { readonly observation: string; readonly text?: string; readonly guidance?: string })[]
  readonly doses: readonly TargetDose[]
}

interface Contraindication extends AgeSpan { readonly observation: string; readonly text?: string; readonly guidance?: string }

export interface Antigen {
  readonly name: string
  readonly immunity: { readonly history: readonly string[]; readonly birthDates: readonly { readonly before: Day; readonly country?: string; readonly exclusions: readonly string[] }[] }
  readonly contraindications: readonly Contraindication[]
  readonly vaccineContraindications: readonly (Contraindication & { readonly vaccines: readonly (AgeSpan & { readonly cvx: string })[] })[]
  readonly series: readonly Series[]
  /** `riskOnly`: nothing in it concerns a child without an observation */
  readonly seriesGroups: readonly { readonly id: string; readonly riskOnly: boolean; readonly series: readonly Series[] }[]
}

interface Vaccine { readonly cvx: string; readonly name: string; readonly antigens: readonly (AgeSpan & { readonly antigen: string })[] }
export interface VaccineGroup { readonly name: string; readonly antigens: readonly string[]; readonly administerFullVaccineGroup: boolean | undefined }
interface Conflict { readonly begin: NumberedPeriod; readonly minEnd: NumberedPeriod; readonly end: NumberedPeriod }

export interface ImmunizationEdition extends ImmunizationFigures {
  /** a dose that does not count does so by another authority's rules: it is never called invalid here */
  readonly borrowed: boolean
  readonly vaccines: ReadonlyMap<string, Vaccine>
  readonly vaccineGroups: readonly VaccineGroup[]
  readonly antigens: readonly Antigen[]
  readonly antigenByName: ReadonlyMap<string, Antigen>
  readonly observations: ScheduleData['observations']
  /** named in conflicts: a dose of these matters even where the schedule has no series for it */
  readonly conflicting: ReadonlySet<string>
  /** vaccines that some target dose prefers, each with the ages at which one does */
  readonly preferred: ReadonlyMap<string, readonly PreferableVaccine[]>
  /** vaccines whose validity a series of another antigen asks for */
  readonly countedElsewhere: ReadonlySet<string>
  /** current vaccine -> previous vaccine -> how long it must wait */
  readonly conflicts: ReadonlyMap<string, ReadonlyMap<string, Conflict>>
  /** how many different periods there are: the size of a child's table of dates */
  readonly periods: number
  /** days of the calendar on which the schedule itself changes, oldest first */
  readonly turns: readonly Day[]
  /** intervals after the dose before that make a dose unnecessary */
  readonly skipIntervals: readonly Period[]
}

/** Joins figures and schedule. @throws Error naming every thing that is wrong with the edition, with its place */
export function decodeImmunizationEdition(figures: ImmunizationFigures, schedule: ScheduleData): ImmunizationEdition {
  const problems = checkImmunizationEdition(figures, schedule)
  if (problems.length > 0) throw new Error(`${figures.id}: ${problems.join('; ')}`)
  const periods = new Map<string, NumberedPeriod>()
  const period = (text: string): NumberedPeriod => {
    const found = periods.get(text)
    if (found !== undefined) return found
    const parsed = parsePeriod(text)
    if (!parsed.ok) throw new Error(`not a period: '${text}'`)
    const numbered = { ...parsed.value, text, index: periods.size }
    periods.set(text, numbered)
    return numbered
  }
  const antigens = schedule.antigens.map((antigen) => decodeAntigen(antigen, period))
  const conflicts = new Map<string, Map<string, Conflict>>()
  for (const { previous, current, begin, minEnd, end } of schedule.conflicts) {
    for (const cvx of current) {
      const byPrevious = conflicts.get(cvx) ?? new Map<string, Conflict>()
      byPrevious.set(previous, { begin: period(begin), minEnd: period(minEnd), end: period(end) })
      conflicts.set(cvx, byPrevious)
    }
  }
  const vaccines = new Map(Object.entries(schedule.vaccines).map(([cvx, { name, antigens: associations }]) =>
    [cvx, { cvx, name, antigens: associations.map(({ antigen, ...ages }) => ({ antigen, ...span(ages, period) })) }]))
  return {
    ...figures, borrowed: figures.validity !== 'own', antigens, conflicts, vaccines, periods: periods.size,
    antigenByName: new Map(antigens.map((antigen) => [antigen.name, antigen])),
    vaccineGroups: schedule.vaccineGroups.map(({ name, antigens: members, administerFullVaccineGroup }) => ({ name, antigens: members, administerFullVaccineGroup })),
    observations: schedule.observations,
    countedElsewhere: countedElsewhere(antigens, vaccines),
    preferred: Map.groupBy(antigens.flatMap(({ series }) => series.flatMap(({ doses }) => doses.flatMap(({ preferable }) => preferable))), ({ cvx }) => cvx),
    turns: turnsOf(antigens),
    skipIntervals: skipIntervalsOf(antigens),
    conflicting: new Set(schedule.conflicts.flatMap(({ previous, current }) => [previous, ...current])),
  }
}

/** The days of the calendar on which a schedule itself changes, oldest first: rows in force, seasons. */
function turnsOf(antigens: readonly Antigen[]): readonly Day[] {
  const days = new Set<Day>()
  for (const { ages, intervals, allowableIntervals, skips, season } of antigens.flatMap(({ series }) => series.flatMap(({ doses }) => doses))) {
    for (const { effective, cessation } of [...ages, ...intervals, ...allowableIntervals, ...skips.flatMap(({ sets }) => sets)]) days.add(effective).add(addDays(cessation, 1))
    if (season !== undefined) days.add(season.start).add(addDays(season.end, 1))
  }
  return [...days].toSorted((a, b) => a - b)
}

function skipIntervalsOf(antigens: readonly Antigen[]): readonly Period[] {
  const found = new Map<string, NumberedPeriod>()
  for (const { interval } of conditionsOf(antigens.flatMap(({ series }) => series)).filter((condition) => condition.kind === 'interval')) found.set(interval.text, interval)
  return [...found.values()]
}

const conditionsOf = (series: readonly Series[]): readonly Condition[] =>
  series.flatMap(({ doses }) => doses.flatMap(({ skips }) => skips.flatMap(({ sets }) => sets.flatMap(({ conditions }) => conditions))))

function countedElsewhere(antigens: readonly Antigen[], vaccines: ReadonlyMap<string, Vaccine>): ReadonlySet<string> {
  const found = new Set<string>()
  for (const { name, series } of antigens) {
    for (const condition of conditionsOf(series)) {
      if (condition.kind !== 'count' || !condition.validOnly) continue
      for (const cvx of condition.vaccines ?? []) if (vaccines.get(cvx)?.antigens.some(({ antigen }) => antigen === name) !== true) found.add(cvx)
    }
  }
  return found
}

type ToPeriod = (text: string) => NumberedPeriod

const optional = (text: string | undefined, period: ToPeriod): NumberedPeriod | undefined => text === undefined ? undefined : period(text)
const span = ({ begin, end }: { readonly begin?: string; readonly end?: string }, period: ToPeriod): AgeSpan =>
  ({ ...(begin === undefined ? {} : { begin: period(begin) }), ...(end === undefined ? {} : { end: period(end) }) })
const inForce = ({ effective, cessation }: Dated): InForce => ({ effective: dayOr(effective, FIRST_DAY), cessation: dayOr(cessation, LAST_DAY) })

function dayOr(text: string | undefined, otherwise: Day): Day {
  if (text === undefined) return otherwise
  const parsed = parseDay(text)
  if (!parsed.ok) throw new Error(`not a date: '${text}'`)
  return parsed.value
}

function decodeAntigen({ name, immunity, contraindications, vaccineContraindications, series: rows }: AntigenRow, period: ToPeriod): Antigen {
  const series = rows.map((row) => decodeSeries(row, name, period))
  const contraindication = ({ observation, text, guidance, ...ages }: AntigenRow['contraindications'][number]): Contraindication =>
    ({ observation, ...(text === undefined ? {} : { text }), ...(guidance === undefined ? {} : { guidance }), ...span(ages, period) })
  return {
    name,
    immunity: {
      history: immunity?.history ?? [],
      birthDates: (immunity?.birthDates ?? []).map(({ before, country, exclusions }) => ({ before: dayOr(before, FIRST_DAY), exclusions, ...(country === undefined ? {} : { country }) })),
    },
    contraindications: contraindications.map(contraindication),
    vaccineContraindications: vaccineContraindications.map((row) => ({
      ...contraindication(row), vaccines: row.vaccines.map(({ cvx, ...ages }) => ({ cvx, ...span(ages, period) })),
    })),
    series,
    seriesGroups: [...Map.groupBy(series, ({ seriesGroup }) => seriesGroup)].map(([id, members]) => ({ id, riskOnly: members.every(({ type }) => type === 'risk'), series: members })),
  }
}

function decodeSeries(row: SeriesRow, antigen: string, period: ToPeriod): Series {
  return {
    name: row.name, antigen, vaccineGroup: row.vaccineGroup, type: row.type,
    guidance: row.guidance ?? [], sexes: row.sexes ?? [],
    seriesGroup: row.seriesGroup.id, seriesGroupName: row.seriesGroup.name, equivalentSeriesGroups: row.equivalentSeriesGroups ?? [],
    isDefault: row.default === true, productPath: row.productPath === true, sharedDecision: row.sharedDecision === true,
    priority: row.priority, preference: row.preference ?? Number.MAX_SAFE_INTEGER,
    ...optionalPeriods({ minAgeToStart: row.minAgeToStart, maxAgeToStart: row.maxAgeToStart }, period),
    indications: (row.indications ?? []).map(({ observation, text, guidance, ...ages }) =>
      ({ observation, ...(text === undefined ? {} : { text }), ...(guidance === undefined ? {} : { guidance }), ...span(ages, period) })),
    doses: row.doses.map((dose, index) => decodeDose(dose, index + 1, period)),
  }
}

function decodeDose(row: TargetDoseRow, number: number, period: ToPeriod): TargetDose {
  const intervals = (row.intervals ?? []).map((interval) => decodeInterval(interval, period))
  const preferable = (row.preferable ?? []).map((vaccine) => decodePreferable(vaccine, period))
  const allowable = new Map<string, AgeSpan[]>()
  for (const { cvx, ...ages } of row.allowable ?? []) allowable.set(cvx, [...allowable.get(cvx) ?? [], span(ages, period)])
  return {
    number, intervals, preferable,
    ages: (row.ages ?? []).map(({ absMin, min, earliestRec, latestRec, max, ownMax, ...dated }) => ({ ...optionalPeriods({ absMin, min, earliestRec, latestRec, max }, period), ...(ownMax === undefined ? {} : { ownMax }), ...inForce(dated) })),
    allowableIntervals: (row.allowableIntervals ?? []).map((interval) => decodeInterval(interval, period)),
    preferableByCvx: Map.groupBy(preferable, ({ cvx }) => cvx),
    allowableByCvx: allowable,
    inadvertent: new Set(row.inadvertent),
    skips: (row.skips ?? []).map(({ context, logic, sets }) => ({
      context, logic, sets: sets.map(({ text, logic: setLogic, conditions, ...dated }) => ({
        ...(text === undefined ? {} : { text }), logic: setLogic, conditions: conditions.map((condition) => decodeCondition(condition, period)), ...inForce(dated),
      })),
    })),
    recurring: row.recurring === true,
    ...(row.season === undefined ? {} : { season: { start: dayOr(row.season.start, FIRST_DAY), end: dayOr(row.season.end, LAST_DAY) } }),
    priorityForecast: intervals.length > 0 && intervals.every(({ override }) => override),
  }
}

function decodeInterval({ from, absMin, min, earliestRec, latestRec, override, own, ...dated }: IntervalRow, period: ToPeriod): Interval {
  return {
    from, ...('mostRecent' in from ? { mostRecent: new Set(from.mostRecent) } : {}),
    ...optionalPeriods({ absMin, min, earliestRec, latestRec }, period), override: override === true, ...(own === undefined ? {} : { own }), ...inForce(dated),
  }
}

const decodePreferable = ({ cvx, mvx, tradeName, volume, forecast, ...ages }: PreferableRow, period: ToPeriod): PreferableVaccine =>
  ({ cvx, ...(mvx === undefined ? {} : { mvx }), ...(tradeName === undefined ? {} : { tradeName }), ...(volume === undefined ? {} : { volume: Number(volume) }), forecast: forecast === true, ...span(ages, period) })

function decodeCondition(row: ConditionRow, period: ToPeriod): Condition {
  switch (row.kind) {
    case 'age': return { kind: 'age', ...span(row, period) }
    case 'interval': return { kind: 'interval', interval: period(row.interval) }
    case 'completedSeries': return { kind: 'completedSeries', seriesGroups: row.seriesGroups }
    case 'count': return {
      kind: 'count', compare: row.compare, count: row.count, validOnly: row.validOnly === true,
      startDate: dayOr(row.startDate, FIRST_DAY), endDate: dayOr(row.endDate, LAST_DAY), ...(row.vaccines === undefined ? {} : { vaccines: new Set(row.vaccines) }), ...span(row, period),
    }
  }
}

function optionalPeriods<K extends string>(rows: Readonly<Record<K, string | undefined>>, period: ToPeriod): { readonly [N in K]?: NumberedPeriod } {
  const found: { [N in K]?: NumberedPeriod } = {}
  for (const key in rows) {
    const value = optional(rows[key], period)
    if (value !== undefined) found[key] = value
  }
  return found
}
