/**
 * Vaccines to FHIR R4: a dose that was given, one that was offered and not given, and what happened after one.
 * Source: HL7 FHIR R4, immunization.html and adverseevent.html; statusReason by v3-ActReason where it has a code.
 * Ids are the caller's, so that sending twice makes one. Pure and browser-safe.
 */
import type { NotGiven } from '@bairn/plan'
import { formatDay, type Day } from '@bairn/quantities'
import { BAIRN_ADVERSE_EVENT, BAIRN_NOT_GIVEN, EXTENSION } from '../codes.ts'
import { dateTimeOf, placeOf, plainId, type FactContext, type Resource } from '../facts.ts'
import { systemOfVaccine } from './codes.ts'
import { SEVERE_ALLERGIC_REACTION } from './observed.ts'

/** One vaccine as the schedule codes it: CVX, or NUVA where there is no CVX; with `system` as another one does, copied from a card; without a code by its name alone. */
export interface VaccineCode { readonly code?: string; readonly name: string; readonly system?: string }

export interface GivenDose {
  readonly id: string
  readonly day: Day
  readonly minute?: number
  /** '2026-01' or '2026', where the card does not name the day: written in place of `day` */
  readonly about?: string
  /** the day on which it was written down */
  readonly recorded?: Day
  readonly vaccine: VaccineCode
  readonly lot?: string
  /** last day on which the lot may be used */
  readonly expiry?: Day
  /** v3-ActSite: LA, RA, LT, RT */
  readonly site?: string
  /** copied from a card or told by the family, and not given here */
  readonly from?: 'card' | 'told'
  /** ISO 3166, where it was given when that was not here */
  readonly country?: string
  readonly note?: string
}

type Fields = Readonly<Record<string, unknown>>

export function doseToFhir(dose: GivenDose, context: FactContext): Resource {
  return {
    ...immunization(dose, dose.vaccine, context), status: 'completed',
    ...(dose.about === undefined ? {} : { occurrenceDateTime: dose.about }),
    ...(dose.recorded === undefined ? {} : { recorded: formatDay(dose.recorded) }),
    primarySource: dose.from === undefined,
    ...(dose.from === undefined ? {} : { reportOrigin: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/immunization-origin', code: dose.from === 'card' ? 'record' : 'recall' }] } }),
    ...(dose.country === undefined ? {} : { extension: [{ url: EXTENSION.givenIn, valueCode: dose.country }] }),
    ...(dose.lot === undefined ? {} : { lotNumber: dose.lot }),
    ...(dose.expiry === undefined ? {} : { expirationDate: formatDay(dose.expiry) }),
    ...(dose.site === undefined ? {} : { site: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActSite', code: dose.site }] } }),
    ...(dose.note === undefined ? {} : { note: [{ text: dose.note }] }),
  }
}

/** v3-ActReason has no code for "another day". */
const NOT_GIVEN: Readonly<Record<NotGiven['reason'], Fields>> = {
  outOfStock: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'OSTOCK', display: 'product out of stock' },
  declined: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'PATOBJ', display: 'patient objection' },
  deferred: { system: BAIRN_NOT_GIVEN, code: 'deferred', display: 'put off to another day' },
}

/** Offered and not given, with why: nothing of it counts as a dose, and nothing of it is lost. */
export function notGivenToFhir({ vaccine, reason, note, ...fact }: Omit<NotGiven, 'vaccine'> & { readonly vaccine: VaccineCode }, context: FactContext): Resource {
  return {
    ...immunization(fact, vaccine, context), status: 'not-done', statusReason: { coding: [NOT_GIVEN[reason]] },
    ...(note === undefined ? {} : { note: [{ text: note }] }),
  }
}

function immunization(fact: { readonly id: string; readonly day: Day; readonly minute?: number }, { code, name, system }: VaccineCode, context: FactContext): Resource {
  const { by, at } = context
  const place = placeOf(at)
  return {
    resourceType: 'Immunization', id: plainId(fact.id),
    vaccineCode: code === undefined ? { text: name } : { coding: [{ system: system ?? systemOfVaccine(code), code, ...(name === code ? {} : { display: name }) }], ...(name === code ? {} : { text: name }) },
    patient: { reference: context.child },
    ...(at?.encounter === undefined ? {} : { encounter: { reference: at.encounter } }),
    occurrenceDateTime: dateTimeOf(fact, context.zone),
    ...(place === undefined ? {} : { location: place }),
    ...(by === undefined ? {} : { performer: [{ actor: { reference: by } }] }),
  }
}

/** What was seen after a vaccine. The first, as severe, forbids the next dose of what was given. */
export const ADVERSE_EVENTS = [SEVERE_ALLERGIC_REACTION, 'seizure', 'highFever', 'collapse', 'severeSwelling', 'abscess', 'other'] as const
export type AdverseEventKind = (typeof ADVERSE_EVENTS)[number]

export interface AdverseEvent {
  readonly id: string
  readonly day: Day
  readonly minute?: number
  readonly kind: AdverseEventKind
  /** hospital, danger to life, lasting harm or death: WHO's word "serious" */
  readonly serious: boolean
  readonly outcome: 'recovered' | 'recovering' | 'notRecovered' | 'fatal' | 'unknown'
  /** `Immunization/<id>` of the doses that may have caused it */
  readonly doses: readonly string[]
  readonly note?: string
}

const OUTCOME: Readonly<Record<AdverseEvent['outcome'], string>> = { recovered: 'resolved', recovering: 'recovering', notRecovered: 'ongoing', fatal: 'fatal', unknown: 'unknown' }

/** An adverse event following immunization, ready to be sent on as it stands. */
export function adverseEventToFhir(event: AdverseEvent, context: FactContext): Resource {
  const { by, at } = context
  return {
    resourceType: 'AdverseEvent', id: plainId(event.id), actuality: 'actual',
    category: [{ text: 'Adverse event following immunization' }],
    event: { coding: [{ system: BAIRN_ADVERSE_EVENT, code: event.kind }], ...(event.note === undefined ? {} : { text: event.note }) },
    subject: { reference: context.child },
    date: dateTimeOf(event, context.zone),
    ...(at?.location === undefined ? {} : { location: { reference: at.location, ...(at.name === undefined ? {} : { display: at.name }) } }),
    seriousness: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/adverse-event-seriousness', code: event.serious ? 'Serious' : 'Non-serious' }] },
    outcome: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/adverse-event-outcome', code: OUTCOME[event.outcome] }] },
    ...(by === undefined ? {} : { recorder: { reference: by } }),
    suspectEntity: event.doses.map((reference) => ({ instance: { reference } })),
  }
}
