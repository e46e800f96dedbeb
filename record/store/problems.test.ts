/** Problems as issues: one key each, with what stands in it and where. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { problemToIssue, STORE_PROBLEM_KEYS } from './problems.ts'

test('problems: key, FHIR code, parameters, and the place within a bundle', () => {
  assert.deepEqual(problemToIssue({ kind: 'reference', reference: 'Patient/x', where: 'Observation.subject.reference', matches: 0, entry: 3 }), {
    code: 'not-found', severity: 'error', where: 'Bundle.entry[3].resource.subject.reference',
    text: { key: 'store.reference', params: { reference: { text: 'Patient/x' }, where: { text: 'Observation.subject.reference' }, matches: { number: 0 }, entry: { number: 3 } } },
  })
  assert.equal(problemToIssue({ kind: 'reference', reference: 'Patient?a=b', where: 'X.a', matches: 2 }).text.key, 'store.referenceMany')
  assert.equal(problemToIssue({ kind: 'bundle', what: 'sameResource', entry: 1, other: 0 }).where, 'Bundle.entry[1]')
  assert.equal(problemToIssue({ kind: 'notFound', type: 'Patient', id: 'x' }).where, undefined)
})

test('problems: every key has a sentence in each language', () => {
  for (const language of ['en', 'fr', 'ar']) {
    const { messages } = JSON.parse(readFileSync(path.join(import.meta.dirname, '..', '..', 'knowledge', 'messages', language, 'problems.json'), 'utf8')) as { readonly messages: Readonly<Record<string, string>> }
    assert.deepEqual(STORE_PROBLEM_KEYS.filter((key) => messages[key] === undefined), [], language)
  }
})
