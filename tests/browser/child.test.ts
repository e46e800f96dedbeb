/** The child's page: the plan, its reasons, answers where they stand, undo, silence, two people at once, entries, charts, a child who died. */
import assert from 'node:assert/strict'
import { before, test, type TestContext } from 'node:test'
import { formatMessage, loadMessages, type Language } from '@bairn/knowledge'
import type { Page } from 'playwright-core'
import { startChildServer, stored, type ChildServer } from './childServer.ts'
import { openChild } from './openChild.ts'
import { browserFor, eventually, type Look } from './page.ts'

before(async () => { for (const language of ['en', 'fr', 'ar'] as const) await loadMessages(language) })

const open = (t: TestContext, path: string, { country = 'KE', ...look }: Look & { readonly country?: string } = {}) => openChild(t, path, { ready: '.plan h2, .refer h2, .died h2', country, ...look })

/** What the sheet says: the urgent one first, then the items in order, each with its title and its one reason. */
const shown = (page: Page): Promise<readonly string[]> => page.evaluate(() => {
  const text = (element: Element | null | undefined): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim()
  const urgent = document.querySelector('.refer')
  const rows = [...document.querySelectorAll('.plan > ol > .item, .waits .item')]
  const reason = (row: Element): string => {
    const line = row.querySelector('.r')?.cloneNode(true) as Element | undefined
    line?.querySelector('.in-line')?.remove()
    return text(line)
  }
  return [...(urgent === null ? [] : [`${text(urgent.querySelector('h2'))} | ${text(urgent.querySelector('.reasons p'))}`]), ...rows.map((row) => `${text(row.querySelector('h3'))} | ${reason(row)}`)]
})
const expected = (server: ChildServer, child: string, language: Language): readonly string[] => {
  const say = (message: Parameters<typeof formatMessage>[0]): string => formatMessage(message, language).replace(/\s+/g, ' ').trim()
  return server.record(child).plan.items.map(({ title, because }) => `${say(title)} | ${because[0] === undefined ? '' : say(because[0].text)}`)
}
const CHILDREN = ['akinyi', 'chebet', 'moussa', 'zeinabou', 'tanvir', 'nusrat', 'layan', 'sami', 'mateo', 'lucia', 'danylo', 'sofiia']

for (const language of ['en', 'ar'] as const) test(`${language}: the page’s plan is the server’s for all twelve children, before and after the engines take over`, async (t) => {
  const here = await open(t, '/child/sami', { language })
  if (here === undefined) return
  const { page, server, errors } = here
  for (const child of CHILDREN) {
    await page.goto(`${server.url}/child/${child}`)
    await page.locator('.plan h2, .refer h2').first().waitFor()
    await eventually(async () => assert.deepEqual(await shown(page), expected(server, child, language), child))
    // A fact that changes nothing makes the page compute: an answer nobody needs is recorded, and both compute again.
    const count = server.written.length
    await page.evaluate(() => document.querySelector<HTMLElement>('.item .do .answers button, .item[data-need] .do button')?.click())
    await page.waitForTimeout(120)
    if (server.written.length > count) {
      await page.locator('p[role=status]', { hasText: /\S/ }).first().waitFor({ state: 'attached' })
      await eventually(async () => assert.deepEqual(await shown(page), expected(server, child, language), `${child} after an answer`))
    }
  }
  assert.ok(server.written.length >= 6, String(server.written.length))
  assert.deepEqual(errors, [])
})

test('a time at night belongs to the day as written, in any zone the browser is in', async (t) => {
  const found = await browserFor(t)
  if (found === undefined) return
  const server = await startChildServer(found.folder)
  t.after(() => server.close())
  server.put({ ...stored(server, 'Observation/mateo-visit-1-weight'), id: 'at-night', effectiveDateTime: '2026-11-22T00:30:00+03:00' })
  for (const timezoneId of ['Pacific/Kiritimati', 'Pacific/Honolulu']) {
    const context = await found.browser.newContext({ timezoneId, serviceWorkers: 'block' })
    t.after(() => context.close())
    const page = await context.newPage()
    await page.goto(`${server.url}/child/mateo`)
    await eventually(async () => assert.equal(await page.locator('.visits tbody th').first().innerText(), '22 Nov 2026', timezoneId))
  }
})

test('a question is answered where it stands: the plan turns urgent at once, the fact says who and when, and Undo takes it back', async (t) => {
  const here = await open(t, '/child/sami')
  if (here === undefined) return
  const { page, server, errors } = here
  await page.getByRole('button', { name: 'Swollen', exact: true }).click()
  await page.getByRole('heading', { name: 'Refer to hospital now: both feet are swollen' }).waitFor()
  const [written] = server.written
  assert.equal(written?.headers['if-none-match'], '*')
  assert.deepEqual([written?.body['resourceType'], written?.body['performer']], ['Observation', [{ reference: 'Practitioner/worker-ahero', display: 'Grace Wanjala' }]])
  await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H2'))
  await page.getByText('Everything else waits').waitFor()
  await eventually(async () => assert.deepEqual(await shown(page), expected(server, 'sami', 'en')))
  await page.locator('.done-list .item', { hasText: 'Swollen feet: yes' }).getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('heading', { name: 'Check both feet for swelling' }).waitFor()
  await eventually(() => assert.equal(server.written[1]?.body['status'], 'entered-in-error'))
  assert.equal(server.written[1]?.headers['if-match'], 'W/"1"')
  assert.deepEqual(errors, [])
})

test('done becomes a fact; put off says why and until when, and comes back with one touch', async (t) => {
  // A country without a full schedule: no vaccine stands before what is done or put off here.
  const here = await open(t, '/child/tanvir', { country: 'GQ' })
  if (here === undefined) return
  const { page, server } = here
  const [first, second] = await page.locator('.plan > ol > .item').all()
  const title = await first?.locator('h3').innerText()
  await first?.getByRole('button', { name: 'Done' }).click()
  await page.locator('.done-list .item').first().waitFor()
  assert.deepEqual([server.written[0]?.body['resourceType'], server.written[0]?.body['status']], ['Task', 'completed'])
  await eventually(async () => assert.notEqual(await page.locator('.plan > ol > .item h3').first().innerText(), title))
  assert.ok(second)
  const put = page.locator('.plan > ol > .item').first()
  await put.getByRole('button', { name: /^Not today/ }).first().click()
  await put.getByRole('button', { name: 'Put off' }).click()
  await page.getByText('Choose one: the next person will see why.').waitFor()
  await put.getByRole('radio', { name: 'Child not here' }).check()
  await put.getByRole('radio', { name: 'In a week' }).check()
  await put.getByRole('button', { name: 'Put off' }).click()
  const aside = page.locator('.aside-list li')
  await aside.waitFor()
  assert.match(await aside.innerText(), /Back on 30 November 2026\. Child not here\./)
  await aside.getByRole('button', { name: 'Bring back' }).click()
  await aside.waitFor({ state: 'detached' })
  await eventually(async () => assert.deepEqual(await shown(page), expected(server, 'tanvir', 'en')))
})

test('"Why?" opens to rule, source, what was used and what would change it; "not judged here" is always there', async (t) => {
  const here = await open(t, '/child/sami', { country: 'GQ' })
  if (here === undefined) return
  const { page } = here
  const item = page.locator('[data-need=moderateWastingCare]')
  const why = item.getByRole('button', { name: /^Why\?/ }).first()
  assert.equal(await why.getAttribute('aria-expanded'), 'false')
  await why.press('Enter')
  assert.equal(await why.getAttribute('aria-expanded'), 'true')
  const box = await item.locator('.whybox').innerText()
  for (const words of ['Rule', 'From', 'What we used', 'What would change it', '9.3', 'today', 'severe wasting by weight', 'who.2023.nutrition']) assert.ok(box.includes(words), `${words} in ${box}`)
  await page.getByRole('heading', { name: 'Not judged here' }).waitFor()
  assert.ok((await page.locator('.not-judged').innerText()).includes('Vaccines'))
})

test('Bairn falls silent: the answer is kept, counted and marked, and goes out when it is back', async (t) => {
  const here = await open(t, '/child/sami')
  if (here === undefined) return
  const { page, server } = here
  await page.locator('.visits table').waitFor()
  server.silent = true
  await page.getByRole('button', { name: 'Swollen', exact: true }).click()
  await page.getByRole('heading', { name: /Refer to hospital now/ }).waitFor()
  await eventually(async () => assert.match(await page.locator('.done-list').innerText(), /Recorded by you at \d\d:\d\d\. Not sent yet\./))
  assert.equal(server.written.length, 0)
  server.silent = false
  await page.getByRole('button', { name: 'Send again' }).click()
  await page.getByText('Not sent yet').first().waitFor({ state: 'detached' })
  assert.equal(server.written.length, 1)
  await eventually(async () => assert.deepEqual(await shown(page), expected(server, 'sami', 'en')))
})

test('somebody else changed the child meanwhile: both stand, and a person chooses', async (t) => {
  const here = await open(t, '/child/zeinabou')
  if (here === undefined) return
  const { page, server } = here
  await page.locator('[data-need=askBirthDate] input').first().waitFor()
  server.put({ ...stored(server, 'Patient/zeinabou'), gender: 'female', birthDate: '2025-01-01' })
  const fields = page.locator('[data-need=askBirthDate] input')
  await fields.nth(2).fill('٢٠٢٥')
  await page.locator('[data-need=askBirthDate] button[type=submit]').click()
  await page.getByText('Two records differ.').waitFor()
  await page.getByRole('button', { name: 'Keep mine' }).click()
  await page.getByText('Two records differ.').waitFor({ state: 'detached' })
  await eventually(() => assert.equal(server.resources.get('Patient/zeinabou')?.['birthDate'], '2025'))
  await eventually(async () => assert.deepEqual(await shown(page), expected(server, 'zeinabou', 'en')))
})

test('what Bairn will not take is said with its sentence, and the plan stays as it was', async (t) => {
  const here = await open(t, '/child/sami')
  if (here === undefined) return
  const { page, server } = here
  server.refuse = 'The disk of this computer is full.'
  await page.getByRole('button', { name: 'Not swollen' }).click()
  await page.getByText('The disk of this computer is full.').waitFor()
  await eventually(async () => assert.deepEqual(await shown(page), expected(server, 'sami', 'en')))
})

test('an entry is corrected with the version that was on screen; its history keeps both; withdrawn, it stays in sight', async (t) => {
  const here = await open(t, '/child/nusrat')
  if (here === undefined) return
  const { page, server } = here
  await page.getByRole('button', { name: /^Entries of 23 November/ }).click()
  const weight = page.locator('.entries > li', { hasText: 'Weight' })
  await weight.getByRole('button', { name: 'Correct: Weight' }).click()
  await page.getByLabel('The right value').fill('٩٫٤')
  await page.getByLabel('Why', { exact: false }).last().fill('the scale showed 9.4')
  await page.getByRole('button', { name: 'Save the correction' }).click()
  await weight.getByText('corrected').waitFor()
  const [correction, provenance] = server.written
  assert.deepEqual([correction?.body['status'], (correction?.body['valueQuantity'] as { value: number } | undefined)?.value, correction?.headers['if-match']], ['corrected', 9.4, 'W/"1"'])
  assert.equal(provenance?.body['resourceType'], 'Provenance')
  await weight.getByRole('button', { name: 'History: Weight' }).click()
  await eventually(async () => assert.deepEqual((await weight.locator('.history b').allInnerTexts()).map((text) => text.replace('\u00a0', ' ')), ['9.4 kg', '19.4 kg']))
  await eventually(async () => assert.deepEqual(await shown(page), expected(server, 'nusrat', 'en')))
  const arm = page.locator('.entries > li', { hasText: 'Arm' })
  await arm.getByRole('button', { name: 'Withdraw: Arm (MUAC)' }).click()
  await arm.getByRole('button', { name: 'Another child' }).click()
  await arm.getByRole('button', { name: 'Withdraw this entry' }).click()
  await arm.getByText('withdrawn').waitFor()
  assert.equal(server.written.findLast(({ body }) => body['resourceType'] === 'Observation')?.body['status'], 'entered-in-error')
})

test('the chart: arrow keys go from visit to visit and say it; tabs by keyboard; the same as a table', async (t) => {
  const here = await open(t, '/child/tanvir', { language: 'ar' })
  if (here === undefined) return
  const { page } = here
  const chart = page.getByRole('slider')
  await chart.focus()
  assert.equal(await chart.getAttribute('aria-valuenow'), '6')
  const last = await chart.getAttribute('aria-valuetext')
  await chart.press('ArrowLeft')
  assert.equal(await chart.getAttribute('aria-valuenow'), '5')
  assert.notEqual(await chart.getAttribute('aria-valuetext'), last)
  await page.locator('.chart-tip').waitFor()
  await chart.press('Home')
  assert.equal(await chart.getAttribute('aria-valuenow'), '1')
  const xs = await page.locator('.chart .pt').evaluateAll((points) => points.map((point) => Number(point.getAttribute('cx') ?? point.getAttribute('x'))))
  assert.deepEqual(xs, xs.toSorted((a, b) => a - b), 'charts do not mirror')
  const tab = page.getByRole('tab').first()
  await tab.focus()
  await tab.press('ArrowLeft')
  assert.equal(await page.getByRole('tab').nth(1).getAttribute('aria-selected'), 'true')
  await page.locator('.chart-acts button').first().click()
  assert.equal(await page.locator('.chart-table tbody tr').count(), 5)
})

test('the value under the finger is shown beside its point', async (t) => {
  const here = await open(t, '/child/akinyi')
  if (here === undefined) return
  const { page } = here
  const box = await page.locator('.chart-keys').boundingBox()
  assert.ok(box)
  await page.mouse.move(box.x + 36, box.y + 120)
  assert.match((await page.locator('.chart-tip').innerText()).replaceAll('\u00a0', ' '), /^2\.9 kg/)
})

test('a child who died: the page says so and has no plan; a record made by mistake is taken back', async (t) => {
  const here = await open(t, '/child/mateo')
  if (here === undefined) return
  const { page, server } = here
  await page.getByRole('button', { name: 'This child has died' }).click()
  await page.getByRole('textbox', { name: 'Day' }).fill('31')
  await page.getByRole('textbox', { name: 'Month' }).fill('2')
  await page.getByRole('textbox', { name: 'Year' }).fill('2026')
  await page.getByText('The calendar has no such day').waitFor()
  await page.getByRole('textbox', { name: 'Day' }).fill('20')
  await page.getByRole('textbox', { name: 'Month' }).fill('11')
  await page.getByRole('button', { name: 'Record the death' }).click()
  await page.getByText('This child died on 20 November 2026. Nothing is planned.').waitFor()
  assert.equal(await page.locator('.plan').count(), 0)
  assert.equal(server.record('mateo').plan.items.length, 0)
  await page.getByRole('button', { name: 'Recorded by mistake: the child lives' }).click()
  await page.locator('.plan h2').waitFor()
})

test('no such child, and a child reached from another page', async (t) => {
  const here = await open(t, '/child/sami')
  if (here === undefined) return
  const { page, server } = here
  await page.goto(`${server.url}/child/nobody`)
  await page.getByRole('heading', { name: 'This child is not here' }).waitFor()
  await page.goto(`${server.url}/about`)
  await page.evaluate(() => { history.pushState({}, '', '/child/layan'); dispatchEvent(new PopStateEvent('popstate')) })
  await page.locator('.ages2').first().waitFor()
  assert.match(await page.locator('.ages2').first().innerText(), /13 weeks corrected/)
})
