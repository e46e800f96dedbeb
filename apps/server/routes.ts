/**
 * The shape of a route. Every address of the server is one row of a table (fhir/, app/, pages/, seams/): nothing is registered
 * without a policy, and the CapabilityStatement is made from the same rows.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller, Policy } from './seams/guard.ts'

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Fastify's template: `/fhir/:type/:id` */
  readonly path: string
  readonly policy: Policy
  /** what the CapabilityStatement says of it; nothing for routes that are not FHIR's */
  readonly claims?: readonly Claim[]
  /** bytes; 4 MB without it */
  readonly bodyLimit?: number
  readonly handle: (request: FastifyRequest, reply: FastifyReply, caller: Caller) => Promise<unknown>
}

export type Claim =
  | { readonly level: 'system'; readonly interaction: 'transaction' | 'batch' }
  | { readonly level: 'type'; readonly interaction: 'read' | 'vread' | 'update' | 'delete' | 'history-instance' | 'create' | 'search-type' }
  | { readonly level: 'operation'; readonly name: 'everything' | 'validate' | 'immds-forecast'; readonly definition: string; /** `system`: of no resource */ readonly type: 'Patient' | 'any' | 'system' }
