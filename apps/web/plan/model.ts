/**
 * A plan to what the white sheet draws: which item is tinted, what stands for the child who is urgent, what was done today, what
 * would change an item. Nothing is judged here: urgency, order and reasons are the plan's. Pure.
 */
import type { ChildFacts, Finding, NeedCode, Plan, PlanItem, Response } from '@bairn/plan'
import { formatDay, type Day } from '@bairn/quantities'
import type { FactRef, Flip, Message, Reason } from '@bairn/reasoning'
import type { Resource } from '../child/record.ts'
import { isOfToday, recordedDoses, type RecordedDose } from '../vaccines/record.ts'
import type { Sign } from './sign.ts'

export interface Sheet {
  /** the one thing, when the child is urgent: it takes the place of the plan */
  readonly urgent: PlanItem | undefined
  readonly items: readonly DrawnItem[]
  /** nothing but what is coming up */
  readonly nothingDue: boolean
  readonly counts: { readonly acts: number; readonly asks: number }
}

export interface DrawnItem {
  readonly item: PlanItem
  /** a question is 'not known', whatever its place in the order */
  readonly sign: Sign
  /** only the first thing to do, and only if it is pressing: if all shouts, nothing does */
  readonly tinted: boolean
}

export function sheetOf(plan: Plan): Sheet {
  const [first, ...others] = plan.items
  const urgent = first?.urgency === 'urgent' && first.action !== 'ask' ? first : undefined
  const items = urgent === undefined ? plan.items : others
  const firstAct = items.find(({ action }) => action !== 'ask')
  const due = items.filter(({ urgency }) => urgency !== 'comingUp')
  return {
    urgent,
    items: items.map((item) => ({ item, sign: item.action === 'ask' ? 'notKnown' : item.urgency, tinted: urgent === undefined && item === firstAct && (item.urgency === 'urgent' || item.urgency === 'actToday') })),
    nothingDue: urgent === undefined && due.length === 0,
    counts: { acts: due.filter(({ action }) => action !== 'ask').length, asks: due.filter(({ action }) => action === 'ask').length },
  }
}

/** What an item asks of the reader: a measurement, a dose or a reaction leads to its form, a date ahead asks for nothing yet. */
export type ItemAct = 'ask' | 'measure' | 'dose' | 'reaction' | 'record' | 'none'
export function actOf({ action, urgency, need }: PlanItem): ItemAct {
  if (action === 'ask') return 'ask'
  if (urgency === 'comingUp') return 'none'
  if (action === 'give') return 'dose'
  if (need === 'askReaction') return 'reaction'
  return action === 'measure' || action === 'schedule' ? 'measure' : 'record'
}

/** May it be put off? What is coming up has its date already, and a question is answered with 'cannot tell'. */
export const canWait = (item: PlanItem): boolean => item.action !== 'ask' && item.urgency !== 'comingUp' && actOf(item) !== 'reaction'

/** Dates ahead, soonest first: the same visit stands once. */
export const nextVisits = (plan: Plan): readonly PlanItem[] =>
  plan.items.filter(({ urgency, action }) => urgency === 'comingUp' && action !== 'ask').toSorted((a, b) => a.window.due - b.window.due)

/** What was recorded today in answer to the plan, in the order it was done; each can be undone. */
export type DoneToday = { readonly id: string; readonly minute?: number } & ({ readonly kind: 'response'; readonly need: NeedCode } | { readonly kind: 'finding'; readonly finding: Finding } | { readonly kind: 'dose'; readonly dose: RecordedDose })
export function doneToday({ responses, findings }: ChildFacts, on: Day, resources: readonly Resource[]): readonly DoneToday[] {
  const minute = (fact: { readonly minute?: number }): { readonly minute?: number } => (fact.minute === undefined ? {} : { minute: fact.minute })
  return [
    ...responses.filter((response: Response) => response.day === on && response.kind === 'done').map((response) => ({ kind: 'response' as const, id: response.id, need: response.item as NeedCode, ...minute(response) })),
    ...findings.filter((finding) => finding.day === on && finding.answer !== 'notAsked').map((finding) => ({ kind: 'finding' as const, id: finding.id, finding, ...minute(finding) })),
    ...recordedDoses(resources).filter((dose) => dose.given && isOfToday(dose, on)).map((dose) => ({ kind: 'dose' as const, id: dose.id, dose })),
  ].toSorted((a: DoneToday, b: DoneToday) => (a.minute ?? 0) - (b.minute ?? 0))
}

export const timeOf = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** Everything behind the "Why?" of an item, each thing once. */
export interface Why {
  readonly rules: readonly { readonly text: Message; readonly rule: string; readonly review: boolean }[]
  readonly sources: readonly { readonly document: string; readonly place: string; readonly edition: string; readonly rules: readonly string[] }[]
  readonly used: readonly FactRef[]
  readonly flips: readonly (Flip & { readonly sign: Sign })[]
}

export function whyOf(because: readonly Reason[]): Why {
  const sources = new Map<string, { document: string; place: string; edition: string; rules: string[] }>()
  const used = new Map<string, FactRef>()
  const flips = new Map<string, Flip>()
  for (const reason of because) {
    const place = [reason.source.section, reason.source.page].filter((part) => part !== undefined).join(', ')
    const key = JSON.stringify([reason.source.document, place])
    const source = sources.get(key) ?? { document: reason.source.document, place, edition: reason.edition, rules: [] }
    if (!source.rules.includes(reason.rule)) source.rules.push(reason.rule)
    sources.set(key, source)
    for (const input of reason.inputs) used.set(`${input.id} ${input.kind} ${JSON.stringify(input.value)}`, input)
    for (const flip of reason.flips ?? []) flips.set(JSON.stringify(flip), flip)
  }
  return {
    rules: because.map(({ text, rule, evidence }) => ({ text, rule, review: evidence !== 'stated' })),
    sources: [...sources.values()], used: [...used.values()].toSorted((a, b) => (b.day ?? 0) - (a.day ?? 0)),
    flips: [...flips.values()].map((flip) => ({ ...flip, sign: signOf(flip) })),
  }
}

/** The sign of what it would become: by the name the plan gives it. */
const BECOMES: Readonly<Record<string, Sign>> = {
  urgentReferral: 'urgent', severeByWeight: 'actToday', overdue: 'overdue', dueToday: 'dueToday', moderateByWeight: 'actToday',
  noneByWeight: 'well', notAtRiskByWeight: 'well', noReferral: 'well', notSevereByWeight: 'well',
}
const signOf = ({ becomes }: Flip): Sign => BECOMES[becomes.key.slice(becomes.key.lastIndexOf('.') + 1)] ?? 'comingUp'

/** A day as HTML writes it. */
export const isoDay = (day: Day): string => formatDay(day)
