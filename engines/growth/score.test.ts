/** Each rule at its boundary and on both sides of it, and what must hold of every child. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { loadEditions } from '@bairn/knowledge'
import { centimetres, days, kilograms, millimetres } from '@bairn/quantities'
import type { Answer } from '@bairn/reasoning'
import { classify, classifyArm } from './classes.ts'
import { INDICATORS, type Indicator } from './edition.ts'
import { score, scoreAll, type GrowthInput, type Score } from './score.ts'

const { growth } = await loadEditions()
const boy = { sex: 'male', age: 400, weight: kilograms(10), lengthHeight: centimetres(76), position: 'lying', oedema: 'no', headCircumference: centimetres(46), armCircumference: centimetres(14.5), tricepsSkinfold: millimetres(8), subscapularSkinfold: millimetres(6) } as const satisfies GrowthInput
const schoolboy = { sex: 'male', age: 8 * 365, weight: kilograms(25), lengthHeight: centimetres(127), position: 'standing', oedema: 'no' } as const satisfies GrowthInput
const zOf = (answer: Answer<Score>): number | string => (answer.known ? answer.value.z : (answer.because[0]?.rule ?? 'no reason'))
const rulesOf = (answer: Answer<unknown>): string[] => answer.because.map(({ rule }) => rule)
const without = <K extends keyof GrowthInput>(child: GrowthInput, ...keys: K[]): GrowthInput => Object.fromEntries(Object.entries(child).filter(([key]) => !(keys as string[]).includes(key))) as unknown as GrowthInput

const UNDER_5: Readonly<Record<Indicator, { readonly z: number; readonly measure: keyof GrowthInput }>> = {
  lengthHeightForAge: { z: -0.44, measure: 'lengthHeight' }, weightForAge: { z: 0.09, measure: 'weight' }, weightForLengthHeight: { z: 0.36, measure: 'weight' }, bmiForAge: { z: 0.48, measure: 'weight' },
  headCircumferenceForAge: { z: -0.29, measure: 'headCircumference' }, armCircumferenceForAge: { z: -0.16, measure: 'armCircumference' },
  tricepsSkinfoldForAge: { z: 0.01, measure: 'tricepsSkinfold' }, subscapularSkinfoldForAge: { z: -0.34, measure: 'subscapularSkinfold' },
}
for (const indicator of INDICATORS) {
  const { z, measure } = UNDER_5[indicator]
  test(`who.2006.${indicator}.z: a boy of 400 days has ${z}`, () => {
    const answer = score(indicator, boy, growth)
    assert.deepEqual([zOf(answer), answer.because[0]?.rule], [z, `who.2006.${indicator}.z`])
  })
  test(`who.2006.${indicator}.notMeasured: no measurement, no score, and it says which`, () => {
    const answer = score(indicator, without(boy, measure), growth)
    assert.deepEqual([answer.known, rulesOf(answer)], [false, [`who.2006.${indicator}.notMeasured`]])
  })
  test(`who.2006.${indicator}.sex: never guessed`, () => { assert.deepEqual(rulesOf(score(indicator, without(boy, 'sex'), growth)), [`who.2006.${indicator}.sex`]) })
  for (const value of [0, -3]) test(`who.2006.${indicator}.impossible: ${value} is refused`, () => {
    assert.deepEqual(rulesOf(score(indicator, { ...boy, [measure]: value }, growth)), [`who.2006.${indicator}.impossible`])
  })
}
for (const indicator of INDICATORS.filter((name) => name !== 'weightForLengthHeight')) {
  test(`who.2006.${indicator}.age: an unknown age gives no score`, () => { assert.deepEqual(rulesOf(score(indicator, without(boy, 'age'), growth)), [`who.2006.${indicator}.age`]) })
  test(`who.2006.${indicator}.preterm: before the due date no table is loaded, on it the tables begin`, () => {
    const early = { ...boy, age: -1, sinceBirth: days(30) }
    assert.deepEqual(rulesOf(score(indicator, early, growth)), [`who.2006.${indicator}.preterm`])
    assert.notEqual(rulesOf(score(indicator, { ...early, age: 0 }, growth))[0], `who.2006.${indicator}.preterm`)
  })
}
test('who.2006.weightForLengthHeight.age: without an age the measure chooses the table', () => {
  assert.equal(zOf(score('weightForLengthHeight', { sex: 'male', weight: kilograms(12), lengthHeight: centimetres(86), position: 'standing', oedema: 'no' }, growth)), 0.09)
  assert.equal(zOf(score('weightForLengthHeight', { sex: 'male', weight: kilograms(12), lengthHeight: centimetres(87), position: 'notSaid', oedema: 'no' }, growth)), -0.17)
  assert.deepEqual(rulesOf(score('weightForLengthHeight', { ...boy, age: -1 }, growth)), ['who.2006.weightForLengthHeight.age'])
})

for (const indicator of ['weightForAge', 'weightForLengthHeight', 'bmiForAge'] as const) {
  test(`who.2006.${indicator}.oedema: swelling hides the weight`, () => { assert.deepEqual(rulesOf(score(indicator, { ...boy, oedema: 'yes' }, growth)), [`who.2006.${indicator}.oedema`]) })
  test(`who.2006.${indicator}.oedema: not asked is scored, and said`, () => {
    const answer = score(indicator, { ...boy, oedema: 'notAsked' }, growth)
    assert.ok(answer.known && rulesOf(answer).includes(`who.2006.${indicator}.oedema`))
  })
}
test('who.2007.weightForAge.oedema and who.2007.bmiForAge.oedema: swelling hides the weight after 5 years too', () => {
  const answers = scoreAll({ ...schoolboy, oedema: 'yes' }, growth)
  assert.deepEqual([rulesOf(answers.weightForAge), rulesOf(answers.bmiForAge), answers.lengthHeightForAge.known], [['who.2007.weightForAge.oedema'], ['who.2007.bmiForAge.oedema'], true])
})

for (const { indicator, low, high } of [
  { indicator: 'lengthHeightForAge', low: -6, high: 6 }, { indicator: 'weightForAge', low: -6, high: 5 }, { indicator: 'weightForLengthHeight', low: -5, high: 5 }, { indicator: 'bmiForAge', low: -5, high: 5 },
  { indicator: 'headCircumferenceForAge', low: -5, high: 5 }, { indicator: 'armCircumferenceForAge', low: -5, high: 5 }, { indicator: 'tricepsSkinfoldForAge', low: -5, high: 5 }, { indicator: 'subscapularSkinfoldForAge', low: -5, high: 5 },
] as const) test(`who.2006.${indicator}.flag: ${low} and ${high} are not flagged, a hundredth beyond is`, () => { flagsAt(indicator, boy, low, high) })
for (const { indicator, low, high } of [{ indicator: 'lengthHeightForAge', low: -6, high: 6 }, { indicator: 'weightForAge', low: -6, high: 5 }, { indicator: 'bmiForAge', low: -5, high: 5 }] as const)
  test(`who.2007.${indicator}.flag: ${low} and ${high} are not flagged, a hundredth beyond is`, () => { flagsAt(indicator, schoolboy, low, high) })

/** Walks the measure in fine steps and looks at the flag on each hundredth around the limits. */
function flagsAt(indicator: Indicator, child: GrowthInput, low: number, high: number): void {
  const measure = UNDER_5[indicator].measure
  const seen = new Map<number, string>()
  const start = child[measure] as number
  for (let factor = 0.2; factor < 4.5; factor *= 1.0002) {
    const answer = score(indicator, { ...child, [measure]: start * factor }, growth)
    if (answer.known) seen.set(answer.value.z, answer.value.flag)
  }
  let around = 0
  for (const [z, flag] of seen) {
    assert.equal(flag, z < low || z > high ? 'implausible' : 'plausible', `z ${z}`)
    if (Math.abs(z - low) < 0.06 || Math.abs(z - high) < 0.06) around += 1
  }
  assert.ok(around >= 2, 'both sides of a limit were seen')
}

for (const { age, rule } of [{ age: 90.4, rule: 'range' }, { age: 90.5, rule: 'z' }, { age: 91, rule: 'z' }]) for (const indicator of ['armCircumferenceForAge', 'tricepsSkinfoldForAge', 'subscapularSkinfoldForAge'] as const)
  test(`who.2006.${indicator}.range: on day ${age} the answer is ${rule}`, () => { assert.equal(rulesOf(score(indicator, { ...boy, age }, growth))[0], `who.2006.${indicator}.${rule}`) })

for (const { age, edition } of [{ age: 1826, edition: 'growth/who-2006' }, { age: 1826.24, edition: 'growth/who-2006' }, { age: 1826.25, edition: 'growth/who-2007' }, { age: 1827, edition: 'growth/who-2007' }])
  test(`the hand-over at 5 years: day ${age} is scored by ${edition}`, () => {
    const answer = score('lengthHeightForAge', { ...boy, age, lengthHeight: centimetres(110), position: 'standing' }, growth)
    assert.ok(answer.known)
    assert.equal(answer.value.edition, edition)
  })

const inMonths = (months: number): number => months * 30.4375
for (const indicator of ['lengthHeightForAge', 'weightForAge', 'bmiForAge'] as const) {
  const z = { lengthHeightForAge: -0.04, weightForAge: -0.11, bmiForAge: -0.16 }[indicator]
  test(`who.2007.${indicator}.z: a boy of 8 years has ${z}`, () => { assert.equal(zOf(score(indicator, schoolboy, growth)), z) })
  test(`who.2007.${indicator}.notMeasured, who.2007.${indicator}.sex and who.2007.${indicator}.impossible are said`, () => {
    const measure = UNDER_5[indicator].measure
    assert.deepEqual(rulesOf(score(indicator, without(schoolboy, measure), growth)), [`who.2007.${indicator}.notMeasured`])
    assert.deepEqual(rulesOf(score(indicator, without(schoolboy, 'sex'), growth)), [`who.2007.${indicator}.sex`])
    for (const value of [0, -125, 1.25 / 10]) assert.deepEqual(rulesOf(score(indicator, { ...schoolboy, [measure]: value }, growth)), [`who.2007.${indicator}.impossible`])
  })
}
for (const indicator of ['lengthHeightForAge', 'bmiForAge', 'weightForAge'] as const) test(`who.2007.${indicator}.range: 19 years are the end`, () => {
  const at = (months: number): string | undefined => rulesOf(score(indicator, { ...schoolboy, age: inMonths(months) }, growth))[0]
  assert.equal(at(228.01), `who.2007.${indicator}.range`)
  if (indicator !== 'weightForAge') assert.equal(at(228), `who.2007.${indicator}.z`)
})
for (const { months, rule } of [{ months: 119.9, rule: 'z' }, { months: 120, rule: 'z' }, { months: 120.01, rule: 'weightForAgeEnds' }])
  test(`who.2007.weightForAge.weightForAgeEnds: at ${months} months the answer is ${rule}`, () => { assert.equal(rulesOf(score('weightForAge', { ...schoolboy, age: inMonths(months) }, growth))[0], `who.2007.weightForAge.${rule}`) })
test('from 5 years there is no table for the head, and it says so', () => {
  assert.deepEqual(rulesOf(score('headCircumferenceForAge', { ...schoolboy, headCircumference: centimetres(52) }, growth)), ['who.2007.headCircumferenceForAge.range'])
})

for (const { length, position, age, rule } of [
  { length: 44.9, position: 'lying', age: 30, rule: 'lengthRange' }, { length: 45, position: 'lying', age: 30, rule: 'z' }, { length: 45.1, position: 'lying', age: 30, rule: 'z' },
  { length: 110, position: 'lying', age: 700, rule: 'z' }, { length: 110.1, position: 'lying', age: 700, rule: 'lengthRange' }, { length: 109.3, position: 'standing', age: 700, rule: 'z' }, { length: 109.4, position: 'standing', age: 700, rule: 'lengthRange' },
  { length: 64.9, position: 'standing', age: 800, rule: 'lengthRange' }, { length: 65, position: 'standing', age: 800, rule: 'z' }, { length: 120, position: 'standing', age: 1800, rule: 'z' }, { length: 120.1, position: 'standing', age: 1800, rule: 'lengthRange' },
] as const) test(`who.2006.weightForLengthHeight.lengthRange: ${length} cm ${position} on day ${age} gives ${rule}`, () => {
  assert.equal(rulesOf(score('weightForLengthHeight', { ...boy, age, position, lengthHeight: centimetres(length) }, growth))[0], `who.2006.weightForLengthHeight.${rule}`)
})

for (const { age, position, used, text } of [
  { age: 273, position: 'standing', used: 70, text: 'growth.position.implausible' }, { age: 274, position: 'standing', used: 70.7, text: 'growth.position.added' },
  { age: 730, position: 'standing', used: 70.7, text: 'growth.position.added' }, { age: 731, position: 'standing', used: 70, text: undefined }, { age: 731, position: 'lying', used: 69.3, text: 'growth.position.subtracted' },
  { age: 730, position: 'lying', used: 70, text: undefined }, { age: 400, position: 'notSaid', used: 70, text: 'growth.position.assumed' },
] as const) test(`who.2006.lengthHeight.position: 70 cm ${position} on day ${age} count as ${used}`, () => {
  const answer = score('lengthHeightForAge', { ...boy, age, position, lengthHeight: centimetres(70) }, growth)
  assert.ok(answer.known)
  assert.equal(answer.value.usedLength, used)
  assert.equal(answer.because.find(({ rule }) => rule === 'who.2006.lengthHeight.position')?.text.key, text)
})

// ---- classes: just above, at, and just below every cut-off

const scoredAt = (indicator: Indicator, z: number, edition: string): Answer<Score> => ({ known: true, value: { indicator, z, centile: 50, flag: 'plausible', edition, value: 1 }, because: [] })
const CLASS_IDS: Readonly<Record<string, (indicator: string, prefix: string) => string>> = {
  class: (indicator, rulePrefix) => `${rulePrefix}.${indicator}.class`,
  risk: (indicator, rulePrefix) => `${rulePrefix}.${indicator}.risk`,
  headClass: (indicator, rulePrefix) => `${rulePrefix}.${indicator}.headClass`,
}
for (const edition of [growth.under5, growth.from5]) for (const { indicator, class: name, below, above, rule } of edition.classes) test(`${CLASS_IDS[rule]?.(indicator, edition.rulePrefix)}: ${name} ${below === undefined ? `above ${above}` : `below ${below}`}`, () => {
  const cut = (below ?? above) as number
  const beyond = below === undefined ? 0.01 : -0.01
  const at = (z: number) => classify(indicator as Indicator, scoredAt(indicator as Indicator, z, edition.id), growth)
  assert.partialDeepStrictEqual(at(cut + beyond), { known: true, value: name, because: [{ rule: `${edition.rulePrefix}.${indicator}.${rule}` }] })
  for (const z of [cut, cut - beyond]) assert.notEqual((at(z) as { value?: string }).value, name)
})
test('a flagged score is not classified: measure again', () => {
  const answer = score('weightForAge', { ...boy, weight: kilograms(2) }, growth)
  assert.deepEqual(rulesOf(classify('weightForAge', answer, growth)), ['who.2006.weightForAge.flag'])
})
for (const { mm, name } of [{ mm: 114, name: 'severe' }, { mm: 115, name: 'moderate' }, { mm: 124, name: 'moderate' }, { mm: 125, name: 'notWasted' }])
  test(`who.2006.muac.class: ${mm} mm is ${name}`, () => { assert.partialDeepStrictEqual(classifyArm({ value: millimetres(mm), fact: { id: 'a', kind: 'muac' } }, 12, growth.under5), { known: true, value: name }) })
for (const { months, known } of [{ months: 5, known: false }, { months: 6, known: true }, { months: 59, known: true }, { months: 60, known: false }])
  test(`who.2006.muac.range: at ${months} months the arm is ${known ? '' : 'not '}classified`, () => { assert.equal(classifyArm({ value: millimetres(110), fact: { id: 'a', kind: 'muac' } }, months, growth.under5).known, known) })

// ---- what must hold of every child

const anyChild = fc.record({
  sex: fc.constantFrom('male' as const, 'female' as const), age: fc.double({ min: 0, max: 6900, noNaN: true }), weight: fc.double({ min: 1, max: 90, noNaN: true }).map(kilograms),
  lengthHeight: fc.double({ min: 40, max: 190, noNaN: true }).map(centimetres), position: fc.constantFrom('lying' as const, 'standing' as const, 'notSaid' as const), oedema: fc.constantFrom('yes' as const, 'no' as const, 'notAsked' as const, 'cannotTell' as const),
})
test('z rises with weight', () => {
  fc.assert(fc.property(anyChild, fc.double({ min: 0.01, max: 5, noNaN: true }), (child, more) => {
    const [light, heavy] = [scoreAll(child, growth), scoreAll({ ...child, weight: kilograms(child.weight + more) }, growth)]
    for (const indicator of ['weightForAge', 'weightForLengthHeight', 'bmiForAge'] as const) {
      const [a, b] = [light[indicator], heavy[indicator]]
      if (a.known && b.known) assert.ok(b.value.z >= a.value.z)
    }
  }))
})
test('lying for standing equals 0.7 cm', () => {
  fc.assert(fc.property(anyChild, fc.integer({ min: 274, max: 1826 }), (child, age) => {
    const [written, said] = age < 731 ? [child.lengthHeight, child.lengthHeight + 0.7] : [child.lengthHeight, child.lengthHeight - 0.7]
    const other = score('lengthHeightForAge', { ...child, age, position: age < 731 ? 'standing' : 'lying', lengthHeight: centimetres(written) }, growth)
    const usual = score('lengthHeightForAge', { ...child, age, position: age < 731 ? 'lying' : 'standing', lengthHeight: centimetres(said) }, growth)
    assert.equal(zOf(other), zOf(usual))
  }))
})
test('oedema never leaves a score that rests on the weight', () => {
  fc.assert(fc.property(anyChild, (child) => {
    const answers = scoreAll({ ...child, oedema: 'yes' }, growth)
    for (const indicator of ['weightForAge', 'weightForLengthHeight', 'bmiForAge'] as const) assert.equal(answers[indicator].known, false)
  }))
})
test('every answer has a reason with a rule, a source and an edition', () => {
  fc.assert(fc.property(anyChild, (child) => {
    for (const answer of Object.values(scoreAll(child, growth))) {
      assert.ok(answer.because.length > 0)
      for (const reason of answer.because) assert.match(`${reason.rule} ${reason.edition} ${reason.source.document}`, /^who\.\d{4}\.\w+\.\w+ growth\/who-\d{4} \S/)
    }
  }))
})
