/** CDC's own cases (golden/README.md): dose statuses, series status, forecast number and dates, in both modes. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { loadImmunizationEdition } from '@bairn/knowledge'
import { compareCase, groupOf, readCases, WORKBOOKS, type Workbook } from './testing/cases.ts'

const edition = await loadImmunizationEdition('cdsi-4.64')
assert.ok(edition !== undefined)
const ROOT = path.resolve(import.meta.dirname, '../..')
const known = readFileSync(path.join(import.meta.dirname, 'golden/known-failures.txt'), 'utf8').split('\n')
  .filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('|').map((cell) => cell.trim()))
const knownIn = (mode: string): string[] => known.filter(([, modes]) => modes === mode || (mode !== 'reason' && modes === 'both')).map(([id]) => id as string).toSorted()

interface Row { readonly id: string; readonly group: string; readonly differences: readonly string[]; readonly reasonsMissed: readonly string[]; readonly reasons: number }
const run = (workbook: Workbook, strict: boolean): readonly Row[] =>
  readCases(workbook).map((row) => ({ id: row['CDC_Test_ID'] ?? '', group: groupOf(row), ...compareCase(row, workbook, edition, strict) }))
const results = { healthy: { strict: run('healthy', true), default: run('healthy', false) }, underlying: { strict: run('underlying', true), default: run('underlying', false) } }

for (const mode of ['strict', 'default'] as const) {
  test(`healthy, ${mode}: 765 rows, each exact`, () => {
    assert.equal(results.healthy[mode].length, 765)
    assert.deepEqual(results.healthy[mode].filter(({ differences }) => differences.length > 0), [])
  })
  test(`underlying, ${mode}: 240 rows; those that differ are exactly the known ones`, () => {
    const failing = results.underlying[mode].filter(({ differences }) => differences.length > 0)
    assert.equal(results.underlying[mode].length, 240)
    assert.deepEqual(failing.map(({ id }) => id).toSorted(), knownIn(mode), failing.map(({ id, differences }) => `${id}: ${differences.join('; ')}`).join('\n'))
  })
}
test('the expected reason is among those given, but for the known rows', () => {
  const all = [...results.healthy.strict, ...results.underlying.strict]
  assert.ok(all.reduce((sum, { reasons }) => sum + reasons, 0) > 150)
  assert.deepEqual(all.filter(({ reasonsMissed }) => reasonsMissed.length > 0).map(({ id }) => id), knownIn('reason'))
})

test('docs/immunization.md shows what passes, by vaccine group', () => {
  const file = path.join(ROOT, 'docs/immunization.md')
  const text = passTable()
  if (process.env['BAIRN_GOLDEN'] === 'write') writeFileSync(file, text)
  assert.equal(readFileSync(file, 'utf8'), text)
})

function passTable(): string {
  const lines = ['# Immunization: what passes', '', 'Written by `engines/immunization/cases.test.ts` (`npm run golden` renews it). Schedule: `immunization/cdsi-4.64`. Cases: CDC, see `engines/immunization/golden/README.md`.', '']
  for (const workbook of ['healthy', 'underlying'] as const) {
    const rows = results[workbook].strict
    lines.push(`## ${WORKBOOKS[workbook]}`, '', '| vaccine group | rows | exact, strict | exact, default |', '|---|---:|---:|---:|')
    const passed = (from: readonly Row[], group?: string): number => from.filter((row) => (group === undefined || row.group === group) && row.differences.length === 0).length
    for (const group of [...new Set(rows.map((row) => row.group))].toSorted()) {
      lines.push(`| ${group} | ${rows.filter((row) => row.group === group).length} | ${passed(rows, group)} | ${passed(results[workbook].default, group)} |`)
    }
    lines.push(`| **all** | **${rows.length}** | **${passed(rows)}** | **${passed(results[workbook].default)}** |`, '')
  }
  lines.push('## Rows that differ', '', '| row | mode | who is wrong | why |', '|---|---|---|---|', ...known.map(([id, mode, who, why]) => `| ${id} | ${mode} | ${who} | ${why} |`), '')
  return lines.join('\n')
}
