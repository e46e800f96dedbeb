/** What of a plan speaks for the child in the list. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findingToFhir, loadEditionsToRead } from '@bairn/fhir'
import { dayOf, formatDay } from '@bairn/quantities'
import { planOf, project } from './project.ts'

const on = dayOf({ year: 2026, month: 6, day: 20 })
const editions = await loadEditionsToRead('KE')
const options = { editions, setting: () => ({ place: 'ahero', country: 'KE', profile: 'primaryCare' as const, switches: {} }) }
const child = [
  { resourceType: 'Patient', id: 'zuri', gender: 'female', birthDate: '2026-01-20' },
  { resourceType: 'Immunization', id: 'd', status: 'completed', patient: { reference: 'Patient/zuri' }, vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '198' }] }, occurrenceDateTime: '2026-03-10' },
]
const said = (answer: 'yes' | 'no') => findingToFhir({ id: `Observation/reaction-${answer}`, day: on, kind: 'vaccineReaction', answer }, { child: 'Patient/zuri' })
const lookAt = (resources: readonly Readonly<Record<string, unknown>>[]) => ({ items: planOf(resources, on, options)?.items ?? [], row: project(resources, on, options)?.row })

test('a question before a dose stands above it in the plan; in the list the dose speaks for the child', () => {
  const { items, row } = lookAt(child)
  assert.deepEqual([items[0]?.need, items[0]?.action], ['askReaction', 'ask'], formatDay(on))
  assert.deepEqual([row?.urgency, row?.title], [items[1]?.urgency, items[1]?.title])
})
test('after a severe reaction, which vaccine it was comes before everything else, in the list as well', () => {
  const { items, row } = lookAt([...child, said('yes')])
  assert.deepEqual([items[0]?.need, items[0]?.action, items[0]?.urgency], ['askReaction', 'counsel', 'actToday'])
  assert.deepEqual([row?.urgency, row?.title], ['actToday', items[0]?.title])
})
test('after no reaction the first dose speaks', () => {
  const { items, row } = lookAt([...child, said('no')])
  assert.ok(items.every(({ need }) => need !== 'askReaction'))
  assert.deepEqual(row?.title, items[0]?.title)
})
