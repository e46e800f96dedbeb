/**
 * Questions. Bairn asks little: what belongs to a visit open today, or what a recorded fact makes decisive. The questions of one
 * assessment are one item; it stands just above the item its answer could change. Not asked is never no; what nobody can tell is
 * not asked again.
 */
import type { OpenInput } from '@bairn/nutrition'
import type { Day } from '@bairn/quantities'
import type { Flip, Reason } from '@bairn/reasoning'
import { flip, RANK, type Context, type Draft } from '../context.ts'
import { assessmentRefs, levelRank } from '../assessment.ts'
import { planReason } from '../edition.ts'
import type { Question, QuestionKind } from '../plan.ts'

/** @param drafts what the rest of the plan holds: an ask takes its place by it */
export function askNeeds(context: Context, drafts: readonly Draft[]): Draft[] {
  return [...assessmentAsk(context, drafts), ...sexAsk(context), ...birthDateAsk(context)]
}

function assessmentAsk(context: Context, drafts: readonly Draft[]): Draft[] {
  const { state, clock, birth } = context
  if (state === undefined || drafts.some(({ need }) => need === 'refer')) return []
  const { main, level } = state
  const atRisk = main.infant?.known === true && main.infant.value.class === 'atRisk'
  const decisive = levelRank(level) > 0 || atRisk
  // From five years on feet are judged when swelling is recorded, not asked about at every visit.
  const young = main.infant !== undefined || main.combined !== undefined
  if (birth === undefined || !young || !(decisive || clock.isToday(main.day))) return []
  const open = new Set<OpenInput | 'trend'>([...main.open, ...(main.infant?.known === true ? main.infant.value.open : [])])
  const questions: Question[] = []
  if (open.has('oedema') && main.child.oedema.answer === 'notAsked') questions.push(question('oedema'))
  // Danger signs and feeding decide where a severely wasted child or an infant at risk is treated; of others they are not asked here.
  if ((level === 'severe' || atRisk) && open.has('complication') && main.child.complication.answer === 'notAsked') questions.push(question('complication'))
  if (level === 'severe' && open.has('feeding') && main.child.feeding.answer === 'notAsked') questions.push(question(isInfant(context) ? 'breastfeedingDifficulty' : 'appetite'))
  const [first, ...more] = questions
  if (first === undefined) return []
  const target = drafts.filter(({ need }) => need === 'severeWastingCare' || need === 'moderateWastingCare' || need === 'infantRiskCare').toSorted((a, b) => a.rank - b.rank)[0]
  return [{
    need: 'askAssessment', action: 'ask', title: { key: 'plan.title.askAssessment', params: { what: { code: more.length > 0 ? 'several' : first.kind } } },
    rank: target === undefined ? RANK.askAssessment : target.rank - 0.5, ...(target === undefined ? {} : { urgency: 'actToday' as const }),
    because: questions.map(({ kind }) => askReason(context, kind)), window: { due: main.day }, anchor: main.day, ask: first, ...(more.length === 0 ? {} : { more }),
  }]
}

function isInfant({ state, editions }: Context): boolean {
  return state !== undefined && state.main.child.age.months < editions.nutrition.primaryCare.breastfeedingBelowMonths
}

/** Why it is asked, and what an answer could lead to. */
export function askReason({ editions: { plan } }: Pick<Context, 'editions'>, kind: QuestionKind, rule: 'askAssessment' | 'askReaction' = 'askAssessment'): Reason {
  return planReason(plan, rule, { key: 'plan.ask.because', params: { what: { code: kind } } }, [], ASK_FLIPS[kind])
}

const ASK_FLIPS: Readonly<Record<QuestionKind, readonly Flip[]>> = {
  oedema: [flip('feetSwollen', 'urgentReferral')],
  complication: [flip('dangerSign', 'urgentReferral')],
  appetite: [flip('feedingFailed', 'urgentReferral')],
  breastfeedingDifficulty: [flip('feedingFailed', 'urgentReferral')],
  vaccineReaction: [flip('severeReaction', 'notGiven')],
  sex: [flip('sexRecorded', 'growthJudged')],
  birthDate: [flip('birthDateRecorded', 'growthJudged')],
}

function sexAsk({ snapshot, clock, editions: { plan }, birth }: Context): Draft[] {
  if (snapshot.facts.sex !== undefined) return []
  const due = firstDay({ snapshot, birth }) ?? clock.today()
  return [{
    need: 'askSex', action: 'ask', title: { key: 'plan.title.askSex' }, rank: RANK.askSex, window: { due }, anchor: due, ask: question('sex'),
    because: [planReason(plan, 'askSex', { key: 'plan.ask.because', params: { what: { code: 'sex' } } }, [], ASK_FLIPS.sex)],
  }]
}

function birthDateAsk({ snapshot, clock, state, editions: { plan }, birth }: Context): Draft[] {
  const { kind } = snapshot.facts.birth
  const decides = state !== undefined && levelRank(state.worst.level) > levelRank(state.level)
  if (kind === 'exact' || (kind === 'estimated' && !decides)) return []
  const due = state?.main.day ?? firstDay({ snapshot, birth }) ?? clock.today()
  return [{
    need: 'askBirthDate', action: 'ask', title: { key: 'plan.title.askBirthDate', params: { kind: { code: kind } } }, window: { due }, anchor: due, ask: question('birthDate'),
    rank: decides ? RANK.severeWastingCare - 0.5 : RANK.askBirthDate, ...(decides ? { urgency: 'actToday' as const } : {}),
    because: [
      ...(decides ? [planReason(plan, 'estimatedAge', { key: 'plan.estimated.decides' }, assessmentRefs(state.worst.child))] : []),
      planReason(plan, 'askBirthDate', { key: 'plan.ask.because', params: { what: { code: 'birthDate' } } }, [], ASK_FLIPS.birthDate),
    ],
  }]
}

/** The first day on which anything about the child was recorded: a day that does not move. */
function firstDay({ snapshot, birth }: Pick<Context, 'snapshot' | 'birth'>): Day | undefined {
  const days = (['weight', 'length', 'muac', 'headCircumference'] as const).flatMap((kind) => snapshot.days(kind).slice(0, 1))
  return days.length > 0 ? days.reduce((a, b) => (a < b ? a : b)) : birth
}

const OPTIONS: Readonly<Record<QuestionKind, readonly string[]>> = {
  oedema: ['no', 'yes', 'cannotTell'],
  complication: ['no', 'yes', 'cannotTell'],
  appetite: ['pass', 'fail', 'notAvailable'],
  breastfeedingDifficulty: ['no', 'yes', 'cannotTell'],
  vaccineReaction: ['no', 'yes', 'cannotTell'],
  sex: ['female', 'male'],
  birthDate: [],
}

/** A question with its buttons; a birth date is typed. */
export const question = (kind: QuestionKind): Question => ({
  kind, text: { key: `plan.question.${kind}` },
  options: OPTIONS[kind].map((value) => ({ value, label: { key: 'plan.option', params: { question: { code: kind }, value: { code: value } } } })),
})
