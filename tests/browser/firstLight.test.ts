/**
 * The whole way, on the real server: the one-time link, four answers, twelve children, one of them measured, the plan and the
 * list changed by it; in English and Arabic, on a desk and on a phone. Its pictures are those of the README
 * (BAIRN_PICTURES=write writes them to docs/pictures).
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { formatMessage, loadMessages } from '@bairn/knowledge'
import type { Plan } from '@bairn/plan'
import type { Page } from 'playwright-core'
import { bairn, freePort, newHome, removeHome, type Command } from '../server/harness.ts'
import { browserFor, newPage } from './page.ts'
import { picture } from './picture.ts'

const home = newHome()
let server: Command | undefined
let origin = ''

before(async () => {
  for (const language of ['en', 'ar'] as const) await loadMessages(language)
})
after(async () => {
  server?.child.kill('SIGINT')
  await server?.ended
  removeHome(home)
})

/** A one-time link of a server that runs anew: each browser of the test comes in by its own. */
async function link(): Promise<string> {
  server?.child.kill('SIGINT')
  await server?.ended
  server = bairn(['start'], { home, port: await freePort() })
  const found = (await server.saw(/^(http:\/\/127\.0\.0\.1:\d+\/\S*)$/m))[1] as string
  origin = new URL(found).origin
  return found
}

const planOnServer = async (page: Page, child: string): Promise<Plan> => (await page.evaluate((id) => fetch(`/app/child/${id}`).then((answer) => answer.json() as Promise<{ plan: unknown }>), child)).plan as Plan

// One home for all four, so each measures a child of its own who was less ill before.
const LOOKS = [
  { language: 'en', width: 1280, child: 'mateo', name: 'Mateo', arm: '113' },
  { language: 'en', width: 360, child: 'lucia', name: 'Luc', arm: '112' },
  { language: 'ar', width: 1280, child: 'tanvir', name: 'Tanvir', arm: '١١٣' },
  { language: 'ar', width: 360, child: 'layan', name: 'ليان', arm: '١٠٨' },
] as const

for (const look of LOOKS) test(`from the first page to a measurement that changes plan and list: ${look.language} at ${look.width} px`, async (t) => {
  const found = await browserFor(t)
  if (found === undefined) return
  const { page, errors } = await newPage(found.browser, look)
  const { language, width, child } = look
  await page.goto(await link())
  await page.waitForLoadState('networkidle')
  if (await page.locator('input[name=name]').count() > 0) {
    await picture(page, 'first', look)
    await page.locator('input[name=name]').fill(language === 'ar' ? 'أمينة' : 'Amina')
    await page.locator('input[name=place]').fill('Ahero Health Centre')
    await page.locator('select').first().selectOption('KE')
    await page.locator('form button.way').last().click()
    await page.locator(`a[href='/child/${child}']`).first().waitFor({ timeout: 20_000 })
  } else await page.evaluate(() => fetch('/app/demo', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"open":true}' }))
  await page.goto(`${origin}/`)
  await page.locator(`a[href='/child/${child}']`).first().waitFor({ timeout: 20_000 })
  await picture(page, 'children', look)
  const rowBefore = await page.locator(`a[href='/child/${child}']`).first().innerText()

  await page.locator('input[type=search]').fill(look.name)
  await page.locator(`a[href='/child/${child}']`).first().click()
  await page.locator('.plan h2, .refer h2').first().waitFor()
  await page.locator('svg.chart').first().waitFor()
  await page.waitForLoadState('networkidle')
  await picture(page, 'child', look)
  const before = await planOnServer(page, child)

  await page.goto(`${origin}/child/${child}/measure`)
  await page.locator('input[name=weight]').waitFor()
  await page.locator('input[name=muac]').fill(look.arm)
  await page.locator('.changes').waitFor()
  await page.waitForTimeout(300)
  await picture(page, 'measure', look)
  await (width < 500 ? page.locator('.stick button[type=submit]') : page.locator('.send button[type=submit]')).click()
  await page.locator('.plan h2, .refer h2').first().waitFor()
  await page.waitForLoadState('networkidle')

  // The page computed its plan with the same engines before the server was asked again.
  const after = await planOnServer(page, child)
  assert.notDeepEqual(after.items, before.items, 'the measurement changes the plan')
  const shown = await page.locator('main').innerText()
  const flat = (text: string): string => text.replace(/[\u2066-\u2069\u200e\u200f]/g, '').replace(/\s+/g, ' ')
  const first = after.items[0]
  assert.ok(first !== undefined)
  const reason = flat(formatMessage((first.because[0] as Plan['items'][number]['because'][number]).text, language))
  assert.ok(flat(shown).includes(reason.replace(/[.。]$/, '')), `the page says what the server's plan says: ${reason}`)
  await picture(page, 'measured', look)

  await page.goto(`${origin}/`)
  await page.locator(`a[href='/child/${child}']`).first().waitFor()
  const rowAfter = await page.locator(`a[href='/child/${child}']`).first().innerText()
  assert.notEqual(rowAfter, rowBefore, 'the list shows it')
  await picture(page, 'children-after', look)
  assert.deepEqual(errors, [])
})

test('a dose that is recorded changes the plan on the server and the child’s place in the list', async (t) => {
  const found = await browserFor(t)
  if (found === undefined) return
  const { page, errors } = await newPage(found.browser, { language: 'en', width: 1280 })
  await page.goto(await link())
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => fetch('/app/demo', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"open":true}' }))
  const row = page.locator("a[href='/child/lucia']").first()
  await page.goto(`${origin}/?q=Luc`)
  await row.waitFor({ timeout: 20_000 })
  const rowBefore = await row.innerText()
  const due = (await planOnServer(page, 'lucia')).items.find(({ need, urgency }) => need === 'vaccine.Pneumococcal' && urgency !== 'comingUp')
  assert.ok(due !== undefined, 'a vaccine is due')
  await page.goto(`${origin}/child/lucia/dose?need=${encodeURIComponent(due.need)}`)
  await page.getByLabel('Product').selectOption({ index: 1 })
  await page.locator('.checks', { hasText: 'Counts' }).waitFor()
  await picture(page, 'dose', { language: 'en', width: 1280 })
  await page.locator('.send button[type=submit]').click()
  await page.locator('.done-list').waitFor()
  const after = await planOnServer(page, 'lucia')
  assert.ok(!after.items.some(({ need, urgency }) => need === due.need && urgency !== 'comingUp'))
  await page.goto(`${origin}/?q=Luc`)
  await row.waitFor()
  assert.notEqual(await row.innerText(), rowBefore, 'the list shows it')
  assert.deepEqual(errors, [])
})
