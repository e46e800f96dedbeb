/**
 * A transfer as it is drawn: a row for each disease (those decided alike share one), a track for each country over one true age axis,
 * the decision in words. What counts and what is needed was decided by the engine; here it is only put in order. Pure.
 */
import { diseaseMessage, diseaseOf, listMessage, type DoseDecision, type Transfer, type TransferDecision } from '@bairn/immunization'
import type { Day } from '@bairn/quantities'
import type { Message, MessageParam } from '@bairn/reasoning'

/** `unconfirmed`: counts by the rules that stand in for the country's own */
export type Verdict = TransferDecision | 'unconfirmed'
interface GivenMark { readonly dose: string; readonly day: Day; /** only this is known of the day, which is then the last */ readonly between?: NonNullable<DoseDecision['between']>; readonly verdict: Verdict }
export interface MoveRow {
  readonly key: string
  /** none: a vaccine that neither schedule knows */
  readonly diseases: readonly string[]
  readonly given: readonly GivenMark[]
  readonly needed: readonly Day[]
  /** `byOthers`: up to date by the rules that stand in for the country's own */
  readonly outcome: 'giveToday' | 'giveLater' | 'look' | 'notAsked' | 'nothingMore' | 'upToDate' | 'byOthers'
  /** what is said under it, one sentence each, the first few; the rest is behind "Why?" */
  readonly because: readonly Message[]
  readonly decisions: readonly DoseDecision[]
  /** does each schedule vaccinate against it at all */
  readonly inFrom: boolean
  readonly inTo: boolean
}

export interface Known { readonly from: ReadonlySet<string>; readonly to: ReadonlySet<string> }

export const verdictOf = ({ decision, confirmed }: Pick<DoseDecision, 'decision' | 'confirmed'>): Verdict => (decision === 'accepted' && !confirmed ? 'unconfirmed' : decision)

/** @param known diseases of each schedule */
export function rowsOf({ decisions, toGive, plan, assessment }: Transfer, known: Known): readonly MoveRow[] {
  const byDisease = Map.groupBy(decisions, ({ disease }) => disease ?? '')
  const days = new Map(toGive.map(({ disease, days: all }) => [disease, all]))
  const unplanned = new Map(plan.unplanned.flatMap(({ text, why }) => why === 'sharedDecision' ? [] : diseasesNamed(text).map((disease) => [disease, { text, why }] as const)))
  const rows = [...new Set([...byDisease.keys(), ...days.keys()])].map((disease): MoveRow => {
    const own = byDisease.get(disease) ?? []
    const needed = days.get(disease) ?? []
    const missed = unplanned.get(disease)
    return {
      key: disease, diseases: disease === '' ? [] : [disease], needed, decisions: own, inFrom: known.from.has(disease), inTo: known.to.has(disease),
      given: own.map((one) => ({ dose: one.dose.id, day: one.dose.date, ...(one.between === undefined ? {} : { between: one.between }), verdict: verdictOf(one) })),
      outcome: missed?.why === 'dayUnknown' && needed.length === 0 ? 'look' : outcomeOf(own, needed, assessment, missed !== undefined),
      because: [...reasonsOf(own), ...(missed === undefined ? [] : [missed.text])],
    }
  })
  return merged(rows).toSorted((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome) || b.needed.length - a.needed.length)
}
const ORDER: readonly MoveRow['outcome'][] = ['giveToday', 'giveLater', 'look', 'nothingMore', 'byOthers', 'upToDate', 'notAsked']

function outcomeOf(own: readonly DoseDecision[], needed: readonly Day[], today: Day, isMissed: boolean): MoveRow['outcome'] {
  if (needed.length > 0) return needed.some((day) => day <= today) ? 'giveToday' : 'giveLater'
  if (own.some(({ decision }) => decision === 'notJudged' || decision === 'notConfirmed')) return 'look'
  if (isMissed) return 'nothingMore'
  if (own.every(({ decision }) => decision === 'notInSchedule')) return 'notAsked'
  return own.some((one) => verdictOf(one) === 'unconfirmed') ? 'byOthers' : 'upToDate'
}

/** What does not simply count; the same sentence of several doses once. A dose that counts by stand-in rules is told once. */
function reasonsOf(own: readonly DoseDecision[]): readonly Message[] {
  const told = own.filter(({ decision }) => decision !== 'accepted' && decision !== 'extra')
  const unconfirmed = own.find((one) => verdictOf(one) === 'unconfirmed')
  return unique([...told, ...(unconfirmed === undefined ? [] : [unconfirmed])].map(({ text }) => text))
}
const unique = (messages: readonly Message[]): readonly Message[] => [...new Map(messages.map((message) => [JSON.stringify(message), message])).values()]

/** Diseases with the same doses, decided alike, needing the same days: one row, as one vaccine gave them. */
function merged(rows: readonly MoveRow[]): readonly MoveRow[] {
  return [...Map.groupBy(rows, ({ key, given, needed, outcome, inFrom, inTo, because }) =>
    key === '' || given.length + needed.length === 0 ? key : JSON.stringify([given, needed, outcome, inFrom, inTo, because.map((message) => message.key)])).values()].flatMap((same) => {
    const [first] = same
    if (first === undefined) return []
    const diseases = same.flatMap((row) => row.diseases)
    return [{ ...first, diseases, key: same.map(({ key }) => key).join(), decisions: same.flatMap((row) => row.decisions), because: diseases.length === 1 ? first.because : first.because.map((message) => forAll(message, diseases)) }]
  })
}

/** The same sentence, of all diseases of the row. */
const forAll = ({ key, params }: Message, diseases: readonly string[]): Message => ({ key, params: { ...params, ...(params?.['disease'] === undefined ? {} : { disease: diseaseList(diseases) }) } })
const diseaseList = (diseases: readonly string[]): MessageParam => listMessage(diseases.map(diseaseMessage))

/** The same question about several diseases, asked once. */
export function askedOnce(ask: Transfer['ask']): readonly Message[] {
  return [...Map.groupBy(ask, ({ text: { params } }) => JSON.stringify({ ...params, disease: undefined })).values()].flatMap((same) => {
    const [first] = same
    return first === undefined ? [] : [forAll(first.text, same.map(({ disease }) => disease))]
  })
}

/** An unplanned group's diseases stand in its sentence, as codes. */
const diseasesNamed = ({ params }: Message): readonly string[] => (params?.['diseases'] === undefined ? [] : namesIn(params['diseases']))
function namesIn(param: MessageParam): readonly string[] {
  if (!('message' in param)) return []
  const { key, params = {} } = param.message
  if (key === 'immunization.disease') return params['name'] !== undefined && 'text' in params['name'] ? [params['name'].text] : []
  return Object.values(params).flatMap(namesIn)
}

interface AxisTick { readonly at: number; readonly months: number }
export interface Axis { readonly from: Day; readonly to: Day; readonly ticks: readonly AxisTick[]; readonly today: number; readonly birthday?: number }

const MONTH = 365.25 / 12

/** One axis of age from birth to a little past the last day shown; positions in per cent. */
export function axisOf(birth: Day, today: Day, days: readonly Day[]): Axis {
  const last = Math.max(today, ...days)
  const span = Math.max(60, last - birth) * 1.06
  const months = span / MONTH
  const step = [1, 2, 3, 6, 12, 24, 36].find((one) => months / one <= 7) ?? 48
  const at = (day: number): number => ((day - birth) / span) * 100
  const ticks = Array.from({ length: Math.floor(months / step) + 1 }, (_, index) => ({ months: index * step, at: at(birth + index * step * MONTH) }))
  const birthday = at(birth + 365.25)
  const now = at(today)
  return {
    from: birth, to: (birth + Math.round(span)) as Day, today: now,
    // 'today' is written on the axis: a figure under it could not be read
    ticks: ticks.filter((tick) => Math.abs(tick.at - now) > 9),
    ...(months > 12.5 && months <= 72 ? { birthday } : {}),
  }
}
export const placeOn = ({ from, to }: Axis, day: Day): number => ((day - from) / (to - from)) * 100

export const diseasesIn = (antigens: readonly { readonly name: string }[]): ReadonlySet<string> => new Set(antigens.map(({ name }) => diseaseOf(name)))
