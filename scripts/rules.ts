/**
 * `every rule has a test`: prints rule ids that stand in the code but in no test's name. The count must be nought.
 * A rule id has the grammar `authority.edition.subject.rule` and is written whole, as a string, where it is given.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './boundaries.ts'
import { filesEnding } from './run.ts'

const AUTHORITIES = ['who', 'bairn', 'cdsi', 'nice']
const RULE = new RegExp(`(?<![\\w.-])(?:${AUTHORITIES.join('|')})\\.[\\w-]+\\.[A-Za-z][\\w-]*\\.[A-Za-z][\\w-]*`, 'g')

const ids = (files: readonly string[]): Set<string> => new Set(files.flatMap((file) => readFileSync(path.join(ROOT, file), 'utf8').match(RULE) ?? []))

const code = filesEnding('.ts').filter((file) => /^(engines|record|knowledge)\//.test(file) && !file.endsWith('.test.ts') && !file.includes('/testing/'))
const data = filesEnding('edition.json').filter((file) => file.startsWith('knowledge/'))
const given = ids([...code, ...data])
const tested = ids(filesEnding('.test.ts'))
const untested = [...given].filter((id) => !tested.has(id)).toSorted()

for (const id of untested) console.log(`no test names ${id}`)
console.log(`rules: ${given.size} ids, ${untested.length} without a test`)
if (given.size === 0) console.log('rules: none was seen, so nothing was checked')
process.exitCode = untested.length > 0 || given.size === 0 ? 1 : 0
