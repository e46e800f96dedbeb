/**
 * `POST /fhir/<type>/$validate`: what is wrong with a resource, without keeping it. Structure and invariants; no terminology beyond
 * required code lists, no profiles. Source: HL7 FHIR R4 4.0.1, resource-operation-validate.html.
 */
import type { Resource } from '@bairn/store'
import { outcomeOf } from '../outcome.ts'
import { problem } from '../problems.ts'
import type { Route } from '../routes.ts'
import { writingIssues } from './acceptable.ts'
import type { FhirContext } from './context.ts'
import { answerType, bodyOf, sendText, typeOf } from './exchange.ts'

export const validateRoute = ({ today }: FhirContext): Route => ({
  method: 'POST', path: '/fhir/:type/$validate', policy: 'session',
  claims: [{ level: 'operation', name: 'validate', definition: 'http://hl7.org/fhir/OperationDefinition/Resource-validate', type: 'any' }],
  async handle(request, reply) {
    const answer = answerType(request)
    const type = typeOf(request)
    const body = bodyOf(request)
    const resource = type !== 'Parameters' && body['resourceType'] === 'Parameters' ? parameterOf(body) : body
    const otherType = typeof resource['resourceType'] === 'string' && resource['resourceType'] !== type
    const issues = otherType
      ? [problem('problem.fhir.otherType', { found: { text: String(resource['resourceType']) }, type: { text: type } }, 'resourceType')]
      : writingIssues(resource, today())
    const outcome = await outcomeOf(issues.length > 0 ? issues : [problem('problem.fhir.valid')], request.headers['accept-language'])
    return sendText(reply, answer, JSON.stringify(outcome))
  },
})

/** The `resource` parameter; an empty object, which is refused by name, where there is none. */
function parameterOf(parameters: Resource): Resource {
  const list: readonly unknown[] = Array.isArray(parameters['parameter']) ? parameters['parameter'] : []
  const found = list.find((each): each is { readonly resource: Resource } => typeof each === 'object' && each !== null && (each as Resource)['name'] === 'resource')
  return typeof found?.resource === 'object' ? found.resource : {}
}
