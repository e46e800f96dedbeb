/**
 * Fastify around the route table: the guard before each route, bodies as text, one log line and one figure after it, and every
 * refusal as an OperationOutcome. Knows nothing of FHIR's interactions or of the store.
 */
import { isUtf8 } from 'node:buffer'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { problem, Refused, type Refusal } from './problems.ts'
import { outcomeOf } from './outcome.ts'
import type { Route } from './routes.ts'
import { judge, type Caller } from './seams/guard.ts'
import type { RequestLog } from './seams/log.ts'
import type { Metrics } from './seams/metrics.ts'
import type { Tokens } from './seams/token.ts'

export interface HttpOptions {
  readonly routes: readonly Route[]
  readonly tokens: Tokens
  readonly log: RequestLog
  readonly metrics: Metrics
  /** the port that Host and Origin must name; known once the server listens */
  readonly port: () => number
  /** a page for people who were not let in; undefined where a program asks */
  readonly refusalPage: (request: FastifyRequest, refusal: Refusal) => Promise<string | undefined>
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const
const BODY_LIMIT = 4_000_000

/** The server, not yet listening. */
export function makeHttp({ routes, tokens, log, metrics, port, refusalPage }: HttpOptions): FastifyInstance {
  const app = fastify({
    logger: false,
    forceCloseConnections: true,
    bodyLimit: BODY_LIMIT,
    requestTimeout: 120_000,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200, querystringParser: () => ({}) },
  })
  const callers = new WeakMap<FastifyRequest, Caller>()
  readBodies(app)

  app.addHook('onRequest', (request, reply, done) => {
    const policy = request.routeOptions.config.policy ?? 'session'
    const verdict = judge(request.headers, { policy, tokens, port: port() })
    if (verdict.ok) {
      callers.set(request, verdict.caller)
      done()
    } else {
      const headers: Record<string, string> = verdict.status === 401 ? { 'www-authenticate': 'Bearer realm="bairn"' } : {}
      void refuse(request, reply, { status: verdict.status, issues: [verdict.issue], headers })
    }
  })
  app.addHook('onSend', (_request, reply, payload, done) => {
    reply.header('x-content-type-options', 'nosniff')
    reply.header('cross-origin-resource-policy', 'same-origin')
    reply.header('referrer-policy', 'no-referrer')
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    done(null, payload)
  })
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown'
    const seconds = reply.elapsedTime / 1000
    metrics.observe({ method: request.method, route, status: reply.statusCode, seconds })
    log.logger.info({ method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10, bytes: Number(reply.getHeader('content-length') ?? 0) })
    done()
  })

  for (const { method, path, policy, bodyLimit, handle } of routes) {
    app.route({
      method, url: path, config: { policy }, ...(bodyLimit === undefined ? {} : { bodyLimit }),
      handler: (request, reply) => handle(request, reply, callers.get(request) ?? { by: 'nobody' }),
    })
  }
  for (const path of new Set(routes.map((route) => route.path))) refuseOtherMethods(path)

  app.setNotFoundHandler((request, reply) => refuse(request, reply, { status: 404, issues: [problem('problem.notHere')] }))
  app.setErrorHandler((error, request, reply) => refuse(request, reply, refusalFrom(error)))
  return app

  function refuseOtherMethods(path: string): void {
    const known = routes.filter((route) => route.path === path).map(({ method }) => method)
    const others = METHODS.filter((method) => !(known as readonly string[]).includes(method))
    const allow = [...new Set([...known, ...(known.includes('GET') ? ['HEAD'] : [])])].join(', ')
    app.route({
      method: [...others], url: path, config: { policy: 'session' }, exposeHeadRoute: false,
      // Before the body is read: its media type does not matter.
      onRequest: (request, reply) => refuse(request, reply, { status: 405, issues: [problem('problem.method', { method: { text: request.method } })], headers: { allow } }),
      handler: () => undefined,
    })
  }

  async function refuse(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): Promise<FastifyReply> {
    void reply.code(refusal.status).headers(refusal.headers ?? {})
    const page = await refusalPage(request, refusal)
    if (page !== undefined) return reply.type('text/html; charset=utf-8').send(page)
    return reply.type('application/fhir+json; charset=utf-8').send(JSON.stringify(await outcomeOf(refusal.issues, request.headers['accept-language'])))
  }

  function refusalFrom(error: unknown): Refusal {
    if (error instanceof Refused) return error
    const { code } = error as { readonly code?: string }
    if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return { status: 413, issues: [problem('problem.tooLarge')] }
    if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return { status: 415, issues: [problem('problem.mediaType', {}, 'http.content-type')] }
    // Our own mistake: the log keeps where it happened, without the message, which may quote a record.
    log.logger.error({ code, stack: error instanceof Error ? error.stack?.split('\n').filter((line) => line.startsWith('    at ')).slice(0, 12) : undefined })
    return { status: 500, issues: [problem('problem.unexpected')] }
  }
}

/** JSON and forms arrive as text, so that decimals keep their digits; text that is not UTF-8 is refused, not repaired. */
function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  for (const type of [/^application\/(?:[\w.-]+\+)?json(?:;|$)/, /^application\/x-www-form-urlencoded(?:;|$)/]) {
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (request, body, done) => {
      const charset = /charset="?([\w-]+)/i.exec(request.headers['content-type'] ?? '')?.[1]?.toLowerCase()
      if ((charset !== undefined && charset !== 'utf-8' && charset !== 'utf8') || !isUtf8(body as Buffer))
        done(new Refused([problem('problem.mediaType', {}, 'http.content-type')], 415), undefined)
      else done(null, (body as Buffer).toString('utf8'))
    })
  }
}

declare module 'fastify' {
  interface FastifyContextConfig { readonly policy?: Route['policy'] }
}
