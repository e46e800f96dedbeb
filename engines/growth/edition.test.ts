import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { checkGrowthEdition, decodeGrowthEdition, type GrowthFigures, type GrowthTables } from './edition.ts'

const folder = path.resolve(import.meta.dirname, '../../knowledge/growth/who-2006')
const read = <T>(file: string): T => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as T
const figures = read<GrowthFigures>('edition.json')
const tables = read<GrowthTables>('tables.json')

test('the edition has nothing wrong, and its rows are the source\'s', () => {
  assert.deepEqual(checkGrowthEdition(figures, tables), [])
  assert.deepEqual([...(decodeGrowthEdition(figures, tables).tables.weightForAge?.male.slice(0, 3) ?? [])], [0.3487, 3.3464, 0.14602])
})
for (const { name, broken, problem } of [
  { name: 'a rule without a source', broken: { ...figures, rules: { ...figures.rules, z: { source: 'nowhere', evidence: 'stated' } } }, problem: "rule z: no source 'nowhere'" },
  { name: 'an evidence mark that does not exist', broken: { ...figures, rules: { ...figures.rules, z: { source: 'methods', evidence: 'sure' } } }, problem: "rule z: evidence 'sure'" },
  { name: 'a class with neither limit', broken: { ...figures, classes: [{ indicator: 'weightForAge', class: 'x', rule: 'class' }] }, problem: 'class x: needs either below or above' },
  { name: 'a class of an indicator that does not exist', broken: { ...figures, classes: [{ indicator: 'shoeSize', class: 'x', rule: 'class', below: 1 }] }, problem: "class x: no indicator 'shoeSize'" },
  { name: 'a date that is none', broken: { ...figures, reviewBy: '2028' }, problem: 'not a date: 2028' },
]) test(`${name} is refused by name`, () => {
  assert.deepEqual(checkGrowthEdition(broken as GrowthFigures, tables), [problem])
  assert.throws(() => decodeGrowthEdition(broken as GrowthFigures, tables), new RegExp(problem.replace(/[()]/g, '.')))
})
test('a table with a row missing for one sex is refused', () => {
  const wfa = tables['weightForAge'] as unknown as { male: { l: number[]; m: number[]; s: number[] } }
  const shorter = { ...tables, weightForAge: { ...wfa, male: { ...wfa.male, s: wfa.male.s.slice(1) } } } as unknown as GrowthTables
  assert.deepEqual(checkGrowthEdition(figures, shorter), ['table weightForAge: lists differ in length'])
})
