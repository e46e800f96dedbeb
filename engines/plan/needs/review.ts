/**
 * Growth that wants a review of feeding and illness, but is not acute malnutrition: lost or standing weight, a falling line, very low
 * weight or length for age, thinness from five years, overweight. Classes are the engines'; a review that was done is not asked for
 * again for some weeks, whatever is measured meanwhile.
 */
import { classify, crossingReason, linesCrossed, weightChange, type GrowthClass } from '@bairn/growth'
import { addDays, type Day, type Days } from '@bairn/quantities'
import type { Reason } from '@bairn/reasoning'
import { distinct, flip, monthsOn, RANK, withFlips, type Context, type Draft } from '../context.ts'
import { planReason } from '../edition.ts'
import type { OwnNeed } from '../plan.ts'
import { measurementRef } from '../snapshot.ts'
import { seeAgainAt } from './care.ts'

interface Found { readonly why: string; readonly day: Day; readonly because: readonly Reason[] }

/** @param wasted care for wasting stands in the plan already: a lost weight is then one of its reasons, not an item of its own */
export function reviewNeeds(context: Context, wasted: boolean): { readonly drafts: Draft[]; readonly trend: readonly Reason[] } {
  const trend = context.birth === undefined ? [] : weightTrendFound(context, context.birth)
  const low = lowForAge(context)
  const drafts: Draft[] = []
  const found = [...(wasted ? [] : trend), ...low.filter(({ why }) => why !== 'underweight' || !wasted)]
  const main = found[0]
  if (main !== undefined && !doneLately(context, 'growthReview')) {
    drafts.push({ ...review('growthReview', main.why === 'severelyStunted' ? 'refer' : 'counsel', main.why), because: reasonsOf(found), window: { due: main.day }, anchor: main.day })
    if (trend.length > 0 && !wasted) {
      const { days, overdueAfterDays } = context.editions.plan.seeAgain.faltering
      drafts.push(seeAgainAt({ need: 'seeAgain', from: main.day, days, overdueAfterDays, rule: 'seeAgainFaltering', kind: 'faltering', context, because: [] }))
    }
  }
  const thin = byClass(context, 'bmiForAge', ['severelyThin', 'thin'])
  if (thin !== undefined && !doneLately(context, 'thinnessReview')) {
    drafts.push({ ...review('thinnessReview', thin.why === 'severelyThin' ? 'refer' : 'counsel', thin.why), because: reasonsOf([thin]), window: { due: thin.day }, anchor: thin.day, ...(thin.why === 'severelyThin' ? { urgency: 'actToday' as const } : {}) })
  }
  const heavy = overweight(context)
  if (heavy !== undefined && !doneLately(context, 'overweightReview')) {
    drafts.push({ ...review('overweightReview', 'counsel', heavy.why), because: reasonsOf([heavy]), window: { due: heavy.day }, anchor: heavy.day })
  }
  return { drafts, trend: trend.flatMap(({ because }) => because) }
}

const review = (need: OwnNeed & `${string}Review`, action: 'refer' | 'counsel', why: string) => ({ need, action, title: { key: `plan.title.${need}`, params: { why: { code: why } } }, rank: RANK[need] })

const reasonsOf = (found: readonly Found[]): Reason[] =>
  distinct(found.flatMap(({ because }) => because)).map((reason, index) => (index === 0 ? withFlips(reason, [flip('newMeasurement', 'judgedAgain')]) : reason))

function doneLately({ snapshot, clock, editions: { plan } }: Context, need: OwnNeed): boolean {
  const done = snapshot.responses.findLast(({ item, kind }) => item === need && kind === 'done')
  return done !== undefined && !clock.reached(addDays(done.day, plan.visits.reviewRepeatsAfterDays))
}

/** From six months to five years: weight lost, none gained, or the line of weight-for-age falling by a whole z in two months. */
function weightTrendFound(context: Context, birth: Day): Found[] {
  const { snapshot, editions: { growth, nutrition, plan }, book } = context
  const days = snapshot.days('weight').filter((day) => day >= birth)
  const [before, last] = days.slice(-2)
  if (before === undefined || last === undefined) return []
  const months = monthsOn(birth, last)
  const { fromMonths, belowMonths } = nutrition.cutOffs.ages
  if (months < fromMonths || months >= belowMonths) return []
  const weighing = (day: Day) => {
    const fact = snapshot.measureOn('weight', day)?.fact
    return fact === undefined ? undefined : { day, value: fact.value, fact: measurementRef(fact) }
  }
  const [earlier, later] = [weighing(before), weighing(last)]
  const score = book.score('weightForAge', last, birth)
  if (earlier === undefined || later === undefined || (score?.flagged === true && !score.confirmed)) return []
  const found: Found[] = []
  const change = weightChange(earlier, later, months, growth.under5)
  if (change !== undefined) found.push({ why: change.kind, day: last, because: [change.because] })
  const { zDrop, overDays } = plan.faltering
  const reference = days.findLast((day) => day <= last - overDays)
  const old = reference === undefined ? undefined : book.score('weightForAge', reference, birth)
  if (score !== undefined && old !== undefined && !(old.flagged && !old.confirmed) && old.edition === score.edition && old.z - score.z >= zDrop - 1e-9) {
    const crossed = linesCrossed(growthScore(context, old.day, birth) ?? NONE, growthScore(context, last, birth) ?? NONE, growth)
    const reason = planReason(plan, 'faltering', { key: 'plan.faltering', params: { from: { z: old.z }, to: { z: score.z }, since: { day: old.day } } }, [...old.inputs, ...score.inputs])
    const lines = crossed.length === 0 ? [] : [crossingReason('weightForAge', crossed, (last - old.day) as Days, [...old.inputs, ...score.inputs], growth.under5)]
    found.push({ why: 'faltering', day: last, because: [reason, ...lines] })
  }
  return found
}

const NONE = { indicator: 'weightForAge', z: 0, centile: 50, flag: 'plausible', edition: '', value: 0 } as const
function growthScore({ book }: Context, day: Day, birth: Day) {
  const answer = book.of(day, birth).scored.weightForAge
  return answer.known ? answer.value : undefined
}

/** Stunting and low weight for age: combined classes from 6 to 59 months, the growth classes from five years. */
function lowForAge(context: Context): Found[] {
  const { state, birth } = context
  if (state === undefined || birth === undefined) return []
  const { combined, child, day } = state.main
  if (combined === undefined) {
    const stunted = byClass(context, 'lengthHeightForAge', ['severelyStunted', 'stunted'])
    return stunted === undefined ? [] : [stunted]
  }
  const found: Found[] = []
  if (combined.stunting.known && combined.stunting.value !== 'none') found.push({ why: combined.stunting.value === 'severe' ? 'severelyStunted' : 'stunted', day: dayOf(child.lengthForAge?.facts) ?? day, because: combined.stunting.because })
  if (combined.underweight.known && combined.underweight.value !== 'none') found.push({ why: 'underweight', day: dayOf(child.weightForAge?.facts) ?? day, because: combined.underweight.because })
  return found
}

const dayOf = (facts: readonly { readonly day?: Day }[] | undefined): Day | undefined => facts?.find(({ day }) => day !== undefined)?.day

/** A growth class of the latest score from five years on. */
function byClass({ scores, book, birth, editions: { growth } }: Context, indicator: 'bmiForAge' | 'lengthHeightForAge', classes: readonly GrowthClass[]): Found | undefined {
  const score = scores.find((one) => one.indicator === indicator)
  if (score === undefined || birth === undefined || score.edition !== growth.from5.id) return undefined
  const answer = book.of(score.day, birth).scored[indicator]
  const found = classify(indicator, score.confirmed && answer.known ? { ...answer, value: { ...answer.value, flag: 'plausible' } } : answer, growth)
  return found.known && classes.includes(found.value) ? { why: found.value, day: score.day, because: found.because.slice(0, 1) } : undefined
}

function overweight(context: Context): Found | undefined {
  const { state } = context
  const combined = state?.main.combined
  if (combined === undefined) return byClass(context, 'bmiForAge', ['obese', 'overweight'])
  if (!combined.overweight.known || combined.overweight.value === 'none' || combined.overweight.value === 'possibleRisk') return undefined
  return { why: combined.overweight.value, day: dayOf(state?.main.child.weightForLength?.facts) ?? (state as NonNullable<typeof state>).main.day, because: combined.overweight.because }
}
