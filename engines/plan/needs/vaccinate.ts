/**
 * What the vaccine schedule asks for: a line for each vaccine that is due or late, one line for those of the next visit, and the
 * question whose answer would change them. Where one product is all that the schedule names for several groups, it is one line.
 * A vaccine that was offered and not given is offered again after the edition's days for that reason.
 */
import { addDays, type Day } from '@bairn/quantities'
import type { Message, MessageParam, Reason } from '@bairn/reasoning'
import type { NotGiven } from '../child.ts'
import { dateFlips, distinct, flip, listParam, RANK, withFlips, type Context, type Draft } from '../context.ts'
import { planReason } from '../edition.ts'
import type { VaccineForecast, VaccinePlan } from '../plan.ts'
import { findingRef } from '../snapshot.ts'
import { askReason, question } from './ask.ts'
import { groupName, vaccineName } from '../vaccines/judge.ts'

type Dated = VaccineForecast & { readonly window: NonNullable<VaccineForecast['window']> }
/** One injection or drop: the product, where the schedule names but one, and the groups it is given for. */
interface Giving { readonly forecasts: readonly [Dated, ...Dated[]]; readonly product?: VaccineForecast['vaccines'][number] }

export function vaccineNeeds(context: Context): Draft[] {
  const { vaccines, clock, editions: { plan } } = context
  if (vaccines === undefined) return []
  const open = vaccines.forecasts.filter((one): one is Dated => one.status === 'notComplete' && one.window !== undefined && one.sharedDecision !== true && one.noVaccine !== true)
  const due = givings(open.filter(({ window }) => clock.reached(window.due)))
  const ahead = open.filter(({ window }) => !clock.reached(window.due)).toSorted((a, b) => a.window.due - b.window.due)
  const [next] = ahead
  const together = next === undefined ? [] : givings(ahead.filter(({ window }) => window.due <= addDays(next.window.due, plan.visits.mergeWithinDays)))
  const held = heldBack(context, vaccines, due)
  return [...held.question, ...due.filter((giving) => !held.groups.has(giving.forecasts[0].group)).map((giving) => give(giving, context)), ...nextVisit(together, context)]
}

/** Groups whose only vaccine is the same one are given with it. */
function givings(forecasts: readonly Dated[]): readonly Giving[] {
  const byProduct = Map.groupBy(forecasts, ({ vaccines, group, seriesType }) => vaccines.length === 1 ? `one ${vaccines[0]?.code}` : `${group} ${seriesType}`)
  return [...byProduct.values()].map((members): Giving => {
    const [first] = members as [Dated, ...Dated[]]
    const [only, ...more] = first.vaccines
    return { forecasts: members as [Dated, ...Dated[]], ...(only === undefined || more.length > 0 ? {} : { product: only }) }
  })
}

const earliest = (days: readonly Day[]): Day => days.reduce((a, b) => (b < a ? b : a))
const windowOf = ({ forecasts }: Giving): Draft['window'] => {
  const overdue = forecasts.flatMap(({ window }) => window.overdue ?? [])
  const latest = forecasts.flatMap(({ window }) => window.latest ?? [])
  return {
    earliest: forecasts.map(({ window }) => window.earliest).reduce((a, b) => (b > a ? b : a)), due: earliest(forecasts.map(({ window }) => window.due)),
    ...(overdue.length === 0 ? {} : { overdue: earliest(overdue) }), ...(latest.length === 0 ? {} : { latest: earliest(latest) }),
  }
}

function give(giving: Giving, context: Context): Draft {
  const { clock } = context
  const [{ group, seriesType }] = giving.forecasts
  const window = windowOf(giving)
  const refused = lastNotGiven(giving, context)
  const because = distinct([...notGivenReasons(refused, context), ...reasonsOf(giving)])
  return {
    need: `vaccine.${group}${seriesType === 'risk' ? '.risk' : ''}`, action: 'give', rank: RANK.vaccine, window, anchor: window.earliest ?? window.due,
    title: titleOf(giving, context), because: because.map((reason, index) => (index === 0 ? withFlips(reason, [...dateFlips(window, clock), FROM_A_CARD]) : reason)),
    ...(refused === undefined ? {} : { notGiven: { fact: refused, until: addDays(refused.day, context.editions.plan.vaccines.offerAgainAfterDays[refused.reason]) } }),
  }
}

const reasonsOf = ({ forecasts }: Giving): readonly Reason[] => distinct(forecasts.flatMap(({ because }) => because))

/** A dose that is missing here would change what is due. */
const FROM_A_CARD = flip('doseFromCard', 'judgedAgain')

/** 'polio 2: Recommended from 6 January 2026.': where several vaccines share an item. */
const named = (reason: Reason, vaccine: Message): Reason =>
  ({ ...reason, text: { key: 'plan.vaccine.of', params: { vaccine: { message: vaccine }, reason: { message: reason.text } } } })

/** 'polio 2', 'measles-rubella 2', 'pentavalent (…)': the number only where all count the same. */
function nameOf({ forecasts, product }: Giving, { editions: { immunization } }: Context): { readonly vaccine: Message; readonly groups: MessageParam | undefined; readonly number: string } {
  const [{ doseNumber, group }] = forecasts
  const number = doseNumber !== undefined && forecasts.every((one) => one.doseNumber === doseNumber) ? String(doseNumber) : 'none'
  if (product === undefined) return { vaccine: groupName(group), groups: undefined, number }
  if (forecasts.length > 1) return { vaccine: vaccineName(product.code, product.name), groups: listParam(forecasts.map((one) => groupName(one.group))), number }
  // A group may be wider than what is given of it: measles and rubella of measles, mumps and rubella.
  const whole = immunization?.vaccineGroups.find(({ name }) => name === group)?.antigens ?? []
  const given = immunization?.vaccines.get(product.code)?.antigens ?? []
  const all = whole.every((antigen) => given.some((one) => one.antigen === antigen))
  return { vaccine: all ? groupName(group) : vaccineName(product.code, product.name), groups: undefined, number }
}

function titleOf(giving: Giving, context: Context): Message {
  const { vaccine, groups, number } = nameOf(giving, context)
  return { key: 'plan.title.vaccine', params: { vaccine: { message: vaccine }, groups: groups === undefined ? { text: '' } : { message: { key: 'plan.vaccine.groups', params: { groups } } }, number: { code: number } } }
}

function shortOf(giving: Giving, context: Context): Message {
  const { vaccine, number } = nameOf(giving, context)
  return { key: 'plan.vaccine.short', params: { vaccine: { message: vaccine }, number: { code: number } } }
}

function nextVisit(together: readonly Giving[], context: Context): Draft[] {
  const [first] = together
  if (first === undefined) return []
  const windows = together.map(windowOf)
  const due = earliest(windows.map((window) => window.due))
  const { clock } = context
  const names = together.map((giving) => shortOf(giving, context))
  // The title names it where it is the only one.
  const because = together.flatMap((giving) => reasonsOf(giving).slice(0, 1).map((reason) => together.length === 1 ? reason : named(reason, shortOf(giving, context))))
  return [{
    need: 'vaccinesNext', action: 'give', rank: RANK.vaccinesNext, window: { due }, anchor: due,
    title: { key: 'plan.title.vaccinesNext', params: { vaccines: listParam(names) } },
    because: because.map((reason, index) => (index === 0 ? withFlips(reason, dateFlips({ due }, clock)) : reason)),
  }]
}

// ---- not given

function lastNotGiven({ forecasts }: Giving, { snapshot, editions: { immunization } }: Context): NotGiven | undefined {
  const antigens = new Set(immunization?.vaccineGroups.filter(({ name }) => forecasts.some(({ group }) => group === name)).flatMap((group) => group.antigens))
  const opens = earliest(forecasts.map(({ window }) => window.earliest))
  return snapshot.notGiven.findLast(({ vaccine, day }) => day >= opens && immunization?.vaccines.get(vaccine)?.antigens.some(({ antigen }) => antigens.has(antigen)) === true)
}

const notGivenReasons = (fact: NotGiven | undefined, { editions: { plan } }: Context): readonly Reason[] =>
  fact === undefined ? [] : [planReason(plan, 'offerAgain', { key: 'plan.vaccine.notGiven', params: { reason: { code: fact.reason }, day: { day: fact.day } } }, [{ id: fact.id, kind: 'dose', day: fact.day }])]

// ---- the question

/**
 * "Any severe reaction after an earlier dose?": asked when a vaccine is due whose group the child has had before, and the schedule has
 * a contraindication for it. Yes holds those vaccines back until somebody has recorded which one it was.
 */
function heldBack(context: Context, vaccines: VaccinePlan, due: readonly Giving[]): { readonly question: Draft[]; readonly groups: ReadonlySet<string> } {
  const { snapshot, editions: { plan, immunization } } = context
  const concerned = due.filter(({ forecasts }) => forecasts.some(({ group }) => hadBefore(vaccines, group) && hasReactionRule(group, immunization)))
  const [first] = concerned
  if (first === undefined) return { question: [], groups: new Set() }
  const lastDose = vaccines.doses.filter(({ judged }) => judged.some(({ group }) => concerned.some(({ forecasts }) => forecasts.some((one) => one.group === group)))).at(-1)?.given?.latest
  const answered = snapshot.findings('vaccineReaction').findLast(({ day }) => lastDose !== undefined && day >= lastDose)
  const named = snapshot.facts.vaccines?.observations.some(({ code }) => immunization?.reactions?.includes(code)) === true
  if (answered !== undefined && (answered.answer !== 'yes' || named)) return { question: [], groups: new Set() }
  const names = listParam(concerned.map(({ forecasts: [{ group }] }) => groupName(group)))
  const windows = concerned.map(windowOf)
  const overdue = windows.flatMap((one) => one.overdue ?? [])
  // As pressing as what it is asked for, and ranked just above it: it is asked before the first of them is given.
  const window = { due: earliest(windows.map(({ due: day }) => day)), ...(overdue.length === 0 ? {} : { overdue: earliest(overdue) }) }
  if (answered === undefined) {
    return { groups: new Set(), question: [{
      need: 'askReaction', action: 'ask', title: { key: 'plan.title.askReaction', params: { vaccines: names } }, rank: RANK.askReaction, window, anchor: window.due,
      because: [askReason(context, 'vaccineReaction', 'askReaction')], ask: question('vaccineReaction'),
    }] }
  }
  // Somebody said yes: what it was decides, and until then none of these is given.
  return { groups: new Set(concerned.map(({ forecasts: [{ group }] }) => group)), question: [{
    need: 'askReaction', action: 'counsel', title: { key: 'plan.title.whichReaction', params: { vaccines: names } }, rank: RANK.askReaction, urgency: 'actToday', window, anchor: answered.day,
    because: [planReason(plan, 'askReaction', { key: 'plan.vaccine.reactionSaid', params: { day: { day: answered.day } } }, [findingRef(answered)], [flip('reactionRecorded', 'judgedAgain')])],
  }] }
}

const hadBefore = ({ doses }: VaccinePlan, group: string): boolean => doses.some(({ judged }) => judged.some((one) => one.group === group))
const hasReactionRule = (group: string, edition: Context['editions']['immunization']): boolean => {
  const reactions = edition?.reactions ?? []
  const antigens = edition?.vaccineGroups.find(({ name }) => name === group)?.antigens ?? []
  return antigens.some((name) => edition?.antigenByName.get(name)?.contraindications.some(({ observation }) => reactions.includes(observation)) === true
    || edition?.antigenByName.get(name)?.vaccineContraindications.some(({ observation }) => reactions.includes(observation)) === true)
}
