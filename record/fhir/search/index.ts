/**
 * Search: what a resource is found by, and what a query asks for. See README.md; types.ts has the shapes.
 */
export { indexKeys } from './keys.ts'
export { DEFAULT_COUNT, MOST_COUNT, RESULT_PARAMETERS, parseSearch } from './parse.ts'
export { searchParameters } from './parameters.ts'
export { matches } from './match.ts'
export { foldText } from './fold.ts'
export { DATE_MAX, DATE_MIN } from './types.ts'
export type {
  Criterion, DateKey, DatePrefix, DateQuery, IndexKeys, ParsedSearch, ReferenceKey, ReferenceQuery, Search, SearchParameter, StringKey, TokenKey, TokenQuery,
} from './types.ts'
