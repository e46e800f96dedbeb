/**
 * Who uses this computer and where it stands: asked once on the first page, kept in the database by the computer's own id, and
 * written as Practitioner (marked unverified) and Location, so that every fact can say who and where.
 */
import { locationToFhir, practitionerToFhir } from '@bairn/fhir'
import type { Setting } from '@bairn/plan'
import { known } from '@bairn/reasoning'
import type { Principal, Store } from '@bairn/store'
import type { PlaceRequest, SetupRequest } from '@bairn/web'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { refuse } from '../outcome.ts'
import { problem, Refused } from '../problems.ts'
import { writeSecret } from '../seams/token.ts'
import { ownTimeZone } from './clock.ts'

export interface Here {
  readonly user?: { readonly practitioner: string; readonly name: string }
  readonly place?: { readonly id: string; readonly name: string; readonly country: string }
  /** what holds of the place, by the codes of its vaccine schedule; of another country's it says nothing */
  readonly switches?: Readonly<Record<string, boolean>>
  readonly timeZone: string
}

/** Who stands on versions that are written before anybody gave a name. */
const NOBODY = 'unnamed'

/** Made once for each BAIRN_HOME: it stands on every version that is written from it. */
export function deviceOf(home: string): string {
  const file = path.join(home, 'device')
  try {
    const id = readFileSync(file, 'utf8').trim()
    if (id !== '') return id
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const id = randomUUID()
  writeSecret(file, `${id}\n`)
  return id
}

export const principalOf = (here: Here, device: string): Principal => ({ practitioner: here.user?.practitioner ?? NOBODY, device })

const keyOf = (device: string): string => `here.${device}`

export async function readHere(store: Store, device: string): Promise<Here> {
  const kept = await store.setting({ practitioner: NOBODY, device }, keyOf(device))
  return typeof kept === 'object' && kept !== null ? kept as Here : { timeZone: ownTimeZone() }
}

/** The answers of the first-use page. @throws Refused 422 naming what is missing */
export function parseSetup(body: unknown): SetupRequest {
  const given = typeof body === 'object' && body !== null ? body as Readonly<Record<string, unknown>> : {}
  const text = (name: string): string => (typeof given[name] === 'string' ? given[name].trim() : '')
  const issues = [
    ...(text('name') === '' ? [problem('problem.app.name', {}, 'name')] : []),
    ...(text('place') === '' ? [problem('problem.app.place', {}, 'place')] : []),
    ...(/^[A-Z]{2}$/.test(text('country')) ? [] : [problem('problem.app.country', { given: { text: text('country') } }, 'country')]),
  ]
  if (issues.length > 0) throw new Refused(issues, 422)
  return { name: text('name'), place: text('place'), country: text('country'), start: given['start'] === 'demo' ? 'demo' : 'own' }
}

/** Keeps the answers. The ids stay when they are given again: the same person in the same place, better known. */
export async function writeHere(store: Store, { before, answers, device }: { readonly before: Here; readonly answers: SetupRequest; readonly device: string }): Promise<Here> {
  const user = { practitioner: before.user?.practitioner ?? randomUUID(), name: answers.name }
  const place = { id: before.place?.id ?? randomUUID(), name: answers.place, country: answers.country }
  // Another country has other vaccines: what was said of the one before is asked again.
  const kept = before.place?.country === place.country ? before.switches : undefined
  const here: Here = { user, place, timeZone: ownTimeZone(), ...(kept === undefined ? {} : { switches: kept }) }
  await writePeople(store, here, device)
  await store.putSetting(principalOf(here, device), keyOf(device), here)
  return here
}

/** @throws Refused 422 for what is no answer, or of no code that a schedule marks as a place's */
export function parsePlace(body: unknown, codes: readonly string[]): PlaceRequest['switches'] {
  const given = typeof body === 'object' && body !== null ? (body as { readonly switches?: unknown }).switches : undefined
  const answers = typeof given === 'object' && given !== null ? Object.entries(given) : []
  if (answers.length === 0) throw new Refused([problem('problem.app.body', {}, 'switches')], 422)
  const wrong = answers.filter(([code, value]) => !codes.includes(code) || !(typeof value === 'boolean' || value === null))
  if (wrong.length > 0) throw new Refused(wrong.map(([code]) => problem('problem.app.switch', { given: { text: code }, known: { text: codes.join(', ') || '–' } }, `switches.${code}`)), 422)
  return Object.fromEntries(answers) as PlaceRequest['switches']
}

export async function writeSwitches(store: Store, { before, answers, device }: { readonly before: Here; readonly answers: PlaceRequest['switches']; readonly device: string }): Promise<Here> {
  const kept = Object.entries({ ...before.switches, ...answers }).filter((entry): entry is [string, boolean] => entry[1] !== null)
  const here: Here = { ...before, switches: Object.fromEntries(kept) }
  await store.putSetting(principalOf(here, device), keyOf(device), here)
  return here
}

/** Practitioner and Location of this computer, also in the demo database, where facts refer to them too. */
export async function writePeople(store: Store, here: Here, device: string): Promise<void> {
  const { user, place } = here
  if (user === undefined || place === undefined) return
  const who = principalOf(here, device)
  for (const resource of [practitionerToFhir({ id: user.practitioner, name: user.name }), locationToFhir(place)]) {
    const result = await store.put(who, resource.id, resource)
    if (!result.ok) refuse(result.problem)
  }
}

/** What holds at this place. Nothing is assumed that nobody has said. */
export const settingOf = ({ place, switches = {} }: Here): Setting => ({
  place: place?.id ?? '', country: place?.country ?? '', profile: 'primaryCare',
  switches: Object.fromEntries(Object.entries(switches).map(([code, value]) => [code, known(value, [])])),
})
