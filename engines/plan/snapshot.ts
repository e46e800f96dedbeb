/**
 * The record as it stood on a day: facts after it are left out (and counted), the rest sorted so that the order in which they came
 * carries no meaning. Of several measurements of one kind on one day the last counts; whether another agrees with it is kept.
 */
import type { Day } from '@bairn/quantities'
import type { FactRef } from '@bairn/reasoning'
import type { ChildFacts, Finding, Measurement, MeasurementKind, NotGiven, Response, VaccineHistory } from './child.ts'
import type { Clock } from './clock.ts'
import type { PlanEdition } from './edition.ts'

/** The measurement of a kind that counts on a day. */
export interface DayMeasure<K extends MeasurementKind = MeasurementKind> {
  readonly fact: Extract<Measurement, { readonly kind: K }>
  /** alone; or another of the same day agrees, or none does */
  readonly repeat: 'none' | 'agrees' | 'differs'
}

export interface Snapshot {
  readonly facts: ChildFacts
  /** days with a measurement of the kind, oldest first */
  readonly days: (kind: MeasurementKind) => readonly Day[]
  readonly measureOn: <K extends MeasurementKind>(kind: K, day: Day) => DayMeasure<K> | undefined
  /** answered findings of the kind, oldest first; 'notAsked' is none */
  readonly findings: <K extends Finding['kind']>(kind: K) => readonly Extract<Finding, { readonly kind: K }>[]
  readonly responses: readonly Response[]
  /** doses and observations up to the day; undefined: no schedule is at hand */
  readonly vaccines: VaccineHistory | undefined
  readonly notGiven: readonly NotGiven[]
  /** facts dated after the day of the plan */
  readonly later: number
}

interface Ordered { readonly id: string; readonly day: Day; readonly minute?: number }
/** By day and time; of facts that no time tells apart the more worrying one comes last, and so counts. */
const inOrder = <F extends Ordered>(worry: (fact: F) => number) => (a: F, b: F): number =>
  a.day - b.day || (a.minute ?? -1) - (b.minute ?? -1) || worry(a) - worry(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
const WORRY: Readonly<Record<string, number>> = { no: 0, pass: 0, notAsked: 0, cannotTell: 1, notAvailable: 1, yes: 2, fail: 2 }

export function snapshotOf(facts: ChildFacts, clock: Clock, edition: PlanEdition): Snapshot {
  let later = 0
  const until = <F extends Ordered>(list: readonly F[], worry: (fact: F) => number): F[] => {
    const kept = list.filter(({ day }) => clock.reached(day))
    later += list.length - kept.length
    return kept.sort(inOrder(worry))
  }
  // An estimated weight (a tape, a guess) is kept in the record and never scored.
  const measurements = until(facts.measurements, ({ kind, value }) => (kind === 'weight' || kind === 'muac' ? -value : 0)).filter((fact) => !(fact.kind === 'weight' && fact.estimated === true))
  const byKind = new Map<MeasurementKind, Map<Day, Measurement[]>>()
  for (const fact of measurements) {
    let ofKind = byKind.get(fact.kind)
    if (ofKind === undefined) byKind.set(fact.kind, ofKind = new Map())
    const ofDay = ofKind.get(fact.day)
    if (ofDay === undefined) ofKind.set(fact.day, [fact])
    else ofDay.push(fact)
  }
  const findings = until(facts.findings, ({ answer }) => WORRY[answer] ?? 0).filter(({ answer }) => answer !== 'notAsked')
  const vaccines = facts.vaccines === undefined ? undefined : {
    ...facts.vaccines, doses: until(facts.vaccines.doses.map((dose) => ({ ...dose, day: dose.date })), () => 0),
    uncertain: until((facts.vaccines.uncertain ?? []).map((dose) => ({ ...dose, day: dose.earliest })), () => 0),
  }
  return {
    facts, vaccines,
    notGiven: until(facts.vaccines?.notGiven ?? [], () => 0),
    days: (kind) => [...(byKind.get(kind)?.keys() ?? [])],
    measureOn: <K extends MeasurementKind>(kind: K, day: Day) => {
      const ofDay = byKind.get(kind)?.get(day)
      return ofDay === undefined ? undefined : dayMeasure(ofDay as Extract<Measurement, { readonly kind: K }>[], edition)
    },
    findings: <K extends Finding['kind']>(kind: K) => findings.filter((finding) => finding.kind === kind) as Extract<Finding, { readonly kind: K }>[],
    responses: until(facts.responses, () => 0),
    later,
  }
}

function dayMeasure<K extends MeasurementKind>(ofDay: readonly Extract<Measurement, { readonly kind: K }>[], edition: PlanEdition): DayMeasure<K> {
  const fact = ofDay.at(-1) as Extract<Measurement, { readonly kind: K }>
  if (ofDay.length === 1) return { fact, repeat: 'none' }
  const allowed = agreement(fact.kind, edition)
  return { fact, repeat: ofDay.slice(0, -1).some(({ value }) => Math.abs(value - fact.value) <= allowed + 1e-9) ? 'agrees' : 'differs' }
}

function agreement(kind: MeasurementKind, { agreement }: PlanEdition): number {
  if (kind === 'weight') return agreement.weightKg
  if (kind === 'length') return agreement.lengthCm
  if (kind === 'headCircumference') return agreement.headCircumferenceCm
  return kind === 'muac' ? agreement.muacMm : agreement.skinfoldMm
}

/** A measurement as a reason names it. */
export function measurementRef(fact: Measurement): FactRef {
  const value = fact.kind === 'weight' ? { kg: fact.value } : fact.kind === 'length' || fact.kind === 'headCircumference' ? { cm: fact.value } : { mm: fact.value }
  return { id: fact.id, kind: fact.kind, day: fact.day, value }
}

/** An answer as a reason names it. */
export const findingRef = (fact: Finding): FactRef =>
  ({ id: fact.id, kind: fact.kind === 'breastfeedingDifficulty' ? 'breastfeeding' : fact.kind, day: fact.day, value: { code: fact.answer } })

/** What is known of the child itself, as reasons name it. */
export function childRefs(facts: ChildFacts): readonly FactRef[] {
  const refs: FactRef[] = []
  if (facts.birth.kind !== 'unknown') refs.push({ id: facts.id, kind: 'birthDate', value: { day: facts.birth.day } })
  if (facts.sex !== undefined) refs.push({ id: facts.id, kind: 'sex', value: { sex: facts.sex } })
  if (facts.gestation !== undefined) refs.push({ id: facts.gestation.id, kind: 'gestation', value: { span: facts.gestation.value } })
  return refs
}
