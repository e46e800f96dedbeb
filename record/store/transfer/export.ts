/** Every version of everything, as lines (lines.ts), from one snapshot: what is written meanwhile is not in it, in no part. */
import type { Pool, PoolClient } from 'pg'
import { instantOf, unavailable, UnavailableError } from '../connection.ts'
import type { ExportOptions, Principal } from '../contract.ts'
import type { VersionRow } from '../queries/resources.ts'
import { exportBeside, exportEarlier, exportResources, type EarlierRow } from '../queries/transfer.ts'
import { FORMAT, formatVersion } from './lines.ts'

const PAGE = 300

export async function* exportAll(pool: Pool, who: Principal, now: number, { signal, onProgress }: ExportOptions): AsyncGenerator<string> {
  const client = await pool.connect()
  let whole = false
  try {
    await client.query('begin isolation level repeatable read read only')
    yield `${JSON.stringify({ bairn: 'export', format: FORMAT, at: new Date(now).toISOString(), practitioner: who.practitioner, device: who.device })}\n`
    let versions = 0
    for await (const lines of pages(client)) {
      signal?.throwIfAborted()
      versions += lines.length
      yield lines.join('')
      onProgress?.(versions)
    }
    for (const { line } of await exportBeside(client, [])) yield `${line}\n`
    yield `${JSON.stringify({ bairn: 'end', versions })}\n`
    await client.query('commit')
    whole = true
  } catch (problem) {
    const known = unavailable(problem)
    throw known === undefined ? problem : new UnavailableError(known)
  } finally {
    // Left early (Ctrl-C, a full disk at the other end): the connection goes with its snapshot.
    client.release(!whole)
  }
}

async function* pages(client: PoolClient): AsyncGenerator<readonly string[]> {
  let after = { child: '0', place: -1, rid: '0' }
  for (;;) {
    const rows = await exportResources(client, [after.child, after.place, after.rid, PAGE])
    const last = rows.at(-1)
    if (last === undefined) return
    const earlier = new Map<string, EarlierRow[]>()
    const older = rows.filter(({ version }) => version > 1)
    if (older.length > 0) for (const row of await exportEarlier(client, [older.map(({ child }) => child), older.map(({ rid }) => rid)])) earlier.set(row.rid, [...(earlier.get(row.rid) ?? []), row])
    yield rows.flatMap((row) => [...(earlier.get(row.rid) ?? []).map((old) => lineOf({ ...row, ...old })), lineOf(row)])
    after = { child: last.child, place: last.rid === last.child ? 0 : 1, rid: last.rid }
  }
}

function lineOf({ patient, type, id, version, updated, practitioner, device, body }: VersionRow & { readonly patient: string | null }): string {
  return formatVersion({ ...(patient === null ? {} : { child: patient }), type, id, version, at: instantOf(updated), practitioner, device, ...(body === null ? {} : { text: body }) })
}
