/**
 * Ids and numbers that are handed out here: resource numbers in blocks of a thousand from the database's sequence, ids for
 * new resources that sort by time (neighbours in time lie beside each other in the index), and instants that never go back.
 */
import { randomBytes } from 'node:crypto'
import type { Connection } from './statement.ts'
import { reserveNumbers } from './queries/resources.ts'

const BLOCK = 1000n

/** @returns gives the next `count` numbers, rising */
export function numberSource(connection: Connection): (count: number) => Promise<readonly bigint[]> {
  let next = 0n
  let end = 0n
  let fetching: Promise<void> | undefined
  const fetch = async (): Promise<void> => {
    const [row] = await reserveNumbers(connection, [])
    next = BigInt((row as { first: string }).first)
    end = next + BLOCK
  }
  return async (count) => {
    const numbers: bigint[] = []
    while (numbers.length < count) {
      if (next < end) numbers.push(next++)
      else {
        fetching ??= fetch().finally(() => { fetching = undefined })
        await fetching
      }
    }
    return numbers
  }
}

/** UUID version 7: 48 bits of milliseconds, then chance. */
export function newId(now: number): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now, 0, 6)
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The clock, but never behind what it said before: a computer whose clock is put back must not make versions of the past. */
export function risingClock(now: () => number): () => number {
  let last = 0
  return () => (last = Math.max(last, now()))
}
