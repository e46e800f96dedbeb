/**
 * Which vaccines to give on one day for the forecasts that are due on it. Before all: no antigen whose own next dose is not due yet (it
 * would not count, and would make that dose wait). Then the fewest doses, then no antigen that is not needed any more, then none that makes
 * others wait (a live vaccine) where another does, then the schedule's own order.
 * A vaccine counts for a forecast if every series behind it prefers the vaccine at that age and no contraindication forbids it. One that
 * reaches beyond the forecast's own vaccine group is taken only if the schedule names it for forecasts, or has nothing else.
 */
import type { Day } from '@bairn/quantities'
import { contraindicatedVaccines, findContraindication } from './contraindication.ts'
import type { PreferableVaccine } from './edition.ts'
import type { SeriesForecast } from './forecast.ts'
import type { GroupForecast } from './group.ts'
import { isWithin } from './patient.ts'

export interface Product { readonly cvx: string; readonly mvx?: string; readonly covers: readonly GroupForecast[] }

/**
 * @param forecasts due on the day
 * @param all       every forecast of the child
 * @returns the products, and the forecasts that no vaccine of the schedule fits on this day
 */
export function productsFor(forecasts: readonly GroupForecast[], all: readonly GroupForecast[], day: Day): { readonly products: readonly Product[]; readonly without: readonly GroupForecast[] } {
  const needs = forecasts.map((forecast) => ({ forecast, candidates: candidatesOf(forecast, day) }))
  const needed = new Set(forecasts.flatMap(({ antigens }) => antigens))
  const edition = forecasts[0]?.members[0]?.state.child.edition
  const early = new Set(all.filter(({ status }) => status === 'notComplete').flatMap(({ antigens }) => antigens).filter((antigen) => !needed.has(antigen)))
  const dearer = (cvx: string): number => {
    const others = antigensOf(forecasts, cvx, day).filter((antigen) => !needed.has(antigen))
    return MUCH * others.filter((antigen) => early.has(antigen)).length + LITTLE * others.length + (edition?.conflicting.has(cvx) === true ? LEAST : 0)
  }
  const best = cover(needs.filter(({ candidates }) => candidates.length > 0), dearer)
  return { products: best, without: needs.filter(({ candidates }) => candidates.length === 0).map(({ forecast }) => forecast) }
}

/** May any vaccine of the schedule be given for this forecast on the day? */
export const hasProduct = (forecast: GroupForecast, day: Day): boolean => candidatesOf(forecast, day).length > 0

/** Every vaccine that may be given for a forecast on the day. */
export function candidatesOf(forecast: GroupForecast, day: Day): readonly PreferableVaccine[] {
  const due = forecast.members.filter(({ dates }) => dates !== undefined)
  const [first] = due
  if (first === undefined) return []
  const { child } = first.state
  const group = child.edition.vaccineGroups.find(({ name }) => name === forecast.vaccineGroup)?.antigens ?? []
  const fits = (row: PreferableVaccine): boolean => isWithin(child, row, day) && !isContraindicated(first, row.cvx)
  const preferred = (first.target?.preferable ?? []).filter((row) => fits(row) && due.every(({ target }) => target?.preferableByCvx.get(row.cvx)?.some((other) => isWithin(child, other, day)) === true))
  const named = preferred.filter((row) => due.some(({ target }) => target?.preferableByCvx.get(row.cvx)?.some((other) => other.forecast) === true))
  if (named.length > 0) return named
  const own = preferred.filter(({ cvx }) => child.edition.vaccines.get(cvx)?.antigens.every(({ antigen }) => group.includes(antigen)) === true)
  return own.length > 0 ? own : preferred
}

/** By any antigen that the vaccine holds: the vaccine itself, or the antigen whatever the vaccine. */
function isContraindicated({ state: { child } }: SeriesForecast, cvx: string): boolean {
  const { vaccines, antigenByName } = child.edition
  return vaccines.get(cvx)?.antigens.some(({ antigen: name }) => {
    const antigen = antigenByName.get(name)
    return contraindicatedVaccines(child, name)?.has(cvx) === true || (antigen !== undefined && findContraindication(child, antigen) !== undefined)
  }) ?? false
}

function antigensOf(forecasts: readonly GroupForecast[], cvx: string, day: Day): readonly string[] {
  const child = forecasts[0]?.members[0]?.state.child
  if (child === undefined) return []
  return (child.edition.vaccines.get(cvx)?.antigens ?? []).filter((association) => isWithin(child, association, day)).map(({ antigen }) => antigen)
}

interface Need { readonly forecast: GroupForecast; readonly candidates: readonly PreferableVaccine[] }

/** The cheapest cover; of several the first found, in the schedule's order. */
function cover(needs: readonly Need[], dearer: (cvx: string) => number): readonly Product[] {
  let best: readonly Product[] = []
  let least = Infinity
  const walk = (open: readonly Need[], products: readonly Product[], cost: number): void => {
    if (cost >= least) return
    const [need] = open
    if (need === undefined) { best = products; least = cost; return }
    let single: PreferableVaccine | undefined
    const take = ({ cvx, mvx }: PreferableVaccine): void => {
      const covered = open.filter(({ candidates }) => candidates.some((row) => row.cvx === cvx && row.mvx === mvx))
      walk(open.filter((other) => !covered.includes(other)), [...products, { cvx, ...(mvx === undefined ? {} : { mvx }), covers: covered.map(({ forecast }) => forecast) }], cost + 1 + dearer(cvx))
    }
    for (const row of need.candidates) {
      if (open.some((other) => other !== need && other.candidates.some(({ cvx, mvx }) => cvx === row.cvx && mvx === row.mvx))) take(row)
      else if (single === undefined || dearer(row.cvx) < dearer(single.cvx)) single = row
    }
    if (single !== undefined) take(single)
  }
  walk(needs, [], 0)
  return best
}

/** more than all doses of a visit */
const MUCH = 100
/** less than one dose, however many */
const LITTLE = 0.01
const LEAST = 0.0001
