/** The change feed: who reads to the end and keeps the position misses nothing, whatever commits late. */
import type { Pool } from 'pg'
import type { ChangePage } from './contract.ts'
import { listChanges } from './queries/beside.ts'

/** @param after a position that an earlier page gave; a text that is none starts at the beginning */
export async function listFeed(pool: Pool, { after, limit }: { readonly after?: string; readonly limit: number }): Promise<ChangePage> {
  const [, xact, seq] = /^(\d{1,19})\.(\d{1,18})$/.exec(after ?? '') ?? ['', '0', '0']
  const rows = await listChanges(pool, [xact as string, seq as string, limit + 1])
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    changes: shown.map(({ type, id, version, deleted, patient }) => ({ type, id, version, deleted, ...(patient === null ? {} : { child: patient }) })),
    position: last === undefined ? `${xact}.${seq}` : `${last.xact}.${last.seq}`,
    more: rows.length > limit,
  }
}
