/** Figures on the page are the edition's, each with whose it is. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ImmunizationEdition } from '@bairn/immunization'
import { loadImmunizationEdition } from '@bairn/knowledge'
import { gapsOf, rulesOf, ruleSources, type DoseRule } from './rules.ts'

const edition = (id: string): Promise<ImmunizationEdition> => loadImmunizationEdition(id) as Promise<ImmunizationEdition>
const dose = (found: ImmunizationEdition, antigen: string, number: number): DoseRule | undefined => rulesOf(found).find((one) => one.antigen === antigen)?.series[0]?.doses[number - 1]

test('a borrowed minimum age and wait are marked, the country’s own best age is not', async () => {
  const found = dose(await edition('ken-2023'), 'Diphtheria', 1)
  assert.deepEqual([found?.best?.text, found?.notBefore?.period.text, found?.notBefore?.borrowed], ['6 weeks', '6 weeks', true])
  const [wait] = dose(await edition('ken-2023'), 'Diphtheria', 2)?.waits ?? []
  assert.deepEqual([wait?.period.text, wait?.borrowed, wait?.from], ['4 weeks', true, { kind: 'previous' }])
})
test('Germany’s own interval of six months is not marked as borrowed', async () => {
  const [wait] = dose(await edition('deu-2023'), 'Diphtheria', 3)?.waits ?? []
  assert.deepEqual([wait?.period.text, wait?.borrowed], ['6 months', false])
})
test('the United States: nothing is borrowed, and the first day that counts stands apart from the minimum age', async () => {
  const usa = await edition('cdsi-4.64')
  const found = dose(usa, 'Measles', 1)
  assert.deepEqual([found?.notBefore?.period.text, found?.notBefore?.borrowed, found?.countsFrom?.text], ['12 months', false, '12 months - 4 days'])
  assert.ok(rulesOf(usa).flatMap(({ series, risk }) => [...series, ...risk]).flatMap(({ doses }) => doses).every(({ waits, notAfter }) => notAfter?.borrowed !== true && waits.every(({ borrowed }) => !borrowed)))
})
test('standard series come first; series for risks stand apart; places and judged-only are told', async () => {
  const hpv = rulesOf(await edition('ken-2023')).find(({ antigen }) => antigen === 'HPV')
  assert.deepEqual(hpv?.series.map(({ kind }) => kind), ['standard', 'judged'])
  const measles = rulesOf(await edition('who-2025')).find(({ antigen }) => antigen === 'Measles')
  assert.deepEqual([measles?.series.map(({ kind }) => kind), measles?.risk.map(({ for: who }) => who[0])], [['standard', 'somePlaces'], ['setting-measles-early']])
  const usa = rulesOf(await edition('cdsi-4.64'))
  assert.equal(usa.reduce((sum, { series, risk }) => sum + series.length + risk.length, 0), 143)
})
test('live vaccines: one wait in Kenya, and every pair of the edition stands in some gap', async () => {
  const kenya = await edition('ken-2023')
  assert.deepEqual(gapsOf(kenya).map(({ wait }) => wait.text), ['4 weeks'])
  const usa = await edition('cdsi-4.64')
  const gaps = gapsOf(usa)
  for (const [current, byPrevious] of usa.conflicts) for (const previous of byPrevious.keys()) assert.ok(gaps.some((gap) => gap.current.includes(current) && gap.previous.includes(previous)), `${previous} ${current}`)
})
test('every rule names its document; those not stated by it are counted as needing review', async () => {
  const rules = ruleSources(await edition('ken-2023'))
  assert.equal(rules.find(({ rule }) => rule === 'national.ken-2023.age.tooYoung')?.evidence, 'policy')
  assert.match(rules.find(({ rule }) => rule === 'national.ken-2023.age.tooYoung')?.document ?? '', /^WHO/)
  assert.match(rules.find(({ rule }) => rule === 'national.ken-2023.interval.tooSoon')?.own?.document ?? '', /Joint Reporting Form/)
})
