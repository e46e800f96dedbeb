/**
 * Masses, lengths and what they are called. Branded numbers: a kilogram cannot be passed where a centimetre is meant.
 * Units other than these are converted at the edges only, by `ucum.ts`.
 */
export type Sex = 'male' | 'female'
export type Kilograms = number & { readonly unit: 'kg' }
export type Centimetres = number & { readonly unit: 'cm' }
export type Millimetres = number & { readonly unit: 'mm' }

/** @throws RangeError unless finite (caller's bug: people's input goes through a parser). Zero and negative values are judged by rules, which say why. */
export const kilograms = (value: number): Kilograms => finite(value) as Kilograms
/** @throws RangeError unless finite */
export const centimetres = (value: number): Centimetres => finite(value) as Centimetres
/** @throws RangeError unless finite */
export const millimetres = (value: number): Millimetres => finite(value) as Millimetres

/** 12.5 cm are 125 mm, free of binary dust: one decimal of a millimetre is finer than any tape. */
export const centimetresToMillimetres = (value: Centimetres): Millimetres => millimetres(Number((value * 10).toFixed(6)))
export const millimetresToCentimetres = (value: Millimetres): Centimetres => centimetres(Number((value / 10).toFixed(7)))

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`not a measure: ${value}`)
  return value
}
