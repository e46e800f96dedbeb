/** The family's page: which words stand, for whom. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { childFromFhir, doseToFhir, loadEditionsToRead, notGivenToFhir, scheduleIn } from '@bairn/fhir'
import { loadEditions, type Editions } from '@bairn/knowledge'
import { planFor } from '@bairn/plan'
import { dayOf } from '@bairn/quantities'
import { convertUcum } from '@bairn/quantities/ucum'
import { sampleBundles } from '@bairn/simulator'
import { familyPage, type FamilyPage } from './model.ts'

const today = dayOf({ year: 2026, month: 11, day: 23 })
let editions: Editions
before(async () => { editions = await loadEditions() })

function page(id: string): FamilyPage {
  const resources = sampleBundles(today).flatMap(({ entry }) => entry).map(({ resource }) => resource)
  const own = [...new Map(resources.filter((each) => each.id === id || JSON.stringify(each).includes(`"Patient/${id}"`)).map((each) => [`${each.resourceType}/${each.id}`, each])).values()]
  const facts = childFromFhir(own, { convert: convertUcum, on: today })
  assert.ok(facts)
  return familyPage(planFor(facts, { on: today, setting: { place: 'x', country: 'KE', profile: 'primaryCare', switches: {} }, editions }), facts, own)
}

for (const { id, state, first, goNow } of [
  { id: 'sami', state: 'moderateWastingCare', first: 'moreFood', goNow: false },
  { id: 'akinyi', state: 'severeWastingCare', first: 'specialFood', goNow: false },
  { id: 'moussa', state: 'refer', first: 'keepWarm', goNow: true },
  { id: 'danylo', state: 'overweightReview', first: 'moveMore', goNow: false },
  { id: 'mateo', state: 'nothing', first: 'breastAndFamilyFood', goNow: false },
]) test(`${id}: ${state}, then ${first}`, () => {
  const family = page(id)
  assert.deepEqual([family.state[0], family.home[0], family.goNow], [state, first, goNow])
  assert.equal(family.home.length, 3)
  assert.equal(family.back.length === 0, goNow)
})
test('vaccines: what was given today, what is still due, and the days they are for', async () => {
  const withSchedule = await loadEditionsToRead('KE')
  const resources = sampleBundles(today).flatMap(({ entry }) => entry).map(({ resource }) => resource)
  const own = [...resources.filter((each) => each.id === 'lucia' || JSON.stringify(each).includes('"Patient/lucia"')), doseToFhir({ id: 'now', day: today, vaccine: { code: '177', name: 'PCV10' } }, { child: 'Patient/lucia' }), doseToFhir({ id: 'card', day: today, vaccine: { code: '119', name: 'x' }, from: 'card' }, { child: 'Patient/lucia' }), notGivenToFhir({ id: 'not', day: today, vaccine: { code: '182', name: 'OPV' }, reason: 'outOfStock' }, { child: 'Patient/lucia' })]
  const facts = childFromFhir(own, { convert: convertUcum, on: today, ...scheduleIn(withSchedule) })
  assert.ok(facts)
  const plan = planFor(facts, { on: today, setting: { place: 'x', country: 'KE', profile: 'primaryCare', switches: {} }, editions: withSchedule })
  const family = familyPage(plan, facts, own)
  assert.deepEqual(family.doses.map(({ id }) => id), ['Immunization/now'])
  assert.equal(family.still.length, plan.items.filter(({ action, urgency }) => action === 'give' && urgency !== 'comingUp').length)
  assert.deepEqual(family.back.find(({ need }) => need === 'vaccine.OPV')?.day, plan.setAside.find(({ need }) => need === 'vaccine.OPV')?.until)
  assert.ok(family.back.some(({ vaccines }) => vaccines !== undefined))
})
