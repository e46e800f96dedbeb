/**
 * The one check before every route: this computer only, by its own name, from its own pages, and by somebody who was let in.
 * A page of another site may know this address: its name in Host, or its Origin, gives it away (DNS rebinding, CSRF).
 */
import type { Issue } from '@bairn/reasoning'
import type { IncomingHttpHeaders } from 'node:http'
import { problem } from '../problems.ts'
import { isLoopback } from '../settings.ts'
import type { Tokens, Visitor } from './token.ts'

/**
 * `public`: nothing of a child, nothing that changes; anybody on this computer may have it.
 * `session`: the token of this start, or a browser that was let in.
 */
export type Policy = 'public' | 'session'
/** `nobody` reaches public routes only. */
export type Caller = { readonly by: 'token' | 'nobody' } | ({ readonly by: 'browser' } & Visitor)
export type Verdict =
  | { readonly ok: true; readonly caller: Caller }
  | { readonly ok: false; readonly status: 401 | 403; readonly issue: Issue }

/** Whether a request may reach a route of this policy, and who asks. */
export function judge(headers: IncomingHttpHeaders, { policy, tokens, port }: { readonly policy: Policy; readonly tokens: Tokens; readonly port: number }): Verdict {
  if (!isOwnName(headers.host, port)) return refuse(403, problem('problem.foreignHost', { host: { text: headers.host ?? '' } }, 'http.host'))
  const { origin } = headers
  if (origin !== undefined && !isOwnOrigin(origin, port)) return refuse(403, problem('problem.foreignOrigin', { origin: { text: origin } }, 'http.origin'))
  const site = headers['sec-fetch-site']
  if ((site === 'cross-site' || site === 'same-site') && headers['sec-fetch-mode'] !== 'navigate')
    return refuse(403, problem('problem.foreignOrigin', { origin: { text: headers.referer ?? String(site) } }, 'http.sec-fetch-site'))
  const caller = findCaller(headers, tokens)
  if (policy === 'session' && caller.by === 'nobody') return refuse(401, problem('problem.token', {}, 'http.authorization'))
  return { ok: true, caller }
}

/** The token first: a program that sends one means it, whatever cookies it also carries. */
function findCaller(headers: IncomingHttpHeaders, tokens: Tokens): Caller {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return { by: tokens.isToken(bearer) ? 'token' : 'nobody' }
  const visitor = tokens.findVisitor(headers.cookie)
  return visitor === undefined ? { by: 'nobody' } : { by: 'browser', ...visitor }
}

function isOwnName(host: string | undefined, port: number): boolean {
  const match = /^(\[::1\]|[^:[\]]+)(?::(\d+))?$/.exec(host ?? '')
  if (match === null) return false
  return isLoopback((match[1] as string).replace(/^\[|\]$/g, '')) && (match[2] ?? '80') === String(port)
}

function isOwnOrigin(origin: string, port: number): boolean {
  return origin.startsWith('http://') && isOwnName(origin.slice('http://'.length), port)
}

const refuse = (status: 401 | 403, issue: Issue): Verdict => ({ ok: false, status, issue })
