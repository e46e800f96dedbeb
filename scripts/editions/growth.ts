/**
 * Compiles WHO's growth tables (sources/who-growth) into the editions `growth/who-2006` and `growth/who-2007`:
 * integers (L and M times 10,000, S times 100,000: all digits of the source), each list as differences, which compresses
 * to a thirtieth of the CSV. `edition.json` beside the tables is written by hand.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import papaparse from 'papaparse'
import { ROOT } from '../boundaries.ts'

const SOURCES = path.join(ROOT, 'scripts/editions/sources/who-growth')
const SCALES = { l: 10_000, m: 10_000, s: 100_000 } as const

/** indicator in the edition -> file of the source, and how many steps one unit of x has */
const EDITIONS: Readonly<Record<string, Readonly<Record<string, { readonly file: string; readonly stepsPerUnit: number }>>>> = {
  'who-2006': {
    lengthHeightForAge: { file: 'lhfa', stepsPerUnit: 1 },
    weightForAge: { file: 'wfa', stepsPerUnit: 1 },
    weightForLength: { file: 'wfl', stepsPerUnit: 10 },
    weightForHeight: { file: 'wfh', stepsPerUnit: 10 },
    bmiForAge: { file: 'bmifa', stepsPerUnit: 1 },
    headCircumferenceForAge: { file: 'hcfa', stepsPerUnit: 1 },
    armCircumferenceForAge: { file: 'acfa', stepsPerUnit: 1 },
    tricepsSkinfoldForAge: { file: 'tsfa', stepsPerUnit: 1 },
    subscapularSkinfoldForAge: { file: 'ssfa', stepsPerUnit: 1 },
  },
  'who-2007': {
    lengthHeightForAge: { file: 'hfa2007', stepsPerUnit: 1 },
    weightForAge: { file: 'wfa2007', stepsPerUnit: 1 },
    bmiForAge: { file: 'bfa2007', stepsPerUnit: 1 },
  },
}

/** The bytes of `tables.json` of an edition. @throws Error if a source has more digits than we keep, or a gap */
export function compileGrowth(edition: string): string {
  const tables = Object.entries(EDITIONS[edition] ?? {}).map(([name, { file, stepsPerUnit }]) => {
    const rows = readSource(file)
    const from = Math.round(Math.min(...rows.map((row) => row.x)) * stepsPerUnit)
    const bySex = (sex: number) => {
      const own = rows.filter((row) => row.sex === sex).toSorted((a, b) => a.x - b.x)
      own.forEach((row, index) => { if (Math.round(row.x * stepsPerUnit) !== from + index) throw new Error(`${file}: no row before x ${row.x}`) })
      return { l: differences(own.map((row) => row.l), SCALES.l), m: differences(own.map((row) => row.m), SCALES.m), s: differences(own.map((row) => row.s), SCALES.s) }
    }
    return `"${name}":${JSON.stringify({ from, stepsPerUnit, male: bySex(1), female: bySex(2) })}`
  })
  return `{"scales":${JSON.stringify(SCALES)},\n${tables.join(',\n')}}\n`
}

interface Row { readonly sex: number; readonly x: number; readonly l: number; readonly m: number; readonly s: number }

function readSource(file: string): Row[] {
  const text = gunzipSync(readFileSync(path.join(SOURCES, `${file}.csv.gz`))).toString('utf8')
  const { data, errors } = papaparse.parse<Row>(text, { header: true, dynamicTyping: true, skipEmptyLines: true })
  if (errors.length > 0) throw new Error(`${file}: ${JSON.stringify(errors[0])}`)
  return data
}

function differences(values: readonly number[], scale: number): number[] {
  const integers = values.map((value) => {
    const integer = Math.round(value * scale)
    if (integer / scale !== value) throw new Error(`${value} has more digits than 1/${scale}`)
    return integer
  })
  return integers.map((value, index) => value - (integers[index - 1] ?? 0))
}

export const growthTablesFile = (edition: string): string => path.join(ROOT, 'knowledge/growth', edition, 'tables.json')
export const GROWTH_EDITIONS = Object.keys(EDITIONS)
export const writeGrowth = (): void => { for (const edition of GROWTH_EDITIONS) writeFileSync(growthTablesFile(edition), compileGrowth(edition)) }
