/**
 * Verdicts with missing answers. A rule that is total over known inputs is tried on every way the missing ones could turn out:
 * the mildest outcome holds for certain ("at least"), the worst may still come true, and an input matters if its answer alone
 * can change the outcome. That missing answers never make a verdict milder than the truth follows from this by construction.
 */

/** For each input: its value when known (one), or all values it could have. */
export type Choices<T> = { readonly [K in keyof T]: readonly T[K][] }

export interface Range<O, K> {
  /** holds whatever the missing answers are */
  readonly atLeast: O
  /** could still come true */
  readonly atMost: O
  /** missing inputs whose answer can change the outcome, in the order of the choices */
  readonly open: readonly K[]
}

/**
 * @param rank how severe an outcome is; outcomes of one rank are the same outcome
 * @example rangeOf({ oedema: [false], arm: ['moderate'], wlz: ['severe', 'moderate', 'none'] }, decide, rank) // at least moderate, at most severe, open: wlz
 */
export function rangeOf<T extends object, O>(choices: Choices<T>, decide: (input: T) => O, rank: (outcome: O) => number): Range<O, keyof T> {
  const names = Object.keys(choices) as (keyof T)[]
  const missing = names.filter((name) => choices[name].length > 1)
  const input = {} as T
  for (const name of names) input[name] = choices[name][0] as T[keyof T]
  if (missing.length === 0) {
    const outcome = decide(input)
    return { atLeast: outcome, atMost: outcome, open: [] }
  }
  const outcomes: O[] = []
  const strides = missing.map(() => 0)
  fill(0)
  function fill(level: number): number {
    const name = missing[level]
    if (name === undefined) return outcomes.push(decide({ ...input }))
    let size = 0
    for (const value of choices[name]) {
      input[name] = value
      const before = outcomes.length
      fill(level + 1)
      size = outcomes.length - before
    }
    strides[level] = size
    return size
  }
  let atLeast = outcomes[0] as O
  let atMost = atLeast
  for (const outcome of outcomes) {
    if (rank(outcome) < rank(atLeast)) atLeast = outcome
    if (rank(outcome) > rank(atMost)) atMost = outcome
  }
  const open = missing.filter((name, level) => {
    const stride = strides[level] as number
    const count = choices[name].length
    return outcomes.some((outcome, index) => Math.floor(index / stride) % count > 0 && rank(outcomes[index - stride] as O) !== rank(outcome))
  })
  return { atLeast, atMost, open }
}
