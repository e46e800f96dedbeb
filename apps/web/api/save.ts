/**
 * The one way the pages write: FHIR resources with ids made here. A new fact goes with `If-None-Match: *`, so that sending it
 * twice makes one; a change goes with the version it was made from, so that two people never overwrite each other unseen.
 * An offline queue can take this function's place without a change in any screen.
 */
import { request } from './request.ts'

/** A FHIR resource with its id. */
export interface Fact { readonly resourceType: string; readonly id: string; readonly meta?: { readonly versionId?: string }; readonly [element: string]: unknown }

export type SaveOutcome =
  | { readonly kind: 'saved'; readonly fact: Fact; readonly version: string }
  /** nobody answered: what was typed stays in its draft */
  | { readonly kind: 'notSent' }
  /** the server will not take it, and says why */
  | { readonly kind: 'refused'; readonly says: readonly string[] }
  /** somebody else changed it meanwhile: both are shown */
  | { readonly kind: 'differs'; readonly theirs: Fact; readonly theirVersion?: string }

/** `basedOn`: version that was on screen when the change began; absent for a new fact. */
export async function save(fact: Fact, { basedOn }: { readonly basedOn?: string } = {}): Promise<SaveOutcome> {
  const path = `/fhir/${fact.resourceType}/${encodeURIComponent(fact.id)}`
  const condition: Record<string, string> = basedOn === undefined ? { 'if-none-match': '*' } : { 'if-match': `W/"${basedOn}"` }
  const outcome = await request<Fact>(path, {
    method: 'PUT', body: JSON.stringify(fact), headers: { 'content-type': 'application/fhir+json', prefer: 'return=representation', ...condition },
  })
  if (outcome.kind === 'unreachable') return { kind: 'notSent' }
  if (outcome.kind === 'answer') return { kind: 'saved', fact: outcome.value ?? fact, version: outcome.version ?? outcome.value?.meta?.versionId ?? '1' }
  if (outcome.status !== 412 && outcome.status !== 409) return { kind: 'refused', says: outcome.says }
  const theirs = await request<Fact>(path, {})
  if (theirs.kind !== 'answer') return theirs.kind === 'unreachable' ? { kind: 'notSent' } : { kind: 'refused', says: outcome.says }
  return { kind: 'differs', theirs: theirs.value, ...(theirs.version === undefined ? {} : { theirVersion: theirs.version }) }
}

/** Saves in order and stops at the first that is not saved: what refers to the child comes after the child. Sending all again is safe. */
export async function saveAll(facts: readonly Fact[]): Promise<SaveOutcome> {
  let last: SaveOutcome = { kind: 'refused', says: [] }
  for (const fact of facts) {
    last = await save(fact)
    if (last.kind !== 'saved') return last
  }
  return last
}

/** Takes a resource out of the record; its versions stay in its history. Only for types that FHIR gives no status "entered in error". */
export async function remove(key: string, { basedOn }: { readonly basedOn?: string | undefined }): Promise<'removed' | 'notSent' | 'refused'> {
  const outcome = await request<unknown>(`/fhir/${key}`, { method: 'DELETE', headers: basedOn === undefined ? {} : { 'if-match': `W/"${basedOn}"` } })
  return outcome.kind === 'answer' ? 'removed' : outcome.kind === 'unreachable' ? 'notSent' : 'refused'
}

/** A new id, made here: the same everywhere, whoever is offline. */
export const newId = (): string => crypto.randomUUID()
