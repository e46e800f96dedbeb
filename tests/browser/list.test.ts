/** The list of children in a browser: order and words, search, filters, pages, keyboard, and what it says when there is nothing or nobody answers. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day } from '@bairn/quantities'
import { CHILDREN, manyChildren } from './children.ts'
import { TODAY } from './fixture.ts'
import { eventually, open } from './page.ts'

const names = 'a.row .nm'

test('the first list comes with the page: no request before it is on screen', async (t) => {
  const here = await open(t)
  if (here === undefined) return
  const { page, fixture, errors } = here
  fixture.rows = CHILDREN
  const asked: string[] = []
  page.on('request', (request) => { if (request.url().includes('/app/')) asked.push(request.url()) })
  await page.goto(fixture.url)
  await page.locator(names).nth(CHILDREN.length - 1).waitFor()
  assert.deepEqual(await page.locator(names).allTextContents(), CHILDREN.map(({ name }) => name))
  assert.deepEqual(asked, [])
  const first = page.getByRole('link', { name: /Achieng Adhiambo/ })
  assert.match(await first.innerText(), /Girl, 7 months, .*Kochogo[\s\S]*Urgent\.[\s\S]*5\.4.kg[\s\S]*Today/)
  assert.match(await page.getByRole('link', { name: /Twin 1/ }).innerText(), /Boy, about 11 months[\s\S]*Overdue by 2 weeks/)
  assert.match(await page.getByRole('link', { name: /Kiptoo/ }).innerText(), /Sex not known, age not known[\s\S]*Not known yet[\s\S]*Not weighed yet/)
  assert.deepEqual(errors, [])
})

test('a short month that brings its own full stop gets no second one', async (t) => {
  const here = await open(t, { language: 'fr' })
  if (here === undefined) return
  const { page, fixture } = here
  fixture.rows = CHILDREN.filter(({ child }) => child === 'long').map((row) => ({ ...row, due: (TODAY + 8) as Day }))
  await page.goto(fixture.url)
  assert.match(await page.locator('.need').first().innerText(), /See again, 1 déc\.$/)
})

test('keyboard: / to the search, ten letters find a child, arrow to the row, Enter opens, Back finds the list as it was', async (t) => {
  const here = await open(t)
  if (here === undefined) return
  const { page, fixture, errors } = here
  fixture.rows = CHILDREN
  await page.goto(fixture.url)
  await page.locator(names).first().waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('mercy anya')
  await page.locator(names, { hasText: 'Achieng' }).waitFor({ state: 'detached' })
  assert.deepEqual(await page.locator(names).allTextContents(), ['Twin 1 of Mercy Anyango'])
  await page.keyboard.press('ArrowDown')
  await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('href')), '/child/twin'))
  await page.keyboard.press('Enter')
  await page.waitForURL('**/child/twin')
  await page.goBack()
  await page.waitForURL('**/?q=mercy+anya')
  await page.locator(names).first().waitFor()
  assert.equal(await page.getByRole('searchbox').inputValue(), 'mercy anya')
  assert.deepEqual(errors, [])
})

test('arrows walk the rows and come back to the search; Enter in the search opens the first', async (t) => {
  const here = await open(t)
  if (here === undefined) return
  const { page, fixture } = here
  fixture.rows = CHILDREN
  await page.goto(fixture.url)
  const focused = (): Promise<string | null | undefined> => page.evaluate(() => document.activeElement?.getAttribute('href') ?? document.activeElement?.getAttribute('type'))
  await page.locator(names).first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await eventually(async () => assert.equal(await focused(), '/child/baraka'))
  await page.keyboard.press('End')
  await eventually(async () => assert.equal(await focused(), '/child/emmanuel'))
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowUp')
  await eventually(async () => assert.equal(await focused(), 'search'))
  await page.keyboard.press('Enter')
  await page.waitForURL('**/child/achieng')
})

test('filters count and choose by need; a need that nobody has is good news', async (t) => {
  const here = await open(t)
  if (here === undefined) return
  const { page, fixture } = here
  fixture.rows = CHILDREN.filter(({ urgency }) => urgency !== 'urgent')
  await page.goto(fixture.url)
  await page.getByRole('button', { name: /^Overdue 2$/ }).click()
  await page.waitForURL('**/?filter=overdue')
  await page.locator(names, { hasText: 'Baraka' }).waitFor({ state: 'detached' })
  assert.deepEqual(await page.locator(names).allTextContents(), ['Zawadi Atieno', 'Twin 1 of Mercy Anyango'])
  await page.getByRole('button', { name: /^Urgent 0$/ }).click()
  await page.getByRole('heading', { name: 'Nobody is urgent now' }).waitFor()
  await page.getByRole('button', { name: 'Show all children' }).click()
  await page.locator(names, { hasText: 'Baraka' }).waitFor()
})

test('sixty children: three pages, each with its address', async (t) => {
  const here = await open(t)
  if (here === undefined) return
  const { page, fixture } = here
  fixture.rows = manyChildren(60)
  await page.goto(fixture.url)
  assert.match(await page.locator('main').innerText(), /Showing 1 to 25 of 60/)
  await page.getByRole('link', { name: 'Next page' }).click()
  await page.getByText('Showing 26 to 50 of 60').waitFor()
  await page.reload()
  await page.getByText('Showing 26 to 50 of 60').waitFor()
  await page.getByRole('link', { name: 'Next page' }).click()
  await page.getByText('Showing 51 to 60 of 60').waitFor()
  assert.equal(await page.getByRole('link', { name: 'Next page' }).count(), 0)
})

test('a search without a row says what to try; an empty list says what to do first', async (t) => {
  const here = await open(t)
  if (here === undefined) return
  const { page, fixture } = here
  fixture.rows = CHILDREN
  await page.goto(`${fixture.url}/?q=zzz`)
  await page.getByRole('heading', { name: /Nobody here is found by/ }).waitFor()
  fixture.rows = []
  await page.goto(fixture.url)
  await page.getByRole('heading', { name: 'No children yet' }).waitFor()
  assert.equal(await page.getByRole('searchbox').count(), 0)
})

test('a refusal is shown with its sentence, and asked again', async (t) => {
  const here = await open(t)
  if (here === undefined) return
  const { page, fixture } = here
  fixture.rows = CHILDREN
  await page.goto(fixture.url)
  await page.locator(names).first().waitFor()
  fixture.refuse = { status: 500, text: 'The disk is full.' }
  await page.getByRole('button', { name: /^Overdue/ }).click()
  await page.getByText('The disk is full.').waitFor()
  assert.equal(await page.locator(names).count(), CHILDREN.length, 'what was on screen still stands')
  fixture.refuse = undefined
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.locator(names, { hasText: 'Achieng' }).waitFor({ state: 'detached' })
  assert.equal(await page.getByText('The disk is full.').count(), 0)
})

test('nobody answers: one quiet line, the list stays; it goes when somebody answers', async (t) => {
  const here = await open(t)
  if (here === undefined) return
  const { page, fixture } = here
  fixture.rows = CHILDREN
  await page.goto(fixture.url)
  await page.locator(names).first().waitFor()
  fixture.silent = true
  await page.getByRole('button', { name: /^Overdue/ }).click()
  await page.getByText('Bairn does not answer.').waitFor()
  assert.equal(await page.locator(names).count(), CHILDREN.length)
  // Asked while still nobody is there: the line stays. Nothing is clicked afterwards, because the page may find by itself that somebody is back.
  const tried = page.waitForEvent('requestfailed', (request) => request.url().includes('worklist'))
  await page.getByRole('button', { name: 'Try again' }).click()
  await tried
  assert.equal(await page.getByText('Bairn does not answer.').count(), 1)
  fixture.silent = false
  await page.getByText('Bairn does not answer.').waitFor({ state: 'detached' })
  await page.locator(names, { hasText: 'Achieng' }).waitFor({ state: 'detached' })
})
