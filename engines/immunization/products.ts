/**
 * Which vaccines to give on one day for the forecasts that are due on it. Never an antigen whose own next dose is not due yet (it would
 * not count, and would make that dose wait), and none twice on a day: a forecast that only such a vaccine could serve stays without. Then
 * the fewest doses, then no antigen that is not needed any more, then a vaccine that the schedule prefers, then none that makes others
 * wait (a live vaccine), then the schedule's own order.
 * A vaccine is offered for a forecast if every series behind it prefers the vaccine at that age and no contraindication forbids it; beyond
 * the forecast's own vaccine group only if the schedule names it for forecasts, or has nothing else. Where one is offered, it may be
 * replaced by one that every series allows and that the schedule prefers for another dose at this age, but not for a later one alone
 * (beyond the group: names for forecasts); and a vaccine offered for another forecast serves this one too, if every series allows it.
 */
import type { Day } from '@bairn/quantities'
import { contraindicatedVaccines, findContraindication } from './contraindication.ts'
import type { AgeSpan, Series, TargetDose } from './edition.ts'
import type { GroupForecast } from './group.ts'
import { isWithin, type Child } from './patient.ts'

export interface Product { readonly cvx: string; readonly mvx?: string; readonly covers: readonly GroupForecast[] }

/**
 * @param forecasts due on the day
 * @param all       every forecast of the child
 * @returns the products, and the forecasts that no vaccine of the schedule fits on this day
 */
export function productsFor(forecasts: readonly GroupForecast[], all: readonly GroupForecast[], day: Day): { readonly products: readonly Product[]; readonly without: readonly GroupForecast[] } {
  const needs = forecasts.map((forecast): Need => ({ forecast, ...vaccinesFor(forecast, day) }))
  const offered = needs.filter(({ candidates }) => candidates.length > 0)
  const child = forecasts[0]?.members[0]?.state.child
  const products = child === undefined ? [] : cheapest(offered, all, child, day)
  return { products, without: forecasts.filter((forecast) => !products.some(({ covers }) => covers.includes(forecast))) }
}

/** A vaccine that may be given for a forecast, and whether the schedule prefers it. */
interface Candidate { readonly cvx: string; readonly mvx?: string; readonly preferred: boolean }
interface Need {
  readonly forecast: GroupForecast
  readonly candidates: readonly Candidate[]
  /** would every series count the vaccine, given for whatever reason? */
  readonly counts: (cvx: string) => boolean
}

/** What may be offered for a forecast on the day: preferred vaccines first. */
export function vaccinesFor(forecast: GroupForecast, day: Day): Pick<Need, 'candidates' | 'counts'> {
  const due = forecast.members.flatMap(({ target, dates, state }) => (target === undefined || dates === undefined ? [] : [{ target, series: state.series, child: state.child }]))
  const [first] = due
  if (first === undefined) return { candidates: [], counts: () => false }
  const { child } = first
  const group = child.edition.vaccineGroups.find(({ name }) => name === forecast.vaccineGroup)?.antigens ?? []
  const isOwn = (cvx: string): boolean => child.edition.vaccines.get(cvx)?.antigens.every(({ antigen }) => group.includes(antigen)) === true
  const isIn = (rows: readonly AgeSpan[] | undefined): boolean => rows?.some((row) => isWithin(child, row, day)) === true
  const counts = (cvx: string): boolean => !isContraindicated(child, cvx) && due.every(({ target }) => isIn(target.preferableByCvx.get(cvx)?.filter(({ mvx }) => mvx === undefined)) || isIn(target.allowableByCvx.get(cvx)))
  const preferred = first.target.preferable.filter((row) => isWithin(child, row, day) && !isContraindicated(child, row.cvx) && due.every(({ target }) => isIn(target.preferableByCvx.get(row.cvx))))
  const named = preferred.filter(({ cvx }) => due.some(({ target }) => isNamed(target, cvx)))
  const own = preferred.filter(({ cvx }) => isOwn(cvx))
  const offered = named.length > 0 ? named : own.length > 0 ? own : preferred
  if (offered.length === 0) return { candidates: [], counts }
  const others = [...child.edition.preferred].filter(([cvx, rows]) => rows.some((row) => (row.forecast || isOwn(cvx)) && isWithin(child, row, day)) && counts(cvx) && due.every(({ target, series }) => !isForLater(cvx, target, series)) && !offered.some((row) => row.cvx === cvx)).map(([cvx]) => cvx)
  return { counts, candidates: [...offered.map(({ cvx, mvx }) => ({ cvx, preferred: true, ...(mvx === undefined ? {} : { mvx }) })), ...others.map((cvx) => ({ cvx, preferred: false }))] }
}

/** Preferred for a dose that comes after this one and for none before: an adolescent's booster holds less than a small child's dose. */
const isForLater = (cvx: string, target: TargetDose, { doses }: Series): boolean =>
  doses.some(({ number, preferableByCvx }) => number > target.number && preferableByCvx.has(cvx)) && !doses.some(({ number, preferableByCvx }) => number <= target.number && preferableByCvx.has(cvx))

const isNamed = ({ preferableByCvx }: TargetDose, cvx: string): boolean => preferableByCvx.get(cvx)?.some(({ forecast }) => forecast) === true

/** By any antigen that the vaccine holds: the vaccine itself, or the antigen whatever the vaccine. */
function isContraindicated(child: Child, cvx: string): boolean {
  const { vaccines, antigenByName } = child.edition
  return vaccines.get(cvx)?.antigens.some(({ antigen: name }) => {
    const antigen = antigenByName.get(name)
    return contraindicatedVaccines(child, name)?.has(cvx) === true || (antigen !== undefined && findContraindication(child, antigen) !== undefined)
  }) ?? false
}

/** The cheapest set of vaccines; of several the first found, in the schedule's order. */
function cheapest(needs: readonly Need[], all: readonly GroupForecast[], child: Child, day: Day): readonly Product[] {
  const needed = new Set(needs.flatMap(({ forecast }) => forecast.antigens))
  const early = new Set(all.filter(({ status }) => status === 'notComplete').flatMap(({ antigens }) => antigens).filter((antigen) => !needed.has(antigen)))
  const holds = (cvx: string): readonly string[] => (child.edition.vaccines.get(cvx)?.antigens ?? []).filter((association) => isWithin(child, association, day)).map(({ antigen }) => antigen)
  let best: readonly Product[] = []
  let least = Infinity
  const walk = (open: readonly Need[], products: readonly Product[], cost: number): void => {
    if (cost >= least) return
    const [need] = open
    if (need === undefined) { best = products; least = cost; return }
    const given = new Set(products.flatMap(({ cvx }) => holds(cvx)))
    const serving = open.flatMap((other) => (other === need ? [] : other.candidates.filter(({ cvx, mvx, preferred }) => preferred && need.counts(cvx) && !need.candidates.some((row) => row.cvx === cvx && row.mvx === mvx))))
    const ways = [...need.candidates, ...serving].map(({ cvx, mvx, preferred }) => {
      const covered = open.filter((other) => other === need || other.candidates.some((row) => row.cvx === cvx && row.mvx === mvx) || other.counts(cvx))
      const served = new Set(covered.flatMap(({ forecast }) => forecast.antigens))
      const others = holds(cvx).filter((antigen) => !served.has(antigen))
      const wrong = others.filter((antigen) => early.has(antigen) || needed.has(antigen)).length + holds(cvx).filter((antigen) => served.has(antigen) && given.has(antigen)).length
      return { cvx, mvx, covered, wrong, cost: 1 + NOT_NEEDED * others.length + (preferred ? 0 : NOT_PREFERRED) + (child.edition.conflicting.has(cvx) ? LIVE : 0) }
    }).filter(({ wrong }) => wrong === 0)
    // Of vaccines that serve this need alone, only the cheapest can be in the cheapest set.
    const single = ways.filter(({ covered }) => covered.length === 1).toSorted((a, b) => a.cost - b.cost).slice(0, 1)
    for (const { cvx, mvx, covered, cost: more } of [...ways.filter((way) => way.covered.length > 1), ...single]) {
      walk(open.filter((other) => !covered.includes(other)), [...products, { cvx, ...(mvx === undefined ? {} : { mvx }), covers: covered.map(({ forecast }) => forecast) }], cost + more)
    }
    walk(open.slice(1), products, cost + WITHOUT)
  }
  walk(needs, [], 0)
  return best
}

/** more than all doses of a visit */
const WITHOUT = 100
/** each less than one of the line before, however many */
const NOT_NEEDED = 0.01
const NOT_PREFERRED = 0.001
const LIVE = 0.0001
