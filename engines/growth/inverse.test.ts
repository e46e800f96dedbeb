import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { loadEditions } from '@bairn/knowledge'
import { centimetres, days, kilograms, type Day } from '@bairn/quantities'
import { crossingReason, heightFell, linesCrossed, weightChange } from './change.ts'
import { INDICATORS, MEASURES } from './edition.ts'
import { curve, smallestValueFor, valueForAge, weightForLengthAt, type ForAge } from './inverse.ts'
import { makeColumns, makeScores, scoreColumns, setAgeInDays, setAgeInMonths } from './kernel.ts'
import { centileOf, roundZ } from './lms.ts'
import { score, scoreAll, type GrowthInput } from './score.ts'

const { growth } = await loadEditions()
const sex = fc.constantFrom('male' as const, 'female' as const)
const measureOf = { lengthHeightForAge: 'lengthHeight', weightForAge: 'weight', headCircumferenceForAge: 'headCircumference', armCircumferenceForAge: 'armCircumference', tricepsSkinfoldForAge: 'tricepsSkinfold', subscapularSkinfoldForAge: 'subscapularSkinfold' } as const

test('the value at z scores z again, for every indicator for age', () => {
  fc.assert(fc.property(sex, fc.integer({ min: 91, max: 6900 }), fc.integer({ min: -480, max: 480 }), fc.constantFrom(...(Object.keys(measureOf) as (keyof typeof measureOf)[])), (who, age, hundredths, indicator) => {
    const z = hundredths / 100
    const value = valueForAge(indicator as ForAge, { sex: who, age, z }, growth)
    if (value === undefined) return
    const answer = score(indicator, { sex: who, age, position: 'notSaid', oedema: 'no', [measureOf[indicator]]: value } as GrowthInput, growth)
    assert.ok(answer.known)
    assert.ok(Math.abs(answer.value.z - z) <= 0.01)
  }))
})
test('the weight at z for a length scores z again', () => {
  fc.assert(fc.property(sex, fc.integer({ min: 450, max: 1200 }), fc.integer({ min: -480, max: 480 }), fc.boolean(), (who, tenths, hundredths, lying) => {
    const weight = weightForLengthAt({ sex: who, length: tenths / 10, lying, z: hundredths / 100 }, growth)
    if (weight === undefined) return
    const answer = score('weightForLengthHeight', { sex: who, age: lying ? 400 : 900, weight: kilograms(weight), lengthHeight: centimetres(tenths / 10), position: lying ? 'lying' : 'standing', oedema: 'no' }, growth)
    assert.ok(answer.known)
    assert.ok(Math.abs(answer.value.z - hundredths / 100) <= 0.01)
  }))
})
test('the smallest weight reaches the line, one step less does not', () => {
  fc.assert(fc.property(sex, fc.integer({ min: 0, max: 6000 }), fc.double({ min: 3, max: 40, noNaN: true }), fc.constantFrom(-3, -2, 2), fc.constantFrom('weightForAge' as const, 'weightForLengthHeight' as const, 'bmiForAge' as const), (who, age, weight, z, indicator) => {
    const child: GrowthInput = { sex: who, age, weight: kilograms(weight), lengthHeight: centimetres(50 + age / 50), position: 'notSaid', oedema: 'no' }
    const found = smallestValueFor(indicator, 'weight', child, { z, step: 0.1 }, growth)
    if (found === undefined) return
    const at = (value: number): number => { const answer = score(indicator, { ...child, weight: kilograms(value) }, growth); assert.ok(answer.known); return answer.value.z }
    assert.ok(at(found) >= z && at(Number((found - 0.1).toFixed(1))) < z)
  }))
})
test('a curve ends where its table ends', () => {
  const points = curve('weightForAge', { sex: 'female', z: 0, from: 0, to: 8000, step: 1 }, growth)
  assert.deepEqual([points.at(0)?.x, points.at(-1)?.x], [0, 3652])
  assert.equal(curve('weightForLengthHeight', { sex: 'male', z: -2, from: 44, to: 46, step: 0.1, lying: true }, growth)[0]?.x, 45)
})

test('days and months agree: the same age in either unit gives the same scores', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 2000 }), fc.constantFrom(1, 2), (age, code) => {
    const columns = makeColumns(2)
    const scores = makeScores(2)
    setAgeInDays(columns, 0, age)
    setAgeInMonths(columns, 1, age / 30.4375)
    for (const child of [0, 1]) {
      columns.sex[child] = code
      for (const measure of MEASURES) columns.measures[measure][child] = { weight: 9, lengthHeight: 75, headCircumference: 45, armCircumference: 14, tricepsSkinfold: 8, subscapularSkinfold: 6 }[measure]
    }
    scoreColumns(columns, growth, scores)
    for (const indicator of INDICATORS) assert.deepEqual([scores.z[indicator][0], scores.flag[indicator][0]], [scores.z[indicator][1], scores.flag[indicator][1]])
  }))
})
test('row order does not matter, and many at once equal one by one', () => {
  const children = fc.sample(fc.record({ sex, age: fc.integer({ min: 0, max: 6900 }), weight: fc.double({ min: 2, max: 80, noNaN: true }), lengthHeight: fc.double({ min: 44, max: 180, noNaN: true }) }), { numRuns: 300, seed: 11 })
  const columns = makeColumns(children.length)
  const scores = makeScores(children.length)
  const order = children.map((_, index) => (index * 7) % children.length).filter((at, index, all) => all.indexOf(at) === index)
  order.forEach((at, row) => {
    const child = children[at] as (typeof children)[number]
    setAgeInDays(columns, row, child.age)
    columns.sex[row] = child.sex === 'male' ? 1 : 2
    columns.measures.weight[row] = child.weight
    columns.measures.lengthHeight[row] = child.lengthHeight
  })
  scoreColumns({ ...columns, count: order.length }, growth, scores)
  order.forEach((at, row) => {
    const child = children[at] as (typeof children)[number]
    const one = scoreAll({ sex: child.sex, age: child.age, weight: kilograms(child.weight), lengthHeight: centimetres(child.lengthHeight), position: 'notSaid', oedema: 'no' }, growth)
    for (const indicator of INDICATORS) {
      const answer = one[indicator]
      assert.equal(answer.known ? answer.value.z : Number.NaN, scores.z[indicator][row])
    }
  })
})
test('rounding: two decimals, never -0', () => { assert.deepEqual([roundZ(-0.001), roundZ(1.234), roundZ(-2.005)].map((z) => Object.is(z, -0) ? '-0' : z), [0, 1.23, -2]) })
for (const [z, centile] of [[0, 50], [1.6448536269514722, 95], [-2, 2.2750131948], [3.09, 99.8999], [-9, 0], [9, 100]] as const)
  test(`the centile of z ${z} is ${centile}`, () => { assert.ok(Math.abs(centileOf(z) - centile) < 1e-4) })

// ---- change between visits

const fact = { id: 'f', kind: 'weight' as const }
const on = (day: number) => day as Day
for (const { to, kind } of [{ to: 8.001, kind: undefined }, { to: 8, kind: 'noGain' }, { to: 7.999, kind: 'weightLoss' }])
  test(`who.2006.weight.weightLoss and who.2006.weight.noGain: 8 kg, then ${to} kg after 28 days: ${kind ?? 'neither'}`, () => {
    assert.equal(weightChange({ day: on(0), value: kilograms(8), fact }, { day: on(28), value: kilograms(to), fact }, 10, growth.under5)?.kind, kind)
  })
for (const { span, months, kind } of [{ span: 27, months: 10, kind: undefined }, { span: 28, months: 23, kind: 'noGain' }, { span: 28, months: 24, kind: undefined }])
  test(`who.2006.weight.noGain: the same weight after ${span} days at ${months} months: ${kind ?? 'not said'}`, () => {
    assert.equal(weightChange({ day: on(0), value: kilograms(8), fact }, { day: on(span), value: kilograms(8), fact }, months, growth.under5)?.kind, kind)
  })
test('who.2007.weight.weightLoss: from 5 years a loss is said, a standstill is not', () => {
  assert.equal(weightChange({ day: on(0), value: kilograms(30), fact }, { day: on(60), value: kilograms(29), fact }, 100, growth.from5)?.because.rule, 'who.2007.weight.weightLoss')
  assert.equal(weightChange({ day: on(0), value: kilograms(30), fact }, { day: on(60), value: kilograms(30), fact }, 100, growth.from5), undefined)
})
for (const edition of [growth.under5, growth.from5]) for (const indicator of INDICATORS) {
  if (edition === growth.from5 && !(indicator in edition.tables)) continue
  test(`${edition.rulePrefix}.${indicator}.crossing: from -1.99 to -2 no line, to -2.01 one, from 0.5 three`, () => {
    const at = (z: number) => ({ indicator, z, centile: 1, flag: 'plausible' as const, edition: edition.id, value: 1 })
    assert.deepEqual(linesCrossed(at(-1.99), at(-2), growth), [])
    assert.deepEqual(linesCrossed(at(-1.99), at(-2.01), growth), [-2])
    assert.deepEqual(linesCrossed(at(0.5), at(-2.01), growth), [0, -1, -2])
    assert.equal(crossingReason(indicator, [-2], days(60), [], edition).rule, `${edition.rulePrefix}.${indicator}.crossing`)
  })
}
test('a change of reference is no crossing', () => {
  const base = { indicator: 'weightForAge', z: 0, centile: 1, flag: 'plausible', value: 1 } as const
  assert.deepEqual(linesCrossed({ ...base, edition: growth.under5.id }, { ...base, z: -3, edition: growth.from5.id }, growth), [])
})
for (const { to, fell } of [{ to: 79.1, fell: false }, { to: 79, fell: false }, { to: 78.9, fell: true }]) for (const edition of [growth.under5, growth.from5])
  test(`${edition.rulePrefix}.lengthHeight.heightFell: 80 cm, then ${to} cm: ${fell ? 'it fell' : 'within error'}`, () => {
    const taken = (value: number) => ({ day: on(0), value: centimetres(value), position: 'lying' as const, fact: { id: 'l', kind: 'length' as const } })
    assert.equal(heightFell(taken(80), taken(to), growth.under5, edition)?.because.rule, fell ? `${edition.rulePrefix}.lengthHeight.heightFell` : undefined)
  })
test('who.2006.lengthHeight.heightFell: standing after lying is 0.7 cm shorter by itself', () => {
  const lying = { day: on(0), value: centimetres(80), position: 'lying' as const, fact: { id: 'l', kind: 'length' as const } }
  assert.equal(heightFell(lying, { ...lying, day: on(30), value: centimetres(78.4), position: 'standing' }, growth.under5, growth.under5), undefined)
  assert.notEqual(heightFell(lying, { ...lying, day: on(30), value: centimetres(78.2), position: 'standing' }, growth.under5, growth.under5), undefined)
})
