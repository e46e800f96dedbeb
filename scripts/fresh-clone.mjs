/**
 * What a stranger does: clone into a new folder whose path has a space, run the README's commands, open the page.
 * Plain JavaScript on the Node that is there. Everything it starts it ends; everything it writes it removes.
 *
 * 1. clones the committed tree; `npm start` with closed standard input and a home of its own
 * 2. opens the one-time link as a browser would, and expects the page and a session
 * 3. SIGINT: everything stops within 10 s
 * 4. starts again without network (a registry address that answers nobody): the page again
 * 5. `npx bairn assess` on a file whose path has a space, while npm still has something to bring: the answer alone on standard output
 */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const source = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const top = mkdtempSync(path.join(tmpdir(), 'bairn fresh '))
const clone = path.join(top, 'a clone')
const home = path.join(top, 'a home')
const figures = {}
const running = new Set()
let passed = 0

try {
  mkdirSync(home)
  git('clone', '--quiet', '--no-hardlinks', source, clone)
  const port = await freePort()
  // Nothing of the surrounding npm may leak in: a stranger's shell has none of it.
  const env = { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_/i.test(name))), BAIRN_HOME: home, BAIRN_PORT: String(port), DISPLAY: '' }
  env.PATH = (env.PATH ?? '').split(path.delimiter).filter((folder) => !folder.includes('node_modules')).join(path.delimiter)

  await step('npm start in a fresh clone shows the first page', async () => {
    const started = await start(env, 'firstStart')
    await opensPage(started.link)
    await stops(started)
  })
  await step('the second start needs no network', async () => {
    const started = await start({ ...env, npm_config_registry: 'http://127.0.0.1:9/', npm_config_fetch_retries: '0' }, 'secondStart')
    await opensPage(started.link)
    await stops(started)
  })
  await step('npx bairn assess answers about a child', async () => {
    const file = path.join(top, 'a child.json')
    writeFileSync(file, JSON.stringify(child()))
    // As after an update: npm works first, and none of its words may stand in the answer.
    rmSync(path.join(clone, 'node_modules', '.bairn-installed.json'))
    const run = spawnSync('npx', ['--no', 'bairn', 'assess', file, '--on', '2026-06-01', '--json'], { cwd: clone, env: { ...env, BAIRN_HOME: path.join(top, 'no home') }, encoding: 'utf8' })
    assert.equal(run.status, 0, run.stderr)
    const plan = JSON.parse(run.stdout)
    assert.ok(plan.items.length > 0 && plan.items.every((item) => item.because.length > 0))
    assert.equal(plan.items[0].urgency, 'urgent', 'a child with swollen feet is referred')
  })
  console.log(JSON.stringify(figures))
} catch (problem) {
  console.error(problem)
  process.exitCode = 1
} finally {
  for (const child of running) child.kill('SIGKILL')
  rmSync(top, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}
console.log(`fresh clone: ${passed} passed, ${3 - passed} failed`)

async function step(name, run) {
  const before = Date.now()
  await run()
  passed += 1
  console.log(`✔ ${name} (${((Date.now() - before) / 1000).toFixed(1)} s)`)
}

/** `npm start` until the link stands alone on its line. */
function start(env, figure) {
  const before = Date.now()
  const child = spawn('npm', ['start'], { cwd: clone, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  running.add(child)
  return new Promise((resolve, reject) => {
    let output = ''
    const timer = setTimeout(() => { reject(new Error(`no page after 300 s:\n${output}`)) }, 300_000)
    const see = (chunk) => {
      output += chunk
      const link = /^(http:\/\/127\.0\.0\.1:\d+\/\S*)$/m.exec(output)?.[1]
      if (link === undefined) return
      clearTimeout(timer)
      figures[figure] = Date.now() - before
      resolve({ child, link })
    }
    child.stdout.setEncoding('utf8').on('data', see)
    child.stderr.setEncoding('utf8').on('data', see)
    child.on('exit', (code) => { clearTimeout(timer); reject(new Error(`npm start ended with ${code}:\n${output}`)) })
  })
}

/** The one-time link sets a cookie and leads to the page; without the cookie there is no session. */
async function opensPage(link) {
  const first = await fetch(link, { redirect: 'manual' })
  const cookie = (first.headers.get('set-cookie') ?? '').split(';')[0]
  assert.ok(cookie !== '', 'the link sets a cookie')
  const origin = new URL(link).origin
  const page = await fetch(`${origin}/`, { headers: { cookie } })
  assert.equal(page.status, 200)
  assert.match(await page.text(), /id="bairn-page"/)
  assert.equal((await fetch(`${origin}/app/session`, { headers: { cookie } })).status, 200)
  assert.equal((await fetch(`${origin}/app/session`)).status, 401)
}

function stops({ child }) {
  const before = Date.now()
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => { reject(new Error('still running 10 s after SIGINT')) }, 10_000)
    child.removeAllListeners('exit')
    child.on('exit', () => { clearTimeout(timer); running.delete(child); figures.stop = Date.now() - before; resolve() })
    process.kill(-child.pid, 'SIGINT')
  })
}

function child() {
  const day = '2026-06-01'
  const observation = (id, code, value) => ({ resourceType: 'Observation', id, status: 'final', code: { coding: [code] }, subject: { reference: 'Patient/p' }, effectiveDateTime: day, ...value })
  const quantity = (value, unit) => ({ valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit } })
  return { resourceType: 'Bundle', type: 'collection', entry: [
    { resource: { resourceType: 'Patient', id: 'p', gender: 'female', birthDate: '2025-06-01' } },
    { resource: observation('w', { system: 'http://loinc.org', code: '29463-7' }, quantity(8.9, 'kg')) },
    { resource: observation('l', { system: 'http://loinc.org', code: '8306-3' }, quantity(74, 'cm')) },
    { resource: observation('o', { system: 'http://snomed.info/sct', code: '829986000' }, { valueBoolean: true }) },
  ] }
}

function git(...args) {
  const run = spawnSync('git', args, { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`git ${args[0]}: ${run.stderr}`)
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject).listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => { resolve(port) }) })
  })
}
