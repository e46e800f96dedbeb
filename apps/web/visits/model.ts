/**
 * Past visits as rows, and the single entries behind a row: what stands, what was corrected, what was withdrawn. Classes are the
 * growth engine's; here they only get their sign. Pure.
 */
import { classify, type GrowthClass, type GrowthReferences } from '@bairn/growth'
import type { ChildFacts, Finding, Measurement } from '@bairn/plan'
import { parseDay, type Day } from '@bairn/quantities'
import type { Message } from '@bairn/reasoning'
import { keyOf, type Resource } from '../child/record.ts'
import type { VisitDay } from '../growth/history.ts'
import type { Sign } from '../plan/sign.ts'
import { doseIn, type RecordedDose } from '../vaccines/record.ts'

export interface VisitRow {
  readonly visit: VisitDay
  readonly by: 'weightForLength' | 'bmi'
  /** weight for length or height under 5 years, BMI for age from then on */
  readonly found: { readonly z: number; readonly class: GrowthClass; readonly sign: Sign } | { readonly unknown: Message } | undefined
}

export function rowsOf(visits: readonly VisitDay[], references: GrowthReferences): readonly VisitRow[] {
  return visits.toReversed().map((visit) => {
    const indicator = visit.scores.weightForLengthHeight.known || !visit.scores.bmiForAge.known ? 'weightForLengthHeight' : 'bmiForAge'
    const scored = visit.scores[indicator]
    const by = indicator === 'bmiForAge' ? 'bmi' : 'weightForLength'
    // Without an age the plan judges nothing, so neither does this table.
    if (visit.age === undefined || (visit.weight === undefined && visit.length === undefined)) return { visit, by, found: undefined }
    const answer = classify(indicator, scored, references)
    if (!scored.known || !answer.known) return { visit, by, found: answer.because[0] === undefined || visit.weight === undefined || visit.length === undefined ? undefined : { unknown: answer.because[0].text } }
    return { visit, by, found: { z: scored.value.z, class: answer.value, sign: SIGN[answer.value] ?? 'actToday' } }
  })
}

const SIGN: Readonly<Partial<Record<GrowthClass, Sign>>> = { withinRange: 'well', possibleRiskOfOverweight: 'comingUp', severelyWasted: 'urgent', severelyThin: 'urgent' }

/** One entry of the record on a day. */
export interface Entry {
  readonly key: string
  readonly resource: Resource
  readonly fact: Measurement | Finding
  readonly state: 'stands' | 'corrected' | 'withdrawn'
}

/** Every entry of a day, the withdrawn ones too: nothing a person entered goes out of sight. */
export function entriesOn(day: Day, resources: readonly Resource[], factsOf: (resources: readonly unknown[]) => ChildFacts | undefined): readonly Entry[] {
  const patient = resources.find((resource) => resource['resourceType'] === 'Patient')
  return resources.filter((resource) => resource['resourceType'] === 'Observation' && dayOf(resource) === day).flatMap((resource) => {
    const withdrawn = resource['status'] === 'entered-in-error'
    const facts = factsOf([patient, { ...resource, ...(withdrawn ? { status: 'final' } : {}) }])
    const fact = facts?.measurements[0] ?? facts?.findings[0]
    if (fact === undefined) return []
    return [{ key: keyOf(resource), resource, fact, state: withdrawn ? 'withdrawn' as const : resource['status'] === 'corrected' || resource['status'] === 'amended' ? 'corrected' as const : 'stands' as const }]
  })
}

/** A vaccine of the record: given, not given, or withdrawn. */
export interface DoseEntry { readonly dose: RecordedDose; readonly state: 'stands' | 'withdrawn' }
export const dosesOn = (day: Day, resources: readonly Resource[]): readonly DoseEntry[] =>
  resources.filter((resource) => resource['resourceType'] === 'Immunization' && dayOf(resource) === day).map((resource) => ({ dose: doseIn(resource), state: resource['status'] === 'entered-in-error' ? 'withdrawn' : 'stands' }))

/** Days on which nothing was measured keep their row: vaccines, and entries that were withdrawn. */
export function daysOfEntries(resources: readonly Resource[]): readonly Day[] {
  return [...new Set(resources.filter((resource) => resource['resourceType'] === 'Immunization' || (resource['resourceType'] === 'Observation' && resource['status'] === 'entered-in-error')).flatMap((resource) => dayOf(resource) ?? []))]
}

function dayOf(resource: Resource): Day | undefined {
  const parsed = parseDay(String(resource['effectiveDateTime'] ?? resource['effectiveInstant'] ?? resource['occurrenceDateTime'] ?? ''))
  return parsed.ok ? parsed.value : undefined
}
