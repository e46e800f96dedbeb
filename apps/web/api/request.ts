/**
 * One way to ask the server: an answer, a refusal with its sentences, or nobody there. It never throws for any of them.
 */
import { reportConnection } from './connection.ts'

export type Outcome<T> =
  | { readonly kind: 'answer'; readonly value: T; readonly version?: string }
  /** the server answered no; `says` are its sentences, in the language asked for */
  | { readonly kind: 'refused'; readonly status: number; readonly says: readonly string[] }
  | { readonly kind: 'unreachable' }

interface OperationOutcome { readonly resourceType: 'OperationOutcome'; readonly issue: readonly { readonly details?: { readonly text?: string }; readonly diagnostics?: string }[] }

export const getJson = <T,>(path: string, signal?: AbortSignal): Promise<Outcome<T>> => request<T>(path, signal === undefined ? {} : { signal })

export const postJson = <T,>(path: string, body: unknown): Promise<Outcome<T>> =>
  request<T>(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })

/** @throws only what the caller asked for: an AbortError when `signal` was used */
export async function request<T>(path: string, options: RequestInit): Promise<Outcome<T>> {
  let response: Response
  try {
    response = await fetch(path, { ...options, cache: 'no-store', headers: { accept: 'application/fhir+json, application/json', 'accept-language': document.documentElement.lang, ...options.headers } })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    reportConnection('away')
    return { kind: 'unreachable' }
  }
  reportConnection('there')
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) return { kind: 'refused', status: response.status, says: sentences(body) }
  const version = /"(.+)"/.exec(response.headers.get('etag') ?? '')?.[1]
  return { kind: 'answer', value: body as T, ...(version === undefined ? {} : { version }) }
}

function sentences(body: unknown): readonly string[] {
  const outcome = body as OperationOutcome | undefined
  if (outcome?.resourceType !== 'OperationOutcome') return []
  return outcome.issue.flatMap((issue) => issue.details?.text ?? issue.diagnostics ?? [])
}
