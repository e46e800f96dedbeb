/**
 * `npm test`: the checks, then the tests in three runs: pure ones, those that start processes each in
 * their own, then those that drive a browser. Passing tests are counted, not listed; skipped ones are named.
 * `npm test -- unit|process|browser|check` runs one part.
 */
import { filesEnding, runAll, type Step } from './run.ts'

const all = filesEnding('.test.ts').map((file) => file.replaceAll('\\', '/'))
const processes = all.filter((file) => file.endsWith('.process.test.ts'))
const browser = all.filter((file) => file.startsWith('tests/browser/'))
const fresh = all.filter((file) => file.startsWith('tests/fresh-clone/'))
const unit = all.filter((file) => ![...processes, ...browser, ...fresh].includes(file))

/** @param name shown with the number of files, or the one file itself */
const node = (name: string, files: readonly string[], flags: readonly string[]): Step => ({ name: files.length === 1 ? name : `${name}: ${files.length} files`, run: '--test', args: [...flags, '--test-reporter=spec', ...files], quiet: true })
const parts: Readonly<Record<string, readonly Step[]>> = {
  check: [{ name: 'check', run: 'scripts/check.ts', args: [] }],
  // Isolated: in one process a throw at the top of a test file is swallowed and the run still passes (seen on Node 24.21).
  unit: [node('unit and property tests', unit, ['--test-concurrency=2'])],
  process: [node('tests with processes of their own', processes, ['--test-concurrency=2', '--test-timeout=300000'])],
  browser: browser.map((file) => ({ ...node(file, [file], ['--test-timeout=300000']), again: true })),
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => parts[name] === undefined)
if (unknown.length > 0) {
  console.error(`There is no part "${unknown.join(', ')}". Parts: ${Object.keys(parts).join(', ')}.`)
  process.exitCode = 2
} else await runAll((wanted.length > 0 ? wanted : Object.keys(parts)).flatMap((name) => parts[name] as readonly Step[]))
