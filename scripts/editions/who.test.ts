/** What lies in knowledge/ is what the sources compile to, byte for byte; and what the sources say of codes is what NUVA says. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import papaparse from 'papaparse'
import { scheduleText } from './schedule.ts'
import { compileWho, WHO_SCHEDULE_FILE, whoSeries } from './who/index.ts'
import { readWho, WHO_SOURCES } from './who/vaccines.ts'

test('immunization/who-2025: the schedule is what the sources compile to', () => {
  assert.equal(readFileSync(WHO_SCHEDULE_FILE, 'utf8'), scheduleText(compileWho()))
})
test('every series of who-2025 names the WHO table that it was read in', () => {
  for (const { name, source } of whoSeries()) assert.match(source, /^(?:IMMZ\.D2\.DT\.|WHO position paper)/, name)
})

test('a vaccine has its CVX code where NUVA knows an exact one, otherwise its NUVA code', () => {
  const { data } = papaparse.parse<Readonly<Record<string, string>>>(readFileSync(path.join(WHO_SOURCES, 'nuva.csv'), 'utf8'), { header: true, skipEmptyLines: true })
  const { extra } = readWho<{ readonly extra: Readonly<Record<string, { readonly nuva: string }>> }>('vaccines.json')
  for (const [code, { nuva }] of Object.entries(extra)) {
    const own = data.filter((row) => row['nuva'] === nuva)
    assert.ok(own.length > 0, `${code}: NUVA has no ${nuva}`)
    const exact = own.filter((row) => row['best'] === 'Y' && Number(row['equivalents']) > 0).map((row) => row['cvx'])
    assert.deepEqual([code], exact.length > 0 ? exact : [nuva])
  }
})
