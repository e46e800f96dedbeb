/** Rows of the database as versions. */
import { instantOf } from './connection.ts'
import type { Stored, Version } from './contract.ts'
import type { VersionRow } from './queries/resources.ts'

export function versionOf({ type, id, version, updated, practitioner, device, body }: VersionRow): Version {
  return {
    type, id, version, updated: instantOf(updated), ...(body === null ? {} : { text: body }),
    change: body === null ? 'deleted' : version === 1 ? 'created' : 'updated', practitioner, device,
  }
}

/** For statements that give no deleted ones. */
export const storedOf = (row: VersionRow): Stored => versionOf(row) as Stored
