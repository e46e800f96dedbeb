/**
 * The narrative: a well-formed <div> of basic formatting, and nothing that runs.
 * Source: HL7 FHIR R4 4.0.1, narrative.html#xhtml, invariants txt-1 and txt-2 (their FHIRPath is only `htmlChecks()`).
 * One thing is let pass: a div of white space alone (txt-2). Four official examples have one, and it harms nobody.
 */
const ELEMENTS = new Set(('a abbr acronym address area b bdo big blockquote br caption cite code col colgroup dd dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i img '
  + 'kbd li map ol p pre q samp small span strong sub sup table tbody td tfoot th thead tr tt ul var').split(' '))
const ATTRIBUTES = new Set(('abbr accesskey align alt axis bgcolor border cellpadding cellspacing char charoff charset cite class color colspan coords dir frame headers height '
  + 'href hreflang id ismap lang longdesc name nowrap rel rev rowspan rules scope shape size space span src start style summary tabindex title type usemap valign width xml:lang xml:space xmlns').split(' '))
const XMLNS = 'http://www.w3.org/1999/xhtml'
const TAG = /<(?:!--(?:[^-]|-(?!-))*-->|(\/)?([A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z_:][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/)?>)/y
const ATTRIBUTE = /([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const ENTITY = /&(?!(?:[A-Za-z][A-Za-z0-9]*|#\d+|#x[0-9A-Fa-f]+);)/
// A script address, also with its letters written as entities or parted by white space.
const SCRIPT = /^(?:java|vb)script:|^data:text\/html/i

export type XhtmlProblem = 'notDiv' | 'malformed' | 'element' | 'attribute' | 'script' | 'empty'

/** The first problem; undefined when the narrative may stand. */
export function checkXhtml(html: string): XhtmlProblem | undefined {
  const source = html.trim()
  if (!/^<div[\s>/]/.test(source)) return 'notDiv'
  const open: string[] = []
  let content = false
  for (let at = 0; at < source.length; ) {
    if (source[at] !== '<') {
      const end = source.indexOf('<', at)
      const words = source.slice(at, end === -1 ? source.length : end)
      if (open.length === 0 || ENTITY.test(words)) return 'malformed'
      content = true
      at += words.length
      continue
    }
    TAG.lastIndex = at
    const tag = TAG.exec(source)
    if (tag === null) return 'malformed'
    at = TAG.lastIndex
    const [, closing, name, attributes, selfClosing] = tag
    if (name === undefined) continue
    if (!ELEMENTS.has(name)) return 'element'
    if (closing !== undefined) {
      if (attributes !== '' || selfClosing !== undefined || open.pop() !== name) return 'malformed'
      if (open.length === 0 && at < source.length) return 'malformed'
      continue
    }
    if (attributes !== undefined && attributes !== '') {
      const problem = checkAttributes(attributes)
      if (problem !== undefined) return problem
    }
    content ||= name === 'img'
    if (selfClosing === undefined) open.push(name)
    else if (open.length === 0 && at < source.length) return 'malformed'
  }
  if (open.length > 0) return 'malformed'
  return content ? undefined : 'empty'
}

function checkAttributes(attributes: string): XhtmlProblem | undefined {
  const seen = new Set<string>()
  for (const [, name, double, single] of attributes.matchAll(ATTRIBUTE)) {
    const value = double ?? single ?? ''
    if (name === undefined || seen.has(name) || ENTITY.test(value)) return 'malformed'
    seen.add(name)
    if (!ATTRIBUTES.has(name) && !name.startsWith('xmlns:')) return 'attribute'
    if (name === 'xmlns' && value !== XMLNS) return 'attribute'
    if ((name === 'href' || name === 'src' || name === 'longdesc' || name === 'cite' || name === 'usemap') && SCRIPT.test(plain(value))) return 'script'
  }
  return undefined
}
/** Character references resolved, white space and control characters dropped: how a browser reads an address. */
function plain(value: string): string {
  return value
    .replaceAll(/&#(?:x([0-9A-Fa-f]+)|(\d+));/g, (_, hex: string | undefined, dec: string | undefined) => {
      const code = hex === undefined ? Number(dec) : Number.parseInt(hex, 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : ''
    })
    .replaceAll(/&(?:Tab|NewLine);/g, '')
    .replaceAll('&colon;', ':')
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0020]/g, '')
}
