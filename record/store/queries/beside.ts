/** The statements for the change feed, kept conflicts and settings; each is the .sql file of its name. */
import { statement } from '../statement.ts'

export interface ChangeRow {
  readonly xact: string
  readonly seq: string
  readonly child: string
  readonly rid: string
  readonly version: number
  readonly type: string
  readonly id: string
  readonly patient: string | null
  readonly deleted: boolean
}
export const listChanges = statement<ChangeRow, [xact: string, seq: string, limit: number]>('listChanges')
export const restartFeed = statement<never, []>('restartFeed')

export interface ConflictRow {
  readonly child: string
  readonly number: string
  readonly type: string
  readonly id: string
  readonly base: number
  readonly version: number
  readonly body: string
  readonly at: string
  readonly practitioner: string
  readonly device: string
}
type ConflictKey = readonly [child: string, rid: string, base: number, body: string]
export const insertConflict = statement<{ readonly child: string; readonly number: string }, [...ConflictKey, at: string, practitioner: string, device: string]>('insertConflict')
export const findConflict = statement<{ readonly child: string; readonly number: string }, [...ConflictKey]>('findConflict')
export const listConflicts = statement<ConflictRow, [child: string]>('listConflicts')
export const settleConflict = statement<never, [child: string, number: string, at: string, practitioner: string]>('settleConflict')

export const readSetting = statement<{ readonly value: unknown }, [key: string]>('readSetting')
export const writeSetting = statement<never, [key: string, value: string, at: string, practitioner: string, device: string]>('writeSetting')
