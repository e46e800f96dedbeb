/** Measures as they stand on the scale and the board: one decimal, two if two were recorded, so that columns of them line up. */
import type { Messages } from '../i18n/messages.tsx'

export const onScale = (value: number, unit: 'kg' | 'cm', { number, t }: Messages): string =>
  `${number(value, Number.isInteger(value * 10) ? 1 : undefined)}\u00a0${t(`unit.${unit}`)}`
