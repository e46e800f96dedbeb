/** The boundaries of a target dose (ages of the dose and of its vaccines, intervals), each with a child for whom it decides. */
import { addDays, parseDay, type Day } from '@bairn/quantities'
import type { ImmunizationEdition, Series, TargetDose } from '../edition.ts'
import { evaluateDose, type Evaluation } from '../evaluate.ts'
import type { Dose } from '../patient.ts'
import type { IntervalRow, TargetDoseRow } from '../schedule.ts'
import { evaluateSeries, type SeriesState } from '../series.ts'
import { childOf } from './alone.ts'
import { vaccinesOf } from './editions.ts'
import { later, referenceOf, spans, type Earlier, type Given } from './rows.ts'
import { day } from './schedule.ts'

/** Born on days that make months and years uneven, and near today, where rows that are in force for a season are. */
const BIRTHS = [day('2012-02-29'), day('2007-08-31'), day('2025-10-30')] as const

export interface Boundary { readonly what: string; readonly day: Day; readonly given: Omit<Given, 'date'> }

/** One boundary each: ages of the dose and of its vaccines, intervals from whatever they count from. */
export function* boundariesOf(doses: readonly TargetDoseRow[], row: TargetDoseRow, index: number): Generator<Boundary> {
  const [usual] = vaccinesOf(row)
  if (usual === undefined) return
  const mvxOf = (cvx: string): string | undefined => row.preferable?.find((one) => one.cvx === cvx)?.mvx
  for (const age of row.ages ?? []) for (const bound of ['absMin', 'min', 'max'] as const) {
    const text = age[bound]
    if (text === undefined) continue
    for (const birthDate of birthsWithin(age, text)) {
      const day = later(birthDate, text)
      const cvx = vaccineAt(row, birthDate, day) ?? usual
      yield { what: `${bound} age ${text}`, day, given: { birthDate, cvx, mvx: mvxOf(cvx), earlier: earlierDoses(doses, index, birthDate, day), observations: new Map() } }
    }
  }
  for (const vaccine of [...row.preferable ?? [], ...row.allowable ?? []]) for (const text of [vaccine.begin, vaccine.end]) {
    if (text === undefined) continue
    const [birthDate] = BIRTHS
    const day = later(birthDate, text)
    yield { what: `age ${text} of vaccine ${vaccine.cvx}`, day, given: { birthDate, cvx: vaccine.cvx, mvx: mvxOf(vaccine.cvx), earlier: earlierDoses(doses, index, birthDate, day), observations: new Map() } }
  }
  for (const interval of [...row.intervals ?? [], ...row.allowableIntervals ?? []]) for (const bound of ['absMin', 'min'] as const) {
    const text = interval[bound]
    if (text === undefined) continue
    for (const birthDate of BIRTHS) yield* intervalProbes({ row, doses, index, interval, text, birthDate, usual, mvxOf })
  }
}

interface IntervalAsked { readonly row: TargetDoseRow; readonly doses: readonly TargetDoseRow[]; readonly index: number; readonly interval: IntervalRow; readonly text: string; readonly birthDate: Day; readonly usual: string; readonly mvxOf: (cvx: string) => string | undefined }

/** Earlier doses so late that the age is no obstacle, and so early that it is what it is. */
function* intervalProbes({ row, doses, index, interval, text, birthDate, usual, mvxOf }: IntervalAsked): Generator<Boundary> {
  const { from } = interval
  const ready = [row.ages?.at(-1)?.min, ...row.preferable?.map(({ begin }) => begin) ?? []].filter((age) => age !== undefined).map((age) => later(birthDate, age))
  for (const notBefore of new Set([birthDate, Math.max(birthDate, ...ready) as Day])) {
    const observations = 'observation' in from ? new Map([[from.observation, addDays(notBefore, 20)]]) : new Map<string, Day>()
    // A first dose that counts from the one before it counts from one that was not valid.
    const counted = 'mostRecent' in from ? from.mostRecent[0] : 'previous' in from && index === 0 ? usual : undefined
    const earlier = earlierDoses(doses, index, birthDate, undefined, notBefore)
    const all = counted === undefined ? earlier : [...earlier, { date: addDays(earlier.at(-1)?.date ?? notBefore, 30), cvx: counted, target: 0 }]
    const reference = referenceOf(interval, { earlier: all, observations })
    if (reference === undefined) continue
    const day = later(reference, text)
    const cvx = vaccineAt(row, birthDate, day) ?? usual
    yield { what: `interval ${text} from ${JSON.stringify(from)}`, day, given: { birthDate, cvx, mvx: mvxOf(cvx), earlier: all, observations } }
  }
}

/** Births for which a dated row is in force around the age; the usual ones for a row without dates. */
function birthsWithin({ effective, cessation }: { readonly effective?: string; readonly cessation?: string }, text: string): readonly Day[] {
  const middle = effective !== undefined ? addDays(day(effective), 20) : cessation !== undefined ? addDays(day(cessation), -20) : undefined
  if (middle === undefined) return BIRTHS
  const birth = parseDay('2000-01-01')
  const age = birth.ok ? later(birth.value, text) - birth.value : 0
  return [addDays(middle, -age)]
}

const vaccineAt = ({ preferable = [], allowable = [] }: TargetDoseRow, birthDate: Day, on: Day): string | undefined =>
  [...preferable, ...allowable].find((one) => spans(one, birthDate, on))?.cvx

/** One dose for each target dose before this one, as early as its age and the one before it allow; before `until` if that is given. */
export function earlierDoses(doses: readonly TargetDoseRow[], index: number, birthDate: Day, until: Day | undefined, notBefore: Day = birthDate): readonly Earlier[] {
  const earlier: Earlier[] = []
  for (const [place, row] of doses.slice(0, index).entries()) {
    const [cvx] = vaccinesOf(row)
    if (cvx === undefined) continue
    const last = earlier.at(-1)?.date
    const age = row.ages?.[0]?.min
    const date = Math.max(notBefore, last === undefined ? notBefore : last + 1, age === undefined ? notBefore : later(birthDate, age)) as Day
    earlier.push({ date, cvx, target: place + 1 })
  }
  const last = earlier.at(-1)
  const over = until === undefined || last === undefined ? 0 : Math.max(0, last.date - until + 6)
  return earlier.map((dose) => ({ ...dose, date: addDays(dose.date, -over) })).filter(({ date }) => date >= birthDate)
}

/** After these doses, each of which satisfied its target dose: what the series is when the next one is looked at. */
export function stateAfter(edition: ImmunizationEdition, series: Series, { birthDate, earlier, observations, more = [] }: Omit<Given, 'date' | 'cvx' | 'mvx'> & { readonly more?: readonly { readonly date: Day; readonly cvx: string }[] }, assessment: Day): { readonly state: SeriesState; readonly added: readonly Dose[] } {
  const facts = {
    birthDate, sex: 'female' as const,
    doses: [...earlier, ...more].map(({ date, cvx }, place) => ({ id: `d${place}`, date, cvx })),
    observations: [...observations].map(([code, on]) => ({ code, date: on })),
  }
  const child = childOf(facts, edition, assessment)
  const state = evaluateSeries({ ...series, doses: [] }, child, () => false)
  const own = (place: number): Dose | undefined => child.doses.find(({ id }) => id === `d${place}`)
  state.evaluations.length = 0
  for (const [place, { target }] of earlier.entries()) {
    const dose = own(place)
    if (dose === undefined) continue
    state.evaluations.push({ dose, status: 'valid', inadvertent: false, findings: [] })
    if (target > 0) state.satisfiedBy[target - 1] = dose
  }
  return { state, added: more.map((_, at) => own(earlier.length + at)).filter((dose) => dose !== undefined) }
}

/** The engine's word on one more dose. */
export function judgedNext(edition: ImmunizationEdition, series: Series, index: number, { date, cvx, mvx, ...given }: Given): Evaluation {
  const { state, added: [dose] } = stateAfter(edition, series, { ...given, more: [{ date, cvx }] }, date)
  return evaluateDose({ ...dose as Dose, ...(mvx === undefined ? {} : { mvx }) }, series.doses[index] as TargetDose, state)
}
