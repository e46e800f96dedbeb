import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { YesNo } from '@bairn/reasoning'
import type { Feeding } from './child.ts'
import { careRank, primaryCareClass } from './primaryCare.ts'
import { nutritionChild, who2023, type PlainChild } from './testing/child.ts'

const cell = (text: string | undefined): number | undefined => (text === undefined || text === '' ? undefined : Number(text))
const classOf = (child: PlainChild): string => {
  const answer = primaryCareClass(nutritionChild(child), who2023)
  return answer.known ? `${answer.value.code}${answer.value.notAssessed ? '+notAssessed' : ''}` : 'incomplete'
}
const ruleOf = (child: PlainChild): readonly string[] => primaryCareClass(nutritionChild(child), who2023).because.map(({ rule }) => rule)

const [, ...rows] = readFileSync(new URL('golden/classify-cases.csv', import.meta.url), 'utf8').trim().split(/\r?\n/)
test(`who.2023.nutrition.N-W1 to N-W5: all ${rows.length} published rows`, () => {
  assert.equal(rows.length, 147)
  for (const row of rows) {
    const [id, months, oedema, waz, wlz, muac, complication, feeding, expected] = row.split(',')
    const child: PlainChild = {
      months: Number(months), oedema: oedema === '1' ? 'yes' : 'no', waz: cell(waz), wlz: cell(wlz), muac: cell(muac),
      complication: complication === '1' ? 'yes' : 'no', feeding: feeding === 'na' ? 'notAvailable' : feeding as Feeding,
    }
    assert.equal(classOf(child), expected, id)
  }
})

const well = { waz: -1, wlz: -1, muac: 130, oedema: 'no', complication: 'no', feeding: 'pass' } as const
for (const { rule, child, code } of [
  { rule: 'who.2023.nutrition.N-W1: oedema is severe with complications whatever the weight', child: { months: 12, ...well, oedema: 'yes' }, code: 'DE68' },
  { rule: 'who.2023.nutrition.N-W1: oedema counts at any age', child: { months: 70, oedema: 'yes' }, code: 'DE68' },
  { rule: 'who.2023.nutrition.N-W1: no oedema, none', child: { months: 12, ...well }, code: 'DE72' },
  { rule: 'who.2023.nutrition.N-W2: weight-for-length -3.01 is severe', child: { months: 12, ...well, wlz: -3.01 }, code: 'DE70' },
  { rule: 'who.2023.nutrition.N-W2: weight-for-length -3.00 is not', child: { months: 12, ...well, wlz: -3 }, code: 'DE71' },
  { rule: 'who.2023.nutrition.N-W2: weight-for-length -2.99 is not', child: { months: 12, ...well, wlz: -2.99 }, code: 'DE71' },
  { rule: 'who.2023.nutrition.N-W2: weight-for-age -3.01 is severe at 11 months', child: { months: 11, ...well, waz: -3.01 }, code: 'DE70' },
  { rule: 'who.2023.nutrition.N-W2: weight-for-age -3.01 does not count at 12 months', child: { months: 12, ...well, waz: -3.01 }, code: 'DE72' },
  { rule: 'who.2023.nutrition.N-W2: weight-for-age -3.00 is not severe at 11 months', child: { months: 11, ...well, waz: -3 }, code: 'DE72' },
  { rule: 'who.2023.nutrition.N-W2: arm 114 mm is severe from 6 months', child: { months: 6, ...well, muac: 114 }, code: 'DE70' },
  { rule: 'who.2023.nutrition.N-W2: arm 114 mm does not count at 5 months', child: { months: 5, ...well, muac: 114 }, code: 'DE72' },
  { rule: 'who.2023.nutrition.N-W2: arm 115 mm is not severe', child: { months: 6, ...well, muac: 115 }, code: 'DE71' },
  { rule: 'who.2023.nutrition.N-W3: a complication', child: { months: 12, ...well, wlz: -3.5, complication: 'yes' }, code: 'DE68' },
  { rule: 'who.2023.nutrition.N-W3: appetite failed', child: { months: 12, ...well, wlz: -3.5, feeding: 'fail' }, code: 'DE68' },
  { rule: 'who.2023.nutrition.N-W3: no food for the test', child: { months: 12, ...well, wlz: -3.5, feeding: 'notAvailable' }, code: 'DE69' },
  { rule: 'who.2023.nutrition.N-W4: weight-for-length -2.01', child: { months: 12, ...well, wlz: -2.01 }, code: 'DE71' },
  { rule: 'who.2023.nutrition.N-W4: weight-for-length -2.00 is not moderate', child: { months: 12, ...well, wlz: -2 }, code: 'DE72' },
  { rule: 'who.2023.nutrition.N-W4: arm 124 mm', child: { months: 12, ...well, muac: 124 }, code: 'DE71' },
  { rule: 'who.2023.nutrition.N-W4: arm 125 mm is not moderate', child: { months: 12, ...well, muac: 125 }, code: 'DE72' },
  { rule: 'who.2023.nutrition.N-W5: nothing could be measured: not assessed', child: { months: 12, oedema: 'no' }, code: 'DE72+notAssessed' },
  { rule: 'who.2023.nutrition.N-W5: feet not looked at: incomplete', child: { months: 12, ...well, oedema: 'notAsked' }, code: 'incomplete' },
  { rule: 'who.2023.nutrition.N-W5: feet could not be judged: incomplete, not none', child: { months: 12, ...well, oedema: 'cannotTell' }, code: 'incomplete' },
] satisfies { rule: string; child: PlainChild; code: string }[]) test(rule, () => { assert.equal(classOf(child), code) })

test('who.2023.nutrition.N-W4: moderate, feet unchecked: at least moderate, and says what is missing', () => {
  const answer = primaryCareClass(nutritionChild({ months: 12, ...well, wlz: -2.5, oedema: 'notAsked' }), who2023)
  assert.ok(answer.known)
  assert.deepEqual([answer.value.code, answer.value.atMost, answer.value.open], ['DE71', 'DE68', ['oedema']])
  assert.deepEqual(answer.because.map(({ text }) => text.key), ['nutrition.found.weightForLength', 'nutrition.missing'])
})
test('who.2023.nutrition.N-W3: severe, nothing asked: at least without complications, open on all three', () => {
  const answer = primaryCareClass(nutritionChild({ months: 12, wlz: -3.5, muac: 130 }), who2023)
  assert.ok(answer.known)
  assert.deepEqual([answer.value.code, answer.value.atMost, answer.value.open], ['DE70', 'DE68', ['oedema', 'complication', 'feeding']])
})
test('who.2023.nutrition.N-W2: names every measure that found it', () => {
  assert.deepEqual(ruleOf({ months: 8, ...well, wlz: -3.5, muac: 110, waz: -3.4 }), [...Array<string>(3).fill('who.2023.nutrition.N-W2'), 'who.2023.nutrition.N-W3'])
})

const yesNo = fc.constantFrom<YesNo>('yes', 'no', 'notAsked', 'cannotTell')
const z = fc.option(fc.constantFrom(-3.01, -3, -2.01, -2, 0, 2.5), { nil: undefined })
const anyChild: fc.Arbitrary<PlainChild> = fc.record({
  months: fc.constantFrom(0, 5, 6, 11, 12, 23, 24, 59), wlz: z, waz: z, muac: fc.option(fc.constantFrom(109, 114, 115, 124, 125, 140), { nil: undefined }),
  oedema: yesNo, complication: yesNo, feeding: fc.constantFrom<Feeding>('pass', 'fail', 'notAvailable', 'notAsked'),
})
const span = (child: PlainChild): readonly [number, number] => {
  const answer = primaryCareClass(nutritionChild(child), who2023)
  return answer.known ? [careRank(answer.value.code), careRank(answer.value.atMost)] : [0, 4]
}

test('who.2023.nutrition.N-W1: oedema never lowers severity', () => {
  fc.assert(fc.property(anyChild, (child) => { assert.ok(span({ ...child, oedema: 'yes' })[0] >= span({ ...child, oedema: 'no' })[0]) }))
})
test('who.2023.nutrition.N-W5: removing an answer never makes a class milder: what was true stays possible, and "none" is never claimed', () => {
  const removals = ['oedema', 'complication', 'feeding', 'wlz', 'waz', 'muac'] as const
  fc.assert(fc.property(anyChild, fc.constantFrom(...removals), (child, name) => {
    const { [name]: _, ...without } = child
    const [before] = span(child)
    const [, most] = span(without)
    assert.ok(most >= before, `${JSON.stringify(child)} without ${name}`)
    const answer = primaryCareClass(nutritionChild(without), who2023)
    if (before > 0 && answer.known && !answer.value.notAssessed) assert.ok(careRank(answer.value.code) > 0)
  }))
})
