/**
 * One request of `$immds-forecast` to its answer: the same for the command line and the server. The schedule is the one that the request
 * names; where there is none of that name it is said, and the usual one answers the rest.
 */
import { explainNextDose, explainUncertain, immunize, immunizeWithUncertainDates, type Immunization, type ImmunizationEdition, type UncertainDatePolicy, type UncertainFacts, type UncertainImmunization } from '@bairn/immunization'
import { IMMUNIZATION_EDITIONS, loadImmunizationEdition, loadUncertainDatePolicy, loadVaccineBridge } from '@bairn/knowledge'
import type { Day } from '@bairn/quantities'
import type { Issue, Message } from '@bairn/reasoning'
import type { Json } from '../read.ts'
import { needsVaccineBridge } from './history.ts'
import { forecastIssue } from './issues.ts'
import { immunizationsOf, readForecastRequest, scheduleOf } from './request.ts'
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
  const bridge = needsVaccineBridge(immunizationsOf(body), edition) ? await loadVaccineBridge() : undefined
  const request = readForecastRequest(body, edition, bridge)
  const found = request.facts === undefined || request.assessment === undefined ? undefined : await judge(request.facts, edition, { assessment: request.assessment, strict })
  const issues = [...(own === undefined ? [noSchedule(named ?? '', 'schedule')] : []), ...request.issues, ...(found === undefined ? [] : [...setAsideIssues(found.immunization, edition), ...found.issues])]
  return { parameters: forecastToFhir({ request, found: found?.immunization, edition, issues, say }), answered: found !== undefined, issues }
}

/** Days that are not known are tried; most histories have none, and need no policy. */
async function judge(facts: UncertainFacts, edition: ImmunizationEdition, options: { readonly assessment: Day; readonly strict: boolean }): Promise<{ readonly immunization: Immunization; readonly issues: readonly Issue[] }> {
  if (facts.uncertain.length === 0) return { immunization: immunize(facts, edition, options), issues: [] }
  const policy = await loadUncertainDatePolicy()
  const immunization = immunizeWithUncertainDates(facts, edition, policy, options)
  return { immunization, issues: uncertainDateIssues(immunization, policy) }
}

/** What the unknown days mean, as issues of the request. */
export const uncertainDateIssues = ({ verdicts, open }: UncertainImmunization, policy: UncertainDatePolicy): readonly Issue[] => [
  ...verdicts.map((verdict): Issue => ({ code: 'business-rule', severity: 'warning', where: `Immunization/${verdict.dose.id}`, text: explainUncertain(verdict, policy).text })),
  ...[...new Set(open.map(({ vaccineGroup }) => vaccineGroup))].map((group): Issue => ({ code: 'business-rule', severity: 'warning', where: group, text: explainNextDose(group, policy).text })),
]

export const noSchedule = (given: string, where: string): Issue => forecastIssue('schedule', 'error', where, { given: { text: given }, known: { text: IMMUNIZATION_EDITIONS.join(', ') } })
