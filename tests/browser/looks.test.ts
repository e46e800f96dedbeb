/** Every screen of this part in every language, theme and width (every combination of them with BAIRN_PROVE=1): nothing serious for axe, nothing cut, nothing too small to read or hit. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { CHILDREN } from './children.ts'
import { session, titled, startFixture, type Fixture } from './fixture.ts'
import { browserFor, faultsIn, looksOf } from './page.ts'

const LOOKS = looksOf(process.env['BAIRN_PROVE'] === '1')
const SCREENS: Readonly<Record<string, (page: Page, fixture: Fixture) => Promise<unknown>>> = {
  'the list': async (page, fixture) => page.goto(fixture.url),
  'nobody found': async (page, fixture) => {
    await page.goto(`${fixture.url}/?q=zzz`)
    await page.locator('.empty').waitFor()
  },
  'the empty list': async (page, fixture) => {
    fixture.rows = []
    await page.goto(fixture.url)
  },
  'the demo, its banner and the panel of languages': async (page, fixture) => {
    fixture.session = session({ demo: true, editions: [{ id: 'growth/who-2006', title: titled('growth/who-2006', 'WHO Child Growth Standards, 2006'), pastReview: true }] })
    await page.goto(fixture.url)
    await page.locator('.prefs > button').click()
  },
  'the first page with everything missing': async (page, fixture) => {
    const { user: _, place: __, ...rest } = session()
    fixture.session = rest
    await page.goto(fixture.url)
    await page.locator('main button[type=submit]').click()
    await page.locator('.problem').first().waitFor()
  },
  'registering, with a likely duplicate, an estimated age and what is missing': async (page, fixture) => {
    fixture.duplicates = [{ ...CHILDREN[4]!, because: ['name', 'mother', 'birthDate', 'phone'] }]
    await page.goto(`${fixture.url}/register`)
    await page.locator('main input[autocapitalize]').first().fill('Wilhelmina Anyango')
    await page.locator('main .seg').nth(3).locator('label').nth(1).click()
    await page.locator('.age-step input').fill('x')
    await page.locator('button[type=submit]').locator('visible=true').first().click()
    await page.locator('.problem').first().waitFor()
    await page.locator('.note').waitFor()
  },
  'an address that leads nowhere': async (page, fixture) => page.goto(`${fixture.url}/nowhere`),
}

for (const [screen, show] of Object.entries(SCREENS)) test(`${screen}: every language, theme and width`, async (t) => {
  const found = await browserFor(t)
  if (found === undefined) return
  const start = async (): Promise<Fixture> => {
    const fixture = await startFixture(found.folder)
    fixture.rows = CHILDREN
    return fixture
  }
  assert.deepEqual(await faultsIn(found.browser, LOOKS, start, async (page, fixture) => {
    await show(page, fixture)
    await page.locator('main h1, main h2').first().waitFor()
  }), [])
})
