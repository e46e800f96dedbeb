/** Countries are folders: each compiles to what is committed, an incomplete one is named by its first gap, and none is known to the code. */
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { ROOT } from '../boundaries.ts'
import { filesEnding } from '../run.ts'
import { EDITIONS_DOC, editionsDoc } from './docs.ts'
import { LISTING_FILE, listing } from './listing.ts'
import { fitting, isShorter, parseReportedAge } from './national/ages.ts'
import { firstGap } from './national/check.ts'
import { compileNational, nationalFolders, nationalScheduleFile } from './national/index.ts'
import { IMMUNIZATION, readNational, type NationalLine } from './national/source.ts'
import { scheduleText } from './schedule.ts'

test('twelve countries', () => {
  assert.deepEqual(nationalFolders(), ['bgd-2024', 'bra-2023', 'deu-2023', 'eth-2023', 'fra-2023', 'gbr-2023', 'ind-2023', 'ken-2023', 'nga-2026', 'pak-2024', 'ukr-2024', 'zaf-2023'])
})
for (const folder of nationalFolders()) test(`immunization/${folder}: no gap, and the schedule is what its lines compile to`, () => {
  assert.equal(firstGap(path.join(IMMUNIZATION, folder)), undefined)
  assert.equal(readFileSync(nationalScheduleFile(folder), 'utf8'), scheduleText(compileNational(readNational(folder))))
})
test('the listing is what the folders say', () => { assert.equal(readFileSync(LISTING_FILE, 'utf8'), listing()) })

test('each country is a folder and no code: no program names one', () => {
  const code = filesEnding('.ts').filter((file) => /^(?:engines|record|scripts|knowledge)\//.test(file) && !file.includes('.test.') && !file.includes('/testing/') && !file.endsWith('generated.ts'))
  assert.ok(code.length > 100)
  for (const file of code) assert.doesNotMatch(readFileSync(path.join(ROOT, file), 'utf8'), new RegExp(nationalFolders().join('|')), file)
})

const folder = mkdtempSync(path.join(tmpdir(), 'bairn country '))
after(() => { rmSync(folder, { recursive: true, force: true }) })
const spoilt = (change: (files: { edition: Record<string, unknown>; national: { lines: Record<string, unknown>[]; leftOut: unknown } }) => void): string | undefined => {
  const own = path.join(folder, 'ken-2023')
  cpSync(path.join(IMMUNIZATION, 'ken-2023'), own, { recursive: true })
  const read = (file: string) => JSON.parse(readFileSync(path.join(own, file), 'utf8'))
  const files = { edition: read('edition.json'), national: read('national.json') }
  change(files)
  writeFileSync(path.join(own, 'edition.json'), JSON.stringify(files.edition))
  writeFileSync(path.join(own, 'national.json'), JSON.stringify(files.national))
  return firstGap(own)
}
for (const { gap, change } of [
  { gap: 'ken-2023/edition.json: no reviewBy', change: ({ edition }) => { delete edition['reviewBy'] } },
  { gap: "ken-2023/edition.json, country: not two letters of ISO 3166: 'KEN'", change: ({ edition }) => { edition['country'] = 'KEN' } },
  { gap: "ken-2023/edition.json, effective: not a date: '2023'", change: ({ edition }) => { edition['effective'] = '2023' } },
  { gap: 'ken-2023/national.json: no lines', change: ({ national }) => { national.lines = [] } },
  { gap: "ken-2023/national.json, line 3 (DTWPHIBHEPB), dose 2: not an age: 'W10x'", change: ({ national }) => { national.lines[2] = { ...national.lines[2], doses: ['W6', 'W10x', 'W14'] } } },
  { gap: "ken-2023/national.json, line 1: no vaccine 'BGC' in sources/who-unicef/vaccines.json", change: ({ national }) => { national.lines[0] = { ...national.lines[0], vaccine: 'BGC' } } },
  { gap: "ken-2023/national.json, line 2 (OPV): no source 'X' in edition.json", change: ({ national }) => { national.lines[1] = { ...national.lines[1], source: 'X' } } },
  { gap: 'ken-2023/national.json, line 8 (MR): no doses', change: ({ national }) => { national.lines[7] = { ...national.lines[7], doses: [] } } },
  { gap: 'ken-2023/national.json, line 10 (HPV4), dose 1: an interval and no dose before it', change: ({ national }) => { national.lines[9] = { ...national.lines[9], doses: ['+M6'] } } },
] satisfies readonly { gap: string; change: Parameters<typeof spoilt>[0] }[]) test(`an incomplete country is named: ${gap}`, () => { assert.equal(spoilt(change), gap) })
test('an incomplete country is named: no national.json', () => {
  spoilt(() => undefined)
  rmSync(path.join(folder, 'ken-2023', 'national.json'))
  assert.equal(firstGap(path.join(folder, 'ken-2023')), 'ken-2023: no national.json')
})

test('reported ages: windows end when the last unit is over, intervals follow the dose before', () => {
  assert.deepEqual(['B', 'D3', 'M16-M24', 'Y9-Y14', '+M6'].map(parseReportedAge), [
    { kind: 'age', from: '0 days' }, { kind: 'age', from: '3 days' }, { kind: 'age', from: '16 months', overdue: '25 months' },
    { kind: 'age', from: '9 years', overdue: '15 years' }, { kind: 'after', period: '6 months' },
  ])
  assert.throws(() => parseReportedAge('1st contact'), /not an age/)
})
test('a period is the shorter one only where it is for every birthday; an interval that does not always fit becomes days', () => {
  assert.deepEqual([isShorter('60 days', '2 months'), isShorter('6 months', '9 months'), isShorter('28 days', '4 weeks')], [false, true, false])
  assert.equal(fitting({ from: '2 months', to: '4 months', interval: '4 weeks' }), '4 weeks')
  assert.equal(fitting({ from: '5 months', to: '12 months', interval: '1 year' }), '212 days')
})

const line = (vaccine: string, doses: string, more: Partial<NationalLine> = {}): NationalLine => ({ vaccine, doses: doses.split(' '), source: 'W', ...more })
const compiled = (...lines: readonly NationalLine[]) => compileNational({ lines, leftOut: [] }).antigens.flatMap(({ series }) => series)
test('borrowing: WHO\'s minimum, the country\'s recommended age; an earlier recommendation lowers the minimum', () => {
  const [usual] = compiled(line('MEASLES', 'M9 M15'))
  assert.deepEqual(usual?.doses.map(({ ages, intervals }) => [ages, intervals]), [
    [[{ absMin: '9 months', min: '9 months', earliestRec: '9 months', latestRec: '9 months + 4 weeks' }], undefined],
    [[{ earliestRec: '15 months', latestRec: '15 months + 4 weeks' }], [{ from: { previous: true }, absMin: '4 weeks', min: '4 weeks' }]],
  ])
  const [early] = compiled(line('MEASLES', 'M6 M12'))
  assert.equal(early?.doses[0]?.ages?.[0]?.absMin, '6 months')
})
test('borrowing: what is given in some places only is asked for by an observation, what is for girls is only judged for others', () => {
  const series = compiled(line('HPV4', 'Y9', { sex: 'female', somePlaces: true }))
  assert.deepEqual(series.map(({ type, sexes, indications }) => [type, sexes, indications]), [['risk', ['female'], [{ observation: 'place-hpv' }]], ['evaluationOnly', ['male', 'unknown'], undefined]])
  const hepB = compiled(line('HEPB_PEDIATRIC', 'B', { somePlaces: true }), line('DTWPHIBHEPB', 'W6 W10 W14')).filter(({ name }) => name.startsWith('HepB'))
  assert.deepEqual(hepB.map(({ type, doses, equivalentSeriesGroups }) => [type, doses.length, doses[0]?.skips?.length, equivalentSeriesGroups]), [['standard', 4, 2, ['2']], ['risk', 4, 1, undefined]])
})
test('borrowing: a figure of the country\'s own stands before WHO\'s and is marked', () => {
  const [rotavirus] = compiled(line('ROTAVIRUS_1', 'W6 M3', { own: { 2: { max: '24 weeks + 1 day' } } }))
  assert.deepEqual(rotavirus?.doses.map(({ ages }) => [ages?.[0]?.max, ages?.[0]?.ownMax]), [['24 months', undefined], ['24 weeks + 1 day', true]])
})
test('docs/editions.md says what the editions say', async () => { assert.equal(readFileSync(EDITIONS_DOC, 'utf8'), await editionsDoc()) })
