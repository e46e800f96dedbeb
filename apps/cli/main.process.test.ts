/** `bairn` as people type it: help, wrong words, exit codes, and what is loaded for it. Starts no database. */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { createHash } from 'node:crypto'
import { LANGUAGES } from '@bairn/knowledge'
import { bairn, type Ended } from './testing.ts'

const COMMANDS = ['start', 'assess', 'growth', 'forecast', 'simulate', 'import', 'export', 'backup', 'restore']
const ROOT = path.resolve(import.meta.dirname, '../..')
const CHILDREN = path.join(import.meta.dirname, 'assess/golden/children.json')
const SURVEY = 'id,sex,age,age_unit,weight,lenhei,measure,headc,armc,triskin,subskin,oedema\na,m,400,d,10,76,l,46,14.5,8,6,n\n'
let folder = ''
before(() => { folder = mkdtempSync(path.join(tmpdir(), 'bairn cli ')) })
after(() => { rmSync(folder, { recursive: true, force: true }) })
const home = (): string => path.join(folder, 'home that is not there')
const run = (args: readonly string[], more: Parameters<typeof bairn>[1] = {}): Promise<Ended> => bairn(args, { ...more, env: { BAIRN_HOME: home(), ...more.env } }).ended
const write = (name: string, content: string): string => {
  const file = path.join(folder, name)
  writeFileSync(file, content)
  return file
}

for (const lang of LANGUAGES) test(`help, ${lang}: every command with examples, no key without its sentence, no colour, exit 0`, async () => {
  const whole = await run(['--help', '--lang', lang])
  assert.deepEqual([whole.code, whole.stderr], [0, ''])
  for (const name of COMMANDS) {
    assert.ok(whole.stdout.includes(`\n  ${name} `), name)
    const { code, stdout, stderr } = await run([name, '--help'], { env: { LANG: `${lang}_XX.UTF-8` } })
    assert.deepEqual([code, stderr], [0, ''])
    assert.match(stdout, new RegExp(`\n  (?:\\S.* )?bairn ${name}(?: |\n|$)`))
    assert.equal(stdout, (await run(['help', name, '--lang', lang])).stdout)
    assert.doesNotMatch(whole.stdout + stdout, /\[cli\./)
    assert.equal((whole.stdout + stdout).includes(String.fromCodePoint(27)), false)
  }
})
test('the language: --lang, then LC_ALL, LC_MESSAGES, LANG; another one is English', async () => {
  const language = async (args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> => /^(Usage|Emploi|الاستعمال)/.exec((await run([...args, '--help'], { env })).stdout)?.[1] ?? ''
  assert.deepEqual(await Promise.all([
    language(['import', '--lang=ar'], { LC_ALL: 'fr_FR.UTF-8' }), language(['import'], { LC_ALL: 'fr_FR.UTF-8', LANG: 'ar_EG' }), language(['import'], { LC_MESSAGES: 'ar_EG', LANG: 'fr_FR' }), language(['import'], { LANG: 'sw_KE.UTF-8' }),
  ]), ['الاستعمال', 'Emploi', 'الاستعمال', 'Usage'])
})
test('--version says the version of the package', async () => {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { readonly version: string }
  assert.deepEqual(await run(['--version']), { code: 0, stdout: `${version}\n`, stderr: '' })
})
test('no command at all: the help on standard error, exit 2', async () => {
  const { code, stdout, stderr } = await run([])
  assert.deepEqual([code, stdout, stderr.startsWith('Usage: bairn')], [2, '', true])
})

for (const { args, says } of [
  { args: ['frobnicate'], says: 'There is no command “frobnicate”; bairn --help lists them.' },
  { args: ['impor', 'a.json'], says: 'There is no command “impor” (was import meant?); bairn --help lists them.' },
  { args: ['--frob'], says: 'There is no option “--frob” here; bairn --help lists them.' },
  { args: ['assess', '--frob'], says: 'There is no option “--frob” here; bairn assess --help lists them.' },
  { args: ['growth', '--ouT', 'x'], says: 'There is no option “--ouT” here (was --out meant?); bairn growth --help lists them.' },
  { args: ['assess', 'a', '--on'], says: 'The option --on lacks its value; bairn assess --help shows how to write it.' },
  { args: ['assess', '--json', '--fhir'], says: '--json and --fhir do not go together; bairn assess --help shows how to write it.' },
  { args: ['export', 'a', '--out', 'b'], says: '--out and FILE do not go together; bairn export --help shows how to write it.' },
  { args: ['growth', '--lang', 'l\'an 2'], says: '“l\'an 2” is nothing that --lang understands; bairn growth --help shows how to write it.' },
  { args: ['import'], says: 'FILE is missing; bairn import --help shows how to write it.' },
  { args: ['restore'], says: 'FILE is missing; bairn restore --help shows how to write it.' },
  { args: ['growth', 'a', 'b'], says: 'There are too many words in this command; bairn growth --help shows how to write it.' },
  { args: ['start', 'now'], says: 'There are too many words in this command; bairn start --help shows how to write it.' },
  { args: ['import', '--lang', 'fr'], says: 'FILE manque ; bairn import --help montre comment l’écrire.' },
  { args: ['assess', '--on', '2026-02-30', CHILDREN], says: '“2026-02-30” is not a date. Write it like 2026-11-23.' },
]) test(`wrong: bairn ${args.map((arg) => path.basename(arg)).join(' ')}: exit 2, one sentence, nothing made`, async () => {
  assert.deepEqual(await run(args), { code: 2, stdout: '', stderr: `${says}\n` })
  assert.equal(existsSync(home()), false)
})

test('exit 0: assess of a file, growth of a file and of standard input', async () => {
  const plans = await run(['assess', CHILDREN, '--on', '2026-11-23', '--json'])
  assert.deepEqual([plans.code, plans.stderr, (JSON.parse(plans.stdout) as readonly unknown[]).length], [0, '', 12])
  const scores = await run(['growth', write('survey.csv', SURVEY)])
  assert.deepEqual([scores.code, scores.stderr, scores.stdout.trim().split('\n').length], [0, '', 2])
  assert.deepEqual(await run(['growth'], { input: SURVEY }), scores)
  const out = path.join(folder, 'scores.csv')
  assert.deepEqual(await run(['growth', write('survey.csv', SURVEY), '--out', out]), { code: 0, stdout: '', stderr: '' })
  assert.equal(readFileSync(out, 'utf8'), scores.stdout)
})
for (const { name, args, says } of [
  { name: 'assess of a file that is not there', args: () => ['assess', path.join(folder, 'nowhere.json')], says: /^There is no file “.*nowhere\.json”\. Check the name and the folder\.\n$/ },
  { name: 'assess of a child not born yet', args: () => ['assess', write('born.json', JSON.stringify({ resourceType: 'Patient', id: 'p', birthDate: '2999-01-01' }))], says: /^.*born\.json.*2999.*\n$/ },
  { name: 'growth without its columns', args: () => ['growth', write('bare.csv', 'name,weight\na,10\n')], says: /^.+\n$/ },
  { name: 'growth of a file that is not there', args: () => ['growth', path.join(folder, 'nowhere.csv')], says: /^.*nowhere\.csv.*\n$/ },
  { name: 'export onto a file', args: () => ['export', write('kept.ndjson', 'kept')], says: /^.*kept\.ndjson is there already and was not touched\..*\n$/ },
]) test(`exit 1: ${name}: one sentence, nothing on standard output`, async () => {
  const { code, stdout, stderr } = await run(args())
  assert.deepEqual([code, stdout], [1, ''])
  assert.match(stderr, says)
  assert.equal(existsSync(home()), false)
})
test('exit 1: start on a port in use, with a wrong port, for other computers: one sentence, before any data are made', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => { taken.listen(0, '127.0.0.1', resolve) })
  const { port } = taken.address() as AddressInfo
  for (const { env, says } of [
    { env: { BAIRN_PORT: String(port) }, says: `Port ${port} of this computer is in use by another program, or by another Bairn. Stop that one, or set BAIRN_PORT to another number.\n` },
    { env: { BAIRN_PORT: '99999' }, says: 'BAIRN_PORT is “99999”, which is not a port. Use a number from 0 to 65535, or leave it out.\n' },
    { env: { BAIRN_HOST: '0.0.0.0' }, says: 'Bairn answers this computer only until sign-in exists, and 0.0.0.0 is an address for others. Remove BAIRN_HOST.\n' },
  ]) {
    const { code, stderr } = await run(['start'], { env })
    assert.deepEqual([code, stderr], [1, says])
  }
  taken.close()
  assert.equal(existsSync(path.join(home(), 'postgres')), false)
})
// The signal goes out when the command has said something on standard error, so that it is surely at work.
for (const { command, args, input, said } of [
  { command: 'growth', args: () => ['growth', '--out', path.join(folder, 'stopped.csv')], input: 'id,sex,age,age_unit,weight\na,m,400,d,10\n', said: /lenhei/ },
  { command: 'assess', args: () => ['assess'], input: '{"resourceType":', said: /reading/ },
]) test(`exit 130: Ctrl-C while ${command} reads; no file stays behind`, { timeout: 60_000 }, async () => {
  const hook = 'const begin = process.stdin[Symbol.asyncIterator]; process.stdin[Symbol.asyncIterator] = function () { process.stderr.write("reading\\n"); return begin.call(this) }'
  const started = bairn(args(), { env: { BAIRN_HOME: home() }, open: true, input, flags: ['--import', `data:text/javascript,${encodeURIComponent(hook)}`] })
  await started.saw(said)
  started.child.kill('SIGINT')
  const { code, stdout } = await started.ended
  assert.deepEqual([code, stdout, readdirSync(folder).filter((name) => name.startsWith('stopped'))], [130, '', []])
})
test('a mistake of Bairn\'s own: exit 1, one sentence; its place only with BAIRN_DEBUG', async () => {
  const broken = ['--import', `data:text/javascript,${encodeURIComponent('JSON.parse = () => { throw new TypeError("not today") }')}`]
  const plain = await run(['assess', CHILDREN], { flags: broken })
  assert.deepEqual([plain.code, plain.stdout, plain.stderr], [1, '', 'Bairn could not do this, by a mistake of its own (TypeError: not today). What was saved stands. Set BAIRN_DEBUG=1 and give the command again to see where it happened.\n'])
  const told = await run(['assess', CHILDREN], { flags: broken, env: { BAIRN_DEBUG: '1' } })
  assert.match(told.stderr, /\n {4}at /)
})
test('what is loaded: help, assess and growth load neither server nor database', async () => {
  const hook = 'import { registerHooks } from "node:module"; registerHooks({ load(url, context, next) { process.stderr.write(`loaded ${url}\\n`); return next(url, context) } })'
  const flags = ['--import', `data:text/javascript,${encodeURIComponent(hook)}`]
  for (const args of [['--help'], ['assess', CHILDREN], ['growth', write('survey.csv', SURVEY)]]) {
    const { code, stderr } = await run(args, { flags })
    const loaded = [...stderr.matchAll(/^loaded (.*)$/gm)].map(([, url]) => url as string)
    assert.deepEqual([code, loaded.some((url) => url.endsWith('/apps/cli/main.ts'))], [0, true])
    assert.deepEqual(loaded.filter((url) => /\/record\/store\/|\/node_modules\/(pg|fastify|pino)\/|\/apps\/server\/(?!problems\.ts)|\/apps\/web\//.test(url)), [], args.join(' '))
  }
})

// Where the packages are not known to be those of the lock, bairn.mjs would bring them anew, under everybody who works here.
const stamp = path.join(ROOT, 'node_modules/.bairn-installed.json')
const lock = createHash('sha256').update(readFileSync(path.join(ROOT, 'package-lock.json'))).digest('hex')
const installed = existsSync(stamp) && (JSON.parse(readFileSync(stamp, 'utf8')) as { readonly lock?: string }).lock === lock
test('scripts/bairn.mjs: the same answers and exit codes', { skip: installed ? false : 'node_modules has no fresh stamp here: npm test makes one' }, async () => {
  const program = path.join(ROOT, 'scripts/bairn.mjs')
  for (const args of [['--version'], ['frobnicate'], ['growth', write('survey.csv', SURVEY)], ['growth', path.join(folder, 'nowhere.csv')], ['assess', CHILDREN, '--on', '2026-11-23']])
    assert.deepEqual(await run(args, { program }), await run(args), args.join(' '))
})
