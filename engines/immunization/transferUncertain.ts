/**
 * A child who moves with a card on which the day of some doses is not known: the same sets of days as uncertain.ts, by the same policy. A dose
 * is decided where every set decides it alike; where not, it is not judged, and says whose day decides. The catch-up is right for each set
 * (planForAll.ts): what is not waits for the day and is said. Which sets are tried, and what is proved of the days between, stands in uncertain.ts.
 * Pure: no clock, no I/O, no locale. The order of the input changes nothing.
 */
import type { Day } from '@bairn/quantities'
import type { Message, MessageParam, Reason } from '@bairn/reasoning'
import { toAsk } from './ask.ts'
import { catchUp } from './catchUp.ts'
import { rulesMessage } from './decisionMessage.ts'
import { differencesBetween, stillToGive } from './differences.ts'
import { diseaseOf } from './disease.ts'
import type { ImmunizationEdition } from './edition.ts'
import type { DoseAdministered, ImmunizationFacts } from './patient.ts'
import { diseaseMessage, scheduleMessage } from './phrases.ts'
import { planForAll } from './planForAll.ts'
import { decisionsOn, transfer, type DoseDecision, type Transfer, type TransferOptions } from './transfer.ts'
import { dated, daysToTry, explainUncertain, isEveryDayTried, type UncertainDatePolicy, type UncertainDose, type UncertainFacts } from './uncertain.ts'

interface Schedules { readonly from: ImmunizationEdition; readonly to: ImmunizationEdition }
export interface UncertainTransferOptions extends Omit<TransferOptions, 'there'> {
  /** the same history in the codes of the old schedule */
  readonly there: UncertainFacts
  readonly policy: UncertainDatePolicy
}

/** The history with every dose on a day that it may have been. */
interface World { readonly facts: ImmunizationFacts; readonly there: ImmunizationFacts; readonly days: readonly Day[] }

/** Plans of so many sets are tried, those first that count fewest doses. */
const MOST_PLANS = 3

/** @param facts uncertain doses with `earliest <= latest`, not before birth nor after the assessment: the caller bounds them */
export function transferWithUncertainDates(facts: UncertainFacts, schedules: Schedules, { there, policy, ...options }: UncertainTransferOptions): Transfer {
  const { to } = schedules
  const { assessment } = options
  const spans = [...new Map([...there.uncertain, ...facts.uncertain].map((dose) => [dose.id, dose])).values()].toSorted((a, b) => compare(a.id, b.id))
  const worlds = daysToTry(spans, facts.doses, policy).map((days): World => {
    const day = new Map(spans.map(({ id }, at) => [id, days[at] as Day]))
    return { facts: withDays(facts, day), there: withDays(there, day), days }
  })
  const [only] = worlds as [World, ...World[]]
  if (spans.length === 0) return transfer(only.facts, schedules, { ...options, there: only.there })
  const decided = worlds.map((world) => decisionsOn(world.facts, schedules, { assessment, there: world.there }))
  const tooMany = spans.length > policy.mostDoses
  const antigens = antigensOf(facts.uncertain, to)
  const decisions = agreedOn(decided, { spans, policy, edition: to, everyDay: isEveryDayTried(spans, policy), untried: tooMany ? new Set([...antigens, ...antigensOf(there.uncertain, schedules.from)].map(diseaseOf)) : new Set() })
  const counted = decided.map((all) => all.filter(({ decision }) => decision === 'accepted').length)
  const order = worlds.map((_, at) => at).toSorted((a, b) => (counted[a] as number) - (counted[b] as number) || total(worlds[b] as World) - total(worlds[a] as World))
  // More than can be tried together: nothing is planned that one of them may bear on.
  const { uncertain: _, ...certain } = facts
  const hidden = tooMany ? new Set(to.vaccineGroups.filter((group) => group.antigens.some((name) => antigens.has(name))).map(({ name }) => name)) : new Set<string>()
  const bases = tooMany ? [certain] : order.slice(0, MOST_PLANS).map((at) => (worlds[at] as World).facts)
  let best: ReturnType<typeof planForAll> | undefined
  for (const base of bases) {
    const made = planForAll(catchUp(base, to, options), worlds.map((world) => world.facts), to, hidden)
    if (best === undefined || made.open.size < best.open.size) best = made
    if (best.open.size === 0) break
  }
  const { plan, open } = best as ReturnType<typeof planForAll>
  return {
    from: schedules.from.id, to: to.id, assessment, decisions, differences: differencesBetween(facts, schedules), toGive: stillToGive(plan), plan,
    ask: toAsk(decisions, facts, to), uncertain: { tried: worlds.length, planHolds: open.size === 0 },
  }
}

const withDays = ({ uncertain, ...facts }: UncertainFacts, day: ReadonlyMap<string, Day>): ImmunizationFacts =>
  ({ ...facts, doses: [...facts.doses, ...uncertain.map((dose): DoseAdministered => dated(dose, day.get(dose.id) ?? dose.latest))] })

const total = ({ days }: World): number => days.reduce<number>((sum, day) => sum + day, 0)
const antigensOf = (doses: readonly UncertainDose[], edition: ImmunizationEdition): ReadonlySet<string> => new Set(doses.flatMap(({ cvx }) => edition.vaccines.get(cvx)?.antigens.map(({ antigen }) => antigen) ?? []))
const compare = (a: string, b: string): number => a < b ? -1 : a > b ? 1 : 0

interface Agreeing {
  readonly spans: readonly UncertainDose[]
  readonly policy: UncertainDatePolicy
  readonly edition: ImmunizationEdition
  readonly everyDay: boolean
  /** diseases on which more doses without a day bear than could be tried */
  readonly untried: ReadonlySet<string>
}

/** Every dose and disease once, oldest first; a dose without a day stands at its last. */
function agreedOn(worlds: readonly (readonly DoseDecision[])[], agreeing: Agreeing): readonly DoseDecision[] {
  const byKey = Map.groupBy(worlds.flat(), ({ dose, disease }) => `${dose.id}|${disease ?? ''}`)
  return [...byKey.values()].map((found) => agree(found, found.length === worlds.length, agreeing)).toSorted((a, b) => a.dose.date - b.dose.date || compare(a.dose.id, b.dose.id) || compare(a.disease ?? '', b.disease ?? ''))
}

function agree(found: readonly DoseDecision[], inAll: boolean, agreeing: Agreeing): DoseDecision {
  const { spans, policy, untried } = agreeing
  const [first] = found as [DoseDecision, ...DoseDecision[]]
  const because = first.because.filter((reason) => found.every((one) => one.because.some((other) => isSame(other, reason))))
  const span = spans.find(({ id }) => id === first.dose.id)
  const tooMany = spans.length > policy.mostDoses && (span !== undefined || untried.has(first.disease ?? ''))
  const settled = inAll && !tooMany && found.every(({ decision }) => decision === first.decision)
  // No day changes what is said of it.
  if (settled && span === undefined && found.every(({ text }) => JSON.stringify(text) === JSON.stringify(first.text))) return { ...first, because }
  const { here: _, there: __, ...rest } = first
  // The age at which the schedule itself gives the dose: what is to be asked hangs on it (ask.ts).
  const usual = settled ? found.find(({ here }) => here?.usual !== undefined)?.here : undefined
  const decided = { ...rest, decision: settled ? first.decision : 'notJudged' as const, confirmed: found.every(({ confirmed }) => confirmed), ...(usual === undefined ? {} : { here: { ...usual, findings: [] } }) }
  const rule = span === undefined ? settled ? undefined : 'dependsOn' : tooMany ? 'tooMany' : settled ? 'holds' : 'decides'
  return {
    ...decided, text: sentence(decided, { span, settled, ...agreeing }),
    because: rule === undefined ? because : [...because, explainUncertain({ dose: span ?? first.dose, open: [], rule }, policy)],
    ...(span === undefined ? {} : { dose: { ...first.dose, date: span.latest }, between: { earliest: span.earliest, latest: span.latest } }),
  }
}

const isSame = (a: Reason, b: Reason): boolean => a.rule === b.rule && a.edition === b.edition && JSON.stringify(a.text) === JSON.stringify(b.text)

/** Without the numbers that hang on the day. */
function sentence({ dose, disease, decision, confirmed }: Pick<DoseDecision, 'dose' | 'disease' | 'decision' | 'confirmed'>, { span, settled, edition, everyDay }: Agreeing & { readonly span: UncertainDose | undefined; readonly settled: boolean }): Message {
  const own: Readonly<Record<string, MessageParam>> = span === undefined ? { own: { code: 'no' } } : { own: { code: 'yes' }, from: { day: span.earliest }, to: { day: span.latest } }
  const params = { disease: diseaseMessage(disease ?? dose.cvx), schedule: scheduleMessage(edition.country), rules: rulesMessage(edition), tried: { code: everyDay ? 'all' : 'some' }, ...own }
  return settled ? { key: 'immunization.transfer.anyDay', params: { ...params, decision: { code: decision === 'accepted' && !confirmed ? 'acceptedByOthers' : decision } } } : { key: 'immunization.transfer.dayDecides', params }
}
