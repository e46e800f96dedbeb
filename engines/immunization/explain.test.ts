/** Every rule of the edition has its sentence in three languages, its source and its words. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatMessage, LANGUAGES, loadMessages } from '@bairn/knowledge'
import { explain, wordsOf } from './explain.ts'
import { day, dose, editionOf, figures, series } from './testing/schedule.ts'

const edition = editionOf([series([dose()])])
for (const language of LANGUAGES) test(`every rule has its sentence, ${language}`, async () => {
  await loadMessages(language)
  for (const rule of Object.keys(figures.rules)) {
    const reason = explain({ rule, day: day('2026-03-01'), code: '01', dose: 'd1' }, edition)
    const text = formatMessage(reason.text, language)
    assert.ok(text.length > 6 && !text.includes('[immunization') && !text.includes('{'), `${rule}: ${text}`)
    assert.ok(reason.source.document.length > 5 && wordsOf({ rule }, edition).length > 3)
  }
})
test('a vaccine and an observation are called by their names; an unknown code stands as it is', async () => {
  await loadMessages('en')
  const say = (rule: string, code: string): string => formatMessage(explain({ rule, day: day('2026-03-01'), code }, edition).text, 'en')
  assert.equal(say('vaccine.notAllowed', '02'), 'Vaccine two does not count for this dose at this age.')
  assert.equal(say('contraindication.antigen', '001'), 'Must not be given: First observation.')
  assert.match(say('history.unknownVaccine', '77'), /77/)
})
test('a rule that the edition does not name is our mistake', () => {
  assert.throws(() => explain({ rule: 'no.such' }, edition), /no rule 'no.such'/)
  assert.throws(() => wordsOf({ rule: 'no.such' }, edition), /no rule 'no.such'/)
})
