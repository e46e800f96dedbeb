/** What lies in knowledge/ is what the sources compile to, byte for byte. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { CDSI_SCHEDULE_FILE, compileCdsi } from './cdsi.ts'

test('immunization/cdsi-4.64: the schedule is what the sources compile to', () => {
  assert.equal(readFileSync(CDSI_SCHEDULE_FILE, 'utf8'), compileCdsi())
})
