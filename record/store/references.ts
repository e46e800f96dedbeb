/**
 * References inside a resource: which local ones it makes, and rewriting them when a bundle is taken in.
 * Source: HL7 FHIR R4 4.0.1, references.html and http.html#trules (urn in any reference, uri, url, and narrative link).
 */
import { isObject } from './document.ts'
import type { Resource } from './contract.ts'

export type Found =
  | { readonly kind: 'local'; readonly type: string; readonly id: string; readonly reference: string; readonly where: string }
  /** urn:uuid and urn:oid mean an entry of the same bundle; what is no address at all leads nowhere */
  | { readonly kind: 'lost'; readonly reference: string; readonly where: string }
  /** `Practitioner?identifier=…` */
  | { readonly kind: 'conditional'; readonly type: string; readonly query: string; readonly reference: string; readonly where: string }

const LOCAL = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/
/** `#contained`, and addresses with a scheme but those two. */
const ELSEWHERE = /^(?:#|(?!urn:uuid:|urn:oid:)[a-z][a-z0-9+.-]*:)/i
const CONDITIONAL = /^([A-Z][A-Za-z]+)\?(.+)$/

/** Every `reference` in it that is not an address elsewhere, `#contained` or only an identifier. */
export function findReferences(resource: Resource, base?: string): readonly Found[] {
  const found: Found[] = []
  const own = base === undefined ? undefined : base.endsWith('/') ? base : `${base}/`
  const visit = (value: unknown, where: string): void => {
    if (Array.isArray(value)) for (let i = 0; i < value.length; i++) visit(value[i], `${where}[${i}]`)
    else if (typeof value === 'object' && value !== null) {
      for (const key in value) {
        const child = (value as Record<string, unknown>)[key]
        if (key === 'reference' && typeof child === 'string') classify(child, `${where}.reference`)
        else if (typeof child === 'object') visit(child, `${where}.${key}`)
      }
    }
  }
  const classify = (reference: string, where: string): void => {
    const relative = own !== undefined && reference.startsWith(own) ? reference.slice(own.length) : reference
    const local = LOCAL.exec(relative)
    const conditional = local === null ? CONDITIONAL.exec(relative) : null
    if (local !== null) found.push({ kind: 'local', type: local[1] as string, id: local[2] as string, reference, where })
    else if (conditional !== null) found.push({ kind: 'conditional', type: conditional[1] as string, query: conditional[2] as string, reference, where })
    else if (!ELSEWHERE.test(relative)) found.push({ kind: 'lost', reference, where })
  }
  visit(resource, String(resource['resourceType']))
  return found
}

/** The same resource with addresses replaced: in references, in uri and url elements, and in links of the narrative. */
export function rewriteReferences(resource: Resource, names: ReadonlyMap<string, string>): Resource {
  const rewrite = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return rewriteText(value, key, names)
    if (Array.isArray(value)) {
      const list = value.map((item) => rewrite(item, key))
      return list.some((item, i) => item !== value[i]) ? list : value
    }
    if (!isObject(value)) return value
    let changed: Record<string, unknown> | undefined
    for (const name in value) {
      const made = rewrite(value[name], name)
      if (made !== value[name]) (changed ??= { ...value })[name] = made
    }
    return changed ?? value
  }
  return rewrite(resource, '') as Resource
}

const ADDRESS = /^(reference|uri|url|.*(Uri|Url|Oid|Uuid|Canonical))$/
const LINK = /(\s(?:href|src)\s*=\s*)(["'])(urn:(?:uuid|oid):[^"'#]+)(#[^"']*)?\2/g

function rewriteText(text: string, key: string, names: ReadonlyMap<string, string>): string {
  if (ADDRESS.test(key)) return names.get(text) ?? text
  if (key === 'div' && text.includes('urn:')) return text.replaceAll(LINK, (whole, before: string, quote: string, urn: string, rest: string | undefined) => {
    const name = names.get(urn)
    return name === undefined ? whole : `${before}${quote}${name}${rest ?? ''}${quote}`
  })
  return text
}
