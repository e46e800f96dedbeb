/**
 * A plan as text for a terminal or a printer: the most pressing first, each with why, what would change it and where the rule is from.
 * Sentences come from knowledge/messages; nothing is judged here.
 */
import { groupName, vaccineName, type ChildFacts, type Plan, type PlanItem, type VaccineDose } from '@bairn/plan'
import { formatAge, formatMessage, getLanguage, type Language } from '@bairn/knowledge'
import { days, type Day } from '@bairn/quantities'
import type { Message, Reason } from '@bairn/reasoning'

export interface PlanText {
  readonly plan: Plan
  /** for the headline */
  readonly facts: ChildFacts
  readonly name?: string
  readonly language: Language
  /** colours for a terminal */
  readonly colour?: boolean
}

/** The whole plan, ending with a line break. */
export function formatPlan({ plan, facts, name, language, colour = false }: PlanText): string {
  const say = (message: Message): string => formatMessage(message, language)
  const lines: string[] = [
    headline(facts, name ?? facts.id, plan.on, language, plan),
    `${say({ key: 'assess.planFor', params: { day: { day: plan.on } } })}.${plan.nextChange === undefined || plan.nextChange - plan.on < 2 ? '' : ` ${say({ key: 'assess.holds', params: { day: { day: (plan.nextChange - 1) as Day } } })}`}`,
    '',
  ]
  if (plan.items.length === 0) lines.push(say({ key: 'assess.nothing' }), '')
  for (const item of plan.items) lines.push(...itemLines(item, say, colour), '')
  section('assess.setAside', plan.setAside.map(({ title, response, until }) => say(until === undefined
    ? { key: 'assess.declined', params: { title: { text: `${say(title)}.` }, day: { day: response.day } } }
    : { key: 'assess.putOff', params: { title: { text: `${say(title)}.` }, day: { day: response.day }, until: { day: until } } }) + (response.note === undefined ? '' : ` “${response.note}”`)))
  section('assess.scores', plan.scores.map(({ indicator, z, day, flagged, confirmed }) => say({
    key: 'assess.score', params: { indicator: { message: { key: 'growth.indicator', params: { indicator: { code: indicator } } } }, z: { z }, day: { day }, flagged: { code: flagged && !confirmed ? 'yes' : 'no' } },
  })))
  section('assess.forbidden', (plan.vaccines?.forecasts ?? []).filter(({ status }) => status === 'contraindicated').flatMap(({ group, because }) => because.slice(-1).map(({ text }) => about(group, text))))
  section('assess.notCounted', (plan.vaccines?.doses ?? []).flatMap((dose) => notCounted(dose)))
  section('assess.notJudged', plan.notJudged.map(({ text }) => say(text)))
  section('assess.issues', plan.issues.map(({ text }) => say(text)))
  lines.push(say({ key: 'assess.footer', params: { editions: { text: plan.editions.join(', ') }, engine: { text: plan.engine } } }))
  if (getLanguage(language).reviews.plan.state === 'unreviewed') lines.push(say({ key: 'assess.unreviewed' }))
  return `${lines.join('\n')}\n`

  function about(group: string, reason: Message): string {
    return say({ key: 'plan.vaccine.of', params: { vaccine: { message: groupName(group) }, reason: { message: reason } } })
  }
  /** 'polio, 3 May 2026: Too soon …': a dose that must be given again, or that nobody could judge. */
  function notCounted({ given, judged, setAside, vaccine }: VaccineDose): readonly string[] {
    if (given === undefined) return []
    const again = judged.filter(({ status }) => status === 'notValid' || status === 'subStandard').map(({ group, because }) => ({ of: groupName(group), because }))
    const unjudged = setAside.length === 0 ? [] : [{ of: vaccineName(vaccine.code ?? '', vaccine.name), because: setAside }]
    return [...again, ...unjudged].flatMap(({ of, because }) => because.slice(0, 1).map(({ text }) => say({ key: 'assess.dose', params: { vaccine: { message: of }, day: { day: given.earliest }, reason: { message: text } } })))
  }
  function section(title: string, entries: readonly string[]): void {
    if (entries.length > 0) lines.push(say({ key: title }), ...entries.map((entry) => `  ${entry}`), '')
  }
}

function headline(facts: ChildFacts, name: string, on: Day, language: Language, plan: Plan): string {
  const { birth } = facts
  const sex = { sex: { sex: facts.sex ?? 'unknown' } } as const
  const age = birth.kind === 'unknown' || birth.day > on ? { key: 'assess.birthUnknown' }
    : birth.kind === 'exact' ? { key: 'assess.born', params: { ...sex, age: { text: formatAge({ birth: birth.day, on }, language) }, day: { day: birth.day } } }
    : { key: 'assess.bornAbout', params: { ...sex, age: { text: formatAge({ birth: birth.day, on }, language) }, from: { day: birth.earliest }, to: { day: birth.latest } } }
  const text = formatMessage({ key: 'assess.headline', params: { name: { text: name }, ...sex, age: { message: age } } }, language)
  const corrected = facts.gestation !== undefined && birth.kind !== 'unknown' && plan.scores.some((score) => score.age.corrected !== undefined)
    ? Math.max(0, on - birth.day - (280 - facts.gestation.value)) : undefined
  return corrected === undefined ? text : `${text} (${formatMessage({ key: 'assess.corrected', params: { corrected: { age: days(corrected) } } }, language)})`
}

const COLOURS: Readonly<Record<PlanItem['urgency'], string>> = { urgent: '\u001b[1;31m', actToday: '\u001b[1;33m', overdue: '\u001b[35m', dueToday: '\u001b[36m', comingUp: '\u001b[2m' }

function itemLines(item: PlanItem, say: (message: Message) => string, colour: boolean): string[] {
  const day = item.urgency === 'overdue' ? item.window.overdue ?? item.window.due : item.window.due
  const urgency = say({ key: 'plan.urgency', params: { urgency: { code: item.urgency }, day: { day } } })
  const questions = [...(item.ask === undefined ? [] : [item.ask]), ...(item.more ?? [])]
  const flips = item.because.flatMap((reason) => reason.flips ?? [])
  return [
    say({ key: 'assess.item', params: { urgency: { text: colour ? `${COLOURS[item.urgency]}${urgency}\u001b[0m` : urgency }, title: { message: item.title } } }),
    ...item.because.map(({ text }) => `  ${say(text)}`),
    ...questions.map(({ text, options }) => `  ${say(text)}${options.length === 0 ? '' : ` ${say({ key: 'assess.answers', params: { answers: { text: options.map(({ label }) => say(label)).join(' / ') } } })}.`}`),
    ...new Set(flips.map(({ when, becomes }) => `  ${say({ key: 'assess.change', params: { when: { message: when }, becomes: { message: becomes } } })}`)),
    `  ${say({ key: 'assess.from', params: { sources: { text: [...new Set(item.because.map((reason) => sourceText(reason, say)))].join('; ') } } })}`,
  ]
}

function sourceText({ source, evidence }: Reason, say: (message: Message) => string): string {
  const named = [source.document, source.section].filter((part) => part !== undefined).join(', ')
  return evidence === 'stated' ? named : `${named} (${say({ key: 'plan.review' })})`
}
