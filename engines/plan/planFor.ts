/**
 * One child's facts to one plan. The only place that calls the other engines and joins what they find: scores, the nutritional
 * state, needs, responses, order, and what was not judged.
 * Deterministic; the order of facts carries no meaning; the same plan holds on every day before `nextChange` (clock.ts).
 * No clock, no I/O, no locale; sentences are keys (knowledge/messages/<lang>/plan.json and those of the engines).
 */
import { dayOfCompletedMonths, parseDay, addDays, type Day } from '@bairn/quantities'
import { nutritionReason } from '@bairn/nutrition'
import { editionTitle, type EditionHead, type EditionId, type Issue, type Reason } from '@bairn/reasoning'
import { levelRank } from './assessment.ts'
import type { ChildFacts } from './child.ts'
import { clockAt, type Clock } from './clock.ts'
import { distinct, listParam, type Context, type Draft, type PlanEditions } from './context.ts'
import { planReason, type PlanEdition } from './edition.ts'
import { explainMissing } from './explain.ts'
import { askNeeds } from './needs/ask.ts'
import { careNeeds } from './needs/care.ts'
import { measureNeeds } from './needs/measure.ts'
import { measureAgainNeeds } from './needs/measureAgain.ts'
import { reviewNeeds } from './needs/review.ts'
import { vaccineNeeds } from './needs/vaccinate.ts'
import { joinVisits, toItems } from './order.ts'
import type { Plan, PlanScore, Setting, VaccinePlan } from './plan.ts'
import { latestScores, scoreBook } from './scores.ts'
import { childRefs, snapshotOf, type Snapshot } from './snapshot.ts'
import { stateOf } from './state.ts'
import { groupName, judgeVaccines } from './vaccines/judge.ts'
import { ENGINE } from './version.ts'

export interface PlanOptions {
  /** the day of the plan: facts dated later are left out */
  readonly on: Day
  readonly setting: Setting
  readonly editions: PlanEditions
}

/** The whole plan. Never throws for what is in the record: what cannot be used is an Issue, what is not known a reason or a question. */
export function planFor(facts: ChildFacts, { on, setting, editions }: PlanOptions): Plan {
  const clock = clockAt(on)
  const snapshot = snapshotOf(facts, clock, editions.plan)
  const birth = facts.birth.kind === 'unknown' ? undefined : facts.birth.day
  const plan = (parts: Pick<Plan, 'items' | 'setAside' | 'scores' | 'vaccines' | 'notJudged'>, more: readonly Issue[] = []): Plan => {
    const issues = [...facts.issues, ...more, ...issuesOf(snapshot, editions, clock)]
    const nextChange = clock.nextChange()
    return {
      child: facts.id, on, ...(nextChange === undefined ? {} : { nextChange }), ...parts, issues, setting, editions: editionIds(editions), engine: ENGINE,
    }
  }
  const none = { items: [], setAside: [], scores: [] }
  if (facts.death !== undefined && (facts.death.day === undefined || clock.reached(facts.death.day))) return plan({ ...none, notJudged: [deadReason(facts, editions)] })
  if (birth !== undefined && !clock.reached(facts.birth.kind === 'estimated' ? facts.birth.earliest : birth)) {
    return plan({ ...none, notJudged: [] }, [{ code: 'plan.birthAfterDay', severity: 'error', text: { key: 'plan.issue.birthAfterDay', params: { birth: { day: birth }, on: { day: on } } }, where: facts.id }])
  }
  const book = scoreBook(snapshot, editions.growth, editions.nutrition)
  const { scores, unscored } = latestScores(snapshot, book, birth)
  const ends = birth === undefined ? undefined : dayOfCompletedMonths(birth, editions.plan.endsAtMonths)
  if (ends !== undefined && clock.reached(ends)) return plan({ ...none, scores, notJudged: [planReason(editions.plan, 'grownUp', { key: 'plan.notJudged.grownUp', params: { day: { day: ends } } }, childRefs(facts))] })

  const vaccines = vaccinesOf(snapshot, { birth, clock, setting, editions })
  const context: Context = { snapshot, clock, setting, editions, birth, book, scores, state: stateOf({ snapshot, book, birth, setting, editions }), vaccines }
  const drafts = draftsOf(context, unscored).map((draft) => ({ ...draft, because: draft.because.map((reason) => explainMissing(reason, context)) }))
  const { items, setAside } = toItems(facts.id, drafts, snapshot.responses, clock)
  return plan({ items, setAside, scores, ...(vaccines === undefined ? {} : { vaccines }), notJudged: notJudged(context, unscored).map((reason) => explainMissing(reason, context)) })
}

function vaccinesOf(snapshot: Snapshot, { birth, clock, setting, editions: { immunization, uncertainDates } }: { readonly birth: Day | undefined; readonly clock: Clock; readonly setting: Setting; readonly editions: PlanEditions }): VaccinePlan | undefined {
  const { vaccines: history } = snapshot
  return immunization === undefined || history === undefined || birth === undefined ? undefined : judgeVaccines({ snapshot, history, birth, edition: immunization, policy: uncertainDates, setting, clock })
}

function draftsOf(context: Context, unscored: Parameters<typeof measureAgainNeeds>[1]): Draft[] {
  const care = careNeeds(context)
  const wasted = care.length > 0 && context.state !== undefined && levelRank(context.state.level) > 0
  const { drafts: reviews, trend } = reviewNeeds(context, wasted)
  // A weight lost or a falling line is one more reason for care that stands in the plan already.
  const first = care[0]
  const joined = first === undefined || !wasted ? care : [{ ...first, because: distinct([...first.because, ...trend]) }, ...care.slice(1)]
  const drafts = [...joined, ...measureAgainNeeds(context, unscored), ...reviews]
  drafts.push(...vaccineNeeds(context))
  return joinVisits([...drafts, ...askNeeds(context, drafts), ...measureNeeds(context, { referred: care.some(({ need }) => need === 'refer') })], context)
}

/** The latest z-score of each indicator with its reasons, and why the others have none: what the page and FHIR show beside a plan. */
export function assessGrowth(facts: ChildFacts, { on, editions }: Pick<PlanOptions, 'on' | 'editions'>): { readonly scores: readonly PlanScore[]; readonly unscored: readonly { readonly indicator: PlanScore['indicator']; readonly day: Day; readonly because: readonly Reason[] }[] } {
  const snapshot = snapshotOf(facts, clockAt(on), editions.plan)
  return latestScores(snapshot, scoreBook(snapshot, editions.growth, editions.nutrition), facts.birth.kind === 'unknown' ? undefined : facts.birth.day)
}

/** Every score of the record, oldest day first: the points of a growth chart. */
export function growthHistory(facts: ChildFacts, { on, editions }: Pick<PlanOptions, 'on' | 'editions'>): readonly PlanScore[] {
  const snapshot = snapshotOf(facts, clockAt(on), editions.plan)
  const book = scoreBook(snapshot, editions.growth, editions.nutrition)
  const birth = facts.birth.kind === 'unknown' ? undefined : facts.birth.day
  if (birth === undefined) return []
  const days = [...new Set((['weight', 'length', 'headCircumference', 'muac', 'tricepsSkinfold', 'subscapularSkinfold'] as const).flatMap((kind) => snapshot.days(kind)))].filter((day) => day >= birth).sort((a, b) => a - b)
  return days.flatMap((day) => Object.entries(book.of(day, birth).scored).flatMap(([indicator, answer]) => (answer.known ? book.score(indicator as PlanScore['indicator'], day, birth) ?? [] : [])))
}

function deadReason(facts: ChildFacts, { plan }: PlanEditions): Reason {
  const { death } = facts
  const inputs = death === undefined ? [] : [{ id: death.id, kind: 'death' as const, ...(death.day === undefined ? {} : { day: death.day }) }]
  return planReason(plan, 'dead', death?.day === undefined ? { key: 'plan.notJudged.dead' } : { key: 'plan.notJudged.deadOn', params: { day: { day: death.day } } }, inputs)
}

const REPLACED: ReadonlySet<string> = new Set(['growth.notInReference', 'growth.weightForAgeEnds'])

/** What nobody has judged: said in every plan, because silence reads as "nothing due". */
function notJudged({ state, snapshot, birth, scores, vaccines, setting, clock, editions: { nutrition, plan } }: Context, unscored: readonly { readonly because: readonly Reason[] }[]): Reason[] {
  const reasons: Reason[] = []
  if (state === undefined) reasons.push(planReason(plan, 'notAssessed', { key: 'plan.notJudged.neverAssessed' }))
  else {
    const { main } = state
    const young = main.infant !== undefined || main.combined !== undefined
    if (main.notAssessed || (state.level === 'unknown' && (young || birth === undefined))) reasons.push(...main.because.filter(({ text }) => text.key !== 'nutrition.corrected'))
    if (state.worst.level !== state.level) reasons.push(planReason(plan, 'estimatedAge', { key: 'plan.notJudged.ageUncertain' }, childRefs(snapshot.facts)))
    // From 5 years nobody is asked about the feet, and swelling is severe at any age: what was not looked at is said.
    if (!young && birth !== undefined && !snapshot.findings('oedema').some(({ day, answer }) => day === main.day && (answer === 'yes' || answer === 'no')))
      reasons.push(nutritionReason(nutrition, 'N-W1', { key: 'nutrition.missing', params: { what: { code: 'oedema' }, asked: { code: 'notAsked' } } }, []))
    if (main.infant !== undefined && !main.infant.known) reasons.push(...main.infant.because)
    if (main.infant !== undefined) reasons.push(nutritionReason(nutrition, 'N-I1', { key: 'nutrition.infant.velocity' }, []))
  }
  if (birth === undefined) reasons.push(planReason(plan, 'askBirthDate', { key: 'plan.notJudged.birthUnknown' }))
  if (snapshot.facts.birth.kind === 'estimated') reasons.push(planReason(plan, 'estimatedAge', { key: 'plan.notJudged.estimated', params: { from: { day: snapshot.facts.birth.earliest }, to: { day: snapshot.facts.birth.latest } } }, childRefs(snapshot.facts)))
  const keys = new Set<string>()
  const bmi = scores.some(({ indicator }) => indicator === 'bmiForAge')
  for (const [reason] of unscored.map(({ because }) => because)) {
    // One line for what hides several scores: no sex, swollen feet. Where a table ends and BMI for age takes over, nothing is missing.
    if (birth === undefined || reason === undefined || keys.has(reason.text.key) || (bmi && REPLACED.has(reason.text.key))) continue
    keys.add(reason.text.key)
    reasons.push(reason)
  }
  reasons.push(...vaccinesNotJudged(vaccines, { birth, setting, plan, clock }))
  return [...distinct(reasons), ...plan.notCovered.map((what) => planReason(plan, 'notCovered', { key: 'plan.notJudged.notCovered', params: { what: { code: what } } }))]
}

/** No schedule, no birth date, or a birth date too vague for this vaccine: each said. */
function vaccinesNotJudged(vaccines: VaccinePlan | undefined, { birth, setting, plan, clock }: { readonly birth: Day | undefined; readonly setting: Setting; readonly plan: PlanEdition; readonly clock: Clock }): Reason[] {
  if (vaccines === undefined) {
    const why = birth === undefined ? 'noBirthDate' : setting.country === '' ? 'noCountry' : 'noSchedule'
    return [planReason(plan, 'noSchedule', { key: 'plan.notJudged.vaccines', params: { why: { code: why }, country: { country: setting.country } } })]
  }
  const ofPlace = vaccines.placeUnknown.length === 0 ? [] : [planReason(plan, 'placeUnknown', { key: 'plan.notJudged.vaccinePlace', params: { vaccines: listParam(vaccines.placeUnknown.map(groupName)) } })]
  const talked = vaccines.forecasts.filter(({ sharedDecision, status, window }) => sharedDecision === true && status === 'notComplete' && window !== undefined && clock.reached(window.due))
  const talk = talked.length === 0 ? [] : [planReason(plan, 'sharedDecision', { key: 'plan.notJudged.sharedDecision', params: { vaccines: listParam(talked.map(({ group }) => groupName(group))) } })]
  const none = vaccines.forecasts.filter(({ sharedDecision, noVaccine, window }) => sharedDecision !== true && noVaccine === true && window !== undefined && clock.reached(window.due))
  const noProduct = none.length === 0 ? [] : [planReason(plan, 'noProduct', { key: 'plan.notJudged.noProduct', params: { vaccines: listParam(none.map(({ group }) => groupName(group))) } })]
  return [...ofPlace, ...talk, ...noProduct, ...vaccines.forecasts.filter(({ status }) => status === 'unknown').map(({ group }) => planReason(plan, 'estimatedAge', { key: 'plan.notJudged.vaccineAge', params: { vaccine: { message: groupName(group) } } }))]
}

function issuesOf(snapshot: Snapshot, editions: PlanEditions, clock: Clock): Issue[] {
  const issues: Issue[] = []
  if (snapshot.later > 0) issues.push({ code: 'plan.laterFacts', severity: 'warning', text: { key: 'plan.issue.laterFacts', params: { count: { number: snapshot.later } } }, where: snapshot.facts.id })
  for (const edition of editionsOf(editions)) {
    const parsed = parseDay(edition.reviewBy)
    if (parsed.ok && clock.reached(addDays(parsed.value, 1))) issues.push({ code: 'plan.editionPastReview', severity: 'warning', text: { key: 'plan.issue.editionPastReview', params: { title: { message: editionTitle(edition) }, day: { day: parsed.value } } }, where: edition.id })
  }
  return issues
}

const editionsOf = ({ growth, nutrition, plan, immunization }: PlanEditions): readonly EditionHead[] => [growth.under5, growth.from5, nutrition, plan, ...(immunization === undefined ? [] : [immunization])]
const editionIds = (editions: PlanEditions): readonly EditionId[] => editionsOf(editions).map(({ id }) => id)
