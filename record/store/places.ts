/**
 * Where resources are: (type, id) to (child, rid). A place never changes and never goes, so what was seen once is kept in
 * memory (the last 20,000), and a new measurement of a known child needs no look-up.
 */
import type { Pool, PoolClient } from 'pg'
import { withTransaction } from './connection.ts'
import { numberSource } from './numbers.ts'
import { findPlaces, type PlaceRow } from './queries/resources.ts'
import type { Connection } from './statement.ts'

export interface Places {
  /** Only among those loaded or kept. */
  find(type: string, id: string): PlaceRow | undefined
  /** Looks up those that are not in memory. */
  load(connection: Connection, wanted: readonly { readonly type: string; readonly id: string }[]): Promise<void>
  /** A place that was just made and committed. */
  keep(place: PlaceRow): void
  /** New resource numbers. */
  numbers(count: number): Promise<readonly bigint[]>
  inTransaction<T>(run: (client: PoolClient) => Promise<T>): Promise<T>
}

const MOST = 20_000

export function openPlaces(pool: Pool, numbers: Pool): Places {
  const places = new Map<string, PlaceRow>()
  const keep = (place: PlaceRow): void => {
    if (places.size >= MOST) places.delete(places.keys().next().value as string)
    places.set(`${place.type}/${place.id}`, place)
  }
  return {
    find: (type, id) => places.get(`${type}/${id}`),
    keep,
    numbers: numberSource(numbers),
    inTransaction: (run) => withTransaction(pool, run),
    load: async (connection, wanted) => {
      const missing = new Map(wanted.filter(({ type, id }) => !places.has(`${type}/${id}`)).map((want) => [`${want.type}/${want.id}`, want]))
      if (missing.size === 0) return
      const list = [...missing.values()]
      for (const place of await findPlaces(connection, [list.map(({ type }) => type), list.map(({ id }) => id)])) keep(place)
    },
  }
}
