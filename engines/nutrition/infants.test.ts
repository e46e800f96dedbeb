import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, dayOf, kilograms } from '@bairn/quantities'
import type { WeightTrend } from './child.ts'
import { crossesLine, infantRisk, weightTrend, type InfantClass } from './infants.ts'
import { nutritionChild, who2023, type PlainChild } from './testing/child.ts'

const birth = dayOf({ year: 2026, month: 1, day: 1 })
const weights = (...list: readonly (readonly [day: number, kg: number, z?: number])[]) =>
  list.map(([age, kg, z]) => ({ day: addDays(birth, age), value: kilograms(kg), fact: { id: `w${age}`, kind: 'weight' as const, day: addDays(birth, age) }, ...(z === undefined ? {} : { z }) }))
const gaining: WeightTrend = { loss: false, noGain: false, crossing: false, from: birth, to: birth, facts: [] }
const well = { months: 3, wlz: 0, waz: 0, muac: 120, oedema: 'no', complication: 'no', trend: gaining } as const
const risk = (child: PlainChild) => infantRisk(nutritionChild(child), who2023)

for (const { rule, child, found } of [
  { rule: 'who.2023.nutrition.N-I2: weight-for-age -2.01 is at risk', child: { ...well, waz: -2.01 }, found: 'atRisk' },
  { rule: 'who.2023.nutrition.N-I2: weight-for-age -2.00 is not', child: { ...well, waz: -2 }, found: 'notAtRisk' },
  { rule: 'who.2023.nutrition.N-I2: weight-for-age -1.99 is not', child: { ...well, waz: -1.99 }, found: 'notAtRisk' },
  { rule: 'who.2023.nutrition.N-I2: weight-for-length -2.01 is at risk', child: { ...well, wlz: -2.01 }, found: 'atRisk' },
  { rule: 'who.2023.nutrition.N-I2: weight-for-length -2.00 is not', child: { ...well, wlz: -2 }, found: 'notAtRisk' },
  { rule: 'who.2023.nutrition.N-I2: arm 109 mm is at risk', child: { ...well, muac: 109 }, found: 'atRisk' },
  { rule: 'who.2023.nutrition.N-I2: arm 110 mm is not', child: { ...well, muac: 110 }, found: 'notAtRisk' },
  { rule: 'who.2023.nutrition.N-I2: arm 111 mm is not', child: { ...well, muac: 111 }, found: 'notAtRisk' },
  { rule: 'who.2023.nutrition.N-I2: the arm counts on day 42', child: { ...well, months: 1, days: 42, muac: 100 }, found: 'atRisk' },
  { rule: 'who.2023.nutrition.N-I2: the arm does not count on day 41', child: { ...well, months: 1, days: 41, muac: 100 }, found: 'notAtRisk' },
  { rule: 'who.2023.nutrition.N-I1: no gain is at risk', child: { ...well, trend: { ...gaining, noGain: true } }, found: 'atRisk' },
  { rule: 'who.2023.nutrition.N-I1: a line crossed downwards is at risk', child: { ...well, trend: { ...gaining, crossing: true } }, found: 'atRisk' },
  { rule: 'who.2023.nutrition.N-I4: a lost weight is referred now', child: { ...well, trend: { ...gaining, loss: true } }, found: 'referNow' },
  { rule: 'who.2023.nutrition.N-I4: oedema is referred now', child: { ...well, oedema: 'yes' }, found: 'referNow' },
  { rule: 'who.2023.nutrition.N-I4: a danger sign is referred now', child: { ...well, complication: 'yes' }, found: 'referNow' },
  { rule: 'who.2023.nutrition.N-I4: none of these is not referred', child: well, found: 'notAtRisk' },
] satisfies { rule: string; child: PlainChild; found: InfantClass }[]) test(rule, () => {
  assert.partialDeepStrictEqual(risk(child), { known: true, value: { class: found } })
})

test('who.2023.nutrition.N-I2: not everything looked at: unknown, not "not at risk"', () => {
  for (const name of ['wlz', 'waz', 'muac', 'oedema', 'complication', 'trend'] as const) {
    const { [name]: _, ...without } = well
    assert.equal(risk(without).known, false, name)
  }
})
test('who.2023.nutrition.N-I2: at risk, danger signs not asked: at least at risk, may be referred', () => {
  const answer = risk({ months: 3, waz: -2.5, oedema: 'no', trend: gaining })
  assert.ok(answer.known)
  assert.deepEqual([answer.value.class, answer.value.atMost, answer.value.open], ['atRisk', 'referNow', ['complication']])
})
test('who.2023.nutrition.N-I2: six months is no longer an infant of this rule', () => { assert.throws(() => risk({ ...well, months: 6 }), RangeError) })

for (const { rule, list, trend } of [
  { rule: 'who.2023.nutrition.N-I1: 100 g less is a loss', list: weights([60, 5], [90, 4.9]), trend: { loss: true, noGain: false } },
  { rule: 'who.2023.nutrition.N-I1: the same weight after 7 days is no gain', list: weights([60, 5], [67, 5]), trend: { loss: false, noGain: true } },
  { rule: 'who.2023.nutrition.N-I1: the same weight after 6 days decides nothing', list: weights([60, 5], [66, 5]), trend: { loss: false, noGain: 'unknown' } },
  { rule: 'who.2023.nutrition.N-I1: 10 g more is a gain', list: weights([60, 5], [67, 5.01]), trend: { loss: false, noGain: false } },
  { rule: 'who.2023.nutrition.N-I1: one weight decides nothing', list: weights([60, 5]), trend: { loss: 'unknown', noGain: 'unknown', crossing: 'unknown' } },
  { rule: 'who.2023.nutrition.N-I1: from z -1.9 to -2.2 crosses a line', list: weights([60, 5, -1.9], [90, 5.2, -2.2]), trend: { crossing: true } },
  { rule: 'who.2023.nutrition.N-I1: from z -2.0 to -2.0 does not', list: weights([60, 5, -2], [90, 5.3, -2]), trend: { crossing: false } },
  { rule: 'who.2023.nutrition.N-I11: a tenth less than at birth on day 20 is usual', list: weights([0, 3], [20, 2.7]), trend: { loss: false } },
  { rule: 'who.2023.nutrition.N-I11: more than a tenth is not', list: weights([0, 3], [20, 2.69]), trend: { loss: true } },
  { rule: 'who.2023.nutrition.N-I11: less than a tenth is usual', list: weights([0, 3], [20, 2.71]), trend: { loss: false } },
  { rule: 'who.2023.nutrition.N-I11: birth weight not regained on day 21 is no gain, though rising', list: weights([0, 3], [10, 2.8], [21, 2.9]), trend: { loss: false, noGain: true } },
  { rule: 'who.2023.nutrition.N-I11: regained on day 21 is a gain', list: weights([0, 3], [10, 2.8], [21, 3]), trend: { loss: false, noGain: false } },
  { rule: 'who.2023.nutrition.N-I11: not regained on day 20 decides nothing yet', list: weights([0, 3], [10, 2.8], [20, 2.9]), trend: { loss: false, noGain: false } },
  { rule: 'who.2023.nutrition.N-I11: on day 21 any loss counts', list: weights([0, 3], [21, 2.99]), trend: { loss: true } },
]) test(rule, () => { assert.partialDeepStrictEqual(weightTrend(list, birth, who2023), trend) })

for (const [earlier, later, crosses] of [[0, -0.3, true], [0, -0.29, 'unknown'], [0.1, -0.3, true], [-0.1, -0.9, false], [-2, -2.3, true], [-2.01, -2.5, false], [2.5, 1.5, false], [-3.1, -2.9, false]] as const)
  test(`who.2023.nutrition.N-I1: from z ${earlier} to ${later} a line is crossed: ${crosses}`, () => { assert.equal(crossesLine(earlier, later, who2023), crosses) })
