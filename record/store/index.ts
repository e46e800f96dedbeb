/** The record in PostgreSQL. See README.md; contract.ts says what every call promises. */
export { openStore } from './open.ts'
export { startDatabase } from './postgres/database.ts'
export { UnavailableError } from './connection.ts'
export { problemToIssue, STORE_PROBLEM_KEYS } from './problems.ts'
export type * from './contract.ts'
