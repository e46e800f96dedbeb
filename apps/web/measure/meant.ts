/**
 * The value that was probably meant by one that cannot be, or is not expected: another unit, a decimal point in the wrong place, two
 * figures changed over, one figure misread. Only a value that fits is offered, and a person decides. Pure.
 */
import type { FieldName } from './draft.ts'

export interface Meant { readonly value: number; readonly why: 'grams' | 'metres' | 'millimetres' | 'centimetres' | 'point' | 'swapped' | 'misread' }

/** Other units that people write in each field, as factors to the field's own. */
const UNITS: Readonly<Record<FieldName, readonly (readonly [Meant['why'], number])[]>> = {
  weight: [['grams', 0.001]],
  length: [['metres', 100], ['millimetres', 0.1]],
  muac: [['centimetres', 10]],
  head: [['millimetres', 0.1]],
}

/** @param fits can the value be, and is it expected @param centre of what is expected: of several the nearest is offered */
export function meantValue(field: FieldName, typed: number, { fits, centre }: { readonly fits: (value: number) => boolean; readonly centre: number | undefined }): Meant | undefined {
  if (fits(typed)) return undefined
  const round = (value: number): number => Number(value.toFixed(field === 'muac' ? 0 : 2))
  const near = (a: Meant, b: Meant): number => (centre === undefined ? 0 : Math.abs(a.value - centre) - Math.abs(b.value - centre))
  const unit = UNITS[field].map(([why, factor]) => ({ why, value: round(typed * factor) })).filter(({ value }) => fits(value))
  const point = [0.1, 10, 0.01].map((factor) => ({ why: 'point' as const, value: round(typed * factor) })).filter(({ value }) => fits(value))
  if (unit[0] !== undefined) return unit[0]
  if (point[0] !== undefined) return point[0]
  // Without an expectation any changed figure would fit somewhere, so none is offered.
  if (centre === undefined) return undefined
  const text = String(typed)
  const swapped = swaps(text).map((value) => ({ why: 'swapped' as const, value })).filter(({ value }) => fits(value)).sort(near)
  if (swapped[0] !== undefined) return swapped[0]
  return misreadings(text).map((value) => ({ why: 'misread' as const, value })).filter(({ value }) => fits(value)).sort(near)[0]
}

function swaps(text: string): readonly number[] {
  // The point stays where it is: 5.8 is 8.5 the other way round.
  const point = text.indexOf('.')
  const figures = [...text.replace('.', '')]
  const write = (all: readonly string[]): number => Number(point < 0 ? all.join('') : `${all.slice(0, point).join('')}.${all.slice(point).join('')}`)
  return figures.slice(1).flatMap((next, at) => (next === figures[at] ? [] : [write([...figures.slice(0, at), next, figures[at] as string, ...figures.slice(at + 2)])]))
}

function misreadings(text: string): readonly number[] {
  return [...text].flatMap((figure, at) => (figure === '.' ? [] : [...'0123456789'].filter((other) => other !== figure && !(at === 0 && other === '0')).map((other) => Number(`${text.slice(0, at)}${other}${text.slice(at + 1)}`))))
}
