/**
 * The fewest visits: when to come so that everything waiting can be given, each dose as early as that number of visits allows.
 * Knows days and needs, no vaccine: what may be given when, and what follows from giving it, comes from `Moves`.
 *
 * Search: depth first over visits, with one visit more allowed each round (iterative deepening), days in ascending order: the first
 * plan found has the fewest visits (held against exhaustive search) and, among those looked at, the earliest days: holding back a dose that makes
 * no other wait, or all of a visit, may now and then give as many visits a day earlier, and is not tried. A visit is always on the first possible day of
 * one of its doses: none is put off only so that later doses may be put off too. At a visit everything is given that may be, but for a
 * dose that makes others wait (live vaccines): both ways are tried.
 * Bound: `limit` visits tried. If it is reached, the plan that takes each visit on the first possible day is returned, not proved least.
 */
import type { Day } from '@bairn/quantities'

/** A dose that is waiting for its day. */
export interface Waiting {
  readonly key: string
  /** first day on which it may be given, after the visits so far */
  readonly from: Day
  /** last day on which it may be given, where age ends it */
  readonly until?: Day
  /** giving it makes other waiting doses wait longer */
  readonly delays: boolean
}

/** What a visit does. `S` is the child after the visits so far. */
export interface Moves<S> {
  readonly waiting: (state: S) => readonly Waiting[]
  /** doses that can no longer be given: plans with fewer come first */
  readonly lost: (state: S) => number
  /** all that may be given on the day but what is held back; the same child a day later when that is nothing */
  readonly give: (state: S, day: Day, heldBack: ReadonlySet<string>) => { readonly state: S; readonly given: boolean }
}

export interface VisitLimits {
  readonly first: Day
  /** days that a dose may wait for another, so that one visit serves both; what may be given on the first day never waits */
  readonly wait: number
  /** visits tried */
  readonly limit: number
}

/** @returns the child after the last visit, and whether no plan can be better */
export function fewestVisits<S extends object>(start: S, moves: Moves<S>, limits: VisitLimits): { readonly state: S; readonly proved: boolean } {
  let tried = 0
  let cut = false
  // Each round walks the visits of the one before again: what they led to is kept.
  const known = new WeakMap<S, Map<string, ReturnType<Moves<S>['give']>>>()
  const give = (state: S, day: Day, heldBack: ReadonlySet<string>): ReturnType<Moves<S>['give']> => {
    const after = known.get(state) ?? new Map<string, ReturnType<Moves<S>['give']>>()
    known.set(state, after)
    const key = `${day} ${[...heldBack].join()}`
    const found = after.get(key)
    if (found !== undefined) return found
    tried += 1
    const made = moves.give(state, day, heldBack)
    after.set(key, made)
    return made
  }

  function search(state: S, before: Day | undefined, visits: number, mayLose: number): S | undefined {
    if (moves.lost(state) > mayLose) return undefined
    const waiting = moves.waiting(state)
    if (waiting.length === 0) return state
    if (visits === 0) { cut = true; return undefined }
    for (const day of daysToTry(waiting, before, limits)) for (const heldBack of heldBackWays(waiting, day, limits)) {
      if (tried > limits.limit) return undefined
      const next = give(state, day, heldBack)
      const found = search(next.state, day, next.given ? visits - 1 : visits, mayLose)
      if (found !== undefined) return found
    }
    return undefined
  }

  for (let mayLose = moves.lost(start); tried <= limits.limit; mayLose++) {
    for (let visits = 0; ; visits++) {
      cut = false
      const found = search(start, undefined, visits, mayLose)
      if (found !== undefined) return { state: found, proved: true }
      if (!cut || tried > limits.limit) break
    }
    if (mayLose > MANY) break
  }
  return { state: firstPossible(start, moves, limits), proved: false }
}

/** more needs than any child has */
const MANY = 100

/** First days of waiting doses, none so late that another would wait too long for it; one that age has ended before that waits no more. */
function daysToTry(waiting: readonly Waiting[], before: Day | undefined, { first, wait }: VisitLimits): readonly Day[] {
  if (before === undefined && waiting.some(({ from }) => from <= first)) return [first]
  const waitsTooLong = (day: Day): boolean => waiting.some(({ from, until }) => { const last = Math.max(from, first) + wait; return day > last && (until === undefined || until > last) })
  return [...new Set(waiting.map(({ from }) => from))].filter((day) => day > (before ?? first) && !waitsTooLong(day)).toSorted((a, b) => a - b)
}

const NOTHING: ReadonlySet<string> = new Set()

/** What may be held back: nothing first; never on the first day, never all; only where another dose that could be delayed is waiting. */
function heldBackWays(waiting: readonly Waiting[], day: Day, { first }: VisitLimits): readonly ReadonlySet<string>[] {
  const delaying = waiting.filter(({ delays }) => delays)
  const now = delaying.filter(({ from }) => from <= day)
  if (day === first || delaying.length < 2) return [NOTHING]
  const may = waiting.filter(({ from }) => from <= day).length
  return Array.from({ length: 2 ** now.length }, (_, mask) => new Set(now.filter((__, bit) => (mask >> bit) % 2 === 1).map(({ key }) => key))).filter(({ size }) => size < may)
}

/** Each visit on the first day on which anything may be given. */
function firstPossible<S extends object>(start: S, moves: Moves<S>, { first }: VisitLimits): S {
  let state = start
  let day = first
  for (let waiting = moves.waiting(state); waiting.length > 0; waiting = moves.waiting(state)) {
    const next = Math.max(day, Math.min(...waiting.map(({ from }) => from))) as Day
    state = moves.give(state, next, NOTHING).state
    day = next + 1 as Day
  }
  return state
}
