/** The statements of export and import; each is the .sql file of its name. */
import { statement } from '../statement.ts'
import type { SearchColumns, VersionRow } from './resources.ts'

type Texts = readonly string[]

export const exportResources = statement<VersionRow & { readonly patient: string | null }, [child: string, place: number, rid: string, limit: number]>('exportResources')
export type EarlierRow = Omit<VersionRow, 'type' | 'id'>
export const exportEarlier = statement<EarlierRow, [child: Texts, rid: Texts]>('exportEarlier')
export const exportBeside = statement<{ readonly line: string }, []>('exportBeside')
export const readVersionsOf = statement<{ readonly child: string; readonly rid: string; readonly version: number; readonly body: string | null }, [child: Texts, rid: Texts]>('readVersionsOf')
export const insertImported = statement<never, [
  child: Texts, rid: Texts, type: Texts, id: Texts, keys: Texts,
  versionChild: Texts, versionRid: Texts, version: readonly number[], updated: Texts, practitioner: Texts, device: Texts, body: readonly (string | null)[],
  ...SearchColumns,
]>('insertImported')
export const insertSetting = statement<never, [key: string, value: string, at: string, practitioner: string, device: string]>('insertSetting')
