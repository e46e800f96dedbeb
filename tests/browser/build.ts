/** Builds the page once for a test run, into a folder of its own, so that tests never see a stale or half-written `dist`. */
import { mkdtemp } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const WEB = fileURLToPath(new URL('../../apps/web/', import.meta.url))

/** @returns the folder with `index.html` */
export async function buildPage(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'bairn-page-'))
  const vite = createRequire(join(WEB, 'package.json')).resolve('vite')
  const { build } = await import(pathToFileURL(vite).href) as { build: (options: unknown) => Promise<unknown> }
  await build({ root: WEB, configFile: join(WEB, 'vite.config.ts'), logLevel: 'error', build: { outDir, emptyOutDir: true } })
  return outDir
}
