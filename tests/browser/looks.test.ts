/** Every screen of this part in every language, theme and width: nothing serious for axe, nothing cut, nothing too small to read or hit. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { CHILDREN } from './children.ts'
import { session, startFixture, type Fixture } from './fixture.ts'
import { browserFor, faultsOf, LANGUAGES, newPage, THEMES, WIDTHS } from './page.ts'

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
    fixture.session = session({ demo: true, editions: [{ id: 'growth/who-2006', title: 'WHO Child Growth Standards, 2006', pastReview: true }] })
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

for (const [screen, show] of Object.entries(SCREENS)) test(`${screen}: ${LANGUAGES.length} languages, ${THEMES.length} themes, ${WIDTHS.length} widths`, async (t) => {
  const found = await browserFor(t)
  if (found === undefined) return
  const faults: string[] = []
  for (const language of LANGUAGES) for (const theme of THEMES) for (const width of WIDTHS) {
    const fixture = await startFixture(found.folder)
    fixture.rows = CHILDREN
    const { page, errors } = await newPage(found.browser, { language, theme, width })
    await show(page, fixture)
    await page.locator('main h1, main h2').first().waitFor()
    faults.push(...[...await faultsOf(page), ...errors].map((fault) => `${language} ${theme} ${width}: ${fault}`))
    await page.context().close()
    await fixture.close()
  }
  assert.deepEqual(faults, [])
})
