/**
 * The sentence above a chart: it says what the line says, and the line proves it. Most telling first: a doubted value, weight lost,
 * no gain, a line crossed, else between which lines the child is. Keys and parameters only. Pure.
 */
import type { Centimetres, Day, Kilograms, Sex } from '@bairn/quantities'
import type { Message, MessageParam } from '@bairn/reasoning'
import type { ChartId, ChartPoint } from './model.ts'

/** What the engines found between the last two visits that count. */
export interface Sayable {
  /** points that are not doubted */
  readonly count: number
  /** day of the point before the last */
  readonly since?: Day
  readonly change?: { readonly kind: 'weightLoss' | 'noGain'; readonly by: Kilograms }
  readonly fell?: Centimetres
  /** z-lines crossed, the outermost last */
  readonly crossed: readonly number[]
  readonly downwards?: boolean
  /** false across the change of reference at 5 years */
  readonly sameReference?: boolean
  readonly z?: number
  /** the child's line passes from lying to standing */
  readonly steps: boolean
}

export function sentenceOf(found: Sayable, { id, sex, corrected, lines, last }: {
  readonly id: ChartId; readonly sex: Sex | undefined; readonly corrected: boolean; readonly lines: readonly number[]; readonly last?: ChartPoint
}): readonly Message[] {
  const who = { sex: { code: sex ?? 'unknown' } }
  const since: Record<string, MessageParam> = found.since === undefined ? {} : { since: { day: found.since } }
  if (last === undefined) return [{ key: 'child.say.nothing', params: { chart: { code: id } } }]
  if (last.doubted) return [{ key: 'child.say.doubted', params: { day: { day: last.day }, value: last.value } }]
  if (sex === undefined) return [{ key: 'child.say.noSex', params: { value: last.value } }]
  if (found.fell !== undefined) return [{ key: 'child.say.fell', params: { by: { cm: found.fell }, ...since } }]
  if (found.change?.kind === 'weightLoss') return [{ key: 'child.say.lost', params: { ...who, by: { kg: found.change.by }, ...since } }]
  if (found.change?.kind === 'noGain') return [{ key: 'child.say.noGain', params: { ...who, ...since } }]
  if (last.z === undefined || found.z === undefined) return last.noScore === undefined ? [] : [last.noScore]
  const where = zone(found.z, lines)
  const by = { corrected: { code: corrected ? 'yes' : 'no' } }
  const step: readonly Message[] = found.steps ? [{ key: 'child.say.step' }] : []
  const outermost = found.crossed.at(-1)
  if (found.count === 1) return [{ key: 'child.say.first', params: { value: last.value, z: { z: found.z }, where, ...by } }]
  if (found.sameReference === false) return [{ key: 'child.say.newReference', params: { ...who, where } }]
  if (outermost !== undefined) return [{ key: found.downwards === true ? 'child.say.crossedDown' : 'child.say.crossedUp', params: { ...who, ...by, line: { message: lineName(outermost) }, ...since } }, ...step]
  return [{ key: 'child.say.keeps', params: { ...who, ...by, where } }, ...step]
}

/** 'between −2 and the median', 'below −3', 'above +2': by the lines that are drawn. */
function zone(z: number, lines: readonly number[]): MessageParam {
  const below = lines.filter((line) => line <= z).at(-1)
  const above = lines.find((line) => line > z)
  if (below === undefined && above !== undefined) return { message: { key: 'child.zone.below', params: { line: { message: lineName(above) } } } }
  if (below !== undefined && above === undefined) return { message: { key: 'child.zone.above', params: { line: { message: lineName(below) } } } }
  return { message: { key: 'child.zone.between', params: { low: { message: lineName(below ?? 0) }, high: { message: lineName(above ?? 0) } } } }
}

const lineName = (z: number): Message => (z === 0 ? { key: 'child.line.median' } : { key: 'child.line.z', params: { z: { z }, plus: { code: z > 0 ? 'yes' : 'no' } } })
