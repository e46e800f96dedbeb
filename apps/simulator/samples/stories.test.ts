import assert from 'node:assert/strict'
import { test } from 'node:test'
import { childrenFromFhir, loadEditionsToRead, planToFhir, scheduleIn, type EditionsToRead } from '@bairn/fhir'
import { validateResource } from '@bairn/fhir/validate'
import { formatMessage, loadMessages } from '@bairn/knowledge'
import { planFor, type Plan } from '@bairn/plan'
import { addDays, dayOf, days, type Day } from '@bairn/quantities'
import { convertUcum } from '@bairn/quantities/ucum'
import { sampleBundles } from './bundles.ts'
import { PLACES } from './places.ts'
import { STORIES, type StoryName } from './stories.ts'

await loadMessages('en')
const editionsIn = new Map<string, EditionsToRead>(await Promise.all(Object.values(PLACES).map(async ({ country }) => [country, await loadEditionsToRead(country)] as const)))

function plansOn(today: Day): ReadonlyMap<StoryName, Plan> {
  const resources = [...new Map(sampleBundles(today).flatMap(({ entry }) => entry).map(({ resource, request }) => [request.url, resource])).values()]
  return new Map(STORIES.map(({ story, id, place }) => {
    const editions = editionsIn.get(PLACES[place].country)
    assert.ok(editions)
    const child = childrenFromFhir(resources, { convert: convertUcum, on: today, ...scheduleIn(editions) }).find((each) => each.id === `Patient/${id}`)
    assert.ok(child)
    const { id: placeId, country } = PLACES[place]
    return [story, planFor(child, { on: today, setting: { place: placeId, country, profile: 'primaryCare', switches: {} }, editions })]
  }))
}

/** What each story's plan says first, and the scores that make it the story. */
const TELLS: Readonly<Record<StoryName, { readonly first: string; readonly urgency: string; readonly also?: readonly string[]; readonly scores?: readonly object[] }>> = {
  severeWasting: { first: 'severeWastingCare', urgency: 'actToday', scores: [{ indicator: 'weightForLengthHeight', z: -3.51, flagged: false }] },
  oedemaNormalWeight: { first: 'refer', urgency: 'urgent' },
  stuntedOverweight: { first: 'growthReview', urgency: 'dueToday', also: ['overweightReview'], scores: [{ indicator: 'lengthHeightForAge', z: -2.6 }, { indicator: 'weightForLengthHeight', z: 2.51 }] },
  obeseAtNine: { first: 'overweightReview', urgency: 'dueToday', scores: [{ indicator: 'bmiForAge', z: 2.75 }] },
  preterm: { first: 'measure', urgency: 'comingUp', scores: [{ indicator: 'weightForAge', z: -0.33, age: { sinceBirth: days(140), corrected: days(86) } }] },
  infantLosingWeight: { first: 'refer', urgency: 'urgent' },
  typingError: { first: 'measureAgain', urgency: 'actToday', scores: [{ indicator: 'weightForAge', flagged: true, confirmed: false }] },
  unknownBirthDate: { first: 'askBirthDate', urgency: 'actToday' },
  well: { first: 'measure', urgency: 'comingUp' },
  twin: { first: 'moderateWastingCare', urgency: 'actToday', scores: [{ indicator: 'weightForLengthHeight', z: -2.24 }] },
  teenager: { first: 'thinnessReview', urgency: 'dueToday', scores: [{ indicator: 'bmiForAge', z: -2.36 }] },
  feetNotChecked: { first: 'askAssessment', urgency: 'actToday', also: ['moderateWastingCare'], scores: [{ indicator: 'weightForLengthHeight', z: -2.39 }] },
}

const today = dayOf({ year: 2026, month: 11, day: 24 })
const plans = plansOn(today)
const planOf = (story: StoryName): Plan => {
  const plan = plans.get(story)
  assert.ok(plan)
  return plan
}
for (const [story, { first, urgency, also = [], scores = [] }] of Object.entries(TELLS) as [StoryName, (typeof TELLS)[StoryName]][])
  test(`${story}: the plan says what the story says`, () => {
    const plan = planOf(story)
    // A schedule past its review date is said of every child; a code that had to be read as a like vaccine of the schedule of its dose.
    assert.deepEqual(plan.issues.filter(({ code, text }) => code !== 'plan.editionPastReview' && text.key !== 'immunization.request.assumedFormulation'), [])
    assert.deepEqual([plan.items[0]?.need, plan.items[0]?.urgency], [first, urgency])
    for (const need of also) assert.ok(plan.items.some((item) => item.need === need), need)
    for (const score of scores) assert.partialDeepStrictEqual(plan.scores.filter(({ indicator }) => 'indicator' in score && indicator === score.indicator), [score])
  })
test('feetNotChecked asks for oedema; unknownBirthDate asks for the birth date', () => {
  assert.equal(planOf('feetNotChecked').items[0]?.ask?.kind, 'oedema')
  assert.equal(planOf('unknownBirthDate').items[0]?.ask?.kind, 'birthDate')
})
test('every sample plan goes out as valid FHIR', () => {
  for (const plan of plans.values()) {
    const bundle = planToFhir(plan, { say: (message) => formatMessage(message, 'en'), language: 'en' })
    assert.deepEqual(validateResource(bundle), [])
    assert.equal(bundle.entry.filter(({ resource }) => resource.resourceType === 'Observation').length, plan.scores.length)
  }
})
test('the stories say the same whatever the day of loading, also around a leap day', () => {
  const say = (each: ReadonlyMap<StoryName, Plan>) => [...each].map(([story, plan]) => [story, plan.items[0]?.need, plan.items[0]?.urgency, plan.scores.map(({ z }) => z)])
  for (const on of [addDays(today, 1), addDays(today, 100), addDays(today, 333), dayOf({ year: 2028, month: 2, day: 29 }), dayOf({ year: 2028, month: 3, day: 1 })]) assert.deepEqual(say(plansOn(on)), say(plans))
})
test('children who come from abroad bring their doses: read, judged here, none lost', () => {
  for (const story of ['oedemaNormalWeight', 'stuntedOverweight'] as const) {
    const { vaccines } = planOf(story)
    if (story === 'oedemaNormalWeight') assert.equal(vaccines, undefined, 'Niger has no full schedule')
    else assert.deepEqual([vaccines?.doses.length, vaccines?.doses.filter(({ judged, setAside }) => judged.length + setAside.length === 0)], [19, []])
  }
  assert.ok(planOf('oedemaNormalWeight').notJudged.some(({ rule }) => rule === 'bairn.2026.plan.noSchedule'))
})
