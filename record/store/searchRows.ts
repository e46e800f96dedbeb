/** The rows of search_date and search_text for a set of resources, column by column, as the write statements take them. */
import type { IndexKeys } from '@bairn/fhir/search'
import { paramHash } from './hashing.ts'
import type { SearchColumns } from './queries/resources.ts'

export interface Indexed { readonly child: string; readonly rid: string; readonly type: string; readonly keys?: IndexKeys }

/** A longer text is found by its first 200 characters: PostgreSQL's index takes at most 2,704 bytes. */
const TEXT_KEPT = 200

export function searchColumns(rows: readonly Indexed[]): SearchColumns {
  const dates: [string[], string[], string[], number[], number[], number[], number[], number[]] = [[], [], [], [], [], [], [], []]
  const texts: [string[], string[], string[], number[], string[]] = [[], [], [], [], []]
  for (const { child, rid, type, keys } of rows) {
    keys?.dates.forEach(({ param, from, to, wallFrom, wallTo }, n) => { push(dates, [child, rid, paramHash(type, param), n, from, to, wallFrom, wallTo]) })
    keys?.strings.forEach(({ param, value }, n) => { push(texts, [child, rid, paramHash(type, param), n, shorten(value)]) })
  }
  return [...dates, ...texts]
}

/** How a text is kept, and how the beginning asked for must be cut to be found. */
export const shorten = (text: string): string => (text.length > TEXT_KEPT ? [...text].slice(0, TEXT_KEPT).join('') : text)

function push(columns: readonly unknown[][], values: readonly unknown[]): void {
  for (let i = 0; i < columns.length; i++) (columns[i] as unknown[]).push(values[i])
}
