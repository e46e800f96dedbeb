/** The charts of the sample children and of a few made for one rule each. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { childFromFhir } from '@bairn/fhir'
import { loadEditions, type Editions } from '@bairn/knowledge'
import { growthHistory, planFor, type ChildFacts, type Measurement } from '@bairn/plan'
import { dayOf, days, type Day } from '@bairn/quantities'
import { convertUcum } from '@bairn/quantities/ucum'
import { sampleBundles } from '@bairn/simulator'
import { chartsFor, growthChart, CHARTS, type ChartId, type GrowthInput } from './model.ts'

const today = dayOf({ year: 2026, month: 11, day: 23 })
const setting = { place: 'x', country: 'KE', profile: 'primaryCare', switches: {} } as const
let editions: Editions
before(async () => { editions = await loadEditions() })

const input = (facts: ChildFacts): GrowthInput =>
  ({ facts, references: editions.growth, nutrition: editions.nutrition, on: today, scores: planFor(facts, { on: today, setting, editions }).scores })
const born = (age: number): Day => (today - age) as Day
type Plain = Omit<Measurement, 'id' | 'day'> & { readonly age: number }
const child = (age: number, sex: 'male' | 'female', measured: readonly unknown[], more: Partial<ChildFacts> = {}): ChildFacts => ({
  id: 'Patient/x', birth: { kind: 'exact', day: born(age) }, sex, findings: [], responses: [], issues: [],
  measurements: (measured as readonly Plain[]).map(({ age: at, ...fact }, index) => ({ ...fact, id: `Observation/${index}`, day: (born(age) + at) as Day }) as Measurement),
  ...more,
})
const samples = (): readonly ChildFacts[] => {
  const resources = sampleBundles(today).flatMap(({ entry }) => entry).map(({ resource }) => resource)
  const ids = [...new Set(resources.filter(({ resourceType }) => resourceType === 'Patient').map(({ id }) => id))]
  return ids.flatMap((id) => childFromFhir([...new Map(resources.filter((each) => each.id === id || JSON.stringify(each).includes(`"Patient/${id}"`)).map((each) => [`${each.resourceType}/${each.id}`, each])).values()], { convert: convertUcum, on: today }) ?? [])
}

const INDICATOR = { weight: 'weightForAge', length: 'lengthHeightForAge', weightForLength: 'weightForLengthHeight', bmi: 'bmiForAge', head: 'headCircumferenceForAge', arm: 'armCircumferenceForAge' } as const satisfies Record<ChartId, string>

test('every point of every sample child has the z-score that the plan engine gives for its day', () => {
  let compared = 0
  // Without a birth date the plan judges nothing; weight for length alone can still be drawn.
  for (const facts of samples().filter(({ birth }) => birth.kind !== 'unknown')) {
    const history = growthHistory(facts, { on: today, editions })
    for (const id of CHARTS) for (const point of growthChart(id, input(facts)).points) {
      const own = history.find(({ indicator, day }) => indicator === INDICATOR[id] && day === point.day)
      assert.equal(point.z, own?.z, `${facts.id} ${id} ${point.day}`)
      compared += own === undefined ? 0 : 1
    }
  }
  assert.ok(compared > 150, String(compared))
})

test('a point stands between the lines that its z-score lies between', () => {
  for (const facts of samples()) for (const id of CHARTS) {
    const chart = growthChart(id, input(facts))
    for (const point of chart.points) {
      if (point.z === undefined || point.doubted) continue
      for (const { z, segments } of chart.lines) {
        const part = segments.find((each) => each.length > 1 && (each[0]?.x ?? 0) <= point.x && (each.at(-1)?.x ?? 0) >= point.x)
        const at = part?.findIndex(({ x }) => x >= point.x) ?? -1
        const [low, high] = [part?.[Math.max(0, at - 1)], part?.[at]]
        if (low === undefined || high === undefined || Math.abs(point.z - z) < 0.25) continue
        const y = high.x === low.x ? high.y : low.y + ((point.x - low.x) / (high.x - low.x)) * (high.y - low.y)
        assert.equal(point.z > z, point.y > y, `${facts.id} ${id} z ${point.z} against ${z}`)
      }
    }
  }
})

test('the weight lines of boys begin at WHO’s birth weights: median 3.3464 kg', () => {
  const { lines } = growthChart('weight', input(child(300, 'male', [{ age: 300, kind: 'weight', value: 9 }])))
  assert.deepEqual(lines.map(({ z }) => z), [-3, -2, 0, 2])
  assert.equal(lines.find(({ z }) => z === 0)?.segments[0]?.[0]?.y.toFixed(4), '3.3464')
})

test('length lines break at 24 months, and a child measured standing under two is moved by 0.7 cm and keeps its square', () => {
  const chart = growthChart('length', input(child(900, 'female', [{ age: 700, kind: 'length', value: 82, position: 'standing' }, { age: 900, kind: 'length', value: 87, position: 'standing' }])))
  assert.equal(chart.lines[0]?.segments.length, 2)
  assert.deepEqual(chart.steps, [{ x: 731, kind: 'standing' }])
  assert.deepEqual(chart.points.map(({ y, shape }) => [y, shape]), [[82.7, 'square'], [87, 'square']])
  assert.ok(chart.say.some(({ key }) => key === 'child.say.step'))
})

test('weight for length: a lying score is moved by 0.7 cm onto the standing table of the last visit', () => {
  const chart = growthChart('weightForLength', input(child(900, 'female', [
    { age: 600, kind: 'length', value: 78, position: 'lying' }, { age: 600, kind: 'weight', value: 9.6 }, { age: 900, kind: 'length', value: 87, position: 'standing' }, { age: 900, kind: 'weight', value: 11.5 },
  ])))
  assert.deepEqual(chart.points.map(({ x }) => x), [77.3, 87])
})

test('the change of reference at 5 years is a step, and the last two visits across it are not compared', () => {
  const chart = growthChart('bmi', input(child(2400, 'male', [
    { age: 1700, kind: 'weight', value: 17 }, { age: 1700, kind: 'length', value: 106, position: 'standing' }, { age: 2400, kind: 'weight', value: 22 }, { age: 2400, kind: 'length', value: 120, position: 'standing' },
  ])))
  assert.deepEqual(chart.steps.map(({ kind }) => kind), ['reference'])
  assert.equal(chart.say[0]?.key, 'child.say.newReference')
  assert.deepEqual(chart.lines.map(({ z, beyond }) => [z, beyond]), [[-3, undefined], [-2, 'thin'], [0, undefined], [1, 'overweight'], [2, 'obese']])
})

test('born early: corrected ages carry the scores, ages since birth are drawn beside and give none', () => {
  const chart = growthChart('weight', input(child(112, 'male', [{ age: 63, kind: 'weight', value: 3.1 }, { age: 112, kind: 'weight', value: 4.6 }], { gestation: { id: 'g', value: days(217) } })))
  assert.deepEqual(chart.points.map(({ x }) => x), [0, 49])
  assert.deepEqual(chart.sinceBirth.map(({ x }) => x), [63, 112])
  assert.equal(chart.bornEarlyBy, 63)
  assert.equal(chart.domain.ticks[0]?.label, 'dueDate')
})

test('a value beyond WHO’s flags is doubted: in no sentence but its own', () => {
  const chart = growthChart('weight', input(child(570, 'female', [{ age: 480, kind: 'weight', value: 9 }, { age: 570, kind: 'weight', value: 19.4 }])))
  assert.deepEqual(chart.points.map(({ doubted }) => doubted), [false, true])
  assert.equal(chart.say[0]?.key, 'child.say.doubted')
})

test('swollen feet leave the weight on the chart and take its score away, with the reason', () => {
  const facts = child(570, 'female', [{ age: 570, kind: 'weight', value: 9 }], { findings: [{ id: 'f', day: today, kind: 'oedema', answer: 'yes' }] })
  const chart = growthChart('weight', input(facts))
  assert.equal(chart.points[0]?.z, undefined)
  assert.equal(chart.points[0]?.noScore?.key, 'growth.oedema')
  assert.equal(chart.say[0]?.key, 'growth.oedema')
})

for (const { title, weights, key } of [
  { title: 'nothing measured', weights: [], key: 'child.say.nothing' },
  { title: 'one weight', weights: [[200, 7.5]], key: 'child.say.first' },
  { title: 'weight lost', weights: [[200, 7.5], [300, 7.2]], key: 'child.say.lost' },
  { title: 'no gain in 28 days', weights: [[272, 7.5], [300, 7.5]], key: 'child.say.noGain' },
  { title: 'the same weight after 27 days is no sentence of its own', weights: [[273, 8.5], [300, 8.5]], key: 'child.say.keeps' },
  { title: 'a line crossed downwards', weights: [[120, 6.6], [300, 7.2]], key: 'child.say.crossedDown' },
  { title: 'a line crossed upwards', weights: [[120, 5.5], [300, 8.6]], key: 'child.say.crossedUp' },
  { title: 'the line kept', weights: [[240, 8.1], [300, 8.7]], key: 'child.say.keeps' },
]) test(`the sentence above the weight chart: ${title}`, () => {
  const chart = growthChart('weight', input(child(300, 'female', weights.map(([age, value]) => ({ age, kind: 'weight', value })))))
  assert.equal(chart.say[0]?.key, key)
})

test('without a sex there are points and no lines; without a birth date only weight for length', () => {
  const facts = child(300, 'female', [{ age: 300, kind: 'weight', value: 8 }])
  const { sex: _, ...unknownSex } = facts
  const chart = growthChart('weight', input(unknownSex))
  assert.deepEqual([chart.lines.length, chart.points.length, chart.say[0]?.key], [0, 1, 'child.say.noSex'])
  assert.deepEqual(chartsFor(input({ ...facts, birth: { kind: 'unknown' } })), ['weightForLength'])
})

test('the arm carries the cut-offs of care, 125 and 115 mm, from 6 to 59 months', () => {
  const { cutOffs, unit } = growthChart('arm', input(child(600, 'male', [{ age: 600, kind: 'muac', value: 131 }])))
  assert.equal(unit, 'mm')
  assert.deepEqual(cutOffs.map(({ y }) => y), [125, 115])
  assert.equal(Math.round(cutOffs[0]?.from ?? 0), 183)
})
