/**
 * A server for the child's pages alone: the twelve sample children in memory with plans by the real engines, FHIR writes with versions
 * and their conditions, and states that a real server seldom shows (silence, a refusal, somebody else's change).
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { childFromFhir, loadEditionsToRead, scheduleIn, type EditionsToRead, type Resource } from '@bairn/fhir'
import { planFor } from '@bairn/plan'
import type { Day } from '@bairn/quantities'
import { convertUcum } from '@bairn/quantities/ucum'
import { sampleBundles } from '@bairn/simulator'
import { pageWithData, type ChildRecord, type Session } from '../../apps/web/index.ts'
import { session as sessionOf, TODAY } from './fixture.ts'

export interface ChildServer {
  readonly url: string
  session: Session
  /** closes every connection unanswered, as a stopped server does */
  silent: boolean
  /** answers every write with this sentence */
  refuse: string | undefined
  /** current resources by 'Type/id' */
  readonly resources: Map<string, Resource>
  readonly versions: Map<string, Resource[]>
  /** requests that wrote, in order */
  readonly written: { readonly path: string; readonly headers: IncomingMessage['headers']; readonly body: Resource }[]
  /** puts a resource in as somebody else's change */
  put(resource: Resource): void
  record(child: string): ChildRecord
  close(): Promise<void>
}

/** Serves the built page in `folder` with the sample children dated for TODAY, seen in this country. */
export async function startChildServer(folder: string, { country = 'KE' }: { readonly country?: string } = {}): Promise<ChildServer> {
  const editions = await loadEditionsToRead(country)
  const server = createServer((request, response) => void answer(self, folder, request, response).catch(() => response.destroy()))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const resources = new Map<string, Resource>()
  const versions = new Map<string, Resource[]>()
  const put = (resource: Resource): void => {
    const key = `${String(resource['resourceType'])}/${String(resource['id'])}`
    const all = versions.get(key) ?? []
    const versioned = { ...resource, meta: { versionId: String(all.length + 1), lastUpdated: `2026-11-23T0${6 + Math.min(3, all.length)}:1${all.length}:00Z` } }
    versions.set(key, [...all, versioned])
    resources.set(key, versioned)
  }
  for (const { entry } of sampleBundles(TODAY)) for (const { resource } of entry) put(resource as Resource)
  const self: ChildServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, session: sessionOf({ user: { practitioner: 'worker-ahero', name: 'Grace Wanjala' }, setting: { place: 'ahero', country, profile: 'primaryCare', switches: {} } }), silent: false, refuse: undefined,
    resources, versions, written: [], put,
    record: (child) => recordOf(self, child, editions),
    close: () => new Promise((done) => { server.closeAllConnections(); server.close(() => done()) }),
  }
  return self
}

/** A resource that must be there. */
export function stored({ resources }: ChildServer, key: string): Resource {
  const found = resources.get(key)
  if (found === undefined) throw new Error(`no ${key}`)
  return found
}

/** The child's compartment and the plan, made as the real server makes them. */
function recordOf(self: ChildServer, child: string, editions: EditionsToRead): ChildRecord {
  const of = (resource: Resource): boolean => ['subject', 'for', 'patient'].some((name) => (resource[name] as { reference?: string } | undefined)?.reference === `Patient/${child}`)
  const all = [stored(self, `Patient/${child}`), ...[...self.resources.values()].filter(of)]
  const facts = childFromFhir(all, { convert: convertUcum, on: TODAY, ...scheduleIn(editions) })
  if (facts === undefined) throw new Error('no facts')
  return { resources: all, plan: planFor(facts, { on: TODAY as Day, setting: self.session.setting, editions }) }
}

async function answer(self: ChildServer, folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', self.url)
  if (self.silent) return void response.destroy()
  if (url.pathname === '/health') return json(response, 200, {})
  if (url.pathname === '/app/session') return json(response, 200, self.session)
  const asked = /^\/app\/child\/(.+)$/.exec(url.pathname)
  if (asked !== null) return self.resources.has(`Patient/${asked[1]}`) ? json(response, 200, self.record(asked[1] as string)) : json(response, 404, {})
  if (url.pathname.startsWith('/fhir/')) return fhir(self, url.pathname.slice('/fhir/'.length), request, response)
  if (extname(url.pathname) in TYPES) {
    const content = await readFile(join(folder, normalize(url.pathname))).catch(() => undefined)
    response.writeHead(content === undefined ? 404 : 200, { 'content-type': TYPES[extname(url.pathname)] ?? 'application/octet-stream' })
    return void response.end(content)
  }
  const html = await readFile(join(folder, 'index.html'), 'utf8')
  const child = /^\/child\/([^/]+)/.exec(url.pathname)?.[1]
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY })
  response.end(pageWithData(html, { session: self.session, ...(child !== undefined && self.resources.has(`Patient/${child}`) ? { child: self.record(child) } : {}) }))
}

async function fhir(self: ChildServer, path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const history = /^(.+)\/_history$/.exec(path)?.[1]
  if (history !== undefined) return json(response, 200, { resourceType: 'Bundle', type: 'history', entry: (self.versions.get(history) ?? []).toReversed().map((resource) => ({ resource })) })
  const now = self.resources.get(path)
  const version = (now?.['meta'] as { versionId?: string } | undefined)?.versionId
  if (request.method === 'GET') return now === undefined ? json(response, 404, {}) : json(response, 200, now, version)
  if (request.method === 'DELETE') {
    if (request.headers['if-match'] !== `W/"${version}"`) return json(response, 412, {})
    self.resources.delete(path)
    return void response.writeHead(204).end()
  }
  let text = ''
  for await (const part of request) text += String(part)
  const body = JSON.parse(text) as Resource
  if (self.refuse !== undefined) return json(response, 422, { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'invalid', details: { text: self.refuse } }] })
  self.written.push({ path, headers: request.headers, body })
  const plain = (resource: Resource | undefined): string => JSON.stringify({ ...resource, meta: undefined })
  if (request.headers['if-none-match'] === '*' && now !== undefined && plain(now) !== plain(body)) return json(response, 412, {})
  if (request.headers['if-match'] !== undefined && request.headers['if-match'] !== `W/"${version}"`) return json(response, 412, {})
  if (now === undefined || plain(now) !== plain(body)) self.put(body)
  const saved = self.resources.get(path) as Resource
  json(response, now === undefined ? 201 : 200, saved, (saved['meta'] as { versionId: string }).versionId)
}

// As the real server's: what breaks under it must break here.
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' }

function json(response: ServerResponse, status: number, body: unknown, version?: string): void {
  response.writeHead(status, { 'content-type': 'application/fhir+json', ...(version === undefined ? {} : { etag: `W/"${version}"` }) })
  response.end(JSON.stringify(body))
}
