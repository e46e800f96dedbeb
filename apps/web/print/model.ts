/**
 * A plan in plain words for a family: how the child is, what to do at home, when to come back. Families read "too thin", never "z −3".
 * Which words stand is decided by the needs of the plan alone; the danger signs to come at once for are on every page. Pure.
 */
import type { ChildFacts, NeedCode, Plan } from '@bairn/plan'
import { calendarDate, completedMonths, type Day } from '@bairn/quantities'
import type { Sex } from '@bairn/quantities'
import type { Message, MessageParam } from '@bairn/reasoning'
import type { Resource } from '../child/record.ts'
import { nextVisits, sheetOf } from '../plan/model.ts'
import { recordedDoses, type RecordedDose } from '../vaccines/record.ts'

export interface FamilyPage {
  /** keys of child.family.state.*, the most telling first; at most two */
  readonly state: readonly string[]
  /** to the hospital: nothing else is said of the coming days */
  readonly goNow: boolean
  readonly done: readonly NeedCode[]
  /** keys of child.family.home.*: at most three */
  readonly home: readonly string[]
  readonly back: readonly { readonly day: Day; readonly date: number; readonly need: NeedCode; readonly vaccines?: MessageParam }[]
  /** vaccines that are due and were not given */
  readonly still: readonly Message[]
  /** vaccines of today */
  readonly doses: readonly RecordedDose[]
  readonly sex: Sex | 'unknown'
  /** keys of child.family.sign.*: when to come at once */
  readonly signs: readonly string[]
}

const STATES: readonly NeedCode[] = ['refer', 'measureAgain', 'severeWastingCare', 'infantRiskCare', 'moderateWastingCare', 'thinnessReview', 'growthReview', 'overweightReview']
const HOME: Readonly<Partial<Record<NeedCode, string>>> = {
  severeWastingCare: 'specialFood', moderateWastingCare: 'moreFood', infantRiskCare: 'breastfeedOften', growthReview: 'moreFood', thinnessReview: 'moreFood', overweightReview: 'moveMore',
}
const AT_MOST = 3

export function familyPage(plan: Plan, facts: ChildFacts, resources: readonly Resource[]): FamilyPage {
  const { urgent } = sheetOf(plan)
  const needs = plan.items.filter(({ urgency }) => urgency !== 'comingUp').map(({ need }) => need)
  const age = facts.birth.kind === 'unknown' || facts.birth.day > plan.on ? undefined : completedMonths({ birth: facts.birth.day, on: plan.on })
  const state = STATES.filter((need) => needs.includes(need))
  const home = [...new Set([...state.flatMap((need) => HOME[need] ?? []), ...foodAtAge(age), 'comeBack', 'washHands'])]
  return {
    state: urgent !== undefined ? ['refer'] : state.length === 0 ? ['nothing'] : state.slice(0, 2),
    goNow: urgent !== undefined,
    done: facts.responses.filter((response) => response.day === plan.on && response.kind === 'done').map(({ item }) => item as NeedCode),
    home: urgent !== undefined ? ['keepWarm', ...(age !== undefined && age >= YOUNG_CHILD ? ['drinkOnTheWay'] : ['breastfeedOnTheWay']), 'takeThisPage'] : home.slice(0, AT_MOST),
    doses: recordedDoses(resources).filter((dose) => dose.given && dose.from === undefined && dose.when?.precision === 'day' && dose.when.earliest === plan.on),
    back: urgent !== undefined ? [] : backOf(plan).slice(0, AT_MOST),
    still: urgent !== undefined ? [] : stillDue(plan),
    sex: facts.sex ?? 'unknown',
    signs: [age !== undefined && age >= SCHOOL_AGE ? 'drinkOlder' : 'drink', 'vomit', 'fit', 'breathe', 'feet', 'fever'],
  }
}

/** Due today or late. */
const stillDue = (plan: Plan): readonly Message[] =>
  plan.items.flatMap(({ action, urgency, title }) => { const vaccine = title.params?.['vaccine']; return action === 'give' && urgency !== 'comingUp' && vaccine !== undefined && 'message' in vaccine ? [vaccine.message] : [] })

/** Visits ahead, and the days on which a vaccine is offered again; each with the vaccines it is for. */
function backOf(plan: Plan): FamilyPage['back'] {
  const again = plan.setAside.flatMap(({ need, title, until }) => (until === undefined || !need.startsWith('vaccine.') ? [] : [{ day: until, need, vaccines: title.params?.['vaccine'] }]))
  return [...nextVisits(plan).map(({ window, need, title }) => ({ day: window.due, need, vaccines: title.params?.['vaccines'] })), ...again].toSorted((a, b) => a.day - b.day)
    .map(({ day, need, vaccines }) => ({ day, date: calendarDate(day).day, need, ...(vaccines === undefined ? {} : { vaccines }) }))
}

const INFANT = 6
const YOUNG_CHILD = 24
const SCHOOL_AGE = 60

/** What a child of this age eats, as WHO advises families: breast milk alone to 6 months, then with family food to 2 years and beyond. */
function foodAtAge(months: number | undefined): readonly string[] {
  if (months === undefined) return []
  if (months < INFANT) return ['breastMilkOnly']
  return months < YOUNG_CHILD ? ['breastAndFamilyFood'] : ['familyFood']
}
