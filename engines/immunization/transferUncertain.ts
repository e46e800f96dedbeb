/**
 * A child who moves with a card on which the day of some doses is not known: the same sets of days as uncertain.ts, by the same policy. A dose
 * is decided where every set decides it alike; where not, it is not judged, and says whose day decides. The catch-up is the one that is
 * right for each set: every dose in it counts, or is more than needed, whichever day it was. Where none is found, that is said.
 * Pure: no clock, no I/O, no locale. The order of the input changes nothing.
 */
import type { Day } from '@bairn/quantities'
import type { Message, MessageParam, Reason } from '@bairn/reasoning'
import { toAsk } from './ask.ts'
import type { CatchUp } from './catchUp.ts'
import { rulesMessage } from './decisionMessage.ts'
import type { ImmunizationEdition } from './edition.ts'
import { immunize } from './immunize.ts'
import type { DoseAdministered, ImmunizationFacts } from './patient.ts'
import { diseaseMessage, scheduleMessage } from './phrases.ts'
import { decisionsOn, transfer, type DoseDecision, type Transfer, type TransferOptions } from './transfer.ts'
import { dated, daysToTry, explainUncertain, type UncertainDatePolicy, type UncertainDose, type UncertainFacts } from './uncertain.ts'

interface Schedules { readonly from: ImmunizationEdition; readonly to: ImmunizationEdition }
export interface UncertainTransferOptions extends Omit<TransferOptions, 'there'> {
  /** the same history in the codes of the old schedule */
  readonly there: UncertainFacts
  readonly policy: UncertainDatePolicy
}

/** The history with every dose on a day that it may have been. */
interface World { readonly facts: ImmunizationFacts; readonly there: ImmunizationFacts; readonly days: readonly Day[] }

/** Plans of so many sets are tried, those first that count fewest doses. */
const MOST_PLANS = 6

/** @param facts uncertain doses with `earliest <= latest`, not before birth nor after the assessment: the caller bounds them */
export function transferWithUncertainDates(facts: UncertainFacts, schedules: Schedules, { there, policy, ...options }: UncertainTransferOptions): Transfer {
  const spans = [...new Map([...there.uncertain, ...facts.uncertain].map((dose) => [dose.id, dose])).values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const worlds = daysToTry(spans, facts.doses, policy).map((days): World => {
    const day = new Map(spans.map(({ id }, at) => [id, days[at] as Day]))
    return { facts: withDays(facts, day), there: withDays(there, day), days }
  })
  const [only] = worlds
  if (spans.length === 0 && only !== undefined) return transfer(only.facts, schedules, { ...options, there: only.there })
  const decided = worlds.map((world) => decisionsOn(world.facts, schedules, { assessment: options.assessment, there: world.there }))
  const decisions = agreedOn(decided, { spans, policy, edition: schedules.to })
  const counted = decided.map((all) => all.filter(({ decision }) => decision === 'accepted').length)
  const order = worlds.map((_, at) => at).toSorted((a, b) => (counted[a] as number) - (counted[b] as number) || total(worlds[b] as World) - total(worlds[a] as World))
  const plans = order.slice(0, MOST_PLANS).map((at) => worlds[at] as World)
  let found: Transfer | undefined
  for (const world of plans) {
    const tried = transfer(world.facts, schedules, { ...options, there: world.there })
    const planHolds = worlds.every((other) => holds(tried.plan, other.facts, schedules.to))
    // The first, where none holds: it counts the fewest doses, so nothing is missing in it.
    if (planHolds || found === undefined) found = { ...tried, uncertain: { tried: worlds.length, planHolds } }
    if (planHolds) break
  }
  const certain = decisions.filter(({ between }) => between === undefined)
  return { ...found as Transfer, decisions, ask: toAsk(certain, facts, schedules.to) }
}

const withDays = ({ uncertain, ...facts }: UncertainFacts, day: ReadonlyMap<string, Day>): ImmunizationFacts =>
  ({ ...facts, doses: [...facts.doses, ...uncertain.map((dose): DoseAdministered => dated(dose, day.get(dose.id) ?? dose.latest))] })

const total = ({ days }: World): number => days.reduce<number>((sum, day) => sum + day, 0)

/** Given as planned, each dose counts for what it is planned for, or is more than needed. */
function holds({ visits }: CatchUp, facts: ImmunizationFacts, edition: ImmunizationEdition): boolean {
  const last = visits.at(-1)
  if (last === undefined) return true
  const planned = visits.flatMap(({ day, doses }, visit) => doses.map(({ cvx, mvx, covers }, at) => ({ dose: { id: `planned ${visit} ${at}`, date: day, cvx, ...(mvx === undefined ? {} : { mvx }) }, covers })))
  const { evaluations } = immunize({ ...facts, doses: [...facts.doses, ...planned.map(({ dose }) => dose)] }, edition, { assessment: last.day })
  return planned.every(({ dose, covers }) => covers.every(({ vaccineGroup }) => evaluations.some((one) => one.dose.id === dose.id && one.vaccineGroup === vaccineGroup && (one.status === 'valid' || one.status === 'extraneous'))))
}

interface Agreeing { readonly spans: readonly UncertainDose[]; readonly policy: UncertainDatePolicy; readonly edition: ImmunizationEdition }

/** Every dose and disease once, oldest first; a dose without a day stands at its last. */
function agreedOn(worlds: readonly (readonly DoseDecision[])[], agreeing: Agreeing): readonly DoseDecision[] {
  const byKey = Map.groupBy(worlds.flat(), ({ dose, disease }) => `${dose.id}|${disease ?? ''}`)
  return [...byKey.values()].map((found) => agree(found, found.length === worlds.length, agreeing)).toSorted((a, b) => a.dose.date - b.dose.date || compare(a.dose.id, b.dose.id) || compare(a.disease ?? '', b.disease ?? ''))
}
const compare = (a: string, b: string): number => a < b ? -1 : a > b ? 1 : 0

function agree(found: readonly DoseDecision[], inAll: boolean, { spans, policy, edition }: Agreeing): DoseDecision {
  const [first] = found as [DoseDecision, ...DoseDecision[]]
  const because = first.because.filter((reason) => found.every((one) => one.because.some((other) => isSame(other, reason))))
  const span = spans.find(({ id }) => id === first.dose.id)
  const tooMany = span !== undefined && spans.length > policy.mostDoses
  const settled = inAll && !tooMany && found.every(({ decision }) => decision === first.decision)
  // No day changes what is said of it.
  if (settled && span === undefined && found.every(({ text }) => JSON.stringify(text) === JSON.stringify(first.text))) return { ...first, because }
  const { here: _, there: __, ...rest } = first
  const decided = { ...rest, decision: settled ? first.decision : 'notJudged' as const, confirmed: found.every(({ confirmed }) => confirmed) }
  const rule = span === undefined ? settled ? undefined : 'dependsOn' : tooMany ? 'tooMany' : settled ? 'holds' : 'decides'
  return {
    ...decided, text: sentence(decided, { span, settled, edition }),
    because: rule === undefined ? because : [...because, explainUncertain({ dose: span ?? first.dose, open: [], rule }, policy)],
    ...(span === undefined ? {} : { dose: { ...first.dose, date: span.latest }, between: { earliest: span.earliest, latest: span.latest } }),
  }
}

const isSame = (a: Reason, b: Reason): boolean => a.rule === b.rule && a.edition === b.edition && JSON.stringify(a.text) === JSON.stringify(b.text)

/** Without the numbers that hang on the day. */
function sentence({ dose, disease, decision, confirmed }: Pick<DoseDecision, 'dose' | 'disease' | 'decision' | 'confirmed'>, { span, settled, edition }: { readonly span: UncertainDose | undefined; readonly settled: boolean; readonly edition: ImmunizationEdition }): Message {
  const own: Readonly<Record<string, MessageParam>> = span === undefined ? { own: { code: 'no' } } : { own: { code: 'yes' }, from: { day: span.earliest }, to: { day: span.latest } }
  const params = { disease: diseaseMessage(disease ?? dose.cvx), schedule: scheduleMessage(edition.country), rules: rulesMessage(edition), ...own }
  return settled ? { key: 'immunization.transfer.anyDay', params: { ...params, decision: { code: decision === 'accepted' && !confirmed ? 'acceptedByOthers' : decision } } } : { key: 'immunization.transfer.dayDecides', params }
}
