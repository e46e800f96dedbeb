/** Every screen of a child in every language, theme and width (every combination of them with BAIRN_PROVE=1): nothing serious for axe, nothing cut, nothing too small; the family's page is one A4. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { startChildServer, type ChildServer } from './childServer.ts'
import { browserFor, faultsIn, LANGUAGES, looksOf, newPage } from './page.ts'

const LOOKS = looksOf(process.env['BAIRN_PROVE'] === '1')
const ready = (page: Page): Promise<void> => page.locator('.visits table').waitFor()
const SCREENS: Readonly<Record<string, (page: Page, server: ChildServer) => Promise<unknown>>> = {
  'a child with a question, "Why?" open': async (page, server) => {
    await page.goto(`${server.url}/child/sami`)
    await ready(page)
    await page.locator('[data-need=moderateWastingCare]').locator('button[aria-controls$=why]').locator('visible=true').click()
    await page.locator('.whybox').waitFor()
  },
  'putting an item off': async (page, server) => {
    await page.goto(`${server.url}/child/tanvir`)
    await ready(page)
    await page.locator('.item').first().locator('button[aria-controls$=later]').locator('visible=true').click()
    await page.locator('.later-form label', { hasText: /./ }).first().click()
  },
  'the urgent child': async (page, server) => {
    await page.goto(`${server.url}/child/moussa`)
    await ready(page)
  },
  'born early, the chart as a table': async (page, server) => {
    await page.goto(`${server.url}/child/layan`)
    await ready(page)
    await page.locator('.chart-acts button').first().click()
  },
  'no birth date, and silence': async (page, server) => {
    await page.goto(`${server.url}/child/zeinabou`)
    await ready(page)
    server.silent = true
    await page.locator('[data-need=askBirthDate] input').nth(2).fill('2025')
    await page.locator('[data-need=askBirthDate] button[type=submit]').click()
    await page.locator('.lines-above .banner').waitFor()
  },
  'a teenager, entries open, one being corrected': async (page, server) => {
    await page.goto(`${server.url}/child/chebet`)
    await ready(page)
    await page.locator('.open-day').first().click()
    await page.locator('.entries .btn').first().click()
  },
  'measuring, with doubts': async (page, server) => {
    await page.goto(`${server.url}/child/sami/measure`)
    await page.locator('input[name=weight]').fill('9400')
    await page.locator('input[name=length]').fill('73.4')
    await page.locator('.value-line svg').first().waitFor()
  },
  'the vaccine table, a mark open': async (page, server) => {
    await page.goto(`${server.url}/child/lucia`)
    await page.locator('.vx [data-mark=notCounted]').first().click()
    await page.locator('.vx-panel').waitFor()
    await page.locator('.vx-more summary').first().click({ timeout: 500 }).catch(() => undefined)
  },
  'a dose of several vaccines, one not given, one from the list of others': async (page, server) => {
    await page.goto(`${server.url}/child/lucia/dose`)
    await page.locator('.opts > li').first().waitFor()
    await page.locator('.opt-fields .chips .btn').first().click()
    await page.locator('.opts-more .btn').click()
    await page.locator('.opt-more summary').first().click()
    await page.locator('.dose-when .seg label').nth(2).click()
    await page.locator('.dose-when .in').nth(2).fill('2026')
    await page.locator('.checks li').first().waitFor()
  },
  'a reaction with everything missing': async (page, server) => {
    await page.goto(`${server.url}/child/lucia/reaction`)
    await page.locator('.opts li').first().waitFor()
    await page.locator('button[type=submit]').locator('visible=true').first().click()
    await page.locator('.problem').first().waitFor()
  },
  'no schedule: the doses as a list': async (page, server) => {
    server.session = { ...server.session, setting: { ...server.session.setting, country: 'GQ' } }
    await page.goto(`${server.url}/child/lucia`)
    await page.locator('.vx-list').waitFor()
    await page.locator('.vx-list .btn').first().click()
  },
  'the family’s page': async (page, server) => {
    await page.goto(`${server.url}/child/sami/print`)
    await page.locator('.a4').waitFor()
  },
  'where everything comes from': async (page, server) => {
    await page.goto(`${server.url}/about`)
    await page.locator('.editions li').first().waitFor()
  },
}

for (const [screen, show] of Object.entries(SCREENS)) test(`${screen}: every language, theme and width`, async (t) => {
  const found = await browserFor(t)
  if (found === undefined) return
  assert.deepEqual(await faultsIn(found.browser, LOOKS, () => startChildServer(found.folder), show), [])
})

test('the family’s page is one A4 in every language, for every child', async (t) => {
  const found = await browserFor(t)
  if (found === undefined) return
  const server = await startChildServer(found.folder)
  t.after(() => server.close())
  const tall: string[] = []
  for (const language of LANGUAGES) {
    const { page } = await newPage(found.browser, { language })
    for (const child of ['sami', 'akinyi', 'moussa', 'danylo', 'layan', 'zeinabou', 'chebet']) {
      await page.goto(`${server.url}/child/${child}/print`)
      await page.locator('.a4').waitFor()
      const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
      assert.equal((pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length, 1, `${child} ${language}`)
      await page.emulateMedia({ media: 'print' })
      const cut = await page.evaluate(() => {
        const sheet = document.querySelector('.a4')
        return sheet === null ? -1 : sheet.scrollHeight - sheet.clientHeight
      })
      await page.emulateMedia({ media: null })
      if (cut > 0) tall.push(`${child} ${language}: ${cut} px do not fit`)
    }
    await page.context().close()
  }
  assert.deepEqual(tall, [])
})

test('the family’s page of an invented child says demo, and names no clinic', async (t) => {
  const found = await browserFor(t)
  if (found === undefined) return
  const server = await startChildServer(found.folder)
  t.after(() => server.close())
  server.session = { ...server.session, demo: true }
  const { page } = await newPage(found.browser)
  await page.goto(`${server.url}/child/moussa/print`)
  await page.locator('.a4').waitFor()
  const text = await page.locator('.a4').innerText()
  assert.match(text, /From Grace Wanjala, Demo\./)
  assert.ok(server.session.place !== undefined && !text.includes(server.session.place.name))
})
