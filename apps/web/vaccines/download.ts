/** A resource as a file of its own, to be sent on: FHIR JSON as it stands in the record. */
import type { Resource } from '../child/record.ts'

export function download(resource: Resource): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(resource, undefined, 2)], { type: 'application/fhir+json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = `${String(resource['resourceType'])}-${String(resource['id'])}.json`
  link.click()
  URL.revokeObjectURL(address)
}
