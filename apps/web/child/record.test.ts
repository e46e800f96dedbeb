import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPendingList, whereRecorded, whoRecorded, withPending, withResource } from './record.ts'

const a = { resourceType: 'Observation', id: 'a', status: 'final' }
test('a changed resource takes the place of its earlier version; a new one stands at the end', () => {
  assert.deepEqual(withResource([a], { ...a, status: 'corrected' }), [{ ...a, status: 'corrected' }])
  assert.deepEqual(withResource([a], { ...a, id: 'b' }).map(({ id }) => id), ['a', 'b'])
})
test('what is not sent yet lies over the record', () => {
  assert.deepEqual(withPending([a], [{ fact: { ...a, status: 'entered-in-error' }, at: '09:55' }])[0]?.['status'], 'entered-in-error')
})
test('who and where come from the resource, or from the worker it refers to', () => {
  assert.deepEqual(whoRecorded([{ ...a, performer: [{ reference: 'Practitioner/n', display: 'Grace' }] }], 'Observation/a'), { name: 'Grace', reference: 'Practitioner/n' })
  assert.deepEqual(whoRecorded([{ ...a, performer: [{ reference: 'Practitioner/n' }] }, { resourceType: 'Practitioner', id: 'n', name: [{ text: 'Rosa' }] }], 'Observation/a'), { name: 'Rosa', reference: 'Practitioner/n' })
  assert.equal(whoRecorded([a], 'Observation/a'), undefined)
  assert.equal(whereRecorded({ ...a, extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/event-location', valueReference: { display: 'Ahero' } }] }), 'Ahero')
})
test('only a list of facts with their time is taken from an earlier visit of this browser', () => {
  assert.ok(isPendingList([{ fact: a, at: '09:55' }]))
  for (const other of [null, {}, [1], [{ at: '09:55' }], [{ fact: { id: 'x' }, at: '09:55' }]]) assert.equal(isPendingList(other), false)
})
