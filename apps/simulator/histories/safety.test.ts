/**
 * What must never happen, to 20,000 children who never lived (1,000,000 with BAIRN_PROVE=1), shared by all editions: a dose forecast before its
 * minimum age or interval, counted here from the schedule as it is written; a vaccine that must not be given; silence about a dose. One child in
 * a hundred (in twenty) is simulated, visit by visit; the others have histories of chance: any product at any age, days before birth, conditions.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { immunize, type AntigenRow, type DoseAdministered, type GroupForecast, type Immunization, type ImmunizationEdition, type ImmunizationFacts, type ScheduleData } from '@bairn/immunization'
import { DEFAULT_IMMUNIZATION_EDITION, IMMUNIZATION_EDITIONS, loadImmunizationEdition } from '@bairn/knowledge'
import { addDays, addPeriod, dayOf, formatDay, parsePeriod, type Day, type Period } from '@bairn/quantities'
import { conditionsOf, simulateChild } from './child.ts'
import { makeRandom } from './random.ts'

const PROVE = process.env['BAIRN_PROVE'] === '1'
/** Together; a third of them under the schedule with the most rules, the others shared by the others. */
const ALL = PROVE ? 1_000_000 : 20_000
const countFor = (id: string): number => Math.ceil(id === DEFAULT_IMMUNIZATION_EDITION ? ALL / 3 : ALL * 2 / 3 / (IMMUNIZATION_EDITIONS.length - 1))
const SIMULATED_EACH = PROVE ? 20 : 100
const on = dayOf({ year: 2026, month: 11, day: 24 })

for (const id of IMMUNIZATION_EDITIONS) test(`${id}, ${countFor(id)} children: no dose before its minimum age or interval, no vaccine that must not be given, no silence`, async () => {
  const count = countFor(id)
  const edition = await loadImmunizationEdition(id)
  assert.ok(edition !== undefined)
  const schedule = JSON.parse(readFileSync(new URL(`../../../knowledge/immunization/${id}/schedule.json`, import.meta.url), 'utf8')) as ScheduleData
  const rules = rulesOf(schedule)
  const seen = { forecasts: 0, withheld: 0, aside: 0 }
  for (let number = 0; number < count; number++) {
    const { facts, assessment }: Looked = number % SIMULATED_EACH === 0 ? simulated(number, edition) : byChance(number, edition)
    const found = immunize(facts, edition, { assessment })
    const wrong = [...silences(facts, found), ...found.forecasts.flatMap((forecast) => tooEarly(forecast, facts, assessment, rules)), ...mustNotBeGiven(found, facts, assessment, schedule, rules)]
    if (wrong.length > 0) assert.fail(`child ${number}, born ${formatDay(facts.birthDate)}, on ${formatDay(assessment)}: ${wrong.join('; ')}\n${JSON.stringify(facts)}`)
    seen.forecasts += found.forecasts.filter(({ earliest }) => earliest !== undefined).length
    seen.withheld += found.forecasts.filter(({ status }) => status === 'contraindicated').length
    seen.aside += found.setAside.length
  }
  assert.ok(seen.forecasts > count && seen.withheld > count / 100 && seen.aside > count / 20, JSON.stringify(seen))
})

interface Looked { readonly facts: ImmunizationFacts; readonly assessment: Day }

function simulated(number: number, edition: ImmunizationEdition): Looked {
  const child = simulateChild(number, { seed: 'safety', on, edition })
  const assessment = addDays(child.birthDate, makeRandom('day', number).between(0, on - child.birthDate))
  return { assessment, facts: { birthDate: child.birthDate, sex: child.sex, doses: child.doses.filter(({ date }) => date <= assessment), observations: child.observations } }
}

/** Any product of the schedule, or none that it knows, at any age to 20 years; a third of the children with conditions. */
function byChance(number: number, edition: ImmunizationEdition): Looked {
  const random = makeRandom('chance', number)
  const birthDate = addDays(on, -random.between(0, 7300))
  const assessment = addDays(birthDate, random.between(0, on - birthDate))
  const products = productsOf(edition)
  const doses = Array.from({ length: random.between(0, 9) }, (_, place): DoseAdministered =>
    ({ id: `d${place}`, date: addDays(birthDate, random.between(-2, Math.max(0, assessment - birthDate))), cvx: random.chance(0.03) ? '999' : random.pick(products) ?? '999' }))
  const conditions = conditionsOf(edition)
  const codes = random.chance(0.33) ? [random.pick(conditions), ...random.chance(0.3) ? [random.pick(conditions)] : []].filter((code) => code !== undefined) : []
  const observations = codes.map((code) => random.chance(0.7) ? { code, date: addDays(birthDate, random.between(0, assessment - birthDate)) } : { code })
  return { assessment, facts: { birthDate, sex: random.pick(['female', 'male', 'unknown'] as const) ?? 'unknown', doses, observations } }
}

const PRODUCTS = new WeakMap<ImmunizationEdition, readonly string[]>()
function productsOf(edition: ImmunizationEdition): readonly string[] {
  const products = PRODUCTS.get(edition) ?? [...edition.vaccines.keys()]
  PRODUCTS.set(edition, products)
  return products
}

/** Doses that are neither judged nor set aside. */
function silences({ doses }: ImmunizationFacts, { evaluations, setAside }: Immunization): readonly string[] {
  const named = new Set([...evaluations, ...setAside].map(({ dose }) => dose.id))
  return doses.filter(({ id }) => !named.has(id)).map(({ cvx, date }) => `silence about ${cvx} of ${formatDay(date)}`)
}

interface Rules { readonly antigens: ReadonlyMap<string, AntigenRow>; readonly series: ReadonlyMap<string, AntigenRow['series'][number]> }
const rulesOf = ({ antigens }: ScheduleData): Rules => ({
  antigens: new Map(antigens.map((antigen) => [antigen.name, antigen])), series: new Map(antigens.flatMap((antigen) => antigen.series.map((series) => [`${antigen.name}|${series.name}`, series]))),
})

const periods = new Map<string, Period>()
function later(from: Day, text: string): Day {
  const known = periods.get(text)
  if (known !== undefined) return addPeriod(from, known)
  const parsed = parsePeriod(text)
  assert.ok(parsed.ok)
  periods.set(text, parsed.value)
  return addPeriod(from, parsed.value)
}
const inForce = ({ effective = '0000', cessation = '9999' }: { readonly effective?: string; readonly cessation?: string }, day: Day): boolean => (effective === '0000' && cessation === '9999') || (effective <= formatDay(day) && formatDay(day) <= cessation)
const holds = ({ begin, end }: { readonly begin?: string; readonly end?: string }, birthDate: Day, day: Day): boolean => (begin === undefined || day >= later(birthDate, begin)) && (end === undefined || day < later(birthDate, end))

/** Forecast days before a minimum age or interval of the row that they are made from. */
function tooEarly({ vaccineGroup, earliest, members, antigens }: GroupForecast, { birthDate, observations }: ImmunizationFacts, assessment: Day, { series }: Rules): readonly string[] {
  if (earliest === undefined) return []
  const allowed = members.filter(({ target, state }) => target !== undefined && antigens.includes(state.series.antigen)).map(({ state, target, dates }) => {
    const row = series.get(`${state.series.antigen}|${state.series.name}`)?.doses[(target?.number ?? 0) - 1]
    const age = row?.ages?.find((one) => inForce(one, assessment))?.min
    const days = [age === undefined ? birthDate : later(birthDate, age)]
    for (const one of row?.intervals ?? []) {
      if (one.min === undefined || !inForce(one, assessment)) continue
      const { from } = one
      const reference = 'previous' in from ? state.evaluations.findLast(({ status, inadvertent }) => !inadvertent && (status === 'valid' || status === 'notValid'))?.dose.date
        : 'targetDose' in from ? state.satisfied.findLast((done) => done.target.number === from.targetDose)?.dose.date
        : 'observation' in from ? observations.reduce<Day | undefined>((latest, { code, date }) => code === from.observation && date !== undefined && (latest === undefined || date > latest) ? date : latest, undefined)
        : state.child.doses.findLast((dose) => from.mostRecent.includes(dose.cvx) && !state.inadvertent.includes(dose))?.date
      if (reference !== undefined) days.push(later(reference, one.min))
    }
    return { own: dates?.earliest ?? earliest, first: Math.max(...days) as Day, name: state.series.name }
  })
  // A group of several antigens may take the earliest of its members (MULTIANTVG-1), never a day before all of them.
  const group = Math.min(...allowed.map(({ first }) => first))
  return [
    ...allowed.filter(({ own, first }) => own < first).map(({ name, first }) => `${vaccineGroup}, ${name}: before ${formatDay(first)}`),
    ...earliest < group ? [`${vaccineGroup}: before ${formatDay(group as Day)}`] : [],
  ]
}

/** A vaccine recommended in spite of a row that forbids it, or an antigen in it. */
function mustNotBeGiven({ forecasts }: Immunization, { birthDate, observations }: ImmunizationFacts, assessment: Day, { vaccines }: ScheduleData, { antigens }: Rules): readonly string[] {
  if (observations.length === 0) return []
  const active = new Set(observations.map(({ code }) => code))
  const applies = (row: { readonly observation: string; readonly begin?: string; readonly end?: string }): boolean => active.has(row.observation) && holds(row, birthDate, assessment)
  return forecasts.flatMap(({ vaccineGroup, vaccines: recommended }) => recommended.flatMap(({ cvx }) => (vaccines[cvx]?.antigens ?? []).flatMap(({ antigen }) => {
    const rows = antigens.get(antigen)
    const forbidden = rows?.contraindications.some(applies) === true
    const out = rows?.vaccineContraindications.some((row) => active.has(row.observation) && row.vaccines.some((vaccine) => vaccine.cvx === cvx && holds(vaccine, birthDate, assessment))) === true
    return forbidden || out ? [`${vaccineGroup}: ${cvx} recommended, ${antigen} forbids it`] : []
  })))
}
