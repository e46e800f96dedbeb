/**
 * One resource: create, read, version read, update, delete, history of its versions.
 * Source: HL7 FHIR R4 4.0.1, http.html#create and following. What is stored is sent as it was stored.
 */
import type { Stored, Version, WriteResult } from '@bairn/store'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { outcomeOf, refuse } from '../outcome.ts'
import { problem, Refused } from '../problems.ts'
import type { Route } from '../routes.ts'
import { acceptable } from './acceptable.ts'
import type { FhirContext } from './context.ts'
import {
  answerType, bodyOf, bundleText, etagOf, hasAlready, idOf, ifMatchOf, ifNoneMatchOf, pagingOf, preferredReturn, queryOf, refuseOthers, sendText, typeOf, versionHeaders, versionOf,
} from './exchange.ts'

const HISTORY = { usual: 50, most: 500 }

export function resourceRoutes(context: FhirContext): readonly Route[] {
  const { base, enter, today } = context
  return [
    {
      method: 'POST', path: '/fhir/:type', policy: 'session', claims: [{ level: 'type', interaction: 'create' }],
      async handle(request, reply, caller) {
        const answer = answerType(request)
        const type = typeOf(request)
        if (request.headers['if-none-exist'] !== undefined) throw new Refused([problem('problem.fhir.ifNoneExist', {}, 'http.if-none-exist')], 400)
        const resource = acceptable(bodyOf(request), type, today())
        const { store, who } = await enter(request, caller)
        return written(request, reply, answer, await store.create(who, resource))
      },
    },
    {
      method: 'GET', path: '/fhir/:type/:id', policy: 'session', claims: [{ level: 'type', interaction: 'read' }],
      async handle(request, reply, caller) {
        const query = queryOf(request)
        const answer = answerType(request, query)
        const type = typeOf(request)
        refuseOthers(query)
        const { store, who } = await enter(request, caller)
        const result = await store.read(who, type, idOf(request, type, 404))
        return result.ok ? sendVersion(request, reply, answer, result.version) : refuse(result.problem)
      },
    },
    {
      method: 'GET', path: '/fhir/:type/:id/_history/:version', policy: 'session', claims: [{ level: 'type', interaction: 'vread' }],
      async handle(request, reply, caller) {
        const query = queryOf(request)
        const answer = answerType(request, query)
        const type = typeOf(request)
        refuseOthers(query)
        const id = idOf(request, type, 404)
        const { store, who } = await enter(request, caller)
        const result = await store.vread(who, type, id, versionOf(request, type, id))
        return result.ok ? sendVersion(request, reply, answer, result.version) : refuse(result.problem)
      },
    },
    {
      method: 'PUT', path: '/fhir/:type/:id', policy: 'session', claims: [{ level: 'type', interaction: 'update' }],
      async handle(request, reply, caller) {
        const answer = answerType(request)
        const type = typeOf(request)
        const id = idOf(request, type, 400)
        const ifMatch = ifMatchOf(request)
        const ifNoneMatch = ifNoneMatchOf(request)
        const body = bodyOf(request)
        if (body['resourceType'] === type && body['id'] !== id)
          throw new Refused([problem(body['id'] === undefined ? 'problem.fhir.noId' : 'problem.fhir.otherId', { id: { text: id } }, `${type}.id`)], 400)
        const resource = acceptable(body, type, today())
        const { store, who } = await enter(request, caller)
        const result = await store.put(who, id, resource, { ...(ifMatch === undefined ? {} : { ifMatch }), ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }) })
        return written(request, reply, answer, result, ifMatch !== undefined)
      },
    },
    {
      method: 'DELETE', path: '/fhir/:type/:id', policy: 'session', claims: [{ level: 'type', interaction: 'delete' }],
      async handle(request, reply, caller) {
        const answer = answerType(request)
        const type = typeOf(request)
        const id = idOf(request, type, 400)
        const ifMatch = ifMatchOf(request)
        const { store, who } = await enter(request, caller)
        return written(request, reply, answer, await store.remove(who, type, id, ifMatch === undefined ? {} : { ifMatch }), ifMatch !== undefined)
      },
    },
    {
      method: 'GET', path: '/fhir/:type/:id/_history', policy: 'session', claims: [{ level: 'type', interaction: 'history-instance' }],
      async handle(request, reply, caller) {
        const query = queryOf(request)
        const answer = answerType(request, query)
        const type = typeOf(request)
        refuseOthers(query, ['_count', '_cursor'])
        const id = idOf(request, type, 404)
        const paging = pagingOf(query, HISTORY)
        const { store, who } = await enter(request, caller)
        const result = await store.history(who, type, id, paging)
        if (!result.ok) return refuse(result.problem)
        const { versions, total, next } = result.page
        const url = `${base}/${type}/${id}/_history?_count=${paging.count}`
        const links: [string, string][] = [['self', paging.cursor === undefined ? url : `${url}&_cursor=${encodeURIComponent(paging.cursor)}`]]
        if (next !== undefined) links.push(['next', `${url}&_cursor=${encodeURIComponent(next)}`])
        return sendText(reply, answer, bundleText({ type: 'history', total, links, entries: versions.map((version) => historyEntry(base, version)) }))
      },
    },
  ]

  async function written(request: FastifyRequest, reply: FastifyReply, answer: string, result: WriteResult, conditional = false): Promise<FastifyReply> {
    if (!result.ok) return refuse(result.problem, { conditional })
    if (result.outcome === 'deleted' || result.outcome === 'absent') {
      const { version } = result
      if (version !== undefined) reply.header('etag', etagOf(version.version))
      if (preferredReturn(request) !== 'OperationOutcome') return reply.code(204).send()
      return sendText(reply.code(200), answer, await doneText(request))
    }
    const { version } = result as Extract<WriteResult, { readonly outcome: 'created' | 'updated' | 'unchanged' }>
    versionHeaders(reply, version)
    void reply.code(result.outcome === 'created' ? 201 : 200)
    reply.header('location', `${base}/${version.type}/${version.id}/_history/${version.version}`)
    const wanted = preferredReturn(request)
    if (wanted === 'minimal') return reply.send()
    return sendText(reply, answer, wanted === 'representation' ? version.text : await doneText(request))
  }
}

function sendVersion(request: FastifyRequest, reply: FastifyReply, answer: string, version: Stored): FastifyReply {
  versionHeaders(reply, version)
  if (hasAlready(request, version)) return reply.code(304).send()
  return sendText(reply, answer, version.text)
}

const doneText = async (request: FastifyRequest): Promise<string> => JSON.stringify(await outcomeOf([problem('problem.fhir.done')], request.headers['accept-language']))

function historyEntry(base: string, version: Version): string {
  const { type, id, text, change, updated } = version
  const method = change === 'deleted' ? 'DELETE' : 'PUT'
  const status = change === 'created' ? '201 Created' : change === 'deleted' ? '204 No Content' : '200 OK'
  return `{"fullUrl":${JSON.stringify(`${base}/${type}/${id}`)}${text === undefined ? '' : `,"resource":${text}`},"request":{"method":"${method}","url":"${type}/${id}"},"response":{"status":"${status}","etag":"W/\\"${version.version}\\"","lastModified":"${updated}"}}`
}
