/**
 * The catch-up plan: the fewest visits after which a child who is behind has caught up with a schedule, and what is given at each.
 * Every minimum age and interval, every wait after a live vaccine and every maximum age is kept, because each dose comes from the
 * engine's own forecast and is judged by `immunize` before it stays in the plan: all planned doses are valid.
 *
 * What counts as catch-up: see behind.ts. How visits are found: fewestVisits.ts. What can be given today is given today; later doses
 * wait up to `wait` days so that one visit serves several; a need that waiting would lose (a maximum age) is never made to wait.
 * Least among plans that give each dose of a visit by the product that products.ts chooses; seasons and skips are asked anew on each day.
 */
import type { Day } from '@bairn/quantities'
import type { Message } from '@bairn/reasoning'
import { isBehind, isSharedDecision, isStillBehind, wantedOn } from './behind.ts'
import type { ImmunizationEdition } from './edition.ts'
import { coverMessage, routineMessage, unplannedMessage, waitMessages } from './catchUpMessages.ts'
import { fewestVisits, type Moves, type Waiting } from './fewestVisits.ts'
import type { Finding } from './finding.ts'
import type { GroupForecast } from './group.ts'
import { immunize, type Immunization } from './immunize.ts'
import type { DoseAdministered, ImmunizationFacts } from './patient.ts'
import { productsFor, vaccinesFor } from './products.ts'

export interface PlannedDose {
  readonly cvx: string
  readonly mvx?: string
  /** the forecasts that it satisfies: more than one for a combination vaccine */
  readonly covers: readonly {
    readonly vaccineGroup: string
    readonly seriesType: 'standard' | 'risk'
    readonly antigens: readonly string[]
    readonly doseNumber: number
    /** the day on which the schedule wanted it */
    readonly wanted: Day
  }[]
  readonly text: Message
}

export interface Visit {
  readonly day: Day
  readonly doses: readonly PlannedDose[]
  /** why not earlier: what ends or begins on this very day; empty on the day of the assessment */
  readonly waitsFor: readonly { readonly vaccineGroup: string; readonly finding: Finding }[]
  /** the same in sentences */
  readonly because: readonly Message[]
}

/**
 * `sharedDecision`: given after a talk, not because a date has come. `noProduct`: no vaccine of the schedule fits. `later`: past the plan's end.
 * `dayUnknown`: it depends on a day that is not known (planForAll.ts).
 */
export type Unplanned = {
  readonly vaccineGroup: string
  readonly seriesType: 'standard' | 'risk'
  readonly why: 'sharedDecision' | 'agedOut' | 'contraindicated' | 'notRecommended' | 'noProduct' | 'later' | 'dayUnknown'
  readonly findings: readonly Finding[]
  readonly text: Message
}

export interface CatchUp {
  readonly edition: string
  readonly assessment: Day
  readonly visits: readonly Visit[]
  /** what is not given, or not finished, and why */
  readonly unplanned: readonly Unplanned[]
  /** what comes afterwards at its usual age */
  readonly routine: readonly { readonly vaccineGroup: string; readonly seriesType: 'standard' | 'risk'; readonly doseNumber: number; readonly earliest: Day; readonly recommended: Day; readonly text: Message }[]
  /** false: too many ways to try them all, so fewer visits might do */
  readonly proved: boolean
}

export interface CatchUpOptions {
  readonly assessment: Day
  /** days that a dose may wait for another; four weeks by default, the wait between two live vaccines */
  readonly wait?: number
  /** last day of the plan; two years on by default */
  readonly until?: Day
  /** visits tried before the search gives up */
  readonly limit?: number
}

export function catchUp(facts: ImmunizationFacts, edition: ImmunizationEdition, { assessment, wait = 28, until = assessment + 730 as Day, limit = 3000 }: CatchUpOptions): CatchUp {
  const now = immunize(facts, edition, { assessment })
  const start: State = { planned: [], visits: [], found: now, followed: new Set(now.forecasts.filter((forecast) => isBehind(forecast, assessment)).map(keyOf)), blocked: NOTHING, deferred: NOTHING }
  const { state, proved } = fewestVisits(start, movesFor(facts, edition, { assessment, until }), { first: assessment, wait, limit })
  return {
    edition: edition.id, assessment, visits: state.visits, proved,
    unplanned: unplannedOf(state, edition, { assessment, until }),
    routine: state.found.forecasts.flatMap((forecast) => {
      const { vaccineGroup, seriesType, doseNumber, earliest, recommended } = forecast
      if (doseNumber === undefined || earliest === undefined || recommended === undefined || isSharedDecision(forecast) || isFollowed(state, forecast, assessment)) return []
      return [{ vaccineGroup, seriesType, doseNumber, earliest, recommended, text: routineMessage(forecast, recommended) }]
    }),
  }
}

/** The child after the visits so far. */
interface State {
  readonly planned: readonly DoseAdministered[]
  readonly visits: readonly Visit[]
  readonly found: Immunization
  /** forecasts that were behind on the day of the assessment */
  readonly followed: ReadonlySet<string>
  /** forecasts that a dose was tried for and did not count */
  readonly blocked: ReadonlySet<string>
  /** forecasts that no vaccine fits as things stand: no visit is made for them, and each visit tries them again */
  readonly deferred: ReadonlySet<string>
}
const NOTHING: ReadonlySet<string> = new Set()

const keyOf = ({ vaccineGroup, seriesType }: { readonly vaccineGroup: string; readonly seriesType: string }): string => `${vaccineGroup}|${seriesType}`
const hasDose = ({ visits }: State, key: string): boolean => visits.some(({ doses }) => doses.some(({ covers }) => covers.some((one) => keyOf(one) === key)))

/** Behind at the start, and not caught up yet. */
function isFollowed(state: State, forecast: GroupForecast, assessment: Day): boolean {
  const key = keyOf(forecast)
  return state.followed.has(key) && (hasDose(state, key) ? isStillBehind(forecast, assessment) : isBehind(forecast, assessment))
}

function movesFor(facts: ImmunizationFacts, edition: ImmunizationEdition, { assessment, until }: { readonly assessment: Day; readonly until: Day }): Moves<State> {
  const isOpen = (state: State, forecast: GroupForecast): boolean =>
    isFollowed(state, forecast, assessment) && forecast.earliest !== undefined && forecast.earliest <= until && !state.blocked.has(keyOf(forecast))
  const delays = (forecast: GroupForecast): boolean => vaccinesFor(forecast, Math.max(forecast.earliest ?? assessment, assessment) as Day).candidates.some(({ cvx, preferred }) => preferred && edition.conflicting.has(cvx))
  const give = (state: State, day: Day, heldBack: ReadonlySet<string>): { readonly state: State; readonly given: boolean } => {
    const today = immunize({ ...facts, doses: [...facts.doses, ...state.planned] }, edition, { assessment: day })
    const due = today.forecasts.filter((forecast) => isOpen(state, forecast) && (forecast.earliest as Day) <= day && !heldBack.has(keyOf(forecast)))
    const { products, without } = productsFor(oneAnAntigen(due), today.forecasts, day)
    const served = new Set(products.flatMap(({ covers }) => covers.map(keyOf)))
    const deferred = new Set([...state.deferred, ...without.map(keyOf)].filter((key) => !served.has(key)))
    if (products.length === 0) return { state: { ...state, deferred, found: today }, given: false }
    const doses = products.map(({ cvx, mvx }, index): DoseAdministered => ({ id: `planned/${state.planned.length + index + 1}`, date: day, cvx, ...(mvx === undefined ? {} : { mvx }) }))
    const planned = [...state.planned, ...doses]
    const found = immunize({ ...facts, doses: [...facts.doses, ...planned] }, edition, { assessment: day })
    const failing = products.flatMap(({ covers }, index) => covers.filter(({ vaccineGroup }) => !found.evaluations.some(({ dose, vaccineGroup: group, status }) => dose.id === doses[index]?.id && group === vaccineGroup && status === 'valid')))
    if (failing.length > 0) return give({ ...state, blocked: new Set([...state.blocked, ...failing.map(keyOf)]) }, day, heldBack)
    const waitsFor = day === assessment ? [] : products.flatMap(({ covers }) => covers.flatMap((forecast) => waitOf(forecast, day)))
    const visit: Visit = {
      day, waitsFor, because: waitMessages(waitsFor, edition),
      doses: products.map(({ cvx, mvx, covers }) => ({ cvx, ...(mvx === undefined ? {} : { mvx }), covers: covers.map((forecast) => coverOf(forecast, day)), text: coverMessage(cvx, covers, edition) })),
    }
    return { state: { ...state, planned, deferred, found, visits: [...state.visits, visit] }, given: true }
  }
  return {
    give,
    waiting: (state) => state.found.forecasts.filter((forecast) => isOpen(state, forecast) && !state.deferred.has(keyOf(forecast))).map((forecast): Waiting => ({ key: keyOf(forecast), from: forecast.earliest as Day, ...(forecast.latest === undefined ? {} : { until: forecast.latest }), delays: delays(forecast) })),
    lost: ({ found, followed }) => found.forecasts.reduce((sum, forecast) => sum + (followed.has(keyOf(forecast)) ? dosesLost(forecast) : 0), 0),
  }
}

/** Target doses that the maximum age has cut off. */
const dosesLost = ({ status, members }: GroupForecast): number =>
  status === 'agedOut' ? Math.max(...members.filter((member) => member.status === 'agedOut').map(({ state, position }) => state.series.doses.length - position)) : 0

/** Where a standard and a risk forecast want different vaccines of one antigen, the first is served; the other is asked again. */
function oneAnAntigen(due: readonly GroupForecast[]): readonly GroupForecast[] {
  const day = Math.max(...due.map(({ earliest }) => earliest ?? 0)) as Day
  return due.filter((forecast, index) => !due.slice(0, index).some((earlier) =>
    earlier.vaccineGroup === forecast.vaccineGroup && !vaccinesFor(earlier, day).candidates.some(({ cvx }) => vaccinesFor(forecast, day).counts(cvx))))
}

const coverOf = (forecast: GroupForecast, day: Day): PlannedDose['covers'][number] => {
  const { vaccineGroup, seriesType, antigens, doseNumber = 1 } = forecast
  return { vaccineGroup, seriesType, antigens, doseNumber, wanted: wantedOn(forecast) ?? day }
}

/** What ends or begins on the day. */
function waitOf({ vaccineGroup, members }: GroupForecast, day: Day): Visit['waitsFor'] {
  const finding = members.flatMap(({ findings }) => findings).find((one) => one.rule.startsWith('date.') && one.day === day)
  return finding === undefined ? [] : [{ vaccineGroup, finding }]
}

function unplannedOf(state: State, edition: ImmunizationEdition, { assessment, until }: { readonly assessment: Day; readonly until: Day }): readonly Unplanned[] {
  return state.found.forecasts.flatMap((forecast): Unplanned[] => {
    const { vaccineGroup, seriesType, status, earliest, members } = forecast
    const say = (why: Unplanned['why'], findings: readonly Finding[]): Unplanned[] => [{ vaccineGroup, seriesType, why, findings, text: unplannedMessage(vaccineGroup, why, edition) }]
    if (status === 'agedOut' || status === 'contraindicated' || status === 'notRecommended') return say(status, members.filter((member) => member.status === status).flatMap(({ findings }) => findings.slice(-1)))
    if (status === 'notComplete' && isSharedDecision(forecast) && (wantedOn(forecast) ?? until) <= assessment) return say('sharedDecision', [])
    if (!isFollowed(state, forecast, assessment) || earliest === undefined) return []
    return say(earliest > until ? 'later' : 'noProduct', [])
  })
}
