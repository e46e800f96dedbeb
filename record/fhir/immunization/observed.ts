/**
 * Conditions, allergies, observations and adverse events of a child as the observations that a schedule knows: by the schedule's own code
 * (`urn:cdc:cdsi:observation`) or a code that it lists. A code that stands for several of them counts for all, and that is said.
 */
import type { ActiveObservation, ImmunizationEdition } from '@bairn/immunization'
import { parsePartialDay } from '@bairn/quantities'
import { BAIRN_ADVERSE_EVENT, findAnswer, SNOMED } from '../codes.ts'
import { booleanOf, codingsOf, listOf, objectOf, textOf, type Coding, type Json } from '../read.ts'
import { codedOf, type Coded, type VaccineResolution } from './codes.ts'
import type { Report } from './issues.ts'

const OBSERVATION = 'urn:cdc:cdsi:observation'

/** How the schedule writes a code system -> its address in FHIR. PHIN VS by its OID [R]. */
const SYSTEMS: Readonly<Record<string, string>> = { SNOMED, CDCPHINVS: 'urn:oid:2.16.840.1.114222.4.5.274' }

/** An adverse event: its dose where one is named, and what the schedule makes of it. */
export interface Reaction {
  /** AdverseEvent/a1, or Immunization/d1 for a reaction within a dose */
  readonly where: string
  readonly doses: readonly string[]
  readonly what: Coded
  readonly on?: string
  readonly observations: readonly string[]
}

interface Observing {
  readonly edition: ImmunizationEdition
  readonly from: 'request' | 'record'
  readonly report: Report
  readonly vaccineOf: (dose: string) => VaccineResolution | undefined
}

export function observationsOf(resources: readonly Json[], observing: Observing): { readonly observations: readonly ActiveObservation[]; readonly reactions: readonly Reaction[] } {
  const { edition, report } = observing
  const observations: ActiveObservation[] = []
  const reactions: Reaction[] = []
  for (const resource of resources) {
    const type = textOf(resource['resourceType']) ?? 'Condition'
    if (type === 'Immunization') { if (resource['status'] !== 'entered-in-error') reactions.push(...reactionsWithin(resource, resources, edition)); continue }
    if (type === 'AdverseEvent') {
      const reaction = adverseEvent(resource, observing)
      if (reaction === undefined) continue
      reactions.push(reaction)
      observations.push(...reaction.observations.map((code) => ({ code, ...dateOf(resource, 'date', 'detected', 'recordedDate') })))
      continue
    }
    if (!OBSERVED.has(type) || isWithdrawn(resource)) continue
    const where = `${type}/${textOf(resource['id']) ?? '-'}`
    const codings = codingsOf(resource['code'])
    const codes = codesFor(codings, edition)
    if (codes.length === 0) {
      if (observing.from === 'request') report('observation', 'warning', where, { given: { text: codings.map(written).join(', ') || '-' } })
      continue
    }
    if (codes.length > 1) report('observationSeveral', 'warning', where, { given: { text: codes.map((code) => edition.observations[code]?.title ?? code).join('; ') } })
    observations.push(...codes.map((code) => ({ code, ...dateOf(resource, 'effectiveDateTime', 'onsetDateTime', 'recordedDate') })))
  }
  return { observations, reactions }
}

const OBSERVED: ReadonlySet<string> = new Set(['Condition', 'Observation', 'AllergyIntolerance'])
const WITHDRAWN: ReadonlySet<string> = new Set(['entered-in-error', 'refuted', 'cancelled', 'inactive', 'resolved', 'remission'])

/** Withdrawn, over, answered with no, or not answered. */
function isWithdrawn(resource: Json): boolean {
  const states = [textOf(resource['status']), ...codingsOf(resource['verificationStatus']).map(({ code }) => code), ...codingsOf(resource['clinicalStatus']).map(({ code }) => code)]
  if (states.some((state) => state !== undefined && WITHDRAWN.has(state))) return true
  if (booleanOf(resource['valueBoolean']) === false || objectOf(resource['dataAbsentReason']) !== undefined) return true
  return codingsOf(resource['valueCodeableConcept']).some(({ system, code }) => system !== undefined && code !== undefined && ['no', 'notAsked', 'cannotTell', 'notAvailable'].includes(findAnswer(system, code) ?? ''))
}

const written = ({ system, code }: Coding): string => `${system ?? '-'}|${code ?? '-'}`

function dateOf(resource: Json, ...names: readonly string[]): { readonly date?: NonNullable<ActiveObservation['date']> } {
  const parsed = parsePartialDay(names.flatMap((name) => textOf(resource[name]) ?? [])[0] ?? '')
  return parsed.ok && parsed.value.precision === 'day' ? { date: parsed.value.earliest } : {}
}

/** The schedule's own code before one that it lists. */
function codesFor(codings: readonly Coding[], edition: ImmunizationEdition): readonly string[] {
  const own = codings.flatMap(({ system, code }) => system === OBSERVATION && code !== undefined ? [code.trim().padStart(3, '0')] : []).filter((code) => Object.hasOwn(edition.observations, code))
  if (own.length > 0) return [...new Set(own)]
  return Object.keys(edition.observations).filter((observation) => lists(observation, codings, edition))
}

const lists = (observation: string, codings: readonly Coding[], edition: ImmunizationEdition): boolean =>
  codings.some(({ system, code }) => edition.observations[observation]?.codes?.some(([name, listed]) => system === SYSTEMS[name] && code === listed && !isAnyVaccine(observation, listed, edition)) === true)

/** A code that the schedule lists beside the vaccines of each of many observations ("allergy to a previous dose") says which only with a vaccine. */
const isAnyVaccine = (observation: string, code: string, edition: ImmunizationEdition): boolean =>
  edition.observations[observation]?.codes?.some(([system]) => system === 'CVX') === true
  && Object.values(edition.observations).filter(({ codes }) => codes?.some(([, listed]) => listed === code) === true).length > 2

/** After a dose that is named: what the schedule lists for the event together with that vaccine, before what it lists for the event alone. */
function codesAfter(codings: readonly Coding[], vaccines: readonly string[], edition: ImmunizationEdition): readonly string[] {
  const together = Object.entries(edition.observations).filter(([, { codes }]) =>
    codes?.some(([name, listed]) => codings.some(({ system, code }) => system === SYSTEMS[name] && code === listed)) === true
    && codes.some(([name, listed]) => name === 'CVX' && vaccines.includes(listed))).map(([code]) => code)
  return together.length > 0 ? together : codesFor(codings, edition)
}

function adverseEvent(event: Json, { edition, report, vaccineOf }: Observing): Reaction | undefined {
  if (event['actuality'] === 'potential') return undefined
  const where = `AdverseEvent/${textOf(event['id']) ?? '-'}`
  const doses = listOf(event['suspectEntity']).flatMap(({ instance }) => doseOf(instance) ?? [])
  const what = codedOf(event['event'])
  const vaccines = doses.flatMap((dose) => { const vaccine = vaccineOf(dose); return vaccine?.known === true ? [vaccine.code] : [] })
  const own = what.codings.find(({ system }) => system === BAIRN_ADVERSE_EVENT)?.code
  const observations = own === SEVERE_ALLERGIC_REACTION ? reactionsTo(vaccines, edition) : codesAfter(what.codings, vaccines, edition)
  if (observations.length === 0 && (own === undefined || own === SEVERE_ALLERGIC_REACTION)) report('reaction', 'warning', where, { given: { text: what.codings.map(written).join(', ') || what.text || '-' } })
  const on = textOf(event['date']) ?? textOf(event['detected']) ?? textOf(event['recordedDate'])
  return { where, doses, what, observations, ...(on === undefined ? {} : { on }) }
}

/** What Bairn's own form writes (write.ts). */
export const SEVERE_ALLERGIC_REACTION = 'severeAllergicReaction'

/** The observations by which the schedule forbids the next dose of what these vaccines protect against, and of these vaccines. */
function reactionsTo(vaccines: readonly string[], edition: ImmunizationEdition): readonly string[] {
  const antigens = new Set(vaccines.flatMap((code) => edition.vaccines.get(code)?.antigens.map(({ antigen }) => antigen) ?? []))
  return (edition.reactions ?? []).filter((code) => edition.antigens.some(({ name, contraindications, vaccineContraindications }) => antigens.has(name)
    && (contraindications.some(({ observation }) => observation === code) || vaccineContraindications.some((row) => row.observation === code && row.vaccines.some(({ cvx }) => vaccines.includes(cvx))))))
}

const doseOf = (reference: unknown): string | undefined => {
  const text = textOf(objectOf(reference)?.['reference'])
  return text?.includes('Immunization/') === true ? text.split('/').at(-1) : undefined
}

/** `Immunization.reaction`: its detail is an Observation of its own, which counts there. */
function reactionsWithin(immunization: Json, resources: readonly Json[], edition: ImmunizationEdition): readonly Reaction[] {
  const id = textOf(immunization['id'])
  return listOf(immunization['reaction']).map((reaction): Reaction => {
    const detail = textOf(objectOf(reaction['detail'])?.['reference'])?.split('/').at(-1)
    const observation = resources.find((resource) => resource['resourceType'] === 'Observation' && detail !== undefined && resource['id'] === detail)
    const what = codedOf(observation?.['code'])
    const on = textOf(reaction['date'])
    return { where: `Immunization/${id ?? '-'}`, doses: id === undefined ? [] : [id], what, observations: codesFor(what.codings, edition), ...(on === undefined ? {} : { on }) }
  })
}
