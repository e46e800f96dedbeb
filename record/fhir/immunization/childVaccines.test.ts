/** A child's vaccines from the record to the plan: what is written is read back, under the record's own ids. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { planFor, type Plan } from '@bairn/plan'
import { parseDay, type Day } from '@bairn/quantities'
import { convertUcum } from '@bairn/quantities/ucum'
import { childrenFromFhir, childFromFhir } from '../child.ts'
import { enteredInError } from '../facts.ts'
import { loadEditionsToRead, scheduleIn } from './editionsToRead.ts'
import { adverseEventToFhir, doseToFhir, notGivenToFhir } from './write.ts'

const editions = await loadEditionsToRead('US')
const day = (text: string): Day => { const parsed = parseDay(text); assert.ok(parsed.ok); return parsed.value }
const patient = { resourceType: 'Patient', id: 'p', gender: 'female', birthDate: '2025-01-06' }
const context = { child: 'Patient/p' }
const factsOf = (...resources: readonly unknown[]) => {
  const facts = childFromFhir([patient, ...resources], { convert: convertUcum, on: day('2026-03-01'), ...scheduleIn(editions) })
  assert.ok(facts)
  return facts
}
const planOf = (...resources: readonly unknown[]): Plan => planFor(factsOf(...resources), { on: day('2026-03-01'), setting: { place: '', country: 'US', profile: 'primaryCare', switches: {} }, editions })
const mmr = doseToFhir({ id: 'mmr', day: day('2026-01-10'), vaccine: { code: '03', name: 'MMR' } }, context)

test('a dose that was written is read under the id of the record, and counts', () => {
  assert.deepEqual(factsOf(mmr).vaccines?.doses, [{ id: 'Immunization/mmr', date: day('2026-01-10'), cvx: '03' }])
  assert.partialDeepStrictEqual(planOf(mmr).vaccines?.doses, [{ id: 'Immunization/mmr', judged: [{ group: 'MMR', status: 'valid' }] }])
})
test('a dose that was withdrawn is read no more', () => { assert.deepEqual(factsOf(enteredInError(mmr)).vaccines?.doses, []) })
test('without a schedule no vaccine is read, and nothing is said of it here', () => {
  const facts = childFromFhir([patient, mmr], { convert: convertUcum })
  assert.deepEqual([facts?.vaccines, facts?.issues], [undefined, []])
})
test('a code of another system is read through the codes of the world', () => {
  const dose = doseToFhir({ id: 'd', day: day('2025-03-10'), vaccine: { code: 'J07CA11', name: 'Penta', system: 'http://www.whocc.no/atc' }, from: 'card', country: 'KE' }, context)
  assert.deepEqual(factsOf(dose).vaccines?.doses.map(({ id, cvx }) => [id, cvx]), [['Immunization/d', '102']])
})
test('a month without a day is an uncertain dose; a date in words is kept, not judged, and named', () => {
  const facts = factsOf({ ...mmr, id: 'month', occurrenceDateTime: '2026-01' }, { ...mmr, id: 'words', occurrenceDateTime: undefined, occurrenceString: 'last spring' })
  assert.deepEqual(facts.vaccines?.uncertain, [{ id: 'Immunization/month', cvx: '03', earliest: day('2026-01-01'), latest: day('2026-01-31') }])
  assert.deepEqual([facts.vaccines?.unjudged?.map(({ id }) => id), facts.issues.map(({ where, text }) => [where, text.key])], [['Immunization/words'], [['Immunization/month', 'immunization.request.partialDate'], ['Immunization/words', 'immunization.request.textDate']]])
  const { vaccines } = planOf({ ...mmr, id: 'month', occurrenceDateTime: '2026-01' })
  assert.deepEqual(vaccines?.doses.map(({ judged }) => judged.map(({ status }) => status)), [['unknown']], 'before and from twelve months less four days on')
})
for (const reason of ['outOfStock', 'declined', 'deferred'] as const) test(`not given, ${reason}: read back with its reason`, () => {
  const given = notGivenToFhir({ id: 'n', day: day('2026-02-28'), vaccine: { code: '03', name: 'MMR' }, reason, note: 'later' }, context)
  assert.deepEqual(factsOf(given).vaccines?.notGiven, [{ id: 'Immunization/n', day: day('2026-02-28'), vaccine: '03', reason, note: 'later' }])
})
test('a severe allergic reaction after a dose forbids the next one of the same, and of nothing else', () => {
  const event = adverseEventToFhir({ id: 'a', day: day('2026-01-10'), kind: 'severeAllergicReaction', serious: true, outcome: 'recovered', doses: ['Immunization/mmr'] }, context)
  const status = (plan: Plan, group: string) => plan.vaccines?.forecasts.find((one) => one.group === group)?.status
  const plan = planOf(mmr, event)
  assert.deepEqual([status(plan, 'MMR'), status(planOf(mmr), 'MMR'), status(plan, 'Polio')], ['contraindicated', 'notComplete', 'notComplete'])
  const fever = adverseEventToFhir({ id: 'a', day: day('2026-01-10'), kind: 'highFever', serious: false, outcome: 'recovered', doses: ['Immunization/mmr'] }, context)
  assert.deepEqual([status(planOf(mmr, fever), 'MMR'), factsOf(mmr, fever).issues], ['notComplete', []])
})
test('another child\'s dose, and one of nobody, are not this child\'s', () => {
  const facts = factsOf({ ...mmr, id: 'x', patient: { reference: 'Patient/q' } })
  assert.deepEqual([facts.vaccines?.doses, facts.issues.map(({ text }) => text.key)], [[], ['record.subject.notHere']])
})

const synthea = `${process.env['BAIRN_SHARED'] ?? path.join(import.meta.dirname, '../../../../shared')}/data/fhir/synthea`
test('the vaccines of the 60 Synthea children are read: every dose judged or set aside by name', (t) => {
  if (!existsSync(synthea)) return t.skip('shared data not here: data/fhir/synthea')
  let doses = 0
  for (const file of readdirSync(synthea).filter((name) => name.endsWith('.json.gz'))) {
    const bundle = JSON.parse(gunzipSync(readFileSync(`${synthea}/${file}`)).toString()) as { readonly entry: readonly { readonly resource: { readonly resourceType: string; readonly status?: string } }[] }
    const given = bundle.entry.filter(({ resource }) => resource.resourceType === 'Immunization' && resource.status === 'completed').length
    const on = day('2026-11-29')
    const [facts] = childrenFromFhir([bundle], { convert: convertUcum, on, ...scheduleIn(editions) })
    assert.ok(facts)
    const { vaccines } = planFor(facts, { on, setting: { place: '', country: 'US', profile: 'primaryCare', switches: {} }, editions })
    if (vaccines === undefined) continue
    assert.equal(vaccines.doses.length, given, file)
    for (const dose of vaccines.doses) assert.ok(dose.judged.length + dose.setAside.length > 0 || facts.issues.some(({ where }) => where === dose.id), `${file} ${dose.id}: silence`)
    doses += given
  }
  assert.ok(doses > 100, `${doses} doses`)
  return undefined
})
