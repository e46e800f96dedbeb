/**
 * Vaccines as the record holds them, whatever schedule is at hand: doses and what was not given, with what stands beside them, and
 * what was seen after a dose. Withdrawn entries are not among them. Pure.
 */
import { parsePartialDay, type Day, type PartialDay } from '@bairn/quantities'
import { keyOf, type Resource } from '../child/record.ts'

export interface RecordedDose {
  /** `Immunization/<id>` */
  readonly id: string
  readonly resource: Resource
  /** as it was written down */
  readonly name: string
  readonly code?: string
  readonly when?: PartialDay
  readonly given: boolean
  readonly lot?: string
  /** v3-ActSite */
  readonly site?: string
  readonly from?: 'card' | 'told'
  /** the day it was written down, where that is known */
  readonly recorded?: Day
}

interface Concept { readonly text?: string; readonly coding?: readonly { readonly code?: string; readonly display?: string }[] }

/** Oldest first; those without a day last. */
export const recordedDoses = (resources: readonly Resource[]): readonly RecordedDose[] =>
  resources.filter((resource) => resource['resourceType'] === 'Immunization' && resource['status'] !== 'entered-in-error').map(doseIn)
    .toSorted((a, b) => (a.when?.earliest ?? Infinity) - (b.when?.earliest ?? Infinity))

/** One entry, withdrawn or not. */
export function doseIn(resource: Resource): RecordedDose {
  const vaccine = resource['vaccineCode'] as Concept | undefined
  const [coding] = vaccine?.coding ?? []
  const when = partial(resource['occurrenceDateTime'])
  const recorded = partial(resource['recorded'])
  const site = (resource['site'] as Concept | undefined)?.coding?.[0]?.code
  const origin = (resource['reportOrigin'] as Concept | undefined)?.coding?.[0]?.code
  return {
    id: keyOf(resource), resource, name: vaccine?.text ?? coding?.display ?? coding?.code ?? '–', given: resource['status'] !== 'not-done',
    ...(coding?.code === undefined ? {} : { code: coding.code }),
    ...(when === undefined ? {} : { when }),
    ...(typeof resource['lotNumber'] === 'string' ? { lot: resource['lotNumber'] } : {}),
    ...(site === undefined ? {} : { site }),
    ...(resource['primarySource'] !== false ? {} : { from: origin === 'recall' ? 'told' as const : 'card' as const }),
    ...(recorded?.precision !== 'day' ? {} : { recorded: recorded.earliest }),
  }
}

/** Written down on this day, or given on it. */
export const isOfToday = ({ when, recorded }: RecordedDose, on: Day): boolean => (recorded ?? (when?.precision === 'day' ? when.earliest : undefined)) === on

export interface RecordedReaction { readonly id: string; readonly resource: Resource; readonly kind: string; readonly note?: string; readonly when?: PartialDay; readonly doses: readonly string[] }

/** What was seen after a dose, oldest first. */
export const recordedReactions = (resources: readonly Resource[]): readonly RecordedReaction[] =>
  resources.filter((resource) => resource['resourceType'] === 'AdverseEvent' && resource['actuality'] !== 'potential').map((resource) => {
    const event = resource['event'] as Concept | undefined
    const when = partial(resource['date'])
    const suspects = (resource['suspectEntity'] ?? []) as readonly { readonly instance?: { readonly reference?: string } }[]
    return {
      id: keyOf(resource), resource, kind: event?.coding?.[0]?.code ?? 'other', doses: suspects.flatMap(({ instance }) => instance?.reference ?? []),
      ...(event?.text === undefined ? {} : { note: event.text }), ...(when === undefined ? {} : { when }),
    }
  }).toSorted((a, b) => (a.when?.earliest ?? 0) - (b.when?.earliest ?? 0))

function partial(text: unknown): PartialDay | undefined {
  const parsed = typeof text === 'string' ? parsePartialDay(text) : undefined
  return parsed?.ok === true ? parsed.value : undefined
}
