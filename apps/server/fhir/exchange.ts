/**
 * The HTTP side of FHIR R4: media types, versions in headers, preferences, bodies. Nothing here knows what is being exchanged.
 * Source: HL7 FHIR R4 4.0.1, http.html (#mime-type, #concurrency, #cread, #ops).
 */
import { parseFhirJson } from '@bairn/fhir/json'
import { isResourceType } from '@bairn/fhir/validate'
import type { Resource, Stored, Version } from '@bairn/store'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { refuse } from '../outcome.ts'
import { problem, Refused } from '../problems.ts'

const FHIR_JSON = 'application/fhir+json; charset=utf-8'
const PLAIN_JSON = 'application/json; charset=utf-8'

// ---- what is asked for

/** The query as sent; the app leaves it unparsed. */
export function queryOf(request: FastifyRequest): URLSearchParams {
  const { url } = request.raw
  const at = url?.indexOf('?') ?? -1
  return new URLSearchParams(at === -1 ? '' : (url as string).slice(at + 1))
}

/** Media type of the answer. @throws Refused 406 when only what is not spoken here would do */
export function answerType(request: FastifyRequest, query: URLSearchParams = queryOf(request)): string {
  const format = query.get('_format')
  if (format !== null) {
    // A plus in a query means a space; everybody writes application/fhir+json.
    if (/^(json|application\/json|text\/json)$/.test(format)) return format === 'json' ? FHIR_JSON : PLAIN_JSON
    if (/^application\/fhir[+ ]json$/.test(format)) return FHIR_JSON
    throw new Refused([problem('problem.accept', { given: { text: format } }, 'http._format')], 406)
  }
  const accept = request.headers.accept
  if (accept === undefined || accept === '' || /application\/fhir\+json|\*\/\*|application\/\*/.test(accept)) return FHIR_JSON
  if (/\b(application|text)\/json\b/.test(accept)) return PLAIN_JSON
  throw new Refused([problem('problem.accept', { given: { text: accept } }, 'http.accept')], 406)
}

const EVERYWHERE = ['_format', '_pretty']

/** A parameter that would be passed over in silence is refused instead. */
export function refuseOthers(query: URLSearchParams, allowed: readonly string[] = []): void {
  for (const name of query.keys())
    if (!allowed.includes(name) && !EVERYWHERE.includes(name)) throw new Refused([problem('problem.parameter', { name: { text: name } }, `http.${name}`)], 400)
}

/** `_count` and `_cursor` of a paged answer. */
export function pagingOf(query: URLSearchParams, { most, usual }: { readonly most: number; readonly usual: number }): { readonly count: number; readonly cursor?: string } {
  const given = query.get('_count')
  if (given !== null && !/^\d{1,9}$/.test(given)) throw new Refused([problem('problem.fhir.count', { given: { text: given } }, 'http._count')], 400)
  const cursor = query.get('_cursor')
  return { count: given === null ? usual : Math.min(Math.max(Number(given), 1), most), ...(cursor === null ? {} : { cursor }) }
}

const param = (request: FastifyRequest, name: string): string => (request.params as Readonly<Record<string, string>>)[name] as string

/** The resource type of the address. @throws Refused 404 */
export function typeOf(request: FastifyRequest): string {
  const type = param(request, 'type')
  if (!isResourceType(type)) throw new Refused([problem('problem.fhir.type', { type: { text: type } })], 404)
  return type
}

/** @throws Refused: an id that cannot be is not found when reading (404), and wrong when writing (400) */
export function idOf(request: FastifyRequest, type: string, status: 400 | 404): string {
  const id = param(request, 'id')
  if (/^[A-Za-z0-9\-.]{1,64}$/.test(id)) return id
  return status === 404 ? refuse({ kind: 'notFound', type, id }) : refuseId(id)
}

const refuseId = (id: string): never => {
  throw new Refused([problem('problem.fhir.id', { id: { text: id } }, 'http.id')], 400)
}

export function versionOf(request: FastifyRequest, type: string, id: string): number {
  const version = param(request, 'version')
  if (/^[1-9]\d{0,8}$/.test(version)) return Number(version)
  return refuse({ kind: 'notFound', type, id })
}

/** The resource sent. @throws Refused 400, with line and column where the JSON breaks */
export function bodyOf(request: FastifyRequest): Resource {
  if (typeof request.body !== 'string' || request.body === '') throw new Refused([problem('problem.fhir.empty')], 400)
  if (!/^application\/(fhir\+)?json(;|$)/.test(request.headers['content-type'] ?? '')) throw new Refused([problem('problem.mediaType', {}, 'http.content-type')], 415)
  const parsed = parseFhirJson(request.body)
  if (!parsed.ok) throw new Refused(parsed.issues, 400)
  if (typeof parsed.value !== 'object' || parsed.value === null || Array.isArray(parsed.value))
    throw new Refused([problem('problem.fhir.notResource')], 400)
  return parsed.value as Resource
}

// ---- conditions

/** `If-Match: W/"3"` is 3; a version that cannot be ours is 0, which none is. @throws Refused 400 if it is no version at all */
export function ifMatchOf(request: FastifyRequest): number | undefined {
  const given = request.headers['if-match']
  if (given === undefined) return undefined
  const match = /^\s*(?:W\/)?"([^"]*)"\s*$/.exec(given)
  if (match === null) throw new Refused([problem('problem.fhir.condition', { found: { text: given } }, 'http.if-match')], 400)
  return /^[1-9]\d{0,8}$/.test(match[1] as string) ? Number(match[1]) : 0
}

export function ifNoneMatchOf(request: FastifyRequest): '*' | undefined {
  const given = request.headers['if-none-match']
  if (given === undefined) return undefined
  if (given.trim() === '*') return '*'
  throw new Refused([problem('problem.fhir.condition', { found: { text: given } }, 'http.if-none-match')], 400)
}

/** Whether the reader has this version already. If-None-Match decides; without it If-Modified-Since, to the second. */
export function hasAlready(request: FastifyRequest, version: Version): boolean {
  const tags = request.headers['if-none-match']
  if (tags !== undefined) return tags.trim() === '*' || tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === `"${version.version}"`)
  const since = request.headers['if-modified-since']
  return since !== undefined && Math.floor(Date.parse(version.updated) / 1000) <= Math.floor(Date.parse(since) / 1000)
}

// ---- answers

export const etagOf = (version: number): string => `W/"${version}"`

/** ETag and Last-Modified of a version. */
export function versionHeaders(reply: FastifyReply, version: Version): void {
  reply.header('etag', etagOf(version.version))
  reply.header('last-modified', new Date(version.updated).toUTCString())
}

export function sendText(reply: FastifyReply, type: string, text: string): FastifyReply {
  return reply.header('content-type', type).send(text)
}

/** `Prefer: return=…`; the whole resource if nothing is said. */
export type Return = 'representation' | 'minimal' | 'OperationOutcome'
export function preferredReturn(request: FastifyRequest): Return {
  const prefer = request.headers['prefer']
  if (prefer === undefined) return 'representation'
  const match = /\breturn\s*=\s*"?(minimal|representation|OperationOutcome)\b/i.exec(Array.isArray(prefer) ? prefer.join(',') : prefer)
  const wanted = match?.[1]?.toLowerCase()
  return wanted === 'minimal' ? 'minimal' : wanted === 'operationoutcome' ? 'OperationOutcome' : 'representation'
}

/** One entry of a searchset: the stored text goes in as it stands. */
export const searchEntry = (base: string, { type, id, text }: Stored): string =>
  `{"fullUrl":${JSON.stringify(`${base}/${type}/${id}`)},"resource":${text},"search":{"mode":"match"}}`

/** A Bundle glued from texts: nothing stored is parsed or written anew. */
export function bundleText({ type, total, links, entries }: {
  readonly type: 'searchset' | 'history' | 'transaction-response' | 'batch-response'; readonly total?: number
  readonly links?: readonly (readonly [relation: string, url: string])[]; readonly entries: readonly string[]
}): string {
  const link = links === undefined ? '' : `,"link":[${links.map(([relation, url]) => `{"relation":"${relation}","url":${JSON.stringify(url)}}`).join(',')}]`
  return `{"resourceType":"Bundle","type":"${type}"${total === undefined ? '' : `,"total":${total}`}${link}${entries.length === 0 ? '' : `,"entry":[${entries.join(',')}]`}}`
}
