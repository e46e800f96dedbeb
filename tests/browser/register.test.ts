/** Registering a child in a browser: how few keys it takes, twins, duplicates beside, and that nothing typed is ever lost. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { CHILDREN } from './children.ts'
import { eventually, open } from './page.ts'

const MOST = 45

/** Counts keys and taps as the page sees them; a letter of a script that the driver's keyboard lacks comes as an insertion without a key. */
const count = async (page: Page): Promise<void> => void await page.addInitScript(() => {
  const counter = globalThis as unknown as { strokes: number }
  counter.strokes = 0
  addEventListener('keydown', ({ key }) => { if (key.length > 1) counter.strokes += 1 }, true)
  addEventListener('beforeinput', ({ inputType }) => { if (inputType === 'insertText') counter.strokes += 1 }, true)
  addEventListener('pointerdown', () => { counter.strokes += 1 }, true)
})
const strokes = (page: Page): Promise<number> => page.evaluate(() => (globalThis as unknown as { strokes: number }).strokes)

for (const { width, language, name, texts } of [
  { width: 1280, language: 'en', name: 'Amina Otieno', texts: { name: 'Name', girl: 'Girl', day: 'Day', month: 'Month', year: 'Year', save: 'Save and see the plan' } },
  { width: 360, language: 'ar', name: 'أمينة عثمان', texts: { name: 'الاسم', girl: 'بنت', day: 'اليوم', month: 'الشهر', year: 'السنة', save: 'احفظ واعرض الخطة' } },
] as const) test(`a named girl with a known birth date, ${language} at ${width}: at most ${MOST} keys and taps to the plan`, async (t) => {
  const here = await open(t, { width, language })
  if (here === undefined) return
  const { page, fixture, errors } = here
  fixture.rows = CHILDREN
  await page.goto(`${fixture.url}/register`)
  await page.getByLabel(texts.name, { exact: true }).waitFor()
  await count(page)
  await page.reload()
  await page.getByLabel(texts.name, { exact: true }).click()
  await page.keyboard.type(name)
  await page.locator('main .seg label', { hasText: texts.girl }).click()
  await page.getByLabel(texts.day, { exact: true }).click()
  await page.keyboard.type(language === 'ar' ? '٩' : '9')
  await page.keyboard.press('Tab')
  await page.keyboard.type(language === 'ar' ? '١٠' : '10')
  await page.keyboard.press('Tab')
  await page.keyboard.type(language === 'ar' ? '٢٠٢٥' : '2025')
  await page.getByRole('button', { name: texts.save }).locator('visible=true').first().click()
  const used = await strokes(page)
  await page.waitForURL('**/child/*')
  t.diagnostic(`${used} keys and taps`)
  assert.ok(used <= MOST, `${used} keys and taps`)
  const [patient] = fixture.written
  assert.partialDeepStrictEqual(patient?.body, { resourceType: 'Patient', name: [{ text: name }], gender: 'female', birthDate: '2025-10-09' })
  assert.equal(patient?.headers['if-none-match'], '*')
  assert.equal(page.url().endsWith(String(patient?.body['id'])), true)
  assert.deepEqual(errors, [])
})

test('baby of Grace, twins, about 6 weeks: the second keeps the mother, and each is a child of its own', async (t) => {
  const here = await open(t)
  if (here === undefined) return
  const { page, fixture } = here
  await page.goto(`${fixture.url}/register`)
  await page.locator('main label', { hasText: 'Not named yet' }).click()
  await page.getByLabel('Baby of').fill('Grace Akinyi')
  await page.locator('main label', { hasText: 'Boy' }).click()
  await page.locator('main label', { hasText: /^Twin$/ }).click()
  await page.locator('main label', { hasText: 'About' }).click()
  await page.getByRole('textbox', { name: 'About how old' }).fill('6')
  await page.locator('main label', { hasText: 'Weeks' }).click()
  await page.getByText('12 October 2026, give or take 1 week').waitFor()
  await page.getByText('This is child 1 of this birth.').waitFor()
  await page.getByRole('button', { name: 'Save, then child 2' }).click()
  await page.getByRole('heading', { name: 'Register child 2 of this birth' }).waitFor()
  await page.getByText(/Child 1 of Grace Akinyi.* is saved/).waitFor()
  assert.equal(await page.getByLabel('Baby of').inputValue(), 'Grace Akinyi')
  assert.equal(await page.getByRole('button', { name: /Save, then/ }).count(), 0)
  await page.locator('main label', { hasText: 'Girl' }).click()
  await page.getByRole('button', { name: 'Save and see the plan' }).locator('visible=true').first().click()
  await page.waitForURL('**/child/*')
  const patients = fixture.written.filter(({ body }) => body['resourceType'] === 'Patient').map(({ body }) => body)
  assert.deepEqual(patients.map(({ multipleBirthInteger, gender, birthDate }) => [multipleBirthInteger, gender, birthDate]), [[1, 'male', '2026-10-12'], [2, 'female', '2026-10-12']])
  assert.notEqual(patients[0]?.['id'], patients[1]?.['id'])
  assert.equal(fixture.written.filter(({ body }) => body['resourceType'] === 'RelatedPerson').length, 2)
})

test('a child who may be the same stands beside and stops nothing: other, then saved', async (t) => {
  const here = await open(t)
  if (here === undefined) return
  const { page, fixture } = here
  fixture.duplicates = [{ ...CHILDREN[4]!, because: ['mother', 'birthDate'] }]
  await page.goto(`${fixture.url}/register`)
  await page.getByLabel('Name', { exact: true }).fill('Neema')
  await page.getByRole('heading', { name: 'Is this the same child?' }).waitFor()
  await page.getByText('Alike: mother, birth date.').waitFor()
  await page.getByRole('button', { name: 'Other' }).click()
  await page.getByRole('heading', { name: 'Is this the same child?' }).waitFor({ state: 'detached' })
  await page.locator('main label', { hasText: 'Not sure' }).click()
  await page.locator('main label', { hasText: 'Not known' }).click()
  await page.getByRole('button', { name: 'Save and see the plan' }).locator('visible=true').first().click()
  await page.waitForURL('**/child/*')
  assert.equal(fixture.written[0]?.body['gender'], 'unknown')
})

test('the same child: one touch to its page', async (t) => {
  const here = await open(t)
  if (here === undefined) return
  const { page, fixture } = here
  fixture.duplicates = [{ ...CHILDREN[4]!, because: ['name'] }]
  await page.goto(`${fixture.url}/register`)
  await page.getByLabel('Name', { exact: true }).fill('Baby of Faith')
  await page.getByRole('button', { name: 'Same child' }).click()
  await page.waitForURL('**/child/babyof')
})

test('what is missing or cannot be is said where it stands, and the first of it gets the focus', async (t) => {
  const here = await open(t)
  if (here === undefined) return
  const { page, fixture } = here
  await page.goto(`${fixture.url}/register`)
  await page.getByRole('button', { name: 'Save and see the plan' }).locator('visible=true').first().click()
  await page.getByText('Write the name, or choose Not named yet.').waitFor()
  await page.getByText('Choose one; Not sure is an answer.').waitFor()
  await eventually(async () => assert.equal(await page.evaluate(() => (document.activeElement as HTMLInputElement).closest('.fld')?.querySelector('label')?.textContent), 'Name'))
  await page.getByLabel('Day', { exact: true }).fill('29')
  await page.getByLabel('Month', { exact: true }).fill('2')
  await page.getByLabel('Year', { exact: true }).fill('2023')
  await page.getByText('The calendar has no such day.').waitFor()
  await page.getByLabel('Year', { exact: true }).fill('2027')
  await page.getByText('The calendar has no such day.').waitFor()
  await page.getByLabel('Day', { exact: true }).fill('28')
  await page.getByText('This day has not come yet.').waitFor()
  assert.equal(fixture.written.length, 0)
})

test('nobody answers: what was typed stays through the failed save and a reload, and is saved once when somebody answers', async (t) => {
  const here = await open(t)
  if (here === undefined) return
  const { page, fixture } = here
  await page.goto(`${fixture.url}/register`)
  await page.getByLabel('Name', { exact: true }).fill('Hassan')
  await page.getByLabel('Mother’s name').fill('Mercy')
  await page.locator('main label', { hasText: 'Boy' }).click()
  await page.locator('main label', { hasText: 'Not known' }).click()
  fixture.silent = true
  await page.getByRole('button', { name: 'Save and see the plan' }).locator('visible=true').first().click()
  await page.getByText('Not saved yet.').waitFor()
  fixture.silent = false
  await page.reload()
  await page.getByText('What you typed before is still here.').waitFor()
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Hassan')
  assert.equal(await page.getByLabel('Mother’s name').inputValue(), 'Mercy')
  await page.getByRole('button', { name: 'Save and see the plan' }).locator('visible=true').first().click()
  await page.waitForURL('**/child/*')
  assert.equal(fixture.resources.size, 2)
  await page.goto(`${fixture.url}/register`)
  await page.getByLabel('Name', { exact: true }).waitFor()
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), '', 'a saved draft is gone')
})

test('half saved: the mother is sent again with the same id, and there is still one child', async (t) => {
  const here = await open(t)
  if (here === undefined) return
  const { page, fixture } = here
  await page.goto(`${fixture.url}/register`)
  await page.getByLabel('Name', { exact: true }).fill('Hassan')
  await page.getByLabel('Mother’s name').fill('Mercy')
  await page.locator('main label', { hasText: 'Boy' }).click()
  await page.locator('main label', { hasText: 'Not known' }).click()
  await page.route('**/fhir/RelatedPerson/*', (route) => route.abort())
  await page.getByRole('button', { name: 'Save and see the plan' }).locator('visible=true').first().click()
  await page.getByText('Not saved yet.').waitFor()
  await page.unroute('**/fhir/RelatedPerson/*')
  await page.getByRole('button', { name: 'Save and see the plan' }).locator('visible=true').first().click()
  await page.waitForURL('**/child/*')
  assert.deepEqual([...fixture.resources.keys()].map((path) => path.split('/')[2]), ['Patient', 'RelatedPerson'])
})

test('a refusal keeps the form and says why', async (t) => {
  const here = await open(t)
  if (here === undefined) return
  const { page, fixture } = here
  await page.goto(`${fixture.url}/register`)
  await page.getByLabel('Name', { exact: true }).fill('Hassan')
  await page.locator('main label', { hasText: 'Boy' }).click()
  await page.locator('main label', { hasText: 'Not known' }).click()
  fixture.refuse = { status: 422, text: 'The name is too long.' }
  await page.getByRole('button', { name: 'Save and see the plan' }).locator('visible=true').first().click()
  await page.getByText('The name is too long.').waitFor()
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Hassan')
})
