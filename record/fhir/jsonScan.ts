/**
 * Finds the first place where a text is not the JSON we take: the slow second look after JSON.parse refused or lost a key.
 * Source: RFC 8259, and FHIR R4 json.html (no key twice). Pure.
 */
export interface JsonProblem {
  readonly kind: 'empty' | 'unexpectedEnd' | 'unexpected' | 'badNumber' | 'badText' | 'badEscape' | 'trailingComma' | 'afterTheEnd' | 'duplicateKey' | 'tooDeep'
  /** index in the text */
  readonly at: number
  /** what stands there: a character, a word, a key */
  readonly found?: string
}

/** @throws Error if the text is well-formed without a double key (caller's bug) */
export function scanJson(text: string, maxDepth: number): JsonProblem {
  try {
    scan(text, maxDepth)
  } catch (thrown) {
    if (thrown instanceof Found) return thrown.problem
    throw thrown
  }
  throw new Error('scanJson: nothing wrong with this text')
}

/** Carries the problem out of the recursion; never leaves this file. */
class Found extends Error {
  readonly problem: JsonProblem
  constructor(problem: JsonProblem) {
    super(problem.kind)
    this.problem = problem
  }
}

function scan(text: string, maxDepth: number): void {
  let at = 0
  const stop = (kind: JsonProblem['kind'], where = at, found?: string): never => {
    throw new Found({ kind, at: where, ...(found === undefined ? {} : { found }) })
  }
  const skip = (): void => {
    while (at < text.length && ' \n\r\t'.includes(text[at] as string)) at++
  }
  const unexpected = (): never => {
    if (at >= text.length) return stop('unexpectedEnd', text.length)
    const word = /^[\p{L}\p{N}_.+-]+/u.exec(text.slice(at, at + 40))?.[0]
    return stop('unexpected', at, word ?? String.fromCodePoint(text.codePointAt(at) as number))
  }

  skip()
  if (at >= text.length) stop('empty', 0)
  value(0)
  skip()
  if (at < text.length) stop('afterTheEnd', at, text.slice(at, at + 20))

  function value(depth: number): void {
    if (depth > maxDepth) stop('tooDeep')
    const char = text[at]
    if (char === '{') object(depth)
    else if (char === '[') list(depth)
    else if (char === '"') string()
    else if (char === '-' || (char !== undefined && char >= '0' && char <= '9')) number()
    else {
      const word = ['true', 'false', 'null'].find((w) => text.startsWith(w, at))
      if (word === undefined || /[\p{L}\p{N}_]/u.test(text[at + word.length] ?? '')) unexpected()
      else at += word.length
    }
  }
  function object(depth: number): void {
    at++
    const seen = new Set<string>()
    skip()
    if (text[at] === '}') return void at++
    for (;;) {
      const start = at
      if (text[at] !== '"') unexpected()
      const key = string()
      if (seen.has(key)) stop('duplicateKey', start, key)
      seen.add(key)
      skip()
      if (text[at] !== ':') unexpected()
      at++
      skip()
      value(depth + 1)
      if (closes('}')) return
    }
  }
  function list(depth: number): void {
    at++
    skip()
    if (text[at] === ']') return void at++
    for (;;) {
      value(depth + 1)
      if (closes(']')) return
    }
  }
  /** After an item: true at the closing bracket, false after a comma that is followed by another item. */
  function closes(bracket: '}' | ']'): boolean {
    skip()
    if (text[at] === bracket) {
      at++
      return true
    }
    if (text[at] !== ',') unexpected()
    const comma = at++
    skip()
    if (text[at] === '}' || text[at] === ']') stop('trailingComma', comma)
    return false
  }
  function number(): void {
    const pattern = /[-+.\w]+/y
    pattern.lastIndex = at
    const token = pattern.exec(text)?.[0] as string
    if (!/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(token)) stop('badNumber', at, token.slice(0, 40))
    at += token.length
  }
  function string(): string {
    const start = at++
    for (;;) {
      const char = text[at]
      if (char === undefined) stop('unexpectedEnd', text.length)
      else if (char === '"') break
      else if (char === '\\') {
        const escape = /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(text.slice(at, at + 6))
        if (escape === null) stop('badEscape', at, text.slice(at, at + 2))
        else at += escape[0].length
      } else if (char < ' ') stop('badText', at, `U+${char.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`)
      else at++
    }
    at++
    return JSON.parse(text.slice(start, at)) as string
  }
}
