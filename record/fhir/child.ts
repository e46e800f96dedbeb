/**
 * FHIR R4 to the facts that the plan reads. In: resources and Bundles in any order, of one child or many. Out: one ChildFacts a
 * Patient, each with the Issues of what could not be used; the rest is still used. Withdrawn facts (`entered-in-error`) are left out.
 * Reads Patient, Observation, Task and, with a vaccine schedule, Immunization, AdverseEvent, Condition and AllergyIntolerance; other types
 * say nothing to the plan yet and are left alone. Pure: no clock, no network.
 */
import type { ChildFacts, Finding, Measurement, Response } from '@bairn/plan'
import type { Day } from '@bairn/quantities'
import type { Issue } from '@bairn/reasoning'
import { childVaccines, VACCINE_TYPES, type VaccineReading } from './immunization/childVaccines.ts'
import { birthOf, deathOf, notAfter, sexOf } from './birth.ts'
import { issue, kindName } from './issues.ts'
import { fromFhirObservation, replacedBy, type ObservationFact, type UnitConverter } from './observations.ts'
import { listOf, objectOf, textOf, type Json } from './read.ts'
import { fromFhirTask } from './responses.ts'

export interface ChildOptions {
  readonly convert: UnitConverter
  /** today: with it a birth date in the future is an Issue and counts as unknown */
  readonly on?: Day
  /** with it the vaccine history is read */
  readonly schedule?: VaccineReading
}
export interface ChildrenRead {
  readonly children: readonly ChildFacts[]
  /** what belongs to no child here */
  readonly issues: readonly Issue[]
}

/** `doubled`: another resource stands here under the same id, and nothing tells which is newer */
interface Entry { readonly id: string; readonly url?: string; readonly type: string; readonly resource: Json; readonly doubled?: boolean }

/** One child of whose resources this is the list (Patient and the rest of its compartment). Undefined if there is no Patient in it. */
export function childFromFhir(resourcesOfOneChild: readonly unknown[], options: ChildOptions): ChildFacts | undefined {
  return childrenFromFhir(resourcesOfOneChild, options)[0]
}

/** Every child in the list. Issues that belong to none of them are told to each: what was left out could be about any. */
export function childrenFromFhir(resources: readonly unknown[], options: ChildOptions): ChildFacts[] {
  const { children, issues } = readChildren(resources, options)
  return issues.length === 0 ? [...children] : children.map((child) => ({ ...child, issues: [...issues, ...child.issues] }))
}

/** As `childrenFromFhir`, with the Issues of no child apart. */
export function readChildren(resources: readonly unknown[], options: ChildOptions): ChildrenRead {
  const issues: Issue[] = []
  const entries = newest(flatten(resources, issues))
  const patients = entries.filter(({ type }) => type === 'Patient')
  const findPatient = patientIndex(patients)
  const own = new Map<string, Entry[]>(patients.map(({ id }) => [id, []]))
  for (const entry of entries) {
    const place = placeOfChild(entry.type, options)
    if (place === undefined) continue
    const reference = objectOf(entry.resource[place])
    if (isSomebodyElses(reference)) continue
    const child = findPatient(reference)
    if (child !== undefined) own.get(child)?.push(entry)
    else if (entry.resource['status'] !== 'entered-in-error') {
      const target = textOf(reference?.['reference'])
      issues.push(target === undefined ? issue('record.subject.missing', 'error', entry.id) : issue('record.subject.notHere', 'error', `${entry.id}.${place}`, { target: { text: target } }))
    }
  }
  const children = patients.filter(({ id }) => findPatient({ reference: id }) === id).map((patient) => assemble(patient, own.get(patient.id) ?? [], options))
  return { children, issues }
}

/** The element that names the child, of the types that say something to the plan. */
const placeOfChild = (type: string, { schedule }: ChildOptions): string | undefined =>
  type === 'Observation' ? 'subject' : type === 'Task' ? 'for' : schedule === undefined ? undefined : VACCINE_TYPES[type]

/** Do the pages need the unit library for this child? True if a unit other than Bairn's own is met. */
export function needsUnitConverter(resources: readonly unknown[]): boolean {
  let needed = false
  childrenFromFhir(resources, { convert: (_, from) => { needed = true; return { ok: false, problem: { code: 'unit.unknown', given: from } } } })
  return needed
}

function assemble(patient: Entry, entries: readonly Entry[], { convert, on, schedule }: ChildOptions): ChildFacts {
  const issues: Issue[] = []
  const report = (found: Issue): void => { issues.push(found) }
  if (patient.doubled === true) report(issue('record.id.duplicatePatient', 'error', patient.id))
  const recorded = birthOf(patient.resource, patient.id, report, on)
  const birthDay = recorded.kind === 'exact' ? recorded.day : undefined
  const replaced = new Set(entries.flatMap(({ resource }) => (resource['status'] === 'entered-in-error' ? [] : replacedBy(resource))))
  const measurements: Measurement[] = []
  const findings: Finding[] = []
  const responses: Response[] = []
  const gestations: (ObservationFact & { readonly is: 'gestation' })['fact'][] = []
  for (const { id, url, type, resource, doubled } of entries) {
    if (doubled === true) report(issue('record.id.duplicate', 'error', id))
    if (type in VACCINE_TYPES) continue
    if (type === 'Task') {
      const response = fromFhirTask(resource, id, report)
      if (response !== undefined) responses.push(response)
      continue
    }
    if (replaced.has(id) || (url !== undefined && replaced.has(url))) continue
    const read = fromFhirObservation(resource, id, { convert, report, ...(birthDay === undefined ? {} : { birthDay }) })
    if (read === undefined) continue
    if (read.is === 'gestation') gestations.push(read.fact)
    else if (recorded.kind !== 'unknown' && read.fact.day < (recorded.kind === 'exact' ? recorded.day : recorded.earliest))
      report(issue('record.day.beforeBirth', 'error', `${id}.effective`, { kind: kindName(read.fact.kind), day: { day: read.fact.day } }))
    else if (read.is === 'measurement') measurements.push(read.fact)
    else findings.push(read.fact)
  }
  const birth = [...measurements, ...findings].reduce((known, { day }) => notAfter(known, day), recorded)
  // The same one whatever the order in which they came.
  const [gestation, ...others] = gestations.sort((a, b) => (a.id < b.id ? -1 : 1))
  for (const other of others) if (other.value !== gestation?.value) report(issue('record.gestation.two', 'warning', other.id, { other: { text: gestation?.id ?? '' } }))
  const vaccines = schedule === undefined ? undefined : childVaccines(patient.resource, entries.filter(({ type }) => type === 'Observation' || type in VACCINE_TYPES), { reading: schedule, birth, report, ...(on === undefined ? {} : { on }) })
  const sex = sexOf(patient.resource, patient.id, report)
  const death = deathOf(patient.resource, patient.id, report)
  return {
    id: patient.id, birth, ...(sex === undefined ? {} : { sex }), ...(gestation === undefined ? {} : { gestation }), ...(death === undefined ? {} : { death }),
    measurements, findings, responses, ...(vaccines === undefined ? {} : { vaccines }), issues,
  }
}

/** Bundles opened, in the order given. A resource without an id is called by its fullUrl, else by its place. */
function flatten(resources: readonly unknown[], issues: Issue[]): Entry[] {
  const entries: Entry[] = []
  const add = (value: unknown, url: string | undefined): void => {
    const resource = objectOf(value)
    const type = textOf(resource?.['resourceType'])
    if (resource === undefined || type === undefined) {
      issues.push(issue('record.resource.none', 'error', url ?? `#${entries.length + 1}`))
      return
    }
    if (type === 'Bundle') {
      for (const entry of listOf(resource['entry'])) if (entry['resource'] !== undefined) add(entry['resource'], textOf(entry['fullUrl']))
      return
    }
    const ownId = textOf(resource['id'])
    entries.push({ id: ownId === undefined ? url ?? `${type}#${entries.length + 1}` : `${type}/${ownId}`, type, resource, ...(url === undefined ? {} : { url }) })
  }
  for (const resource of resources) add(resource, undefined)
  return entries
}

/**
 * One entry an id. Of versions of one resource the newest counts. The same thing twice counts once. Two different ones under one id:
 * both facts are used, under two names, for nobody can tell which is right; of a Patient the first.
 */
function newest(entries: readonly Entry[]): Entry[] {
  const kept = new Map<string, Entry>()
  for (const entry of entries) {
    const other = kept.get(entry.id)
    const order = other === undefined ? 1 : compareVersions(entry.resource, other.resource)
    if (other === undefined || order > 0) kept.set(entry.id, entry)
    else if (order === 0 && JSON.stringify(entry.resource) !== JSON.stringify(other.resource)) {
      if (entry.type === 'Patient') kept.set(entry.id, { ...other, doubled: true })
      else kept.set(`${entry.id} (${kept.size})`, { ...entry, id: `${entry.id} (2)`, doubled: true })
    }
  }
  return [...kept.values()]
}

/** By meta.versionId, then meta.lastUpdated, then by a status that only a later version has; 0 if nothing tells. */
function compareVersions(a: Json, b: Json): number {
  const version = (resource: Json): number => Number(textOf(objectOf(resource['meta'])?.['versionId']) ?? Number.NaN)
  // An instant always carries its zone, so this reading depends on no place.
  const updated = (resource: Json): number => Date.parse(textOf(objectOf(resource['meta'])?.['lastUpdated']) ?? '')
  const changed = (resource: Json): number => (['amended', 'corrected', 'entered-in-error'].includes(String(resource['status'])) ? 1 : 0)
  return version(a) - version(b) || updated(a) - updated(b) || changed(a) - changed(b)
}

/** References to Patients here, in all the ways they are written; a record that was merged leads to the one that replaced it. */
function patientIndex(patients: readonly Entry[]): (reference: Json | undefined) => string | undefined {
  const names = new Map<string, string>()
  const identifiers = new Map<string, string>()
  for (const { id, url, resource } of patients) {
    names.set(id, id)
    if (url !== undefined) names.set(url, id)
    for (const identifier of listOf(resource['identifier'])) identifiers.set(`${String(identifier['system'])}|${String(identifier['value'])}`, id)
  }
  const direct = (reference: Json | undefined): string | undefined => {
    const text = textOf(reference?.['reference'])
    if (text !== undefined) {
      const plain = text.replace(/\/_history\/[^/]+$/, '')
      const relative = /(?:^|\/)(Patient\/[^/]+)$/.exec(plain)?.[1]
      const found = names.get(plain) ?? (relative === undefined ? undefined : names.get(relative))
      // An absolute address of another server may end in the same id and be another child.
      const other = patients.find(({ id }) => id === found)?.url
      return plain.includes('://') && other?.startsWith('http') === true && other !== plain ? undefined : found
    }
    const identifier = objectOf(reference?.['identifier'])
    return identifier === undefined ? undefined : identifiers.get(`${String(identifier['system'])}|${String(identifier['value'])}`)
  }
  const replacement = new Map<string, string>()
  for (const { id, resource } of patients)
    for (const link of listOf(resource['link'])) {
      const target = link['type'] === 'replaced-by' ? direct(objectOf(link['other'])) : undefined
      if (target !== undefined && target !== id) replacement.set(id, target)
    }
  return (reference) => {
    let id = direct(reference)
    for (let steps = 0; id !== undefined && replacement.has(id) && steps < patients.length; steps += 1) id = replacement.get(id)
    return id
  }
}

/** Observations of a device, a place or a group, and Tasks for somebody other than a patient. */
function isSomebodyElses(reference: Json | undefined): boolean {
  const type = textOf(reference?.['type']) ?? /(?:^|\/)([A-Z][A-Za-z]+)\/[^/]+(?:\/_history\/[^/]+)?$/.exec(textOf(reference?.['reference']) ?? '')?.[1]
  return type !== undefined && type !== 'Patient'
}
