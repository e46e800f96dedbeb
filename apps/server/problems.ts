/**
 * What can keep the server or a command from its work, by name; the store's own problems have theirs (record/store/problems.ts). The sentences stand in
 * knowledge/messages/<language>/problems.json and together in tests/server/golden/problems.txt.
 */
import type { Issue, MessageParam } from '@bairn/reasoning'

/** R4's issue type for each, so that any of them becomes an OperationOutcome as it stands. */
const TYPES = {
  // settings and start
  'problem.host': 'security', 'problem.port': 'value', 'problem.portInUse': 'conflict', 'problem.portForbidden': 'forbidden', 'problem.home': 'exception',
 
  'problem.databaseUrl': 'value', 'problem.clock': 'exception', 'problem.diskFull': 'no-store', 'problem.outputFull': 'no-store', 'problem.unexpected': 'exception',
  // reaching the server
  'problem.foreignHost': 'security', 'problem.foreignOrigin': 'security', 'problem.token': 'login', 'problem.link': 'expired', 'problem.pages': 'exception',
  'problem.notHere': 'not-found', 'problem.method': 'not-supported', 'problem.accept': 'not-supported', 'problem.mediaType': 'not-supported', 'problem.tooLarge': 'too-long',
  'problem.parameter': 'not-supported', 'problem.app.body': 'structure', 'problem.app.name': 'required', 'problem.app.place': 'required', 'problem.app.country': 'value', 'problem.app.switch': 'value',
  'problem.app.otherDatabase': 'conflict',
  // FHIR interactions
  'problem.fhir.type': 'not-supported', 'problem.fhir.empty': 'required', 'problem.fhir.notResource': 'structure', 'problem.fhir.id': 'value', 'problem.fhir.noId': 'required', 'problem.fhir.otherId': 'value', 'problem.fhir.otherType': 'value', 'problem.fhir.notStored': 'not-supported',
  'problem.fhir.notBornYet': 'value', 'problem.fhir.condition': 'value', 'problem.fhir.ifNoneExist': 'not-supported', 'problem.fhir.count': 'value', 'problem.fhir.bundleType': 'value',
  'problem.fhir.valid': 'informational', 'problem.fhir.done': 'informational',
  // CDS Hooks
  'problem.hooks.service': 'not-found', 'problem.hooks.hook': 'value', 'problem.hooks.field': 'value', 'problem.hooks.otherPatient': 'value', 'problem.hooks.pages': 'incomplete', 'problem.hooks.prefetch': 'required',
  // files given to a command
  'problem.file.none': 'not-found', 'problem.file.unreadable': 'exception', 'problem.file.gzip': 'invalid', 'problem.file.text': 'invalid', 'problem.file.refused': 'processing',
  'problem.file.type': 'value', 'problem.file.exists': 'conflict', 'problem.file.write': 'exception',
  'problem.restore.notEmpty': 'conflict', 'problem.interrupted': 'transient',
} as const
export type ProblemKey = keyof typeof TYPES
export const PROBLEM_KEYS = Object.keys(TYPES) as readonly ProblemKey[]

type Params = Readonly<Record<string, MessageParam>>

/** An Issue of this area. `where` is the setting, file, line or element that it is about. */
export const problem = (key: ProblemKey, params: Params = {}, where?: string): Issue =>
  ({ code: TYPES[key], severity: 'error', text: { key, params }, ...(where === undefined ? {} : { where }) })

/** A no with its reasons: what an answer, a start or a command says instead of what was asked. */
export interface Refusal {
  /** of the answer, where it is one */
  readonly status: number
  readonly issues: readonly Issue[]
  readonly headers?: Readonly<Record<string, string>>
}

/** Thrown where nothing can go on; caught at the outermost edge: the app sends it, a command prints it and ends with 1. */
export class Refused extends Error implements Refusal {
  readonly status: number
  readonly issues: readonly Issue[]
  readonly headers: Readonly<Record<string, string>>
  constructor(issues: readonly Issue[], status = 500, headers: Readonly<Record<string, string>> = {}) {
    super(issues.map(({ text }) => text.key).join(', '))
    this.name = 'Refused'
    this.status = status
    this.issues = issues
    this.headers = headers
  }
}
