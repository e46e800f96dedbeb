/**
 * Cells to columns of numbers. A cell that cannot be used is named in the row's own notes and counts as empty; the rest of
 * the row is still scored.
 */
import { setAgeInDays, setAgeInMonths, type Columns, type Measure } from '@bairn/growth'
import { parseDay, parseNumber } from '@bairn/quantities'
import type { Header, InputColumn } from './header.ts'

const MEASURE_COLUMNS: readonly (readonly [InputColumn, Measure])[] = [
  ['weight', 'weight'], ['lenhei', 'lengthHeight'], ['headc', 'headCircumference'], ['armc', 'armCircumference'], ['triskin', 'tricepsSkinfold'], ['subskin', 'subscapularSkinfold'],
]
const SEX: Readonly<Record<string, number>> = { m: 1, 1: 1, male: 1, f: 2, 2: 2, female: 2 }
const POSITION: Readonly<Record<string, number>> = { l: 1, h: 2 }
const OEDEMA: Readonly<Record<string, number>> = { y: 1, 1: 1, n: 0, 2: 0 }

export interface Row {
  readonly id: string
  readonly notes: readonly string[]
  /** nothing of the row could be used: its notes say all there is to say */
  readonly unused?: true
}
export interface Seen { numericOedema: boolean }

/** Reads one row into `columns` at `child`. */
export function readRow(cells: readonly string[], { place }: Header, columns: Columns, child: number, seen: Seen): Row {
  const notes: string[] = []
  const cell = (name: InputColumn): string => {
    const at = place[name]
    return at === undefined ? '' : (cells[at] as string).trim()
  }
  const code = (name: InputColumn, codes: Readonly<Record<string, number>>, accepted: string): number => {
    const text = cell(name)
    if (isMissing(text)) return 0
    const value = codes[text.toLowerCase()]
    if (value === undefined) notes.push(`${name} "${text}" not used: ${accepted}`)
    return value ?? 0
  }
  const number = (name: InputColumn): number => {
    const text = cell(name)
    if (isMissing(text)) return Number.NaN
    const plain = Number(text)
    if (plain === plain && Number.isFinite(plain) && /^[+-]?[\d.]+(?:e[+-]?\d+)?$/i.test(text)) return plain
    const parsed = parseNumber(text)
    if (parsed.ok) return parsed.value
    notes.push(`${name} "${text}" not used: ${parsed.problem.code === 'number.ambiguous' ? 'it may mean two numbers' : 'not a number'}`)
    return Number.NaN
  }

  columns.sex[child] = code('sex', SEX, 'm, f, 1 or 2')
  columns.position[child] = code('measure', POSITION, 'l or h')
  columns.oedema[child] = code('oedema', OEDEMA, 'y, n, 1 or 2')
  const oedema = cell('oedema')
  if (oedema === '1' || oedema === '2') seen.numericOedema = true
  for (const [name, measure] of MEASURE_COLUMNS) columns.measures[measure][child] = number(name)

  columns.ageDays[child] = Number.NaN
  columns.ageMonths[child] = Number.NaN
  const age = number('age')
  // An age without its unit says nothing; the dates of the row, when it has them, say all.
  if (age === age && !(isMissing(cell('age_unit')) && !isMissing(cell('birth_date')) && !isMissing(cell('date')))) readAge(age, cell('age_unit').toLowerCase())
  else readDates()
  return { id: cell('id'), notes }

  function readAge(value: number, unit: string): void {
    if (value < 0) notes.push(`age "${cell('age')}" not used: below 0`)
    else if (unit === 'd') setAgeInDays(columns, child, value)
    else if (unit === 'm') setAgeInMonths(columns, child, value)
    else notes.push(`age not used: age_unit "${cell('age_unit')}" is neither d nor m`)
  }
  function readDates(): void {
    const [from, to] = [cell('birth_date'), cell('date')]
    if (isMissing(from) || isMissing(to)) return
    const [birth, date] = [parseDay(from), parseDay(to)]
    if (!birth.ok) notes.push(`birth_date "${from}" not used: ${birth.problem.code === 'day.impossible' ? 'no such day' : 'write it as 2026-03-01'}`)
    if (!date.ok) notes.push(`date "${to}" not used: ${date.problem.code === 'day.impossible' ? 'no such day' : 'write it as 2026-03-01'}`)
    if (!birth.ok || !date.ok) return
    if (date.value < birth.value) notes.push('age not used: date lies before birth_date')
    else setAgeInDays(columns, child, date.value - birth.value)
  }
}

/** A row of which nothing is used. */
export function emptyRow(id: string, note: string, columns: Columns, child: number): Row {
  columns.ageDays[child] = Number.NaN
  columns.ageMonths[child] = Number.NaN
  for (const values of Object.values(columns.measures)) values[child] = Number.NaN
  return { id: id.trim(), notes: [note], unused: true }
}

/** Empty, or as statistics programs write it. */
const isMissing = (text: string): boolean => text === '' || text === 'NA' || text === 'NaN' || text === '.'
