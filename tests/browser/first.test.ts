/** First opening: four answers, two ways in, out of the demo in one click; languages and themes stay chosen; a reload without the server. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CHILDREN } from './children.ts'
import { session, type Fixture } from './fixture.ts'
import { browserFor, eventually, newPage, open } from './page.ts'

function asNew(fixture: Fixture): void {
  const { user: _, place: __, ...rest } = session()
  fixture.session = rest
}

test('the demo: four answers in, one click out, the banner on every page', async (t) => {
  const here = await open(t)
  if (here === undefined) return
  const { page, fixture, errors } = here
  asNew(fixture)
  await page.goto(fixture.url)
  await page.getByRole('button', { name: /Try with demo children/ }).click()
  await page.getByText('Write your name: each entry says who made it.').waitFor()
  await eventually(async () => assert.equal(await page.getByLabel('Your name').evaluate((field) => field === document.activeElement), true))
  await page.getByLabel('Your name').fill('Wanjiru')
  await page.getByLabel('Where you work').fill('Ahero')
  await page.getByLabel('Country').selectOption({ label: 'Kenya' })
  await page.getByText('Vaccine schedules are not here yet.').waitFor()
  fixture.rows = CHILDREN
  await page.getByRole('button', { name: /Try with demo children/ }).click()
  await page.getByRole('heading', { name: 'Children' }).waitFor()
  assert.deepEqual(fixture.written[0]?.body, { name: 'Wanjiru', place: 'Ahero', country: 'KE', start: 'demo' })
  for (const path of ['/register', '/about', '/']) {
    await page.goto(`${fixture.url}${path}`)
    await page.getByRole('complementary', { name: 'Demo children' }).waitFor()
    await page.locator('footer', { hasText: 'Demo' }).waitFor()
  }
  fixture.rows = []
  await page.getByRole('button', { name: 'Leave the demo' }).click()
  await page.getByRole('heading', { name: 'No children yet' }).waitFor()
  assert.deepEqual(fixture.written.at(-1)?.body, { open: false })
  assert.equal(await page.getByRole('complementary', { name: 'Demo children' }).count(), 0)
  assert.deepEqual(errors, [])
})

test('one’s own children: an empty list, and the footer names place, editions and engine', async (t) => {
  const here = await open(t)
  if (here === undefined) return
  const { page, fixture } = here
  asNew(fixture)
  await page.goto(fixture.url)
  await page.getByLabel('Your name').fill('Wanjiru')
  await page.getByLabel('Where you work').fill('Ahero Health Centre')
  await page.getByLabel('Country').selectOption('KE')
  await page.getByLabel('Your name').press('Enter')
  await page.getByRole('heading', { name: 'No children yet' }).waitFor()
  assert.deepEqual(fixture.written[0]?.body, { name: 'Wanjiru', place: 'Ahero Health Centre', country: 'KE', start: 'own' })
  assert.match(await page.locator('footer').innerText(), /Ahero Health Centre[\s\S]*Bairn 0\.1\.0[\s\S]*WHO Child Growth Standards, birth to 60 months/)
})

test('what was typed on the first page survives a reload and silence', async (t) => {
  const here = await open(t)
  if (here === undefined) return
  const { page, fixture } = here
  asNew(fixture)
  await page.goto(fixture.url)
  await page.getByLabel('Your name').fill('Wanjiru')
  await page.getByLabel('Where you work').fill('Ahero')
  await page.getByLabel('Country').selectOption('KE')
  fixture.silent = true
  await page.getByRole('button', { name: /Start with my children/ }).click()
  await page.getByText('Nothing is lost').waitFor()
  fixture.silent = false
  await page.reload()
  await page.getByLabel('Your name').waitFor()
  assert.equal(await page.getByLabel('Your name').inputValue(), 'Wanjiru')
  assert.equal(await page.getByLabel('Country').inputValue(), 'KE')
})

test('Arabic turns the page; sunlight and language stay chosen after a reload', async (t) => {
  const here = await open(t)
  if (here === undefined) return
  const { page, fixture } = here
  fixture.rows = CHILDREN
  await page.goto(fixture.url)
  await page.getByRole('button', { name: 'Language and screen: English' }).click()
  await page.locator('.panel label', { hasText: 'العربية' }).click()
  await page.getByRole('heading', { name: 'الأطفال' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'ضوء الشمس' }).click()
  await page.reload()
  await page.getByRole('heading', { name: 'الأطفال' }).waitFor()
  assert.deepEqual(await page.evaluate(() => ({ ...document.documentElement.dataset, lang: document.documentElement.lang, dir: document.documentElement.dir })), { theme: 'sun', lang: 'ar', dir: 'rtl' })
  assert.equal(await page.getByRole('button', { name: 'ضوء الشمس' }).getAttribute('aria-pressed'), 'true')
})

test('a reload without the server: the kept page, what was typed, and no child’s name in what the browser keeps', async (t) => {
  const found = await browserFor(t)
  if (found === undefined) return
  const { startFixture } = await import('./fixture.ts')
  const fixture = await startFixture(found.folder)
  fixture.rows = CHILDREN
  const { page } = await newPage(found.browser, { workers: true })
  await page.goto(fixture.url)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.goto(`${fixture.url}/register`)
  await page.getByLabel('Name', { exact: true }).fill('Hassan')
  const kept = await page.evaluate(async () => {
    const texts: string[] = []
    for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) texts.push(request.url, await (await caches.match(request))?.text() ?? '')
    return texts.join('\n')
  })
  assert.ok(kept.includes('/assets/'))
  assert.equal(kept.includes('Achieng'), false)
  await fixture.close()
  await page.reload()
  await page.getByLabel('Name', { exact: true }).waitFor()
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Hassan')
  await page.getByText('No answer from Bairn').waitFor()
})
