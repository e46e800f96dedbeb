/**
 * The stories as FHIR transactions, in the order in which they are to be loaded: the places and workers, one Bundle a child, then the
 * corrections (the same Observation again, so that the history holds what was typed first). Ids are fixed: loading twice makes one.
 * Pure: the day of loading comes in.
 */
import {
  birthWeightToFhir, corrected, doseToFhir, encounterToFhir, findingToFhir, locationToFhir, measurementToFhir, notGivenToFhir, patientToFhir, practitionerToFhir, provenanceOf,
  type FactContext, type Resource,
} from '@bairn/fhir'
import type { Finding, Measurement } from '@bairn/plan'
import { addDays, centimetres, days, formatDay, kilograms, millimetres, type Day } from '@bairn/quantities'
import { PLACES, type SamplePlace } from './places.ts'
import { STORIES, type Story, type Vaccination, type Visit } from './stories.ts'

export interface TransactionBundle {
  readonly resourceType: 'Bundle'
  readonly type: 'transaction'
  readonly entry: readonly { readonly resource: Resource; readonly request: { readonly method: 'PUT'; readonly url: string } }[]
}

/** Standing from two years on, as clinics measure. */
const STANDING_FROM_DAYS = 731

/** Everything that the demo database holds on its first day. */
export function sampleBundles(today: Day): readonly TransactionBundle[] {
  const places = Object.values(PLACES).flatMap((place) => [locationToFhir({ id: place.id, name: place.name, country: place.country }), practitionerToFhir({ id: workerOf(place), name: place.worker })])
  const children = STORIES.map((story) => childOf(story, today))
  return [transaction(places), ...children.map(({ first }) => transaction(first)), ...children.filter(({ later }) => later.length > 0).map(({ later }) => transaction(later))]
}

const workerOf = (place: SamplePlace): string => `worker-${place.id}`
const transaction = (resources: readonly Resource[]): TransactionBundle =>
  ({ resourceType: 'Bundle', type: 'transaction', entry: resources.map((resource) => ({ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } })) })

function childOf(story: Story, today: Day): { readonly first: readonly Resource[]; readonly later: readonly Resource[] } {
  const place: SamplePlace = PLACES[story.place]
  const lastAge = story.visits.reduce((age, visit) => Math.max(age, visit.age), 0)
  const born = addDays(today, -lastAge - story.seen)
  const context: FactContext = { child: `Patient/${story.id}`, by: `Practitioner/${workerOf(place)}`, at: { location: `Location/${place.id}`, name: place.name }, zone: place.zone }
  const { sex, village, phone, birthOrder, gestation } = story
  const registered = patientToFhir({
    id: story.id, name: { text: story.name }, sex, village, phone, country: place.country, language: place.language, cardNumber: story.card,
    birth: story.birthDate === 'unknown' ? { kind: 'unknown' } : { kind: 'exact', day: born },
    mother: { id: `${story.id}-mother`, name: story.mother },
    ...(birthOrder === undefined ? {} : { multipleBirth: { order: birthOrder } }),
    ...(gestation === undefined ? {} : { gestation: { id: `${story.id}-gestation`, value: days(gestation), day: born } }),
  }, context)
  const birthWeight = story.birthGrams === undefined ? [] : [birthWeightToFhir({ id: `${story.id}-birth-weight`, grams: story.birthGrams, born }, context)]
  const visits = story.visits.map((visit, index) => visitOf(story, visit, { number: index + 1, day: addDays(born, visit.age), context }))
  const vaccines = (story.vaccines ?? []).flatMap((vaccination) => vaccinesOf(story, vaccination, { day: addDays(born, vaccination.age), context }))
  return { first: [...registered, ...birthWeight, ...visits.flatMap(({ first }) => first), ...vaccines], later: visits.flatMap(({ later }) => later) }
}

interface Seen { readonly number: number; readonly day: Day; readonly context: FactContext }

function visitOf(story: Story, visit: Visit, { number, day, context }: Seen): { readonly first: readonly Resource[]; readonly later: readonly Resource[] } {
  const encounter = `${story.id}-visit-${number}`
  const here: FactContext = { ...context, at: { ...context.at, encounter: `Encounter/${encounter}` } }
  // Each visit at its own time of the morning: 08:10 to 11:40.
  const minute = 490 + ((number * 37 + visit.age) % 211)
  const fact = (name: string) => ({ id: `${encounter}-${name}`, day, minute })
  const position = visit.age < STANDING_FROM_DAYS ? 'lying' : 'standing'
  const measurements: Measurement[] = [
    ...(visit.kg === undefined ? [] : [{ ...fact('weight'), kind: 'weight', value: kilograms(visit.kgFirstTyped ?? visit.kg) } as const]),
    ...(visit.cm === undefined ? [] : [{ ...fact('length'), kind: 'length', value: centimetres(visit.cm), position } as const]),
    ...(visit.head === undefined ? [] : [{ ...fact('head'), kind: 'headCircumference', value: centimetres(visit.head) } as const]),
    ...(visit.arm === undefined ? [] : [{ ...fact('arm'), kind: 'muac', value: millimetres(visit.arm) } as const]),
  ]
  const resources = [encounterToFhir({ id: encounter, day }, context), ...measurements.map((each) => measurementToFhir(each, here)), ...findingsOf(visit, fact).map((each) => findingToFhir(each, here))]
  const weight = resources.find(({ id }) => id === `${encounter}-weight`)
  if (visit.kgFirstTyped === undefined || visit.kg === undefined || weight === undefined || context.by === undefined) return { first: resources, later: [] }
  const now = corrected(weight, measurementToFhir({ ...fact('weight'), kind: 'weight', value: kilograms(visit.kg) }, here))
  const recorded = `${formatDay(day)}T12:05:00.000${context.zone ?? 'Z'}`
  const provenance = provenanceOf({ id: `${encounter}-correction`, of: `Observation/${weight.id}`, version: '1', kind: 'corrected', recorded, by: context.by })
  return { first: resources, later: [now, provenance] }
}

const ATC = 'http://www.whocc.no/atc'

/** Given here, or read from the card of another country, as the card has it: nobody here gave it, and no place of ours stands on it. */
function vaccinesOf(story: Story, { age, given, abroad, notGiven }: Vaccination, { day, context }: Omit<Seen, 'number'>): readonly Resource[] {
  const id = (code: string): string => `${story.id}-vaccine-${age}-${code.toLowerCase()}`
  const vaccineOf = (code: string) => ({ code, name: code, ...(/^\d+$/.test(code) ? {} : { system: ATC }) })
  const doses = given.map((code) => abroad === undefined
    ? doseToFhir({ id: id(code), day, vaccine: vaccineOf(code) }, context)
    : doseToFhir({ id: id(code), day, vaccine: vaccineOf(code), from: 'card', country: abroad }, { child: context.child }))
  return notGiven === undefined ? doses : [...doses, notGivenToFhir({ id: id(`${notGiven.vaccine}-not`), day, vaccine: vaccineOf(notGiven.vaccine), reason: notGiven.reason }, context)]
}

function findingsOf(visit: Visit, fact: (name: string) => { readonly id: string; readonly day: Day; readonly minute: number }): readonly Finding[] {
  const { feet, danger, appetite, breastfeedingDifficulty } = visit
  const grade = feet === '+' ? 1 : feet === '++' ? 2 : 3
  return [
    ...(feet === undefined ? [] : [feet === 'no' ? { ...fact('feet'), kind: 'oedema', answer: 'no' } as const : { ...fact('feet'), kind: 'oedema', answer: 'yes', grade } as const]),
    ...(danger === undefined ? [] : [{ ...fact('danger'), kind: 'complication', answer: danger } as const]),
    ...(appetite === undefined ? [] : [{ ...fact('appetite'), kind: 'appetite', answer: appetite } as const]),
    ...(breastfeedingDifficulty === undefined ? [] : [{ ...fact('breastfeeding'), kind: 'breastfeedingDifficulty', answer: breastfeedingDifficulty } as const]),
  ]
}
