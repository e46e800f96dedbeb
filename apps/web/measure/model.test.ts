/** What the form says before anything is saved, and how the plan beside it changes. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { childFromFhir, type Resource } from '@bairn/fhir'
import type { ChildFacts } from '@bairn/plan'
import { dayOf, formatDay, type Day } from '@bairn/quantities'
import { convertUcum } from '@bairn/quantities/ucum'
import { loadEngines, type Engines } from '../child/compute.ts'
import { EMPTY, type MeasureDraft } from './draft.ts'
import { changesOf, fieldsFor, look, positionOf, type Looked } from './model.ts'

const today = dayOf({ year: 2026, month: 11, day: 23 })
const setting = { place: 'x', country: 'KE', profile: 'primaryCare', switches: {} } as const
let engines: Engines
before(async () => { engines = await loadEngines({ on: today, setting, resources: [] }) })

/** A boy of 18 months, last seen three months ago: 9.0 kg, 77.4 cm lying, arm 131 mm. */
const boy = (age = 549, seen: readonly [number, string, number, string][] = [[91, '29463-7', 9, 'kg'], [91, '8306-3', 77.4, 'cm'], [91, 'arm', 131, 'mm']]): ChildFacts => {
  const patient = { resourceType: 'Patient', id: 'b', gender: 'male', birthDate: formatDay((today - age) as Day) }
  const facts = childFromFhir([patient, ...seen.map(([ago, code, value, unit], index): Resource => ({
    resourceType: 'Observation', id: `o${index}`, status: 'final', subject: { reference: 'Patient/b' }, effectiveDateTime: formatDay((today - ago) as Day),
    code: { coding: [code === 'arm' ? { system: 'http://snomed.info/sct', code: '284473002' } : { system: 'http://loinc.org', code }] }, valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
  }))], { convert: convertUcum, on: today })
  assert.ok(facts)
  return facts
}
const typed = (values: Partial<MeasureDraft['values']>, more: Partial<MeasureDraft> = {}): MeasureDraft => ({ ...EMPTY, values: { ...EMPTY.values, ...values }, ...more })
const seen = (draft: MeasureDraft, facts = boy()): Looked => look(draft, { facts, engines, today, ids: (name) => `Observation/typed-${name}` })

for (const { title, values, field, kind } of [
  { title: 'nothing typed', values: {}, field: 'weight', kind: 'empty' },
  { title: 'a weight on its line', values: { weight: '9.6' }, field: 'weight', kind: 'fine' },
  { title: 'a decimal comma', values: { weight: '9,6' }, field: 'weight', kind: 'fine' },
  { title: 'Arabic-Indic figures', values: { weight: '٩٫٦' }, field: 'weight', kind: 'fine' },
  { title: 'what could mean two numbers', values: { weight: '1,234' }, field: 'weight', kind: 'unreadable' },
  { title: 'letters', values: { weight: 'nine' }, field: 'weight', kind: 'unreadable' },
  { title: 'nought', values: { weight: '0' }, field: 'weight', kind: 'impossible' },
  { title: 'grams', values: { weight: '9600' }, field: 'weight', kind: 'impossible' },
  { title: 'metres', values: { length: '0.794' }, field: 'length', kind: 'impossible' },
  { title: 'a weight beyond WHO’s flags', values: { weight: '19.5' }, field: 'weight', kind: 'doubted' },
  { title: 'a length that fell by 4 cm', values: { length: '73.4' }, field: 'length', kind: 'doubted' },
  { title: 'a loss of 0.5 kg is possible, and counts', values: { weight: '8.5' }, field: 'weight', kind: 'fine' },
  { title: 'a loss beyond what is expected counts too, and is looked at twice', values: { weight: '7.4' }, field: 'weight', kind: 'unusual' },
] as const) test(`${title}: ${kind}`, () => {
  assert.equal(seen(typed(values)).verdicts[field].kind, kind)
})

test('a doubted length shows past, expected and typed, and offers the figure that was probably meant', () => {
  const verdict = seen(typed({ length: '73.4' })).verdicts.length
  assert.ok(verdict.kind === 'doubted')
  assert.deepEqual(verdict.line?.past.map(({ value }) => value), [77.4])
  assert.equal(verdict.line?.entered, 73.4)
  assert.ok((verdict.line?.expected.from ?? 0) >= 77.4, 'children do not get shorter')
  assert.equal(verdict.meant?.why, 'misread')
})

test('what is doubted does not count, until a person keeps it', () => {
  const draft = typed({ weight: '9.6', length: '73.4' })
  assert.deepEqual(seen(draft).counted.map(({ kind }) => kind), ['weight'])
  assert.deepEqual(seen({ ...draft, kept: { length: { value: '73.4', why: 'measured twice' } } }).counted.map(({ kind }) => kind), ['weight', 'length'])
  assert.deepEqual(seen({ ...draft, kept: { length: { value: '73.5', why: '' } } }).counted.map(({ kind }) => kind), ['weight'], 'another figure is doubted anew')
})

test('a weight that cannot be does not make a sound length doubted', () => {
  const { verdicts } = seen(typed({ weight: '30', length: '80' }))
  assert.deepEqual([verdicts.weight.kind, verdicts.length.kind], ['doubted', 'fine'])
})

test('the plan beside the form changes as one types: an arm of 114 mm brings care for severe wasting', () => {
  const facts = boy()
  const before = engines.planOf(facts)
  const { plan } = seen(typed({ muac: '114' }, { oedema: 'no' }), facts)
  assert.ok(plan)
  assert.ok(changesOf(before, plan).some(({ kind, item }) => kind === 'comes' && item.need === 'severeWastingCare'))
})

test('swollen feet make the plan urgent before anything is saved', () => {
  assert.equal(seen(typed({ weight: '9.6' }, { oedema: 'yes' })).plan?.items[0]?.urgency, 'urgent')
})

test('a second figure of the same day that agrees settles the first', () => {
  const facts = boy(549, [[91, '29463-7', 9, 'kg'], [0, '29463-7', 19.5, 'kg']])
  assert.equal(seen(typed({ weight: '19.5' }), facts).verdicts.weight.kind !== 'doubted', true)
})

test('measurements of an earlier day are judged as of that day', () => {
  const looked = seen(typed({ weight: '8.9' }, { day: { day: '24', month: '9', year: '2026' } }))
  assert.equal(looked.day, dayOf({ year: 2026, month: 9, day: 24 }))
  assert.equal(looked.counted[0]?.day, looked.day)
  assert.equal(seen(typed({ weight: '8.9' }, { day: { day: '31', month: '9', year: '2026' } })).day, undefined)
})

test('lying under two years and standing from then on, unless a person says otherwise', () => {
  assert.equal(positionOf(typed({}), { facts: boy(730), engines, day: today }), 'lying')
  assert.equal(positionOf(typed({}), { facts: boy(731), engines, day: today }), 'standing')
  assert.equal(positionOf(typed({}, { position: 'lying' }), { facts: boy(731), engines, day: today }), 'lying')
})
test('arm and head are asked up to 5 years', () => {
  assert.deepEqual(fieldsFor({ facts: boy(1826), engines, day: today }), ['weight', 'length', 'muac', 'head'])
  assert.deepEqual(fieldsFor({ facts: boy(1827), engines, day: today }), ['weight', 'length'])
})
