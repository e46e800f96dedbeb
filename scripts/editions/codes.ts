/**
 * Compiles the vaccine codes of the world (sources/codes: NUVA 1.3.23, WHO's prequalified names and reporting codes) into
 * `knowledge/codes/*.json`: code -> NUVA concept -> valences, antigens and CVX, and names. Only the form changes. A disease without an
 * antigen, a code of a concept that does not exist and a valence whose disease is not its parent's stop the run.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { CodeTables, ConceptTables, NameTables, CodeTarget } from '@bairn/knowledge'
import Papa from 'papaparse'
import { ROOT } from '../boundaries.ts'

const SOURCES = path.join(ROOT, 'scripts/editions/sources/codes')
export const codeFile = (name: string): string => path.join(ROOT, 'knowledge/codes', name)

export function writeCodes(): void {
  for (const [name, text] of Object.entries(compileCodes())) writeFileSync(codeFile(name), text)
}

type Row = Readonly<Record<string, string>>

/** The bytes of each file. @throws Error naming what does not fit together */
export function compileCodes(): Readonly<Record<'concepts.json' | 'codes.json' | 'names.json', string>> {
  const concepts = compileConcepts()
  const known = new Set(Object.keys(concepts.concepts))
  return { 'concepts.json': lines(concepts), 'codes.json': lines(compileTables(known)), 'names.json': lines(compileNames(known)) }
}

/** One line a member of each member: a diff of a new release can be read. */
function lines(tables: object): string {
  const parts = Object.entries(tables as Readonly<Record<string, unknown>>).map(([key, value]) => {
    const body = typeof value === 'object' && value !== null && !Array.isArray(value)
      ? `{\n${Object.entries(value).map(([name, row]) => `${JSON.stringify(name)}:${JSON.stringify(row)}`).join(',\n')}}`
      : JSON.stringify(value)
    return `${JSON.stringify(key)}:${body}`
  })
  return `{${parts.join(',\n')}}\n`
}

function read(file: string): readonly Row[] {
  const bytes = readFileSync(path.join(SOURCES, file))
  return Papa.parse<Row>((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'), { header: true, skipEmptyLines: true }).data
}
const of = (row: Row, column: string): string => (row[column] ?? '').trim()
const list = (text: string): readonly string[] => text.split(';').map((part) => part.trim()).filter((part) => part !== '')
const padded = (cvx: string): string => cvx.replace(/^CVX-/, '').padStart(2, '0')

/** An immunoglobulin, an antitoxin, a monoclonal antibody: gives no immunity of the child's own. "antibody or vaccine" says neither. */
const PASSIVE = /immunoglobulin|antitoxin|antibody(?! or vaccine)/i

function compileConcepts(): ConceptTables {
  const antigenOf = new Map(read('antigens.csv').map((row) => [of(row, 'disease'), of(row, 'antigen')]))
  const exceptions = new Map(read('valence-antigens.csv').map((row) => [of(row, 'valence'), of(row, 'antigen')]))
  const valences: Record<string, readonly [antigen: string, parent?: string]> = {}
  const rows = read('nuva-valences.csv.gz')
  const diseaseOf = new Map(rows.map((row) => [of(row, 'valence'), of(row, 'diseases')]))
  for (const row of rows) {
    const parent = of(row, 'parents')
    const disease = of(row, 'diseases')
    const antigen = exceptions.get(of(row, 'valence')) ?? antigenOf.get(disease)
    if (antigen === undefined) throw new Error(`${of(row, 'valence')}: no antigen for '${disease}'`)
    if (parent !== '' && diseaseOf.get(parent) !== disease) throw new Error(`${of(row, 'valence')}: ${disease}, but its parent ${parent} is ${diseaseOf.get(parent)}`)
    valences[of(row, 'valence')] = parent === '' ? [antigen] : [antigen, parent]
  }
  const aligned = Map.groupBy(read('nuva-to-cvx.csv.gz').filter((row) => of(row, 'CVX') !== ''), (row) => of(row, 'NUVA'))
  const concepts: Record<string, ConceptTables['concepts'][string]> = {}
  for (const row of read('nuva-product-valences.csv.gz')) {
    for (const valence of list(of(row, 'valences'))) if (!(valence in valences)) throw new Error(`${of(row, 'nuva')}: no valence ${valence}`)
    const codes = (aligned.get(of(row, 'nuva')) ?? []).toSorted((a, b) => padded(of(a, 'CVX')) < padded(of(b, 'CVX')) ? -1 : 1)
    const best = codes.filter((code) => of(code, 'Best') === 'True')
    const joined = (list: readonly Row[]): string => list.map((code) => padded(of(code, 'CVX'))).join(' ')
    const wider = codes.filter((code) => !best.includes(code))
    const [label, valence, [first]] = [of(row, 'label'), list(of(row, 'valences')).join(' '), best]
    concepts[of(row, 'nuva')] = first === undefined ? [label, valence] : wider.length === 0 ? [label, valence, joined(best), Number(of(first, 'Blur'))] : [label, valence, joined(best), Number(of(first, 'Blur')), joined(wider)]
  }
  return {
    within: Object.fromEntries(read('antigens.csv').filter((row) => of(row, 'within') !== '').map((row) => [of(row, 'antigen'), of(row, 'within')])),
    passive: [...rows.filter((row) => PASSIVE.test(of(row, 'label'))).map((row) => of(row, 'valence')), ...Object.entries(concepts).filter(([, [label]]) => PASSIVE.test(label)).map(([nuva]) => nuva)],
    live: rows.filter((row) => /\blive\b/i.test(of(row, 'label'))).map((row) => of(row, 'valence')),
    valences, concepts,
  }
}

const target = (text: string, known: ReadonlySet<string>, where: string): CodeTarget => {
  if (/^\d{2,3}$/.test(text) || known.has(text)) return text
  throw new Error(`${where}: no concept '${text}'`)
}

function compileTables(known: ReadonlySet<string>): CodeTables {
  const codes: Record<string, Record<string, CodeTarget>> = {}
  for (const row of read('national-codes-to-nuva.csv.gz')) {
    const system = of(row, 'code_system')
    // NUVA writes one GTIN with a zero before its 13 digits.
    const code = system === 'CVX' ? padded(of(row, 'code')) : system === 'NTIN' ? of(row, 'code').replace(/^0(?=\d{13}$)/, '') : of(row, 'code')
    const table = codes[system] ??= {}
    if (code in table) throw new Error(`${system} ${code} stands twice`)
    table[code] = target(of(row, 'nuva'), known, `${system} ${code}`)
  }
  codes['WHO-JRF'] = Object.fromEntries(read('who-jrf.csv').filter((row) => of(row, 'target') !== '').map((row) => [of(row, 'vaccine_code'), target(of(row, 'target'), known, of(row, 'vaccine_code'))]))
  return {
    systems: read('systems.csv').map((row) => [of(row, 'uri'), of(row, 'system'), of(row, 'source')] as const),
    beyond: Object.fromEntries(read('who-jrf.csv').filter((row) => of(row, 'target') === '').map((row) => [of(row, 'vaccine_code'), list(of(row, 'antigens'))])),
    codes,
  }
}

/** What people write on a card: each name once for each thing that it may mean. */
function compileNames(known: ReadonlySet<string>): NameTables {
  const typeOf = new Map(read('who-types.csv').map((row) => [of(row, 'vaccine_type'), of(row, 'nuva')]))
  const labels = new Set(read('nuva-product-valences.csv.gz').map((row) => of(row, 'label').toLowerCase()))
  const prequalified = new Map<string, CodeTarget[]>()
  for (const row of read('who-prequalified.csv')) {
    const name = of(row, 'commercial_name')
    // NUVA knows the product itself: its own label says more than WHO's kind of vaccine.
    if (labels.has(name.toLowerCase())) continue
    const means = target(typeOf.get(of(row, 'vaccine_type')) ?? '', known, name)
    const found = prequalified.get(name) ?? []
    if (!found.includes(means)) found.push(means)
    prequalified.set(name, found)
  }
  const jrf = read('who-jrf.csv').filter((row) => of(row, 'target') !== '')
  const reported: Record<string, CodeTarget> = {}
  for (const row of jrf) {
    reported[of(row, 'vaccine_code')] = target(of(row, 'target'), known, of(row, 'vaccine_code'))
    reported[of(row, 'description')] = target(of(row, 'target'), known, of(row, 'vaccine_code'))
  }
  return {
    prequalified: Object.fromEntries(prequalified), reported,
    cards: Object.fromEntries(read('names.csv').map((row) => [of(row, 'name'), target(of(row, 'target'), known, of(row, 'name'))])),
  }
}
