/**
 * A child's resources as the page holds them: which are there, in which version, and which are not sent yet. Pure.
 */
import type { Fact } from '../api/save.ts'

export type Resource = Fact

export const keyOf = (resource: Resource): string => `${String(resource['resourceType'])}/${String(resource['id'])}`

/** The list with this resource in place of its earlier version, or at the end. */
export function withResource(resources: readonly Resource[], changed: Resource): readonly Resource[] {
  const key = keyOf(changed)
  return resources.some((each) => keyOf(each) === key) ? resources.map((each) => (keyOf(each) === key ? changed : each)) : [...resources, changed]
}

/** The resources and, over them, what was recorded here and is not sent yet. */
export const withPending = (resources: readonly Resource[], pending: readonly Pending[]): readonly Resource[] =>
  pending.reduce<readonly Resource[]>((all, { fact }) => withResource(all, fact), resources)

export const versionOf = (resource: Resource | undefined): string | undefined => (resource?.['meta'] as { readonly versionId?: string } | undefined)?.versionId

/** The list without this one. */
export const withoutResource = (resources: readonly Resource[], key: string): readonly Resource[] => resources.filter((each) => keyOf(each) !== key)

export const findResource = (resources: readonly Resource[], key: string): Resource | undefined => resources.find((each) => keyOf(each) === key)

/** As the server gave it, with the version it now has. */
export const versioned = (fact: Fact, version: string): Resource => ({ ...fact, meta: { ...fact.meta, versionId: version } })

/** A fact that nobody has answered for yet. It stays in this browser until it is sent or thrown away. */
export interface Pending {
  readonly fact: Fact
  /** of the version that was on screen; absent for a new fact */
  readonly basedOn?: string
  /** clock on the wall, as it was shown: '09:55' */
  readonly at: string
}

export const isPendingList = (stored: unknown): stored is readonly Pending[] =>
  Array.isArray(stored) && stored.every((each: unknown) => typeof each === 'object' && each !== null && typeof (each as Pending).at === 'string' && typeof (each as Pending).fact?.resourceType === 'string' && typeof (each as Pending).fact.id === 'string')

interface Person { readonly reference?: string; readonly display?: string }

/** Who recorded a fact, as its resource says: a name, or the reference alone. */
export function whoRecorded(resources: readonly Resource[], id: string): { readonly name?: string; readonly reference?: string } | undefined {
  const resource = findResource(resources, id)
  const [first] = (resource?.['performer'] ?? []) as readonly (Person & { readonly actor?: Person })[]
  const by = first?.actor ?? first ?? ((resource?.['owner'] ?? resource?.['recorder']) as Person | undefined)
  if (by === undefined) return undefined
  const person = by.reference === undefined ? undefined : findResource(resources, by.reference)
  const name = by.display ?? (person?.['name'] as readonly { readonly text?: string }[] | undefined)?.[0]?.text
  return { ...(name === undefined ? {} : { name }), ...(by.reference === undefined ? {} : { reference: by.reference }) }
}

/** Where a fact was recorded, if its resource says so. */
export function whereRecorded(resource: Resource | undefined): string | undefined {
  const location = resource?.['location'] as { readonly display?: string } | undefined
  const extensions = resource?.['extension'] as readonly { readonly url?: string; readonly valueReference?: { readonly display?: string } }[] | undefined
  return extensions?.find(({ url }) => url === 'http://hl7.org/fhir/StructureDefinition/event-location')?.valueReference?.display ?? (resource?.['resourceType'] === 'Observation' ? undefined : location?.display)
}
