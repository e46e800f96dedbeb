/**
 * What the store promises: every call, what goes in, what comes out. Types only; see README.md for how it is kept.
 * Every call takes who asks (`Principal`). Results are values, never HTTP and never exceptions: a problem names what it is
 * and the place, and the server and the command line choose the words (`problemToIssue`).
 * Resources go in as objects from `parseFhirJson` (digits kept) and come out as the stored text, byte for byte.
 * The store does not validate resources (record/fhir/validate does, before); it guards identity, versions and references.
 */
import type { Day } from '@bairn/quantities'
import type { Message } from '@bairn/reasoning'
import type { NeedCode, Urgency } from '@bairn/plan'
import type { Search } from '@bairn/fhir/search'

/** Who asks: `practitioner` is the id of a Practitioner, `device` of the computer or phone. Both stand on every version. */
export interface Principal { readonly practitioner: string; readonly device: string }

/** A resource as `parseFhirJson` gives it. */
export type Resource = Readonly<Record<string, unknown>>

/** One version of one resource. */
export interface Version {
  readonly type: string
  readonly id: string
  /** 1, 2, …: `meta.versionId`, and the ETag */
  readonly version: number
  /** ISO instant with milliseconds, `meta.lastUpdated`; never goes backwards within a resource */
  readonly updated: string
  /** the stored JSON; undefined when this version is a deletion */
  readonly text?: string
  /** what the version did */
  readonly change: 'created' | 'updated' | 'deleted'
  readonly practitioner: string
  readonly device: string
}
/** A version that has a body. */
export interface Stored extends Version { readonly text: string }

// ---- reading and writing one resource

export type ReadResult =
  | { readonly ok: true; readonly version: Stored }
  | { readonly ok: false; readonly problem: NotFound | Deleted | Unavailable }

export interface PutOptions {
  /** the version that was changed (If-Match); a stale one is refused, and what was sent is kept (see `conflicts`) */
  readonly ifMatch?: number
  /** If-None-Match: * — a new fact. The same content again answers `unchanged`, other content is refused. */
  readonly ifNoneMatch?: '*'
}

export type WriteResult =
  /** `unchanged`: the content was already there; `absent`: there was nothing to delete */
  | { readonly ok: true; readonly outcome: 'created' | 'updated' | 'unchanged'; readonly version: Stored }
  | { readonly ok: true; readonly outcome: 'deleted' | 'absent'; readonly version?: Version }
  | { readonly ok: false; readonly problem: WriteProblem }

// ---- problems

/** `entry`: index in a bundle. `where`: a FHIRPath. */
interface InBundle { readonly entry?: number }
export interface NotFound extends InBundle { readonly kind: 'notFound'; readonly type: string; readonly id: string; readonly version?: number }
export interface Deleted extends InBundle { readonly kind: 'deleted'; readonly type: string; readonly id: string; readonly version: number; readonly updated: string }
/** If-Match names an older version. `kept`: where what was sent waits to be compared. */
export interface Conflict extends InBundle { readonly kind: 'conflict'; readonly type: string; readonly id: string; readonly sent: number; readonly current: number; readonly kept?: string }
/** If-None-Match: *, and other content stands there. */
export interface Exists extends InBundle { readonly kind: 'exists'; readonly type: string; readonly id: string; readonly current: number }
/** A fact stays with its child: mark it entered-in-error and write a new one. */
export interface OtherChild extends InBundle { readonly kind: 'otherChild'; readonly type: string; readonly id: string }
/** A reference to a resource that is not here; or a urn that no entry has; or a conditional one with none or many matches. */
export interface BadReference extends InBundle { readonly kind: 'reference'; readonly reference: string; readonly where: string; readonly matches: number }
export interface BadBundle extends InBundle { readonly kind: 'bundle'; readonly what: BundleFault; readonly found?: string; readonly other?: number }
export type BundleFault =
  /** Bundle.type is neither transaction nor batch */
  | 'type'
  /** no request, no or unknown method, a url that says nothing, a body that is missing or of another type or id */
  | 'request' | 'method' | 'url' | 'resource' | 'typeMismatch' | 'idMismatch' | 'fullUrlTwice'
  /** two entries change one resource: `other` is the first */
  | 'sameResource'
  /** PATCH, ifNoneExist, conditional update or delete */
  | 'notSupported'
  /** ifMatch, ifNoneMatch that is not W/"n" or * */
  | 'precondition'
  /** a query that may not be run: `issues` of parseSearch, first one */
  | 'query'
export interface BadBody extends InBundle { readonly kind: 'body'; readonly what: 'type' | 'id' }
/** The database cannot take it now. Nothing of the request was written. */
export interface Unavailable extends InBundle { readonly kind: 'unavailable'; readonly why: 'diskFull' | 'connection' | 'busy' | 'readOnly'; readonly detail: string }
export type WriteProblem = NotFound | Deleted | Conflict | Exists | OtherChild | BadReference | BadBundle | BadBody | Unavailable

// ---- bundles

export type EntryResult =
  | Extract<WriteResult, { readonly ok: true }>
  | { readonly ok: true; readonly outcome: 'read'; readonly version: Stored }
  | { readonly ok: true; readonly outcome: 'found'; readonly page: SearchPage; readonly search: Search }

/** All or nothing. `entries` stand in the order of the request. */
export type TransactionResult =
  | { readonly ok: true; readonly entries: readonly EntryResult[] }
  | { readonly ok: false; readonly problem: WriteProblem }
/** Each entry on its own. `ok: false` only if the bundle itself cannot be read. */
export type BatchResult =
  | { readonly ok: true; readonly entries: readonly (EntryResult | { readonly ok: false; readonly problem: WriteProblem })[] }
  | { readonly ok: false; readonly problem: BadBundle }

// ---- lists

export interface SearchPage {
  readonly versions: readonly Stored[]
  /** of all pages */
  readonly total: number
  /** `Search.cursor` of the next page; undefined on the last */
  readonly next?: string
}
export type SearchResult = { readonly ok: true; readonly page: SearchPage } | { readonly ok: false; readonly problem: BadCursor | Unavailable }
export interface BadCursor { readonly kind: 'cursor'; readonly found: string }

export interface EverythingPage extends SearchPage {
  /** the state of the child's record: on the plan, so that it can be shown again later (`at`) */
  readonly record: string
}
export type EverythingResult = { readonly ok: true; readonly page: EverythingPage } | { readonly ok: false; readonly problem: NotFound | Deleted | BadCursor | Unavailable }

export interface HistoryPage {
  /** newest first; deletions among them */
  readonly versions: readonly Version[]
  readonly total: number
  readonly next?: string
}
export type HistoryResult = { readonly ok: true; readonly page: HistoryPage } | { readonly ok: false; readonly problem: NotFound | BadCursor | Unavailable }

/** One committed change, in an order in which nothing appears later before a position already read. */
export interface Change {
  readonly type: string
  readonly id: string
  readonly version: number
  readonly deleted: boolean
  /** id of the Patient whose record it belongs to */
  readonly child?: string
}
export interface ChangePage { readonly changes: readonly Change[]; readonly position: string; readonly more: boolean }

/** What a stale If-Match sent, kept until somebody has looked: "two records differ". */
export interface KeptConflict {
  readonly id: string
  readonly type: string
  readonly resource: string
  /** the version it was made from */
  readonly base: number
  readonly current: number
  readonly text: string
  readonly at: string
  readonly practitioner: string
  readonly device: string
}

// ---- the worklist

/** One line of the list of children. The same shape as the page's WorklistRow. */
export interface WorklistSummary {
  /** id of the Patient */
  readonly child: string
  readonly name: string
  readonly sex?: 'male' | 'female'
  /** as known: '2025-05-23', '2025-05', '2025' */
  readonly birthDate?: string
  readonly birthEstimated: boolean
  readonly village?: string
  readonly mother?: string
  /** of the first plan item; 'well' if nothing but comingUp is left, 'notKnown' if only questions are */
  readonly urgency: Urgency | 'notKnown' | 'well'
  readonly title?: Message
  readonly reason?: Message
  readonly due?: Day
  readonly more: number
  readonly spark: readonly (readonly [Day, number])[]
  readonly lastWeight?: { readonly kg: number; readonly day: Day }
  readonly lastVisit?: Day
}

/** A child's plan as the list needs it. */
export interface WorklistProjection {
  readonly row: WorklistSummary
  /** one a plan item */
  readonly needs: readonly { readonly need: NeedCode; readonly urgency: Urgency; readonly due: Day }[]
  /** everything the child is found by: every name of child and mother, phones, card numbers, village */
  readonly words: { readonly name: readonly string[]; readonly mother: readonly string[]; readonly phone: readonly string[]; readonly card: readonly string[]; readonly village: readonly string[] }
  /** the same row holds on every day before this one */
  readonly nextChange?: Day
}

/**
 * From one child's current resources (Patient first) to its row; undefined: on no list (dead, withdrawn, grown up).
 * Given by the server, so that the store knows no engine. Must be pure.
 */
export type Project = (resources: readonly Resource[], on: Day) => WorklistProjection | undefined

/** 'comingUp' finds every child with something coming up; the others go by the row's own urgency. */
export type WorklistFilter = 'all' | Urgency | 'notKnown' | 'well'
export interface WorklistQuery {
  readonly filter: WorklistFilter
  /** beginnings of words of child's or mother's name, phone, card number, village; all must be found */
  readonly q?: string
  /** from 1 */
  readonly page: number
  readonly count: number
}
export interface WorklistPage {
  readonly rows: readonly WorklistSummary[]
  /** of this filter and `q` */
  readonly total: number
  /** of every filter, with `q` */
  readonly counts: Readonly<Record<WorklistFilter, number>>
  readonly page: number
  readonly pages: number
}
/** Children whose rows may still be those of an older state; nought after `settle`. */
export interface WorklistState { readonly behind: number }

export interface DuplicateQuery { readonly name?: string; readonly mother?: string; readonly birthDate?: string; readonly sex?: 'male' | 'female'; readonly phone?: string }
export interface DuplicateCandidate { readonly row: WorklistSummary; readonly because: readonly ('name' | 'mother' | 'birthDate' | 'phone')[] }

// ---- export and import

export interface ExportOptions { readonly signal?: AbortSignal; readonly onProgress?: (versions: number) => void }
export interface ImportOptions { readonly signal?: AbortSignal; readonly onProgress?: (done: { readonly versions: number; readonly already: number }) => void }
export type ImportResult =
  /** `already`: versions that were here, byte for byte; the same file again imports nothing */
  | { readonly ok: true; readonly versions: number; readonly already: number }
  /** what was committed before stays, whole children at a time; the same file can be imported again to go on */
  | { readonly ok: false; readonly problem: ImportProblem; readonly versions: number; readonly already: number }
export type ImportProblem =
  /** not a file of `export`, a line that is broken, no last line (the file was cut) */
  | { readonly kind: 'importFile'; readonly what: 'header' | 'newerFormat' | 'line' | 'truncated' | 'order'; readonly line: number }
  /** the version is here with other content: neither is changed */
  | { readonly kind: 'importDiffers'; readonly line: number; readonly type: string; readonly id: string; readonly version: number }
  | { readonly kind: 'stopped' }
  | Unavailable

// ---- the store

export interface Store {
  read(who: Principal, type: string, id: string): Promise<ReadResult>
  vread(who: Principal, type: string, id: string, version: number): Promise<ReadResult>
  history(who: Principal, type: string, id: string, options: { readonly count: number; readonly cursor?: string }): Promise<HistoryResult>
  /** POST: the store makes the id; one that the resource carries is not used. */
  create(who: Principal, resource: Resource): Promise<WriteResult>
  /** Creates with the client's id or changes. `resource.id` must be `id`. */
  put(who: Principal, id: string, resource: Resource, options?: PutOptions): Promise<WriteResult>
  /** The versions stay readable. References to it stay; the child leaves the list at once. */
  remove(who: Principal, type: string, id: string, options?: { readonly ifMatch?: number }): Promise<WriteResult>
  /** A Bundle of type transaction: DELETE, POST, PUT, GET in this order, all or nothing, urn:uuid and conditional references resolved everywhere. */
  transaction(who: Principal, bundle: Resource): Promise<TransactionResult>
  batch(who: Principal, bundle: Resource): Promise<BatchResult>
  search(who: Principal, search: Search): Promise<SearchResult>
  /** The child's compartment, Patient first. `at`: as it was at that `record`. Without `count`: all of it. */
  everything(who: Principal, patient: string, options?: { readonly count?: number; readonly cursor?: string; readonly at?: string }): Promise<EverythingResult>
  changes(who: Principal, options: { readonly after?: string; readonly limit: number }): Promise<ChangePage>
  conflicts(who: Principal, patient: string): Promise<readonly KeptConflict[]>
  /** Somebody has compared: the kept text stays in the database, marked as looked at. */
  settleConflict(who: Principal, id: string): Promise<void>

  worklist(who: Principal, query: WorklistQuery): Promise<WorklistPage>
  /** Brings every row up to the committed writes and to the day; resolves when nothing is behind. Cheap when nothing is. */
  settle(on: Day): Promise<void>
  /** How far the list is behind the writes and the day. */
  worklistState(on: Day): Promise<WorklistState>
  /** Likely the same child, best first, at most five. */
  duplicates(who: Principal, query: DuplicateQuery): Promise<readonly DuplicateCandidate[]>
  /** Patients that are neither deleted nor dead. */
  countChildren(who: Principal): Promise<number>

  /** Every version with who, when and where from, as NDJSON lines (each ends in \n). One snapshot. */
  exportAll(who: Principal, options?: ExportOptions): AsyncIterable<string>
  /** Lines of `exportAll`, in any chunks. Whole children a transaction; idempotent, so it can be gone on with. */
  importAll(who: Principal, chunks: AsyncIterable<string | Uint8Array>, options?: ImportOptions): Promise<ImportResult>

  /** JSON values by key: the user's name, the place. */
  setting(who: Principal, key: string): Promise<unknown>
  putSetting(who: Principal, key: string, value: unknown): Promise<void>
  /** Answers if the database does. */
  ping(): Promise<boolean>
  close(): Promise<void>
}

// ---- opening

export interface StoreOptions {
  readonly database: DatabaseConnection
  readonly project: Project
  /** engine version and edition ids: rows made under another stamp are made again */
  readonly stamp: () => string
  /** the day on which lists are, asked before each refresh */
  readonly today: () => Day
  /** the server's own FHIR address: absolute references to it are local */
  readonly base?: string
  /** connections; 8 if absent */
  readonly connections?: number
  /** milliseconds since 1970; the computer's clock if absent */
  readonly now?: () => number
  /** a refresh in the background failed: for the log */
  readonly onBackgroundProblem?: (problem: unknown) => void
}
export type OpenResult = { readonly ok: true; readonly store: Store } | { readonly ok: false; readonly problem: OpenProblem }
export type OpenProblem =
  /** the data were last used by a newer Bairn: `found` and `known` are migration numbers */
  | { readonly kind: 'newerSchema'; readonly found: number; readonly known: number }
  /** a migration file differs from the one that was applied */
  | { readonly kind: 'changedMigration'; readonly name: string }
  | { readonly kind: 'serverVersion'; readonly found: string; readonly needed: string }
  | Unavailable

/** How to reach one database: what the driver takes. */
export interface DatabaseConnection {
  readonly host?: string
  readonly port?: number
  readonly user?: string
  readonly password?: string
  readonly database?: string
  /** a given database, as in DATABASE_URL */
  readonly connectionString?: string
}

/** `bairn`: people's children. `bairn_demo`: children who never lived. */
export type DatabaseName = 'bairn' | 'bairn_demo'

export interface Database {
  /** Creates the database if it is not there. */
  connection(name: DatabaseName): Promise<{ readonly ok: true; readonly connection: DatabaseConnection } | { readonly ok: false; readonly problem: StartProblem }>
  /** Where the data lie; undefined with DATABASE_URL. */
  readonly folder?: string
  /** The data could not lie in BAIRN_HOME (root, and the database's user cannot reach it): say `folder` on screen. */
  readonly moved: boolean
  /** Another Bairn had started it; `stop` leaves it running. */
  readonly attached: boolean
  /** process of the PostgreSQL server now, for figures; undefined with DATABASE_URL */
  readonly pid: number | undefined
  stop(): Promise<void>
}
export interface DatabaseOptions {
  /** BAIRN_HOME; made if it is not there */
  readonly home: string
  /** DATABASE_URL; then nothing is started */
  readonly url?: string
  /** what to do if it is already running for this home: 'attach' (default) or 'refuse' (problem `inUse`) */
  readonly running?: 'attach' | 'refuse'
  /** tests only: no fsync */
  readonly unsafe?: boolean
}
export type DatabaseResult = { readonly ok: true; readonly database: Database } | { readonly ok: false; readonly problem: StartProblem }
export type StartProblem =
  /** no PostgreSQL for this computer among the packages */
  | { readonly kind: 'noBinaries'; readonly platform: string }
  | { readonly kind: 'inUse'; readonly folder: string; readonly pid: number }
  /** made by another PostgreSQL */
  | { readonly kind: 'otherPostgres'; readonly folder: string; readonly found: string; readonly needed: string }
  | { readonly kind: 'folder'; readonly folder: string; readonly detail: string }
  | { readonly kind: 'startFailed'; readonly detail: string; readonly log?: string }
  /** DATABASE_URL is not postgres://user@host/name */
  | { readonly kind: 'url' }
  | Unavailable

/** Any problem of this package. */
export type StoreProblem = WriteProblem | BadCursor | ImportProblem | OpenProblem | StartProblem
