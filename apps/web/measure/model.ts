/**
 * What is typed on the measurement form, judged before it is saved. The engines judge: a value is doubted when the plan would ask to
 * measure it again, and impossible when the edition says so. Here the doubt gets its words, the line that shows past, expected and
 * entered, and the value that was probably meant. Pure: no clock, no I/O, no locale.
 */
import { isImpossible, valueForAge, type ForAge, type GrowthEdition, type Indicator, type Measure } from '@bairn/growth'
import type { ChildFacts, Finding, Measurement, MeasurementKind, Plan } from '@bairn/plan'
import { DAYS_PER_MONTH, type Centimetres, type Day, type Kilograms, type Millimetres } from '@bairn/quantities'
import type { Message, MessageParam } from '@bairn/reasoning'
import type { Engines } from '../child/compute.ts'
import { readDate, readNumber } from '../components/typed.ts'
import { ageOn, historyOf, type VisitDay } from '../growth/history.ts'
import { FIELDS, type FieldName, type MeasureDraft } from './draft.ts'
import { meantValue, type Meant } from './meant.ts'

export type Verdict =
  | { readonly kind: 'empty' }
  | { readonly kind: 'unreadable'; readonly key: string }
  /** no child has this value: it cannot be saved */
  | { readonly kind: 'impossible'; readonly says: readonly Message[]; readonly meant?: Meant }
  /** the plan would ask to measure again: saved only if a person keeps it */
  | { readonly kind: 'doubted'; readonly says: readonly Message[]; readonly line?: ValueLine; readonly meant?: Meant; readonly kept: boolean }
  /** outside what is expected, and possible: saved, and looked at twice */
  | { readonly kind: 'unusual'; readonly says: readonly Message[]; readonly line?: ValueLine; readonly meant?: Meant }
  | { readonly kind: 'fine'; readonly says: readonly Message[] }

/** Past values, what is expected on the day, and what was typed, in one unit. */
export interface ValueLine {
  readonly past: readonly { readonly value: number; readonly day: Day }[]
  readonly expected: { readonly from: number; readonly to: number }
  readonly entered: number
}

export interface Looked {
  readonly day: Day | undefined
  readonly verdicts: Readonly<Record<FieldName, Verdict>>
  /** typed facts that count: neither doubted nor impossible */
  readonly counted: readonly (Measurement | Finding)[]
  /** the plan as it would be with them; undefined while the engines are not here */
  readonly plan: Plan | undefined
}

interface FieldOf { readonly kind: MeasurementKind; readonly measure: Measure; readonly indicator: Indicator; readonly visit: 'weight' | 'length' | 'arm' | 'head' }
export const FIELD: Readonly<Record<FieldName, FieldOf>> = {
  weight: { kind: 'weight', measure: 'weight', indicator: 'weightForAge', visit: 'weight' },
  length: { kind: 'length', measure: 'lengthHeight', indicator: 'lengthHeightForAge', visit: 'length' },
  muac: { kind: 'muac', measure: 'armCircumference', indicator: 'armCircumferenceForAge', visit: 'arm' },
  head: { kind: 'headCircumference', measure: 'headCircumference', indicator: 'headCircumferenceForAge', visit: 'head' },
}

/** Judges every field. @param today the day of the plan */
export function look(draft: MeasureDraft, { facts, engines, today, ids }: { readonly facts: ChildFacts; readonly engines: Engines; readonly today: Day; readonly ids: (name: FieldName | 'oedema') => string }): Looked {
  const day = dayOfDraft(draft, today)
  if (day === undefined) return { day, verdicts: { weight: { kind: 'empty' }, length: { kind: 'empty' }, muac: { kind: 'empty' }, head: { kind: 'empty' } }, counted: [], plan: undefined }
  const { editions } = engines
  const earlier = historyOf({ facts, references: editions.growth, nutrition: editions.nutrition }).filter((visit) => visit.day < day)
  const position = positionOf(draft, { facts, engines, day })
  // Typed now, so after everything else of that day: of several measurements the last counts.
  const minute = Math.min(1439, Math.max(0, ...facts.measurements.filter((fact) => fact.day === day).map((fact) => (fact.minute ?? 0) + 1)))
  const typed = FIELDS.flatMap((field) => {
    const read = readNumber(draft.values[field])
    return read.kind === 'number' && read.value > 0 ? [{ field, value: read.value, fact: measurementOf(field, read.value, { id: ids(field), day, minute, position }) }] : []
  })
  const edition = editionAt(day, { facts, engines })
  const possible = typed.filter(({ field, value }) => !isImpossible(FIELD[field].measure, inTableUnit(field, value), edition))
  const feet: readonly Finding[] = draft.oedema === undefined ? [] : [{ id: ids('oedema'), day, minute, kind: 'oedema', answer: draft.oedema }]
  const until = { ...facts, measurements: facts.measurements.filter((fact) => fact.day <= day), findings: facts.findings.filter((fact) => fact.day <= day) }
  const withAll = engines.planOf({ ...until, measurements: [...until.measurements, ...possible.map(({ fact }) => fact)], findings: [...until.findings, ...feet] }, day)
  const doubts = doubtsOf(withAll, possible)
  const verdicts = Object.fromEntries(FIELDS.map((field) => [field, verdictOf(field)])) as Record<FieldName, Verdict>
  const counted = [...possible.filter(({ field }) => counts(verdicts[field])).map(({ fact }) => fact), ...feet]
  const measured = counted.filter((fact): fact is Measurement => 'value' in fact)
  return {
    day, verdicts, counted,
    plan: engines.planOf({ ...facts, measurements: [...facts.measurements, ...measured], findings: [...facts.findings, ...feet] }),
  }

  function verdictOf(field: FieldName): Verdict {
    const text = draft.values[field]
    const read = readNumber(text)
    if (read.kind === 'empty') return { kind: 'empty' }
    if (read.kind === 'problem') return { kind: 'unreadable', key: read.key }
    if (read.value <= 0) return { kind: 'impossible', says: [{ key: 'child.verdict.notPositive' }] }
    const expected = expectedOf(field, earlier, { facts, engines, day: day as Day })
    const meant = meantValue(field, read.value, { fits: (value) => !isImpossible(FIELD[field].measure, inTableUnit(field, value), edition) && (expected === undefined || (value >= expected.from && value <= expected.to)), centre: expected === undefined ? undefined : (expected.from + expected.to) / 2 })
    if (!possible.some((each) => each.field === field)) return { kind: 'impossible', says: [{ key: 'child.verdict.impossible', params: { value: valueParam(field, read.value), field: { code: field } } }], ...(meant === undefined ? {} : { meant }) }
    const past = earlier.flatMap((visit) => pastValue(field, visit))
    const line = expected === undefined ? {} : { line: { past: past.slice(-2), expected, entered: read.value } }
    const doubt = doubts.get(field)
    // Two measurements that differ may both be right readings: then no figure is offered in place of the second.
    const offered = meant?.why === 'misread' && doubt?.every(({ key }) => key === 'plan.again.differs') === true ? undefined : meant
    if (doubt !== undefined) return { kind: 'doubted', says: doubt, ...line, ...(offered === undefined ? {} : { meant: offered }), kept: draft.kept[field]?.value === text.trim() }
    const change = changeOf(field, read.value, past.at(-1))
    // Another figure is only offered for a value the engines doubt: a true loss must not be talked away.
    if (expected !== undefined && (read.value < expected.from || read.value > expected.to)) return { kind: 'unusual', says: [...change, { key: 'child.verdict.unusual', params: { from: valueParam(field, expected.from), to: valueParam(field, expected.to) } }], ...line, ...(meant === undefined || meant.why === 'misread' || meant.why === 'swapped' ? {} : { meant }) }
    const lost = (field === 'weight' || field === 'muac') && past.length > 0 && read.value < (past.at(-1)?.value ?? 0)
    return { kind: 'fine', says: lost ? [...change, { key: 'child.verdict.possible' }] : change }
  }
}

const counts = (verdict: Verdict): boolean => verdict.kind === 'fine' || verdict.kind === 'unusual' || (verdict.kind === 'doubted' && verdict.kept)

/** The day the measurements belong to: today, or the day that was typed; undefined while it is not a day. */
function dayOfDraft(draft: MeasureDraft, today: Day): Day | undefined {
  if (draft.day === undefined) return today
  const read = readDate(draft.day, today)
  return read.kind === 'day' ? read.day : undefined
}

/** As a person said it, else as is usual at the age. */
export function positionOf(draft: MeasureDraft, { facts, engines, day }: { readonly facts: ChildFacts; readonly engines: Engines; readonly day: Day }): 'lying' | 'standing' {
  if (draft.position !== undefined) return draft.position
  const age = ageOn(day, { facts, nutrition: engines.editions.nutrition })
  return age !== undefined && age.sinceBirth >= (engines.editions.growth.under5.position?.standingFromDay ?? 0) ? 'standing' : 'lying'
}

/** Which fields this child has: arm and head up to 5 years, all of them while the age is not known. */
export function fieldsFor({ facts, engines, day }: { readonly facts: ChildFacts; readonly engines: Engines; readonly day: Day }): readonly FieldName[] {
  const age = ageOn(day, { facts, nutrition: engines.editions.nutrition })
  const under5 = age === undefined || age.sinceBirth / DAYS_PER_MONTH < (engines.editions.growth.under5.months.below ?? 0)
  return under5 ? ['weight', 'length', 'muac', 'head'] : ['weight', 'length']
}

/** Reasons to measure again that rest on a typed value. What one measure alone explains is not laid on the others. */
function doubtsOf(plan: Plan, typed: readonly { readonly field: FieldName; readonly fact: Measurement }[]): ReadonlyMap<FieldName, readonly Message[]> {
  const reasons = plan.items.filter(({ need }) => need === 'measureAgain').flatMap(({ because }) => because)
  const about = reasons.map((reason) => ({ text: reason.text, fields: typed.filter(({ fact }) => reason.inputs.some(({ id }) => id === fact.id)).map(({ field }) => field) })).filter(({ fields }) => fields.length > 0)
  const single = new Set(about.filter(({ fields }) => fields.length === 1).flatMap(({ fields }) => fields))
  const doubts = new Map<FieldName, Message[]>()
  for (const { text, fields } of about) {
    if (fields.length > 1 && fields.some((field) => single.has(field))) continue
    for (const field of fields) doubts.set(field, [...(doubts.get(field) ?? []), text])
  }
  return doubts
}

/** Where the value would be if the child kept to its line, give or take what the plan's edition calls faltering. A child never gets shorter. */
function expectedOf(field: FieldName, earlier: readonly VisitDay[], { facts, engines, day }: { readonly facts: ChildFacts; readonly engines: Engines; readonly day: Day }): ValueLine['expected'] | undefined {
  const { indicator, visit: name } = FIELD[field]
  const last = earlier.findLast((visit) => visit[name] !== undefined && isSound(visit, indicator))
  const scored = last?.scores[indicator]
  const age = ageOn(day, { facts, nutrition: engines.editions.nutrition })
  if (scored?.known !== true || age === undefined || facts.sex === undefined) return undefined
  const about = engines.editions.plan.faltering.zDrop
  const at = (z: number): number | undefined => valueForAge(indicator as ForAge, { sex: facts.sex as 'male' | 'female', age: age.scored, z }, engines.editions.growth)
  const [low, high] = [at(scored.value.z - about), at(scored.value.z + about)]
  if (low === undefined || high === undefined) return undefined
  const scale = field === 'muac' ? 10 : 1
  const before = field === 'length' || field === 'head' ? (last?.[name]?.value ?? 0) : 0
  const round = (value: number): number => Math.round(value * scale * (field === 'muac' ? 1 : 10)) / (field === 'muac' ? 1 : 10)
  return { from: Math.max(before, round(low)), to: Math.max(before, round(high)) }
}

const isSound = (visit: VisitDay, indicator: Indicator): boolean => {
  const scored = visit.scores[indicator]
  return scored.known && scored.value.flag === 'plausible'
}

function changeOf(field: FieldName, value: number, last: ValueLine['past'][number] | undefined): readonly Message[] {
  if (last === undefined) return [{ key: 'child.verdict.first', params: { field: { code: field } } }]
  const by = Number(Math.abs(value - last.value).toFixed(2))
  if (by === 0) return [{ key: 'child.verdict.same', params: { since: { day: last.day } } }]
  return [{ key: value > last.value ? 'child.verdict.more' : 'child.verdict.less', params: { by: valueParam(field, by), since: { day: last.day } } }]
}

function pastValue(field: FieldName, visit: VisitDay): ValueLine['past'] {
  const fact = visit[FIELD[field].visit]
  return fact === undefined ? [] : [{ value: fact.value, day: visit.day }]
}

function editionAt(day: Day, { facts, engines }: { readonly facts: ChildFacts; readonly engines: Engines }): GrowthEdition {
  const { growth, nutrition } = engines.editions
  const age = ageOn(day, { facts, nutrition })
  // The reference from 5 years on has no arm and no head: their limits are those of the standards.
  return age !== undefined && age.sinceBirth / DAYS_PER_MONTH >= (growth.under5.months.below ?? 0) ? { ...growth.from5, possible: { ...growth.under5.possible, ...growth.from5.possible } } : growth.under5
}

/** The tables have arms in cm, the tape has millimetres. */
const inTableUnit = (field: FieldName, value: number): number => (field === 'muac' ? value / 10 : value)

export const valueParam = (field: FieldName, value: number): MessageParam =>
  field === 'weight' ? { kg: value as Kilograms } : field === 'muac' ? { mm: value as Millimetres } : { cm: value as Centimetres }

function measurementOf(field: FieldName, value: number, { id, day, minute, position }: { readonly id: string; readonly day: Day; readonly minute: number; readonly position: 'lying' | 'standing' }): Measurement {
  const at = { id, day, minute }
  switch (field) {
    case 'weight': return { ...at, kind: 'weight', value: value as Kilograms }
    case 'length': return { ...at, kind: 'length', value: value as Centimetres, position }
    case 'muac': return { ...at, kind: 'muac', value: value as Millimetres }
    default: return { ...at, kind: 'headCircumference', value: value as Centimetres }
  }
}

/** What the typed values change in the plan: items that come, change or go. */
export interface Change { readonly kind: 'comes' | 'goes'; readonly item: Plan['items'][number] }
export function changesOf(before: Plan, after: Plan): readonly Change[] {
  const look = (item: Plan['items'][number]): string => JSON.stringify([item.need, item.urgency, item.title, item.because[0]?.text])
  const known = new Set(before.items.map(look))
  const comes = after.items.filter((item) => !known.has(look(item))).map((item) => ({ kind: 'comes' as const, item }))
  const goes = before.items.filter((item) => item.urgency !== 'comingUp' && !after.items.some(({ need }) => need === item.need)).map((item) => ({ kind: 'goes' as const, item }))
  return [...comes, ...goes]
}
