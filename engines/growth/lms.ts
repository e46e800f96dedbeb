/**
 * The LMS method: a z-score from a measured value and the L, M, S of its table row, and back.
 * Source: WHO Child Growth Standards, methods and development (2006), chapter 7 and pages 301-302 (restricted z beyond 3).
 * L is never exactly 0 in a WHO table, so the logarithmic form is not needed. Pure.
 */
const LIMIT = 3

/** Plain z: ((y/M)^L - 1) / (L S). */
export const plainZ = (y: number, l: number, m: number, s: number): number => ((y / m) ** l - 1) / (l * s)

/** z beyond 3 or -3 continues in steps of the last half-interval: WHO's rule for indicators whose tails were not fitted. z of exactly 3 stays. */
export function restrictedZ(y: number, l: number, m: number, s: number): number {
  const z = plainZ(y, l, m, s)
  if (z > LIMIT) {
    const sd3 = valueAtPlain(LIMIT, l, m, s)
    return LIMIT + (y - sd3) / (sd3 - valueAtPlain(LIMIT - 1, l, m, s))
  }
  if (z < -LIMIT) {
    const sd3 = valueAtPlain(-LIMIT, l, m, s)
    return -LIMIT + (y - sd3) / (valueAtPlain(1 - LIMIT, l, m, s) - sd3)
  }
  return z
}

/** The value at a plain z: M (1 + L S z)^(1/L). */
export const valueAtPlain = (z: number, l: number, m: number, s: number): number => m * (1 + l * s * z) ** (1 / l)

/** The value at a restricted z: beyond 3 the linear rule backwards. */
export function valueAtRestricted(z: number, l: number, m: number, s: number): number {
  if (z > LIMIT) {
    const sd3 = valueAtPlain(LIMIT, l, m, s)
    return sd3 + (z - LIMIT) * (sd3 - valueAtPlain(LIMIT - 1, l, m, s))
  }
  if (z < -LIMIT) {
    const sd3 = valueAtPlain(-LIMIT, l, m, s)
    return sd3 + (z + LIMIT) * (valueAtPlain(1 - LIMIT, l, m, s) - sd3)
  }
  return valueAtPlain(z, l, m, s)
}

/** Two decimals, the last step of every z-score; never -0. */
export const roundZ = (z: number): number => Math.round(z * 100) / 100 + 0

/** Share of the reference below z, in percent (0 to 100): 100 Φ(z). Abramowitz and Stegun 7.1.26 would err by 1e-5; this series is exact to 1e-12. */
export function centileOf(z: number): number {
  if (z < -8) return 0
  if (z > 8) return 100
  // Marsaglia 2004: Φ(z) = 1/2 + φ(z) (z + z³/3 + z⁵/15 + …)
  let sum = z
  let term = z
  for (let odd = 3; Math.abs(term) > 1e-16 * Math.abs(sum) && odd < 400; odd += 2) {
    term *= (z * z) / odd
    sum += term
  }
  return 100 * (0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI))
}
