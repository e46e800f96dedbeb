/** A screen that must be without fault; with BAIRN_PICTURES=write its picture on a desk or a phone goes to docs/pictures. */
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { faultsOf } from './page.ts'

const PICTURES = path.resolve(import.meta.dirname, '../../docs/pictures')

export async function picture(page: Page, name: string, look: { readonly language: string; readonly width: number }): Promise<void> {
  assert.deepEqual(await faultsOf(page), [], `${name}, ${look.language} at ${look.width}`)
  if (process.env['BAIRN_PICTURES'] !== 'write' || look.width === 768) return
  mkdirSync(PICTURES, { recursive: true })
  await page.screenshot({ path: path.join(PICTURES, `${name}-${look.width}-${look.language}.png`), fullPage: look.width > 500 })
}
