/**
 * A reference as type and id: relative, absolute to the own base, versioned; or as a whole address when it leads elsewhere.
 * Source: HL7 FHIR R4 4.0.1, references.html and search.html#reference.
 */
import { isResourceType } from '../validate/resourceTypes.ts'

export interface Target { readonly type: string; readonly id: string; readonly named: string | undefined }

const ID = /^[A-Za-z0-9\-.]{1,64}$/

/** undefined for `#contained`, conditional and empty references. `named` is the type that the address names, also elsewhere. */
export function targetOf(address: string, base: string | undefined): Target | undefined {
  if (address === '' || address.startsWith('#') || address.includes('?')) return undefined
  const own = base === undefined ? undefined : base.endsWith('/') ? base : `${base}/`
  const local = own !== undefined && address.startsWith(own) ? address.slice(own.length) : address
  const [type, id, ...rest] = local.split('/') as [string, string | undefined, ...string[]]
  if (id !== undefined && isResourceType(type) && ID.test(id) && (rest.length === 0 || (rest.length === 2 && rest[0] === '_history'))) return { type, id, named: type }
  if (!/^[a-z][a-z0-9+.-]*:/i.test(local)) return undefined
  // Elsewhere: without the version, so that all versions are found together.
  const whole = local.replace(/\/_history\/[^/]+$/, '')
  const named = whole.split('/').at(-2)
  return { type: '', id: whole, named: isResourceType(named) ? named : undefined }
}
