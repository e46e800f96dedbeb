/**
 * The plan for programs that open a chart: CDS Hooks 2.0 (HL7 standard for trial use, August 2022), discovery and the service `bairn-plan` on the
 * hook `patient-view`. Nothing is kept. What the caller does not send along is read from this record when the child is in it; else it is
 * named (412), because a plan without the doses given would give them again. The guard is the one of every route: this computer, and the
 * token as `Authorization: Bearer`.
 */
import { formatMessage, loadMessages, summarize } from '@bairn/knowledge'
import type { FastifyReply } from 'fastify'
import type { Resource } from '@bairn/store'
import { findResources } from '../app/lists.ts'
import { planOf } from '../app/project.ts'
import { currentSetting, enter, type AppState } from '../app/state.ts'
import { languageOf } from '../outcome.ts'
import { problem, Refused } from '../problems.ts'
import type { Route } from '../routes.ts'
import { cardsOf } from './cards.ts'
import { HOOK, parseHookCall, PREFETCH, type HookCall } from './request.ts'

const SERVICE = 'bairn-plan'

export function hookRoutes(state: AppState, { url }: { readonly url: string }): readonly Route[] {
  return [
    {
      method: 'GET', path: '/cds-services', policy: 'session',
      async handle(request, reply) {
        const language = languageOf(request.headers['accept-language'])
        await loadMessages(language)
        const say = (key: string): string => formatMessage({ key }, language)
        return sendJson(reply, { services: [{
          hook: HOOK, id: SERVICE, title: say('plan.hooks.title'), description: say('plan.hooks.description'), usageRequirements: say('plan.hooks.usage'),
          prefetch: Object.fromEntries(Object.entries(PREFETCH).map(([key, { search }]) => [key, search])),
        }] })
      },
    },
    {
      method: 'POST', path: '/cds-services/:service', policy: 'session',
      async handle(request, reply, caller) {
        const { service } = request.params as { readonly service: string }
        if (service !== SERVICE) throw new Refused([problem('problem.hooks.service', { given: { text: service }, known: { text: SERVICE } })], 404)
        const call = parseHookCall(typeof request.body === 'string' ? request.body : '')
        const { store, who } = await enter(state, request, caller)
        const own = await findResources({ store, who }, call.patient)
        const plan = planOf(gather(call, own), state.today(), { editions: state.editions(), setting: () => currentSetting(state) })
        if (plan === undefined) throw new TypeError('a patient was sent or found, and no plan was made')
        const language = languageOf(request.headers['accept-language'])
        await loadMessages(language)
        const titles = new Map<string, string>(summarize(state.editions()).map(({ id, title }) => [id, formatMessage(title, language)]))
        return sendJson(reply, { cards: cardsOf(plan, {
          say: (message) => formatMessage(message, language), titleOf: (edition) => titles.get(edition) ?? edition,
          ...(own === undefined ? {} : { page: `${url}/child/${call.patient}` }),
        }) })
      },
    },
  ]
}

/** What was sent, and for the rest this record. @throws Refused 412 naming what is missing */
function gather({ sent, patient }: HookCall, own: readonly Resource[] | undefined): readonly Resource[] {
  const keys = Object.keys(PREFETCH) as (keyof typeof PREFETCH)[]
  const missing = keys.filter((key) => sent[key] === undefined)
  if (missing.length > 0 && own === undefined) throw new Refused([problem('problem.hooks.prefetch', { missing: { text: missing.map((key) => `prefetch.${key}`).join(', ') }, patient: { text: patient } }, 'prefetch')], 412)
  const sentTypes: readonly string[] = keys.filter((key) => sent[key] !== undefined).map((key) => PREFETCH[key].type)
  // Answers to questions, people around the child: only this record has them, and only a call that leans on it gets them.
  return [...keys.flatMap((key) => sent[key] ?? []), ...missing.length === 0 ? [] : (own ?? []).filter(({ resourceType }) => !sentTypes.includes(String(resourceType)))]
}

const sendJson = (reply: FastifyReply, value: unknown): FastifyReply => reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(value))
