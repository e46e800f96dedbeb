/**
 * Issues to OperationOutcome, and problems of the store to issues: the one place where what went wrong becomes FHIR, with its
 * HTTP status and its sentence.
 * `details.text` is the sentence in the caller's language, `details.coding` the name under which it never changes, `expression`
 * the place: a FHIRPath, or `http.` and the name of a header or parameter (operationoutcome.html).
 */
import { formatMessage, isLanguage, loadMessages, type Language } from '@bairn/knowledge'
import type { Issue } from '@bairn/reasoning'
import { problemToIssue, type StoreProblem } from '@bairn/store'
import { Refused, type Refusal } from './problems.ts'

export interface Outcome { readonly resourceType: 'OperationOutcome'; readonly issue: readonly OutcomeIssue[] }
interface OutcomeIssue {
  readonly severity: 'error' | 'warning' | 'information'
  readonly code: string
  readonly details: { readonly coding: readonly { readonly system: string; readonly code: string }[]; readonly text: string }
  readonly diagnostics?: string
  readonly expression?: readonly string[]
}

const ISSUE_SYSTEM = 'urn:bairn:issue'

/** The OperationOutcome of issues, in the first language of `accept-language` that Bairn speaks, else English. */
export async function outcomeOf(issues: readonly Issue[], acceptLanguage?: string): Promise<Outcome> {
  const language = languageOf(acceptLanguage)
  await loadMessages(language)
  return { resourceType: 'OperationOutcome', issue: issues.map((issue) => outcomeIssue(issue, language)) }
}

/** 'ar-EG,fr;q=0.8' is Arabic. */
export function languageOf(acceptLanguage: string | undefined): Language {
  for (const range of acceptLanguage?.split(',') ?? []) {
    const language = range.trim().slice(0, 2).toLowerCase()
    if (isLanguage(language)) return language
  }
  return 'en'
}

function outcomeIssue({ code, severity, text, where }: Issue, language: Language): OutcomeIssue {
  const isPlace = where !== undefined && /^[A-Za-z][\w.-]*(?:[[(.][^\s]*)*$/.test(where)
  return {
    severity: code === 'informational' ? 'information' : severity,
    code,
    details: { coding: [{ system: ISSUE_SYSTEM, code: text.key }], text: formatMessage(text, language) },
    ...(where === undefined ? {} : isPlace ? { expression: [where] } : { diagnostics: where }),
  }
}

/** What the store says no with, as a refusal. `If-Match` on something that is not there fails like any other version. */
export function refusalOf(found: StoreProblem, { conditional = false }: { readonly conditional?: boolean } = {}): Refusal {
  const { where: _, ...issue } = problemToIssue(found)
  const where = placeOf(found)
  return { status: statusOf(found, conditional), issues: [{ ...issue, ...(where === undefined ? {} : { where }) }], headers: headersOf(found) }
}

function statusOf(found: StoreProblem, conditional: boolean): number {
  switch (found.kind) {
    case 'notFound': return conditional ? 412 : 404
    case 'deleted': return conditional ? 412 : 410
    case 'conflict': case 'exists': return 412
    case 'otherChild': case 'reference': case 'importFile': case 'importDiffers': return 422
    case 'bundle': case 'body': case 'cursor': return 400
    case 'unavailable': return found.why === 'diskFull' ? 507 : 503
    case 'stopped': return 503
    case 'newerSchema': case 'changedMigration': case 'serverVersion': case 'noBinaries': case 'inUse': case 'otherPostgres': case 'folder': case 'startFailed': case 'url': return 500
    default: return found satisfies never
  }
}

function headersOf(found: StoreProblem): Readonly<Record<string, string>> {
  if (found.kind === 'deleted') return { etag: `W/"${found.version}"` }
  if (found.kind === 'conflict' || found.kind === 'exists') return { etag: `W/"${found.current}"` }
  return found.kind === 'unavailable' && found.why !== 'diskFull' ? { 'retry-after': '2' } : {}
}

/** A FHIRPath, or `http.` and the header: `Observation.subject` within entry 3 is `Bundle.entry[3].resource.subject`. */
function placeOf(found: StoreProblem): string | undefined {
  const entry = 'entry' in found && found.entry !== undefined ? `Bundle.entry[${found.entry}]` : undefined
  if (found.kind === 'reference') return entry === undefined || found.where.startsWith('Bundle.') ? found.where : `${entry}.resource${found.where.includes('.') ? found.where.slice(found.where.indexOf('.')) : ''}`
  if (entry !== undefined) return entry
  if (found.kind === 'conflict') return 'http.if-match'
  if (found.kind === 'exists') return 'http.if-none-match'
  if (found.kind === 'cursor') return 'http._cursor'
  return 'line' in found ? `line ${found.line}` : undefined
}

/** @throws Refused with the problem as the app sends it */
export const refuse = (found: StoreProblem, options?: { readonly conditional?: boolean }): never => {
  const { status, issues, headers } = refusalOf(found, options)
  throw new Refused(issues, status, headers)
}
