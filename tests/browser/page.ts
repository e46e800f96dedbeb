/** What the browser tests share: one browser and one built page a file, pages in a language, theme and width, and what is checked on every screen. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { after, type TestContext } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { buildPage } from './build.ts'
import { startFixture, type Fixture } from './fixture.ts'

export interface Look { readonly language?: 'en' | 'fr' | 'ar'; readonly theme?: 'light' | 'sun' | 'dark'; readonly width?: number; readonly height?: number; readonly workers?: boolean }
export const LANGUAGES = ['en', 'fr', 'ar'] as const
export const THEMES = ['light', 'sun', 'dark'] as const
export const WIDTHS = [1280, 768, 360] as const

let shared: Promise<{ readonly browser: Browser; readonly folder: string } | { readonly missing: string }> | undefined
const contexts: BrowserContext[] = []
const fixtures: Fixture[] = []

after(async () => {
  const found = await shared
  for (const context of contexts) await context.close()
  for (const fixture of fixtures) await fixture.close()
  if (found !== undefined && 'browser' in found) await found.browser.close()
})

/** A browser and the folder of the built page; skips the test, aloud, where no browser can be had. */
export async function browserFor(t: TestContext): Promise<{ readonly browser: Browser; readonly folder: string } | undefined> {
  shared ??= launchBrowser().then(async (launched) => ('missing' in launched ? launched : { browser: launched.browser, folder: await buildPage() }))
  const found = await shared
  if ('missing' in found) {
    t.skip(`browser not here: ${found.missing}`)
    return undefined
  }
  return found
}

/** A fresh page on a fresh fixture. Any error of the page fails the test through `errors`. */
export async function open(t: TestContext, look: Look = {}): Promise<{ readonly page: Page; readonly fixture: Fixture; readonly errors: readonly string[] } | undefined> {
  const found = await browserFor(t)
  if (found === undefined) return undefined
  const fixture = await startFixture(found.folder)
  fixtures.push(fixture)
  const { page, errors } = await newPage(found.browser, look)
  return { page, fixture, errors }
}

const heightAt = (width: number): number => (width < 500 ? 740 : 800)

/** A page of its own: nothing kept from another test. */
export async function newPage(browser: Browser, { language = 'en', theme = 'light', width = 1280, height = heightAt(width), workers = false }: Look = {}): Promise<{ readonly page: Page; readonly errors: string[] }> {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'en-GB', serviceWorkers: workers ? 'allow' : 'block', reducedMotion: 'reduce' })
  contexts.push(context)
  await context.addInitScript(([language, theme]) => {
    if (localStorage.getItem('bairn.language') === null) localStorage.setItem('bairn.language', language)
    if (localStorage.getItem('bairn.theme') === null) localStorage.setItem('bairn.theme', theme)
  }, [language, theme] as const)
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  return { page, errors }
}

/** Not seen in a test, only in a proof: what differs by width shows in one language, what differs by language shows on a phone. */
const ONLY_PROVED: Readonly<Record<string, readonly number[]>> = { en: [768], fr: [1280], ar: [768] }

/** What a screen is looked at in: each language with a theme of its own, on a phone and at one other width, so that every one of the three is seen; with `all`, every combination. */
export function looksOf(all: boolean): readonly Required<Pick<Look, 'language' | 'theme' | 'width'>>[] {
  return LANGUAGES.flatMap((language, at) => THEMES.filter((_, by) => all || at === by).flatMap((theme) =>
    WIDTHS.filter((width) => all || ONLY_PROVED[language]?.includes(width) !== true).map((width) => ({ language, theme, width }))))
}

/**
 * The faults of a screen in every look. A screen is loaded once a language and theme, in French first on a phone, and then turned to the
 * other widths, as a person turns a tablet. A page takes its time to load, so three are open at once.
 */
export async function faultsIn<Server extends { close(): Promise<unknown> }>(browser: Browser, looks: ReturnType<typeof looksOf>, start: () => Promise<Server>, show: (page: Page, server: Server) => Promise<unknown>): Promise<readonly string[]> {
  const faults: string[] = []
  const waiting = [...Map.groupBy(looks, ({ language, theme }) => `${language} ${theme}`).values()].map((turned) => turned[0]?.language === 'fr' ? turned.toReversed() : turned)
  await Promise.all([1, 2, 3].map(async () => {
    for (let [first, ...others] = waiting.shift() ?? []; first !== undefined; [first, ...others] = waiting.shift() ?? []) {
      const server = await start()
      const { page, errors } = await newPage(browser, first)
      const look = async ({ language, theme, width }: typeof looks[number]): Promise<void> => { faults.push(...(await faultsOf(page)).map((fault) => `${language} ${theme} ${width}: ${fault}`)) }
      await show(page, server)
      await look(first)
      for (const other of others) {
        await page.setViewportSize({ width: other.width, height: heightAt(other.width) })
        await page.evaluate(() => new Promise((drawn) => { requestAnimationFrame(() => requestAnimationFrame(drawn)) }))
        await look(other)
      }
      faults.push(...errors.map((fault) => `${first?.language} ${first?.theme}: ${fault}`))
      await page.context().close()
      await server.close()
    }
  }))
  return faults
}

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What must hold on every screen: nothing serious for axe, no sideways scrolling, no text under 13 px, no target under 24 px (44 for buttons and fields). */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(() => document.fonts.ready)
  await page.evaluate(await axeSource)
  const axe = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: unknown): Promise<{ violations: { id: string; impact: string; nodes: { html: string; any: { message: string }[] }[] }[] }> } }
    const { violations } = await axe.run({ resultTypes: ['violations'] })
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) => nodes.map((node) => `axe ${id}: ${node.html.slice(0, 120)} ${node.any[0]?.message ?? ''}`))
  })
  const layout = await page.evaluate(() => {
    const faults: string[] = []
    const over = document.documentElement.scrollWidth - innerWidth
    if (over > 0) faults.push(`scrolls sideways by ${over} px`)
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const style = getComputedStyle(element)
      const box = element.getBoundingClientRect()
      if (box.width < 2 || box.height < 2 || style.visibility === 'hidden') continue
      const ownText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '')
      if (ownText && Number.parseFloat(style.fontSize) < 13) faults.push(`text of ${style.fontSize}: ${element.textContent?.slice(0, 40)}`)
      if (element.matches('button, select, input:not([type=radio]), .btn, .row, .seg label') && box.height < 43.5) faults.push(`${Math.round(box.height)} px high: ${element.outerHTML.slice(0, 80)}`)
    }
    return faults
  })
  return [...axe, ...layout]
}

/** What a page shows comes a moment after what it was told: asserts again until it holds, for five seconds at most. */
export async function eventually(check: () => Promise<void> | void): Promise<void> {
  const until = Date.now() + 5000
  while (true) {
    try {
      await check()
      return
    } catch (problem) {
      if (Date.now() > until) throw problem
      await new Promise((resolve) => { setTimeout(resolve, 50) })
    }
  }
}
