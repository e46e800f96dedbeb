/**
 * `POST /fhir/$immds-forecast`: a vaccine history judged and the next doses dated, without keeping anything. The answer is the one that
 * `bairn forecast` gives. Source: HL7 Immunization Decision Support Forecast guide, operation immds-forecast.
 */
import { answerForecast } from '@bairn/fhir'
import { DEFAULT_IMMUNIZATION_EDITION, formatMessage, loadImmunizationEdition, loadMessages } from '@bairn/knowledge'
import { languageOf } from '../outcome.ts'
import { Refused } from '../problems.ts'
import type { Route } from '../routes.ts'
import { answerType, bodyOf, queryOf, refuseOthers, sendText } from './exchange.ts'

export const immunizingRoute: Route = {
  method: 'POST', path: '/fhir/$immds-forecast', policy: 'session',
  claims: [{ level: 'operation', name: 'immds-forecast', definition: 'http://hl7.org/fhir/us/immds/OperationDefinition/ImmDSForecastOperation', type: 'system' }],
  async handle(request, reply) {
    const query = queryOf(request)
    const answer = answerType(request, query)
    refuseOthers(query)
    const language = languageOf(request.headers['accept-language'])
    await loadMessages(language)
    const edition = await loadImmunizationEdition(DEFAULT_IMMUNIZATION_EDITION)
    if (edition === undefined) throw new Error(`no edition ${DEFAULT_IMMUNIZATION_EDITION}`)
    const { parameters, answered, issues } = await answerForecast(bodyOf(request), { edition, strict: false, say: (message) => formatMessage(message, language) })
    if (!answered) throw new Refused(issues, 422)
    return sendText(reply, answer, JSON.stringify(parameters))
  },
}
