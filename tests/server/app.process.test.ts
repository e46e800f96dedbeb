/** What the pages read beside FHIR (apps/web/contract.ts), from the first opening to a list of children; and the page itself. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { STORIES } from '@bairn/simulator'
import { issuesOf, list, pick, serve, type Answer, type Ask } from './harness.ts'

let server: Awaited<ReturnType<typeof serve>>
let cookie = ''
let browser: Ask
// A Monday morning in a place whose day is not yet UTC's.
let time = Date.UTC(2026, 10, 23, 8)
before(async () => {
  server = await serve({ now: () => time })
  const opened = await fetch(server.link, { redirect: 'manual' })
  cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0] as string
  browser = async (method, address, body, headers = {}) => {
    const answer = await fetch(`${server.url}${address}`, { method, redirect: 'manual', headers: { cookie, 'content-type': 'application/json', ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
    const text = await answer.text()
    let json: unknown
    try { json = JSON.parse(text) } catch { json = undefined }
    return { status: answer.status, headers: answer.headers, text, json }
  }
})
after(() => server.end())

const pageData = ({ text }: Answer): unknown => JSON.parse(/<script type="application\/json" id="bairn-page">(.*?)<\/script>/s.exec(text)?.[1] ?? 'null')
const weight = (id: string, child: string, kg: number, day: string): object => ({
  resourceType: 'Observation', id, status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] }, subject: { reference: `Patient/${child}` },
  effectiveDateTime: day, valueQuantity: { value: kg, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
})

test('first opening: the session knows nobody, the page is there', async () => {
  const { json, status } = await browser('GET', '/app/session')
  assert.deepEqual([status, pick(json, 'user'), pick(json, 'place'), pick(json, 'demo'), pick(json, 'children')], [200, undefined, undefined, false, 0])
  const page = await browser('GET', '/')
  assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8')
  assert.match(page.headers.get('content-security-policy') ?? '', /^default-src 'none'; script-src 'self'; style-src 'self';.*frame-ancestors 'none'$/)
  assert.doesNotMatch(page.headers.get('content-security-policy') ?? '', /unsafe/)
  const data = pageData(page)
  assert.deepEqual([Object.keys(data as object), pick(data, 'session', 'children')], [['session'], 0])
})

test('first opening: each missing answer is named', async () => {
  const answer = await browser('POST', '/app/setup', { name: ' ', place: '', country: 'Kenya', start: 'own' })
  assert.deepEqual([answer.status, issuesOf(answer)], [422, ['problem.app.name', 'problem.app.place', 'problem.app.country']])
})

test('first opening: the answers become a Practitioner, marked unverified, and a Location', async () => {
  const { json, status } = await browser('POST', '/app/setup', { name: 'Nurse Achieng', place: 'Ahero clinic', country: 'KE', start: 'own' })
  assert.deepEqual([status, pick(json, 'user', 'name'), pick(json, 'place', 'name'), pick(json, 'place', 'country'), pick(json, 'demo'), pick(json, 'setting', 'country')], [200, 'Nurse Achieng', 'Ahero clinic', 'KE', false, 'KE'])
  const practitioner = (await browser('GET', `/fhir/Practitioner/${String(pick(json, 'user', 'practitioner'))}`)).json
  assert.deepEqual([pick(practitioner, 'name', 0, 'text'), pick(practitioner, 'extension', 0, 'valueBoolean')], ['Nurse Achieng', true])
  assert.equal(pick((await browser('GET', `/fhir/Location/${String(pick(json, 'place', 'id'))}`)).json, 'address', 'country'), 'KE')
})

test('what holds of a place is answered once: kept, taken back, and refused by name where the schedule does not ask it', async () => {
  const switches = (answer: Answer): unknown => pick(answer.json, 'setting', 'switches')
  const yes = await browser('POST', '/app/place', { switches: { 'place-malaria': true } })
  assert.deepEqual([yes.status, switches(yes)], [200, { 'place-malaria': { known: true, value: true, because: [] } }])
  assert.deepEqual(switches(await browser('GET', '/app/session')), switches(yes))
  assert.deepEqual(switches(await browser('POST', '/app/place', { switches: { 'place-malaria': null } })), {})
  for (const wrong of [{ switches: { 'place-moon': true } }, { switches: { 'place-malaria': 'yes' } }]) {
    const refused = await browser('POST', '/app/place', wrong)
    assert.deepEqual([refused.status, issuesOf(refused)], [422, ['problem.app.switch']])
  }
  assert.deepEqual(issuesOf(await browser('POST', '/app/place', {})), ['problem.app.body'])
})

test('a fact changes the plan and the list at once', async () => {
  const child = { resourceType: 'Patient', id: 'zuri', name: [{ text: 'Zuri </script><b>' }], gender: 'female', birthDate: '2025-11-23' }
  assert.equal((await browser('PUT', '/fhir/Patient/zuri', child, { 'if-none-match': '*' })).status, 201)
  const before = (await browser('GET', '/app/worklist')).json
  assert.deepEqual([pick(before, 'total'), pick(before, 'rows', 0, 'urgency'), pick(before, 'rows', 0, 'spark')], [1, 'overdue', []])

  assert.equal((await browser('PUT', '/fhir/Observation/w1', weight('w1', 'zuri', 5.2, '2026-11-23'), { 'if-none-match': '*' })).status, 201)
  const after = (await browser('GET', '/app/worklist')).json
  assert.notEqual(pick(after, 'rows', 0, 'urgency'), 'comingUp')
  assert.deepEqual(pick(after, 'rows', 0, 'lastWeight'), { kg: 5.2, day: pick(after, 'asOf') })
  assert.equal(list(pick(after, 'rows', 0, 'spark')).length, 1)

  const record = (await browser('GET', '/app/child/zuri')).json
  assert.deepEqual(list(pick(record, 'resources')).map((resource) => pick(resource, 'resourceType')), ['Patient', 'Observation'])
  const items = list(pick(record, 'plan', 'items'))
  assert.ok(items.length > 0 && items.every((item) => list(pick(item, 'because')).length > 0))
  assert.deepEqual(pick(after, 'rows', 0, 'title'), pick(items[0], 'title'))

  // A question before a dose stands above it on the page; in the list the dose speaks for the child.
  const dose = { resourceType: 'Immunization', id: 'd1', status: 'completed', patient: { reference: 'Patient/zuri' }, vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '198' }] }, occurrenceDateTime: '2026-01-23' }
  const written = [dose, weight('w1', 'zuri', 9, '2026-11-23')]
  for (const resource of written) assert.ok((await browser('PUT', `/fhir/${String(pick(resource, 'resourceType'))}/${String(pick(resource, 'id'))}`, resource)).status < 300)
  const asked = list(pick((await browser('GET', '/app/child/zuri')).json, 'plan', 'items'))
  assert.equal(pick(asked[0], 'need'), 'askReaction', JSON.stringify(asked.map((item) => pick(item, 'need'))))
  assert.deepEqual(pick((await browser('GET', '/app/worklist')).json, 'rows', 0, 'title'), pick(asked[1], 'title'))
  assert.match(String(pick(record, 'record')), /^\d+$/)
})

test('the page carries its first screen, and what a person typed cannot end the block', async () => {
  const data = pageData(await browser('GET', '/'))
  assert.equal(pick(data, 'worklist', 'rows', 0, 'name'), 'Zuri </script><b>')
  const child = pageData(await browser('GET', '/child/zuri'))
  assert.equal(pick(child, 'child', 'plan', 'child'), 'Patient/zuri')
  assert.deepEqual(Object.keys(pageData(await browser('GET', '/child/nobody')) as object), ['session'])
  for (const address of ['/register', '/about', '/child/zuri/measure', '/child/zuri/dose', '/child/zuri/reaction', '/child/zuri/print', '/child/zuri/move', '/schedules', '/schedules/cdsi-4.64', '/stories/kenya-usa']) assert.equal((await browser('GET', address)).status, 200, address)
})

test('decimals keep their digits on their way through the page', async () => {
  const id = 'w2'
  const text = JSON.stringify(weight(id, 'zuri', 5.3, '2026-11-22')).replace('5.3', '5.30')
  await server.ask('PUT', `/fhir/Observation/${id}`, text)
  assert.match((await browser('GET', '/app/child/zuri')).text, /"value":5\.30,/)
})

test('the list: filters, search, pages; what cannot be is refused', async () => {
  for (let n = 0; n < 12; n++) await server.ask('PUT', `/fhir/Patient/list-${n}`, { resourceType: 'Patient', id: `list-${n}`, name: [{ text: `Baraka ${n}` }], gender: 'male', birthDate: '2026-01-01', address: [{ city: 'Kisumu' }] })
  const ask = async (query: string): Promise<unknown> => (await browser('GET', `/app/worklist?${query}`)).json
  const all = await ask('')
  assert.deepEqual([pick(all, 'total'), pick(all, 'counts', 'all')], [13, 13])
  const second = await ask('q=baraka&count=5&page=2')
  assert.deepEqual([pick(second, 'total'), pick(second, 'pages'), pick(second, 'page'), list(pick(second, 'rows')).length], [12, 3, 2, 5])
  assert.equal(pick(await ask('q=kis'), 'total'), 12)
  for (const filter of ['urgent', 'actToday', 'overdue', 'dueToday', 'comingUp', 'notKnown', 'well']) assert.equal(typeof pick(await ask(`filter=${filter}`), 'total'), 'number', filter)
  for (const query of ['filter=late', 'page=0', 'count=many']) assert.equal((await browser('GET', `/app/worklist?${query}`)).status, 400, query)
})

test('likely the same child: by name and birth date, never blocking', async () => {
  const { json } = await browser('GET', '/app/duplicates?name=Baraka%203&birthDate=2026-01-01&sex=male')
  const candidates = list(pick(json, 'candidates'))
  assert.ok(candidates.length > 0 && candidates.length <= 5)
  assert.equal(pick(candidates[0], 'name'), 'Baraka 3')
  assert.ok(list(pick(candidates[0], 'because')).includes('name'))
})

test('a child who died leaves the list at once', async () => {
  await server.ask('PUT', '/fhir/Patient/list-0', { resourceType: 'Patient', id: 'list-0', name: [{ text: 'Baraka 0' }], birthDate: '2026-01-01', deceasedBoolean: true })
  assert.equal(pick((await browser('GET', '/app/worklist?q=baraka')).json, 'total'), 11)
})

test('a new day at the place makes a new list, also for a computer that slept', async () => {
  const today = pick((await browser('GET', '/app/session')).json, 'today')
  time += 40 * 86_400_000
  const later = (await browser('GET', '/app/worklist')).json
  assert.equal(pick(later, 'asOf'), Number(today) + 40)
  time -= 40 * 86_400_000
})

test('the demo: twelve children of its own, never mixed, left with one request', async () => {
  const opened = (await browser('POST', '/app/demo', { open: true })).json
  assert.deepEqual([pick(opened, 'demo'), pick(opened, 'children'), pick(opened, 'user', 'name')], [true, STORIES.length, 'Nurse Achieng'])
  const rows = list(pick((await browser('GET', '/app/worklist')).json, 'rows'))
  assert.equal(rows.length, STORIES.length)
  assert.equal((await browser('GET', '/fhir/Patient/zuri')).status, 404)
  // A program with the token stays with people's children.
  assert.equal((await server.ask('GET', '/fhir/Patient/zuri')).status, 200)

  const child = String(pick(rows[0], 'child'))
  assert.equal((await browser('PUT', '/fhir/Observation/demo-w', weight('demo-w', child, 9, '2026-11-23'), { 'bairn-database': 'demo' })).status, 201)
  const left = (await browser('POST', '/app/demo', { open: false })).json
  assert.equal(pick(left, 'demo'), false)
  assert.equal((await browser('GET', '/fhir/Observation/demo-w')).status, 404)
  // A second window that still shows the demo is told, instead of writing into the wrong record.
  const late = await browser('PUT', '/fhir/Patient/zuri', { resourceType: 'Patient', id: 'zuri' }, { 'bairn-database': 'demo' })
  assert.deepEqual([late.status, issuesOf(late)], [409, ['problem.app.otherDatabase']])
  assert.equal((await browser('POST', '/app/demo', { open: 'yes' })).status, 422)
})

test('the page\'s files: hashed ones are kept for ever, compressed ones sent as they lie', async (t) => {
  const page = await browser('GET', '/')
  const script = /src="(\/assets\/[\w-]+\.js)"/.exec(page.text)?.[1]
  if (script === undefined) return t.skip('the pages were not built')
  const answer = await fetch(`${server.url}${script}`, { headers: { 'accept-encoding': 'gzip' } })
  assert.deepEqual([answer.status, answer.headers.get('cache-control'), answer.headers.get('x-content-type-options')], [200, 'public, max-age=31536000, immutable', 'nosniff'])
  assert.match(answer.headers.get('content-type') ?? '', /javascript/)
  assert.equal((await fetch(`${server.url}/assets/../index.html`)).status, 401)
  assert.equal((await fetch(`${server.url}/assets/none.js`)).status, 404)
  assert.equal((await fetch(`${server.url}/sw.js`)).headers.get('cache-control'), 'no-cache')
})
