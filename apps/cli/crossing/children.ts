/**
 * The children of an input with everything that belongs to each, as requests that the immunization reader understands: one child's
 * Patient, Immunizations, conditions and observations. What belongs to nobody here is said.
 */
import type { Day } from '@bairn/quantities'
import { formatDay } from '@bairn/quantities'
import type { Message } from '@bairn/reasoning'

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

export interface ChildInput {
  readonly patient: Json
  /** by parameter name of `$immds-forecast` */
  readonly resources: readonly { readonly name: string; readonly resource: Json }[]
}
interface Entry { readonly resource: Json; readonly url?: string }

/** The parameter of `$immds-forecast` that takes a resource. */
const PARAMETER: Readonly<Record<string, string>> = { Immunization: 'immunization', Condition: 'condition', Observation: 'observation', AllergyIntolerance: 'allergyIntolerance' }

export function childrenOf(resources: readonly unknown[]): { readonly children: readonly ChildInput[]; readonly issues: readonly Message[] } {
  const entries = resources.flatMap((resource) => flatten(resource))
  const patients = entries.filter(({ resource }) => resource['resourceType'] === 'Patient')
  const own = new Map<Entry, { name: string; resource: Json }[]>(patients.map((patient) => [patient, []]))
  const issues: Message[] = []
  for (const { resource } of entries) {
    const name = PARAMETER[String(resource['resourceType'])]
    if (name === undefined) continue
    const reference = referenceOf(resource)
    const patient = reference === undefined && patients.length === 1 ? patients[0] : patients.find((one) => isReferredTo(one, reference))
    if (patient === undefined) {
      if (name === 'immunization') issues.push({ key: 'crossing.nobodys', params: { what: { text: `Immunization/${String(resource['id'] ?? '-')}` }, whom: { text: reference ?? '-' } } })
    } else own.get(patient)?.push({ name, resource: withoutReference(resource) })
  }
  return { children: patients.map((patient) => ({ patient: patient.resource, resources: own.get(patient) ?? [] })), issues }
}

/** One child as a request of `$immds-forecast`. */
export const requestOf = ({ patient, resources }: ChildInput, on: Day): Json => ({
  resourceType: 'Parameters', parameter: [{ name: 'assessmentDate', valueDate: formatDay(on) }, { name: 'patient', resource: patient }, ...resources],
})

function flatten(value: unknown, url?: unknown): readonly Entry[] {
  if (!isObject(value)) return []
  if (value['resourceType'] !== 'Bundle') return [{ resource: value, ...(typeof url === 'string' ? { url } : {}) }]
  return Array.isArray(value['entry']) ? value['entry'].flatMap((entry) => isObject(entry) ? flatten(entry['resource'], entry['fullUrl']) : []) : []
}

function referenceOf(resource: Json): string | undefined {
  const reference = resource['patient'] ?? resource['subject']
  return isObject(reference) && typeof reference['reference'] === 'string' ? reference['reference'] : undefined
}

function isReferredTo({ resource, url }: Entry, reference: string | undefined): boolean {
  if (reference === undefined) return false
  return reference === url || (typeof resource['id'] === 'string' && (reference === `Patient/${resource['id']}` || reference.endsWith(`/Patient/${resource['id']}`)))
}

/** Whose it is has been decided. */
function withoutReference(resource: Json): Json {
  const { patient: _, subject: __, ...rest } = resource
  return rest
}
