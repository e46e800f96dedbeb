/** Add a measurement: judged while typed, the plan beside it, kept through reload and silence, saved once. */
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { startChildServer, type ChildServer } from './childServer.ts'
import { browserFor, eventually, newPage, type Look } from './page.ts'

async function open(t: TestContext, child: string, look: Look = {}): Promise<{ readonly page: Page; readonly server: ChildServer; readonly errors: readonly string[] } | undefined> {
  const found = await browserFor(t)
  if (found === undefined) return undefined
  const server = await startChildServer(found.folder)
  t.after(() => server.close())
  const { page, errors } = await newPage(found.browser, look)
  await page.goto(`${server.url}/child/${child}/measure`)
  await page.locator('input[name=weight]').waitFor()
  return { page, server, errors }
}
const field = (page: Page, name: string) => page.locator(`.meas[data-field=${name}]`)
const save = (page: Page) => page.locator('.send button[type=submit]')

test('a new measurement changes the plan beside it before it is saved, and the child’s page after', async (t) => {
  const here = await open(t, 'mateo')
  if (here === undefined) return
  const { page, server, errors } = here
  await page.locator('input[name=muac]').fill('113')
  await page.locator('.changes', { hasText: 'Start care for severe wasting' }).waitFor()
  assert.equal(server.written.length, 0)
  await field(page, 'oedema').getByRole('radio', { name: 'No', exact: true }).check()
  assert.equal(await save(page).innerText(), 'Save arm and feet')
  await save(page).click()
  await page.locator('.plan h2, .refer h2').first().waitFor()
  assert.deepEqual(server.written.map(({ body, headers }) => [body['resourceType'], headers['if-none-match']]), [['Observation', '*'], ['Observation', '*']])
  assert.match(await page.locator('main').innerText(), /Start care for severe wasting/)
  assert.deepEqual(errors, [])
})

test('a length that fell is doubted in words, with the line; kept with a word it is saved with it', async (t) => {
  const here = await open(t, 'sofiia')
  if (here === undefined) return
  const { page, server } = here
  const facts = server.record('sofiia')
  const last = facts.plan.scores.find(({ indicator }) => indicator === 'lengthHeightForAge')?.inputs.find(({ kind }) => kind === 'length')?.value
  assert.ok(last !== undefined && 'cm' in last)
  await page.locator('input[name=weight]').fill('5.6')
  await page.locator('input[name=length]').fill(String(last.cm - 5))
  await field(page, 'length').locator('.value-line svg').waitFor()
  assert.equal(await page.locator('input[name=length]').getAttribute('aria-invalid'), 'true')
  await page.locator('.changes', { hasText: 'Length: waiting' }).waitFor()
  await field(page, 'length').getByRole('button', { name: /^Keep .* and say why$/ }).click()
  await page.getByLabel('Why this figure is right').fill('measured twice, by two people')
  await page.getByRole('button', { name: 'Keep it' }).click()
  await field(page, 'length').getByText('Kept, and saved with your reason.').waitFor()
  await save(page).click()
  await page.locator('.plan h2, .refer h2').first().waitFor()
  const length = server.written.find(({ body }) => JSON.stringify(body).includes('8306-3'))
  assert.deepEqual(length?.body['note'], [{ text: 'measured twice, by two people' }])
})

test('units are named: grams, metres, centimetres; one touch puts the figure right', async (t) => {
  const here = await open(t, 'tanvir')
  if (here === undefined) return
  const { page } = here
  for (const { name, typed, meant, value } of [{ name: 'weight', typed: '14600', meant: 'It looks like grams', value: '14.6' }, { name: 'length', typed: '0.87', meant: 'It looks like metres', value: '87' }, { name: 'muac', typed: '18', meant: 'It looks like centimetres', value: '180' }]) {
    await page.locator(`input[name=${name}]`).fill(typed)
    await field(page, name).getByText(meant).waitFor()
    await field(page, name).getByRole('button', { name: /^It was/ }).click()
    assert.equal(await page.locator(`input[name=${name}]`).inputValue(), value)
    assert.equal(await page.locator(`input[name=${name}]`).getAttribute('aria-invalid'), null)
  }
})

test('numbers as people write them: 9,6 and ٩٫٦ are taken, 1,234 is asked about', async (t) => {
  const here = await open(t, 'sami', { language: 'ar', width: 360 })
  if (here === undefined) return
  const { page } = here
  for (const text of ['9,4', '٩٫٤']) {
    await page.locator('input[name=weight]').fill(text)
    assert.equal(await page.locator('input[name=weight]').getAttribute('aria-invalid'), null, text)
  }
  await page.locator('input[name=weight]').fill('1,234')
  assert.equal(await page.locator('input[name=weight]').getAttribute('aria-invalid'), 'true')
})

test('what is typed survives a reload, and silence; saved once it is gone from the form', async (t) => {
  const here = await open(t, 'sami')
  if (here === undefined) return
  const { page, server } = here
  await page.locator('input[name=weight]').fill('9.4')
  await page.reload()
  await page.getByText('What you typed before is still here. It is not saved yet.').waitFor()
  assert.equal(await page.locator('input[name=weight]').inputValue(), '9.4')
  server.silent = true
  await save(page).click()
  await page.locator('.send .banner').waitFor()
  assert.equal(await page.locator('input[name=weight]').inputValue(), '9.4')
  server.silent = false
  await save(page).click()
  await page.locator('.plan h2').waitFor()
  assert.equal(server.written.length, 1)
  await page.goto(`${server.url}/child/sami/measure`)
  assert.equal(await page.locator('input[name=weight]').inputValue(), '')
})

test('a doubted figure stays in the form when the rest is saved, and the child’s page says so', async (t) => {
  const here = await open(t, 'sami')
  if (here === undefined) return
  const { page, server } = here
  await page.locator('input[name=head]').fill('47.8')
  await page.locator('input[name=length]').fill('73.4')
  await field(page, 'length').locator('.value-line svg').waitFor()
  assert.equal(await save(page).innerText(), 'Save head')
  await save(page).click()
  await page.getByText('A measurement is not saved yet.').waitFor()
  assert.equal(server.written.length, 1)
  await page.getByRole('link', { name: 'Open the form' }).click()
  assert.equal(await page.locator('input[name=length]').inputValue(), '73.4')
})

test('an empty form says what is enough; a doubt alone is decided first', async (t) => {
  const here = await open(t, 'sami')
  if (here === undefined) return
  const { page, server } = here
  await save(page).click()
  await page.getByText('Nothing is typed yet. One figure is enough.').waitFor()
  await eventually(async () => assert.equal(await page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.name), 'weight'))
  await page.locator('input[name=length]').fill('73.4')
  await save(page).click()
  await page.getByText('Decide about the doubted figure first').waitFor()
  assert.equal(server.written.length, 0)
})
