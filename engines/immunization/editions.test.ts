/** What must hold of every schedule, whichever country's: every rule with its sentence and source, and what is not known said. Loops and sweeps: closedLoop.test.ts, sweep.test.ts. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatMessage, IMMUNIZATION_EDITIONS, LANGUAGES, loadImmunizationEdition, loadMessages } from '@bairn/knowledge'
import type { ImmunizationEdition } from './edition.ts'
import { explain } from './explain.ts'
import { day } from './testing/schedule.ts'

await loadMessages('en')
const editions = await Promise.all(IMMUNIZATION_EDITIONS.map(async (id) => await loadImmunizationEdition(id) as ImmunizationEdition))

for (const edition of editions) {
  const { rulePrefix } = edition
  // Every rule the engine can give, by its id: an edition that lacks one would fail at the bedside.
  const ids = [
    `${rulePrefix}.history.beforeBirth`, `${rulePrefix}.history.unknownVaccine`, `${rulePrefix}.history.notInSchedule`, `${rulePrefix}.history.notForThisChild`, `${rulePrefix}.history.afterAssessment`,
    `${rulePrefix}.doseCondition.expired`, `${rulePrefix}.doseCondition.flagged`, `${rulePrefix}.inadvertent.vaccine`,
    `${rulePrefix}.age.tooYoung`, `${rulePrefix}.age.grace`, `${rulePrefix}.age.tooOld`, `${rulePrefix}.interval.tooSoon`, `${rulePrefix}.interval.grace`, `${rulePrefix}.interval.allowable`,
    `${rulePrefix}.conflict.liveVirus`, `${rulePrefix}.vaccine.allowable`, `${rulePrefix}.vaccine.notAllowed`, `${rulePrefix}.satisfy.valid`, `${rulePrefix}.satisfy.seriesComplete`, `${rulePrefix}.skip.targetDose`,
    `${rulePrefix}.immunity.history`, `${rulePrefix}.immunity.birthDate`, `${rulePrefix}.contraindication.antigen`, `${rulePrefix}.contraindication.vaccine`,
    `${rulePrefix}.need.complete`, `${rulePrefix}.need.notRecommended`, `${rulePrefix}.need.pastSeason`, `${rulePrefix}.need.agedOut`, `${rulePrefix}.need.cannotFinish`,
    `${rulePrefix}.date.minimumAge`, `${rulePrefix}.date.interval`, `${rulePrefix}.date.conflict`, `${rulePrefix}.date.season`, `${rulePrefix}.date.lastDose`, `${rulePrefix}.date.recommended`, `${rulePrefix}.date.pastDue`,
    `${rulePrefix}.series.indication`, `${rulePrefix}.deviation.seriesStart`,
  ]
  test(`${edition.id}: every rule has its id, sentence and source`, () => {
    assert.deepEqual(Object.keys(edition.rules).map((rule) => `${rulePrefix}.${rule}`).toSorted(), ids.toSorted())
    for (const rule of Object.keys(edition.rules)) {
      const reason = explain({ rule, day: day('2026-03-01'), code: '01' }, edition)
      assert.ok(reason.source.document.length > 5)
      assert.doesNotMatch(formatMessage(reason.text, 'en'), /\[immunization|\{/)
    }
  })
  test(`${edition.id}: what is not known, and what its sources say differently, has its sentence`, () => {
    for (const { about, kind } of edition.unknown ?? []) assert.match(formatMessage({ key: `immunization.unknown.${kind}`, params: { what: { text: about } } }, 'en'), new RegExp(`^${about}: .*\\.$`))
    for (const { says } of edition.disagreements ?? []) for (const words of Object.values(says)) assert.deepEqual(Object.keys(words).toSorted(), LANGUAGES.toSorted())
    if (edition.borrowed) assert.ok((edition.unknown ?? []).length > 0, 'a country without anything unknown')
  })
}
