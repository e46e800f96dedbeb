/**
 * Facts to FHIR R4, as `codes.ts` says: measurements, findings, responses; who did it and where; corrections and withdrawals.
 * Ids are the caller's (`Observation/<id>` in the fact), so that sending twice makes one. Pure and browser-safe.
 */
import { formatDay, type Day, type Days } from '@bairn/quantities'
import type { Finding, Measurement, Response } from '@bairn/plan'
import {
  BAIRN_ANSWER, BAIRN_NEED, BAIRN_RESPONSE, CODE, DATA_ABSENT, DATA_OPERATION, EXTENSION, OBSERVATION_CATEGORY, PARTICIPATION, SNOMED, UCUM, mappingOf,
  type Mapping, type WrittenCoding,
} from './codes.ts'
import { RESPONSE_STATUS } from './responses.ts'

/** A resource as Bairn writes it. */
export interface Resource { readonly resourceType: string; readonly id: string; readonly [element: string]: unknown }

/** Of whom, by whom and where a fact is. */
export interface FactContext {
  /** `Patient/<id>` */
  readonly child: string
  /** `Practitioner/<id>` */
  readonly by?: string
  readonly at?: { readonly location?: string; readonly name?: string; readonly encounter?: string }
  /** the clinic's offset as '+03:00': with it a fact's minute is written too */
  readonly zone?: string
}

type Fields = Readonly<Record<string, unknown>>

/** Weight as kg, lengths as cm, arm and skinfolds as mm, with the code that says how it was measured. */
export function measurementToFhir(measurement: Measurement, context: FactContext): Resource {
  const mapping = mappingOf(measurement.kind)
  const unit = mapping.quantity?.unit ?? ''
  return observation(measurement, mapping, codingsFor(measurement, mapping), context, {
    valueQuantity: { value: measurement.value, unit, system: UCUM, code: unit },
  })
}

function codingsFor(measurement: Measurement, mapping: Mapping): readonly WrittenCoding[] {
  if (measurement.kind === 'weight') return [CODE.weight, measurement.estimated === true ? CODE.weightEstimated : CODE.weightMeasured]
  if (measurement.kind !== 'length' || measurement.position === 'notSaid') return mapping.write
  return [CODE.height, measurement.position === 'lying' ? CODE.lying : CODE.standing]
}

export function findingToFhir(finding: Finding, context: FactContext): Resource {
  const mapping = mappingOf(finding.kind)
  return observation(finding, mapping, mapping.write, context, answerOf(finding))
}

/** Birth weight stands on the day of birth, in grams as it is spoken; it is a weight as well. */
export function birthWeightToFhir({ id, grams, born }: { readonly id: string; readonly grams: number; readonly born: Day }, context: FactContext): Resource {
  return observation({ id, day: born }, mappingOf('weight'), [CODE.birthWeight, CODE.weight], context, { valueQuantity: { value: grams, unit: 'g', system: UCUM, code: 'g' } })
}

export function gestationToFhir({ id, value, day }: { readonly id: string; readonly value: Days; readonly day: Day }, context: FactContext): Resource {
  const mapping = mappingOf('gestation')
  return observation({ id, day }, mapping, mapping.write, context, { valueQuantity: { value, unit: 'd', system: UCUM, code: 'd' } })
}

function observation(fact: { readonly id: string; readonly day: Day; readonly minute?: number }, mapping: Mapping, coding: readonly WrittenCoding[], context: FactContext, value: Fields): Resource {
  const { by, at } = context
  const place = placeOf(at)
  return {
    resourceType: 'Observation', id: plainId(fact.id),
    ...(place === undefined ? {} : { extension: [{ url: EXTENSION.eventLocation, valueReference: place }] }),
    status: 'final',
    category: [{ coding: [{ system: OBSERVATION_CATEGORY, code: mapping.category }] }],
    code: { coding },
    subject: { reference: context.child },
    ...(at?.encounter === undefined ? {} : { encounter: { reference: at.encounter } }),
    effectiveDateTime: dateTimeOf(fact, context.zone),
    ...(by === undefined ? {} : { performer: [{ reference: by }] }),
    ...value,
  }
}

export const placeOf = (at: FactContext['at']): Fields | undefined =>
  at?.location === undefined && at?.name === undefined ? undefined
    : { ...(at.location === undefined ? {} : { reference: at.location }), ...(at.name === undefined ? {} : { display: at.name }) }

const concept = (system: string, code: string, display: string): Fields => ({ valueCodeableConcept: { coding: [{ system, code, display }] } })
const absent = (code: string): Fields => ({ dataAbsentReason: { coding: [{ system: DATA_ABSENT, code }] } })

function answerOf(finding: Finding): Fields {
  if (finding.answer === 'notAsked') return absent('not-asked')
  if (finding.answer === 'cannotTell') return absent('asked-unknown')
  if (finding.kind === 'appetite') {
    if (finding.answer === 'notAvailable') return { ...absent('not-performed'), note: [{ text: 'no ready-to-use therapeutic food at hand' }] }
    return finding.answer === 'pass' ? concept(SNOMED, '161825005', 'Normal appetite') : concept(SNOMED, '64379006', 'Decrease in appetite')
  }
  if (finding.kind !== 'oedema') return concept(BAIRN_ANSWER, finding.answer, finding.answer === 'yes' ? 'Yes' : 'No')
  if (finding.answer === 'no') return concept(BAIRN_ANSWER, 'none', 'None')
  return finding.grade === undefined ? concept(BAIRN_ANSWER, 'present', 'Present, grade not known') : concept(BAIRN_ANSWER, '+'.repeat(finding.grade), `Grade ${'+'.repeat(finding.grade)}`)
}

/** A Task: completed, rejected (the family declined) or failed (not today), with its reason in words and the day it comes back. */
export function responseToFhir(response: Response, context: FactContext): Resource {
  const { by, at } = context
  const place = placeOf(at)
  const reason = response.kind === 'done' ? undefined : { coding: [{ system: BAIRN_RESPONSE, code: response.kind }], ...(response.note === undefined ? {} : { text: response.note }) }
  return {
    resourceType: 'Task', id: plainId(response.id),
    ...(response.until === undefined ? {} : { extension: [{ url: EXTENSION.hiddenUntil, valueDate: formatDay(response.until) }] }),
    status: RESPONSE_STATUS[response.kind],
    ...(reason === undefined ? {} : { statusReason: reason }),
    intent: 'plan',
    code: { coding: [{ system: BAIRN_NEED, code: response.item }] },
    for: { reference: context.child },
    ...(at?.encounter === undefined ? {} : { encounter: { reference: at.encounter } }),
    authoredOn: dateTimeOf(response, context.zone),
    ...(by === undefined ? {} : { requester: { reference: by }, owner: { reference: by } }),
    ...(place === undefined ? {} : { location: place }),
    ...(response.note === undefined ? {} : { note: [{ text: response.note }] }),
  }
}

const VALUE_OF_FACT = /^(value[A-Z]\w*|dataAbsentReason|note|effective[A-Z]\w*)$/

/** The same Observation with another content: its id stays, `corrected` says so, the old version stays in the history. */
export function corrected(earlier: Resource, now: Resource): Resource {
  const kept = Object.fromEntries(Object.entries(earlier).filter(([name]) => !VALUE_OF_FACT.test(name)))
  return { ...kept, ...now, id: earlier.id, resourceType: earlier.resourceType, status: 'corrected' }
}

/** Withdrawn: the values stay, nothing reads them any more. For Observations, Tasks and Immunizations. */
export const enteredInError = (earlier: Resource): Resource => ({ ...earlier, status: 'entered-in-error' })

/** Who corrected or withdrew what, when and why. `version`: the one that was on screen. */
export function provenanceOf(change: {
  readonly id: string; readonly of: string; readonly version?: string; readonly kind: 'corrected' | 'withdrawn'
  /** an instant with its zone, as the machine's clock says it */
  readonly recorded: string; readonly by: string; readonly why?: string
}): Resource {
  const activity = change.kind === 'corrected' ? { code: 'UPDATE', display: 'revise' } : { code: 'NULLIFY', display: 'nullify' }
  return {
    resourceType: 'Provenance', id: plainId(change.id),
    target: [{ reference: change.of }],
    recorded: change.recorded,
    ...(change.why === undefined ? {} : { reason: [{ text: change.why }] }),
    activity: { coding: [{ system: DATA_OPERATION, ...activity }] },
    agent: [{ type: { coding: [{ system: PARTICIPATION, code: 'enterer' }] }, who: { reference: change.by } }],
    ...(change.version === undefined ? {} : { entity: [{ role: 'revision', what: { reference: `${change.of}/_history/${change.version}` } }] }),
  }
}

/** One visit: ambulatory, on a day, at a place. */
export function encounterToFhir(visit: { readonly id: string; readonly day: Day }, context: FactContext): Resource {
  const place = placeOf(context.at)
  return {
    resourceType: 'Encounter', id: plainId(visit.id), status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
    subject: { reference: context.child },
    ...(context.by === undefined ? {} : { participant: [{ individual: { reference: context.by } }] }),
    period: { start: formatDay(visit.day), end: formatDay(visit.day) },
    ...(place === undefined ? {} : { location: [{ location: place }] }),
  }
}

/** A worker whose identity nobody has checked yet, and says so. */
export const practitionerToFhir = ({ id, name }: { readonly id: string; readonly name: string }): Resource =>
  ({ resourceType: 'Practitioner', id: plainId(id), extension: [{ url: EXTENSION.unverified, valueBoolean: true }], name: [{ text: name }] })

export const locationToFhir = ({ id, name, country }: { readonly id: string; readonly name: string; readonly country: string }): Resource =>
  ({ resourceType: 'Location', id: plainId(id), status: 'active', name, mode: 'instance', address: { country } })

/** `Observation/abc` and `abc` are both `abc`. */
export const plainId = (id: string): string => id.slice(id.lastIndexOf('/') + 1)

/** `2026-03-01`, or with minute and zone `2026-03-01T00:30:00+03:00`: never a time without its zone. */
export function dateTimeOf({ day, minute }: { readonly day: Day; readonly minute?: number }, zone: string | undefined): string {
  if (minute === undefined || zone === undefined) return formatDay(day)
  const two = (count: number): string => String(count).padStart(2, '0')
  return `${formatDay(day)}T${two(Math.floor(minute / 60))}:${two(minute % 60)}:00${zone}`
}
