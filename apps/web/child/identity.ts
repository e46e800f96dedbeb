/** Who the child is and how old, as the header shows it. Pure. */
import { identityFromFhir, type ChildIdentity } from '@bairn/fhir'
import { parsePartialDay, type Day, type Days } from '@bairn/quantities'
import type { ChildFacts, Plan } from '@bairn/plan'
import type { VisitAge } from '../growth/history.ts'
import { findResource, whereRecorded, type Resource } from './record.ts'

export interface Who extends ChildIdentity {
  /** the day the age counts from; of a month or a year its middle, as the record reads it */
  readonly birth?: { readonly day: Day; readonly about: boolean; readonly precision: 'day' | 'month' | 'year' }
  readonly corrected?: { readonly age: Days; readonly sinceBirth: Days }
  readonly weight?: { readonly kg: number; readonly day: Day }
  readonly deathDay?: Day
  /** where the child was last seen */
  readonly place?: string
}

/** undefined: there is no Patient */
export function whoOf({ resources, plan, facts, age }: { readonly resources: readonly Resource[]; readonly plan: Plan; readonly facts: ChildFacts | undefined; readonly age: VisitAge | undefined }): Who | undefined {
  const identity = identityFromFhir(resources)
  if (identity === undefined) return undefined
  // Until the engines are here, the scores of today's visit tell both ages.
  const scored = plan.scores.find((score) => score.age.corrected !== undefined && score.day === plan.on)?.age
  const corrected = age?.corrected === true ? { age: Math.max(0, age.scored) as Days, sinceBirth: age.sinceBirth } : scored?.corrected === undefined ? undefined : { age: scored.corrected, sinceBirth: scored.sinceBirth }
  const weight = facts?.measurements.filter((fact) => fact.kind === 'weight').toSorted((a, b) => a.day - b.day || (a.minute ?? 0) - (b.minute ?? 0)).at(-1)
  const birth = birthOf(identity, facts)
  const last = facts === undefined ? undefined : [...facts.measurements, ...facts.findings].toSorted((a, b) => a.day - b.day || (a.minute ?? 0) - (b.minute ?? 0)).at(-1)
  const place = last === undefined ? undefined : whereRecorded(findResource(resources, last.id))
  return {
    ...identity,
    ...(birth === undefined ? {} : { birth }),
    ...(corrected === undefined ? {} : { corrected }),
    ...(weight === undefined ? {} : { weight: { kg: weight.value, day: weight.day } }),
    ...(place === undefined ? {} : { place }),
    ...(facts?.death?.day === undefined ? {} : { deathDay: facts.death.day }),
  }
}

function birthOf({ birthDate, birthEstimated }: ChildIdentity, facts: ChildFacts | undefined): Who['birth'] {
  const parsed = birthDate === undefined ? undefined : parsePartialDay(birthDate)
  if (parsed === undefined || !parsed.ok || facts?.birth.kind === 'unknown') return undefined
  const { earliest, latest, precision } = parsed.value
  const day = facts === undefined ? (Math.floor((earliest + latest) / 2) as Day) : facts.birth.day
  return { day, about: birthEstimated || precision !== 'day', precision }
}
