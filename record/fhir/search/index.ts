/**
 * Search: what a resource is found by, and what a query asks for. See types.ts for the shapes.
 */
import type { IndexKeys, ParsedSearch, Search, SearchParameter } from './types.ts'

export type {
  Criterion, DateKey, DatePrefix, DateQuery, IndexKeys, ParsedSearch, ReferenceKey, ReferenceQuery, Search, SearchParameter, StringKey, TokenKey, TokenQuery,
} from './types.ts'

/** The smallest and largest millisecond of a date: open ends of periods. */
export const DATE_MIN = -8_640_000_000_000_000
export const DATE_MAX = 8_640_000_000_000_000

/** What a resource is found by. `base` is the server's own FHIR address, so that absolute references to itself count as local. */
export declare function indexKeys(resource: Readonly<Record<string, unknown>>, options?: { readonly base?: string }): IndexKeys
/**
 * A query string as criteria, or every reason why not. Undeclared parameters and modifiers are refused by name.
 * @param options.now milliseconds, for `ap` (approximately): a tenth of the distance between now and the date
 */
export declare function parseSearch(type: string, query: URLSearchParams, options: { readonly now: number; readonly base?: string }): ParsedSearch
/** The parameters declared for a type, `_id` first. Empty for an unknown type. */
export declare function searchParameters(type: string): readonly SearchParameter[]
/** Whether keys satisfy a criterion: the plain reading of the specification, for tests of faster ways. */
export declare function matches(keys: IndexKeys & { readonly id: string }, search: Search): boolean
/** For names of the whole world: NFKD, marks stripped, lower case, runs of space as one. */
export declare function foldText(text: string): string
