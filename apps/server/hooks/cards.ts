/**
 * A plan as cards (CDS Hooks 2.0, "Card Attributes"): one a thing to do, the most pressing first, and one for what was not judged. A summary
 * has fewer than 140 characters; the detail is read as markdown, so what people wrote is escaped.
 */
import type { Plan, PlanItem } from '@bairn/plan'
import type { Message, Reason } from '@bairn/reasoning'

export interface Card {
  readonly summary: string
  readonly detail?: string
  readonly indicator: 'info' | 'warning' | 'critical'
  readonly source: { readonly label: string }
  readonly links?: readonly { readonly label: string; readonly url: string; readonly type: 'absolute' }[]
}

export interface CardWriting {
  readonly say: (message: Message) => string
  /** what people call an edition, by its id */
  readonly titleOf: (edition: string) => string
  /** the child's page, where the child is in this record */
  readonly page?: string
}

const INDICATOR: Readonly<Record<PlanItem['urgency'], Card['indicator']>> = { urgent: 'critical', actToday: 'critical', overdue: 'warning', dueToday: 'warning', comingUp: 'info' }
const LONGEST = 139

export function cardsOf(plan: Plan, writing: CardWriting): readonly Card[] {
  const { say, page } = writing
  const links = page === undefined ? {} : { links: [{ label: say({ key: 'plan.hooks.open' }), url: page, type: 'absolute' as const }] }
  const items = plan.items.map((item) => ({ ...itemCard(item, writing), ...links }))
  const nothing: readonly Card[] = items.length > 0 ? [] : [{ summary: cut(say({ key: 'assess.nothing' })), indicator: 'info', source: { label: labelOf(plan.editions, writing) }, ...links }]
  return [...items, ...nothing, ...unsaidCards(plan, writing).map((card) => ({ ...card, ...links }))]
}

function itemCard(item: PlanItem, writing: CardWriting): Card {
  const { say } = writing
  const { urgency, window, title, because } = item
  const urgencyText = say({ key: 'plan.urgency', params: { urgency: { code: urgency }, day: { day: urgency === 'overdue' ? window.overdue ?? window.due : window.due } } })
  const questions = [...item.ask === undefined ? [] : [item.ask], ...item.more ?? []]
  const sources = [...new Set(because.map((reason) => sourceText(reason, say)))].join('; ')
  return {
    summary: cut(say({ key: 'assess.item', params: { urgency: { text: urgencyText }, title: { message: title } } })),
    detail: paragraphs([...because.map(({ text }) => say(text)), ...questions.map(({ text }) => say(text)), say({ key: 'assess.from', params: { sources: { text: sources } } })]),
    indicator: INDICATOR[urgency], source: { label: labelOf([...new Set(because.map(({ edition }) => edition))], writing) },
  }
}

/** What no engine covers or could judge, and what of the record could not be used: silence would read as "nothing due". */
function unsaidCards({ notJudged, issues, editions }: Plan, writing: CardWriting): readonly Card[] {
  const { say } = writing
  const card = (key: string, texts: readonly Message[], indicator: Card['indicator']): readonly Card[] =>
    texts.length === 0 ? [] : [{ summary: cut(say({ key })), detail: paragraphs(texts.map(say)), indicator, source: { label: labelOf(editions, writing) } }]
  return [...card('assess.notJudged', notJudged.map(({ text }) => text), 'info'), ...card('assess.issues', issues.map(({ text }) => text), 'warning')]
}

const labelOf = (editions: readonly string[], { titleOf }: CardWriting): string => editions.map(titleOf).join('; ')

const sourceText = ({ source, evidence }: Reason, say: CardWriting['say']): string => {
  const named = [source.document, source.section].filter((part) => part !== undefined).join(', ')
  return evidence === 'stated' ? named : `${named} (${say({ key: 'plan.review' })})`
}

const paragraphs = (texts: readonly string[]): string => texts.map((text) => text.replaceAll(/[\\`*_[\]<>#|]/g, String.raw`\$&`)).join('\n\n')

/** At most 139 characters, cut between words. */
function cut(text: string): string {
  const characters = [...text]
  if (characters.length <= LONGEST) return text
  const kept = characters.slice(0, LONGEST - 1).join('')
  return `${kept.slice(0, Math.max(kept.lastIndexOf(' '), LONGEST / 2))}…`
}
