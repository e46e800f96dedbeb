/** Three children who move (examples/crossing-borders): what is decided of each dose, and docs/crossing-borders.md as `bairn transfer` says it. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Readable, Writable } from 'node:stream'
import { test } from 'node:test'
import { runCrossing } from './index.ts'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const ON = '2026-03-15'
const STORIES = [
  { file: 'kenya-usa', from: 'KE', to: 'US', title: 'Kenya to the United States', about: 'A girl of 18 months, vaccinated as Kenya’s schedule says, up to measles-rubella at 9 months. The United States has validity rules of its own: each decision is CDC’s.' },
  { file: 'ukraine-germany', from: 'UA', to: 'DE', title: 'Ukraine to Germany', about: 'A girl of 4 years, vaccinated in Ukraine until she was one. Germany reported two infant doses and one at 11 months, six months apart; where its own rules are not confirmed here, WHO’s stand in and every such answer says so.' },
  { file: 'nigeria-united-kingdom', from: 'NG', to: 'GB', title: 'Nigeria to the United Kingdom', about: 'A boy of 16 months, vaccinated in Nigeria up to measles, yellow fever and meningitis A at 9 months. His doses count by WHO’s rules, some of them earlier than the United Kingdom gives them: what to ask stands before the plan.' },
] as const

async function run(file: string, from: string, to: string, format: 'text' | 'json'): Promise<string> {
  let out = ''
  const sink = new Writable({ write(piece, _, done) { out += String(piece); done() } })
  const code = await runCrossing({ file: path.join(ROOT, 'examples/crossing-borders', `${file}.json`), from, to, on: ON, format, language: 'en', stdin: Readable.from([]), stdout: sink, stderr: sink })
  assert.equal(code, 0, out)
  return out
}
interface Answer {
  readonly decisions: readonly { readonly dose: { readonly id: string }; readonly disease?: string; readonly decision: string; readonly confirmed: boolean }[]
  readonly ask: readonly { readonly disease: string; readonly dose: string }[]
  readonly toGive: readonly { readonly disease: string; readonly days: readonly number[] }[]
}
const answerOf = async ({ file, from, to }: (typeof STORIES)[number]): Promise<Answer> => JSON.parse(await run(file, from, to, 'json')) as Answer
/** 'Polio: 2 repeat, 10 repeat, 14 accepted' */
const decided = ({ decisions }: Answer, disease: string): string => decisions.filter((one) => one.disease === disease).map(({ dose, decision }) => `${dose.id.replace('dose-', '')} ${decision}`).join(', ')

test('Kenya to the United States: bivalent drops and measles at 9 months do not count, penta counts for five diseases, BCG stays on record', async () => {
  const answer = await answerOf(STORIES[0])
  assert.equal(decided(answer, 'Polio'), '2 repeat, 4 repeat, 8 repeat, 14 accepted, 12 repeat')
  for (const disease of ['Diphtheria', 'Tetanus', 'Pertussis', 'HepB', 'Hib']) assert.equal(decided(answer, disease), '3 accepted, 7 accepted, 11 accepted', disease)
  assert.deepEqual([decided(answer, 'Measles'), decided(answer, 'Rubella'), decided(answer, 'Tuberculosis')], ['15 repeat', '15 repeat', '1 notInSchedule'])
  assert.ok(answer.decisions.every(({ confirmed }) => confirmed))
  assert.deepEqual(answer.ask, [])
  assert.ok(['Measles', 'Mumps', 'Rubella', 'Varicella', 'HepA'].every((disease) => answer.toGive.some((one) => one.disease === disease)))
})
test('Ukraine to Germany: the third dose too soon by Germany’s own six months; measles counts, a second is due; nothing is called confirmed that is not', async () => {
  const answer = await answerOf(STORIES[1])
  for (const disease of ['Diphtheria', 'Tetanus', 'Pertussis']) assert.match(decided(answer, disease), /^\d+ accepted, \d+ accepted, \d+ repeat$/, disease)
  assert.equal(decided(answer, 'Measles'), '11 accepted')
  assert.equal(decided(answer, 'Tuberculosis'), '2 notInSchedule')
  assert.ok(answer.decisions.filter(({ decision }) => decision === 'accepted').every(({ confirmed }) => !confirmed))
  assert.ok(['Pneumococcal', 'Varicella', 'Meningococcal C'].every((disease) => answer.toGive.some((one) => one.disease === disease)))
})
test('Nigeria to the United Kingdom: never called wrong for the country; measles at 9 months does not count by WHO\'s rules for it; BCG and yellow fever stay on record', async () => {
  const answer = await answerOf(STORIES[2])
  assert.ok(answer.decisions.every(({ decision }) => decision !== 'repeat'))
  assert.equal(decided(answer, 'Polio'), '3 notConfirmed, 8 accepted, 5 extra, 10 accepted, 17 accepted, 14 extra')
  assert.deepEqual([decided(answer, 'Measles'), decided(answer, 'Yellow Fever'), decided(answer, 'Tuberculosis')], ['18 notConfirmed', '19 notInSchedule', '1 notInSchedule'])
  assert.ok(answer.ask.some(({ disease }) => disease === 'Pneumococcal'))
  assert.ok(['Meningococcal B', 'Measles', 'Mumps', 'Rubella'].every((disease) => answer.toGive.some((one) => one.disease === disease)))
})

test('docs/crossing-borders.md shows the three stories as `bairn transfer` tells them', async () => {
  const file = path.join(ROOT, 'docs/crossing-borders.md')
  const lines = ['# Crossing borders', '', 'Three children who move, as `bairn transfer` answers. Written by `apps/cli/crossing/stories.test.ts` (`npm run golden` renews it); the children are invented, their records stand in `examples/crossing-borders`.', '']
  for (const { file: name, from, to, title, about } of STORIES) {
    lines.push(`## ${title}`, '', about, '', '```sh', `npx bairn transfer examples/crossing-borders/${name}.json --from ${from} --to ${to} --on ${ON}`, '```', '', '```text', (await run(name, from, to, 'text')).trimEnd(), '```', '')
  }
  const text = lines.join('\n')
  if (process.env['BAIRN_GOLDEN'] === 'write') writeFileSync(file, text)
  assert.equal(text, readFileSync(file, 'utf8'), 'read the difference; npm run golden renews it')
})
