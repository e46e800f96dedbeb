/**
 * Every ordered pair of the full editions: no dose that the new schedule counts is repeated, no need is dropped, no dose is passed over in
 * silence, and neither the order of the input nor the splitting of a combination vaccine changes a decision.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { IMMUNIZATION_EDITIONS, loadImmunizationEdition } from '@bairn/knowledge'
import { addDays } from '@bairn/quantities'
import fc from 'fast-check'
import { isBehind } from './behind.ts'
import { diseaseOf } from './disease.ts'
import type { ImmunizationEdition } from './edition.ts'
import { immunize, together } from './immunize.ts'
import type { DoseAdministered, ImmunizationFacts } from './patient.ts'
import { day } from './testing/schedule.ts'
import { decisionsOn, transfer, type Transfer } from './transfer.ts'

const editions = await Promise.all(IMMUNIZATION_EDITIONS.map((id) => loadImmunizationEdition(id) as Promise<ImmunizationEdition>))
const pairs = editions.flatMap((from) => editions.filter((to) => to !== from).map((to) => ({ from, to })))
const assessment = day('2026-03-15')
/** what children of anywhere are given, as CVX has it */
const COMMON = ['19', '02', '178', '10', '198', '107', '20', '110', '08', '17', '48', '133', '152', '119', '122', '05', '04', '03', '94', '21', '37', '83', '165', '114', '139']

const childrenOf = ({ from, to }: { readonly from: ImmunizationEdition; readonly to: ImmunizationEdition }): fc.Arbitrary<ImmunizationFacts> => fc.record({
  age: fc.integer({ min: 0, max: 5500 }), sex: fc.constantFrom('female' as const, 'male' as const),
  doses: fc.array(fc.record({ at: fc.oneof(fc.constantFrom(0, 42, 70, 98, 183, 274, 365, 456, 549), fc.integer({ min: 0, max: 5500 })), cvx: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...COMMON) }, { weight: 1, arbitrary: fc.constantFrom(...from.vaccines.keys(), ...to.vaccines.keys()) }) }), { maxLength: 16 }),
}).map(({ age, sex, doses }) => {
  const birthDate = addDays(assessment, -age)
  return { birthDate, sex, observations: [], doses: doses.filter(({ at }) => at <= age).map(({ at, cvx }, index) => ({ id: `d${index}`, date: addDays(birthDate, at), cvx })) }
})
const options = { assessment, limit: 60 }

function holds(facts: ImmunizationFacts, found: Transfer, { from, to }: { readonly from: ImmunizationEdition; readonly to: ImmunizationEdition }): void {
  const { evaluations, forecasts } = immunize(facts, to, { assessment })
  for (const { id } of facts.doses) assert.ok(found.decisions.some(({ dose }) => dose.id === id), `${id}: silence`)
  for (const { dose, vaccineGroup, status } of evaluations) {
    const antigens = to.vaccineGroups.find(({ name }) => name === vaccineGroup)?.antigens ?? []
    const decisions = found.decisions.filter((one) => one.dose.id === dose.id && antigens.some((antigen) => diseaseOf(antigen) === one.disease))
    if (status === 'valid') assert.ok(decisions.some(({ decision }) => decision === 'accepted'), `${dose.cvx}, ${vaccineGroup}: a valid dose is repeated`)
    // Two groups may share a disease (drops and injections against polio): then either may have counted the dose.
    else if (antigens.length === 1 && to.antigens.filter(({ name }) => diseaseOf(name) === diseaseOf(antigens[0] ?? '')).length === 1) assert.ok(!decisions.some(({ decision }) => decision === 'accepted'), `${dose.cvx}, ${vaccineGroup}: ${status}, and accepted`)
  }
  for (const { decision, here } of found.decisions) {
    if (to.validity !== 'own' && here?.status === 'notValid' && here.findings.every(({ own }) => own !== true)) assert.ok(decision === 'notConfirmed' || decision === 'extra', decision)
    if (decision === 'repeat' || decision === 'notConfirmed') assert.notEqual(together([here?.status ?? 'valid']), 'valid')
  }
  const { plan } = found
  const given = plan.visits.flatMap((visit, index): DoseAdministered[] => visit.doses.map(({ cvx, mvx }, place) => ({ id: `plan ${index}.${place}`, date: visit.day, cvx, ...(mvx === undefined ? {} : { mvx }) })))
  const after = immunize({ ...facts, doses: [...facts.doses, ...given] }, to, { assessment: plan.visits.at(-1)?.day ?? assessment })
  for (const forecast of forecasts.filter((one) => isBehind(one, assessment))) {
    const { vaccineGroup, seriesType } = forecast
    const planned = plan.visits.some(({ doses }) => doses.some(({ covers }) => covers.some((one) => one.vaccineGroup === vaccineGroup)))
    const met = after.forecasts.some((one) => one.vaccineGroup === vaccineGroup && one.seriesType === seriesType && (one.status === 'complete' || one.status === 'immune'))
    assert.ok(planned || met || plan.unplanned.some((one) => one.vaccineGroup === vaccineGroup) || plan.routine.some((one) => one.vaccineGroup === vaccineGroup && one.recommended > assessment), `${from.id} to ${to.id}: ${vaccineGroup} ${seriesType} is dropped`)
  }
  for (const { day: on, doses } of plan.visits) {
    const { forecasts: open } = immunize({ ...facts, doses: [...facts.doses, ...given.filter(({ date }) => date < on)] }, to, { assessment: on })
    const early = open.filter(({ earliest }) => earliest !== undefined && earliest > on).flatMap(({ antigens }) => antigens)
    for (const { cvx } of doses) for (const { antigen, begin, end } of to.vaccines.get(cvx)?.antigens ?? []) {
      if (begin === undefined && end === undefined) assert.ok(!early.includes(antigen), `${to.id}: ${cvx} holds ${antigen}, which is not due yet`)
    }
    for (const antigen of doses.flatMap(({ covers }) => covers.flatMap(({ antigens }) => antigens))) {
      assert.equal(doses.filter(({ cvx }) => to.vaccines.get(cvx)?.antigens.some((one) => one.antigen === antigen)).length, 1, `${to.id}: ${antigen} twice on a day`)
    }
  }
  plan.visits.forEach((visit, index) => { visit.doses.forEach(({ covers }, place) => {
    for (const { vaccineGroup } of covers) assert.equal(after.evaluations.find(({ dose, vaccineGroup: group }) => dose.id === `plan ${index}.${place}` && group === vaccineGroup)?.status, 'valid', `${to.id}: ${vaccineGroup}`)
  }) })
}

test(`all ${pairs.length} ordered pairs of editions: no valid dose is repeated, no missing one is dropped, every planned dose is valid`, () => {
  for (const pair of pairs) {
    fc.assert(fc.property(childrenOf(pair), (facts) => { holds(facts, transfer(facts, pair, options), pair) }), { numRuns: Math.max(1, Math.ceil(40 / pairs.length)) })
  }
})
// By number, so that a failing case prints two numbers and not two schedules.
const anyPair = fc.nat({ max: pairs.length - 1 }).chain((pair) => fc.record({ pair: fc.constant(pair), facts: childrenOf(pairs[pair] as (typeof pairs)[number]) }))
const numbered = (pair: number): (typeof pairs)[number] => pairs[pair] as (typeof pairs)[number]
test('the order of the input changes nothing', () => {
  fc.assert(fc.property(anyPair, ({ pair, facts }) => {
    const [one, other] = [facts, { ...facts, doses: facts.doses.toReversed() }].map((each) => transfer(each, numbered(pair), options))
    assert.deepEqual(other?.decisions, one?.decisions)
    assert.deepEqual(other?.plan.visits, one?.plan.visits)
  }), { numRuns: 8 })
})

/** A combination, and single vaccines that hold the same. */
const SPLIT: Readonly<Record<string, readonly string[]>> = { 198: ['01', '45', '17'], 94: ['03', '21'], 146: ['107', '10', '17', '45'] }
test('splitting a combination vaccine into its components changes no decision by disease', () => {
  fc.assert(fc.property(anyPair, ({ pair, facts }) => {
    // One dose a day: doses of one day are taken in the order of their codes, which splitting changes.
    const doses = [...new Map(facts.doses.map((dose) => [dose.date, dose])).values()]
    const usable = Object.keys(SPLIT).filter((cvx) => [cvx, ...SPLIT[cvx] ?? []].every((code) => numbered(pair).to.vaccines.has(code)))
    const whole = { ...facts, doses: doses.map((dose, index) => (usable.length > 0 && index % 2 === 0 ? { ...dose, cvx: usable[index % usable.length] ?? dose.cvx } : dose)) }
    const split = { ...whole, doses: whole.doses.flatMap((dose) => (usable.includes(dose.cvx) ? SPLIT[dose.cvx] : undefined)?.map((cvx, index) => ({ ...dose, cvx, id: `${dose.id}.${index}` })) ?? [dose]) }
    const decided = (given: ImmunizationFacts): readonly string[] => decisionsOn(given, numbered(pair), options)
      .map(({ dose, disease, decision }) => `${dose.id.split('.')[0] ?? ''} ${disease ?? '-'} ${decision}`).toSorted()
    assert.deepEqual(decided(split), decided(whole))
  }), { numRuns: 150 })
})
