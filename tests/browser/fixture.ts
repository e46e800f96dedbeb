/**
 * A server for the page alone: answers of contract.ts from memory, so that states the real server seldom shows (a refusal,
 * silence, sixty children, a long name) can be drawn and tested. What a child needs is written here as the server would send it;
 * nothing is computed. The walk through the whole product runs against the real server.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { dayOf, type Day } from '@bairn/quantities'
import { editionTitle, type Message } from '@bairn/reasoning'
import { pageWithData, type Duplicates, type NeedFilter, type Session, type Worklist, type WorklistRow } from '../../apps/web/index.ts'

export const TODAY = dayOf({ year: 2026, month: 11, day: 23 })

export interface Fixture {
  readonly url: string
  /** changes what the server says from now on */
  session: Session
  rows: readonly WorklistRow[]
  duplicates: Duplicates['candidates']
  /** answers every /app and /fhir request with this status and sentence */
  refuse: { readonly status: number; readonly text: string } | undefined
  /** closes every connection unanswered, as a stopped server does */
  silent: boolean
  /** writes received, in order */
  readonly written: { readonly path: string; readonly headers: IncomingMessage['headers']; readonly body: Record<string, unknown> }[]
  /** resources by path, for If-Match and If-None-Match */
  readonly resources: Map<string, { readonly version: number; readonly body: Record<string, unknown> }>
  close(): Promise<void>
}

/** An edition's title as the server sends it. */
export const titled = (id: string, title: string): Message => editionTitle({ id, title, country: '*' })

export const session = (over: Partial<Session> = {}): Session => ({
  user: { practitioner: 'p1', name: 'Nurse Wanjiru' },
  place: { id: 'ahero', name: 'Ahero Health Centre', country: 'KE' },
  demo: false,
  setting: { place: 'ahero', country: 'KE', profile: 'primaryCare', switches: {} },
  today: TODAY,
  engine: '0.1.0',
  editions: [
    { id: 'growth/who-2006', title: titled('growth/who-2006', 'WHO Child Growth Standards, 2006'), pastReview: false },
    { id: 'growth/who-2007', title: titled('growth/who-2007', 'WHO Growth Reference 5 to 19 years, 2007'), pastReview: false },
    { id: 'nutrition/who-2023', title: titled('nutrition/who-2023', 'WHO guideline on wasting, 2023'), pastReview: false },
  ],
  children: 0,
  ...over,
})

/** Serves the built page in `folder` on a free port of this computer. */
export async function startFixture(folder: string): Promise<Fixture> {
  const server = createServer((request, response) => void answer(fixture, folder, request, response).catch(() => response.destroy()))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const fixture: Fixture = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    session: session(), rows: [], duplicates: [], refuse: undefined, silent: false, written: [], resources: new Map(),
    close: () => new Promise((done) => { server.closeAllConnections(); server.close(() => done()) }),
  }
  return fixture
}

async function answer(fixture: Fixture, folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', fixture.url)
  if (fixture.silent) return void response.destroy()
  const data = url.pathname.startsWith('/app/') || url.pathname.startsWith('/fhir/')
  if (data && fixture.refuse !== undefined) {
    return json(response, fixture.refuse.status, { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'processing', details: { text: fixture.refuse.text } }] })
  }
  if (url.pathname === '/health') return json(response, 200, {})
  if (url.pathname === '/app/session') return json(response, 200, sessionNow(fixture))
  if (url.pathname === '/app/worklist') return json(response, 200, worklist(fixture, url.searchParams))
  if (url.pathname === '/app/duplicates') return json(response, 200, { candidates: fixture.duplicates } satisfies Duplicates)
  if (url.pathname === '/app/setup' || url.pathname === '/app/demo') {
    const body = await bodyOf(request)
    const demo = body['start'] === 'demo' || body['open'] === true
    fixture.written.push({ path: url.pathname, headers: request.headers, body })
    fixture.session = session({ demo, ...(typeof body['name'] === 'string' ? { user: { practitioner: 'p1', name: body['name'] }, place: { id: 'here', name: String(body['place']), country: String(body['country']) } } : {}) })
    return json(response, 200, sessionNow(fixture))
  }
  if (url.pathname.startsWith('/fhir/')) return fhir(fixture, url.pathname, request, response)
  const file = normalize(url.pathname)
  if (extname(file) !== '') {
    const content = await readFile(join(folder, file)).catch(() => undefined)
    response.writeHead(content === undefined ? 404 : 200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
    return void response.end(content)
  }
  const html = await readFile(join(folder, 'index.html'), 'utf8')
  const known = fixture.session.user !== undefined
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY })
  response.end(pageWithData(html, { session: sessionNow(fixture), ...(url.pathname === '/' && known ? { worklist: worklist(fixture, new URLSearchParams()) } : {}) }))
}

const sessionNow = (fixture: Fixture): Session => ({ ...fixture.session, children: fixture.rows.length })

// As the real server's: what breaks under it must break here.
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2',
}

async function fhir(fixture: Fixture, path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const now = fixture.resources.get(path)
  if (request.method === 'GET') return now === undefined ? json(response, 404, {}) : json(response, 200, now.body, now.version)
  const body = await bodyOf(request)
  fixture.written.push({ path, headers: request.headers, body })
  const same = now !== undefined && JSON.stringify(now.body) === JSON.stringify(body)
  if (request.headers['if-none-match'] === '*' && now !== undefined && !same) return json(response, 412, {})
  if (request.headers['if-match'] !== undefined && request.headers['if-match'] !== `W/"${now?.version}"`) return json(response, 412, {})
  const version = same ? now.version : (now?.version ?? 0) + 1
  fixture.resources.set(path, { version, body })
  json(response, now === undefined ? 201 : 200, body, version)
}

function worklist(fixture: Fixture, query: URLSearchParams): Worklist {
  const filter = (query.get('filter') ?? 'all') as NeedFilter
  const q = (query.get('q') ?? '').toLowerCase()
  const count = Number(query.get('count') ?? 25)
  const found = fixture.rows.filter((row) => q === '' || [row.name, row.mother, row.village].some((text) => text?.toLowerCase().includes(q)))
  const shown = found.filter((row) => filter === 'all' || row.urgency === filter)
  const of = (need: NeedFilter): number => found.filter((row) => need === 'all' || row.urgency === need).length
  const pages = Math.max(1, Math.ceil(shown.length / count))
  const page = Math.min(Number(query.get('page') ?? 1), pages)
  return {
    total: shown.length, page, pages, rows: shown.slice((page - 1) * count, page * count), asOf: TODAY,
    counts: { all: of('all'), urgent: of('urgent'), actToday: of('actToday'), overdue: of('overdue'), dueToday: of('dueToday'), comingUp: of('comingUp'), notKnown: of('notKnown'), well: of('well') },
  }
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = ''
  for await (const part of request) text += String(part)
  return JSON.parse(text) as Record<string, unknown>
}

function json(response: ServerResponse, status: number, body: unknown, version?: number): void {
  response.writeHead(status, { 'content-type': 'application/fhir+json', ...(version === undefined ? {} : { etag: `W/"${version}"` }) })
  response.end(JSON.stringify(body))
}

/** A row with sensible rest. `spark`: z-scores thirty days apart, the last one today. */
export function row(child: string, over: Partial<Omit<WorklistRow, 'spark'>> & { readonly spark?: readonly number[] }): WorklistRow {
  const { spark = [], ...rest } = over
  return {
    child, name: child, birthEstimated: false, urgency: 'well', more: 0, ...rest,
    spark: spark.map((z, at) => [(TODAY - (spark.length - 1 - at) * 30) as Day, z] as const),
  }
}
