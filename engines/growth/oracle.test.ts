/** Every z-score, flag and missing value as R anthro and anthroplus give them. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { loadEditions } from '@bairn/knowledge'
import { compareWithOracle, readOracle, type OracleRow } from './testing/oracle.ts'

const here = import.meta.dirname
const shared = path.resolve(process.env['BAIRN_SHARED'] ?? path.join(here, '../../../shared'), 'data/growth/oracle')
const { growth } = await loadEditions()

for (const { name, edition, rows } of [{ name: 'who-0-5', edition: 1, rows: 20_000 }, { name: 'who-5-19', edition: 2, rows: 10_000 }] as const) {
  test(`${name}: the sample is equal in every cell`, () => {
    const { cells, differences } = compareWithOracle(readOracle(path.join(here, 'golden', `${name}.csv`)), edition, growth)
    assert.ok(cells > 900)
    assert.deepEqual(differences, [])
  })
  const whole = path.join(shared, `${name}.csv.gz`)
  test(`${name}: all rows are equal in every cell`, { skip: existsSync(whole) ? false : `the whole suite is not here: ${whole}` }, () => {
    const all = readOracle(whole)
    assert.equal(all.length, rows)
    assert.deepEqual(compareWithOracle(all, edition, growth).differences, [])
  })
}

const surveys = path.resolve(shared, '../who/survey')
for (const { name, edition, beyond } of [
  // Scored by WHO's earlier programs beyond the ends that today's have: 60 months, 10 years, 19 years.
  { name: 'igrowup-demo-0-5', edition: 1, beyond: (row: OracleRow) => Number(row['age_months']) >= 60 },
  { name: 'who2007-demo-5-19', edition: 2, beyond: (row: OracleRow) => (Number(row['age_months']) > 120 && Number(row['age_months']) < 121) || Number(row['age_months']) > 228 },
] as const) {
  const file = path.join(surveys, `${name}.csv`)
  test(`WHO's demonstration survey ${name}: every score as WHO's earlier program gave it`, { skip: existsSync(file) ? false : `the survey is not here: ${file}` }, () => {
    const rows = readOracle(file).filter((row) => !beyond(row)).map((row) => ({ ...row, age: row['age_months'] ?? '', age_unit: 'm', ...(row['height'] === undefined ? {} : { lenhei: row['height'] }) }))
    assert.ok(rows.length > 480)
    assert.deepEqual(compareWithOracle(rows, edition, growth).differences, [])
  })
}
