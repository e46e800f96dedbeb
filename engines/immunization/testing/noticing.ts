/** Whether anything that the tests ask changes its answer when one datum of a schedule is another. */
import { addDays, type Day } from '@bairn/quantities'
import { decodeImmunizationEdition, type Antigen, type ImmunizationEdition, type Series, type TargetDose } from '../edition.ts'
import { evaluateDose } from '../evaluate.ts'
import { contraindicatedVaccines, findContraindication, findImmunity } from '../contraindication.ts'
import type { Dose, ImmunizationFacts } from '../patient.ts'
import { findIndication, isRelevant } from '../relevant.ts'
import type { AntigenRow, ScheduleData, TargetDoseRow } from '../schedule.ts'
import { childOf } from './alone.ts'
import { answerWhole } from './answers.ts'
import { stateAfter } from './boundaries.ts'
import { seriesOf, type WrittenEdition, type WrittenSeries } from './editions.ts'
import type { Mutation } from './mutations.ts'
import { groupProbes, probesOf, vaccineProbes, type Probe } from './probes.ts'
import { answerOf, questionsOf, type Question } from './questions.ts'
import { later } from './rows.ts'
import { day } from './schedule.ts'

export function noticingOf(written: WrittenEdition): (mutation: Mutation) => boolean {
  const series = seriesOf(written)
  const asked = memo((one: WrittenSeries) => memo((index: number) => [...questionsOf(one.row.doses, one.row.doses[index] as TargetDoseRow, index)]))
  const mini = memo((one: WrittenSeries) => alone(written, written.schedule, one))
  const said = memo((one: WrittenSeries) => memo((index: number) => asked(one)(index).map((question) => answerOf(question, mini(one).edition, mini(one).series, index))))
  const probes = memo((one: WrittenSeries) => probesOf(one, written))
  const reduced = memo((group: string) => reduce(written, written.schedule, group.split('|')))
  const told = memo((_edition: ImmunizationEdition) => new Map<Probe, string>())

  function noticesProbe(all: readonly Probe[], original: ImmunizationEdition, mutated: ImmunizationEdition): boolean {
    return all.some((probe) => {
      const before = told(original).get(probe) ?? answerWhole(probe, original)
      told(original).set(probe, before)
      return answerWhole(probe, mutated) !== before
    })
  }

  /** Who a series is for, asked of it alone. */
  function noticesRelevance(one: WrittenSeries, schedule: ScheduleData): boolean {
    const mutated = alone(written, schedule, one)
    return relevanceOf(one, mutated) !== relevanceOf(one, mini(one))
  }

  function noticesDose(one: WrittenSeries, index: number, schedule: ScheduleData): boolean {
    const mutated = alone(written, schedule, one)
    return asked(one)(index).some((question: Question, at) => answerOf(question, mutated.edition, mutated.series, index) !== said(one)(index)[at])
  }

  return (mutation) => {
    try {
      const { antigen, series: at, dose } = mutation
      if (antigen === undefined) {
        const { named, kind } = mutation
        if (kind === 'conflict') {
          const [first] = series
          const mutated = decodeImmunizationEdition(written.figures, mutation.schedule())
          return first !== undefined && conflictText(written.schedule, named, mutated, first) !== conflictText(written.schedule, named, written.edition, first)
        }
        const own = kind === 'vaccine' ? vaccineProbes(written.schedule, named) : groupProbes(written.schedule, series, named, probes)
        return noticesProbe(own, written.edition, decodeImmunizationEdition(written.figures, mutation.schedule()))
      }
      const own = series.filter((one) => one.antigen.name === antigen)
      if (at !== undefined && dose !== undefined && noticesDose(own[at] as WrittenSeries, dose, mutation.schedule())) return true
      if (at !== undefined && dose === undefined && noticesRelevance(own[at] as WrittenSeries, mutation.schedule())) return true
      const group = (written.schedule.vaccineGroups.find(({ antigens }) => antigens.includes(antigen))?.antigens ?? [antigen]).join('|')
      const mutated = reduce(written, mutation.schedule(), group.split('|'))
      if (at === undefined && forbiddenText(own, mutated) !== forbiddenText(own, reduced(group))) return true
      return noticesProbe([...at === undefined ? [] : probes(own[at] as WrittenSeries), ...own.filter((_, place) => place !== at).flatMap(probes)], reduced(group), mutated)
    } catch {
      // The edition's own check refuses it by name: noticed before any child is asked.
      return true
    }
  }
}

const BIRTH = day('1960-02-29')

function relevanceOf({ row }: WrittenSeries, { edition, series }: { readonly edition: ImmunizationEdition; readonly series: Series }): string {
  const said: string[] = []
  const ask = (sex: 'female' | 'male' | 'unknown', code: string | undefined, on: Day): void => {
    const child = childOf({ birthDate: BIRTH, sex, doses: [], observations: code === undefined ? [] : [{ code }] }, edition, on)
    said.push(`${isRelevant(child, series)} ${findIndication(child, series)?.code}`)
  }
  const usual = row.indications?.[0]
  for (const sex of ['female', 'male', 'unknown'] as const) ask(sex, usual?.observation, later(BIRTH, usual?.begin ?? '20 years'))
  for (const { observation, begin, end } of row.indications ?? []) for (const text of [begin ?? '20 years', end]) if (text !== undefined) for (const offset of [-1, 0]) ask(row.sexes?.[0] ?? 'female', observation, addDays(later(BIRTH, text), offset))
  return said.join()
}

/** What makes a child immune and what must not be given, asked of the antigen alone, at each age at which it begins and ends. */
function forbiddenText([one]: readonly WrittenSeries[], edition: ImmunizationEdition): string {
  const { name, contraindications, vaccineContraindications, immunity } = (one as WrittenSeries).antigen
  const antigen = edition.antigenByName.get(name) as Antigen
  const said: string[] = []
  const ask = (code: string, on: Day, more: Partial<ImmunizationFacts> = {}): void => {
    // Strictly each antigen's rows speak for themselves; by default a vaccine is out for the sake of any other antigen in it too.
    for (const strict of [true, false]) {
      const child = childOf({ birthDate: BIRTH, sex: 'female', doses: [], observations: [{ code }], ...more }, edition, on, strict)
      said.push(`${findImmunity(child, antigen)?.rule} ${findContraindication(child, antigen)?.rule} ${[...contraindicatedVaccines(child, name)?.keys() ?? []].join('+')}`)
    }
  }
  const rows = [...contraindications, ...vaccineContraindications.flatMap(({ observation, vaccines }) => vaccines.map(({ begin, end }) => ({ observation, begin, end })))]
  for (const { observation, begin, end } of rows) for (const text of new Set([begin ?? '20 years', end])) if (text !== undefined) for (const offset of [-1, 0]) ask(observation, addDays(later(BIRTH, text), offset))
  for (const code of immunity?.history ?? []) ask(code, later(BIRTH, '20 years'))
  for (const { before, country, exclusions } of immunity?.birthDates ?? []) for (const offset of [-1, 0]) for (const birthCountry of [country ?? 'XX', 'XX']) for (const code of ['none', ...exclusions]) ask(code, day('2025-01-01'), { birthDate: addDays(day(before), offset), birthCountry })
  return said.join()
}

/** The earlier vaccine, valid and not, and each that must wait, on the days around the ends. */
function conflictText({ conflicts }: ScheduleData, cvx: string, edition: ImmunizationEdition, { series: { antigen } }: WrittenSeries): string {
  const series = edition.antigenByName.get(antigen)?.series[0] as Series
  const first = addDays(BIRTH, 7000)
  return conflicts.flatMap(({ previous, current, begin, minEnd, end }) => previous !== cvx ? [] : current.flatMap((other) => [begin, minEnd, end].flatMap((text) => [-1, 0].flatMap((offset) => (['valid', 'notValid'] as const).map((groupStatus) => {
    const date = addDays(later(first, text), offset)
    if (date <= first) return ''
    const { state, added: [dose] } = stateAfter(edition, series, { birthDate: BIRTH, earlier: [{ date: first, cvx, target: 0 }], observations: new Map(), more: [{ date, cvx: other }] }, date)
    for (const earlier of state.child.conflicting) earlier.groupStatus = groupStatus
    return evaluateDose(dose as Dose, series.doses[0] as TargetDose, state).findings.filter(({ rule }) => rule.startsWith('conflict')).map(({ day: on }) => on).join()
  }))))).join('|')
}

function memo<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>()
  return (key) => {
    if (!made.has(key)) made.set(key, make(key))
    return made.get(key) as V
  }
}

/** An edition of one series, quick to decode; the other groups of its antigen keep a dose, so that they can be named. */
function alone({ figures }: WrittenEdition, schedule: ScheduleData, { antigen: { name }, row }: WrittenSeries): { readonly edition: ImmunizationEdition; readonly series: Series } {
  const antigen = schedule.antigens.find((one) => one.name === name) as AntigenRow
  const place = (schedule.antigens.find((one) => one.name === name) as AntigenRow).series.findIndex((one) => one.name === row.name)
  const own = antigen.series[place] as AntigenRow['series'][number]
  const others = [...Map.groupBy(antigen.series, ({ seriesGroup }) => seriesGroup.id)].flatMap(([id, [first]]) => id === own.seriesGroup.id || first === undefined ? [] : [{ ...first, doses: first.doses.slice(0, 1) }])
  const named = new Set([own, ...others].flatMap(({ doses }) => doses.flatMap((dose) => [...(dose.preferable ?? []).map(({ cvx }) => cvx), ...(dose.allowable ?? []).map(({ cvx }) => cvx), ...dose.inadvertent ?? [], ...countedIn(dose)])))
  const vaccines = Object.fromEntries([...named].map((cvx) => [cvx, { name: cvx, antigens: [schedule.vaccines[cvx]?.antigens.find((one) => one.antigen === name) ?? { antigen: name }] }]))
  const edition = decodeImmunizationEdition(figures, {
    vaccines, conflicts: [], observations: schedule.observations, vaccineGroups: [{ name: row.vaccineGroup, antigens: [name] }, ...others.map(({ vaccineGroup }) => ({ name: vaccineGroup, antigens: [name] }))],
    antigens: [{ name, contraindications: [], vaccineContraindications: [], series: [own, ...others] }],
  })
  return { edition, series: (edition.antigenByName.get(name) as Antigen).series[0] as Series }
}

const countedIn = ({ skips = [], intervals = [], allowableIntervals = [] }: TargetDoseRow): readonly string[] => [
  ...skips.flatMap(({ sets }) => sets.flatMap(({ conditions }) => conditions.flatMap((one) => one.kind === 'count' ? one.vaccines ?? [] : []))),
  ...[...intervals, ...allowableIntervals].flatMap(({ from }) => 'mostRecent' in from ? from.mostRecent : []),
]

/** The edition with one dose left of every antigen outside these. */
function reduce({ figures }: WrittenEdition, schedule: ScheduleData, antigens: readonly string[]): ImmunizationEdition {
  return decodeImmunizationEdition(figures, { ...schedule, antigens: schedule.antigens.map((row) => antigens.includes(row.name) ? row : onlyOneDose(row)) })
}

function onlyOneDose({ name, series: [first] }: AntigenRow): AntigenRow {
  const dose = first?.doses[0]
  return { name, contraindications: [], vaccineContraindications: [], series: first === undefined || dose === undefined ? [] : [{ ...first, doses: [{ preferable: dose.preferable ?? [], allowable: dose.allowable ?? [] }] }] }
}
