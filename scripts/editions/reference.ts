/**
 * Compiles the schedules that 213 countries and areas reported (sources/who-unicef/schedules.csv.gz) into
 * `knowledge/immunization/reference/schedules.json`: for reference only. Ages stay as they were reported; the loader reads them.
 * One text a vaccine: `DTWPHIBHEPB W6,W10,W14`, `TD_S@PW 1st contact,+M1`, `YF* M9` (in some places only), `OPV 3=W14` (the third alone).
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import papaparse from 'papaparse'
import { ROOT } from '../boundaries.ts'

const SOURCES = path.join(ROOT, 'scripts/editions/sources/who-unicef')
export const REFERENCE_FILE = path.join(ROOT, 'knowledge/immunization/reference/schedules.json')
export function writeReference(): void {
  mkdirSync(path.dirname(REFERENCE_FILE), { recursive: true })
  writeFileSync(REFERENCE_FILE, compileReference())
}

export type ReportedRow = Readonly<Record<'iso3' | 'country' | 'year' | 'vaccine_code' | 'vaccine_description' | 'round' | 'target_pop' | 'target_pop_description' | 'geo_area' | 'age_administered' | 'age_kind' | 'age_from' | 'age_from_unit' | 'age_to' | 'age_to_unit', string>>

const parse = <T>(text: string): readonly T[] => papaparse.parse<T>(text, { header: true, skipEmptyLines: true }).data
export const reportedRows = (): readonly ReportedRow[] => parse<ReportedRow>(gunzipSync(readFileSync(path.join(SOURCES, 'schedules.csv.gz'))).toString('utf8'))
export const alpha2ByIso3 = (): ReadonlyMap<string, string> => new Map(parse<{ iso3: string; alpha2: string }>(readFileSync(path.join(SOURCES, 'countries.csv'), 'utf8')).map(({ iso3, alpha2 }) => [iso3, alpha2]))

/** The bytes of `schedules.json`, one line a country. */
export function compileReference(): string {
  const rows = reportedRows()
  const alpha2 = alpha2ByIso3()
  const names = (code: 'vaccine_code' | 'target_pop', text: 'vaccine_description' | 'target_pop_description'): Readonly<Record<string, string>> =>
    Object.fromEntries([...new Map(rows.map((row) => [row[code], row[text]]))].filter(([key]) => key !== '').toSorted(([a], [b]) => a < b ? -1 : 1))
  const countries = [...Map.groupBy(rows, ({ iso3 }) => iso3)].map(([iso3, own]): [string, string] => {
    const [code, first] = [alpha2.get(iso3), own[0]]
    if (code === undefined || first === undefined) throw new Error(`${iso3}: no two letters in countries.csv`)
    if (own.some(({ year }) => year !== first.year)) throw new Error(`${iso3}: several reporting years`)
    return [code, JSON.stringify({ name: first.country, year: Number(first.year), rows: textOf(own) })]
  }).toSorted(([a], [b]) => a < b ? -1 : 1)
  return `{"vaccines":${JSON.stringify(names('vaccine_code', 'vaccine_description'))},\n"populations":${JSON.stringify(names('target_pop', 'target_pop_description'))},\n`
    + `"countries":{\n${countries.map(([code, country]) => `"${code}":${country}`).join(',\n')}}}\n`
}

const PLACE: Readonly<Record<string, string>> = { NATIONAL: '', SUBNATIONAL: '*', '': '?' }

function textOf(rows: readonly ReportedRow[]): readonly string[] {
  const heading = ({ vaccine_code: vaccine, target_pop: population, geo_area: area }: ReportedRow): string => {
    const place = PLACE[area]
    if (place === undefined) throw new Error(`not a place: '${area}'`)
    return `${vaccine}${population === '' ? '' : `@${population}`}${place}`
  }
  return [...Map.groupBy(rows, heading)].map(([head, own]) => {
    const doses = own.toSorted((a, b) => Number(a.round) - Number(b.round))
    return `${head} ${doses.map(({ round, age_administered: age }, index) => {
      if (/,|^\d+=/.test(age)) throw new Error(`an age that cannot stand in a list: '${age}'`)
      return Number(round) === index + 1 ? age : `${round}=${age}`
    }).join(',')}`
  })
}
