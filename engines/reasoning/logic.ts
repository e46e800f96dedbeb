/**
 * Three-valued logic over clinical questions (Kleene). 'notAsked' and 'cannotTell' are both unknown; not asked is never no.
 */
export type YesNo = 'yes' | 'no' | 'notAsked' | 'cannotTell'
export type Truth = true | false | 'unknown'

export const truthOf = (answer: YesNo): Truth => (answer === 'yes' ? true : answer === 'no' ? false : 'unknown')
export const not = (a: Truth): Truth => (a === 'unknown' ? 'unknown' : !a)
/** False wins over unknown. `and()` is true. */
export const and = (...all: readonly Truth[]): Truth => (all.includes(false) ? false : all.includes('unknown') ? 'unknown' : true)
/** True wins over unknown. `or()` is false. */
export const or = (...all: readonly Truth[]): Truth => (all.includes(true) ? true : all.includes('unknown') ? 'unknown' : false)
/** A comparison with a value that may be missing. */
export const compare = <T>(value: T | undefined, test: (value: T) => boolean): Truth => (value === undefined ? 'unknown' : test(value))
/** For `switch` over kinds: a new kind fails to compile. @throws always (caller's bug) */
export function unreachable(kind: never): never {
  throw new Error(`unreachable: ${String(kind)}`)
}
