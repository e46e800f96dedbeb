/**
 * The validator before every write: nothing gets to the store that FHIR does not allow, and no child who is not born yet, whichever way
 * it comes in. An export of Bairn comes back as it was: it was looked at when it was written.
 * @see record/fhir/validate for what is judged
 */
import { validateResource } from '@bairn/fhir/validate'
import { formatDay, parsePartialDay, type Day } from '@bairn/quantities'
import type { Issue } from '@bairn/reasoning'
import type { Resource } from '@bairn/store'
import { problem, Refused } from '../problems.ts'

/** Not kept: an outcome or a set of parameters is said, not recorded; a Binary is exchanged in its own media type, which is not built. */
export const NOT_STORED: readonly string[] = ['Binary', 'OperationOutcome', 'Parameters']

/**
 * A resource that may be written as this type.
 * @param today at the place of this computer
 * @throws Refused 400 for another type, 422 for what may not be written
 */
export function acceptable(resource: Resource, type: string, today: Day): Resource {
  if (NOT_STORED.includes(type)) throw new Refused([problem('problem.fhir.notStored', { type: { text: type } })], 405, { allow: '' })
  if (typeof resource['resourceType'] === 'string' && resource['resourceType'] !== type)
    throw new Refused([problem('problem.fhir.otherType', { found: { text: resource['resourceType'] }, type: { text: type } }, 'resourceType')], 400)
  const issues = writingIssues(resource, today).filter(({ severity }) => severity === 'error')
  if (issues.length > 0) throw new Refused(issues, 422)
  return resource
}

/** What is wrong with one resource or a Bundle of them, each with its place. */
export function writingIssues(resource: Resource, today: Day): readonly Issue[] {
  const issues = validateResource(resource)
  const born = resource['resourceType'] === 'Bundle'
    ? entriesOf(resource).flatMap((entry, index) => notBornYet((entry as { readonly resource?: unknown } | null)?.resource, today, `Bundle.entry[${index}].resource`))
    : notBornYet(resource, today, 'Patient')
  return born.length === 0 ? issues : [...issues, ...born]
}

/** A birth date behind today is a slip of the hand, or of the clock: no plan could be made of it. */
function notBornYet(resource: unknown, today: Day, where: string): readonly Issue[] {
  const { resourceType, birthDate } = (resource ?? {}) as { readonly resourceType?: unknown; readonly birthDate?: unknown }
  const born = resourceType === 'Patient' && typeof birthDate === 'string' ? parsePartialDay(birthDate) : undefined
  return born?.ok === true && born.value.earliest > today ? [problem('problem.fhir.notBornYet', { given: { text: String(birthDate) }, today: { text: formatDay(today) } }, `${where}.birthDate`)] : []
}

/** The Bundle, if nothing is wrong with it or any resource in it. @throws Refused 422 with the place of each problem, 400 for what is no Bundle */
export function acceptableBundle(bundle: Resource, today: Day): Resource {
  if (bundle['resourceType'] !== 'Bundle')
    throw new Refused([problem('problem.fhir.bundleType', { found: { text: String(bundle['resourceType'] ?? '') } }, 'resourceType')], 400)
  const type = bundle['type']
  if (type !== 'transaction' && type !== 'batch') throw new Refused([problem('problem.fhir.bundleType', { found: { text: `Bundle ${typeof type === 'string' ? type : ''}` } }, 'Bundle.type')], 400)
  const issues = [...writingIssues(bundle, today).filter(({ severity }) => severity === 'error'), ...notStored(bundle)]
  if (issues.length > 0) throw new Refused(issues, 422)
  return bundle
}

/**
 * A batch without the entries that may not be written. The validator stops at a hundred issues, so what is left is looked at again.
 * @throws Refused 422 if the Bundle around the entries is wrong
 */
export function acceptableEntries(bundle: Resource, today: Day): { readonly entries: readonly { readonly index: number; readonly entry: unknown }[]; readonly refused: ReadonlyMap<number, readonly Issue[]> } {
  const refused = new Map<number, Issue[]>()
  let entries = entriesOf(bundle).map((entry, index) => ({ index, entry }))
  for (let found = 1; found > 0; ) {
    const part = { ...bundle, entry: entries.map(({ entry }) => entry) }
    const issues = entries.length === 0 ? [] : [...writingIssues(part, today).filter(({ severity }) => severity === 'error'), ...notStored(part)]
    found = issues.length
    for (const issue of issues) {
      const at = /^Bundle\.entry\[(\d+)\]\.resource\b/.exec(issue.where ?? '')?.[1]
      const index = at === undefined ? undefined : entries[Number(at)]?.index
      if (index === undefined) throw new Refused(issues, 422)
      const own = { ...issue, where: (issue.where as string).replace(/\[\d+\]/, `[${index}]`) }
      refused.set(index, [...(refused.get(index) ?? []), own])
    }
    entries = entries.filter(({ index }) => !refused.has(index))
  }
  return { entries, refused }
}

export const entriesOf = (bundle: Resource): readonly unknown[] => (Array.isArray(bundle['entry']) ? bundle['entry'] : [])

function notStored(bundle: Resource): readonly Issue[] {
  return entriesOf(bundle).flatMap((entry, index) => {
    const type = (entry as { readonly resource?: { readonly resourceType?: unknown } } | null)?.resource?.resourceType
    return typeof type === 'string' && NOT_STORED.includes(type) ? [problem('problem.fhir.notStored', { type: { text: type } }, `Bundle.entry[${index}].resource`)] : []
  })
}
