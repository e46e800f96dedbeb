/**
 * Which type a reference points at, as far as can be known without a store: from its address, from what is contained,
 * from the bundle's entries for urn:uuid, or from Reference.type. Existence is the store's question.
 * Source: HL7 FHIR R4 4.0.1, references.html.
 */
import { isResourceType } from './resourceTypes.ts'
import { type Node, itemsOf, textOf } from './node.ts'

/** What bundles say of their entries: fullUrl to resource type. */
export type BundleTypes = ReadonlyMap<string, string>

export function bundleTypes(bundle: Node): BundleTypes {
  const types = new Map<string, string>()
  for (const entry of itemsOf(bundle, 'entry')) {
    const type = (entry['resource'] as Node | undefined)?.['resourceType']
    const url = entry['fullUrl']
    if (typeof url === 'string' && isResourceType(type)) types.set(url, type)
  }
  return types
}

/** The type pointed at; undefined if it cannot be told (a plain address elsewhere, a logical reference without type). */
export function typeOfReference(reference: Node, container: Node, bundle: () => BundleTypes | undefined): string | undefined {
  const address = textOf(reference, 'reference')
  return (address === undefined ? undefined : typeOfAddress(address, container, bundle)) ?? typeOfName(textOf(reference, 'type'))
}

function typeOfAddress(address: string, container: Node, bundle: () => BundleTypes | undefined): string | undefined {
  if (address.startsWith('#')) {
    const found = address === '#' ? container : itemsOf(container, 'contained').find((c) => textOf(c, 'id') === address.slice(1))
    return textOf(found, 'resourceType')
  }
  if (address.startsWith('urn:')) return bundle()?.get(address)
  // [base/]Type/id[/_history/version] or a search Type?query
  const query = address.indexOf('?')
  const path = query === -1 ? address : address.slice(0, query)
  const version = path.indexOf('/_history/')
  const last = version === -1 ? path : path.slice(0, version)
  const end = query === -1 ? last.lastIndexOf('/') : last.length
  if (end === -1) return undefined
  const type = last.slice(last.lastIndexOf('/', end - 1) + 1, end)
  return isResourceType(type) ? type : undefined
}
const typeOfName = (name: string | undefined): string | undefined => {
  const last = name?.slice(name.lastIndexOf('/') + 1)
  return isResourceType(last) ? last : undefined
}
