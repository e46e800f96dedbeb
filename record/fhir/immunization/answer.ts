/**
 * One request of `$immds-forecast` to its answer: the same for the command line and the server. The schedule is the one that the request
 * names; where there is none of that name it is said, and the usual one answers the rest.
 */
import { explainNextDose, explainUncertain, immunize, immunizeWithUncertainDates, transfer, type Immunization, type ImmunizationEdition, type UncertainDatePolicy, type UncertainFacts, type UncertainImmunization } from '@bairn/immunization'
import { findCountry, IMMUNIZATION_EDITIONS, immunizationEditionFor, loadImmunizationEdition, loadUncertainDatePolicy, loadVaccineBridge } from '@bairn/knowledge'
import type { Day } from '@bairn/quantities'
import type { Issue, Message } from '@bairn/reasoning'
import { listOf, type Json } from '../read.ts'
import { needsVaccineBridge } from './history.ts'
import { forecastIssue } from './issues.ts'
import { immunizationsOf, readForecastRequest, scheduleOf, type ForecastRequest } from './request.ts'
import { forecastToFhir, setAsideIssues } from './response.ts'
import { transferToFhir } from './transfer.ts'

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
  const own = named === undefined ? usual : await editionNamed(named)
  const edition = own ?? usual
  const bridge = needsVaccineBridge(immunizationsOf(body), edition) ? await loadVaccineBridge() : undefined
  const request = readForecastRequest(body, edition, bridge)
  const found = request.facts === undefined || request.assessment === undefined ? undefined : await judge(request.facts, edition, { assessment: request.assessment, strict })
  const moved = await movedFrom(body, request, { edition, say })
  const issues = [
    ...(own === undefined ? [noSchedule(named ?? '', 'schedule')] : []), ...moved.issues, ...request.issues,
    ...(found === undefined ? [] : [...setAsideIssues(found.immunization, edition), ...found.issues]),
  ]
  const parameters = forecastToFhir({ request, found: found?.immunization, edition, issues, say })
  return { parameters: moved.transfer === undefined ? parameters : { ...parameters, parameter: [...listOf(parameters['parameter']), { name: 'transfer', resource: moved.transfer }] }, answered: found !== undefined, issues }
}

/** By its own name, or by the country whose schedule it is (ISO 3166, two or three letters). */
async function editionNamed(name: string): Promise<ImmunizationEdition | undefined> {
  const country = findCountry(name)
  const found = country === undefined ? undefined : immunizationEditionFor(country)
  return loadImmunizationEdition(found?.kind === 'full' ? found.id : name)
}

/** With `from`: each dose decided between the two schedules, and the catch-up by the new one. A dose without a day is not decided. */
async function movedFrom(body: unknown, request: ForecastRequest, { edition, say }: Pick<ForecastAsked, 'edition' | 'say'>): Promise<{ readonly transfer?: Json; readonly issues: readonly Issue[] }> {
  const named = scheduleOf(body, 'from')
  const { facts, assessment } = request
  if (named === undefined || facts === undefined || assessment === undefined) return { issues: [] }
  const from = await editionNamed(named)
  if (from === undefined) return { issues: [noSchedule(named, 'from')] }
  const bridge = needsVaccineBridge(immunizationsOf(body), from) ? await loadVaccineBridge() : undefined
  const there = readForecastRequest(body, from, bridge).facts
  const found = transfer(facts, { from, to: edition }, { assessment, ...(there === undefined ? {} : { there }) })
  return { transfer: transferToFhir(found, { patient: request.patient ?? '', edition, issues: [], say }), issues: [] }
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
