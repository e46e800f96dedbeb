/**
 * A problem of the store as an issue: a key of knowledge/messages (area `problems`) with what stands in it. The words are not chosen here.
 */
import type { Issue, MessageParam } from '@bairn/reasoning'
import type { StoreProblem } from './contract.ts'

/** Every key, for the catalogue's test. */
export const STORE_PROBLEM_KEYS = [
  'store.notFound', 'store.deleted', 'store.conflict', 'store.exists', 'store.otherChild', 'store.reference', 'store.referenceMany', 'store.body.type', 'store.body.id',
  'store.bundle.type', 'store.bundle.request', 'store.bundle.method', 'store.bundle.url', 'store.bundle.resource', 'store.bundle.typeMismatch', 'store.bundle.idMismatch',
  'store.bundle.fullUrlTwice', 'store.bundle.sameResource', 'store.bundle.notSupported', 'store.bundle.precondition', 'store.bundle.query',
  'store.unavailable.diskFull', 'store.unavailable.connection', 'store.unavailable.busy', 'store.unavailable.readOnly', 'store.cursor',
  'store.importFile.header', 'store.importFile.newerFormat', 'store.importFile.line', 'store.importFile.truncated', 'store.importFile.order', 'store.importDiffers', 'store.stopped',
  'store.newerSchema', 'store.changedMigration', 'store.serverVersion', 'store.noBinaries', 'store.inUse', 'store.otherPostgres', 'store.folder', 'store.startFailed', 'store.url',
] as const
type Key = (typeof STORE_PROBLEM_KEYS)[number]

/** FHIR's issue type, so that the server needs no table of its own. Source: HL7 FHIR R4 4.0.1, valueset-issue-type. */
export function problemToIssue(problem: StoreProblem): Issue {
  const [key, code] = nameOf(problem)
  const where = 'where' in problem ? problem.where : undefined
  const entry = 'entry' in problem && problem.entry !== undefined ? `Bundle.entry[${problem.entry}]` : undefined
  const place = entry === undefined ? where : where === undefined ? entry : `${entry}.resource${where.replace(/^[A-Za-z]+/, '')}`
  return { code, severity: 'error', text: { key, params: paramsOf(problem) }, ...(place === undefined ? {} : { where: place }) }
}

function nameOf(problem: StoreProblem): readonly [Key, string] {
  switch (problem.kind) {
    case 'notFound': return ['store.notFound', 'not-found']
    case 'deleted': return ['store.deleted', 'deleted']
    case 'conflict': return ['store.conflict', 'conflict']
    case 'exists': return ['store.exists', 'duplicate']
    case 'otherChild': return ['store.otherChild', 'business-rule']
    case 'reference': return [problem.matches > 1 ? 'store.referenceMany' : 'store.reference', problem.matches > 1 ? 'multiple-matches' : 'not-found']
    case 'body': return [`store.body.${problem.what}`, 'invalid']
    case 'bundle': return [`store.bundle.${problem.what}`, problem.what === 'notSupported' ? 'not-supported' : 'invalid']
    case 'unavailable': return [`store.unavailable.${problem.why}`, problem.why === 'diskFull' ? 'no-store' : 'transient']
    case 'cursor': return ['store.cursor', 'invalid']
    case 'importFile': return [`store.importFile.${problem.what}`, 'invalid']
    case 'importDiffers': return ['store.importDiffers', 'conflict']
    case 'inUse': return ['store.inUse', 'lock-error']
    case 'stopped': return ['store.stopped', 'incomplete']
    case 'newerSchema': case 'changedMigration': case 'serverVersion': case 'noBinaries': case 'otherPostgres': case 'folder': case 'startFailed': case 'url': return [`store.${problem.kind}`, 'exception']
    default: return problem satisfies never
  }
}

/** Everything in the problem but its kind: numbers as numbers, the rest as text. */
function paramsOf(problem: StoreProblem): Readonly<Record<string, MessageParam>> {
  return Object.fromEntries(Object.entries(problem).filter(([name]) => name !== 'kind').map(([name, value]) => [name, typeof value === 'number' ? { number: value } : { text: String(value) }]))
}
