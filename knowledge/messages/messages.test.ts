/** Every sentence in every language, with the same parameters; every key that code names is there; nothing lies unused. */
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { LANGUAGES, loadMessages, type Language } from './catalogue.ts'

const here = path.dirname(fileURLToPath(import.meta.url))
const root = path.resolve(here, '../..')
const areas = readdirSync(path.join(here, 'en')).map((file) => file.replace('.json', ''))
type Source = Readonly<Record<string, string>>
const source = (language: Language, area: string): Source => (JSON.parse(readFileSync(path.join(here, language, `${area}.json`), 'utf8')) as { messages: Source }).messages

/** Names of parameters of a compiled message, with how they are used when they select or count. */
function parameters(tokens: unknown): string[] {
  if (!Array.isArray(tokens)) return []
  return tokens.flatMap((token: unknown) => {
    if (!Array.isArray(token)) return []
    const [name, type, cases] = token as [string, string?, unknown?]
    const inner = typeof cases === 'object' && cases !== null ? Object.values(cases).flatMap(parameters) : []
    return [type === 'select' ? `${name}:select` : name, ...inner]
  })
}
/** Selections that serve grammar alone: one language bends a verb by them, another does not need to. */
const GRAMMAR = ['sex:select', 'kind:select']
const names = (tokens: unknown): string[] => [...new Set(parameters(tokens).filter((name) => !GRAMMAR.includes(name)).map((name) => name.replace(':select', '')))].toSorted()

for (const language of LANGUAGES) {
  test(`${language}: every area loads and every message compiles`, async () => {
    const { compiled, reviews } = await loadMessages(language)
    assert.deepEqual(Object.keys(reviews).toSorted(), areas.toSorted())
    for (const area of areas) for (const key of Object.keys(source(language, area))) assert.ok(compiled[key] !== undefined, `${language}/${area}: ${key}`)
  })
  test(`${language}: no key stands in two areas`, () => {
    const keys = areas.flatMap((area) => Object.keys(source(language, area)))
    assert.deepEqual(keys.filter((key, index) => keys.indexOf(key) !== index), [])
  })
}

for (const language of LANGUAGES.filter((other) => other !== 'en')) for (const area of areas) {
  test(`${language}/${area} has the keys of en/${area}`, () => {
    assert.deepEqual(Object.keys(source(language, area)).toSorted(), Object.keys(source('en', area)).toSorted())
  })
  test(`${language}/${area} uses the parameters of en/${area}`, async () => {
    const english = (await loadMessages('en')).compiled
    const other = (await loadMessages(language)).compiled
    // A plural may spell its number out ('two'), a sentence may not drop a fact: the other language uses what English uses, no more.
    const differing = Object.keys(source('en', area)).filter((key) => names(english[key]).join() !== names(other[key]).join())
    assert.deepEqual(differing, [])
  })
}

test('every message key that the code names is in the catalogue', async () => {
  const { compiled } = await loadMessages('en')
  const missing = codeFiles(root).flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\bkey: '([a-zA-Z][\w.-]*)'/g)].map((match) => match[1] as string).filter((key) => compiled[key] === undefined).map((key) => `${path.relative(root, file)}: ${key}`))
  assert.deepEqual(missing, [])
})

test('no sentence says what the voice avoids', () => {
  const avoided = /\b(please|oops|successfully|invalid)\b/i
  const found = areas.flatMap((area) => Object.entries(source('en', area)).filter(([, text]) => avoided.test(text)).map(([key]) => `${area}: ${key}`))
  assert.deepEqual(found, [])
})

function codeFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name)
    if (entry.isDirectory()) return ['node_modules', 'dist', '.git', 'tests', 'scripts', 'bench', 'golden', 'generated'].includes(entry.name) ? [] : codeFiles(full)
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.test.ts') ? [full] : []
  })
}
