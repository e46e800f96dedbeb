import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { compileGrowth, GROWTH_EDITIONS, growthTablesFile } from './growth.ts'

for (const edition of GROWTH_EDITIONS) test(`growth/${edition}: compiling the source again gives the committed bytes`, () => {
  assert.equal(compileGrowth(edition), readFileSync(growthTablesFile(edition), 'utf8'))
})
test('the growth tables together are at most 40 kB compressed', () => {
  const bytes = GROWTH_EDITIONS.reduce((sum, edition) => sum + gzipSync(readFileSync(growthTablesFile(edition)), { level: 9 }).length, 0)
  assert.ok(bytes <= 40_000, `${bytes} bytes`)
})
