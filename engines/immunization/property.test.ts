/**
 * Properties of every edition: the order of the input changes nothing, the input is not changed, no day is forecast
 * before its minimum age or interval.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day } from '@bairn/quantities'
import fc from 'fast-check'
import type { ImmunizationEdition } from './edition.ts'
import { immunize, type Immunization } from './immunize.ts'
import type { DoseAdministered, ImmunizationFacts } from './patient.ts'
import { WRITTEN_EDITIONS } from './testing/editions.ts'
import { day } from './testing/schedule.ts'

const START = day('2005-01-01')
const assessment = (START + 7600) as Day

const historiesOf = (edition: ImmunizationEdition): fc.Arbitrary<ImmunizationFacts> => fc.record({
  birthDate: fc.integer({ min: START, max: START + 7000 }).map((birth) => birth as Day),
  sex: fc.constantFrom('female' as const, 'male' as const, 'unknown' as const),
  doses: fc.array(fc.record({ age: fc.integer({ min: -3, max: 6600 }), cvx: fc.constantFrom(...edition.vaccines.keys()) }), { maxLength: 14 }),
  observations: fc.array(fc.constantFrom('none', ...Object.keys(edition.observations)).map((code) => ({ code })), { maxLength: 2 }),
}).map(({ birthDate, doses, ...rest }) => ({ birthDate, ...rest, doses: doses.map(({ age, cvx }, index): DoseAdministered => ({ id: `d${index}`, date: (birthDate + age) as Day, cvx })) }))

const shown = ({ evaluations, forecasts, setAside }: Immunization): unknown => JSON.parse(JSON.stringify([
  evaluations.map(({ dose, ...rest }) => ({ ...rest, dose: dose.id })), forecasts.map((forecast) => ({ ...forecast, members: forecast.members.map(({ state, status }) => [state.series.name, status]) })), setAside.map(({ dose, finding }) => ({ finding, dose: dose.id })).toSorted((a, b) => a.dose < b.dose ? -1 : 1),
]))

for (const { id, edition } of WRITTEN_EDITIONS) {
  const histories = historiesOf(edition)
  test(`${id}: the order of the input changes nothing, and the input is not changed`, () => {
    fc.assert(fc.property(histories, (facts) => {
      const before = JSON.stringify(facts)
      const found = shown(immunize(facts, edition, { assessment }))
      assert.deepEqual(shown(immunize({ ...facts, doses: facts.doses.toReversed(), observations: facts.observations.toReversed() }, edition, { assessment })), found)
      assert.equal(JSON.stringify(facts), before)
    }), { numRuns: 150 })
  })
  test(`${id}: every dose is judged in each of its groups or set aside by name: never silence`, () => {
    fc.assert(fc.property(histories, (facts) => {
      const { evaluations, setAside } = immunize(facts, edition, { assessment })
      for (const { id, cvx, date } of facts.doses) {
        const aside = setAside.some(({ dose }) => dose.id === id)
        const antigens = edition.vaccines.get(cvx)?.antigens ?? []
        const standard = antigens.some(({ antigen, end }) => end === undefined && edition.antigenByName.get(antigen)?.series.some(({ type, sexes, minAgeToStart }) => type === 'standard' && sexes.length === 0 && minAgeToStart === undefined))
        if (date >= facts.birthDate && standard) assert.ok(evaluations.some(({ dose }) => dose.id === id), `${id} ${cvx}`)
        if (date < facts.birthDate) assert.ok(aside)
      }
    }), { numRuns: 150 })
  })
  test(`${id}: no forecast before birth, before its minimum age or interval; recommended and past due never before earliest`, () => {
    fc.assert(fc.property(histories, (facts) => {
      for (const { earliest, recommended, pastDue, status, doseNumber, members } of immunize(facts, edition, { assessment }).forecasts) {
        assert.equal(earliest !== undefined, status === 'notComplete')
        assert.equal(doseNumber !== undefined, status === 'notComplete')
        if (earliest === undefined) continue
        assert.ok(earliest >= facts.birthDate && (recommended ?? earliest) >= earliest && (pastDue ?? earliest) >= earliest)
        for (const { findings } of members) for (const finding of findings) {
          if (members.length === 1 && finding.rule.startsWith('date.') && finding.day !== undefined) assert.ok(earliest >= finding.day)
        }
      }
    }), { numRuns: 150 })
  })
}
