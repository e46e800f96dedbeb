/** Children for the tests of this engine: the edition, and a child from a few plain values. */
import { readFileSync } from 'node:fs'
import { days, millimetres } from '@bairn/quantities'
import type { FactRef, YesNo } from '@bairn/reasoning'
import { NOT_ASKED, type Feeding, type NutritionChild, type WeightTrend } from '../child.ts'
import type { NutritionEdition } from '../edition.ts'

export const who2023 = JSON.parse(readFileSync(new URL('../../../knowledge/nutrition/who-2023/edition.json', import.meta.url), 'utf8')) as NutritionEdition

export interface PlainChild {
  readonly months: number
  readonly days?: number
  readonly wlz?: number | undefined
  readonly waz?: number | undefined
  readonly haz?: number | undefined
  readonly muac?: number | undefined
  readonly oedema?: YesNo
  readonly grade?: 1 | 2 | 3
  readonly complication?: YesNo
  readonly feeding?: Feeding
  readonly trend?: WeightTrend
}

const fact = (kind: FactRef['kind']): readonly FactRef[] => [{ id: `test/${kind}`, kind }]

export function nutritionChild({ months, days: ageDays, wlz, waz, haz, muac, oedema, grade, complication, feeding, trend }: PlainChild): NutritionChild {
  const age = ageDays ?? Math.round(months * 30.4375)
  const position = months < 24 ? 'lying' : 'standing'
  return {
    age: { days: age, months, sinceBirth: days(age), corrected: false },
    ...(wlz === undefined ? {} : { weightForLength: { z: wlz, position, facts: fact('weight') } }),
    ...(waz === undefined ? {} : { weightForAge: { z: waz, facts: fact('weight') } }),
    ...(haz === undefined ? {} : { lengthForAge: { z: haz, position, facts: fact('length') } }),
    ...(muac === undefined ? {} : { muac: { value: millimetres(muac), facts: fact('muac') } }),
    oedema: oedema === undefined ? NOT_ASKED : { answer: oedema, facts: fact('oedema'), ...(grade === undefined ? {} : { grade }) },
    complication: complication === undefined ? NOT_ASKED : { answer: complication, facts: fact('complication') },
    feeding: feeding === undefined ? NOT_ASKED : { answer: feeding, facts: fact('appetite') },
    ...(trend === undefined ? {} : { trend }),
  }
}
