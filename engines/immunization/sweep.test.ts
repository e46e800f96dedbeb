/**
 * Every age and every interval of every target dose of every edition, five days before to five days after: the engine and a second reading
 * of the rows (testing/rows.ts) say the same of each day, with the same reasons, so that what is said changes on the very day.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, formatDay, parseDay, type Day } from '@bairn/quantities'
import { evaluateDose } from './evaluate.ts'
import type { Dose, EvaluationStatus } from './patient.ts'
import type { TargetDose } from './edition.ts'
import type { IntervalRow, TargetDoseRow } from './schedule.ts'
import { evaluateSeries } from './series.ts'
import { childOf } from './testing/alone.ts'
import { seriesOf, vaccinesOf, WRITTEN_EDITIONS, type WrittenSeries } from './testing/editions.ts'
import { later, readDose, referenceOf, spans, type Earlier, type Given } from './testing/rows.ts'
import { day } from './testing/schedule.ts'

const AROUND = [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5] as const
/** Born on days that make months and years uneven, and near today, where rows that are in force for a season are. */
const BIRTHS = [day('2012-02-29'), day('2007-08-31'), day('2025-10-30')] as const

for (const written of WRITTEN_EDITIONS) test(`${written.id}: each day around each age and interval of each target dose is judged as its row says`, () => {
  const seen = new Map<string, number>()
  let [boundaries, turning] = [0, 0]
  for (const one of seriesOf(written)) for (const [index, row] of one.row.doses.entries()) {
    for (const probe of probesOf(one, row, index)) {
      boundaries += 1
      const statuses = new Set<string>()
      for (const offset of AROUND) {
        const given = { ...probe.given, date: addDays(probe.day, offset) }
        // A day before birth, or not after the dose before it, is no day for this dose.
        if (given.date < Math.max(given.birthDate, (given.earlier.at(-1)?.date ?? given.birthDate - 1) + 1)) continue
        const expected = readDose(row, given, written.schedule.conflicts)
        const found = judged(written, one, index, given)
        if (found.status !== expected.status || found.says.join() !== expected.says.join()) {
          assert.deepEqual(found, expected, `${one.name}, dose ${index + 1}, ${probe.what}: ${given.cvx} on ${formatDay(given.date)}, born ${formatDay(given.birthDate)}`)
        }
        statuses.add(expected.status)
        for (const said of [expected.status, ...expected.says.map((text) => text.split(' ')[0] as string)]) seen.set(said, (seen.get(said) ?? 0) + 1)
      }
      if (statuses.size > 1) turning += 1
    }
  }
  // Nothing of this is proved by days that all say the same.
  for (const said of ['valid', 'notValid', 'age.tooYoung', 'interval.tooSoon', 'vaccine.notAllowed']) assert.ok((seen.get(said) ?? 0) > boundaries / 20, `${said}: ${seen.get(said)} of ${boundaries} boundaries`)
  assert.ok(turning > boundaries / 3, `${turning} of ${boundaries} boundaries change the status`)
})

interface Probe { readonly what: string; readonly day: Day; readonly given: Omit<Given, 'date'> }

/** One boundary each: ages of the dose and of its vaccines, intervals from whatever they count from. */
function* probesOf({ row: { doses } }: WrittenSeries, row: TargetDoseRow, index: number): Generator<Probe> {
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
function* intervalProbes({ row, doses, index, interval, text, birthDate, usual, mvxOf }: IntervalAsked): Generator<Probe> {
  const { from } = interval
  const ready = [row.ages?.at(-1)?.min, ...row.preferable?.map(({ begin }) => begin) ?? []].filter((age) => age !== undefined).map((age) => later(birthDate, age))
  for (const notBefore of new Set([birthDate, Math.max(birthDate, ...ready) as Day])) {
    const observations = 'observation' in from ? new Map([[from.observation, addDays(notBefore, 20)]]) : new Map<string, Day>()
    const counted = 'mostRecent' in from ? from.mostRecent[0] : undefined
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
function earlierDoses(doses: readonly TargetDoseRow[], index: number, birthDate: Day, until: Day | undefined, notBefore: Day = birthDate): readonly Earlier[] {
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

/** The engine's word on the dose, after earlier ones that satisfied their target doses. */
function judged({ edition }: { readonly edition: (typeof WRITTEN_EDITIONS)[number]['edition'] }, { series }: WrittenSeries, index: number, { birthDate, date, cvx, mvx, earlier, observations }: Given): { readonly status: EvaluationStatus; readonly says: readonly string[] } {
  const facts = {
    birthDate, sex: 'female' as const,
    doses: [...earlier, { date, cvx }].map((dose, place) => ({ id: `d${place}`, date: dose.date, cvx: dose.cvx })),
    observations: [...observations].map(([code, on]) => ({ code, date: on })),
  }
  const child = childOf(facts, edition, date)
  const state = evaluateSeries({ ...series, doses: [] }, child, () => false)
  const own = (place: number): Dose => child.doses.find(({ id }) => id === `d${place}`) as Dose
  state.evaluations.length = 0
  for (const [place, { target }] of earlier.entries()) {
    state.evaluations.push({ dose: own(place), status: 'valid', inadvertent: false, findings: [] })
    if (target > 0) state.satisfiedBy[target - 1] = own(place)
  }
  const { status, findings } = evaluateDose({ ...own(earlier.length), ...(mvx === undefined ? {} : { mvx }) }, series.doses[index] as TargetDose, state)
  const NUMBERED = /^(?:age|interval\.(?:grace|tooSoon)|conflict)/
  return { status, says: findings.filter(({ rule }) => rule !== 'satisfy.valid').map((finding) => NUMBERED.test(finding.rule) && finding.day !== undefined ? `${finding.rule} ${formatDay(finding.day)}` : finding.rule).toSorted() }
}
