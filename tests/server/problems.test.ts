/**
 * Every sentence about bad input and what stands in the way, in three languages, in one file that people can read:
 * golden/problems.txt. `npm run golden` writes it anew.
 */
import assert from 'node:assert/strict'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { LANGUAGES } from '@bairn/knowledge'
import { PROBLEM_KEYS } from '@bairn/server/problems'
import { STORE_PROBLEM_KEYS } from '@bairn/store'

const here = import.meta.dirname
const messages = path.resolve(here, '../../knowledge/messages')
const golden = path.join(here, 'golden', 'problems.txt')

/** Whole areas of problems, and the problems among the sentences of files and plans. */
const isProblem = (area: string, key: string): boolean => ['problems', 'fhir', 'record'].includes(area) ? !key.startsWith('record.kind.') : /^growthFile\.|^immunization\.request\.|^forecast\.|^simulate\.|^plan\.issue\.|^assess\.(notFound|isFolder|notAllowed|unreadable|gzipBroken|notText|empty|json|notFhir|bundleType|noChild|day)$/.test(key)

const sentences = new Map<string, Map<string, string>>()
for (const language of LANGUAGES)
  for (const file of readdirSync(path.join(messages, language))) {
    const area = file.replace('.json', '')
    const { messages: found } = JSON.parse(readFileSync(path.join(messages, language, file), 'utf8')) as { readonly messages: Readonly<Record<string, string>> }
    for (const [key, text] of Object.entries(found)) if (isProblem(area, key)) sentences.set(key, (sentences.get(key) ?? new Map<string, string>()).set(language, text))
  }

test('problems: every name has its sentence in every language', () => {
  const missing = [...PROBLEM_KEYS, ...STORE_PROBLEM_KEYS].flatMap((key) => LANGUAGES.filter((language) => sentences.get(key)?.get(language) === undefined).map((language) => `${language} ${key}`))
  assert.deepEqual(missing, [])
})

test('problems: none of them lies unused', () => {
  const named = new Set<string>([...PROBLEM_KEYS, ...STORE_PROBLEM_KEYS])
  const { messages: own } = JSON.parse(readFileSync(path.join(messages, 'en', 'problems.json'), 'utf8')) as { readonly messages: object }
  assert.deepEqual(Object.keys(own).filter((key) => !named.has(key)), [])
})

test('problems: each is a sentence', () => {
  const open = [...sentences].flatMap(([key, texts]) => [...texts].filter(([, text]) => !/[.!?؟}]$/.test(text)).map(([language]) => `${language} ${key}`))
  // Its end is a rule of FHIR's own, in English.
  assert.deepEqual(open, ['ar fhir.invariant'])
})

test('problems: all of them stand in golden/problems.txt', () => {
  const text = `${[...sentences.keys()].toSorted().map((key) => [key, ...LANGUAGES.map((language) => `  ${language}  ${sentences.get(key)?.get(language) ?? ''}`)].join('\n')).join('\n\n')}\n`
  if (process.env['BAIRN_GOLDEN'] === 'write') writeFileSync(golden, text)
  assert.equal(readFileSync(golden, 'utf8'), text, 'npm run golden writes it anew')
})
