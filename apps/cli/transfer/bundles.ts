/**
 * Resources of a file as transactions. Ids are kept or taken from the Bundle's urn:uuid, and everything is new or already there
 * (`ifNoneMatch: *`): an import never writes over what people have here, and the same file twice makes nothing twice.
 */
import { problem, Refused } from '@bairn/server/problems'
import type { Resource } from './input.ts'

export type Transaction = { readonly resourceType: 'Bundle'; readonly type: 'transaction'; readonly entry: readonly Resource[] }

const CARRIERS = ['collection', 'searchset', 'document', 'message']
/** Kept by many children's records: when one is here already, in another state, it stays as it is. */
export const SHARED: readonly string[] = ['Device', 'HealthcareService', 'Location', 'Medication', 'Organization', 'Practitioner', 'PractitionerRole', 'Substance']

/** @throws Refused for a Bundle of a type that carries no records */
export function transactionsOf(file: string, resources: readonly Resource[]): readonly Transaction[] {
  const bundles = resources.filter(({ resourceType }) => resourceType === 'Bundle')
  const single = resources.filter(({ resourceType }) => resourceType !== 'Bundle')
  return [...bundles.map((bundle) => fromBundle(file, bundle)), ...byChild(single).map((group) => transaction(group.map((resource) => entryOf(resource, undefined))))]
}

function fromBundle(file: string, bundle: Resource): Transaction {
  const entries = (Array.isArray(bundle['entry']) ? bundle['entry'] : []) as readonly Resource[]
  const type = String(bundle['type'])
  if (type === 'transaction' || type === 'batch') return { ...bundle, resourceType: 'Bundle', type: 'transaction', entry: entries.map(withOwnId) }
  if (!CARRIERS.includes(type)) throw new Refused([problem('problem.file.type', { file: { text: file }, found: { text: `Bundle ${type}` } })])
  return transaction(entries.flatMap(({ resource, fullUrl }) => (isResource(resource) ? [entryOf(resource, typeof fullUrl === 'string' ? fullUrl : undefined)] : [])))
}

/** A new resource whose fullUrl is a uuid keeps that as its id: sent twice, it is still one. */
function withOwnId(entry: Resource): Resource {
  const { request, resource, fullUrl } = entry as { readonly request?: Resource; readonly resource?: unknown; readonly fullUrl?: unknown }
  const id = uuidOf(fullUrl)
  if (request?.['method'] !== 'POST' || request['ifNoneExist'] !== undefined || id === undefined || !isResource(resource) || request['url'] !== resource['resourceType']) return entry
  return { ...entry, resource: { ...resource, id }, request: { ...request, method: 'PUT', url: `${String(resource['resourceType'])}/${id}`, ifNoneMatch: '*' } }
}

function entryOf(resource: Resource, fullUrl: string | undefined): Resource {
  const type = String(resource['resourceType'])
  const id = typeof resource['id'] === 'string' ? resource['id'] : uuidOf(fullUrl)
  const named = fullUrl === undefined ? {} : { fullUrl }
  if (id === undefined) return { ...named, resource, request: { method: 'POST', url: type } }
  return { ...named, resource: { ...resource, id }, request: { method: 'PUT', url: `${type}/${id}`, ifNoneMatch: '*' } }
}

const transaction = (entry: readonly Resource[]): Transaction => ({ resourceType: 'Bundle', type: 'transaction', entry })
const isResource = (value: unknown): value is Resource => typeof value === 'object' && value !== null && typeof (value as Resource)['resourceType'] === 'string'
const uuidOf = (url: unknown): string | undefined => (typeof url === 'string' ? /^urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.exec(url)?.[1] : undefined)

/** Single resources (NDJSON of a bulk export): first those of no child, then one group a child, so that a child comes whole or not at all. */
function byChild(resources: readonly Resource[]): readonly (readonly Resource[])[] {
  const groups = new Map<string, Resource[]>()
  for (const resource of resources) {
    const child = childOf(resource)
    const group = groups.get(child)
    if (group === undefined) groups.set(child, [resource])
    else group.push(resource)
  }
  const common = groups.get('')
  groups.delete('')
  return [...(common === undefined ? [] : [common]), ...groups.values()]
}

function childOf(resource: Resource): string {
  if (resource['resourceType'] === 'Patient') return `Patient/${String(resource['id'])}`
  for (const name of ['subject', 'patient', 'beneficiary', 'for', 'individual']) {
    const { reference } = (resource[name] ?? {}) as { readonly reference?: unknown }
    const found = typeof reference === 'string' ? /(?:^|\/)(Patient\/[A-Za-z0-9\-.]{1,64})(?:\/_history\/|$)/.exec(reference)?.[1] : undefined
    if (found !== undefined) return found
  }
  return ''
}
