/**
 * What is due to be measured, as one item: weight, length, arm and head by the edition's intervals, and what would complete the
 * assessment of a visit that is open today. Always there for a living child under 19, so that no plan is empty.
 */
import { addDays, addPeriod, completedMonths, dayOfCompletedMonths, months, type Day } from '@bairn/quantities'
import type { FactRef, Message, Reason } from '@bairn/reasoning'
import { dateFlips, listParam, monthsOn, RANK, whatName, withFlips, type Context, type Draft } from '../context.ts'
import { levelRank } from '../assessment.ts'
import { planReason, type PlanRule, type RoutineMeasure } from '../edition.ts'
import { measurementRef } from '../snapshot.ts'

interface Due {
  readonly kind: RoutineMeasure
  readonly due: Day
  readonly overdue?: Day
  readonly rule: PlanRule
  /** the sentence but for the names of the measures: those with the same one share a line */
  readonly text: Message
  readonly inputs: readonly FactRef[]
}
const KINDS: readonly RoutineMeasure[] = ['weight', 'length', 'muac', 'headCircumference']

/** @param referred the child goes to hospital: nothing is measured first to complete today's assessment */
export function measureNeeds(context: Context, { referred }: { readonly referred: boolean }): Draft[] {
  const { birth, clock, snapshot, editions: { plan } } = context
  if (birth === undefined) return []
  const completing = referred ? [] : completes(context)
  const weight = routine(context, birth, 'weight', undefined)
  const dues = KINDS.flatMap((kind): Due[] => {
    const completed = completing.find((due) => due.kind === kind)
    if (completed !== undefined) return [completed]
    const due = kind === 'weight' ? weight : routine(context, birth, kind, weight)
    return due === undefined ? [] : [due]
  })
  if (dues.length === 0) return []
  const ends = dayOfCompletedMonths(birth, plan.endsAtMonths)
  const first = earliest(dues.map(({ due }) => due))
  // One visit: what falls due within some days goes along, and everything that is due already.
  const together = dues.filter(({ due }) => due <= addDays(first, plan.visits.mergeWithinDays) || clock.reached(addDays(due, -plan.visits.mergeWithinDays)))
  const overdues = together.flatMap(({ overdue }) => overdue ?? [])
  const put = snapshot.responses.findLast(({ item, kind, day }) => item === 'measure' && kind === 'notToday' && !together.some(({ inputs }) => inputs.some((input) => input.day !== undefined && input.day > day)))
  const until = put === undefined ? undefined : put.until ?? addDays(put.day, 1)
  const due = earliest([until !== undefined && until > first ? until : first, ends])
  const overdue = overdues.length === 0 ? undefined : earliest(overdues)
  const window = { due, ...(overdue === undefined ? {} : { overdue: overdue < due ? due : overdue }) }
  return [{
    need: 'measure', action: 'measure', rank: RANK.measure, window, anchor: first,
    title: { key: 'plan.title.measure', params: { what: listParam(together.map(({ kind }) => whatName(kind, context, due))) } },
    because: reasonsOf(together, due, context).map((reason, index) => (index === 0 ? withFlips(reason, dateFlips(window, clock)) : reason)),
  }]
}

/** One line for all that share a sentence: 'Last measured (weight, length and arm): 23 November. At this age every 3 months.' */
function reasonsOf(together: readonly Due[], due: Day, context: Context): Reason[] {
  const groups = Map.groupBy(together, ({ text }) => JSON.stringify(text))
  return [...groups.values()].map((group) => {
    const { rule, text } = group[0] as Due
    const what = listParam(group.map(({ kind }) => whatName(kind, context, due)))
    return planReason(context.editions.plan, rule, { ...text, params: { what, ...text.params } }, group.flatMap(({ inputs }) => inputs))
  })
}

const earliest = (days: readonly Day[]): Day => days.reduce((a, b) => (b < a ? b : a))

/** By the interval for the age at the last measurement. What was never measured goes along with the next weight. */
function routine(context: Context, birth: Day, kind: RoutineMeasure, weight: Due | undefined): Due | undefined {
  const { snapshot, clock, editions: { plan } } = context
  const bands = plan.intervals[kind]
  const [firstBand, lastBand] = [bands[0], bands.at(-1)]
  if (firstBand === undefined || lastBand === undefined) return undefined
  const starts = dayOfCompletedMonths(birth, firstBand.fromMonths)
  const ends = dayOfCompletedMonths(birth, lastBand.belowMonths)
  if (clock.reached(ends)) return undefined
  const last = snapshot.days(kind).findLast((day) => day >= birth)
  const answered = snapshot.responses.findLast(({ item, kind: answer }) => item === 'measure' && answer !== 'notToday')?.day
  const counted = last !== undefined && (answered === undefined || last >= answered) ? last : answered
  if (counted === undefined || counted < birth) {
    const due = weight === undefined || weight.due < starts ? starts : weight.due
    if (due >= ends) return undefined
    return { kind, due, rule: 'measureDue', text: { key: 'plan.measure.never' }, inputs: [] }
  }
  const age = completedMonths({ birth, on: counted })
  const band = bands.find(({ fromMonths, belowMonths }) => age >= fromMonths && age < belowMonths)
  const due = band === undefined ? starts : addPeriod(counted, months(band.everyMonths))
  if (due >= ends && kind !== 'weight') return undefined
  const every = band?.everyMonths ?? firstBand.everyMonths
  const grace = plan.overdueAfterDays.find(({ fromMonths, belowMonths }) => age >= fromMonths && age < belowMonths)?.days ?? 0
  const fact = last === counted ? snapshot.measureOn(kind, counted)?.fact : undefined
  const inputs: readonly FactRef[] = fact === undefined ? [] : [measurementRef(fact)]
  const text = { key: fact === undefined ? 'plan.measure.answered' : 'plan.measure.last', params: { day: { day: counted }, months: { number: every } } }
  return { kind, due, overdue: addDays(due, grace), rule: 'measureDue', text, inputs }
}

/** Measures without which the class of a visit cannot be said: wanted while the visit is open, or once wasting was found. */
function completes(context: Context): Due[] {
  const { state, clock, snapshot, birth, editions: { nutrition } } = context
  if (state === undefined || birth === undefined) return []
  const { main, level } = state
  if (monthsOn(birth, main.day) >= nutrition.cutOffs.ages.belowMonths) return []
  if (!(levelRank(level) > 0 || clock.isToday(main.day))) return []
  if (snapshot.responses.some(({ item, kind, day }) => item === 'measure' && kind !== 'notToday' && day >= main.day)) return []
  const wanted = new Set<RoutineMeasure>()
  if (main.open.includes('weightForLength')) for (const kind of ['weight', 'length'] as const) if (!snapshot.days(kind).includes(main.day)) wanted.add(kind)
  if (main.open.includes('weightForAge') && !snapshot.days('weight').includes(main.day)) wanted.add('weight')
  if (main.open.includes('muac') && !snapshot.days('muac').includes(main.day)) wanted.add('muac')
  return [...wanted].map((kind) => ({ kind, due: main.day, rule: 'completeVisit', text: { key: 'plan.measure.complete', params: { day: { day: main.day } } }, inputs: [] }))
}
