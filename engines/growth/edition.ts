/**
 * The shape of a growth edition (knowledge/growth/<edition>: edition.json and tables.json), its check, and how the
 * integer differences of the tables become rows of L, M and S. Every figure of this engine stands there.
 */
import type { EditionHead, Evidence } from '@bairn/reasoning'

export const INDICATORS = [
  'lengthHeightForAge', 'weightForAge', 'weightForLengthHeight', 'bmiForAge',
  'headCircumferenceForAge', 'armCircumferenceForAge', 'tricepsSkinfoldForAge', 'subscapularSkinfoldForAge',
] as const
export type Indicator = (typeof INDICATORS)[number]

/** what can be measured, in the unit that the tables use: kg, cm, cm, cm, mm, mm */
export const MEASURES = ['weight', 'lengthHeight', 'headCircumference', 'armCircumference', 'tricepsSkinfold', 'subscapularSkinfold'] as const
export type Measure = (typeof MEASURES)[number]

type TableName = Exclude<Indicator, 'weightForLengthHeight'> | 'weightForLength' | 'weightForHeight'

/** `edition.json` as it is written. */
export interface GrowthFigures extends EditionHead {
  readonly rules: Readonly<Record<string, { readonly source: string; readonly section?: string; readonly evidence: string }>>
  /** ages in growth months that this edition scores: from (included) to `to` (included) or `below` (excluded) */
  readonly months: { readonly from: number; readonly to?: number; readonly below?: number }
  readonly weightForAgeToMonths?: number
  readonly position?: { readonly standingFromDay: number; readonly correctionCm: number; readonly implausibleStandingBelowMonths: number; readonly lengthTableBelowCmWithoutAge: number }
  readonly lengthRange?: { readonly length: Range; readonly height: Range }
  /** outside these a value cannot be a child's: it is refused, not scored */
  readonly possible: Readonly<Partial<Record<Measure, Range>>>
  readonly flags: Readonly<Partial<Record<Indicator, { readonly below: number; readonly above: number }>>>
  readonly classes: readonly { readonly indicator: string; readonly class: string; readonly below?: number; readonly above?: number; readonly rule: string }[]
  readonly arm?: { readonly fromMonths: number; readonly belowMonths: number; readonly severeBelowMm: number; readonly moderateBelowMm: number }
  readonly change: { readonly zLines: readonly number[]; readonly heightFellCm: number; readonly noGainFromDays?: number; readonly noGainBelowMonths?: number }
}
interface Range { readonly from: number; readonly to: number }

/** `tables.json`: integers as differences; divide by the scales. */
export interface GrowthTables {
  readonly scales: { readonly l: number; readonly m: number; readonly s: number }
  readonly [name: string]: PackedTable | { readonly l: number; readonly m: number; readonly s: number }
}
interface PackedTable { readonly from: number; readonly stepsPerUnit: number; readonly male: PackedRows; readonly female: PackedRows }
interface PackedRows { readonly l: readonly number[]; readonly m: readonly number[]; readonly s: readonly number[] }

/** Rows of one table: `from` is the x of row 0 in steps; row i of a sex stands at 3i as L, M, S. */
export interface LmsTable { readonly from: number; readonly rows: number; readonly male: Float64Array; readonly female: Float64Array }

export interface GrowthEdition extends GrowthFigures { readonly tables: Readonly<Partial<Record<TableName, LmsTable>>> }

/** The two editions that together cover a childhood: 0 to 60 months, and from 60 months on. */
export interface GrowthReferences { readonly under5: GrowthEdition; readonly from5: GrowthEdition }

/** Joins figures and tables. @throws Error naming what is wrong with the edition */
export function decodeGrowthEdition(figures: GrowthFigures, packed: GrowthTables): GrowthEdition {
  const problems = checkGrowthEdition(figures, packed)
  if (problems.length > 0) throw new Error(`${figures.id}: ${problems.join('; ')}`)
  const tables: Partial<Record<TableName, LmsTable>> = {}
  for (const [name, table] of Object.entries(packed)) {
    if (name === 'scales') continue
    const { from, male, female } = table as PackedTable
    tables[name as TableName] = { from, rows: male.l.length, male: unpack(male, packed.scales), female: unpack(female, packed.scales) }
  }
  return { ...figures, tables }
}

/** What is wrong with an edition, for its author; empty when all is well. */
export function checkGrowthEdition(figures: GrowthFigures, packed: GrowthTables): string[] {
  const problems: string[] = []
  for (const [name, { source, evidence }] of Object.entries(figures.rules)) {
    if (!(source in figures.sources)) problems.push(`rule ${name}: no source '${source}'`)
    if (!['stated', 'recalled', 'policy'].includes(evidence)) problems.push(`rule ${name}: evidence '${evidence}'`)
  }
  for (const { indicator, class: name, rule, below, above } of figures.classes) {
    if (!(INDICATORS as readonly string[]).includes(indicator)) problems.push(`class ${name}: no indicator '${indicator}'`)
    if (!(rule in figures.rules)) problems.push(`class ${name}: no rule '${rule}'`)
    if ((below === undefined) === (above === undefined)) problems.push(`class ${name}: needs either below or above`)
  }
  for (const [name, table] of Object.entries(packed)) {
    if (name === 'scales') continue
    const { male, female } = table as PackedTable
    const counts = [male, female].flatMap((rows) => [rows.l.length, rows.m.length, rows.s.length])
    if (counts.some((count) => count === 0 || count !== counts[0])) problems.push(`table ${name}: lists differ in length`)
  }
  for (const day of [figures.effective, figures.reviewBy]) if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) problems.push(`not a date: ${day}`)
  return problems
}

export const evidenceOf = (edition: GrowthEdition, rule: string): Evidence => (edition.rules[rule]?.evidence ?? 'policy') as Evidence

// An integer below 2^53 divided by a power of ten is rounded once, so it is the very double that the decimal of the source reads as.
function unpack(rows: PackedRows, scales: { readonly l: number; readonly m: number; readonly s: number }): Float64Array {
  const values = new Float64Array(rows.l.length * 3)
  let [l, m, s] = [0, 0, 0]
  for (let row = 0; row < rows.l.length; row++) {
    l += rows.l[row] as number
    m += rows.m[row] as number
    s += rows.s[row] as number
    values[row * 3] = l / scales.l
    values[row * 3 + 1] = m / scales.m
    values[row * 3 + 2] = s / scales.s
  }
  return values
}
