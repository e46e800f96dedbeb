/**
 * The screens about vaccines as they stand on the real server with its invented children: without fault at every width, in English and
 * Arabic. BAIRN_PICTURES=write writes their pictures to docs/pictures.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { bairn, freePort, newHome, removeHome, type Command } from '../server/harness.ts'
import { browserFor, newPage, WIDTHS } from './page.ts'
import { picture } from './picture.ts'

const home = newHome()
let server: Command | undefined
after(async () => {
  server?.child.kill('SIGINT')
  await server?.ended
  removeHome(home)
})

/** By the name of the picture: where it is, and when it stands. */
const SCREENS: Readonly<Record<string, { readonly at: string; readonly show: (page: Page) => Promise<unknown> }>> = {
  vaccines: { at: '/child/lucia', show: async (page) => { await page.locator('.vx [data-mark=notCounted]').first().click(); await page.locator('.vx-panel').waitFor(); await page.locator('.vx').first().scrollIntoViewIfNeeded() } },
  'record-dose': { at: '/child/lucia/dose', show: async (page) => { await page.locator('.opt-fields .chips .btn').first().click(); await page.locator('.opts > li').first().waitFor() } },
  reaction: { at: '/child/lucia/reaction', show: (page) => page.locator('.opts li').first().waitFor() },
  schedules: { at: '/schedules', show: (page) => page.locator('main li a').first().waitFor() },
  schedule: { at: '/schedules/ken-2023', show: (page) => page.locator('main table, main .ages').locator('visible=true').first().waitFor() },
  compare: { at: '/schedules/ken-2023?with=gbr-2023', show: (page) => page.locator('main .count').first().waitFor() },
  move: { at: '/stories/kenya-usa', show: (page) => page.locator('.two-schedules').waitFor() },
}

for (const language of ['en', 'ar'] as const) test(`the screens about vaccines in ${language}`, async (t) => {
  const found = await browserFor(t)
  if (found === undefined) return
  server?.child.kill('SIGINT')
  await server?.ended
  server = bairn(['start'], { home, port: await freePort() })
  const link = (await server.saw(/^(http:\/\/127\.0\.0\.1:\d+\/\S*)$/m))[1] as string
  const { page, errors } = await newPage(found.browser, { language })
  await page.goto(link)
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => fetch('/app/setup', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'Amina', place: 'Ahero Health Centre', country: 'KE', start: 'demo' }) }))
  await page.evaluate(() => fetch('/app/demo', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"open":true}' }))
  for (const width of WIDTHS) for (const [name, { at, show }] of Object.entries(SCREENS)) {
    await page.setViewportSize({ width, height: width < 500 ? 740 : 800 })
    await page.goto(`${new URL(link).origin}${at}`)
    await show(page)
    await page.waitForLoadState('networkidle')
    await picture(page, name, { language, width })
  }
  assert.deepEqual(errors, [])
})
