/**
 * In what two schedules differ for one child: diseases that only one of them vaccinates against, another number of doses, other ages;
 * and what is still to be given. Both are walked through as this child would have met them (routine.ts), so it is the schedules' own
 * answers that are compared, not their tables.
 */
import type { Day } from '@bairn/quantities'
import type { Message, MessageParam } from '@bairn/reasoning'
import type { CatchUp } from './catchUp.ts'
import { diseaseOf, diseasesOf } from './disease.ts'
import type { ImmunizationEdition } from './edition.ts'
import type { ImmunizationFacts } from './patient.ts'
import { diseaseMessage, listMessage, periodMessage, scheduleMessage, spanMessage } from './phrases.ts'
import { routineOf, type RoutineDose } from './routine.ts'

export interface Difference {
  readonly disease: string
  readonly kind: 'onlyHere' | 'onlyThere' | 'doses' | 'ages'
  /** the new schedule's doses against it up to 19 years, and the old one's */
  readonly here: readonly RoutineDose[]
  readonly there: readonly RoutineDose[]
  readonly text: Message
}
/** One disease that the catch-up still gives doses against. */
export interface StillToGive { readonly disease: string; readonly days: readonly Day[]; readonly text: Message }

export function differencesBetween({ birthDate, sex }: ImmunizationFacts, { from, to }: { readonly from: ImmunizationEdition; readonly to: ImmunizationEdition }): readonly Difference[] {
  const [here, there] = [byDisease(routineOf({ birthDate, sex }, to)), byDisease(routineOf({ birthDate, sex }, from))]
  return [...new Set([...here.keys(), ...there.keys()])].flatMap((disease): Difference[] => {
    const [ours, theirs] = [here.get(disease) ?? [], there.get(disease) ?? []]
    const kind = kindOf(ours, theirs)
    if (kind === undefined) return []
    return [{ disease, kind, here: ours, there: theirs, text: { key: `immunization.transfer.${kind}`, params: {
      disease: diseaseMessage(disease), here: scheduleMessage(to.country), there: scheduleMessage(from.country),
      hereDoses: { number: ours.length }, hereAges: agesMessage(ours, birthDate), thereDoses: { number: theirs.length }, thereAges: agesMessage(theirs, birthDate),
    } } }]
  })
}

export function stillToGive({ visits }: CatchUp): readonly StillToGive[] {
  const days = new Map<string, Day[]>()
  for (const { day, doses } of visits) for (const disease of diseasesOf(doses.flatMap(({ covers }) => covers.flatMap(({ antigens }) => antigens)))) days.set(disease, [...days.get(disease) ?? [], day])
  return [...days].map(([disease, all]) => ({ disease, days: all, text: { key: 'immunization.transfer.toGive', params: {
    disease: diseaseMessage(disease), number: { number: all.length }, days: listMessage(all.map((day) => ({ day }))),
  } } }))
}

function byDisease(routine: readonly RoutineDose[]): ReadonlyMap<string, readonly RoutineDose[]> {
  const found = new Map<string, RoutineDose[]>()
  for (const dose of routine) for (const disease of new Set(dose.antigens.map(diseaseOf))) found.set(disease, [...found.get(disease) ?? [], dose])
  return found
}

function kindOf(here: readonly RoutineDose[], there: readonly RoutineDose[]): Difference['kind'] | undefined {
  if (there.length === 0) return 'onlyHere'
  if (here.length === 0) return 'onlyThere'
  if (here.length !== there.length) return 'doses'
  return here.some(({ day }, index) => Math.abs(day - (there[index]?.day ?? day)) >= DIFFERENT) ? 'ages' : undefined
}
/** days: '2 months' and '8 weeks' are the same visit */
const DIFFERENT = 14

/** Two vaccines of one day stand once. */
const agesMessage = (doses: readonly RoutineDose[], birthDate: Day): MessageParam => listMessage([...new Map(doses.map((dose) => [dose.day, dose])).values()].toSorted((a, b) => a.day - b.day).map(({ age, day, recurring }): MessageParam => {
  const at: Message = age === undefined ? spanMessage(birthDate, day) : age.months === 0 && age.days === 0 ? { key: 'immunization.atBirth' } : periodMessage(age.text)
  return { message: recurring ? { key: 'immunization.andAgain', params: { age: { message: at } } } : at }
}))
