/**
 * Measure again: a score beyond WHO's flags is danger until disproved ("before leaving"); an arm or a change of weight that cannot
 * well be; a value no child can have; a length that fell; two measurements of one day that differ. A second measurement of the
 * same day that agrees settles it. A later measurement of the same kind takes the question away.
 */
import { heightFell, type Indicator } from '@bairn/growth'
import { isImplausibleChange, isImplausibleMuac, nutritionReason } from '@bairn/nutrition'
import { kilograms, millimetres, type Day, type Kilograms } from '@bairn/quantities'
import type { Reason } from '@bairn/reasoning'
import type { MeasurementKind } from '../child.ts'
import { distinct, flip, listParam, RANK, whatName, withFlips, type Context, type Draft } from '../context.ts'
import { planReason } from '../edition.ts'
import type { PlanScore } from '../plan.ts'
import { kindsOf } from '../scores.ts'
import { measurementRef } from '../snapshot.ts'

interface Doubt { readonly kinds: readonly MeasurementKind[]; readonly day: Day; readonly today: boolean; readonly reasons: readonly Reason[] }
const SAID: readonly MeasurementKind[] = ['weight', 'length', 'muac', 'headCircumference', 'tricepsSkinfold', 'subscapularSkinfold']

export function measureAgainNeeds(context: Context, unscored: readonly { readonly indicator: Indicator; readonly day: Day; readonly because: readonly Reason[] }[]): Draft[] {
  const doubts = [...flagged(context), ...impossible(unscored), ...arm(context), ...weightJump(context), ...fellOrDiffers(context)]
  if (doubts.length === 0) return []
  const anchor = doubts.map(({ day }) => day).reduce((a, b) => (a > b ? a : b))
  const kinds = SAID.filter((kind) => doubts.some((doubt) => doubt.kinds.includes(kind)))
  const beforeLeaving = context.clock.isToday(anchor)
  return [{
    need: 'measureAgain', action: 'measure', rank: RANK.measureAgain, window: { due: anchor }, anchor,
    title: { key: 'plan.title.measureAgain', params: { what: listParam(kinds.map((kind) => whatName(kind, context, anchor))), when: { code: beforeLeaving ? 'beforeLeaving' : 'nextVisit' } } },
    ...(doubts.some(({ today }) => today) ? { urgency: 'actToday' as const } : {}),
    because: distinct(doubts.toSorted((a, b) => Number(b.today) - Number(a.today)).flatMap(({ reasons }) => reasons)),
  }]
}

function flagged({ scores, snapshot, book, birth, editions }: Context): Doubt[] {
  const doubted = scores.filter(({ flagged, confirmed }) => flagged && !confirmed)
  const isExplained = ({ indicator, day }: PlanScore): boolean => {
    const kinds = kindsOf(indicator)
    return kinds.length > 1 && doubted.some((other) => other.day === day && kindsOf(other.indicator).length === 1 && kinds.includes(kindsOf(other.indicator)[0] as MeasurementKind))
  }
  return doubted.flatMap((score): Doubt[] => {
    // A later weight alone settles a doubted weight; weight-for-length of that old day is not brought up again.
    if (kindsOf(score.indicator).some((kind) => (snapshot.days(kind).at(-1) as Day) > score.day)) return []
    const reason = score.because.find(({ rule }) => rule.endsWith('.flag'))
    // With weight or length itself beyond the flags it is the one to doubt; what was computed from it says nothing more.
    if (reason === undefined || isExplained(score)) return []
    const settles = [flip('secondAgrees', 'classified'), flip('secondDiffers', 'judgedBySecond')]
    const meant = score.indicator === 'weightForAge' ? meantWeight() : undefined
    return [{ kinds: kindsOf(score.indicator), day: score.day, today: true, reasons: [withFlips(reason, settles), ...(meant === undefined ? [] : [meant])] }]

    /** A decimal point in the wrong place: 85 kg where 8.5 would be quite usual. */
    function meantWeight(): Reason | undefined {
      const fact = snapshot.measureOn('weight', score.day)?.fact
      if (fact === undefined || birth === undefined) return undefined
      for (const factor of [0.1, 10]) {
        const meant = kilograms(Number((fact.value * factor).toFixed(3)))
        const z = book.scoreWith({ weight: meant }, score.day, birth).weightForAge
        if (z.known && Math.abs(z.value.z) <= 3) return nutritionReason(editions.nutrition, 'G1', { key: 'plan.again.meant', params: { typed: { kg: fact.value }, meant: { kg: meant } } }, [measurementRef(fact)])
      }
      return undefined
    }
  })
}

function impossible(unscored: readonly { readonly indicator: Indicator; readonly day: Day; readonly because: readonly Reason[] }[]): Doubt[] {
  return unscored.flatMap(({ indicator, day, because }) => {
    const reasons = because.filter(({ rule }) => rule.endsWith('.impossible'))
    if (reasons.length === 0) return []
    const named = reasons[0]?.text.params?.['measure']
    const code = named !== undefined && 'message' in named ? named.message.params?.['measure'] : undefined
    const kind = code !== undefined && 'code' in code ? ({ lengthHeight: 'length', armCircumference: 'muac' } as Record<string, MeasurementKind>)[code.code] ?? code.code as MeasurementKind : kindsOf(indicator)[0] as MeasurementKind
    return [{ kinds: [kind], day, today: true, reasons: reasons.map((reason) => withFlips(reason, [flip('secondDiffers', 'judgedBySecond')])) }]
  })
}

function arm({ snapshot, editions: { nutrition } }: Context): Doubt[] {
  const day = snapshot.days('muac').at(-1)
  const measured = day === undefined ? undefined : snapshot.measureOn('muac', day)
  if (day === undefined || measured === undefined || measured.repeat === 'agrees' || !isImplausibleMuac(measured.fact.value, nutrition)) return []
  const { from, to } = nutrition.guards.muacPlausible
  const text = { key: 'plan.again.muac', params: { mm: { mm: measured.fact.value }, from: { mm: millimetres(from) }, to: { mm: millimetres(to) } } }
  return [{ kinds: ['muac'], day, today: true, reasons: [nutritionReason(nutrition, 'G2', text, [measurementRef(measured.fact)], [flip('secondAgrees', 'classified'), flip('secondDiffers', 'judgedBySecond')])] }]
}

function weightJump({ snapshot, editions: { nutrition } }: Context): Doubt[] {
  const [before, last] = snapshot.days('weight').slice(-2)
  if (before === undefined || last === undefined) return []
  const [earlier, later] = [snapshot.measureOn('weight', before), snapshot.measureOn('weight', last)]
  if (earlier === undefined || later === undefined || later.repeat === 'agrees' || !isImplausibleChange(earlier.fact, later.fact, nutrition)) return []
  const by = kilograms(Number(Math.abs(later.fact.value - earlier.fact.value).toFixed(3)))
  const text = { key: 'plan.again.weightJump', params: { by: { kg: by as Kilograms }, direction: { code: later.fact.value > earlier.fact.value ? 'more' : 'less' }, since: { day: before } } }
  return [{ kinds: ['weight'], day: last, today: true, reasons: [nutritionReason(nutrition, 'G2', text, [measurementRef(earlier.fact), measurementRef(later.fact)], [flip('secondAgrees', 'classified'), flip('secondDiffers', 'judgedBySecond')])] }]
}

/** Not danger: the item waits for today's visit or the next. */
function fellOrDiffers(context: Context): Doubt[] {
  const { snapshot, birth, editions: { growth, plan } } = context
  const doubts: Doubt[] = []
  const [before, last] = snapshot.days('length').slice(-2)
  if (before !== undefined && last !== undefined) {
    const [earlier, later] = [snapshot.measureOn('length', before), snapshot.measureOn('length', last)]
    if (earlier !== undefined && later !== undefined && later.repeat !== 'agrees') {
      const edition = birth !== undefined && last - birth >= (growth.under5.months.below ?? 0) * 30.4375 ? growth.from5 : growth.under5
      const taken = (one: typeof earlier) => ({ day: one.fact.day, value: one.fact.value, position: one.fact.position, fact: measurementRef(one.fact) })
      const fell = heightFell(taken(earlier), taken(later), growth.under5, edition)
      if (fell !== undefined) doubts.push({ kinds: ['length'], day: last, today: false, reasons: [withFlips(fell.because, [flip('secondAgrees', 'earlierDoubted'), flip('secondDiffers', 'judgedBySecond')])] })
    }
  }
  for (const kind of SAID) {
    const day = snapshot.days(kind).at(-1)
    const measured = day === undefined ? undefined : snapshot.measureOn(kind, day)
    if (day === undefined || measured?.repeat !== 'differs') continue
    doubts.push({ kinds: [kind], day, today: false, reasons: [planReason(plan, 'againDiffers', { key: 'plan.again.differs', params: { what: { message: whatName(kind, context, day) }, day: { day } } }, [measurementRef(measured.fact)], [flip('secondAgrees', 'judgedBySecond')])] })
  }
  return doubts
}

