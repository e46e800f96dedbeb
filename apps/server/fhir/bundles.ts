/**
 * `POST /fhir`: a transaction (all or nothing) or a batch (each entry on its own). Every resource in it is validated before the store
 * sees it; in a batch a bad entry fails alone. Source: HL7 FHIR R4 4.0.1, http.html#transaction.
 */
import type { BatchResult, EntryResult } from '@bairn/store'
import type { FastifyRequest } from 'fastify'
import { outcomeOf, refusalOf, refuse } from '../outcome.ts'
import type { Refusal } from '../problems.ts'
import type { Route } from '../routes.ts'
import { acceptableBundle, acceptableEntries, entriesOf } from './acceptable.ts'
import type { FhirContext } from './context.ts'
import { answerType, bodyOf, bundleText, preferredReturn, queryOf, refuseOthers, searchEntry, sendText } from './exchange.ts'

/** A record of eighteen years is about 5 MB; a file of more children is imported (`bairn import`). */
const BODY_LIMIT = 64_000_000

export function bundleRoutes({ base, enter, today }: FhirContext): readonly Route[] {
  return [{
    method: 'POST', path: '/fhir', policy: 'session', bodyLimit: BODY_LIMIT, claims: [{ level: 'system', interaction: 'transaction' }, { level: 'system', interaction: 'batch' }],
    async handle(request, reply, caller) {
      const query = queryOf(request)
      const answer = answerType(request, query)
      refuseOthers(query)
      const bundle = bodyOf(request)
      const { store, who } = await enter(request, caller)
      if (bundle['resourceType'] === 'Bundle' && bundle['type'] === 'batch') {
        const { entries, refused } = acceptableEntries(bundle, today())
        const result: BatchResult = entries.length === 0 ? { ok: true, entries: [] } : await store.batch(who, { ...bundle, entry: entries.map(({ entry }) => entry) })
        if (!result.ok) return refuse(result.problem)
        const texts = new Map<number, string>()
        for (const [index, issues] of refused) texts.set(index, await refusedText(request, { status: 422, issues }))
        for (const [at, entry] of result.entries.entries()) {
          const index = entries[at]?.index ?? at
          texts.set(index, entry.ok ? entryText(request, base, entry) : await refusedText(request, refusalOf({ ...entry.problem, entry: index } as typeof entry.problem, { conditional: isConditional(entries[at]?.entry) })))
        }
        return sendText(reply, answer, bundleText({ type: 'batch-response', entries: [...texts.entries()].sort(([a], [b]) => a - b).map(([, text]) => text) }))
      }
      const result = await store.transaction(who, acceptableBundle(bundle, today()))
      if (!result.ok) return refuse(result.problem, { conditional: 'entry' in result.problem && result.problem.entry !== undefined && isConditional(entriesOf(bundle)[result.problem.entry]) })
      return sendText(reply, answer, bundleText({ type: 'transaction-response', entries: result.entries.map((entry) => entryText(request, base, entry)) }))
    },
  }]
}

const isConditional = (entry: unknown): boolean => (entry as { readonly request?: { readonly ifMatch?: unknown } } | undefined)?.request?.ifMatch !== undefined

const STATUS = { created: '201 Created', updated: '200 OK', unchanged: '200 OK', deleted: '204 No Content', absent: '204 No Content', read: '200 OK', found: '200 OK' } as const

function entryText(request: FastifyRequest, base: string, entry: EntryResult): string {
  const status = STATUS[entry.outcome]
  if (entry.outcome === 'found') {
    const used = new URLSearchParams(entry.search.used.map(([name, value]) => [name, value])).toString()
    const self: [string, string] = ['self', `${base}/${entry.search.type}${used === '' ? '' : `?${used}`}`]
    const page = bundleText({ type: 'searchset', total: entry.page.total, links: [self], entries: entry.page.versions.map((version) => searchEntry(base, version)) })
    return `{"resource":${page},"response":{"status":"${status}"}}`
  }
  const { version } = entry
  if (version === undefined) return `{"response":{"status":"${status}"}}`
  const response = `"response":{"status":"${status}","location":"${version.type}/${version.id}/_history/${version.version}","etag":"W/\\"${version.version}\\"","lastModified":"${version.updated}"}`
  const whole = version.text !== undefined && (entry.outcome === 'read' || preferredReturn(request) === 'representation')
  return `{"fullUrl":${JSON.stringify(`${base}/${version.type}/${version.id}`)}${whole ? `,"resource":${version.text}` : ''},${response}}`
}

async function refusedText(request: FastifyRequest, { status, issues }: Refusal): Promise<string> {
  const outcome = await outcomeOf(issues, request.headers['accept-language'])
  return `{"response":{"status":"${status}","outcome":${JSON.stringify(outcome)}}}`
}
