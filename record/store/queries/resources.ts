/** The statements that read and write resources; each is the .sql file of its name. */
import { statement } from '../statement.ts'

/** A version as the database gives it; numbers over 2^53 stay text. */
export interface VersionRow {
  readonly child: string
  readonly rid: string
  readonly type: string
  readonly id: string
  readonly version: number
  readonly updated: string
  readonly practitioner: string
  readonly device: string
  readonly body: string | null
}
export interface PlaceRow { readonly type: string; readonly id: string; readonly child: string; readonly rid: string }
export interface CurrentRow extends VersionRow { readonly keys: string }

export const readResource = statement<VersionRow, [id: string, type: string]>('readResource')
export const readVersion = statement<VersionRow, [id: string, type: string, version: number]>('readVersion')
export const listHistory = statement<VersionRow, [id: string, type: string, below: number, limit: number]>('listHistory')
export const findPlaces = statement<PlaceRow, [types: readonly string[], ids: readonly string[]]>('findPlaces')
export const findTypes = statement<{ readonly type: string }, [ids: readonly string[]]>('findTypes')
export const readForWrite = statement<CurrentRow, [types: readonly string[], ids: readonly string[]]>('readForWrite')
export const reserveNumbers = statement<{ readonly first: string }, []>('reserveNumbers')
export const listCompartment = statement<VersionRow, [child: string, compartment: string, afterPlace: number, afterRid: string, limit: number]>('listCompartment')
export const countCompartment = statement<{ readonly total: string; readonly record: string }, [child: string, compartment: string]>('countCompartment')
export const listCompartmentAt = statement<VersionRow, [child: string, record: string]>('listCompartmentAt')

type Texts = readonly string[]
type Numbers = readonly number[]
/** Rows of search_date and search_text, column by column. */
export type SearchColumns = readonly [
  dateChild: Texts, dateRid: Texts, dateParam: Texts, dateN: Numbers, starts: Numbers, ends: Numbers, wallStarts: Numbers, wallEnds: Numbers,
  textChild: Texts, textRid: Texts, textParam: Texts, textN: Numbers, value: Texts,
]
export const insertResources = statement<never, [child: Texts, rid: Texts, type: Texts, id: Texts, updated: Texts, body: Texts, keys: Texts, practitioner: string, device: string, ...SearchColumns]>('insertResources')
export const changeResources = statement<{ readonly held: boolean }, [child: Texts, rid: Texts, was: Numbers, updated: Texts, body: readonly (string | null)[], keys: Texts, practitioner: string, device: string, ...SearchColumns, unlisted: Texts]>('changeResources')
