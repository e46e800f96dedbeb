/** What people call an edition: in English as its own file says, in every other language by words of that language. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { editionTitle, type EditionHead } from '@bairn/reasoning'
import { formatMessage, LANGUAGES, loadMessages } from './index.ts'

const heads = ['growth', 'nutrition', 'plan', 'immunization'].flatMap((area) => readdirSync(new URL(`./${area}/`, import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'reference').map(({ name }) => JSON.parse(readFileSync(new URL(`./${area}/${name}/edition.json`, import.meta.url), 'utf8')) as EditionHead))

test('every edition has its title in every language, and in English it is the one of its file', async () => {
  for (const language of LANGUAGES) await loadMessages(language)
  assert.ok(heads.length >= 19)
  for (const head of heads) {
    assert.equal(formatMessage(editionTitle(head), 'en'), head.title)
    const others = LANGUAGES.filter((language) => language !== 'en').map((language) => formatMessage(editionTitle(head), language))
    assert.ok(others.every((title) => title !== head.title) && new Set(others).size === others.length, `${head.id}: ${others.join(' | ')}`)
  }
})

test('an edition that no catalogue knows keeps the title it came with', () => {
  assert.equal(formatMessage(editionTitle({ id: 'growth/elsewhere-2030', title: 'Another reference', country: 'XX' }), 'ar'), 'Another reference')
})
