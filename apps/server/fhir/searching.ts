/**
 * Search by type, and everything about one child. Always strict: a parameter that is not understood is refused by name, because a
 * filter that is passed over shows other people's children (search.html#errors allows lenience, and we do not take it).
 * Source: HL7 FHIR R4 4.0.1, search.html; patient-operation-everything.html.
 */
import { parseSearch } from '@bairn/fhir/search'
import type { SearchPage } from '@bairn/store'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { refuse } from '../outcome.ts'
import { problem, Refused } from '../problems.ts'
import type { Route } from '../routes.ts'
import type { Caller } from '../seams/guard.ts'
import type { FhirContext } from './context.ts'
import { answerType, bundleText, idOf, pagingOf, queryOf, refuseOthers, searchEntry, sendText, typeOf } from './exchange.ts'

const EVERYTHING = { usual: 10_000, most: 10_000 }

export function searchRoutes(context: FhirContext): readonly Route[] {
  const { base, enter, now } = context
  return [
    {
      method: 'GET', path: '/fhir/:type', policy: 'session', claims: [{ level: 'type', interaction: 'search-type' }],
      handle: (request, reply, caller) => search(request, reply, caller, queryOf(request)),
    },
    {
      method: 'POST', path: '/fhir/:type/_search', policy: 'session', claims: [{ level: 'type', interaction: 'search-type' }],
      handle(request, reply, caller) {
        const query = queryOf(request)
        if (typeof request.body === 'string' && request.body !== '') {
          if (!/^application\/x-www-form-urlencoded(;|$)/.test(request.headers['content-type'] ?? '')) throw new Refused([problem('problem.mediaType', {}, 'http.content-type')], 415)
          for (const [name, value] of new URLSearchParams(request.body)) query.append(name, value)
        }
        return search(request, reply, caller, query)
      },
    },
    {
      method: 'GET', path: '/fhir/Patient/:id/$everything', policy: 'session',
      claims: [{ level: 'operation', name: 'everything', definition: 'http://hl7.org/fhir/OperationDefinition/Patient-everything', type: 'Patient' }],
      async handle(request, reply, caller) {
        const query = queryOf(request)
        const answer = answerType(request, query)
        refuseOthers(query, ['_count', '_cursor'])
        const id = idOf(request, 'Patient', 404)
        const paging = pagingOf(query, EVERYTHING)
        const { store, who } = await enter(request, caller)
        const result = await store.everything(who, id, paging)
        if (!result.ok) return refuse(result.problem)
        const address = `${base}/Patient/${id}/$everything?_count=${paging.count}`
        return sendText(reply, answer, pageText(result.page, address, paging.cursor))
      },
    },
  ]

  async function search(request: FastifyRequest, reply: FastifyReply, caller: Caller, query: URLSearchParams): Promise<FastifyReply> {
    const answer = answerType(request, query)
    const type = typeOf(request)
    // Answered above, and by answerType with the plus that a query turns into a space.
    query.delete('_format')
    query.delete('_pretty')
    const parsed = parseSearch(type, query, { now: now(), base })
    if (!parsed.ok) throw new Refused(parsed.issues, 400)
    const { store, who } = await enter(request, caller)
    const result = await store.search(who, parsed.search)
    if (!result.ok) return refuse(result.problem)
    const used = new URLSearchParams(parsed.search.used.map(([name, value]) => [name, value])).toString()
    return sendText(reply, answer, pageText(result.page, `${base}/${type}${used === '' ? '' : `?${used}`}`, parsed.search.cursor))
  }

  function pageText({ versions, total, next }: SearchPage, address: string, cursor: string | undefined): string {
    const at = (page: string): string => `${address}${address.includes('?') ? '&' : '?'}_cursor=${encodeURIComponent(page)}`
    const links: [string, string][] = [['self', cursor === undefined ? address : at(cursor)]]
    if (next !== undefined) links.push(['next', at(next)])
    return bundleText({ type: 'searchset', total, links, entries: versions.map((version) => searchEntry(base, version)) })
  }
}
