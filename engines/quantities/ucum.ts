/**
 * Units by their UCUM codes, converted at the edges only. The factors are the library's (@lhncbc/ucum-lhc; UCUM is
 * copyright Regenstrief Institute and the UCUM Organization). Its doubles carry dust (12.3 cm gives 123.00000000000001 mm);
 * twelve significant digits are kept, finer than any scale and exact for every decimal a person writes.
 * A package entry of its own (`@bairn/quantities/ucum`), so that pages load it only when a foreign unit is met.
 */
import ucum from '@lhncbc/ucum-lhc'
import type { Parsed } from './day.ts'

/** The units Bairn computes in. */
export type OwnUnit = 'kg' | 'cm' | 'mm' | 'd'
export type UnitConverter = (value: number, from: string, to: OwnUnit) => Parsed<number>

/** `convertUcum(7.5, '[lb_av]', 'kg')` is 3.401942775. Problem: 'unit.unknown' by name, also for a unit of another kind (cm for a mass). */
export const convertUcum: UnitConverter = (value, from, to) => {
  if (from === to) return { ok: true, value }
  const { status, toVal } = ucum.UcumLhcUtils.getInstance().convertUnitTo(from, value, to)
  if (status !== 'succeeded' || toVal === null) return { ok: false, problem: { code: 'unit.unknown', given: from } }
  return { ok: true, value: Number(toVal.toPrecision(12)) }
}
