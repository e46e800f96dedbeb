/**
 * The stored form of a resource: what was received, with the server's id and meta.versionId and meta.lastUpdated in it.
 * The object is built, never the text edited; numbers keep their digits (record/fhir/json.ts).
 */
import { digitsOf, isRawNumber, parseFhirJson, stringifyFhir } from '@bairn/fhir/json'
import type { Resource } from './contract.ts'

/** Tags, security and profiles of meta stay; the client's version and time do not. */
export function documentOf(resource: Resource, made: { readonly id: string; readonly version: number; readonly updated: string }): Resource {
  const { resourceType, id: _, meta, ...rest } = resource
  const { versionId: _version, lastUpdated: _updated, ...kept } = isObject(meta) ? meta : {}
  return { resourceType, id: made.id, meta: { versionId: String(made.version), lastUpdated: made.updated, ...kept }, ...rest }
}

export const textOf = (document: Resource): string => stringifyFhir(document)

/** Whether what was sent says the same as what is stored, whatever the order of its keys. 7.10 is not 7.1. */
export function isSameContent(sent: Resource, stored: { readonly id: string; readonly version: number; readonly updated: string; readonly text: string }): boolean {
  const document = documentOf(sent, stored)
  if (textOf(document) === stored.text) return true
  const parsed = parseFhirJson(stored.text)
  return parsed.ok && isEqual(document, parsed.value)
}

function isEqual(a: unknown, b: unknown): boolean {
  if (digitsOf(a) !== undefined || digitsOf(b) !== undefined) return digitsOf(a) === digitsOf(b)
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => isEqual(item, b[i]))
  if (!isObject(a) || !isObject(b)) return a === b
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && isEqual(a[key], b[key]))
}

export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawNumber(value)
