/**
 * Values from z-scores: the curves of a chart, and "which weight would make z -2". Inverts the kernel's tables and interpolation.
 * Pure.
 */
import { DAYS_PER_MONTH, type Sex } from '@bairn/quantities'
import type { GrowthReferences, Indicator, LmsTable } from './edition.ts'
import { valueAtPlain, valueAtRestricted } from './lms.ts'
import { scoreAll, type GrowthInput } from './score.ts'

export type ForAge = Exclude<Indicator, 'weightForLengthHeight'>
const PLAIN: readonly Indicator[] = ['lengthHeightForAge', 'headCircumferenceForAge']

/** The value at z of an age in days (kg, cm, kg/m², mm); undefined where no table is. Fractions of a day go by the rounded day under 5, by interpolated months from 5. */
export function valueForAge(indicator: ForAge, { sex, age, z }: { readonly sex: Sex; readonly age: number; readonly z: number }, { under5, from5 }: GrowthReferences): number | undefined {
  const months = age / DAYS_PER_MONTH
  if (months < (under5.months.below as number)) {
    const table = under5.tables[indicator]
    const row = Math.floor(age + 0.5)
    return table === undefined ? undefined : fromRow(table, sex, row - table.from, 0, z, !PLAIN.includes(indicator))
  }
  const table = from5.tables[indicator]
  const last = indicator === 'weightForAge' ? from5.weightForAgeToMonths : from5.months.to
  if (table === undefined || months > (last as number)) return undefined
  const low = Math.trunc(months)
  return fromRow(table, sex, low - table.from, months - low, z, !PLAIN.includes(indicator))
}

/** The weight at z for a length (lying) or height (standing), 45-110 and 65-120 cm; undefined outside. */
export function weightForLengthAt({ sex, length, lying, z }: { readonly sex: Sex; readonly length: number; readonly lying: boolean; readonly z: number }, { under5 }: GrowthReferences): number | undefined {
  const range = lying ? under5.lengthRange?.length : under5.lengthRange?.height
  const table = lying ? under5.tables.weightForLength : under5.tables.weightForHeight
  if (range === undefined || table === undefined || length < range.from || length > range.to) return undefined
  const low = Math.trunc(length * 10)
  return fromRow(table, sex, low - table.from, Math.max(0, (length - low / 10) / 0.1), z, true)
}

function fromRow(table: LmsTable, sex: Sex, row: number, share: number, z: number, restricted: boolean): number | undefined {
  if (!(row >= 0 && row < table.rows) || (share > 0 && row + 1 >= table.rows)) return undefined
  const values = table[sex]
  const at = (part: number): number => {
    const low = values[row * 3 + part] as number
    return share > 0 ? low + share * ((values[row * 3 + 3 + part] as number) - low) : low
  }
  return (restricted ? valueAtRestricted : valueAtPlain)(z, at(0), at(1), at(2))
}

/**
 * The smallest value of a measure, in whole steps, at which the indicator's z (rounded, as rules compare it) is at least `z`:
 * what a sentence such as "from 8.2 kg it is no longer wasting" needs. Undefined where the score cannot be had.
 * @param step 0.1 kg or 0.01 kg, 0.1 cm
 */
export function smallestValueFor(indicator: Indicator, measure: 'weight' | 'lengthHeight', child: GrowthInput, { z, step }: { readonly z: number; readonly step: number }, references: GrowthReferences): number | undefined {
  const digits = Math.max(0, Math.ceil(-Math.log10(step)))
  const at = (count: number): number => Number((count * step).toFixed(digits))
  const reaches = (count: number): boolean | undefined => {
    const found = scoreAll({ ...child, [measure]: at(count) }, references)[indicator]
    return found.known ? found.value.z >= z : undefined
  }
  const current = child[measure]
  if (current === undefined) return undefined
  let low = Math.max(1, Math.floor(current / 4 / step))
  let high = Math.ceil((current * 4) / step)
  while (low < high && reaches(low) === undefined) low += Math.max(1, Math.floor((high - low) / 16))
  while (high > low && reaches(high) === undefined) high -= Math.max(1, Math.floor((high - low) / 16))
  if (reaches(low) !== false || reaches(high) !== true) return undefined
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (reaches(middle) === true) high = middle
    else low = middle
  }
  return at(high)
}

export interface CurvePoint { readonly x: number; readonly y: number }

/** A line of equal z over ages in days, or over lengths in cm for weight-for-length; gaps in the tables break it off. */
export function curve(indicator: Indicator, { sex, z, from, to, step, lying }: { readonly sex: Sex; readonly z: number; readonly from: number; readonly to: number; readonly step: number; readonly lying?: boolean }, references: GrowthReferences): CurvePoint[] {
  const points: CurvePoint[] = []
  const count = Math.floor((to - from) / step + 1e-9)
  for (let index = 0; index <= count; index++) {
    const x = Number((from + index * step).toFixed(6))
    const y = indicator === 'weightForLengthHeight' ? weightForLengthAt({ sex, length: x, lying: lying ?? true, z }, references) : valueForAge(indicator, { sex, age: x, z }, references)
    if (y !== undefined) points.push({ x, y })
  }
  return points
}
