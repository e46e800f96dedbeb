/** Reads oracle tables (golden/README.md) and compares the kernel's answers with every cell. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { GrowthReferences, Indicator, Measure } from '../edition.ts'
import { makeColumns, makeScores, scoreColumns, setAgeInDays, setAgeInMonths } from '../kernel.ts'

export type OracleRow = Readonly<Record<string, string>>
const INPUTS: Readonly<Record<string, Measure>> = { weight: 'weight', lenhei: 'lengthHeight', headc: 'headCircumference', armc: 'armCircumference', triskin: 'tricepsSkinfold', subskin: 'subscapularSkinfold' }
const OUTPUTS: Readonly<Record<1 | 2, Readonly<Record<string, Indicator>>>> = {
  1: { len: 'lengthHeightForAge', wei: 'weightForAge', wfl: 'weightForLengthHeight', bmi: 'bmiForAge', hc: 'headCircumferenceForAge', ac: 'armCircumferenceForAge', ts: 'tricepsSkinfoldForAge', ss: 'subscapularSkinfoldForAge' },
  2: { hfa: 'lengthHeightForAge', wfa: 'weightForAge', bfa: 'bmiForAge' },
}

export function readOracle(file: string): OracleRow[] {
  const bytes = readFileSync(file)
  const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trim().split('\n').map((line) => line.trim().split(','))
  const head = lines.shift() ?? []
  return lines.map((cells) => Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ''])))
}

/** Cells that differ, as 'id column: wanted, got'. */
export function compareWithOracle(rows: readonly OracleRow[], edition: 1 | 2, references: GrowthReferences): { readonly cells: number; readonly differences: string[] } {
  const columns = makeColumns(rows.length)
  const scores = makeScores(rows.length)
  rows.forEach((row, child) => {
    if (row['age'] !== '') (row['age_unit'] === 'd' ? setAgeInDays : setAgeInMonths)(columns, child, Number(row['age']))
    columns.sex[child] = /^(m|1)$/i.test(row['sex'] ?? '') ? 1 : /^(f|2)$/i.test(row['sex'] ?? '') ? 2 : 0
    columns.position[child] = /^l$/i.test(row['measure'] ?? '') ? 1 : /^h$/i.test(row['measure'] ?? '') ? 2 : 0
    columns.oedema[child] = /^(y|1)$/i.test(row['oedema'] ?? '') ? 1 : 0
    for (const [name, measure] of Object.entries(INPUTS)) if (row[name] !== undefined && row[name] !== '') columns.measures[measure][child] = Number(row[name])
  })
  scoreColumns(columns, references, scores)
  const differences: string[] = []
  let cells = 0
  rows.forEach((row, child) => {
    for (const [name, indicator] of Object.entries(OUTPUTS[edition])) {
      const here = scores.edition[child] === edition
      const z = here ? (scores.z[indicator][child] as number) : Number.NaN
      const flag = here ? (scores.flag[indicator][child] as number) : 255
      const got = { z: Number.isNaN(z) ? '' : String(z), f: flag === 255 ? '' : String(flag) }
      for (const kind of ['z', 'f'] as const) {
        cells += 1
        const wanted = row[kind + name] ?? ''
        const same = wanted === '' || got[kind] === '' ? wanted === got[kind] : Number(wanted) === Number(got[kind])
        if (!same) differences.push(`${row['id']} ${kind}${name}: wanted ${wanted || 'empty'}, got ${got[kind] || 'empty'}`)
      }
    }
  })
  return { cells, differences }
}
