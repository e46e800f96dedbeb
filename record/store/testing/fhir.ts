/** Small resources and bundles for tests, and shorthand for results that must be good. */
import { parseFhirJson } from '@bairn/fhir/json'
import { parseSearch } from '@bairn/fhir/search'
import assert from 'node:assert/strict'
import type { Resource, SearchPage, Store, Stored, WriteResult } from '../contract.ts'
import { NURSE } from './database.ts'

export const patient = (id: string, more: Resource = {}): Resource => ({ resourceType: 'Patient', id, name: [{ family: 'Diallo', given: ['Awa'] }], birthDate: '2025-05-23', ...more })

export const weight = (id: string | undefined, child: string, kg: unknown, more: Resource = {}): Resource => ({
  resourceType: 'Observation', ...(id === undefined ? {} : { id }), status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
  subject: { reference: /[:/?]/.test(child) ? child : `Patient/${child}` }, effectiveDateTime: '2026-03-01', valueQuantity: { value: kg, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' }, ...more,
})

/** Text as the server would parse it: digits kept. */
export function parse(text: string): Resource {
  const parsed = parseFhirJson(text)
  assert.ok(parsed.ok)
  return parsed.value as Resource
}

export interface EntryOptions { readonly url?: string; readonly method?: string; readonly fullUrl?: string; readonly request?: Resource }
export function entry(resource: Resource | undefined, { url, method = 'POST', fullUrl, request = {} }: EntryOptions = {}): Resource {
  return { ...(fullUrl === undefined ? {} : { fullUrl }), ...(resource === undefined ? {} : { resource }), request: { method, url: url ?? String(resource?.['resourceType']), ...request } }
}
export const transactionOf = (...entries: readonly Resource[]): Resource => ({ resourceType: 'Bundle', type: 'transaction', entry: entries })
export const batchOf = (...entries: readonly Resource[]): Resource => ({ resourceType: 'Bundle', type: 'batch', entry: entries })

/** The version that a write left, or the test fails with the problem. */
export async function written(result: Promise<WriteResult>, outcome: string): Promise<Stored> {
  const made = await result
  assert.ok(made.ok, JSON.stringify(made))
  assert.equal(made.outcome, outcome)
  return made.version as Stored
}

export async function problemOf(result: Promise<{ readonly ok: boolean }>): Promise<Readonly<Record<string, unknown>>> {
  const made = await result
  assert.equal(made.ok, false, JSON.stringify(made))
  return (made as unknown as { readonly problem: Readonly<Record<string, unknown>> }).problem
}

export async function search(store: Store, type: string, query: string): Promise<SearchPage> {
  const parsed = parseSearch(type, new URLSearchParams(query), { now: Date.UTC(2026, 10, 24) })
  assert.ok(parsed.ok, JSON.stringify(parsed))
  const result = await store.search(NURSE, parsed.search)
  assert.ok(result.ok, JSON.stringify(result))
  return result.page
}

export const idsOf = ({ versions }: { readonly versions: readonly { readonly type: string; readonly id: string }[] }): readonly string[] => versions.map(({ type, id }) => `${type}/${id}`)
