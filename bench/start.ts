/**
 * Start and first page: how long a later `bairn start` takes to its link and to the first page, what the server process
 * weighs, and how much JavaScript the first page loads (gzip, knowledge apart), in a real browser. Medians of three starts.
 * Budgets: 5 s, 250 MB, 150 kB. Baseline in the same run: starting Node alone.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { SERVER_ENVIRONMENT, SERVER_FLAGS } from '../scripts/bootstrap.mjs'
import { launchBrowser } from '../tests/browser/browser.ts'
import { memoryLine } from './server/process.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const home = mkdtempSync(path.join(tmpdir(), 'bairn-bench-start-'))
const port = await freePort()
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number
let data: string | undefined
let running: ChildProcess | undefined

try {
  const bare = [1, 2, 3].map(() => { const before = performance.now(); spawnSync(process.execPath, ['-e', '0']); return performance.now() - before })
  const first = await start()
  console.log(`first start, database made: link after ${Math.round(first.ms)} ms`)
  await stop(first.child)
  const links: number[] = []
  const pages: number[] = []
  for (let round = 0; round < 3; round++) {
    const started = await start()
    links.push(started.ms)
    const before = performance.now()
    const opened = await fetch(started.link, { redirect: 'manual' })
    const cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    if ((await fetch(new URL('/', started.link), { headers: { cookie } })).status !== 200) throw new Error('no page')
    pages.push(started.ms + performance.now() - before)
    if (round === 2) {
      console.log(`after the first page: ${memoryLine(started.child.pid as number)}`)
      await stop(started.child)
      const again = await start()
      await weighPage(again.link)
      await stop(again.child)
    } else await stop(started.child)
  }
  console.log(`later starts: link after median ${Math.round(median(links))} ms, first page after ${Math.round(median(pages))} ms (budget 5000); Node alone ${Math.round(median(bare))} ms, ratio ${(median(pages) / median(bare)).toFixed(0)}`)
} finally {
  if (running !== undefined) await stop(running)
  rmSync(home, { recursive: true, force: true })
  if (data !== undefined) rmSync(data, { recursive: true, force: true })
}

async function weighPage(link: string): Promise<void> {
  const launched = await launchBrowser()
  if (!('browser' in launched)) {
    console.log(`page weight not measured: ${launched.missing}`)
    return
  }
  const page = await (await launched.browser.newContext({ serviceWorkers: 'block' })).newPage()
  const scripts = new Map<string, number>()
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (pathname.endsWith('.js')) void response.body().then((body) => scripts.set(pathname, gzipSync(body, { level: 9 }).length), () => undefined)
  })
  await page.goto(link)
  await page.waitForLoadState('networkidle')
  const knowledge = /\/(tables|edition|en|fr|ar)-/
  const sum = (wanted: boolean): number => [...scripts].filter(([name]) => knowledge.test(name) === wanted).reduce((total, [, bytes]) => total + bytes, 0)
  console.log(`first page: ${(sum(false) / 1000).toFixed(1)} kB of JavaScript gz in ${scripts.size} files, knowledge ${(sum(true) / 1000).toFixed(1)} kB apart (budget 150 kB)`)
  await launched.browser.close()
}

/** `bairn start` until the link stands alone on its line. */
function start(): Promise<{ readonly child: ChildProcess; readonly link: string; readonly ms: number }> {
  const before = performance.now()
  const child = spawn(process.execPath, [...SERVER_FLAGS, path.join(ROOT, 'apps/cli/main.ts'), 'start'], { env: { ...process.env, ...SERVER_ENVIRONMENT, BAIRN_HOME: home, BAIRN_PORT: String(port), DISPLAY: '' }, stdio: ['ignore', 'pipe', 'inherit'] })
  running = child
  return new Promise((resolve, reject) => {
    let output = ''
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
      data ??= /(\/var\/lib\/bairn\/[0-9a-f]+)/.exec(output)?.[1]
      const link = /^(http:\/\/127\.0\.0\.1:\d+\/\S*)$/m.exec(output)?.[1]
      if (link !== undefined) resolve({ child, link, ms: performance.now() - before })
    })
    child.on('exit', (code) => { reject(new Error(`start ended with ${code}: ${output}`)) })
  })
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.removeAllListeners('exit')
    child.on('exit', () => { resolve() })
    child.kill('SIGINT')
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => { resolve(typeof address === 'object' && address !== null ? address.port : 0) })
    })
  })
}
