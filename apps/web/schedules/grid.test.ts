/** The schedule by age: rows, columns and rings are the edition's own answers. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ImmunizationEdition } from '@bairn/immunization'
import { formatMessage, IMMUNIZATION_EDITIONS, loadImmunizationEdition, loadMessages } from '@bairn/knowledge'
import { dayOf } from '@bairn/quantities'
import { gridOf, type Grid } from './grid.ts'

await loadMessages('en')
const BORN = dayOf({ year: 2026, month: 11, day: 23 })
const edition = (id: string): Promise<ImmunizationEdition> => loadImmunizationEdition(id) as Promise<ImmunizationEdition>
const kenya = gridOf(await edition('ken-2023'), BORN)

/** 'Measles+Rubella 1@9 months 2@18 months' */
const row = ({ columns, rows }: Grid, antigen: string): readonly string[] => rows.filter(({ antigens }) => antigens.includes(antigen)).map(({ antigens, cells }) =>
  `${antigens.join('+')} ${cells.map(({ number, column }) => `${number}@${formatMessage(columns.find(({ key }) => key === column)?.age ?? { key: '' }, 'en')}`).join(' ')}`)

test('Kenya: one pentavalent vaccine is one row; a measles-rubella vaccine is no mumps vaccine', () => {
  assert.deepEqual(row(kenya, 'Hib'), ['Diphtheria+Tetanus+Pertussis+HepB+Hib 1@6 weeks 2@10 weeks 3@14 weeks'])
  assert.deepEqual(row(kenya, 'Measles'), ['Measles+Rubella 1@9 months 2@18 months'])
})
test('Kenya: malaria stands with its ages as in some places only, HPV is for girls and its second dose stands at the interval', () => {
  const malaria = kenya.rows.find(({ antigens }) => antigens.includes('Malaria'))
  assert.deepEqual([malaria?.somePlaces, malaria?.cells.length], [true, 4])
  assert.deepEqual([kenya.rows.find(({ antigens }) => antigens.includes('HPV'))?.sex, row(kenya, 'HPV')], ['girls', ['HPV 1@10 years 2@10 years 6 months']])
  assert.equal(kenya.rows.find(({ antigens }) => antigens.includes('Measles'))?.sex, 'everybody')
})
test('WHO: doses four weeks apart stand at two ages, each to the day', async () => {
  assert.deepEqual(row(gridOf(await edition('who-2025'), BORN), 'Malaria'), ['Malaria 1@5 months 2@5 months and 4 weeks 3@6 months and 26 days 4@18 months and 26 days'])
})
test('what sources leave open marks its row, and no other', async () => {
  const unsure = (grid: Grid): readonly string[] => grid.rows.filter((one) => one.unsure).map(({ antigens }) => antigens.join('+'))
  assert.deepEqual(unsure(kenya), ['Pneumococcal', 'Rotavirus', 'Polio (inactivated)'])
  assert.deepEqual(unsure(gridOf(await edition('nga-2026'), BORN)), ['Measles', 'Malaria', 'HPV'])
})
test('the United States: seasons, talks and adult vaccines stand beside the grid, not in it', async () => {
  const { aside, rows } = gridOf(await edition('cdsi-4.64'), BORN)
  assert.deepEqual(aside.map(({ group, why }) => `${group} ${why}`), ['COVID-19 talk', 'Influenza season', 'Meningococcal B talk', 'RSV season', 'Zoster later'])
  assert.deepEqual(rows.filter(({ somePlaces }) => somePlaces), [])
})
for (const id of IMMUNIZATION_EDITIONS) test(`${id}: columns go up with age, every dose stands in one of them`, async () => {
  const { columns, rows } = gridOf(await edition(id), BORN)
  assert.deepEqual(columns.map(({ day }) => day), columns.map(({ day }) => day).toSorted((a, b) => a - b))
  const keys = new Set(columns.map(({ key }) => key))
  assert.deepEqual(rows.flatMap(({ cells }) => cells).filter(({ column }) => !keys.has(column)), [])
  assert.ok(rows.length > 5 && rows.every(({ cells }) => cells.length > 0))
})
