/** The routes below /app: session, first use, demo, list, child, duplicates. Shapes: apps/web/contract.ts. */
import { parseFhirJson } from '@bairn/fhir/json'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { idOf, queryOf } from '../fhir/exchange.ts'
import { problem, Refused } from '../problems.ts'
import type { Route } from '../routes.ts'
import { parsePlace, parseSetup, writeHere, writePeople, writeSwitches } from './here.ts'
import { childRecord, duplicates, worklist } from './lists.ts'
import { currentSetting, enter, sessionOf, type AppState } from './state.ts'

export function appRoutes(state: AppState): readonly Route[] {
  const { records, tokens, device, today } = state
  return [
    {
      method: 'GET', path: '/app/session', policy: 'session',
      handle: async (request, reply, caller) => sendJson(reply, await sessionOf(state, await enter(state, request, caller))),
    },
    {
      method: 'POST', path: '/app/setup', policy: 'session',
      async handle(request, reply) {
        const answers = parseSetup(jsonOf(request))
        await state.setHere(await writeHere(records.own, { before: state.here(), answers, device }))
        return open(reply, answers.start === 'demo')
      },
    },
    {
      method: 'POST', path: '/app/place', policy: 'session',
      async handle(request, reply, caller) {
        const entered = await enter(state, request, caller)
        const observations = state.editions().immunization?.observations ?? {}
        const answers = parsePlace(jsonOf(request), Object.keys(observations).filter((code) => observations[code]?.ofPlace === true))
        await state.setHere(await writeSwitches(records.own, { before: state.here(), answers, device }))
        return sendJson(reply, await sessionOf(state, entered))
      },
    },
    {
      method: 'POST', path: '/app/demo', policy: 'session',
      async handle(request, reply) {
        const body = jsonOf(request)
        const wanted = typeof body === 'object' && body !== null ? (body as { readonly open?: unknown }).open : undefined
        if (typeof wanted !== 'boolean') throw new Refused([problem('problem.app.body', {}, 'open')], 422)
        return open(reply, wanted)
      },
    },
    {
      method: 'GET', path: '/app/worklist', policy: 'session',
      handle: async (request, reply, caller) => sendJson(reply, await worklist(await enter(state, request, caller), queryOf(request), today())),
    },
    {
      method: 'GET', path: '/app/child/:id', policy: 'session',
      handle: async (request, reply, caller) =>
        sendJson(reply, await childRecord(await enter(state, request, caller), idOf(request, 'Patient', 404), today(), { editions: state.editions(), setting: () => currentSetting(state) })),
    },
    {
      method: 'GET', path: '/app/duplicates', policy: 'session',
      handle: async (request, reply, caller) => sendJson(reply, await duplicates(await enter(state, request, caller), queryOf(request))),
    },
  ]

  /** Opens a database for this browser, and says how it is there. */
  async function open(reply: FastifyReply, demo: boolean): Promise<FastifyReply> {
    const store = demo ? await records.demo() : records.own
    const here = state.here()
    if (demo) await writePeople(store, here, device)
    reply.header('set-cookie', tokens.cookieFor({ demo }))
    return sendJson(reply, await sessionOf(state, { store, who: { practitioner: here.user?.practitioner ?? device, device }, demo }))
  }
}

const sendJson = (reply: FastifyReply, value: unknown): FastifyReply => reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(value))

function jsonOf(request: FastifyRequest): unknown {
  const parsed = parseFhirJson(typeof request.body === 'string' ? request.body : '')
  if (!parsed.ok) throw new Refused(parsed.issues, 400)
  return parsed.value
}
