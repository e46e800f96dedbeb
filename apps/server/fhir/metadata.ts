/**
 * `GET /fhir/metadata`: what this server does, made from the route table and the declared search parameters, so that nothing is
 * claimed that no route does. Source: HL7 FHIR R4 4.0.1, capabilitystatement.html.
 */
import { searchParameters } from '@bairn/fhir/search'
import { RESOURCE_TYPES } from '@bairn/fhir/validate'
import type { Claim, Route } from '../routes.ts'
import { NOT_STORED } from './acceptable.ts'
import { answerType, queryOf, refuseOthers, sendText } from './exchange.ts'

export interface About { readonly base: string; readonly version: string; /** when this statement began to hold: an ISO instant */ readonly since: string }

/** The CapabilityStatement of these routes. */
function capabilityStatement(routes: readonly Route[], { base, version, since }: About): Readonly<Record<string, unknown>> {
  const claims = routes.flatMap(({ claims }) => claims ?? [])
  const names = <L extends Claim['level']>(level: L): Extract<Claim, { readonly level: L }>[] => claims.filter((claim): claim is Extract<Claim, { readonly level: L }> => claim.level === level)
  const interactions = [...new Set(names('type').map(({ interaction }) => interaction))]
  const operations = names('operation')
  const operationsOf = (...types: readonly ('Patient' | 'any' | 'system')[]): { operation?: readonly object[] } => {
    const own = operations.filter((operation) => types.includes(operation.type)).map(({ name, definition }) => ({ name, definition }))
    return own.length === 0 ? {} : { operation: own }
  }
  return {
    resourceType: 'CapabilityStatement', status: 'active', date: since, kind: 'instance',
    software: { name: 'Bairn', version }, implementation: { description: 'Bairn on this computer', url: base },
    fhirVersion: '4.0.1', format: ['application/fhir+json', 'application/json'],
    rest: [{
      mode: 'server',
      documentation: 'Search is strict: a parameter that is not declared is refused. References must resolve here, also after a deletion of what they point at.',
      security: { description: 'This computer only. Send the token of BAIRN_HOME/token as Authorization: Bearer.' },
      resource: RESOURCE_TYPES.filter((type) => !NOT_STORED.includes(type)).map((type) => ({
        type,
        interaction: interactions.map((code) => ({ code })),
        versioning: 'versioned-update', readHistory: true, updateCreate: true, conditionalCreate: false, conditionalRead: 'full-support', conditionalUpdate: false, conditionalDelete: 'not-supported',
        searchParam: searchParameters(type).map(({ name, type: kind, definition }) => ({ name, definition, type: kind })),
        ...(type === 'Patient' ? operationsOf('Patient') : {}),
      })),
      interaction: names('system').map(({ interaction }) => ({ code: interaction })),
      ...operationsOf('any', 'system'),
    }],
  }
}

/** @param routes every route with a claim; asked when the first answer is made */
export function metadataRoute(routes: () => readonly Route[], about: About): Route {
  let text: string | undefined
  return {
    method: 'GET', path: '/fhir/metadata', policy: 'session',
    async handle(request, reply) {
      const query = queryOf(request)
      const answer = answerType(request, query)
      refuseOthers(query)
      return sendText(reply, answer, text ??= JSON.stringify(capabilityStatement(routes(), about)))
    },
  }
}
