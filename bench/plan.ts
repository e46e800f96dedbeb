/**
 * One child's whole plan, reasons and flips on: twelve children with a story each, and one with fifty visits. Medians over rounds,
 * one thread. Budget: 1 ms. Baseline in the same run: the same plan written as JSON and read again.
 */
import { readFileSync } from 'node:fs'
import { childrenFromFhir } from '@bairn/fhir'
import { formatMessage, loadEditions, loadMessages } from '@bairn/knowledge'
import { planFor, type ChildFacts, type Measurement, type Setting } from '@bairn/plan'
import { addDays, centimetres, dayOf, kilograms, millimetres } from '@bairn/quantities'
import { convertUcum } from '@bairn/quantities/ucum'
import { formatPlan } from '../apps/cli/assess/text.ts'

const editions = await loadEditions()
await loadMessages('en')
const setting: Setting = { place: '', country: '', profile: 'primaryCare', switches: {} }
const on = dayOf({ year: 2026, month: 11, day: 23 })
const bundles = JSON.parse(readFileSync(new URL('../apps/cli/assess/golden/children.json', import.meta.url), 'utf8')) as readonly unknown[]
const stories = bundles.flatMap((bundle) => childrenFromFhir([bundle], { convert: convertUcum, on }))

const birth = addDays(on, -1500)
const visits = Array.from({ length: 50 }, (_, index) => index).flatMap((index): Measurement[] => {
  const day = addDays(birth, index * 30)
  const age = index * 30
  return [
    { id: `w${index}`, day, kind: 'weight', value: kilograms(Number((3.3 + 12 * (age / 1500) ** 0.6).toFixed(1))) },
    { id: `l${index}`, day, kind: 'length', value: centimetres(Number((50 + 50 * (age / 1500) ** 0.6).toFixed(1))), position: age < 731 ? 'lying' : 'standing' },
    { id: `m${index}`, day, kind: 'muac', value: millimetres(118) },
  ]
})
const fifty: ChildFacts = { id: 'fifty', birth: { kind: 'exact', day: birth }, sex: 'male', measurements: visits, findings: [], responses: [], issues: [] }

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] as number
const ROUNDS = 300
function time(run: () => unknown): number {
  for (let round = 0; round < 50; round++) run()
  return median(Array.from({ length: ROUNDS }, () => {
    const before = performance.now()
    run()
    return performance.now() - before
  }))
}

const plan = (facts: ChildFacts) => planFor(facts, { on, setting, editions })
const perStory = stories.map((facts) => ({ id: facts.id, ms: time(() => plan(facts)) }))
for (const { id, ms } of perStory) console.log(`${id.padEnd(18)} ${ms.toFixed(3)} ms`)
console.log(`twelve stories: mean of medians ${(perStory.reduce((sum, { ms }) => sum + ms, 0) / perStory.length).toFixed(3)} ms, worst ${Math.max(...perStory.map(({ ms }) => ms)).toFixed(3)} ms (budget 1)`)
const many = time(() => plan(fifty))
const json = time(() => JSON.parse(JSON.stringify(plan(fifty)))) - many
console.log(`fifty visits: ${many.toFixed(3)} ms (budget 1); baseline, that plan to JSON and back: ${json.toFixed(3)} ms, ratio ${(many / json).toFixed(1)}`)
const wasted = stories[0] as ChildFacts
const shown = plan(wasted)
console.log(`one plan as text: ${time(() => formatPlan({ plan: shown, facts: wasted, language: 'en' })).toFixed(3)} ms; one sentence: ${(time(() => { for (let i = 0; i < 100; i++) formatMessage({ key: 'plan.title.seeAgain' }, 'en') }) * 10).toFixed(1)} us`)
