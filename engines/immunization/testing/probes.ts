/**
 * Children that ask a schedule about what is not of one target dose alone: who a series is for, which is chosen, what forbids it, which
 * vaccines wait for which. Made from one schedule, they are asked of it and of what it is changed into.
 */
import { addDays, type Day } from '@bairn/quantities'
import type { ImmunizationFacts } from '../patient.ts'
import type { ScheduleData } from '../schedule.ts'
import { vaccinesOf, type WrittenEdition, type WrittenSeries } from './editions.ts'
import { birthFor, followSeries } from './followSeries.ts'
import { later } from './rows.ts'
import { day } from './schedule.ts'

export interface Probe { readonly facts: ImmunizationFacts; readonly assessment: Day }

const BIRTH = day('2012-02-29')

/** All that is asked for the sake of one series: which one is chosen, and how what it says is joined with the others. */
export function probesOf(one: WrittenSeries, { edition }: WrittenEdition): readonly Probe[] {
  const found: Probe[] = []
  const birthDate = birthFor(one, BIRTH, day)
  const starts = [one.row.minAgeToStart, one.row.maxAgeToStart].filter((age) => age !== undefined)
  for (const pace of [{}, { late: 400 }, ...starts.map((from) => ({ from }))]) {
    const { facts } = followSeries(one, edition, birthDate, pace)
    for (let given = 0; given <= facts.doses.length; given++) {
      const doses = facts.doses.slice(0, given)
      const last = doses.at(-1)?.date ?? birthDate
      for (const after of [0, 40, 400, 2000]) for (const observations of [facts.observations, []]) found.push({ facts: { ...facts, doses, observations }, assessment: addDays(last, after) })
    }
    // The first dose on the days around the ages at which the series may be begun.
    const [first] = facts.doses
    if (first !== undefined) for (const text of starts) for (const offset of [-1, 0]) {
      const date = addDays(later(birthDate, text), offset)
      for (const after of [0, 40]) found.push({ facts: { ...facts, doses: [{ ...first, date }] }, assessment: addDays(date, after) })
    }
  }
  return [...found, ...conditionProbes(one)]
}

/** The child's own conditions: sex, country of birth, what indicates and what forbids, each at its ages. */
function* conditionProbes({ row, antigen }: WrittenSeries): Generator<Probe> {
  const [first] = row.doses
  const ages = [row.minAgeToStart, row.maxAgeToStart, first?.ages?.at(-1)?.min, '1 year', '5 years', '12 years', '20 years', '30 years', '60 years', '80 years'].filter((text) => text !== undefined)
  const cvx = first === undefined ? undefined : vaccinesOf(first)[0]
  const born = day('1990-01-31')
  const child = (observations: readonly string[], more: Partial<ImmunizationFacts> = {}): ImmunizationFacts => ({ birthDate: born, sex: 'female', doses: [], observations: observations.map((code) => ({ code })), ...more })
  const around = function* (facts: ImmunizationFacts, texts: readonly (string | undefined)[]): Generator<Probe> {
    for (const text of texts) if (text !== undefined) for (const offset of [-1, 0]) {
      const on = addDays(later(facts.birthDate, text), offset)
      yield { facts, assessment: on }
      if (cvx !== undefined) yield { facts: { ...facts, doses: [{ id: 'probe', date: on, cvx }] }, assessment: on }
    }
  }
  const usual = row.indications?.[0]?.observation
  for (const sex of ['female', 'male', 'unknown'] as const) yield* around(child(usual === undefined ? [] : [usual], { sex }), ages)
  for (const { observation, begin, end } of row.indications ?? []) yield* around(child([observation]), [begin ?? '20 years', end, row.minAgeToStart])
  for (const { observation, begin, end } of antigen.contraindications) yield* around(child([...usual === undefined ? [] : [usual], observation]), [begin ?? '20 years', end])
  for (const { observation, vaccines } of antigen.vaccineContraindications) yield* around(child([...usual === undefined ? [] : [usual], observation]), ['2 years', '20 years', row.minAgeToStart, ...vaccines.flatMap(({ begin, end }) => [begin, end])])
  for (const code of antigen.immunity?.history ?? []) yield* around(child([code]), ['20 years'])
  for (const { before, country, exclusions } of antigen.immunity?.birthDates ?? []) for (const birthDate of [addDays(day(before), -1), day(before)]) {
    for (const birthCountry of [country, 'XX']) for (const codes of [[], ...exclusions.map((code) => [code])]) yield* around(child(codes, { birthDate, ...(birthCountry === undefined ? {} : { birthCountry }) }), ['40 years'])
  }
}

const CONFLICT_BIRTH = day('2015-01-31')
const child = (...doses: readonly (readonly [Day, string])[]): ImmunizationFacts => ({ birthDate: CONFLICT_BIRTH, sex: 'female', observations: [], doses: doses.map(([date, cvx], index) => ({ id: `d${index}`, date, cvx })) })

/** The vaccine at the ages at which it begins and ends to hold an antigen, to a child of whom nothing is known and to those that a risk series of an antigen is for. */
export function vaccineProbes({ vaccines, antigens }: ScheduleData, cvx: string): readonly Probe[] {
  const texts = (vaccines[cvx]?.antigens ?? []).flatMap(({ begin, end }) => [begin, end]).filter((text) => text !== undefined)
  const days = [...['4 months', '18 months', '8 years', '14 years', '30 years', '70 years'].map((age) => later(CONFLICT_BIRTH, age)), ...texts.flatMap((text) => [-1, 0].map((offset) => addDays(later(CONFLICT_BIRTH, text), offset)))]
  const held = new Set(vaccines[cvx]?.antigens.map(({ antigen }) => antigen))
  const conditions = new Set(antigens.filter(({ name }) => held.has(name)).flatMap(({ series }) => series.flatMap(({ indications }) => indications?.slice(0, 1) ?? [])).map(({ observation }) => observation))
  return days.flatMap((on) => [[], ...[...conditions].map((code) => [{ code }])].map((observations) => ({ facts: { ...child([on, cvx]), observations }, assessment: on })))
}

/** Its series, and a dose of each vaccine that holds only some of its antigens: then its members are not at the same dose. */
export function groupProbes({ vaccines, vaccineGroups }: ScheduleData, series: readonly WrittenSeries[], group: string, probesOfSeries: (one: WrittenSeries) => readonly Probe[]): readonly Probe[] {
  const own = vaccineGroups.find(({ name }) => name === group)?.antigens ?? []
  const some = Object.entries(vaccines).filter(([, { antigens }]) => { const held = own.filter((name) => antigens.some(({ antigen }) => antigen === name)).length; return held > 0 && held < own.length })
  const partial = some.flatMap(([cvx]) => ['13 months', '5 years'].map((age) => later(CONFLICT_BIRTH, age)).flatMap((on) => [40, 400].map((after) => ({ facts: child([on, cvx]), assessment: addDays(on, after) }))))
  return [...series.filter(({ row }) => row.vaccineGroup === group).flatMap((one) => probesOfSeries(one)), ...partial]
}
