/** The plan for programs that open a chart (CDS Hooks 2.0): discovery, cards from what is sent or from this record, and what is refused. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asking, issuesOf, list, pick, serve, type Answer, type Ask } from './harness.ts'

let server: Awaited<ReturnType<typeof serve>>
let ask: Ask
before(async () => {
  server = await serve({ now: () => Date.UTC(2026, 10, 23, 8) })
  ask = server.ask
})
after(() => server.end())

const SERVICE = '/cds-services/bairn-plan'
const patient = (id: string) => ({ resourceType: 'Patient', id, name: [{ text: 'Zuri <b>' }], gender: 'female', birthDate: '2025-11-23' })
const weight = (child: string, kg: number, day = '2026-11-23') => ({
  resourceType: 'Observation', id: `w-${day}`, status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] }, subject: { reference: `Patient/${child}` },
  effectiveDateTime: day, valueQuantity: { value: kg, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
})
const length = (child: string, cm: number) => ({
  resourceType: 'Observation', id: 'l', status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '8306-3' }] }, subject: { reference: `Patient/${child}` },
  effectiveDateTime: '2026-11-23', valueQuantity: { value: cm, unit: 'cm', system: 'http://unitsofmeasure.org', code: 'cm' },
})
const searchset = (...resources: readonly object[]) => ({ resourceType: 'Bundle', type: 'searchset', entry: resources.map((resource) => ({ resource })) })
const call = (id: string, prefetch?: object, more: object = {}) => ({
  hook: 'patient-view', hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea', context: { userId: 'Practitioner/a', patientId: id }, ...(prefetch === undefined ? {} : { prefetch }), ...more,
})
const post = (body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> => ask('POST', SERVICE, body, { 'content-type': 'application/json', ...headers })
const whole = (id: string, ...observations: readonly object[]) => ({ patient: patient(id), immunizations: null, observations: searchset(...observations), conditions: null })
const cardsOf = ({ json }: Answer) => list(pick(json, 'cards')).map((card) => card as { readonly summary: string; readonly detail?: string; readonly indicator: string; readonly source: { readonly label: string }; readonly links?: readonly { readonly url: string; readonly type: string }[] })

test('discovery: one service on patient-view, with the searches that fill what it needs', async () => {
  const { status, json, headers } = await ask('GET', '/cds-services')
  const [service] = list(pick(json, 'services'))
  assert.deepEqual([status, headers.get('content-type'), pick(service, 'id'), pick(service, 'hook'), list(pick(json, 'services')).length], [200, 'application/json; charset=utf-8', 'bairn-plan', 'patient-view', 1])
  assert.deepEqual(pick(service, 'prefetch'), {
    patient: 'Patient/{{context.patientId}}', immunizations: 'Immunization?patient={{context.patientId}}', observations: 'Observation?patient={{context.patientId}}', conditions: 'Condition?patient={{context.patientId}}',
  })
  assert.equal(pick(list(pick((await ask('GET', '/cds-services', undefined, { 'accept-language': 'fr' })).json, 'services'))[0], 'title'), 'Le plan de l’enfant')
})

test('a child from elsewhere, severely wasted: critical cards first, each with source and reason, and nothing is kept', async () => {
  const answer = await post(call('far-away', whole('far-away', weight('far-away', 5.6), length('far-away', 74))))
  const cards = cardsOf(answer)
  assert.equal(answer.status, 200)
  assert.equal(cards[0]?.indicator, 'critical')
  const order = cards.map(({ indicator }) => ['critical', 'warning', 'info'].indexOf(indicator))
  const items = order.slice(0, cards.findIndex(({ summary }) => summary === 'Not judged here'))
  assert.deepEqual(items, items.toSorted((a, b) => a - b))
  for (const { summary, source, links } of cards) assert.ok(summary.length > 5 && [...summary].length < 140 && source.label.length > 5 && links === undefined, summary)
  assert.match(cards[0]?.detail ?? '', /WHO/)
  assert.match(cards.find(({ summary }) => summary === 'Not judged here')?.detail ?? '', /accin/)
  assert.equal((await ask('GET', '/fhir/Patient/far-away')).status, 404)
})

test('the same plan as the child\'s page, and a link to it, when the child is in this record', async () => {
  assert.equal((await ask('PUT', '/fhir/Patient/here', patient('here'))).status, 201)
  assert.equal((await ask('PUT', '/fhir/Observation/w-2026-11-23', weight('here', 5.6))).status, 201)
  const planned = list(pick((await ask('GET', '/app/child/here')).json, 'plan', 'items'))
  const cards = cardsOf(await post(call('here')))
  assert.ok(planned.length > 0)
  assert.equal(cards.filter(({ summary }) => !['Not judged here', 'In the record'].includes(summary)).length, planned.length)
  for (const { links } of cards) assert.deepEqual(links?.map(({ url, type }) => [url, type]), [[`${server.url}/child/here`, 'absolute']])
})

test('what is sent goes before this record, and the rest is read here', async () => {
  const light = cardsOf(await post(call('here', { observations: searchset(weight('here', 5.6)) }))).map(({ summary }) => summary)
  const heavy = cardsOf(await post(call('here', { observations: searchset(weight('here', 9)) }))).map(({ summary }) => summary)
  assert.notDeepEqual(light, heavy)
})

test('what people wrote is not markdown', async () => {
  const wrong = { ...weight('here', 9), id: 'odd', valueQuantity: { value: 9, unit: '<script>[x](y)', system: 'http://unitsofmeasure.org', code: '<script>[x](y)' } }
  const details = cardsOf(await post(call('here', { observations: searchset(wrong) }))).map(({ detail = '' }) => detail).join('\n')
  assert.match(details, /script/)
  assert.doesNotMatch(details, /(?<!\\)<script/)
})

test('412: what was neither sent nor is here is named, because a plan without it would mislead', async () => {
  const answer = await post(call('nowhere', { patient: patient('nowhere'), observations: null }), { 'accept-language': 'fr' })
  assert.deepEqual([answer.status, issuesOf(answer)], [412, ['problem.hooks.prefetch']])
  assert.match(String(pick(answer.json, 'issue', 0, 'details', 'text')), /prefetch\.immunizations, prefetch\.conditions/)
})

for (const { what, body, status, issues } of [
  { what: 'no JSON', body: '{', status: 400, issues: undefined },
  { what: 'another hook', body: call('a', whole('a'), { hook: 'order-sign' }), status: 400, issues: ['problem.hooks.hook'] },
  { what: 'no hook instance and no patient', body: { hook: 'patient-view' }, status: 400, issues: ['problem.hooks.field', 'problem.hooks.field'] },
  { what: 'another patient sent along', body: call('a', whole('b')), status: 400, issues: ['problem.hooks.otherPatient'] },
  { what: 'a prefetch of the wrong type', body: call('a', { ...whole('a'), conditions: patient('a') }), status: 400, issues: ['problem.hooks.field'] },
  { what: 'a page of more to come', body: call('a', { ...whole('a'), immunizations: { ...searchset(), link: [{ relation: 'next', url: 'https://example.org/2' }] } }), status: 400, issues: ['problem.hooks.pages'] },
  { what: 'no patient in the prefetch', body: call('a', { ...whole('a'), patient: null }), status: 400, issues: ['problem.hooks.field'] },
  { what: 'a prefetch that is a list', body: call('a', []), status: 400, issues: ['problem.hooks.field'] },
]) test(`refused and named: ${what}`, async () => {
  const answer = await post(body)
  assert.equal(answer.status, status)
  if (issues !== undefined) assert.deepEqual(issuesOf(answer), issues)
  assert.equal(pick(answer.json, 'resourceType'), 'OperationOutcome')
})

test('another service is not here', async () => {
  const answer = await ask('POST', '/cds-services/other', call('a'), { 'content-type': 'application/json' })
  assert.deepEqual([answer.status, issuesOf(answer)], [404, ['problem.hooks.service']])
})

test('seam: without the token, or from a page of another origin, nothing; and no other origin is let in by a header', async () => {
  const nobody = asking(server.url, undefined)
  assert.deepEqual([(await nobody('GET', '/cds-services')).status, (await nobody('POST', SERVICE, call('a'))).status], [401, 401])
  assert.equal((await post(call('here'), { origin: 'https://example.org' })).status, 403)
  const { headers } = await post(call('here'))
  assert.equal(headers.get('access-control-allow-origin'), null)
})
