/**
 * One forecast a vaccine group and kind of series (CDSi logic specification 4.6, chapter 9). Risk is blended with risk and standard with
 * standard, so a group may have two forecasts.
 */
import type { Day } from '@bairn/quantities'
import type { PreferableVaccine, VaccineGroup } from './edition.ts'
import { recommendedVaccines, type SeriesForecast, type SeriesStatus } from './forecast.ts'
import type { Child } from './patient.ts'

export interface GroupForecast {
  readonly vaccineGroup: string
  readonly seriesType: 'standard' | 'risk'
  readonly status: SeriesStatus
  readonly doseNumber?: number
  readonly earliest?: Day
  readonly recommended?: Day
  readonly pastDue?: Day
  readonly latest?: Day
  /** antigens that a dose is needed for */
  readonly antigens: readonly string[]
  readonly vaccines: readonly PreferableVaccine[]
  readonly members: readonly SeriesForecast[]
}

/** @param best the best series by antigen */
export function forecastGroup(child: Child, group: VaccineGroup, best: ReadonlyMap<string, readonly SeriesForecast[]>): readonly GroupForecast[] {
  const found: GroupForecast[] = []
  for (const seriesType of SERIES_TYPES) {
    // No series of risk concerns a child of whom nothing is known.
    if (seriesType === 'risk' && child.observations.size === 0) continue
    const members: SeriesForecast[] = []
    for (const antigen of group.antigens) {
      const picked = pick((best.get(antigen) ?? []).filter(({ state: { series } }) => series.vaccineGroup === group.name && (series.type === 'risk') === (seriesType === 'risk')))
      if (picked !== undefined) members.push(picked)
    }
    const [member] = members
    if (member === undefined) continue
    found.push(members.length === 1 && group.antigens.length === 1 ? single(group, seriesType, member, best) : blend(child, group, seriesType, members, best))
  }
  return found
}

const SERIES_TYPES = ['standard', 'risk'] as const

/**
 * One series an antigen and kind. Of several (a childhood and an adult group), one that is over or not recommended says nothing while
 * another is alive.
 */
const pick = (forecasts: readonly SeriesForecast[]): SeriesForecast | undefined =>
  forecasts.find(({ status }) => status !== 'agedOut' && status !== 'notRecommended') ?? forecasts[0]

function single(group: VaccineGroup, seriesType: 'standard' | 'risk', member: SeriesForecast, best: ReadonlyMap<string, readonly SeriesForecast[]>): GroupForecast {
  const { status, dates, state } = member
  if (dates === undefined) return { vaccineGroup: group.name, seriesType, status, antigens: [], vaccines: [], members: [member] }
  return {
    vaccineGroup: group.name, seriesType, status, doseNumber: numberOf(member, seriesType, best), earliest: dates.earliest, recommended: dates.recommended,
    ...(dates.pastDue === undefined ? {} : { pastDue: dates.pastDue }), ...(dates.latest === undefined ? {} : { latest: dates.latest }),
    antigens: [state.series.antigen], vaccines: recommendedVaccines(member), members: [member],
  }
}

/**
 * FORECASTDN-1 of a standard forecast. A risk forecast counts the doses that are valid in any best series of the antigen: CDC's cases do
 * (2016-UC-0058, -0094, -0166), the rule does not say so.
 */
function numberOf({ state, doseNumber, target }: SeriesForecast, seriesType: 'standard' | 'risk', best: ReadonlyMap<string, readonly SeriesForecast[]>): number {
  if (seriesType === 'standard' || target?.season !== undefined) return doseNumber ?? 1
  const valid = new Set((best.get(state.series.antigen) ?? []).flatMap((one) => one.state.satisfied.map(({ dose }) => dose)))
  return valid.size + 1
}

/** Several antigens given together (table 9-4, MULTIANTVG-1, FORECASTVG-2 to -9, FORECASTDN-2). */
function blend(child: Child, group: VaccineGroup, seriesType: 'standard' | 'risk', members: readonly SeriesForecast[], best: ReadonlyMap<string, readonly SeriesForecast[]>): GroupForecast {
  const separable = group.administerFullVaccineGroup === false
  // A member that must not or need not be given any more does not hold back those that are given without it (diphtheria and tetanus
  // without pertussis).
  const goesOn = ({ status }: SeriesForecast): boolean => status !== 'contraindicated' && status !== 'agedOut' && status !== 'notRecommended'
  const able = separable && members.some(goesOn) ? members.filter(goesOn) : members
  const status = blendStatus(able.map((member) => member.status))
  const due = able.filter(({ dates }) => dates !== undefined)
  if (status !== 'notComplete' || due.length === 0) return { vaccineGroup: group.name, seriesType, status, antigens: [], vaccines: [], members }
  const earliest = groupEarliest(child, group, due)
  const recommended = smallest(due.map(({ dates }) => dates?.recommended))
  const pastDue = smallest(due.map(({ dates }) => dates?.pastDue))
  const latest = smallest(due.map(({ dates }) => dates?.latest))
  const numbers = due.map((member) => numberOf(member, seriesType, best))
  return {
    vaccineGroup: group.name, seriesType, status, members, earliest,
    doseNumber: separable ? Math.max(...numbers) : Math.min(...numbers),
    ...(recommended === undefined ? {} : { recommended: Math.max(recommended, earliest) as Day }),
    ...(pastDue === undefined ? {} : { pastDue: Math.max(pastDue, earliest) as Day }),
    ...(latest === undefined ? {} : { latest }),
    antigens: due.map(({ state }) => state.series.antigen),
    vaccines: [...new Map(due.flatMap(recommendedVaccines).map((vaccine) => [vaccine.cvx, vaccine])).values()],
  }
}

/** Table 9-4, first match. */
function blendStatus(statuses: readonly SeriesStatus[]): SeriesStatus {
  for (const status of ['contraindicated', 'agedOut', 'notRecommended', 'notComplete'] as const) if (statuses.includes(status)) return status
  return statuses.every((status) => status === 'immune') ? 'immune' : 'complete'
}

/** MULTIANTVG-1 and FORECASTPRIORITY-1. */
function groupEarliest(child: Child, group: VaccineGroup, due: readonly SeriesForecast[]): Day {
  const days = due.map(({ dates }) => dates?.earliest as Day)
  if (!due.some(({ target }) => target?.priorityForecast === true)) return Math.max(...days) as Day
  const last = child.doses.findLast(({ cvx }) => child.edition.vaccines.get(cvx)?.antigens.some(({ antigen }) => group.antigens.includes(antigen)))
  return Math.max(Math.min(...days), last?.date ?? Math.min(...days)) as Day
}

const smallest = (days: readonly (Day | undefined)[]): Day | undefined => {
  const given = days.filter((day) => day !== undefined)
  return given.length === 0 ? undefined : Math.min(...given) as Day
}

