/**
 * What the list draws, from the rows the server hands over: ages in words, sparklines, filters, the address of a view. Pure.
 */
import { parsePartialDay, type Day } from '@bairn/quantities'
import type { NeedFilter, Worklist, WorklistRow } from '../contract.ts'

/** As they stand above the list. `comingUp` alone is well, so it has no filter of its own. */
export const FILTERS: readonly NeedFilter[] = ['all', 'urgent', 'actToday', 'overdue', 'dueToday', 'notKnown', 'well']
const ROWS_PER_PAGE = 25

/** Which part of the list is shown; it stands in the address, so that Back and a reload find it again. */
export interface View { readonly filter: NeedFilter; readonly q: string; readonly page: number }
export const FIRST_VIEW: View = { filter: 'all', q: '', page: 1 }

/** Reads `?filter=&q=&page=`; what makes no sense shows the whole list. */
export function viewOf(query: Readonly<Record<string, string>>): View {
  const page = Number(query['page'] ?? 1)
  return {
    filter: FILTERS.find((filter) => filter === query['filter']) ?? 'all',
    q: query['q'] ?? '',
    page: Number.isInteger(page) && page > 0 ? page : 1,
  }
}

/** The address of a view: `/` alone for the first. */
export function addressOf({ filter, q, page }: View): string {
  const query = new URLSearchParams({ ...(filter === 'all' ? {} : { filter }), ...(q === '' ? {} : { q }), ...(page === 1 ? {} : { page: String(page) }) }).toString()
  return query === '' ? '/' : `/?${query}`
}

export const requestOf = ({ filter, q, page }: View): string =>
  `/app/worklist?${new URLSearchParams({ filter, q, page: String(page), count: String(ROWS_PER_PAGE) })}`

/** First and last row on show, counted from 1: 'Showing 26 to 50 of 214'. */
export const shownRows = (list: Worklist): { readonly from: number; readonly to: number } =>
  ({ from: (list.page - 1) * ROWS_PER_PAGE + 1, to: (list.page - 1) * ROWS_PER_PAGE + list.rows.length })

/** The day to count the age from, and whether it is a guess: of a month or year alone, the middle. */
export function birthOf(row: WorklistRow): { readonly day: Day; readonly about: boolean } | undefined {
  const parsed = row.birthDate === undefined ? undefined : parsePartialDay(row.birthDate)
  if (parsed === undefined || !parsed.ok) return undefined
  const { earliest, latest, precision } = parsed.value
  return { day: Math.floor((earliest + latest) / 2) as Day, about: row.birthEstimated || precision !== 'day' }
}

/** A sparkline in its own units: 92 wide, 36 high, z +2 at 2, z -2 at 24.9; scores beyond -4 and +2.3 stay at the edge. */
export interface Spark { readonly path: string; readonly x: number; readonly y: number }
export const SPARK = { width: 92, height: 36, median: 13.4, low: 24.9, high: 2 } as const

export function sparkOf(points: WorklistRow['spark']): Spark | undefined {
  const first = points[0]
  const last = points.at(-1)
  if (first === undefined || last === undefined) return undefined
  const span = last[0] - first[0]
  const x = (day: Day): number => (span === 0 ? 84 : 2 + ((day - first[0]) / span) * 82)
  const y = (z: number): number => Math.min(35, Math.max(0.5, SPARK.median - z * ((SPARK.low - SPARK.median) / 2)))
  const round = (value: number): string => value.toFixed(1)
  return { path: points.map(([day, z], at) => `${at === 0 ? 'M' : 'L'}${round(x(day))} ${round(y(z))}`).join(''), x: x(last[0]), y: y(last[1]) }
}
