/**
 * A plan as FHIR R4: one Bundle (collection) with the CarePlan, a DetectedIssue for each issue and each implausible score, and an
 * Observation for each z-score. Ids are made from the plan itself: the same plan gives the same Bundle. Sentences come from `say`.
 * Source: HL7 FHIR R4, careplan.html, detectedissue.html, observation.html; codes as codes.ts says. Classes are answers and stay in the reasons.
 */
import { addDays, formatDay } from '@bairn/quantities'
import type { ActionCode, Plan, PlanItem, PlanScore, SetAside, Urgency } from '@bairn/plan'
import type { FactRef, Issue, Message, Reason } from '@bairn/reasoning'
import { BAIRN_EDITION, BAIRN_EVIDENCE, BAIRN_ISSUE, BAIRN_NEED, BAIRN_OBSERVATION, BAIRN_RULE, EXTENSION, OBSERVATION_CATEGORY, UCUM, scoreCodesOf } from './codes.ts'
import type { Resource } from './facts.ts'

export interface PlanWriting {
  /** a message as a sentence of the language that `language` names: `formatMessage` */
  readonly say: (message: Message) => string
  readonly language: string
}
export interface PlanBundle {
  readonly resourceType: 'Bundle'
  readonly type: 'collection'
  readonly entry: readonly { readonly fullUrl: string; readonly resource: Resource }[]
}
type Fields = Readonly<Record<string, unknown>>

export function planToFhir(plan: Plan, { say, language }: PlanWriting): PlanBundle {
  const id = (part: string): string => stableId(`${plan.child} ${plan.on} ${part}`)
  const subject = subjectOf(plan.child)
  const scores = plan.scores.map((score) => scoreToFhir(score, id(`score ${score.indicator}`), subject, say))
  const issues = [
    ...plan.issues.map((found, index) => issueToFhir(found, id(`issue ${index}`), plan, subject, say)),
    ...plan.scores.filter(({ flagged, confirmed }) => flagged && !confirmed).map((score) => flagToFhir(score, id(`flag ${score.indicator}`), plan, subject, say)),
  ]
  const carePlan: Resource = {
    resourceType: 'CarePlan', id: id('plan'), language,
    extension: [
      ...plan.editions.map((edition) => ({ url: EXTENSION.edition, valueString: edition })),
      { url: EXTENSION.engine, valueString: plan.engine },
      { url: EXTENSION.profile, valueCode: plan.setting.profile },
      ...(plan.setting.place === '' ? [] : [{ url: EXTENSION.place, valueString: plan.setting.place }]),
    ],
    status: 'active', intent: 'plan', subject,
    period: { start: formatDay(plan.on), ...(plan.nextChange === undefined ? {} : { end: formatDay(addDays(plan.nextChange, -1)) }) },
    created: formatDay(plan.on),
    ...filled('supportingInfo', [...scores, ...issues].map((resource) => ({ reference: `urn:uuid:${resource.id}` }))),
    ...filled('activity', [...plan.items.map((item) => activityOf(item, say)), ...plan.setAside.map((aside) => asideOf(aside, say))]),
    ...filled('note', plan.notJudged.map((reason) => ({ text: say(reason.text) }))),
  }
  return { resourceType: 'Bundle', type: 'collection', entry: [carePlan, ...issues, ...scores].map((resource) => ({ fullUrl: `urn:uuid:${resource.id}`, resource })) }
}

const KIND: Readonly<Record<ActionCode, string>> = {
  give: 'MedicationRequest', measure: 'Task', treat: 'Task', refer: 'ServiceRequest', counsel: 'CommunicationRequest', ask: 'Task', schedule: 'Appointment',
}
const STARTED: Readonly<Record<Urgency, string>> = { urgent: 'not-started', actToday: 'not-started', overdue: 'not-started', dueToday: 'not-started', comingUp: 'scheduled' }

function activityOf(item: PlanItem, say: PlanWriting['say']): Fields {
  const { earliest, due, latest } = item.window
  const questions = [...(item.ask === undefined ? [] : [item.ask]), ...(item.more ?? [])].map(({ text }) => say(text))
  return {
    detail: {
      extension: [{ url: EXTENSION.urgency, valueCode: item.urgency }, { url: EXTENSION.due, valueDate: formatDay(due) }],
      kind: KIND[item.action],
      code: { coding: [{ system: BAIRN_NEED, code: item.need }], text: say(item.title) },
      reasonCode: item.because.map((reason) => reasonOf(reason, say)),
      ...filled('reasonReference', observationsOf(item.because.flatMap(({ inputs }) => inputs))),
      status: STARTED[item.urgency],
      scheduledPeriod: { start: formatDay(earliest === undefined || earliest > due ? due : earliest), ...(latest === undefined || latest < due ? {} : { end: formatDay(latest) }) },
      ...(questions.length === 0 ? {} : { description: questions.join(' ') }),
    },
  }
}

/** Put off: on hold until its day. Declined: cancelled, with what was said. */
function asideOf({ need, title, response, until }: SetAside, say: PlanWriting['say']): Fields {
  return {
    detail: {
      code: { coding: [{ system: BAIRN_NEED, code: need }], text: say(title) },
      status: response.kind === 'declined' ? 'cancelled' : 'on-hold',
      ...(response.note === undefined ? {} : { statusReason: { text: response.note } }),
      ...(until === undefined ? {} : { scheduledPeriod: { start: formatDay(until) } }),
    },
  }
}

/** The rule by its id, how sure its source is, the sentence, the source and what would change it: nothing of the "why" is lost outside Bairn. */
function reasonOf(reason: Reason, say: PlanWriting['say']): Fields {
  const { document, section, page } = reason.source
  const source = [document, section, page].filter((part) => part !== undefined).join(', ')
  const flips = (reason.flips ?? []).map(({ when, becomes }) => `${say(when)} → ${say(becomes)}`)
  return { coding: [{ system: BAIRN_RULE, code: reason.rule.replaceAll(' ', '-') }, { system: BAIRN_EVIDENCE, code: reason.evidence }], text: [`${say(reason.text)} [${source}]`, ...flips].join('\n') }
}

function scoreToFhir(score: PlanScore, id: string, subject: Fields, say: PlanWriting['say']): Resource {
  const codes = scoreCodesOf(score.indicator, score.position)
  const component = (code: string, value: Fields): Fields => ({ code: { coding: [{ system: BAIRN_OBSERVATION, code }] }, ...value })
  const inDays = (value: number): Fields => ({ valueQuantity: { value, unit: 'd', system: UCUM, code: 'd' } })
  return {
    resourceType: 'Observation', id, status: 'final',
    category: [{ coding: [{ system: OBSERVATION_CATEGORY, code: 'exam' }] }],
    code: { coding: [{ system: codes.z.system, code: codes.z.code }], text: codes.text },
    subject, effectiveDateTime: formatDay(score.day),
    valueQuantity: { value: score.z, unit: 'z-score', system: UCUM, code: '{Zscore}' },
    ...filled('note', score.because.map((reason) => ({ text: say(reason.text) }))),
    method: { coding: [{ system: BAIRN_EDITION, code: score.edition.slice(score.edition.lastIndexOf('/') + 1) }], text: score.edition },
    ...filled('derivedFrom', observationsOf(score.inputs)),
    component: [
      { code: { coding: [codes.centile === undefined ? { system: BAIRN_OBSERVATION, code: 'centile' } : { system: codes.centile.system, code: codes.centile.code }] }, valueQuantity: { value: Number(score.centile.toFixed(2)), unit: '%', system: UCUM, code: '%' } },
      component('ageSinceBirth', inDays(score.age.sinceBirth)),
      ...(score.age.corrected === undefined ? [] : [component('correctedAge', inDays(score.age.corrected))]),
      component('implausible', { valueBoolean: score.flagged }),
      ...(score.flagged ? [component('confirmedByRepeat', { valueBoolean: score.confirmed })] : []),
    ],
  }
}

/** The resource in an Issue's place: what stands before the element's name. Ids may hold dots, so only names of elements end them. */
const PLACE = /^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}?(?=$| \(|\.(?:subject|for|effective|status|code|value[A-Z]?\w*|dataAbsentReason|birthDate|gender|deceasedDateTime|authoredOn)(?:\.|$))/

function issueToFhir(found: Issue, id: string, plan: Plan, subject: Fields, say: PlanWriting['say']): Resource {
  const implicated = PLACE.exec(found.where ?? '')?.[0]
  return {
    resourceType: 'DetectedIssue', id, status: 'final', code: { coding: [{ system: BAIRN_ISSUE, code: found.text.key }] },
    severity: found.severity === 'error' ? 'moderate' : 'low', patient: subject, identifiedDateTime: formatDay(plan.on),
    ...(implicated === undefined ? {} : { implicated: [{ reference: implicated }] }), detail: say(found.text),
  }
}

/** Beyond WHO's limits: danger until disproved, so high. */
function flagToFhir(score: PlanScore, id: string, plan: Plan, subject: Fields, say: PlanWriting['say']): Resource {
  return {
    resourceType: 'DetectedIssue', id, status: 'final', code: { coding: [{ system: BAIRN_ISSUE, code: `implausible.${score.indicator}` }] },
    severity: 'high', patient: subject, identifiedDateTime: formatDay(plan.on),
    ...filled('implicated', observationsOf(score.inputs)),
    ...(score.because[0] === undefined ? {} : { detail: say(score.because[0].text) }),
  }
}

/** The Observations among the facts, each once. A fact under a doubled id refers to that id. */
function observationsOf(inputs: readonly FactRef[]): readonly Fields[] {
  const references = inputs.map(({ id }) => id.replace(/ \(\d+\)$/, '')).filter((id) => /^Observation\/[A-Za-z0-9\-.]{1,64}$/.test(id) || id.startsWith('urn:uuid:'))
  return [...new Set(references)].map((reference) => ({ reference }))
}

/** A caller's own id is no reference: it goes as an identifier. */
const subjectOf = (child: string): Fields => (/^Patient\/[A-Za-z0-9\-.]{1,64}$/.test(child) || child.startsWith('urn:uuid:') ? { reference: child } : { type: 'Patient', identifier: { value: child } })

/** An element that is there only if its list has something in it: R4 knows no empty list. */
const filled = (name: string, list: readonly unknown[]): Fields => (list.length === 0 ? {} : { [name]: list })

/** An id in the form of a UUID, from text: FNV-1a with four seeds. It names, it hides nothing. */
function stableId(text: string): string {
  const hex = [0x811c9dc5, 0x01000193, 0x9e3779b9, 0x85ebca6b].map((seed) => {
    let hash = seed
    for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
    return ((hash ^ (hash >>> 13)) >>> 0).toString(16).padStart(8, '0')
  }).join('')
  // Version 8 (own scheme), variant 10.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
