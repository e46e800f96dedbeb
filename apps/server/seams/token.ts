/**
 * Who may talk to the server while there is no sign-in: whoever can read the token file (mode 0600, made anew at each start),
 * and browsers that opened the one-time link. Such a browser keeps a cookie, signed with a key that stays in BAIRN_HOME,
 * so that it is still known after a restart. The cookie also says which database that browser has open.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** A browser that was let in, and what it has open. */
export interface Visitor { readonly demo: boolean }

export interface Tokens {
  /** sent as `Authorization: Bearer` */
  readonly token: string
  /** path of the one-time link: `/open/<secret>` */
  readonly linkPath: string
  readonly isToken: (given: string) => boolean
  /** true once, for the secret of the link */
  readonly useLink: (secret: string) => boolean
  /** value of the `cookie` header to its visitor; undefined without a valid cookie */
  readonly findVisitor: (cookieHeader: string | undefined) => Visitor | undefined
  /** `set-cookie` for a browser */
  readonly cookieFor: (visitor: Visitor) => string
}

const COOKIE_DAYS = 90

/**
 * Makes the token of this start and writes it to `<home>/token`.
 * @param name of the cookie: cookies do not know ports, and two homes may be open on one computer
 */
export function makeTokens({ home, name, now }: { readonly home: string; readonly name: string; readonly now: () => number }): Tokens {
  const token = randomBytes(32).toString('base64url')
  writeSecret(path.join(home, 'token'), `${token}\n`)
  const key = readKey(path.join(home, 'key'))
  const sign = (text: string): string => createHmac('sha256', key).update(text).digest('base64url')
  let secret: string | undefined = randomBytes(18).toString('base64url')
  return {
    token,
    linkPath: `/open/${secret}`,
    isToken: (given) => equal(given, token),
    useLink(given) {
      if (secret === undefined || !equal(given, secret)) return false
      secret = undefined
      return true
    },
    findVisitor(header) {
      const value = cookieValue(header, name)
      const [text, signature] = [value?.slice(0, value.lastIndexOf('.')), value?.slice(value.lastIndexOf('.') + 1)]
      if (text === undefined || signature === undefined || !equal(signature, sign(text))) return undefined
      const [made, database] = text.split('.')
      if (now() - Number.parseInt(made as string, 36) > COOKIE_DAYS * 86_400_000) return undefined
      return { demo: database === 'demo' }
    },
    cookieFor({ demo }) {
      const text = `${now().toString(36)}.${demo ? 'demo' : 'own'}`
      return `${name}=${text}.${sign(text)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${COOKIE_DAYS * 86_400}`
    },
  }
}

/** The token of the server that runs, or ran last, on this home. */
export function readToken(home: string): string | undefined {
  try {
    return readFileSync(path.join(home, 'token'), 'utf8').trim()
  } catch {
    return undefined
  }
}

function readKey(file: string): Buffer {
  try {
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url')
    if (key.length === 32) return key
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const key = randomBytes(32)
  writeSecret(file, `${key.toString('base64url')}\n`)
  return key
}

/** Whole or not at all, and never readable by others, not even for a moment. */
export function writeSecret(file: string, text: string): void {
  const fresh = `${file}.${process.pid}.new`
  writeFileSync(fresh, text, { mode: 0o600 })
  chmodSync(fresh, 0o600)
  renameSync(fresh, file)
}

function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=')
    if (at !== -1 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return undefined
}

function equal(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}
