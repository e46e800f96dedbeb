/**
 * What every edition answers to the questions of testing/questions.ts and testing/probes.ts, as a digest a series in golden/answers: a change
 * of any datum shows as the series that answer otherwise. `npm run golden` writes them anew; read which series changed before you commit it.
 * Every tenth series in a test, all with BAIRN_PROVE=1.
 */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { answerWhole } from './testing/answers.ts'
import { seriesOf, WRITTEN_EDITIONS, type WrittenEdition, type WrittenSeries } from './testing/editions.ts'
import { probesOf } from './testing/probes.ts'
import { answerOf, questionsOf } from './testing/questions.ts'

const WRITE = process.env['BAIRN_GOLDEN'] === 'write'
const EACH = WRITE || process.env['BAIRN_PROVE'] === '1' ? 1 : 10

for (const written of WRITTEN_EDITIONS) test(`${written.id}: the answers of ${EACH === 1 ? 'every' : 'every tenth'} series are those of its golden file`, () => {
  const file = new URL(`golden/answers/${written.id.replaceAll('/', '-')}.txt`, import.meta.url)
  const all = seriesOf(written)
  if (WRITE) {
    mkdirSync(new URL('.', file), { recursive: true })
    writeFileSync(file, `${all.map((one) => lineOf(one, written)).join('\n')}\n`)
  }
  const golden = readFileSync(file, 'utf8').trim().split('\n')
  assert.equal(golden.length, all.length)
  for (const [at, one] of all.entries()) if (at % EACH === 0) assert.equal(lineOf(one, written), golden[at])
})

/** 'Polio, Polio 4-dose series: 5312 answers 1f2e3d4c' */
function lineOf(one: WrittenSeries, written: WrittenEdition): string {
  const hash = createHash('sha256')
  let answers = 0
  const say = (text: string): void => { hash.update(text).update('\n'); answers += 1 }
  for (const [index, row] of one.row.doses.entries()) for (const question of questionsOf(one.row.doses, row, index)) say(answerOf(question, written.edition, one.series, index))
  for (const probe of probesOf(one, written)) say(answerWhole(probe, written.edition))
  return `${one.name}: ${answers} answers ${hash.digest('hex').slice(0, 16)}`
}
