/**
 * A child's vaccines as a table: a row for each disease, a mark for each dose, for each time that a dose was missed, and for the next
 * one. What a dose counts for and when the next is due are the engine's answers; here each gets its mark. Pure.
 */
import type { ImmunizationEdition } from '@bairn/immunization'
import { groupName, type NotGiven, type Plan, type VaccineDose, type VaccineForecast } from '@bairn/plan'
import type { Day } from '@bairn/quantities'
import type { Message, Reason } from '@bairn/reasoning'

/** In the order of the legend. */
const MARKS = ['counts', 'notCounted', 'repeat', 'extra', 'uncertain', 'outOfStock', 'declined', 'deferred', 'overdue', 'dueToday', 'comingUp', 'forbidden'] as const
export type MarkKind = (typeof MARKS)[number]

export interface Mark {
  /** of the row and of the mark in it: stays the same when the table is drawn anew */
  readonly key: string
  readonly kind: MarkKind
  readonly day: Day
  readonly number?: number
  readonly because: readonly Reason[]
  readonly dose?: VaccineDose
  readonly missed?: NotGiven
  /** the need of the plan that asks for it: what is due can be recorded from here */
  readonly need?: string
}

export interface TimelineRow {
  readonly group: string
  readonly name: Message
  /** in the order of their days */
  readonly marks: readonly Mark[]
  /** nothing more is to come, or it cannot be said */
  readonly state?: 'complete' | 'immune' | 'agedOut' | 'notRecommended' | 'contraindicated' | 'unknown'
}

export interface Timeline {
  readonly rows: readonly TimelineRow[]
  /** first due after the visits that the table shows, soonest first */
  readonly later: readonly { readonly name: Message; readonly day: Day; readonly because: readonly Reason[] }[]
  /** forecast as not needed, and never given */
  readonly notNeeded: readonly { readonly name: Message; readonly status: 'agedOut' | 'notRecommended'; readonly because: readonly Reason[] }[]
  readonly forbidden: readonly { readonly name: Message; readonly because: readonly Reason[] }[]
  /** no day, or a vaccine that no group of this schedule judges */
  readonly outside: readonly VaccineDose[]
  /** marks that the table uses */
  readonly legend: readonly MarkKind[]
}

/** Visits ahead that get a column of their own. */
const VISITS_AHEAD = 2

export interface TimelineInput { readonly plan: Plan; readonly notGiven: readonly NotGiven[]; readonly edition: ImmunizationEdition; readonly ends?: Day }

/** @param input `ends`: the last day that the plan looks to. Undefined where no schedule judged anything. */
export function timelineOf({ plan, notGiven, edition, ends }: TimelineInput): Timeline | undefined {
  const { vaccines, on } = plan
  if (vaccines === undefined) return undefined
  const open = vaccines.forecasts.flatMap((forecast) => { const mark = openMark(forecast, plan); return mark === undefined ? [] : [{ forecast, mark }] })
  const ahead = [...new Set(open.map(({ mark }) => mark.day).filter((day) => day > on))].toSorted((a, b) => a - b)
  const horizon = ahead[VISITS_AHEAD - 1] ?? ahead.at(-1) ?? on
  const all = [...new Set(vaccines.forecasts.map(({ group }) => group))].map((group): TimelineRow => {
    const own = vaccines.forecasts.filter((forecast) => forecast.group === group)
    const marks = [...doseMarks(group, vaccines.doses), ...missedMarks(group, notGiven, edition), ...open.filter(({ forecast, mark }) => forecast.group === group && mark.day <= horizon).map(({ mark }) => mark)]
    const state = stateOf(own)
    return { group, name: groupName(group), marks: marks.toSorted((a, b) => a.day - b.day), ...(state === undefined ? {} : { state }) }
  })
  const rows = all.filter(({ marks }) => marks.length > 0)
  const shown = new Set(rows.map(({ group }) => group))
  return {
    rows,
    later: open.filter(({ mark }) => mark.day > horizon && (ends === undefined || mark.day < ends)).map(({ forecast, mark }) => ({ name: groupName(forecast.group), day: mark.day, because: mark.because })).toSorted((a, b) => a.day - b.day),
    notNeeded: vaccines.forecasts.flatMap(({ group, status, because }) => ((status === 'agedOut' || status === 'notRecommended') && !shown.has(group) ? [{ name: groupName(group), status, because }] : [])),
    forbidden: vaccines.forecasts.filter(({ status }) => status === 'contraindicated').map(({ group, because }) => ({ name: groupName(group), because: because.filter(({ rule }) => rule.includes('contraindication')) })),
    outside: vaccines.doses.filter(({ given, judged }) => given === undefined || judged.length === 0),
    legend: MARKS.filter((kind) => rows.some(({ marks }) => marks.some((mark) => mark.kind === kind))),
  }
}

const JUDGED: Readonly<Record<VaccineDose['judged'][number]['status'], MarkKind>> = { valid: 'counts', notValid: 'notCounted', extraneous: 'extra', subStandard: 'repeat', unknown: 'uncertain' }

/** Numbered as the plan numbers the next one: by the doses that count. */
function doseMarks(group: string, doses: readonly VaccineDose[]): readonly Mark[] {
  const judged = doses.flatMap((dose) => dose.judged.filter((each) => each.group === group).flatMap((each) => (dose.given === undefined ? [] : [{ dose, day: dose.given.earliest, ...each }])))
  return judged.map(({ dose, day, status, because }, at) => ({
    key: `${group} ${dose.id}`, kind: JUDGED[status], day, dose, because: [...because, ...dose.setAside],
    ...(status === 'extraneous' ? {} : { number: 1 + judged.slice(0, at).filter((each) => each.status === 'valid').length }),
  }))
}

/** Which group a vaccine was for: one that shares what it protects against. */
const missedMarks = (group: string, notGiven: readonly NotGiven[], edition: ImmunizationEdition): readonly Mark[] => {
  const antigens = new Set(edition.vaccineGroups.find(({ name }) => name === group)?.antigens)
  return notGiven.filter(({ vaccine }) => edition.vaccines.get(vaccine)?.antigens.some(({ antigen }) => antigens.has(antigen)) === true)
    .map((missed) => ({ key: `${group} ${missed.id}`, kind: missed.reason, day: missed.day, missed, because: [] }))
}

/** The next dose: late or due today, in today's column; put off or not due yet, on its day. */
function openMark(forecast: VaccineForecast, plan: Plan): Mark | undefined {
  const { group, seriesType, status, window, because, doseNumber } = forecast
  const need = needOf(forecast)
  const base = { key: `${group} ${seriesType} next`, because, ...(doseNumber === undefined ? {} : { number: doseNumber }) }
  if (status === 'contraindicated') return { ...base, kind: 'forbidden', day: plan.on }
  if (status !== 'notComplete' || window === undefined) return undefined
  const aside = plan.setAside.find((each) => each.need === need)
  if (aside !== undefined) return { ...base, need, kind: 'comingUp', day: aside.until ?? plan.on }
  if (window.due > plan.on) return { ...base, need, kind: 'comingUp', day: window.due }
  return { ...base, need, kind: window.overdue !== undefined && window.overdue <= plan.on ? 'overdue' : 'dueToday', day: plan.on }
}

/** The need by which the plan asks for the next dose of a group. */
export const needOf = ({ group, seriesType }: Pick<VaccineForecast, 'group' | 'seriesType'>): `vaccine.${string}` => `vaccine.${group}${seriesType === 'risk' ? '.risk' : ''}`

function stateOf(forecasts: readonly VaccineForecast[]): TimelineRow['state'] {
  const found = forecasts.map(({ status }) => status)
  if (found.includes('notComplete')) return undefined
  for (const state of ['contraindicated', 'unknown', 'complete', 'immune', 'agedOut', 'notRecommended'] as const) if (found.includes(state)) return state
  return undefined
}
