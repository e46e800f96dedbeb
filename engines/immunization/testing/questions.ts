/**
 * What one target dose is asked, so that each of its data decides at least one answer: how a dose is judged around every boundary, when it is
 * passed over, and what is forecast. Made from the rows as they are written; asked of the engine at that very place of the series,
 * whether or not a history leads there.
 */
import { addDays, type Day } from '@bairn/quantities'
import type { ImmunizationEdition, Series, TargetDose } from '../edition.ts'
import type { Finding } from '../finding.ts'
import { forecastSeries, recommendedVaccines } from '../forecast.ts'
import type { ConditionRow, Dated, PreferableRow, TargetDoseRow } from '../schedule.ts'
import { findSkip } from '../skip.ts'
import { boundariesOf, earlierDoses, judgedNext, stateAfter } from './boundaries.ts'
import { vaccinesOf } from './editions.ts'
import { later, type Earlier, type Given } from './rows.ts'
import { day } from './schedule.ts'

type Before = Omit<Given, 'date' | 'cvx' | 'mvx'>
export type Question =
  | { readonly kind: 'judge'; readonly given: Given }
  | { readonly kind: 'skip'; readonly before: Before; readonly on: Day; readonly reference: Day; readonly complete: string; readonly valid: boolean }
  | { readonly kind: 'forecast'; readonly before: Before; readonly on: Day; /** a dose that does not count, on the day before which nothing can be given */ readonly notValid?: { readonly date: Day; readonly cvx: string } }

const BIRTH = day('2012-02-29')
/** Older and younger than the nine years that a season's rule names. */
const BIRTHS_OF_SKIPS = [BIRTH, day('2020-08-31')] as const

export function* questionsOf(doses: readonly TargetDoseRow[], row: TargetDoseRow, index: number): Generator<Question> {
  for (const { day: on, given } of boundariesOf(doses, row, index)) for (const offset of [-1, 0]) {
    const date = addDays(on, offset)
    if (date >= given.birthDate) yield { kind: 'judge', given: { ...given, date } }
  }
  yield* vaccineQuestions(doses, row, index)
  for (const birth of BIRTHS_OF_SKIPS) yield* skipQuestions(doses, row, index, birth)
  yield* forecastQuestions(doses, row, index)
}

/** Every vaccine in the middle of its ages, with its own manufacturer and with another. */
function* vaccineQuestions(doses: readonly TargetDoseRow[], row: TargetDoseRow, index: number): Generator<Question> {
  const named: readonly PreferableRow[] = [...row.preferable ?? [], ...row.allowable ?? [], ...(row.inadvertent ?? []).map((cvx) => ({ cvx }))]
  for (const { cvx, begin, end, mvx } of named) {
    const from = begin === undefined ? BIRTH : later(BIRTH, begin)
    const until = end === undefined ? addDays(from, 4000) : later(BIRTH, end)
    const date = Math.floor((from + until) / 2) as Day
    for (const by of new Set([mvx, 'other'])) yield { kind: 'judge', given: { birthDate: BIRTH, date, cvx, mvx: by, earlier: earlierDoses(doses, index, BIRTH, date), observations: new Map() } }
  }
  // Ten days after another dose, on the days on which an interval begins or ceases to be in force.
  for (const interval of [...row.intervals ?? [], ...row.allowableIntervals ?? []]) for (const date of datesOf(interval)) {
    yield { kind: 'judge', given: { birthDate: BIRTH, date, cvx: vaccinesOf(row)[0] ?? '', mvx: undefined, earlier: [{ date: addDays(date, -10), cvx: vaccinesOf(row)[0] ?? '', target: index }], observations: new Map() } }
  }
  // The earlier doses in each vaccine that an interval counts from.
  for (const { from, absMin, min } of [...row.intervals ?? [], ...row.allowableIntervals ?? []]) if ('mostRecent' in from) for (const counted of from.mostRecent) {
    const base = addDays(BIRTH, 7000)
    for (const text of [absMin, min]) if (text !== undefined) yield { kind: 'judge', given: { birthDate: BIRTH, date: addDays(later(base, text), -1), cvx: vaccinesOf(row)[0] ?? '', mvx: undefined, earlier: [{ date: base, cvx: counted, target: 0 }], observations: new Map() } }
  }
}

/** For every set of conditions: each condition at its edge while the others hold. */
function* skipQuestions(doses: readonly TargetDoseRow[], row: TargetDoseRow, index: number, birth: Day): Generator<Question> {
  const usual = earlierDoses(doses, index, birth, undefined)
  const all = (row.skips ?? []).flatMap(({ sets }) => sets)
  const inTime = day('2025-11-10')
  for (const set of all) {
    const { conditions } = set
    const complete = ['', ...new Set(conditions.flatMap((one) => one.kind === 'completedSeries' ? one.seriesGroups : []))]
    const dated = datesOf(set)
    for (const earlier of historiesFor(conditions, usual, birth)) {
      const last = earlier.at(-1)?.date ?? birth
      const days = new Set<Day>([addDays(birth, 20), addDays(last, 1), addDays(last, 400), ...dated])
      for (const one of conditions) {
        if (one.kind === 'age') {
          for (const text of [one.begin, one.end]) if (text !== undefined) for (const offset of [-1, 0]) days.add(addDays(later(birth, text), offset))
          days.add(addDays(later(birth, one.begin ?? '1 day'), 20))
        }
        if (one.kind === 'interval') for (const offset of [-1, 0]) days.add(addDays(later(last, one.interval), offset))
      }
      for (const on of days) for (const group of complete) for (const valid of conditions.some((one) => one.kind === 'count' && one.validOnly === true) ? [true, false] : [true]) {
        yield { kind: 'skip', before: { birthDate: birth, earlier, observations: new Map() }, on: dated.length > 0 ? on : inTime, reference: on, complete: group, valid }
      }
    }
  }
}

const datesOf = ({ effective, cessation }: Dated): readonly Day[] => [
  ...effective === undefined ? [] : [day(effective), addDays(day(effective), -1)], ...cessation === undefined ? [] : [day(cessation), addDays(day(cessation), 1)],
]

/**
 * Of each count as many doses as make it hold; then, one count at a time, as many as it names and one more, of each vaccine that it names,
 * and one of them on each edge of its ages.
 */
function historiesFor(conditions: readonly ConditionRow[], usual: readonly Earlier[], birth: Day): readonly (readonly Earlier[])[] {
  const counts = conditions.filter((one) => one.kind === 'count')
  const found: (readonly Earlier[])[] = [usual, []]
  for (const one of counts) {
    // A count without a list counts these too.
    const others = (own: number): readonly Earlier[] => counts.filter((other) => other !== one).flatMap((other) => {
      const needed = other.compare === 'greaterThan' ? other.count + 1 : other.compare === 'equalTo' ? other.count : 0
      return dosesOf(other, Math.max(0, other.vaccines === undefined ? needed - own : needed), usual, birth)
    })
    const [first] = vaccinesOfCount(one, usual)
    const [from, until] = windowOf(one, birth)
    for (const cvx of vaccinesOfCount(one, usual)) for (const count of [one.count, one.count + 1]) found.push(sorted([...others(count), ...dosesOf(one, count, usual, birth, cvx)]))
    for (const count of [one.count - 1, one.count, one.count + 1]) if (count >= 0) for (const date of [addDays(from, -1), from, addDays(until, -1), until]) found.push(sorted([...others(count + 1), ...dosesOf(one, count, usual, birth), { date, cvx: first ?? '', target: 0 }]))
  }
  return found
}

type Count = ConditionRow & { readonly kind: 'count' }
const sorted = (doses: readonly Earlier[]): readonly Earlier[] => doses.toSorted((a, b) => a.date - b.date)
const vaccinesOfCount = ({ vaccines }: Count, usual: readonly Earlier[]): readonly string[] => vaccines ?? [usual[0]?.cvx ?? '']
function windowOf({ begin, end, startDate, endDate }: Count, birth: Day): readonly [from: Day, until: Day] {
  const from = Math.max(begin === undefined ? birth : later(birth, begin), startDate === undefined ? birth : day(startDate)) as Day
  return [from, Math.min(end === undefined ? addDays(from, 2000) : later(birth, end), endDate === undefined ? addDays(from, 2000) : day(endDate)) as Day]
}
function dosesOf(one: Count, count: number, usual: readonly Earlier[], birth: Day, cvx: string = vaccinesOfCount(one, usual)[0] ?? ''): readonly Earlier[] {
  const [from, until] = windowOf(one, birth)
  return Array.from({ length: count }, (_, at) => ({ date: Math.min(from + 30 * at + 2, until - 1) as Day, cvx, target: 0 }))
}

function* forecastQuestions(doses: readonly TargetDoseRow[], row: TargetDoseRow, index: number): Generator<Question> {
  const [usual = ''] = vaccinesOf(row)
  for (const birthDate of [BIRTH, day('2025-03-31')]) {
    for (const before of beforesOf(doses, row, index, birthDate)) {
      const last = before.earlier.at(-1)?.date ?? birthDate
      const days = new Set<Day>([last, addDays(last, 200)])
      for (const age of row.ages ?? []) { for (const on of datesOf(age)) days.add(on); if (age.max !== undefined) for (const offset of [-1, 0]) days.add(addDays(later(birthDate, age.max), offset)) }
      for (const one of row.intervals ?? []) for (const on of datesOf(one)) days.add(on)
      for (const text of [row.season?.start, row.season?.end]) if (text !== undefined) for (const offset of [-1, 0, 1]) days.add(addDays(day(text), offset))
      for (const on of days) yield { kind: 'forecast', before, on }
    }
  }
  // Every vaccine that may be named, on a day on which it may be given.
  for (const { begin, end } of row.preferable ?? []) {
    const date = end !== undefined ? addDays(later(BIRTH, end), -1) : addDays(begin === undefined ? BIRTH : later(BIRTH, begin), 1)
    yield { kind: 'forecast', before: { birthDate: BIRTH, earlier: [], observations: new Map() }, on: date, notValid: { date, cvx: usual } }
  }
}

/** Nothing before; the earlier doses early; late, each day of a season; and with what intervals count from. */
function* beforesOf(doses: readonly TargetDoseRow[], row: TargetDoseRow, index: number, birthDate: Day): Generator<Before> {
  const counted = (row.intervals ?? []).flatMap(({ from }) => 'mostRecent' in from ? from.mostRecent : [])
  const observations = new Map((row.intervals ?? []).flatMap(({ from }) => 'observation' in from ? [[from.observation, addDays(birthDate, 9000)] as const] : []))
  for (const notBefore of [birthDate, addDays(birthDate, 2500)]) {
    const earlier = earlierDoses(doses, index, birthDate, undefined, notBefore)
    yield { birthDate, earlier, observations }
    // One dose far from the others: an interval from it decides.
    const last = earlier.at(-1)
    if (last !== undefined && earlier.length > 1) yield { birthDate, earlier: [...earlier.slice(0, -1), { ...last, date: addDays(last.date, 1500) }], observations }
    for (const cvx of counted) yield { birthDate, earlier: [...earlier, { date: addDays(last?.date ?? notBefore, 3000), cvx, target: 0 }], observations }
  }
}

/** The engine's answer as text: equal texts are equal answers. */
export function answerOf(question: Question, edition: ImmunizationEdition, series: Series, index: number): string {
  if (question.kind === 'judge') {
    const { status, findings } = judgedNext(edition, series, index, question.given)
    return `${status} ${why(findings)}`
  }
  const target = series.doses[index] as TargetDose
  if (question.kind === 'skip') {
    const { before, on, reference, complete, valid } = question
    const { state } = stateAfter(edition, series, before, on)
    for (const { dose } of state.evaluations) state.statusOf[dose.order] = valid ? 'valid' : 'notValid'
    const asking = { ...state, isGroupComplete: (group: string) => group === complete }
    return (['evaluation', 'forecast'] as const).map((context) => why([findSkip(target, asking, { context, reference, inForceOn: on, position: state.records.length })].filter((one) => one !== undefined))).join('|')
  }
  const { before, on, notValid } = question
  const { state, added: [dose] } = stateAfter(edition, series, { ...before, more: notValid === undefined ? [] : [notValid] }, on)
  if (dose !== undefined) state.evaluations.push({ dose, status: 'subStandard', inadvertent: false, findings: [] })
  // At this target dose, and not passed over: skips are asked above.
  const found = forecastSeries({ ...state, position: index, series: { ...series, doses: series.doses.map((one) => ({ ...one, skips: [] })) } }, { immune: undefined, contraindicated: undefined })
  const { status, dates, doseNumber, findings } = found
  return [status, doseNumber, dates?.earliest, dates?.recommended, dates?.pastDue, dates?.latest, dates?.unadjustedRecommended, dates?.unadjustedPastDue, found.target?.recurring, found.target?.priorityForecast, recommendedVaccines(found).map(({ cvx, mvx }) => `${cvx}${mvx}`).join(), why(findings)].join('|')
}

const why = (findings: readonly Finding[]): string => findings.map(({ rule, day: on, code, dose, period }) => `${rule} ${on} ${code} ${dose} ${period}`).join(';')
