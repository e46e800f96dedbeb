import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { before, test } from 'node:test'
import { getLanguage, LANGUAGES, loadMessages, type Language } from '@bairn/knowledge'

before(async () => { for (const language of LANGUAGES) await loadMessages(language) })
const root = fileURLToPath(new URL('../../../', import.meta.url))
const keys = (language: Language): readonly string[] => Object.keys(getLanguage(language).compiled).filter((key) => /^(plan|nutrition|assess)\./.test(key)).toSorted()

/** Names of the parameters in a compiled message, cases included. */
function parameters(tokens: unknown): readonly string[] {
  if (!Array.isArray(tokens)) return []
  return [...new Set((tokens as readonly unknown[]).flatMap((token) => {
    if (!Array.isArray(token)) return []
    const [name, , cases] = token as [string, string?, unknown?]
    return [name, ...(typeof cases === 'object' && cases !== null ? Object.values(cases).flatMap(parameters) : [])]
  }))]
}

for (const language of LANGUAGES.filter((each) => each !== 'en')) test(`messages of plans, ${language}: all that English says, with no parameter of its own`, () => {
  assert.deepEqual(keys(language), keys('en'))
  for (const key of keys('en')) {
    const allowed = parameters(getLanguage('en').compiled[key])
    for (const name of parameters(getLanguage(language).compiled[key])) assert.ok(allowed.includes(name) || name === 'sex', `${key}: {${name}}`)
  }
})

test('every message of plans that the code names has a sentence, and every sentence is named', () => {
  const sources = globSync(['engines/{plan,nutrition}/**/*.ts', 'apps/cli/assess/*.ts', 'apps/server/hooks/*.ts'], { cwd: root }).filter((file) => !file.includes('.test.')).map((file) => readFileSync(root + file, 'utf8')).join('\n')
  for (const [, key = ''] of sources.matchAll(/key: '((?:plan|nutrition|assess)\.[\w.]+)'/g)) assert.ok(keys('en').includes(key), key)
  const named = new Set([...sources.matchAll(/['"]([\w.]+)['"]|\b([a-z]\w+):/g)].map((match) => match[1] ?? match[2]))
  for (const key of keys('en')) assert.ok(named.has(key) || named.has(key.slice(key.lastIndexOf('.') + 1)), `${key} is named nowhere`)
})
