/**
 * One request of `$immds-forecast` to its answer: the same for the command line and the server. The schedule is the one that the request
 * names; where there is none of that name it is said, and the usual one answers the rest.
 */
import { immunize, type ImmunizationEdition } from '@bairn/immunization'
import { IMMUNIZATION_EDITIONS, loadImmunizationEdition } from '@bairn/knowledge'
import type { Issue, Message } from '@bairn/reasoning'
import type { Json } from '../read.ts'
import { forecastIssue, readForecastRequest, scheduleOf } from './request.ts'
import { forecastToFhir, setAsideIssues } from './response.ts'

export interface ForecastAsked {
  /** the usual schedule */
  readonly edition: ImmunizationEdition
  /** the authority's logic without our deliberate deviations */
  readonly strict: boolean
  /** a sentence in the language of whoever asked; its messages are loaded */
  readonly say: (message: Message) => string
}
export interface ForecastAnswer {
  readonly parameters: Json
  /** false: nothing could be judged, the issues say why */
  readonly answered: boolean
  readonly issues: readonly Issue[]
}

export async function answerForecast(body: unknown, { edition: usual, strict, say }: ForecastAsked): Promise<ForecastAnswer> {
  const named = scheduleOf(body)
  const own = named === undefined ? usual : await loadImmunizationEdition(named)
  const edition = own ?? usual
  const request = readForecastRequest(body, edition)
  const found = request.facts === undefined || request.assessment === undefined ? undefined : immunize(request.facts, edition, { assessment: request.assessment, strict })
  const issues = [...(own === undefined ? [noSchedule(named ?? '', 'schedule')] : []), ...request.issues, ...(found === undefined ? [] : setAsideIssues(found, edition))]
  return { parameters: forecastToFhir({ request, found, edition, issues, say }), answered: found !== undefined, issues }
}

export const noSchedule = (given: string, where: string): Issue => forecastIssue('schedule', 'error', where, { given: { text: given }, known: { text: IMMUNIZATION_EDITIONS.join(', ') } })
