/** Vaccines on the child's pages: the table, a dose recorded, not given and taken back, the question before a dose, a reaction sent on as a file. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import type { ChildServer } from './childServer.ts'
import { openChild } from './openChild.ts'
import { eventually, type Look } from './page.ts'

const open = (t: TestContext, path: string, { country = 'US', ...look }: Look & { readonly country?: string } = {}) => openChild(t, path, { ready: 'main h1, main h2', country, ...look })
const item = (page: Page, need: string) => page.locator(`.item[data-need="${need}"]`)
const needs = (server: ChildServer): readonly string[] => server.record('lucia').plan.items.filter(({ action, urgency }) => action === 'give' && urgency !== 'comingUp').map(({ need }) => need)

test('a vaccine that is due is recorded from the plan: judged before it is saved, gone from the plan after, and taken back', async (t) => {
  const here = await open(t, '/child/lucia')
  if (here === undefined) return
  const { page, server, errors } = here
  await item(page, 'vaccine.Pneumococcal').getByRole('link', { name: 'Record: Give pneumococcal vaccine, dose 3' }).click()
  await page.getByRole('heading', { name: 'Record a dose' }).waitFor()
  assert.equal(await page.getByRole('checkbox', { name: /Pneumococcal, dose 3/i }).isChecked(), true)
  await page.getByText('Choose the product').waitFor()
  await page.locator('.send button[type=submit]').click()
  await page.getByText('Something is still open').waitFor()
  assert.equal(server.written.length, 0, 'nothing is guessed')
  await page.getByLabel('Product').selectOption('215')
  await page.getByLabel('Lot', { exact: true }).fill('24K117')
  await page.getByLabel('Month').fill('3')
  await page.getByLabel('Year').fill('2027')
  await page.getByText('May be used until 31 March 2027.').waitFor()
  await page.getByRole('radio', { name: 'left thigh' }).check()
  await page.locator('.checks', { hasText: 'Counts: pneumococcal' }).waitFor()
  await page.locator('.changes', { hasText: 'Leaves the plan' }).waitFor()
  await page.locator('.send button[type=submit]').click()
  await page.locator('.done-list', { hasText: '24K117' }).waitFor()
  const [dose] = server.written
  assert.equal(dose?.headers['if-none-match'], '*')
  assert.partialDeepStrictEqual(dose?.body, { resourceType: 'Immunization', status: 'completed', lotNumber: '24K117', expirationDate: '2027-03-31', patient: { reference: 'Patient/lucia' }, performer: [{ actor: { reference: 'Practitioner/worker-ahero', display: 'Grace Wanjala' } }] })
  assert.equal(await item(page, 'vaccine.Pneumococcal').count(), 0)
  assert.ok(!needs(server).includes('vaccine.Pneumococcal'))
  await eventually(async () => assert.equal(await page.locator('.vx tr', { hasText: 'Pneumococcal' }).locator('[data-mark=counts]').count(), 3))
  await page.locator('.done-list .item', { hasText: '24K117' }).getByRole('button', { name: 'Undo' }).click()
  await item(page, 'vaccine.Pneumococcal').waitFor()
  assert.partialDeepStrictEqual(server.written.at(-1)?.body, { resourceType: 'Immunization', status: 'entered-in-error' })

  // The next child of the day: the same vial with one touch.
  await page.goto(`${server.url}/child/lucia/dose?need=vaccine.Pneumococcal`)
  await page.getByLabel('Product').selectOption('215')
  await page.getByRole('button', { name: 'Same vial as before: lot 24K117, until 31 March 2027' }).click()
  assert.equal(await page.getByLabel('Lot', { exact: true }).inputValue(), '24K117')
  await page.getByText('May be used until 31 March 2027.').waitFor()
  assert.equal(await page.getByRole('button', { name: /Same vial/ }).count(), 0)
  assert.deepEqual(errors, [])
})

test('not given from the plan: the family’s word is kept, said in "Not today" with its day, and brought back', async (t) => {
  const here = await open(t, '/child/lucia')
  if (here === undefined) return
  const { page, server } = here
  await page.locator('.vx').waitFor()
  const row = item(page, 'vaccine.Hib')
  await row.getByRole('button', { name: /^Not today/ }).first().click()
  await row.getByRole('radio', { name: 'Family said no' }).check()
  await row.getByText('Offered again from Monday, 21 December 2026.').waitFor()
  await row.getByLabel(/What the family said/).fill('wants to ask the father')
  await row.getByRole('button', { name: 'Save' }).click()
  const aside = page.locator('.aside-list li')
  await aside.waitFor()
  assert.match(await aside.innerText(), /The family said no\. Back on 21 December 2026\. wants to ask the father\./)
  assert.partialDeepStrictEqual(server.written[0]?.body, { resourceType: 'Immunization', status: 'not-done', statusReason: { coding: [{ code: 'PATOBJ' }] } })
  assert.equal(await page.locator('.vx [data-mark=declined]').count(), 1)
  await aside.getByRole('button', { name: 'Bring back' }).click()
  await item(page, 'vaccine.Hib').waitFor()
  assert.equal(server.written.at(-1)?.body['status'], 'entered-in-error')
})

test('what was typed about a dose survives a reload and silence, and several are saved in one go', async (t) => {
  const here = await open(t, '/child/lucia/dose?need=vaccine.Hib')
  if (here === undefined) return
  const { page, server } = here
  await page.getByLabel('Product').selectOption('48')
  await page.getByRole('checkbox', { name: /Hepatitis A/i }).check()
  await page.locator('[data-need="vaccine.HepA"]').getByRole('button', { name: 'Out of stock' }).click()
  await page.getByText('Back in the plan on Monday, 30 November 2026.').waitFor()
  await page.reload()
  await page.locator('.measure > .banner').first().waitFor()
  assert.equal(await page.getByLabel('Product').inputValue(), '48')
  server.silent = true
  await page.locator('.send button[type=submit]').click()
  await page.locator('.send .banner').waitFor()
  assert.equal(server.written.length, 0)
  server.silent = false
  await page.locator('.send button[type=submit]').click()
  await page.locator('.done-list').waitFor()
  assert.deepEqual(server.written.map(({ body }) => body['status']), ['not-done', 'completed'], 'in the order of the plan')
})

test('too soon is a line and never a lock: the first good day is said, and what happened is recorded', async (t) => {
  const here = await open(t, '/child/lucia/dose?need=vaccine.Varicella')
  if (here === undefined) return
  const { page, server } = here
  server.put({ resourceType: 'Immunization', id: 'recent', status: 'completed', vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '21' }] }, patient: { reference: 'Patient/lucia' }, occurrenceDateTime: '2026-11-20' })
  await page.goto(`${server.url}/child/lucia/dose?need=vaccine.Varicella`)
  await page.getByLabel('Product').selectOption('21')
  await page.getByText(/Wait until .*, or it will not count/).waitFor()
  await page.locator('.send button[type=submit]').click()
  await page.locator('.done-list', { hasText: 'It does not count.' }).waitFor()
  assert.equal(server.written.length, 1)
})

test('the question before a dose; yes holds the vaccines back until the reaction is written down; it can be sent on as a file, and taken back', async (t) => {
  const here = await open(t, '/child/lucia')
  if (here === undefined) return
  const { page, server, errors } = here
  await item(page, 'askReaction').getByRole('button', { name: 'Yes' }).click()
  await item(page, 'askReaction').getByRole('link', { name: 'Write what happened' }).click()
  await page.getByRole('checkbox', { name: /pneumococcal \(PCV10\) 19 Nov 2025/i }).check()
  await page.getByRole('radio', { name: 'Severe allergic reaction' }).check()
  await page.locator('.send button[type=submit]').click()
  await page.getByText('Something is still open').waitFor()
  await page.getByRole('group', { name: 'Serious?' }).getByRole('radio', { name: 'Yes' }).check()
  await page.getByRole('radio', { name: 'Well again' }).check()
  await page.locator('.send button[type=submit]').click()
  await page.getByText('The reaction is kept.').waitFor()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download (FHIR)' }).click()])
  const sent = JSON.parse(await readFile(await file.path(), 'utf8')) as Record<string, unknown>
  assert.partialDeepStrictEqual(sent, { resourceType: 'AdverseEvent', actuality: 'actual', subject: { reference: 'Patient/lucia' }, outcome: { coding: [{ code: 'resolved' }] }, recorder: { display: 'Grace Wanjala' } })
  await page.getByRole('link', { name: 'Back to the child' }).click()
  await page.locator('.vx-lines', { hasText: 'Must not be given: pneumococcal' }).waitFor()
  assert.equal(await item(page, 'vaccine.Pneumococcal').count(), 0)
  await item(page, 'vaccine.Hib').waitFor()
  await page.locator('.vx tr', { hasText: 'Pneumococcal' }).locator('[data-mark=counts]').nth(1).click()
  await page.locator('.dose-reaction').getByRole('button', { name: 'Undo' }).click()
  await page.locator('.vx-lines', { hasText: 'Must not be given' }).waitFor({ state: 'detached' })
  assert.ok(![...server.resources.keys()].some((key) => key.startsWith('AdverseEvent/')))
  assert.deepEqual(errors, [])
})

test('the table by keyboard: a mark opens its reasons and closes again', async (t) => {
  const here = await open(t, '/child/lucia', { country: 'KE' })
  if (here === undefined) return
  const { page } = here
  const mark = page.locator('.vx [data-mark=notCounted]').first()
  await mark.press('Enter')
  await page.locator('.vx-panel', { hasText: 'Too young' }).waitFor()
  assert.equal(await mark.getAttribute('aria-expanded'), 'true')
  for (const words of ['Rule', 'From', 'What we used', 'injected polio (IPV)']) assert.ok((await page.locator('.vx-panel').innerText()).includes(words), words)
  await mark.press('Enter')
  await page.locator('.vx-panel').waitFor({ state: 'detached' })
})

test('a country without a full schedule: the doses are a list, the page says why, and a vaccine is written down in words', async (t) => {
  const here = await open(t, '/child/lucia', { country: 'GQ' })
  if (here === undefined) return
  const { page, server } = here
  await page.locator('.vaccines .why-not', { hasText: 'Equatorial Guinea' }).waitFor()
  assert.equal(await page.locator('.vx').count(), 0)
  await page.locator('.vx-list', { hasText: 'pentavalent' }).waitFor()
  await page.locator('.vaccines').getByRole('link', { name: 'Record a dose' }).click()
  await page.getByLabel('Name on the vial or card').fill('Rotasiil')
  await page.locator('.send button[type=submit]').click()
  await page.locator('.done-list', { hasText: 'Rotasiil' }).waitFor()
  assert.deepEqual(server.written[0]?.body['vaccineCode'], { text: 'Rotasiil' })
})

test('a dose among the visits: corrected with the version that was on screen, then withdrawn', async (t) => {
  const here = await open(t, '/child/lucia')
  if (here === undefined) return
  const { page, server } = here
  await page.getByRole('button', { name: /^Entries of 20 July 2025/ }).click()
  const bcg = page.locator('.entries > li', { hasText: 'BCG' })
  await bcg.getByRole('button', { name: 'Correct: BCG' }).click()
  await bcg.getByLabel('Lot').fill('B9')
  await bcg.getByRole('button', { name: 'Save the correction' }).click()
  await page.locator('.entries > li', { hasText: 'lot B9' }).waitFor()
  assert.deepEqual([server.written[0]?.headers['if-match'], server.written[0]?.body['occurrenceDateTime']], ['W/"1"', '2025-07-20'])
  await bcg.getByRole('button', { name: 'Withdraw: BCG' }).click()
  await bcg.getByRole('button', { name: 'Withdraw this entry' }).click()
  await page.locator('.entries > li[data-state=withdrawn]', { hasText: 'BCG' }).waitFor()
  await eventually(() => assert.deepEqual(server.written.map(({ body }) => body['resourceType']), ['Immunization', 'Provenance', 'Immunization', 'Provenance']))
})
