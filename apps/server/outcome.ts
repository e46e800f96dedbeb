/**
 * Issues to OperationOutcome, and problems of the store to issues: the one place where what went wrong becomes FHIR, with its
 * HTTP status and its sentence.
 * `details.text` is the sentence in the caller's language, `details.coding` the name under which it never changes, `expression`
 * the place: a FHIRPath, or `http.` and the name of a header or parameter (operationoutcome.html).
 */
import { formatMessage, isLanguage, loadMessages, type Language } from '@bairn/knowledge'
import type { Issue, MessageParam } from '@bairn/reasoning'
import type { BundleFault, StoreProblem } from '@bairn/store'
import { problem, Refused, type ProblemKey, type Refusal } from './problems.ts'

export interface Outcome { readonly resourceType: 'OperationOutcome'; readonly issue: readonly OutcomeIssue[] }
interface OutcomeIssue {
  readonly severity: 'error' | 'warning' | 'information'
  readonly code: string
  readonly details: { readonly coding: readonly { readonly system: string; readonly code: string }[]; readonly text: string }
  readonly diagnostics?: string
  readonly expression?: readonly string[]
}

export const ISSUE_SYSTEM = 'urn:bairn:issue'

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
  const text = (value: string | number): MessageParam => ({ text: String(value) })
  const entry = 'entry' in found && found.entry !== undefined ? `Bundle.entry[${found.entry}]` : undefined
  const say = (status: number, key: ProblemKey, params: Readonly<Record<string, MessageParam>> = {}, where = entry, headers: Refusal['headers'] = {}): Refusal =>
    ({ status, issues: [problem(key, params, where)], headers: headers ?? {} })
  switch (found.kind) {
    case 'notFound': {
      const what = { resource: text(`${found.type}/${found.id}`) }
      return found.version === undefined ? say(conditional ? 412 : 404, 'problem.fhir.notFound', what) : say(404, 'problem.fhir.versionNotFound', { ...what, version: text(found.version) })
    }
    case 'deleted': return say(conditional ? 412 : 410, 'problem.fhir.deleted', { resource: text(`${found.type}/${found.id}`), when: text(found.updated) }, entry, { etag: `W/"${found.version}"` })
    case 'conflict': return say(412, 'problem.fhir.stale', { resource: text(`${found.type}/${found.id}`), sent: text(found.sent), current: text(found.current) }, entry ?? 'http.if-match', { etag: `W/"${found.current}"` })
    case 'exists': return say(412, 'problem.fhir.exists', { resource: text(`${found.type}/${found.id}`) }, entry ?? 'http.if-none-match', { etag: `W/"${found.current}"` })
    case 'otherChild': return say(422, 'problem.fhir.otherChild', { resource: text(`${found.type}/${found.id}`) })
    case 'reference': return say(422, found.matches > 1 ? 'problem.fhir.referenceAmbiguous' : 'problem.fhir.reference', { reference: text(found.reference), matches: { number: found.matches } }, placeIn(entry, found.where))
    case 'bundle': return say(400, BUNDLE_FAULTS[found.what], { found: text(found.found ?? ''), entry: text(found.entry ?? ''), other: text(found.other ?? '') })
    case 'body': return say(400, found.what === 'type' ? 'problem.fhir.otherType' : 'problem.fhir.otherId')
    case 'cursor': return say(400, 'problem.fhir.cursor', { found: text(found.found) }, 'http._cursor')
    case 'unavailable': return found.why === 'diskFull' ? say(507, 'problem.diskFull') : say(503, 'problem.database', { detail: text(found.detail) }, entry, { 'retry-after': '2' })
    case 'newerSchema': return say(500, 'problem.newerData', { found: text(found.found), known: text(found.known) })
    case 'changedMigration': return say(500, 'problem.changedMigration', { name: text(found.name) })
    case 'serverVersion': return say(500, 'problem.serverVersion', { found: text(found.found), needed: text(found.needed) })
    case 'noBinaries': return say(500, 'problem.noBinaries', { platform: text(found.platform) })
    case 'inUse': return say(500, 'problem.alreadyRunning', { folder: text(found.folder), pid: text(found.pid) })
    case 'otherPostgres': return say(500, 'problem.otherPostgres', { folder: text(found.folder), found: text(found.found), needed: text(found.needed) })
    case 'folder': return say(500, 'problem.home', { folder: text(found.folder), detail: text(found.detail) })
    case 'startFailed': return say(500, 'problem.startFailed', { detail: text(found.detail), log: text(found.log ?? 'none') })
    case 'url': return say(500, 'problem.databaseUrl', {}, 'DATABASE_URL')
    case 'importFile': return say(422, IMPORT_FAULTS[found.what], { line: { number: found.line } }, `line ${found.line}`)
    case 'importDiffers': return say(422, 'problem.import.differs', { line: { number: found.line }, resource: text(`${found.type}/${found.id}`), version: text(found.version) }, `line ${found.line}`)
    case 'stopped': return say(503, 'problem.interrupted')
    default: return unreachable(found)
  }
}

/** @throws Refused with the problem as the app sends it */
export const refuse = (found: StoreProblem, options?: { readonly conditional?: boolean }): never => {
  const { status, issues, headers } = refusalOf(found, options)
  throw new Refused(issues, status, headers)
}

const BUNDLE_FAULTS: Readonly<Record<BundleFault, ProblemKey>> = {
  type: 'problem.fhir.bundleType', request: 'problem.fhir.entryRequest', method: 'problem.fhir.entryMethod', url: 'problem.fhir.entryUrl', resource: 'problem.fhir.entryResource',
  typeMismatch: 'problem.fhir.entryType', idMismatch: 'problem.fhir.entryId', fullUrlTwice: 'problem.fhir.fullUrlTwice', sameResource: 'problem.fhir.sameResource',
  notSupported: 'problem.fhir.entryNotSupported', precondition: 'problem.fhir.condition', query: 'problem.fhir.entryQuery',
}
const IMPORT_FAULTS = {
  header: 'problem.import.header', newerFormat: 'problem.import.newerFormat', line: 'problem.import.line', truncated: 'problem.import.truncated', order: 'problem.import.line',
} as const

/** `Observation.subject` within entry 3 is `Bundle.entry[3].resource.subject`. */
function placeIn(entry: string | undefined, where: string): string {
  if (entry === undefined || where.startsWith('Bundle.')) return where
  return `${entry}.resource${where.slice(where.indexOf('.'))}`
}

function unreachable(value: never): never {
  throw new TypeError(`not a problem of the store: ${JSON.stringify(value)}`)
}
