/**
 * A call of a CDS service as it arrives (CDS Hooks 2.0, HL7 standard for trial use, August 2022: "Calling a CDS Service"): the hook, whose chart
 * is open, and what the caller sent along (`prefetch`). Everything that is wrong with it is named at once.
 */
import { parseFhirJson } from '@bairn/fhir/json'
import type { Issue } from '@bairn/reasoning'
import type { Resource } from '@bairn/store'
import { problem, Refused } from '../problems.ts'

/** What a plan is made from: key of the prefetch, the resource that it holds, and the search that fills it. */
export const PREFETCH = {
  patient: { type: 'Patient', search: 'Patient/{{context.patientId}}' },
  immunizations: { type: 'Immunization', search: 'Immunization?patient={{context.patientId}}' },
  observations: { type: 'Observation', search: 'Observation?patient={{context.patientId}}' },
  conditions: { type: 'Condition', search: 'Condition?patient={{context.patientId}}' },
} as const
type PrefetchKey = keyof typeof PREFETCH
export const HOOK = 'patient-view'

export interface HookCall {
  readonly patient: string
  /** resources by key; a key is missing when the caller did not send it, empty when it sent that there is nothing */
  readonly sent: Readonly<Partial<Record<PrefetchKey, readonly Resource[]>>>
}

type Json = Readonly<Record<string, unknown>>
const objectOf = (value: unknown): Json | undefined => typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Json : undefined
const textOf = (value: unknown): string | undefined => typeof value === 'string' && value !== '' ? value : undefined

/** @throws Refused 400 with everything that is wrong */
export function parseHookCall(text: string): HookCall {
  const parsed = parseFhirJson(text)
  if (!parsed.ok) throw new Refused(parsed.issues, 400)
  const body = objectOf(parsed.value)
  const issues: Issue[] = []
  const wrong = (where: string, given: unknown): void => { issues.push(problem('problem.hooks.field', { field: { text: where }, given: { text: textOf(given) ?? '-' } }, where)) }
  const hook = textOf(body?.['hook'])
  if (hook !== HOOK) issues.push(problem('problem.hooks.hook', { given: { text: hook ?? '-' }, known: { text: HOOK } }, 'hook'))
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(textOf(body?.['hookInstance']) ?? '')) wrong('hookInstance', body?.['hookInstance'])
  const patient = textOf(objectOf(body?.['context'])?.['patientId'])?.replace(/^Patient\//, '')
  if (patient === undefined || !/^[A-Za-z0-9\-.]{1,64}$/.test(patient)) wrong('context.patientId', patient)
  const sent = sentOf(body?.['prefetch'], wrong, (found) => { issues.push(found) })
  const [own] = sent.patient ?? []
  if (own !== undefined && patient !== undefined && own['id'] !== patient) issues.push(problem('problem.hooks.otherPatient', { given: { text: textOf(own['id']) ?? '-' }, asked: { text: patient } }, 'prefetch.patient.id'))
  if (issues.length > 0 || patient === undefined) throw new Refused(issues, 400)
  return { patient, sent }
}

function sentOf(given: unknown, wrong: (where: string, given: unknown) => void, issue: (found: Issue) => void): HookCall['sent'] {
  if (given === undefined || given === null) return {}
  const prefetch = objectOf(given)
  if (prefetch === undefined) { wrong('prefetch', given); return {} }
  const sent: Partial<Record<PrefetchKey, readonly Resource[]>> = {}
  for (const key of Object.keys(PREFETCH) as PrefetchKey[]) {
    const value = prefetch[key]
    if (value === undefined) continue
    const resources = resourcesIn(value)
    // A page of more to come has what a plan must know behind it ("Prefetch Template": no links to a next page).
    if (hasNextPage(value)) issue(problem('problem.hooks.pages', { field: { text: `prefetch.${key}` } }, `prefetch.${key}`))
    // "null" says that there is nothing ("Prefetch Template"): of a patient that cannot be.
    if (resources === undefined || (key === 'patient' && resources.length !== 1) || resources.some(({ resourceType }) => resourceType !== PREFETCH[key].type)) {
      wrong(`prefetch.${key}`, resources?.map(({ resourceType }) => resourceType).join(', ') ?? value)
    } else sent[key] = resources
  }
  return sent
}

function hasNextPage(value: unknown): boolean {
  const links = objectOf(value)?.['link']
  return Array.isArray(links) && links.some((link) => objectOf(link)?.['relation'] === 'next')
}

/** A resource, the matches of a searchset, or nothing; undefined for what is neither. */
function resourcesIn(value: unknown): readonly Resource[] | undefined {
  if (value === null) return []
  const one = objectOf(value)
  if (one === undefined || textOf(one['resourceType']) === undefined) return undefined
  if (one['resourceType'] !== 'Bundle') return [one as Resource]
  const entries = one['entry'] ?? []
  if (!Array.isArray(entries)) return undefined
  return entries.flatMap((entry) => {
    const resource = objectOf(objectOf(entry)?.['resource'])
    return resource === undefined || resource['resourceType'] === 'OperationOutcome' ? [] : [resource as Resource]
  })
}
