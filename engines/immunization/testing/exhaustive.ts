/**
 * Fewest visits by trying everything: every day, every set of doses that may be given on it, with arithmetic of its own on small
 * invented schedules. Slow and plain, to hold the planner against.
 */
export interface SmallDose { readonly minAge: number; readonly interval: number; readonly maxAge?: number }
export interface SmallVaccine { readonly live: boolean; readonly doses: readonly SmallDose[] }
export interface SmallCase {
  readonly vaccines: readonly SmallVaccine[]
  /** days that a live vaccine must wait after another of an earlier day */
  readonly conflict: number
  /** age on the day of the assessment */
  readonly age: number
  readonly wait: number
}
/** `lost`: doses that their maximum age cut off; `days` as ages */
export interface Found { readonly lost: number; readonly days: readonly number[] }

/** The least lost, then the fewest visits, then the earliest days. */
export function exhaustive({ vaccines, conflict, age: first, wait }: SmallCase): Found {
  const memo = new Map<string, Found | undefined>()
  const solve = (day: number, given: readonly (readonly number[])[]): Found | undefined => {
    const ready = vaccines.map(({ doses, live }, index) => {
      const own = given[index] ?? []
      const next = doses[own.length]
      if (next === undefined) return undefined
      const afterLive = live ? given.flatMap((days, other) => (vaccines[other]?.live === true ? days.map((earlier) => earlier + conflict) : [])) : []
      const from = Math.max(next.minAge, own.length > 0 ? (own.at(-1) ?? 0) + next.interval : 0, ...afterLive)
      return { from, over: next.maxAge !== undefined && (from >= next.maxAge || day >= next.maxAge) }
    })
    const open = ready.map((one) => (one?.over === false ? one : undefined))
    if (open.every((one) => one === undefined)) return { lost: given.reduce((sum, days, index) => sum + (vaccines[index]?.doses.length ?? 0) - days.length, 0), days: [] }
    if (open.some((one) => one !== undefined && day > Math.max(one.from, first) + wait)) return undefined
    const key = `${day}|${given.map((days) => days.join()).join(';')}`
    if (memo.has(key)) return memo.get(key)
    const available = open.flatMap((one, index) => (one !== undefined && one.from <= day ? [index] : []))
    const subsets = Array.from({ length: 2 ** available.length }, (_, mask) => available.filter((__, bit) => (mask >> bit) % 2 === 1))
    // What may be given on the day of the assessment is given.
    const choices = day === first ? subsets.slice(-1) : subsets
    let best: Found | undefined
    for (const chosen of choices) {
      // No visit is put off without a dose that begins on its day.
      if (chosen.length > 0 && day !== first && !chosen.some((index) => open[index]?.from === day)) continue
      const rest = solve(day + 1, given.map((days, index) => (chosen.includes(index) ? [...days, day] : days)))
      if (rest === undefined) continue
      const found = { lost: rest.lost, days: chosen.length === 0 ? rest.days : [day, ...rest.days] }
      if (best === undefined || isBetter(found, best)) best = found
    }
    memo.set(key, best)
    return best
  }
  const found = solve(first, vaccines.map(() => []))
  if (found === undefined) throw new Error('a dose can always be given on the first day on which it may be')
  return found
}

function isBetter(a: Found, b: Found): boolean {
  if (a.lost !== b.lost) return a.lost < b.lost
  if (a.days.length !== b.days.length) return a.days.length < b.days.length
  const at = a.days.findIndex((day, index) => day !== b.days[index])
  return at >= 0 && (a.days[at] ?? 0) < (b.days[at] ?? 0)
}
