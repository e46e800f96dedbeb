/** Every key a screen asks for stands in all three languages, with the same parameters; and no sentence is left that no screen asks for. */
import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { compileMessage } from '@lingui/message-utils/compileMessage'

const WEB = fileURLToPath(new URL('..', import.meta.url))
type Sentences = Readonly<Record<string, string>>
const catalogue = async (language: string, area: string): Promise<Sentences> =>
  (JSON.parse(await readFile(join(WEB, `../../knowledge/messages/${language}/${area}.json`), 'utf8')) as { messages: Record<string, string> }).messages
const parameters = (text: string): readonly string[] => [...new Set(names(compileMessage(text)))].sort()

// A token is text, or [name], or [name, 'plural', cases].
function names(tokens: unknown): readonly string[] {
  if (!Array.isArray(tokens)) return []
  return tokens.flatMap((token: unknown) => (Array.isArray(token) ? [String(token[0]), ...Object.values((token[2] ?? {}) as object).flatMap(names)] : []))
}

const files = (await readdir(WEB, { recursive: true })).filter((name) => /\.tsx?$/.test(name) && !/node_modules|dist|\.test\./.test(name))
const source = (await Promise.all(files.map((name) => readFile(join(WEB, name), 'utf8')))).join('\n')

for (const area of ['web', 'schedules']) {
  const [en, fr, ar] = await Promise.all(['en', 'fr', 'ar'].map((language) => catalogue(language, area))) as [Sentences, Sentences, Sentences]
  test(`${area}.json: the same keys and parameters in English, French and Arabic`, () => {
    assert.deepEqual(Object.keys(fr).sort(), Object.keys(en).sort())
    assert.deepEqual(Object.keys(ar).sort(), Object.keys(en).sort())
    for (const [key, text] of Object.entries(en)) {
      assert.deepEqual(parameters(fr[key] as string), parameters(text), `fr ${key}`)
      assert.deepEqual(parameters(ar[key] as string), parameters(text), `ar ${key}`)
    }
  })
  test(`${area}.json: every key of the screens is there, and every sentence is used`, () => {
    const written = [...source.matchAll(new RegExp(`['"\`](${area}\\.[\\w.]+)['"\`]`, 'g'))].map((match) => match[1] as string).filter((key) => !key.endsWith('.json'))
    assert.deepEqual(written.filter((key) => !(key in en)), [])
    // `web.sex.${sex}` asks for all keys with that beginning.
    const stems = [...source.matchAll(new RegExp(`\`(${area}\\.[\\w.]*)\\$\\{[^}]+\\}([\\w.]*)\``, 'g'))].map(([, start, end]) => ({ start: start as string, end: end as string }))
    const unused = Object.keys(en).filter((key) => key !== 'web.asWritten' && !written.includes(key) && !stems.some(({ start, end }) => key.startsWith(start) && key.endsWith(end)))
    assert.deepEqual(unused, [])
  })
}
