/** The vaccine codes of the world in knowledge/codes are what the sources compile to, and small enough for a phone. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { codeFile, compileCodes } from './codes.ts'

const compiled = Object.entries(compileCodes())

for (const [name, text] of compiled) test(`codes/${name}: compiling the sources again gives the committed bytes`, () => {
  assert.equal(readFileSync(codeFile(name), 'utf8'), text)
})
test('all vaccine codes together are at most 70 kB compressed', () => {
  const bytes = compiled.reduce((sum, [, text]) => sum + gzipSync(text, { level: 9 }).length, 0)
  assert.ok(bytes <= 70_000, `${bytes} bytes`)
})
test('immunoglobulins, antitoxins and antibodies are marked; a vaccine is not', () => {
  const { passive } = JSON.parse(compileCodes()['concepts.json']) as { readonly passive: readonly string[] }
  // VAL110 tetanus immunoglobulin, VAL321 nirsevimab, VAC1127 an immunoglobulin written with the valences of vaccines; VAL067 tetanus toxoid, VAL338 "antibody or vaccine"
  assert.deepEqual(['VAL110', 'VAL321', 'VAC1127', 'VAL067', 'VAL338'].map((id) => passive.includes(id)), [true, true, true, false, false])
})
