/** Two editions: only what differs, and all of it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ImmunizationEdition } from '@bairn/immunization'
import { loadImmunizationEdition } from '@bairn/knowledge'
import { dayOf } from '@bairn/quantities'
import { compare } from './compare.ts'

const BORN = dayOf({ year: 2026, month: 11, day: 23 })
const edition = (id: string): Promise<ImmunizationEdition> => loadImmunizationEdition(id) as Promise<ImmunizationEdition>
const [kenya, germany, who, usa] = await Promise.all(['ken-2023', 'deu-2023', 'who-2025', 'cdsi-4.64'].map(edition)) as [ImmunizationEdition, ImmunizationEdition, ImmunizationEdition, ImmunizationEdition]

test('an edition against itself: no line, all diseases the same', () => {
  const { lines, limits, same } = compare(kenya, kenya, BORN)
  assert.deepEqual([lines, limits], [[], []])
  assert.ok(same.includes('Measles') && same.includes('HPV'))
})
test('Kenya and Germany: what one has and the other has not, other numbers of doses, other ages', () => {
  const { lines } = compare(kenya, germany, BORN)
  const of = (disease: string): readonly string[] => lines.filter((line) => line.disease === disease).map(({ kind, sex, one, other }) => `${kind} ${sex} ${one.doses.length} ${other.doses.length}`)
  assert.deepEqual(of('Tuberculosis'), ['onlyHere everybody 1 0'])
  assert.deepEqual(of('Varicella'), ['onlyThere everybody 0 2'])
  assert.deepEqual(of('Diphtheria'), ['doses everybody 3 5'])
  assert.deepEqual(of('Measles'), ['ages everybody 2 2'])
  assert.deepEqual(of('HPV').length, 2)
})
test('a vaccine of some places only is told where the other schedule has none, and not where both have it so', () => {
  const malaria = compare(kenya, germany, BORN).lines.find(({ disease }) => disease === 'Malaria')
  assert.deepEqual([malaria?.kind, malaria?.one.somePlaces, malaria?.other.inSchedule], ['onlyHere', true, false])
  assert.equal(compare(kenya, who, BORN).lines.some(({ disease }) => disease === 'Malaria'), false)
})
test('turned round, the same lines with the sides changed', () => {
  const [there, back] = [compare(kenya, usa, BORN), compare(usa, kenya, BORN)]
  assert.deepEqual(there.lines.map(({ disease }) => disease).toSorted(), back.lines.map(({ disease }) => disease).toSorted())
  assert.deepEqual(there.limits.map(({ disease, limit, one, other }) => [disease, limit, one.text, other.text].join()).toSorted(), back.limits.map(({ disease, limit, one, other }) => [disease, limit, other.text, one.text].join()).toSorted())
  assert.ok(there.limits.some(({ disease, limit, one, other }) => disease === 'Measles' && limit === 'earliest' && one.text === '9 months' && other.text === '12 months'))
})
