/** What becomes an OperationOutcome, how, and in which language. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languageOf, outcomeOf, refusalOf } from './outcome.ts'
import { problem } from './problems.ts'

test('an issue keeps its code, gets its sentence and its place', async () => {
  assert.deepEqual(await outcomeOf([problem('problem.fhir.noId', { id: { text: 'a1' } }, 'Patient.id')], 'fr-CH, en;q=0.5'), {
    resourceType: 'OperationOutcome',
    issue: [{
      severity: 'error', code: 'required', expression: ['Patient.id'],
      details: { coding: [{ system: 'urn:bairn:issue', code: 'problem.fhir.noId' }], text: 'La ressource n’a pas d’identifiant. Donnez-lui celui de l’adresse, a1.' },
    }],
  })
})

test('a place that is no path stands in diagnostics', async () => {
  const { issue } = await outcomeOf([problem('problem.file.none', { file: { text: 'a' } }, 'line 3, column 4')])
  assert.deepEqual([issue[0]?.diagnostics, issue[0]?.expression], ['line 3, column 4', undefined])
})

test('places in a list and in a function are paths', async () => {
  for (const place of ['Observation.component[0].value', "Patient.extension('http://a.org/b').value", 'http.if-match', 'Bundle.entry[12].resource.ofType(Patient)'])
    assert.deepEqual((await outcomeOf([problem('problem.notHere', {}, place)])).issue[0]?.expression, [place])
})

for (const [given, language] of [['ar-EG', 'ar'], ['sw, fr;q=0.5', 'fr'], ['de', 'en'], [undefined, 'en']] as const)
  test(`accept-language ${given} is answered in ${language}`, () => { assert.equal(languageOf(given), language) })

for (const { name, given, conditional, status, code, where } of [
  { name: 'nothing there', given: { kind: 'notFound', type: 'Patient', id: 'a' }, status: 404, code: 'not-found' },
  { name: 'nothing there under If-Match', given: { kind: 'notFound', type: 'Patient', id: 'a' }, conditional: true, status: 412, code: 'not-found' },
  { name: 'deleted', given: { kind: 'deleted', type: 'Patient', id: 'a', version: 2, updated: '2026-01-01T00:00:00.000Z' }, status: 410, code: 'deleted' },
  { name: 'an old version', given: { kind: 'conflict', type: 'Patient', id: 'a', sent: 1, current: 2 }, status: 412, code: 'conflict', where: 'http.if-match' },
  { name: 'an old version in a Bundle', given: { kind: 'conflict', type: 'Patient', id: 'a', sent: 1, current: 2, entry: 3 }, status: 412, code: 'conflict', where: 'Bundle.entry[3]' },
  { name: 'a reference to nothing', given: { kind: 'reference', reference: 'Patient/x', where: 'Observation.subject', matches: 0, entry: 1 }, status: 422, code: 'not-found', where: 'Bundle.entry[1].resource.subject' },
  { name: 'a full disk', given: { kind: 'unavailable', why: 'diskFull', detail: '' }, status: 507, code: 'no-store' },
  { name: 'no database', given: { kind: 'unavailable', why: 'connection', detail: '' }, status: 503, code: 'transient' },
  { name: 'a newer database', given: { kind: 'newerSchema', found: 9, known: 3 }, status: 500, code: 'exception' },
] as const) test(`the store's problem: ${name} is ${status}`, () => {
  const refusal = refusalOf(given, { conditional: conditional ?? false })
  assert.deepEqual([refusal.status, refusal.issues.map((issue) => [issue.code, issue.where])], [status, [[code, where]]])
})
