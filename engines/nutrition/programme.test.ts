import assert from 'node:assert/strict'
import { test } from 'node:test'
import { programmeClass, type ProgrammeCode } from './programme.ts'
import { nutritionChild, who2023, type PlainChild } from './testing/child.ts'

const severe = { months: 24, wlz: -3.5, muac: 120, oedema: 'no', complication: 'no', feeding: 'pass' } as const
for (const { rule, child, code } of [
  { rule: 'severe with a danger sign is referred now', child: { ...severe, complication: 'yes' }, code: 'severeReferNow' },
  { rule: 'severe with a failed appetite test is referred now', child: { ...severe, feeding: 'fail' }, code: 'severeReferNow' },
  { rule: 'oedema +++ is referred now', child: { ...severe, oedema: 'yes', grade: 3 }, code: 'severeReferNow' },
  { rule: 'oedema ++ is severe, not referred by itself', child: { ...severe, oedema: 'yes', grade: 2 }, code: 'severe' },
  { rule: 'severe without any of these is not referred', child: severe, code: 'severe' },
  { rule: 'moderate with a danger sign is not of this rule', child: { ...severe, wlz: -2.5, complication: 'yes' }, code: 'moderate' },
] satisfies { rule: string; child: PlainChild; code: ProgrammeCode }[]) test(`who.2023.nutrition.N-T1: ${rule}`, () => {
  assert.partialDeepStrictEqual(programmeClass(nutritionChild(child), who2023), { known: true, value: { code } })
})
test('who.2023.nutrition.N-T1: severe and nothing asked: at least severe, open on all three', () => {
  const answer = programmeClass(nutritionChild({ months: 24, wlz: -3.5, muac: 120 }), who2023)
  assert.ok(answer.known)
  assert.deepEqual([answer.value.code, answer.value.atMost, answer.value.open], ['severe', 'severeReferNow', ['oedema', 'complication', 'feeding']])
})
test('who.2023.nutrition.N-T1: it is recalled, so every reason of it says it needs review', () => {
  const answer = programmeClass(nutritionChild({ ...severe, complication: 'yes' }), who2023)
  assert.deepEqual(answer.because.filter(({ rule }) => rule.endsWith('N-T1')).map(({ evidence }) => evidence), ['recalled'])
})
