/** Which command is meant, whatever stands before it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordOf } from './bootstrap.mjs'

for (const { words, meant } of [
  { words: ['start'], meant: 'start' }, { words: ['--lang', 'fr', 'start'], meant: 'start' }, { words: ['--lang=ar', 'growth', 'start.csv'], meant: 'growth' },
  { words: ['--help'], meant: undefined }, { words: [], meant: undefined }, { words: ['forecast', '--lang', 'fr', '-'], meant: 'forecast' },
]) test(`bairn ${words.join(' ')}: ${meant ?? 'no command'}`, () => { assert.equal(wordOf(words), meant) })
