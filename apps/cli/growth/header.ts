/** Which column is which: names in any order and case, extra ones ignored, a name that stands twice refused. */
import { unusable } from '../streams/source.ts'

const INPUT_COLUMNS = ['id', 'sex', 'age', 'age_unit', 'birth_date', 'date', 'weight', 'lenhei', 'measure', 'headc', 'armc', 'triskin', 'subskin', 'oedema'] as const
export type InputColumn = (typeof INPUT_COLUMNS)[number]
export interface Header {
  /** place of each column; undefined: not in the file */
  readonly place: Readonly<Partial<Record<InputColumn, number>>>
  readonly width: number
  readonly missing: readonly InputColumn[]
}

const normal = (cell: string): string => cell.replace(/^\ufeff/, '').trim().toLowerCase()
const isKnown = (name: string): name is InputColumn => (INPUT_COLUMNS as readonly string[]).includes(name)

/** The separator under which the first line has most of our names. */
export function separatorOf(firstLine: string): string {
  const names = (separator: string): number => firstLine.split(separator).filter((cell) => isKnown(normal(cell.replaceAll('"', '')))).length
  return [',', ';', '\t', '|'].reduce((best, separator) => (names(separator) > names(best) ? separator : best))
}

/** @throws Unusable: a required column is missing, or a name stands twice */
export function readHeader(cells: readonly string[]): Header {
  const place: Partial<Record<InputColumn, number>> = {}
  for (const [index, cell] of cells.entries()) {
    const name = normal(cell)
    if (!isKnown(name)) continue
    if (place[name] !== undefined) throw unusable('columnTwice', { column: { text: name } })
    place[name] = index
  }
  for (const name of ['id', 'sex'] as const) if (place[name] === undefined) throw unusable('columnMissing', { column: { text: name } })
  const byAge = place.age !== undefined && place.age_unit !== undefined
  const byDates = place.birth_date !== undefined && place.date !== undefined
  if (!byAge && !byDates) throw unusable('ageColumnMissing', {})
  const optional: readonly InputColumn[] = ['weight', 'lenhei', 'measure', 'headc', 'armc', 'triskin', 'subskin', 'oedema']
  return { place, width: cells.length, missing: optional.filter((name) => place[name] === undefined) }
}

/** A line that repeats the header: files that were put one after the other. */
export const isHeaderAgain = (cells: readonly string[], { place }: Header): boolean =>
  normal(cells[place.id as number] ?? '') === 'id' && normal(cells[place.sex as number] ?? '') === 'sex'
