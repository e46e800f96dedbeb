/**
 * What is typed on the dose form, judged before it is saved. The engines judge: each dose is read as the record would read it, and the
 * plan is worked out with it; here the answer gets its lines. Nothing is ever held back by a line: what happened is recorded. Pure.
 */
import { doseToFhir, notGivenToFhir, type Resource, type VaccineCode } from '@bairn/fhir'
import type { ImmunizationEdition } from '@bairn/immunization'
import { groupName, type Plan, type VaccineDose } from '@bairn/plan'
import { parsePartialDay, type Day } from '@bairn/quantities'
import type { Message, Reason } from '@bairn/reasoning'
import type { Engines } from '../child/compute.ts'
import type { Resource as Stored } from '../child/record.ts'
import type { Sign } from '../plan/sign.ts'
import { readDate } from '../components/typed.ts'
import { readBirth } from '../plan/birthDate.ts'
import type { DoseDraft, RowDraft } from './draft.ts'
import { readExpiry } from './expiry.ts'
import { plainVaccineOf } from './plainVaccine.ts'
import { WORDS, type DoseRow } from './rows.ts'

/** When it was given: a day, or as much of it as the card says. */
type When = { readonly kind: 'day'; readonly day: Day; readonly about?: string } | { readonly kind: 'open' } | { readonly kind: 'problem'; readonly key: string }

function whenOf({ when, day }: DoseDraft, today: Day): When {
  if (when === 'today') return { kind: 'day', day: today }
  if (when === 'otherDay') {
    const read = readDate(day, today)
    return read.kind === 'day' ? { kind: 'day', day: read.day } : read.kind === 'problem' ? read : { kind: 'open' }
  }
  const read = readBirth(day, today)
  // Half a date is no mistake while it is typed.
  if (read.kind === 'problem') return readDate(day, today).kind === 'problem' ? read : { kind: 'open' }
  const parsed = parsePartialDay(read.text)
  if (!parsed.ok) return { kind: 'open' }
  return parsed.value.precision === 'day' ? { kind: 'day', day: parsed.value.earliest } : { kind: 'day', day: parsed.value.earliest, about: read.text }
}

/** One line before saving. */
export interface Check {
  readonly sign: Sign
  /** in the plan's order: what happens, then why */
  readonly title: Message
  readonly text: readonly Message[]
}

export interface Looked {
  readonly when: When
  /** rows that will be saved, as the record will hold them */
  readonly ready: readonly { readonly key: string; readonly resource: Resource }[]
  /** rows that still need a product */
  readonly open: readonly string[]
  readonly checks: ReadonlyMap<string, readonly Check[]>
  /** the plan with all of it */
  readonly plan: Plan | undefined
}

interface Looking { readonly rows: readonly DoseRow[]; readonly plan: Plan; readonly resources: readonly Stored[]; readonly engines: Engines; readonly context: Parameters<typeof doseToFhir>[1]; readonly minute?: number }

export function look(draft: DoseDraft & { readonly rows: Readonly<Record<string, RowDraft>> }, looking: Looking): Looked {
  const { rows, plan, resources, engines } = looking
  const when = whenOf(draft, plan.on)
  const chosen = rows.filter(({ key }) => draft.rows[key] !== undefined)
  const written = chosen.flatMap((row) => {
    const resource = resourceOf(row, draft.rows[row.key] as RowDraft, draft, when, looking)
    return resource === undefined ? [] : [{ key: row.key, resource }]
  })
  const facts = written.length === 0 ? undefined : engines.factsOf([...resources, ...written.map(({ resource }) => resource)])
  const after = facts === undefined ? undefined : engines.planOf(facts)
  const done = new Set(written.map(({ key }) => key))
  return {
    when, plan: after, ready: written, open: chosen.filter(({ key }) => !done.has(key)).map(({ key }) => key),
    checks: new Map(chosen.map((row) => [row.key, checksOf(row, { draft, before: plan, after, when, resource: written.find(({ key }) => key === row.key)?.resource })])),
  }
}

/** As the record will hold it; undefined while the product or the day is missing. */
function resourceOf(row: DoseRow, typed: RowDraft, { when: origin }: DoseDraft, when: When, { engines, plan, context, minute }: Looking): Resource | undefined {
  const edition = engines.editions.immunization
  const fact = { id: `Immunization/${typed.id}`, day: plan.on, ...(minute === undefined ? {} : { minute }) }
  if (typed.not !== undefined) {
    const vaccine = vaccineOf(typed, edition) ?? (row.forecast === undefined || edition === undefined ? undefined : plainVaccineOf(row.forecast, edition))
    const note = typed.not.note.trim()
    return vaccine === undefined ? undefined : notGivenToFhir({ ...fact, vaccine, reason: typed.not.reason, ...(note === '' ? {} : { note }) }, context)
  }
  const vaccine = vaccineOf(typed, edition)
  if (vaccine === undefined || when.kind !== 'day') return undefined
  const expiry = readExpiry(typed.expiry)
  return doseToFhir({
    ...fact, day: when.day, recorded: plan.on, vaccine,
    ...(when.about === undefined ? {} : { about: when.about }),
    ...(typed.lot.trim() === '' ? {} : { lot: typed.lot.trim() }), ...(expiry.kind === 'day' ? { expiry: expiry.day } : {}), ...(typed.site === undefined ? {} : { site: typed.site }),
    ...(origin === 'card' ? { from: 'card' as const } : {}),
  }, dayOnly(context, { today: origin === 'today', card: origin === 'card' }))
}

/** A time is only known for what is given now; what a card says was not given here, nor by who copies it. */
function dayOnly(context: Looking['context'], { today, card }: { readonly today: boolean; readonly card: boolean }): Looking['context'] {
  const { zone, at, by, ...rest } = context
  return { ...rest, ...(today && zone !== undefined ? { zone } : {}), ...(card || at === undefined ? {} : { at }), ...(card || by === undefined ? {} : { by }) }
}

function vaccineOf({ product, name }: RowDraft, edition: ImmunizationEdition | undefined): VaccineCode | undefined {
  if (product === WORDS || edition === undefined) return name.trim() === '' ? undefined : { name: name.trim() }
  const known = edition.vaccines.get(product)
  return known === undefined ? undefined : { code: product, name: known.name }
}

interface Checking { readonly draft: DoseDraft & { readonly rows: Readonly<Record<string, RowDraft>> }; readonly before: Plan; readonly after: Plan | undefined; readonly when: When; readonly resource: Resource | undefined }

function checksOf(row: DoseRow, { draft, before, after, when, resource }: Checking): readonly Check[] {
  const typed = draft.rows[row.key]
  if (typed?.not !== undefined) return []
  const forbidden = row.forecast?.status === 'contraindicated' ? [{ sign: 'urgent' as const, title: { key: 'vaccines.check.forbidden' }, text: textsOf(row.forecast.because.filter(({ rule }) => rule.includes('contraindication'))) }] : []
  if (resource === undefined || when.kind !== 'day') return [...forbidden, ...(typed?.product === '' || (typed?.product === WORDS && typed.name.trim() === '') ? [{ sign: 'notKnown' as const, title: { key: 'vaccines.check.product' }, text: [] }] : [])]
  const dose = after?.vaccines?.doses.find(({ id }) => id === `Immunization/${resource.id}`)
  if (dose === undefined || dose.judged.length === 0) {
    const why = [...(dose === undefined ? [] : textsOf(dose.setAside)), ...(after?.issues ?? []).filter(({ where }) => where === `Immunization/${resource.id}`).map(({ text }) => text)]
    return [...forbidden, { sign: 'notKnown', title: { key: 'vaccines.check.notJudged' }, text: why }]
  }
  const now = when.day === before.on && draft.when === 'today'
  return [...forbidden, ...alreadyGiven(dose, after), ...dose.judged.flatMap((judged) => judgedChecks(judged, { before, now, day: when.day, own: judged.group === row.forecast?.group }))]
}

const textsOf = (reasons: readonly Reason[]): readonly Message[] => reasons.map(({ text }) => text)

/** Another dose of the same on the same day: one of them may be a copy. */
function alreadyGiven(dose: VaccineDose, after: Plan | undefined): readonly Check[] {
  const groups = new Set(dose.judged.map(({ group }) => group))
  const twin = after?.vaccines?.doses.find((other) => other.id !== dose.id && other.given?.earliest === dose.given?.earliest && other.given?.latest === dose.given?.latest && other.judged.some(({ group }) => groups.has(group)))
  return twin?.given === undefined ? [] : [{ sign: 'actToday', title: { key: 'vaccines.check.already', params: { day: { day: twin.given.earliest } } }, text: [{ key: 'vaccines.check.alreadyText' }] }]
}

function judgedChecks({ group, status, because }: VaccineDose['judged'][number], { before, now, day, own }: { readonly before: Plan; readonly now: boolean; readonly day: Day; readonly own: boolean }): readonly Check[] {
  const forecast = before.vaccines?.forecasts.find((one) => one.group === group && one.status === 'notComplete')
  const about = { vaccine: { message: groupName(group) } } as const
  if (status === 'valid') {
    const counts: Check = { sign: 'done', title: { key: 'vaccines.check.counts', params: about }, text: textsOf(because.filter(({ rule }) => !rule.endsWith('satisfy.valid'))) }
    return own ? [...passed(forecast?.because ?? [], day), counts] : [counts]
  }
  if (status === 'extraneous') return [{ sign: 'notNeeded', title: { key: 'vaccines.check.extra', params: about }, text: textsOf(because) }]
  if (status === 'unknown') return [{ sign: 'notKnown', title: { key: 'vaccines.check.uncertain', params: about }, text: textsOf(because) }]
  const expired = because.some(({ rule }) => rule.endsWith('doseCondition.expired'))
  if (now && expired) return [{ sign: 'actToday', title: { key: 'vaccines.check.expired' }, text: [...textsOf(because), { key: 'vaccines.check.expiredText' }] }]
  const wait = now && forecast?.window !== undefined && forecast.window.earliest > day ? forecast.window.earliest : undefined
  return [{ sign: 'actToday', title: wait === undefined ? { key: 'vaccines.check.doesNotCount', params: about } : { key: 'vaccines.check.wait', params: { day: { day: wait } } }, text: [...textsOf(because), { key: now ? 'vaccines.check.keepNow' : 'vaccines.check.keep' }] }]
}

/** The days that the engine counted from for this dose and that have come: age, interval, other live vaccines. */
const PASSED: readonly (readonly [suffix: string, key: string])[] = [['date.minimumAge', 'vaccines.check.age'], ['date.interval', 'vaccines.check.interval'], ['date.conflict', 'vaccines.check.live']]
function passed(because: readonly Reason[], day: Day): readonly Check[] {
  return PASSED.flatMap(([suffix, key]) => because.filter(({ rule }) => rule.endsWith(suffix)).flatMap(({ text }) => {
    const from = dayIn(text)
    return from !== undefined && from <= day ? [{ sign: 'done' as const, title: { key, params: { day: { day: from } } }, text: [] }] : []
  }))
}

/** The day that a sentence names, also where it stands within another ("by WHO's rules"). */
function dayIn({ params = {} }: Message): Day | undefined {
  const own = params['day']
  if (own !== undefined && 'day' in own) return own.day
  return Object.values(params).map((param) => ('message' in param ? dayIn(param.message) : undefined)).find((day) => day !== undefined)
}
