/**
 * The pages: the built web app with its first screen's data inside, its files, and the way in (the one-time link).
 * A page that is asked for without having been let in says so in words; it holds nothing of a child.
 */
import fastifyStatic from '@fastify/static'
import { directionOf, formatMessage, loadMessages } from '@bairn/knowledge'
import { pageWithData, webFolder, type PageData } from '@bairn/web'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { childRecord, worklist } from '../app/lists.ts'
import { currentSetting, enter, sessionOf, type AppState } from '../app/state.ts'
import { languageOf } from '../outcome.ts'
import { problem, Refused, type Refusal } from '../problems.ts'
import type { Route } from '../routes.ts'

const FOLDER = fileURLToPath(webFolder)
const compress = promisify(gzip)
/** Only our own files; no page may frame us, no form may leave. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
/** Their names change with their content. */
const FOR_EVER = { maxAge: 31_536_000_000, immutable: true }

/** Routes for the files of the page need `reply.sendFile`. */
export async function serveFiles(app: FastifyInstance): Promise<void> {
  if (existsSync(FOLDER)) await app.register(fastifyStatic, { root: FOLDER, serve: false, preCompressed: true })
}

export function pageRoutes(state: AppState): readonly Route[] {
  const page = (address: string, screen: 'list' | 'child' | 'none'): Route => ({
    method: 'GET', path: address, policy: 'session',
    async handle(request, reply, caller) {
      const entered = await enter(state, request, caller)
      const session = await sessionOf(state, entered)
      const known = session.user !== undefined
      const data: PageData = {
        session,
        ...(known && screen === 'list' ? { worklist: await worklist(entered, new URLSearchParams(), state.today()) } : {}),
        ...(known && screen === 'child' ? await childIn(request) : {}),
      }
      return sendPage(request, reply, pageWithData(readShell(), data))

      /** The page itself says when there is no such child. */
      async function childIn(asked: FastifyRequest): Promise<Pick<PageData, 'child'>> {
        try {
          const { id } = asked.params as { readonly id: string }
          return { child: await childRecord(entered, id, state.today(), { editions: state.editions(), setting: () => currentSetting(state) }) }
        } catch (found) {
          if (found instanceof Refused && (found.status === 404 || found.status === 410)) return {}
          throw found
        }
      }
    },
  })
  return [
    page('/', 'list'), page('/register', 'none'), page('/child/:id', 'child'), page('/child/:id/measure', 'child'), page('/child/:id/dose', 'child'), page('/child/:id/reaction', 'child'), page('/child/:id/print', 'child'), page('/child/:id/move', 'child'), page('/about', 'none'),
    page('/schedules', 'none'), page('/schedules/:id', 'none'), page('/stories/:id', 'none'),
    {
      method: 'GET', path: '/open/:secret', policy: 'public',
      async handle(request, reply, caller) {
        // A preview or a prefetch must not use the link up.
        const looksOnly = request.method !== 'GET' || /prefetch|preview/.test(`${request.headers['sec-purpose'] ?? ''}${request.headers['purpose'] ?? ''}`)
        const { secret } = request.params as { readonly secret: string }
        if (!looksOnly && state.tokens.useLink(secret)) return reply.header('set-cookie', state.tokens.cookieFor({ demo: false })).redirect('/', 303)
        if (caller.by === 'browser') return reply.redirect('/', 303)
        throw new Refused([problem('problem.link')], 403)
      },
    },
    file('/assets/*', (request) => `assets/${(request.params as { readonly '*': string })['*']}`, FOR_EVER),
    ...['/boot.js', '/sw.js', '/icon.svg', '/shell.html'].map((address) => file(address, () => address.slice(1), { maxAge: 0 })),
  ]
}

/** The files hold nothing of anybody: whoever reaches this computer may have them. */
function file(address: string, nameOf: (request: FastifyRequest) => string, caching: { readonly maxAge: number; readonly immutable?: boolean }): Route {
  return {
    method: 'GET', path: address, policy: 'public',
    async handle(request, reply) {
      if (!existsSync(FOLDER)) throw new Refused([problem('problem.pages')], 503)
      reply.header('content-security-policy', POLICY)
      reply.header('cache-control', caching.immutable === true ? 'public, max-age=31536000, immutable' : 'no-cache')
      return reply.sendFile(nameOf(request), { ...caching, cacheControl: false })
    },
  }
}

let shell: string | undefined
function readShell(): string {
  if (shell !== undefined) return shell
  const built = path.join(FOLDER, 'index.html')
  if (!existsSync(built)) throw new Refused([problem('problem.pages')], 503)
  return shell = readFileSync(built, 'utf8')
}

async function sendPage(request: FastifyRequest, reply: FastifyReply, html: string): Promise<FastifyReply> {
  void reply.headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY, vary: 'accept-encoding' })
  if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return reply.send(html)
  return reply.header('content-encoding', 'gzip').send(await compress(html, { level: 4 }))
}

/** A plain page for people; programs get the OperationOutcome instead. */
export async function refusalPage(request: FastifyRequest, { issues }: Refusal): Promise<string | undefined> {
  if (!(request.headers.accept ?? '').includes('text/html') || /^\/(fhir|app)(\/|\?|$)/.test(request.url)) return undefined
  const language = languageOf(request.headers['accept-language'])
  await loadMessages(language)
  const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const sentences = issues.map(({ text }) => `<p>${escape(formatMessage(text, language))}</p>`).join('')
  return `<!doctype html><html lang="${language}" dir="${directionOf(language)}"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Bairn</title><h1>Bairn</h1>${sentences}</html>`
}
