/**
 * Reads the entries of a transaction or batch: what each asks, or why it cannot be taken.
 * Source: HL7 FHIR R4 4.0.1, http.html#transaction and bundle.html. Pure.
 * Taken: POST Type, PUT Type/id, DELETE Type/id, GET Type/id, Type/id/_history/n and Type?query. PATCH, conditional creates,
 * updates and deletes are refused by name.
 */
import type { BadBundle, BundleFault, Resource } from './contract.ts'
import { isObject } from './document.ts'

export type Entry =
  | { readonly method: 'POST'; readonly index: number; readonly type: string; readonly fullUrl?: string; readonly resource: Resource }
  | { readonly method: 'PUT'; readonly index: number; readonly type: string; readonly id: string; readonly fullUrl?: string; readonly resource: Resource; readonly ifMatch?: number; readonly ifNoneMatch?: '*' }
  | { readonly method: 'DELETE'; readonly index: number; readonly type: string; readonly id: string; readonly ifMatch?: number }
  | { readonly method: 'GET'; readonly index: number; readonly type: string; readonly id: string; readonly version?: number }
  | { readonly method: 'GET'; readonly index: number; readonly type: string; readonly query: string }
export type EntryRead = { readonly ok: true; readonly entry: Entry } | { readonly ok: false; readonly problem: BadBundle }

const PLACE = /^([A-Z][A-Za-z]{1,39})\/([A-Za-z0-9\-.]{1,64})$/
const VERSION = /^([A-Z][A-Za-z]{1,39})\/([A-Za-z0-9\-.]{1,64})\/_history\/(\d{1,9})$/
const TYPE = /^[A-Z][A-Za-z]{1,39}$/
const SEARCH = /^([A-Z][A-Za-z]{1,39})\?(.*)$/
const ETAG = /^(?:W\/)?"(\d{1,9})"$/

export function entriesOf(bundle: Resource): readonly unknown[] {
  return Array.isArray(bundle['entry']) ? bundle['entry'] : []
}

/** @param base the server's own address: a url may begin with it */
export function readEntry(entry: unknown, index: number, base?: string): EntryRead {
  const fault = (what: BundleFault, found?: string): EntryRead => ({ ok: false, problem: { kind: 'bundle', what, entry: index, ...(found === undefined ? {} : { found }) } })
  const request = isObject(entry) ? entry['request'] : undefined
  if (!isObject(entry) || !isObject(request)) return fault('request')
  const { method, url } = request
  if (typeof method !== 'string') return fault('method')
  if (method === 'PATCH' || method === 'HEAD') return fault('notSupported', method)
  for (const name of ['ifNoneExist', 'ifModifiedSince']) if (request[name] !== undefined) return fault('notSupported', name)
  if (typeof url !== 'string') return fault('url')
  const path = localPath(url, base)

  switch (method) {
    case 'POST': return readPost(entry, index, path, fault)
    case 'PUT': return readPut(entry, request, index, path, fault)
    case 'DELETE': {
      const [, type, id] = PLACE.exec(path) ?? []
      if (path.includes('?')) return fault('notSupported', url)
      if (type === undefined || id === undefined) return fault('url', url)
      const match = matchOf(request)
      return match.ok ? { ok: true, entry: { method, index, type, id, ...match.ifMatch } } : fault('precondition', match.found)
    }
    case 'GET': {
      const [, type, id] = PLACE.exec(path) ?? []
      if (type !== undefined && id !== undefined) return { ok: true, entry: { method, index, type, id } }
      const [, ofType, ofId, version] = VERSION.exec(path) ?? []
      if (ofType !== undefined && ofId !== undefined) return { ok: true, entry: { method, index, type: ofType, id: ofId, version: Number(version) } }
      const [, searched, query] = SEARCH.exec(path) ?? (TYPE.test(path) ? ['', path, ''] : [])
      return searched === undefined ? fault('url', url) : { ok: true, entry: { method, index, type: searched, query: query ?? '' } }
    }
    default: return fault('method', method)
  }
}

type Fault = (what: BundleFault, found?: string) => EntryRead

function readPost(entry: Readonly<Record<string, unknown>>, index: number, path: string, fault: Fault): EntryRead {
  const { resource } = entry
  if (!TYPE.test(path)) return fault(path.includes('?') ? 'notSupported' : 'url', path)
  if (!isObject(resource)) return fault('resource')
  if (resource['resourceType'] !== path) return fault('typeMismatch', String(resource['resourceType']))
  return { ok: true, entry: { method: 'POST', index, type: path, resource, ...fullUrlOf(entry) } }
}

function readPut(entry: Readonly<Record<string, unknown>>, request: Readonly<Record<string, unknown>>, index: number, path: string, fault: Fault): EntryRead {
  const { resource } = entry
  const [, type, id] = PLACE.exec(path) ?? []
  if (type === undefined || id === undefined) return fault(path.includes('?') ? 'notSupported' : 'url', path)
  if (!isObject(resource)) return fault('resource')
  if (resource['resourceType'] !== type) return fault('typeMismatch', String(resource['resourceType']))
  if (resource['id'] !== id) return fault('idMismatch', String(resource['id']))
  const match = matchOf(request)
  if (!match.ok) return fault('precondition', match.found)
  const none = request['ifNoneMatch']
  if (none !== undefined && none !== '*') return fault('precondition', String(none))
  return { ok: true, entry: { method: 'PUT', index, type, id, resource, ...fullUrlOf(entry), ...match.ifMatch, ...(none === '*' ? { ifNoneMatch: '*' } : {}) } }
}

function matchOf(request: Readonly<Record<string, unknown>>): { readonly ok: true; readonly ifMatch: { readonly ifMatch?: number } } | { readonly ok: false; readonly found: string } {
  const given = request['ifMatch']
  if (given === undefined) return { ok: true, ifMatch: {} }
  const version = typeof given === 'string' ? ETAG.exec(given)?.[1] : undefined
  return version === undefined ? { ok: false, found: String(given) } : { ok: true, ifMatch: { ifMatch: Number(version) } }
}

const fullUrlOf = ({ fullUrl }: Readonly<Record<string, unknown>>): { readonly fullUrl?: string } => (typeof fullUrl === 'string' ? { fullUrl } : {})

function localPath(url: string, base: string | undefined): string {
  const own = base === undefined ? undefined : base.endsWith('/') ? base : `${base}/`
  return own !== undefined && url.startsWith(own) ? url.slice(own.length) : url.replace(/^\//, '')
}
