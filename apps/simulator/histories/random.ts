/** Random numbers that are the same for the same seed and child, on every machine: sfc32, seeded by FNV-1a of the words. */
export interface Random {
  /** from 0 (included) to 1 (excluded) */
  readonly next: () => number
  readonly chance: (probability: number) => boolean
  /** a whole number from `from` to `to`, both included */
  readonly between: (from: number, to: number) => number
  readonly pick: <T>(items: readonly T[]) => T | undefined
}

export function makeRandom(...words: readonly (string | number)[]): Random {
  const text = words.join('|')
  let [a, b, c, d] = [hash(text, 1), hash(text, 2), hash(text, 3), 1]
  const next = (): number => {
    const sum = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4294967296
  }
  for (let round = 0; round < 15; round++) next()
  return {
    next,
    chance: (probability) => next() < probability,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (items) => items[Math.floor(next() * items.length)],
  }
}

function hash(text: string, salt: number): number {
  let value = 2166136261 ^ salt
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 16777619)
  return value | 0
}
