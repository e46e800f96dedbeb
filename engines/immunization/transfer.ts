/**
 * A child who moves from one country's schedule to another's: each dose given, judged by both and decided by the new one, disease by
 * disease; in what the two schedules differ for this child; and the catch-up by the new one.
 * Never "invalid" for a country whose own rule is not confirmed here: such a dose is `notConfirmed`, with whose rule did not count it.
 * Pure: no clock, no I/O, no locale. Sentences are messages; the numbers stand in their parameters.
 */
import type { Day } from '@bairn/quantities'
import type { Message, Reason } from '@bairn/reasoning'
import { catchUp, type CatchUp, type CatchUpOptions } from './catchUp.ts'
import { differencesBetween, stillToGive, type Difference, type StillToGive } from './differences.ts'
import { diseaseOf } from './disease.ts'
import type { ImmunizationEdition } from './edition.ts'
import { explain } from './explain.ts'
import type { Finding } from './finding.ts'
import { judge, type Judgement, type Judgements } from './judge.ts'
import { together } from './immunize.ts'
import type { DoseAdministered, ImmunizationFacts } from './patient.ts'
import { decisionMessage } from './decisionMessage.ts'
import { toAsk, type ToAsk } from './ask.ts'

/**
 * `accepted`: counts. `extra`: nothing to do, more than needed. `repeat`: not counted by the new schedule. `notConfirmed`: not counted by
 * the rules that stand in for the new country's own, which are not confirmed here. `notInSchedule`: the new schedule does not ask for it;
 * it stays on record. `notJudged`: the new schedule cannot tell, a person must look.
 */
export type TransferDecision = 'accepted' | 'extra' | 'repeat' | 'notConfirmed' | 'notInSchedule' | 'notJudged'

export interface DoseDecision {
  /** as given, in the codes of the new schedule where it has one */
  readonly dose: DoseAdministered
  /** only this is known of its day; `dose.date` is then the last of them */
  readonly between?: { readonly earliest: Day; readonly latest: Day }
  /** none where neither schedule knows the vaccine */
  readonly disease?: string
  readonly decision: TransferDecision
  /** false: by the rules that stand in for the new country's own */
  readonly confirmed: boolean
  readonly here?: Judgement
  readonly there?: Judgement
  /** the decision in one sentence, with its numbers */
  readonly text: Message
  /** of the new schedule, then of the old; each names its edition */
  readonly because: readonly Reason[]
}

export interface Transfer {
  readonly from: string
  readonly to: string
  readonly assessment: Day
  /** oldest dose first */
  readonly decisions: readonly DoseDecision[]
  readonly differences: readonly Difference[]
  readonly toGive: readonly StillToGive[]
  readonly plan: CatchUp
  /** where the day of a dose is not known: how many sets of days were judged, and whether the plan is right for each of them */
  readonly uncertain?: { readonly tried: number; readonly planHolds: boolean }
  /** what to ask before the answer is relied on */
  readonly ask: readonly ToAsk[]
}

interface Schedules { readonly from: ImmunizationEdition; readonly to: ImmunizationEdition }
export interface TransferOptions extends CatchUpOptions {
  /** the same history in the codes of the old schedule, where they differ: doses by the same ids */
  readonly there?: ImmunizationFacts
}

export function transfer(facts: ImmunizationFacts, { from, to }: Schedules, { there = facts, ...options }: TransferOptions): Transfer {
  const { assessment } = options
  const plan = catchUp(facts, to, options)
  const decisions = decisionsOn(facts, { from, to }, { assessment, there })
  return { from: from.id, to: to.id, assessment, decisions, differences: differencesBetween(facts, { from, to }), toGive: stillToGive(plan), plan, ask: toAsk(decisions, facts, to) }
}

/** Every dose, disease by disease, oldest first. */
export function decisionsOn(facts: ImmunizationFacts, { from, to }: Schedules, { assessment, there = facts }: Pick<TransferOptions, 'assessment' | 'there'>): readonly DoseDecision[] {
  const here: Side = { facts, edition: to, judgements: judge(facts, to, { assessment }) }
  const other: Side = { facts: there, edition: from, judgements: judge(there, from, { assessment }) }
  return historyOf(facts, there).flatMap((dose) => diseasesIn(dose, here, other).map((disease) => decide(dose, disease, here, other)))
}

interface Side { readonly facts: ImmunizationFacts; readonly edition: ImmunizationEdition; readonly judgements: Judgements }

/** Every dose once, as the new schedule codes it, oldest first whatever the order of the input. */
function historyOf(facts: ImmunizationFacts, there: ImmunizationFacts): readonly DoseAdministered[] {
  const byId = new Map([...there.doses, ...facts.doses].map((dose) => [dose.id, dose]))
  return [...byId.values()].toSorted((a, b) => a.date - b.date || compare(a.cvx, b.cvx) || compare(a.id, b.id))
}
const compare = (a: string, b: string): number => a < b ? -1 : a > b ? 1 : 0

/** What the vaccine protects against, by either schedule. */
function diseasesIn({ id }: DoseAdministered, here: Side, other: Side): readonly (string | undefined)[] {
  const found = new Set([here, other].flatMap((side) => antigensIn(id, side).map(diseaseOf)))
  return found.size === 0 ? [undefined] : [...found].toSorted()
}

function antigensIn(id: string, { facts, edition }: Side): readonly string[] {
  const dose = facts.doses.find((one) => one.id === id)
  return dose === undefined ? [] : edition.vaccines.get(dose.cvx)?.antigens.map(({ antigen }) => antigen) ?? []
}

function decide(dose: DoseAdministered, disease: string | undefined, here: Side, other: Side): DoseDecision {
  const [ours, theirs] = [judgementOf(dose, disease, here), judgementOf(dose, disease, other)]
  const aside = here.judgements.setAside.get(dose.id)
  const confirmed = !here.edition.borrowed || (ours?.findings ?? []).some(({ own }) => own === true)
  const decision = decisionOf(ours, {
    disease, aside, isConfirmed: confirmed, isSameDay: isSameDay(dose, ours, here.facts),
    isKnownHere: antigensIn(dose.id, here).some((antigen) => diseaseOf(antigen) === disease),
    isDiseaseHere: here.edition.antigens.some(({ name }) => diseaseOf(name) === disease),
  })
  return {
    dose, decision, confirmed, ...(disease === undefined ? {} : { disease }), ...(ours === undefined ? {} : { here: ours }), ...(theirs === undefined ? {} : { there: theirs }),
    text: decisionMessage({ dose, decision, disease, confirmed, judgement: ours, aside, facts: here.facts, edition: here.edition }),
    because: [...reasons(ours === undefined && aside !== undefined ? [aside] : ours?.findings, here.edition), ...reasons(theirs?.findings, other.edition)],
  }
}

const reasons = (findings: readonly Finding[] | undefined, edition: ImmunizationEdition): readonly Reason[] => (findings ?? []).map((finding) => explain(finding, edition))

/** The antigens of one disease together: valid if one says so. */
function judgementOf({ id }: DoseAdministered, disease: string | undefined, { judgements }: Side): Judgement | undefined {
  const found = [...judgements.byDose.get(id) ?? []].filter(([antigen]) => diseaseOf(antigen) === disease).map(([, judgement]) => judgement)
  const status = together(found.map((judgement) => judgement.status))
  return found.find((judgement) => judgement.status === status)
}

/** Nothing is wrong with it but that another dose of the same day counts already: drops and an injection against polio. */
function isSameDay({ date }: DoseAdministered, judgement: Judgement | undefined, { doses }: ImmunizationFacts): boolean {
  const failing = (judgement?.findings ?? []).filter(({ rule }) => /tooYoung|tooSoon|liveVirus|notAllowed|inadvertent/.test(rule))
  return failing.length > 0 && failing.every((finding) => finding.rule === 'interval.tooSoon' && doses.some(({ id, date: other }) => id === finding.dose && other === date))
}

interface Asked { readonly disease: string | undefined; readonly aside: Finding | undefined; readonly isKnownHere: boolean; readonly isDiseaseHere: boolean; readonly isConfirmed: boolean; readonly isSameDay: boolean }

function decisionOf(judgement: Judgement | undefined, { disease, aside, isKnownHere, isDiseaseHere, isConfirmed, isSameDay }: Asked): TransferDecision {
  switch (judgement?.status) {
    case 'valid': return 'accepted'
    case 'extraneous': return 'extra'
    // Whoever recorded the dose said that it must be repeated: no schedule is asked.
    case 'subStandard': return 'repeat'
    case 'notValid': return isSameDay ? 'extra' : isConfirmed ? 'repeat' : 'notConfirmed'
    case undefined: break
  }
  if (aside?.rule === 'history.beforeBirth') return 'notJudged'
  if (disease === undefined) return aside?.rule === 'history.notInSchedule' ? 'notInSchedule' : 'notJudged'
  // The new schedule vaccinates against it, and does not know this product.
  return isDiseaseHere && !isKnownHere ? 'notJudged' : 'notInSchedule'
}
