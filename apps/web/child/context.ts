/** Who, where and when, for every fact that a page writes: from the session and the clock on the wall. */
import type { FactContext } from '@bairn/fhir'
import { dayOf, type Day } from '@bairn/quantities'
import type { Fact } from '../api/save.ts'
import type { Session } from '../contract.ts'

/** The moment of recording: the day of the plan, and the minute while the wall's calendar agrees with it. */
export interface Moment { readonly day: Day; readonly minute?: number; readonly zone: string; readonly at: string; readonly instant: string }

export function momentNow(day: Day, now = new Date()): Moment {
  const minute = now.getHours() * 60 + now.getMinutes()
  const wall = dayOf({ year: now.getFullYear(), month: now.getMonth() + 1, day: now.getDate() })
  return { day, ...(wall === day ? { minute } : {}), zone: zoneOf(now), at: `${two(now.getHours())}:${two(now.getMinutes())}`, instant: now.toISOString() }
}

/** @param child `Patient/<id>` */
export function factContext(child: string, session: Session, { zone }: Moment): FactContext {
  const { user, place } = session
  return {
    child, zone,
    ...(user === undefined ? {} : { by: `Practitioner/${user.practitioner}` }),
    ...(place === undefined ? {} : { at: { location: `Location/${place.id}`, name: place.name } }),
  }
}

/** The name beside the reference: whoever reads the record later knows who it was without looking further. */
export function signed(fact: Fact, session: Session): Fact {
  const { user } = session
  if (user === undefined) return fact
  const own = `Practitioner/${user.practitioner}`
  const named = <P extends Person>(person: P): P => (person.reference === own ? { ...person, display: user.name } : person)
  const { performer, recorder } = fact as { readonly performer?: unknown; readonly recorder?: Person }
  return {
    ...fact,
    ...(Array.isArray(performer) ? { performer: performer.map((each: Person & { readonly actor?: Person }) => (each.actor === undefined ? named(each) : { ...each, actor: named(each.actor) })) } : {}),
    ...(recorder === undefined ? {} : { recorder: named(recorder) }),
  }
}
interface Person { readonly reference?: string; readonly display?: string }

const two = (count: number): string => String(count).padStart(2, '0')
function zoneOf(now: Date): string {
  const east = -now.getTimezoneOffset()
  return `${east < 0 ? '-' : '+'}${two(Math.floor(Math.abs(east) / 60))}:${two(Math.abs(east) % 60)}`
}
