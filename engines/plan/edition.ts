/**
 * The shape of a plan edition (knowledge/plan/<edition>/edition.json) and its check: when to measure and see again, how far two
 * measurements may differ, what no engine covers. Every rule names its source and how sure we are of it.
 */
import type { NotGivenReason } from './child.ts'
import type { EditionHead, Evidence, FactRef, Flip, Message, Reason } from '@bairn/reasoning'

export type PlanRule =
  | 'measureDue' | 'completeVisit' | 'againDiffers'
  | 'seeAgainSevere' | 'seeAgainModerate' | 'seeAgainInfant' | 'seeAgainReferred' | 'seeAgainFaltering' | 'faltering' | 'dangerSign'
  | 'askAssessment' | 'askSex' | 'askBirthDate' | 'estimatedAge' | 'dead' | 'grownUp' | 'notCovered' | 'notAssessed'
  | 'offerAgain' | 'askReaction' | 'noSchedule' | 'placeUnknown' | 'sharedDecision' | 'noProduct'

interface MeasureInterval { readonly fromMonths: number; readonly belowMonths: number; readonly everyMonths: number }
interface SeeAgain { readonly days: number; readonly overdueAfterDays: number }
export type RoutineMeasure = 'weight' | 'length' | 'muac' | 'headCircumference'

export interface PlanEdition extends EditionHead {
  readonly rules: Readonly<Record<PlanRule, { readonly source: string; readonly section?: string; readonly evidence: Evidence }>>
  /** by age at the last measurement; none: not measured routinely at that age */
  readonly intervals: Readonly<Record<RoutineMeasure, readonly MeasureInterval[]>>
  readonly overdueAfterDays: readonly { readonly fromMonths: number; readonly belowMonths: number; readonly days: number }[]
  readonly seeAgain: Readonly<Record<'severe' | 'moderate' | 'infant' | 'referred' | 'declined' | 'faltering', SeeAgain>>
  readonly visits: { readonly mergeWithinDays: number; readonly staleAfterDays: number; readonly reviewRepeatsAfterDays: number }
  /** two measurements of one day agree within this */
  /** a vaccine that was offered and not given is offered again after so many days */
  readonly vaccines: { readonly offerAgainAfterDays: Readonly<Record<NotGivenReason, number>> }
  readonly agreement: { readonly weightKg: number; readonly lengthCm: number; readonly headCircumferenceCm: number; readonly muacMm: number; readonly skinfoldMm: number }
  readonly faltering: { readonly zDrop: number; readonly overDays: number }
  /** completed months at which the plan ends */
  readonly endsAtMonths: number
  readonly notCovered: readonly string[]
}

/** A reason of the plan itself; reasons of the engines it calls come with theirs. */
export function planReason(edition: PlanEdition, rule: PlanRule, text: Message, inputs: readonly FactRef[] = [], flips: readonly Flip[] = []): Reason {
  const { source, section, evidence } = edition.rules[rule]
  const named = edition.sources[source]
  if (named === undefined) throw new Error(`${edition.id} has no source '${source}'`)
  return {
    rule: `${edition.rulePrefix}.${rule}`, edition: edition.id, text, inputs, evidence,
    source: { document: named.document, ...(section === undefined ? {} : { section }), ...(named.page === undefined ? {} : { page: named.page }) },
    ...(flips.length === 0 ? {} : { flips }),
  }
}

/** What is wrong with an edition, in words for its author; empty when all is well. */
export function checkPlanEdition(edition: PlanEdition): string[] {
  const problems: string[] = []
  for (const [rule, { source }] of Object.entries(edition.rules)) if (!(source in edition.sources)) problems.push(`rule ${rule}: no source '${source}'`)
  for (const [measure, bands] of Object.entries(edition.intervals)) {
    for (const [index, band] of bands.entries()) {
      if (!(band.fromMonths < band.belowMonths && band.everyMonths > 0)) problems.push(`${measure}: band ${index} is empty`)
      if (index > 0 && band.fromMonths !== bands[index - 1]?.belowMonths) problems.push(`${measure}: a gap before ${band.fromMonths} months`)
    }
  }
  if (edition.intervals.weight[0]?.fromMonths !== 0 || edition.intervals.weight.at(-1)?.belowMonths !== edition.endsAtMonths) problems.push('weight: must be due at every age')
  for (const day of [edition.effective, edition.reviewBy]) if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) problems.push(`not a date: ${day}`)
  return problems
}
