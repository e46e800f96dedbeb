/** A page of a child in a browser of its own, on a server of its own. */
import type { TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { startChildServer, type ChildServer } from './childServer.ts'
import { browserFor, newPage, type Look } from './page.ts'

/** @param ready selector of what shows first when the page has read its child  @returns undefined where no browser can be had: the test is skipped, aloud */
export async function openChild(t: TestContext, path: string, { ready, country, ...look }: Look & { readonly ready: string; readonly country: string }): Promise<{ readonly page: Page; readonly server: ChildServer; readonly errors: readonly string[] } | undefined> {
  const found = await browserFor(t)
  if (found === undefined) return undefined
  const server = await startChildServer(found.folder, { country })
  t.after(() => server.close())
  const { page, errors } = await newPage(found.browser, look)
  await page.goto(`${server.url}${path}`)
  await page.locator(ready).first().waitFor()
  return { page, server, errors }
}
