/**
 * From drafts to the list: visits that fall together become one, responses take items out of the way, the most pressing comes first.
 */
import { addDays, type Day } from '@bairn/quantities'
import type { Response } from './child.ts'
import type { Clock } from './clock.ts'
import { dateFlips, distinct, urgencyOf, withFlips, type Context, type Draft } from './context.ts'
import type { NeedCode, PlanItem, SetAside, Urgency } from './plan.ts'

const URGENCIES: readonly Urgency[] = ['urgent', 'actToday', 'overdue', 'dueToday', 'comingUp']
/** Items whose responses are part of when they are due (needs/measure.ts, needs/care.ts). */
const SCHEDULED: ReadonlySet<NeedCode> = new Set(['measure', 'seeAgain', 'followReferral'])

/** One visit has one next date: a routine measurement that falls near a visit, or after it, goes along; of two visits the earlier stands. */
export function joinVisits(drafts: readonly Draft[], { editions: { plan }, clock }: Context): Draft[] {
  const visits = drafts.filter(({ need }) => need === 'seeAgain').toSorted((a, b) => a.window.due - b.window.due)
  const [visit, ...later] = visits
  const measure = drafts.find(({ need }) => need === 'measure')
  const rest = drafts.filter(({ need }) => need !== 'seeAgain' && need !== 'measure')
  if (visit === undefined) return withVaccines(drafts, plan.visits.mergeWithinDays)
  const near = measure !== undefined && measure.window.due >= addDays(visit.window.due, -plan.visits.mergeWithinDays)
  const because = distinct([...visit.because, ...later.flatMap((one) => one.because), ...(near ? measure.because : [])])
    .map((reason, index) => (index === 0 ? withFlips(dropFlips(reason), dateFlips(visit.window, clock)) : dropFlips(reason)))
  return [...rest, { ...visit, because }, ...(measure === undefined || near ? [] : [measure])]
}

/** Vaccines have their days; a measurement within some days of them goes along, so that the family comes once. */
function withVaccines(drafts: readonly Draft[], within: number): Draft[] {
  const vaccines = drafts.find(({ need }) => need === 'vaccinesNext')
  return drafts.map((draft) => draft.need !== 'measure' || vaccines === undefined || Math.abs(draft.window.due - vaccines.window.due) > within ? draft : { ...draft, window: { ...draft.window, due: vaccines.window.due } })
}

/** Only the visit's own dates can change it. */
function dropFlips<R extends { readonly flips?: unknown }>(reason: R): R {
  const { flips: _, ...rest } = reason
  return rest as R
}

/** Items in order, and what responses set aside. @throws Error for an item without a reason (our mistake) */
export function toItems(child: string, drafts: readonly Draft[], responses: readonly Response[], clock: Clock): { readonly items: PlanItem[]; readonly setAside: SetAside[] } {
  const setAside: SetAside[] = []
  const kept: { readonly draft: Draft; readonly urgency: Urgency }[] = []
  for (const draft of drafts) {
    if (draft.because.length === 0) throw new Error(`the item '${draft.need}' has no reason`)
    const answer = SCHEDULED.has(draft.need) ? undefined : responses.findLast(({ item, day }) => item === draft.need && day >= draft.anchor)
    if (draft.notGiven !== undefined && !clock.reached(draft.notGiven.until)) {
      const { fact: { id, day, note, reason }, until } = draft.notGiven
      setAside.push({ need: draft.need, title: draft.title, response: { id, kind: 'notToday', day, ...(note === undefined ? {} : { note }) }, reason, until })
      continue
    }
    const until = answer?.kind === 'notToday' ? answer.until ?? addDays(answer.day, 1) : undefined
    if (answer === undefined || (until !== undefined && clock.reached(until))) kept.push({ draft, urgency: urgencyOf(draft, clock) })
    else if (answer.kind !== 'done') setAside.push(asideOf(draft, { ...answer, kind: answer.kind }, until))
  }
  const due = (a: Draft, b: Draft): number => a.window.due - b.window.due
  // What is due is ordered by its weight, what is only coming up by its day.
  const items = kept.toSorted((a, b) =>
    URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency) || (a.urgency === 'comingUp' ? due(a.draft, b.draft) || a.draft.rank - b.draft.rank : a.draft.rank - b.draft.rank || due(a.draft, b.draft)))
  return { items: items.map(({ draft, urgency }) => itemOf(child, draft, urgency)), setAside }
}

function asideOf(draft: Draft, { id, kind, day, note }: Response & { readonly kind: 'notToday' | 'declined' }, until: Day | undefined): SetAside {
  return { need: draft.need, title: draft.title, response: { id, kind, day, ...(note === undefined ? {} : { note }) }, ...(until === undefined ? {} : { until }) }
}

function itemOf(child: string, { need, action, title, ask, more, window, because }: Draft, urgency: Urgency): PlanItem {
  return { id: `${child}/${need}`, need, action, title, ...(ask === undefined ? {} : { ask }), ...(more === undefined ? {} : { more }), window, urgency, because }
}
