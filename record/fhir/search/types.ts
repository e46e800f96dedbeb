/**
 * The shapes of search: what a resource is found by (index keys), and what a query asks for (a parsed search).
 * Types, and two bounds; the store turns both into rows and SQL.
 * Source: HL7 FHIR R4 4.0.1, Search (search.html) and CompartmentDefinition/patient.
 */
import type { Issue } from '@bairn/reasoning'

/** The smallest and largest millisecond of a date: open ends of periods. */
export const DATE_MIN = -8_640_000_000_000_000
export const DATE_MAX = 8_640_000_000_000_000

/** A search parameter that Bairn declares for a resource type. The CapabilityStatement is made from these. */
export interface SearchParameter {
  readonly name: string
  readonly type: 'token' | 'string' | 'date' | 'reference'
  /** canonical address of the official definition */
  readonly definition: string
  /** for references: the types that may be pointed at; empty means any */
  readonly target: readonly string[]
  /** the modifiers that are understood; every other one is refused */
  readonly modifiers: readonly string[]
}

/** A code, an identifier, a phone number. `system` is absent where none stands in the resource. Identifiers are lower case, phone numbers digits and `+`; queries come folded the same way. */
export interface TokenKey { readonly param: string; readonly system?: string; readonly code: string }
/** One text of a name or an address, folded (`foldText`): it is found by its beginning. */
export interface StringKey { readonly param: string; readonly value: string }
/**
 * A date as the half-open range [from, to) that its precision gives, in milliseconds since 1970-01-01T00:00Z.
 * `from`/`to` are instants (without an offset: UTC). `wallFrom`/`wallTo` are what the clock and calendar on the wall
 * showed, written as if in UTC: a day has no time zone, so queries by day, month or year compare these
 * (2026-03-01T00:30+03:00 is the day 2026-03-01). An open end of a period is DATE_MIN or DATE_MAX.
 */
export interface DateKey { readonly param: string; readonly from: number; readonly to: number; readonly wallFrom: number; readonly wallTo: number }
/** A reference to `type/id`, without version. An address elsewhere, or a urn, has type '' and the whole address as id. */
export interface ReferenceKey { readonly param: string; readonly type: string; readonly id: string }

/** Everything that one resource is found by. No key stands twice. `_id` is not among them: the store has the id. */
export interface IndexKeys {
  readonly tokens: readonly TokenKey[]
  readonly strings: readonly StringKey[]
  readonly dates: readonly DateKey[]
  readonly references: readonly ReferenceKey[]
  /** Ids of the Patients whose compartment holds it, the one it is about (patient, subject) first. A Patient's first is itself. */
  readonly compartments: readonly string[]
}

/** A search that may be run: every criterion must hold (AND), any of its values is enough (OR). */
export interface Search {
  readonly type: string
  readonly criteria: readonly Criterion[]
  /** entries a page; 0 asks for the total alone */
  readonly count: number
  /** where the page starts; opaque here, made and read by the store */
  readonly cursor?: string
  /** what was understood, in the order given, for the self link (without `_cursor`) */
  readonly used: readonly (readonly [name: string, value: string])[]
}

export type Criterion =
  | { readonly kind: 'id'; readonly any: readonly string[] }
  | { readonly kind: 'token'; readonly param: string; readonly any: readonly TokenQuery[] }
  | { readonly kind: 'string'; readonly param: string; readonly any: readonly string[] }
  | { readonly kind: 'date'; readonly param: string; readonly any: readonly DateQuery[] }
  | { readonly kind: 'reference'; readonly param: string; readonly any: readonly ReferenceQuery[] }

/**
 * `code` -> { code }; `system|code` -> both; `system|` -> { system }; `|code` -> { system: '', code }: only keys without a system.
 * Without `system` any system (or none) will do.
 */
export interface TokenQuery { readonly system?: string; readonly code?: string }
export type DatePrefix = 'eq' | 'ne' | 'lt' | 'gt' | 'ge' | 'le' | 'sa' | 'eb' | 'ap'
/** The range [from, to) of the value asked for; compare it with the key's `wallFrom`/`wallTo` when `clock` is 'wall', else with `from`/`to`. */
export interface DateQuery { readonly prefix: DatePrefix; readonly from: number; readonly to: number; readonly clock: 'wall' | 'instant' }
/** Without `type` (a bare id where several types may be meant) any type with that id will do. */
export interface ReferenceQuery { readonly type?: string; readonly id: string }

export type ParsedSearch =
  | { readonly ok: true; readonly search: Search }
  | { readonly ok: false; readonly issues: readonly Issue[] }
