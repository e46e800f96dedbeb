/** What the FHIR routes need from the server: whose store, in whose name, at which address, when. */
import type { Day } from '@bairn/quantities'
import type { Principal, Store } from '@bairn/store'
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../seams/guard.ts'

export interface FhirContext {
  /** `http://127.0.0.1:7357/fhir` */
  readonly base: string
  /** milliseconds since 1970 */
  readonly now: () => number
  /** at the place of this computer */
  readonly today: () => Day
  /** the database that this caller has open, and who is written on each version. @throws Refused if it cannot be had */
  readonly enter: (request: FastifyRequest, caller: Caller) => Promise<{ readonly store: Store; readonly who: Principal }>
  readonly version: string
}
