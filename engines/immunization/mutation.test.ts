/**
 * Every datum of every edition decides something that is asked: it is changed, one at a time, and some answer must change with it. 40 of the
 * 24,000 changes of the United States, drawn by seed, and all of them with BAIRN_PROVE=1. What nothing notices stands in
 * golden/known-survivors.txt with its reason, four of a hundred at most; what decides nothing by a rule of the logic is named by that rule (testing/mutations.ts).
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { WRITTEN_EDITIONS } from './testing/editions.ts'
import { mutationsOf, type Mutation } from './testing/mutations.ts'
import { noticingOf } from './testing/noticing.ts'

const PROVE = process.env['BAIRN_PROVE'] === '1'
const SAMPLED = 40
const SEED = Number(process.env['BAIRN_SEED'] ?? 8)

const known = readFileSync(new URL('golden/known-survivors.txt', import.meta.url), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(' | ')[0] as string)
const patterns = known.map((line) => new RegExp(`^${line.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`))

for (const written of WRITTEN_EDITIONS) test(`${written.id}: ${PROVE ? 'each datum' : `${SAMPLED} data`} changed, and an answer changes`, () => {
  const all = mutationsOf(written.schedule).filter(({ silent }) => silent === undefined)
  const chosen = PROVE ? all : Array.from({ length: SAMPLED }, (_, at) => all[Math.floor((at * 0.6180339887 + SEED / 97) % 1 * all.length)] as Mutation)
  const notices = noticingOf(written)
  const survivors = chosen.filter((mutation) => !notices(mutation)).map(({ name }) => `${written.id}/${name}`)
  assert.deepEqual(survivors.filter((name) => !patterns.some((pattern) => pattern.test(name))), [])
  assert.ok(survivors.length <= Math.max(6, chosen.length * 0.04), `${survivors.length} of ${chosen.length} changes are noticed by nothing:\n${survivors.join('\n')}`)
})

for (const written of WRITTEN_EDITIONS) test(`${written.id}: a change that changes nothing is not noticed`, () => {
  const all = mutationsOf(written.schedule)
  const notices = noticingOf(written)
  for (const kind of ['antigen', 'vaccine', 'conflict', 'group'] as const) {
    const one = all.find((mutation) => mutation.kind === kind)
    if (one !== undefined) assert.equal(notices({ ...one, schedule: () => written.schedule }), false, one.name)
  }
  const dose = all.find((mutation) => mutation.dose !== undefined)
  assert.equal(notices({ ...dose as Mutation, schedule: () => written.schedule }), false, dose?.name)
})

test('each kind of change is made, and each rule by which a datum is silent is met', () => {
  const all = WRITTEN_EDITIONS.flatMap(({ schedule }) => mutationsOf(schedule))
  for (const kind of ['antigen', 'vaccine', 'conflict', 'group'] as const) assert.ok(all.some((mutation) => mutation.kind === kind), kind)
  assert.ok(all.length > 20_000 && all.filter(({ silent }) => silent !== undefined).length < all.length / 4)
  for (const what of ['a day later', 'left out', 'turned round', 'one more', 'last', 'another', 'any', 'another group', 'from the dose before']) assert.ok(all.some(({ name }) => name.includes(`: ${what}`)), what)
})
