/**
 * What a found class calls for: refer now, care for severe or moderate wasting, an infant at risk, and when to see the child again.
 * Acute danger is referred, without treatment or dose. Follow-up intervals come with the plan's edition.
 */
import { addDays, type Day } from '@bairn/quantities'
import type { Flip, Reason } from '@bairn/reasoning'
import { dateFlips, distinct, flip, RANK, withFlips, type Context, type Draft } from '../context.ts'
import { planReason, type PlanRule } from '../edition.ts'
import { findingRef } from '../snapshot.ts'
import { weightFlips } from './flips.ts'

export function careNeeds(context: Context): Draft[] {
  const { state, snapshot, editions: { plan } } = context
  const danger = dangerSign(context)
  if (state === undefined) return danger === undefined ? [] : [refer(context, danger.day, 'danger', [danger.reason])]
  const { main } = state
  const infant = main.infant?.known === true ? main.infant.value.class : 'notAtRisk'
  const referred = state.level === 'referNow' || infant === 'referNow'
  const because = referReasons(context, danger?.reason)
  const drafts: Draft[] = []
  if (because.length > 0) {
    const why = main.child.oedema.answer === 'yes' ? 'oedema' : state.level === 'referNow' ? 'wasting' : danger !== undefined ? 'danger' : 'infant'
    const anchor = referred ? main.day : danger?.day ?? main.day
    const answer = snapshot.responses.findLast(({ item, day }) => item === 'refer' && day >= anchor)
    const item = refer(context, anchor, why, because)
    if (answer?.kind === 'declined') {
      // The danger is still there: the family is seen again at once.
      const { days, overdueAfterDays } = plan.seeAgain.declined
      return [item, seeAgainAt({ need: 'followReferral', from: answer.day, days, overdueAfterDays, rule: 'seeAgainReferred', kind: 'declined', context, because: [] })]
    }
    const done = answer?.kind === 'done' ? answer : undefined
    if (done === undefined) return [item]
    const { days, overdueAfterDays } = plan.seeAgain.referred
    // Sent, and nothing new since: the visit after it. A danger that was answered before today's findings leaves them to their own care.
    if (done.day >= main.day) drafts.push(seeAgainAt({ need: 'followReferral', from: done.day, days, overdueAfterDays, rule: 'seeAgainReferred', context, because: [] }))
    if (referred || done.day >= main.day) return drafts
  }
  const found = explained(main.because, context)
  if (state.level === 'severe') drafts.push({ ...care('severeWastingCare', 'treat'), because: found, window: { due: main.day }, anchor: main.day })
  if (state.level === 'moderate') drafts.push({ ...care('moderateWastingCare', 'counsel'), because: found, window: { due: main.day }, anchor: main.day })
  const infantReasons = main.infant === undefined || infant !== 'atRisk' ? [] : explained(main.infant.because, context)
  if (infant === 'atRisk' && state.level !== 'severe') drafts.push({ ...care('infantRiskCare', 'counsel'), because: infantReasons, window: { due: main.day }, anchor: main.day })
  const again = seeAgain(context, infant === 'atRisk')
  return again === undefined ? drafts : [...drafts, again]
}

const care = (need: 'severeWastingCare' | 'moderateWastingCare' | 'infantRiskCare', action: 'treat' | 'counsel') =>
  ({ need, action, title: { key: `plan.title.${need}` }, rank: RANK[need], urgency: 'actToday' } as const)

/** All that calls for a referral now, the class first. */
function referReasons(context: Context, danger: Reason | undefined): Reason[] {
  const { state } = context
  if (state === undefined) return danger === undefined ? [] : [danger]
  const { main, level } = state
  const reasons: Reason[] = []
  if (level === 'referNow') reasons.push(...main.because)
  if (main.infant?.known === true && main.infant.value.class === 'referNow') reasons.push(...main.infant.because)
  const said = reasons.some(({ text }) => text.key === 'nutrition.complication')
  if (danger !== undefined && !said) reasons.push(danger)
  return explained(distinct(reasons).filter(({ text }, index) => text.key !== 'nutrition.found.oedema' || reasons.findIndex((other) => other.text.key === text.key) === index), context)

}

/** With what would change each; at least a new measurement would. */
function explained(reasons: readonly Reason[], context: Context): Reason[] {
  const flipped = reasons.map((reason) => withFlips(reason, [...weightFlips(reason, context), ...answerFlips(reason)]))
  return flipped.some(({ flips }) => (flips ?? []).length > 0) ? flipped : flipped.map((reason, index) => (index === 0 ? withFlips(reason, [flip('newMeasurement', 'judgedAgain')]) : reason))
}

/** Which answer would take the reason away. */
function answerFlips({ text }: Reason): Flip[] {
  switch (text.key) {
    case 'nutrition.found.oedema': return [flip('feetNotSwollen', 'judgedByMeasures')]
    case 'nutrition.complication': return [flip('noDangerSign', 'noReferral')]
    case 'nutrition.feedingFailed': return [flip('feedingPassed', 'noReferral')]
    case 'nutrition.feedingNotTested': return [flip('feedingPassed', 'noReferral')]
    case 'nutrition.infant.loss': return [flip('weightRegained', 'noReferral')]
    default: return []
  }
}

/** A danger sign that nobody has taken back, whatever the nutritional state. */
function dangerSign({ snapshot, editions: { plan } }: Context): { readonly day: Day; readonly reason: Reason } | undefined {
  const last = snapshot.findings('complication').findLast(({ answer }) => answer === 'yes' || answer === 'no')
  if (last?.answer !== 'yes') return undefined
  return { day: last.day, reason: planReason(plan, 'dangerSign', { key: 'plan.dangerSign' }, [findingRef(last)], [flip('noDangerSign', 'noReferral')]) }
}

/** Danger stays until somebody answers it; after some days the words change from "now" to "find the child". */
function refer({ clock, editions: { plan } }: Context, anchor: Day, why: string, because: readonly Reason[]): Draft {
  const stale = clock.reached(addDays(anchor, plan.visits.staleAfterDays))
  return {
    need: 'refer', action: 'refer', rank: RANK.refer, urgency: 'urgent', window: { due: anchor }, anchor, because,
    title: stale ? { key: 'plan.title.refer.notSeenSince', params: { day: { day: anchor } } } : { key: 'plan.title.refer', params: { why: { code: why } } },
  }
}

function seeAgain(context: Context, infantAtRisk: boolean): Draft | undefined {
  const { state, editions: { plan } } = context
  if (state === undefined) return undefined
  const kinds: { readonly kind: 'severe' | 'moderate' | 'infant'; readonly rule: PlanRule }[] = []
  if (state.level === 'severe') kinds.push({ kind: 'severe', rule: 'seeAgainSevere' })
  if (infantAtRisk) kinds.push({ kind: 'infant', rule: 'seeAgainInfant' })
  if (state.level === 'moderate') kinds.push({ kind: 'moderate', rule: 'seeAgainModerate' })
  const [first, ...others] = kinds.toSorted((a, b) => plan.seeAgain[a.kind].days - plan.seeAgain[b.kind].days)
  if (first === undefined) return undefined
  const because = others.map(({ kind, rule }) => planReason(plan, rule, { key: 'plan.seeAgain.because', params: { kind: { code: kind }, days: { number: plan.seeAgain[kind].days } } }))
  const { days, overdueAfterDays } = plan.seeAgain[first.kind]
  return seeAgainAt({ need: 'seeAgain', from: state.main.day, days, overdueAfterDays, rule: first.rule, kind: first.kind, context, because })
}

/** A visit some days after `from`; 'not today' moves it, 'done' without new facts counts as a visit. */
export function seeAgainAt({ need, from, days, overdueAfterDays, rule, kind = 'referred', context, because }: {
  readonly need: 'seeAgain' | 'followReferral'; readonly from: Day; readonly days: number; readonly overdueAfterDays: number
  readonly rule: PlanRule; readonly kind?: string; readonly context: Context; readonly because: readonly Reason[]
}): Draft {
  const { snapshot, clock, editions: { plan } } = context
  const answered = snapshot.responses.findLast(({ item, day, kind: answer }) => item === need && day > from && answer !== 'notToday')
  const start = answered?.day ?? from
  const put = snapshot.responses.findLast(({ item, day, kind: answer }) => item === need && day >= start && answer === 'notToday')
  const due = addDays(start, days)
  const until = put === undefined ? due : put.until ?? addDays(put.day, 1)
  const window = { due: until > due ? until : due, overdue: addDays(until > due ? until : due, overdueAfterDays) }
  const reason = planReason(plan, rule, { key: 'plan.seeAgain.because', params: { kind: { code: kind }, days: { number: days } } }, [], dateFlips(window, clock))
  return { need, action: 'schedule', title: { key: `plan.title.${need}` }, rank: RANK[need], because: [reason, ...because], window, anchor: from }
}
