/**
 * A vaccine history in which the day of some doses is not known: only that each lies between two days. Nothing is chosen for anybody: the
 * whole history is judged for several sets of days, and what is the same in all of them is the answer; what is not is not judged and asked
 * for. Policy, not a guideline: knowledge/immunization/uncertain-dates-2026.
 *
 * One such dose within `everyDay` days: every day is tried, so what is said is so for each of them.
 * Otherwise the sets tried, for n such doses: all on their first day; all on their last; each alone on its first with the others on their last, and
 * the other way round; and each on every day on which its place among the certain doses turns (the day before, the day of and the day after
 * one of them, at most `mostTurningDays`) with the others on their first, and on their last. Proved is the sameness in these sets, at most
 * 2 + 2n + 2n * mostTurningDays of them. It follows for every day in between where a verdict changes at most once with the day, as a
 * minimum age, an interval or a maximum age alone does; it is not proved for every combination of days. Measured on 1,500 random dense
 * histories with one month tried this way: 2 of 17,688 statuses and 5 forecasts were otherwise on some day between; hence `everyDay`.
 * With more than `mostDoses` of them none is taken as certain.
 *
 * The next dose: never before any tried set allows it, and no series is called complete that one of them leaves open.
 * Pure: no clock, no I/O, no locale. The order of the input changes nothing.
 */
import type { Day } from '@bairn/quantities'
import type { EditionHead, Evidence, MessageParam, Reason } from '@bairn/reasoning'
import type { ImmunizationEdition } from './edition.ts'
import type { Finding } from './finding.ts'
import type { GroupForecast } from './group.ts'
import { immunize, type DoseEvaluation, type Immunization, type ImmunizeOptions } from './immunize.ts'
import type { DoseAdministered, EvaluationStatus, ImmunizationFacts } from './patient.ts'
import type { SeriesStatus } from './forecast.ts'

/** A dose given on one of these days, both included. */
export interface UncertainDose extends Omit<DoseAdministered, 'date'> { readonly earliest: Day; readonly latest: Day }
export interface UncertainFacts extends ImmunizationFacts { readonly uncertain: readonly UncertainDose[] }

/** `edition.json` of the policy. */
export interface UncertainDatePolicy extends EditionHead {
  readonly rules: Readonly<Record<UncertainRule, { readonly source: string; readonly section?: string; readonly evidence: string }>>
  readonly mostDoses: number
  readonly mostTurningDays: number
  /** a single dose within so many days is tried on each of them */
  readonly everyDay: number
}
type UncertainRule = 'holds' | 'decides' | 'dependsOn' | 'tooMany' | 'nextDose'

/** What is said of a dose: `holds`: judged, whichever day it was; `decides`: its own day decides; `dependsOn`: the day of another does. */
export interface UncertainVerdict {
  readonly dose: UncertainDose | DoseAdministered
  readonly rule: Exclude<UncertainRule, 'nextDose'>
  /** what each vaccine group would say that is not settled; `absent`: nothing, on that day */
  readonly open: readonly { readonly vaccineGroup: string; readonly statuses: readonly (EvaluationStatus | 'absent')[] }[]
}

export interface UncertainImmunization extends Immunization {
  /** every uncertain dose, and every other one that they leave open; by id */
  readonly verdicts: readonly UncertainVerdict[]
  /** forecasts that are not the same for all days: what is shown is right for each of them */
  readonly open: readonly { readonly vaccineGroup: string; readonly seriesType: 'standard' | 'risk'; readonly statuses: readonly SeriesStatus[] }[]
  /** how many sets of days were judged */
  readonly tried: number
}

/** @param facts uncertain doses with `earliest <= latest`, not before birth nor after the assessment: the caller bounds them */
export function immunizeWithUncertainDates({ uncertain, ...facts }: UncertainFacts, edition: ImmunizationEdition, policy: UncertainDatePolicy, options: ImmunizeOptions): UncertainImmunization {
  const doses = uncertain.toSorted((a, b) => compare(a.id, b.id) || a.earliest - b.earliest || a.latest - b.latest || compare(a.cvx, b.cvx))
  const worlds = daysToTry(doses, facts.doses, policy).map((days) => immunize({ ...facts, doses: [...facts.doses, ...doses.map((dose, index) => dated(dose, days[index] as Day))] }, edition, options))
  const [first] = worlds as [Immunization, ...Immunization[]]
  if (doses.length === 0) return { ...first, verdicts: [], open: [], tried: 1 }
  const tooMany = doses.length > policy.mostDoses
  const uncertainIds = new Set(doses.map(({ id }) => id))
  const { settled, open } = settle(worlds)
  const evaluations = tooMany ? settled.filter(({ dose }) => !uncertainIds.has(dose.id)) : settled
  const verdict = (dose: UncertainDose | DoseAdministered): UncertainVerdict => {
    const own = open.filter(({ id }) => id === dose.id)
    const rule = !uncertainIds.has(dose.id) ? 'dependsOn' : tooMany ? 'tooMany' : own.length === 0 ? 'holds' : 'decides'
    return { dose, rule, open: own.map(({ vaccineGroup, statuses }) => ({ vaccineGroup, statuses })) }
  }
  const openIds = new Set(open.map(({ id }) => id))
  return {
    ...first, evaluations, nextChange: () => earliestOf(worlds.flatMap(({ nextChange }) => nextChange() ?? [])),
    verdicts: [...doses, ...facts.doses.filter(({ id }) => openIds.has(id) && !uncertainIds.has(id)).toSorted((a, b) => compare(a.id, b.id))].map(verdict),
    tried: worlds.length, ...forecastFor(worlds),
  }
}

/** The reason of a verdict, with the days. */
export function explainUncertain({ dose, rule }: UncertainVerdict, policy: UncertainDatePolicy): Reason {
  const params: Record<string, MessageParam> = 'earliest' in dose ? { from: { day: dose.earliest }, to: { day: dose.latest } } : { day: { day: dose.date } }
  return reasonOf(rule, policy, params, dose.id)
}

/** Why the dates of a forecast are later than they might be. */
export const explainNextDose = (vaccineGroup: string, policy: UncertainDatePolicy): Reason => reasonOf('nextDose', policy, { what: { text: vaccineGroup } })

function reasonOf(rule: UncertainRule, policy: UncertainDatePolicy, params: Readonly<Record<string, MessageParam>>, dose?: string): Reason {
  const { source, section, evidence } = policy.rules[rule]
  return {
    rule: `${policy.rulePrefix}.${rule}`, edition: policy.id, evidence: evidence as Evidence, text: { key: `immunization.uncertainDate.${rule}`, params },
    inputs: dose === undefined ? [] : [{ id: dose, kind: 'dose' }],
    source: { document: policy.sources[source]?.document ?? '', ...(section === undefined ? {} : { section }) },
  }
}

const earliestOf = (days: readonly Day[]): Day | undefined => days.length === 0 ? undefined : Math.min(...days) as Day
const compare = (a: string, b: string): number => a < b ? -1 : a > b ? 1 : 0
/** On this day, as one of those that it may have been. */
export const dated = (dose: UncertainDose, date: Day): DoseAdministered => {
  const { earliest: _, latest: __, ...rest } = dose
  return { ...rest, date }
}

/** One dose within so few days: each of them is a set of its own. */
export function isEveryDayTried(doses: readonly UncertainDose[], { everyDay }: UncertainDatePolicy): boolean {
  const [only] = doses
  return only !== undefined && doses.length === 1 && only.latest - only.earliest < everyDay
}

/** One list of days a set, in the order of the doses; each set once. */
export function daysToTry(doses: readonly UncertainDose[], certain: readonly DoseAdministered[], policy: UncertainDatePolicy): readonly (readonly Day[])[] {
  const { mostDoses, mostTurningDays } = policy
  const [only] = doses
  if (only !== undefined && isEveryDayTried(doses, policy)) {
    return Array.from({ length: only.latest - only.earliest + 1 }, (_, index) => [only.earliest + index as Day])
  }
  const firsts = doses.map(({ earliest }) => earliest)
  const lasts = doses.map(({ latest }) => latest)
  const sets = [firsts, lasts]
  if (doses.length <= mostDoses) {
    for (const [index, { earliest, latest }] of doses.entries()) {
      for (const day of [earliest, latest, ...turningDays(earliest, latest, certain, mostTurningDays)]) sets.push(firsts.with(index, day), lasts.with(index, day))
    }
  }
  return [...new Map(sets.map((days) => [days.join(), days])).values()]
}

function turningDays(earliest: Day, latest: Day, certain: readonly DoseAdministered[], most: number): readonly Day[] {
  const days = new Set(certain.flatMap(({ date }) => [date - 1, date, date + 1]).filter((day) => day > earliest && day < latest))
  return [...days].toSorted((a, b) => a - b).slice(0, most) as Day[]
}

interface Open { readonly id: string; readonly vaccineGroup: string; readonly statuses: readonly (EvaluationStatus | 'absent')[] }

/** What every set of days says alike, and what not. */
function settle(worlds: readonly Immunization[]): { readonly settled: readonly DoseEvaluation[]; readonly open: readonly Open[] } {
  const byKey = new Map<string, DoseEvaluation[]>()
  for (const evaluation of worlds.flatMap(({ evaluations }) => evaluations)) {
    const key = `${evaluation.vaccineGroup}|${evaluation.dose.id}`
    const found = byKey.get(key)
    if (found === undefined) byKey.set(key, [evaluation])
    else found.push(evaluation)
  }
  const settled: DoseEvaluation[] = []
  const open: Open[] = []
  for (const found of byKey.values()) {
    const [first] = found as [DoseEvaluation, ...DoseEvaluation[]]
    const statuses = [...new Set<EvaluationStatus | 'absent'>([...found.map(({ status }) => status), ...(found.length < worlds.length ? ['absent' as const] : [])])].toSorted(compare)
    if (statuses.length > 1) open.push({ id: first.dose.id, vaccineGroup: first.vaccineGroup, statuses })
    else settled.push(agreed(first, found))
  }
  return { settled, open }
}

/** One evaluation for all: the reasons and the number that every one of them has. */
function agreed(first: DoseEvaluation, all: readonly DoseEvaluation[]): DoseEvaluation {
  const { doseNumber, ...rest } = first
  const findings = first.findings.filter(({ rule }) => all.every((one) => one.findings.some((finding) => finding.rule === rule)))
  return { ...rest, findings: findings.map((finding) => sameEverywhere(finding, all) ? finding : { rule: finding.rule }), ...(doseNumber !== undefined && all.every((one) => one.doseNumber === doseNumber) ? { doseNumber } : {}) }
}
const sameEverywhere = (finding: Finding, all: readonly DoseEvaluation[]): boolean =>
  all.every((one) => one.findings.some(({ rule, day, code, dose, period }) => rule === finding.rule && day === finding.day && code === finding.code && dose === finding.dose && period === finding.period))

function forecastFor(worlds: readonly Immunization[]): Pick<UncertainImmunization, 'forecasts' | 'open'> {
  const byKey = new Map<string, GroupForecast[]>()
  for (const forecast of worlds.flatMap(({ forecasts }) => forecasts)) {
    const key = `${forecast.vaccineGroup}|${forecast.seriesType}`
    const found = byKey.get(key)
    if (found === undefined) byKey.set(key, [forecast])
    else found.push(forecast)
  }
  const forecasts: GroupForecast[] = []
  const open: UncertainImmunization['open'][number][] = []
  for (const found of byKey.values()) {
    const [first] = found as [GroupForecast, ...GroupForecast[]]
    if (found.length === worlds.length && found.every((one) => shown(one) === shown(first))) { forecasts.push(first); continue }
    forecasts.push(rightForAll(found))
    open.push({ vaccineGroup: first.vaccineGroup, seriesType: first.seriesType, statuses: [...new Set(found.map(({ status }) => status))].toSorted(compare) })
  }
  return { forecasts, open }
}

const shown = ({ status, doseNumber, earliest, recommended, pastDue, latest }: GroupForecast): string => [status, doseNumber, earliest, recommended, pastDue, latest].join('|')

/** Open rather than complete, the lowest dose number, the latest first day: true whichever day it was. */
function rightForAll(forecasts: readonly GroupForecast[]): GroupForecast {
  const open = forecasts.filter(({ status }) => status === 'notComplete')
  const ranked = (open.length > 0 ? open : forecasts).toSorted((a, b) => (a.doseNumber ?? 0) - (b.doseNumber ?? 0) || (b.earliest ?? 0) - (a.earliest ?? 0) || (b.recommended ?? 0) - (a.recommended ?? 0) || compare(shown(a), shown(b)))
  const [chosen] = ranked as [GroupForecast, ...GroupForecast[]]
  if (open.length === 0) return chosen
  const { pastDue: _, latest: __, ...rest } = chosen
  const days = (name: 'earliest' | 'recommended' | 'pastDue' | 'latest'): readonly Day[] => open.flatMap((one) => one[name] ?? [])
  const earliest = Math.max(...days('earliest')) as Day
  const recommended = Math.max(earliest, ...days('recommended')) as Day
  const [pastDue, latest] = [days('pastDue'), days('latest')]
  return {
    ...rest, earliest, recommended,
    ...(pastDue.length === 0 ? {} : { pastDue: Math.max(recommended, Math.min(...pastDue)) as Day }), ...(latest.length === 0 ? {} : { latest: Math.min(...latest) as Day }),
  }
}
