/** `bairn growth` on every kind of file that people have. */
import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import papaparse from 'papaparse'
import { runGrowth } from './index.ts'

let folder = ''
before(() => { folder = mkdtempSync(path.join(tmpdir(), 'bairn growth ')) })
after(() => { rmSync(folder, { recursive: true, force: true }) })

interface Result { readonly code: number; readonly rows: Record<string, string>[]; readonly text: string; readonly notices: string }
function collector(): { readonly stream: Writable; readonly text: () => string } {
  const parts: Buffer[] = []
  return { stream: new Writable({ write: (chunk: Buffer, _, done) => { parts.push(chunk); done() } }), text: () => Buffer.concat(parts).toString('utf8') }
}
async function run(content: string | Buffer, options: { readonly stdin?: boolean; readonly name?: string; readonly language?: 'en' | 'fr' | 'ar' } = {}): Promise<Result> {
  const file = path.join(folder, options.name ?? 'in.csv')
  writeFileSync(file, content)
  const [out, err, stdin] = [collector(), collector(), new PassThrough()]
  stdin.end(content)
  const code = await runGrowth({ ...(options.stdin === true ? {} : { file }), language: options.language ?? 'en', stdin, stdout: out.stream, stderr: err.stream })
  return { code, text: out.text(), notices: err.text(), rows: papaparse.parse<Record<string, string>>(out.text(), { header: true, skipEmptyLines: true }).data }
}
const HEAD = 'id,sex,age,age_unit,weight,lenhei,measure,headc,armc,triskin,subskin,oedema'
const boy = 'a,m,400,d,10,76,l,46,14.5,8,6,n'
const zs = (row: Record<string, string> | undefined): string => ['zlen', 'zwei', 'zwfl', 'zbmi', 'zhc', 'zac', 'zts', 'zss'].map((name) => row?.[name]).join(' ')
const ALL = '-0.44 0.09 0.36 0.48 -0.29 -0.16 0.01 -0.34'

test('the columns are always all there, in this order', async () => {
  const { code, text, notices } = await run(`${HEAD}\n${boy}\n`)
  assert.equal(text.split('\n')[0], 'id,zlen,zwei,zwfl,zbmi,zhc,zac,zts,zss,flen,fwei,fwfl,fbmi,fhc,fac,fts,fss,zhfa,zwfa,zbfa,fhfa,fwfa,fbfa,reason')
  assert.equal(text.split('\n')[1], `a,${ALL.replaceAll(' ', ',')},0,0,0,0,0,0,0,0,,,,,,,`)
  assert.deepEqual([code, notices], [0, ''])
})

for (const { name, content } of [
  { name: 'a BOM', content: `\ufeff${HEAD}\n${boy}\n` },
  { name: 'Windows line ends', content: `${HEAD}\r\n${boy}\r\n` },
  { name: 'semicolons and decimal commas', content: `${HEAD}\n${boy}\n`.replaceAll(',', ';').replaceAll('14.5', '14,5') },
  { name: 'tabs', content: `${HEAD}\n${boy}\n`.replaceAll(',', '\t') },
  { name: 'quoted cells', content: `${HEAD}\n"a","m","400","d","10","76","l","46","14,5","8","6","n"\n` },
  { name: 'codes in capitals and as numbers', content: `${HEAD.toUpperCase()}\na,1,400,D,10,76,L,46,14.5,8,6,2\n` },
  { name: 'columns in another order, and extra ones', content: `oedema,village,weight,lenhei,measure,headc,armc,triskin,subskin,age_unit,age,sex,id\nn,"Ahero, west",10,76,l,46,14.5,8,6,d,400,m,a\n` },
  { name: 'dates instead of an age', content: `id,sex,birth_date,date,weight,lenhei,measure,headc,armc,triskin,subskin,oedema\na,m,2025-01-01,2026-02-05,10,76,l,46,14.5,8,6,n\n` },
  { name: 'Arabic-Indic digits', content: `${HEAD}\na,m,٤٠٠,d,١٠,٧٦,l,٤٦,١٤٫٥,٨,٦,n\n` },
  { name: 'spaces around cells', content: `${HEAD}\n a , m , 400 , d , 10 , 76 , l , 46 , 14.5 , 8 , 6 , n \n` },
  { name: 'no line end at the end', content: `${HEAD}\n${boy}` },
  { name: 'line ends of old Macintoshes', content: `${HEAD}\r${boy}\r` },
  { name: 'numbers as statistics programs write them', content: `${HEAD}\na,m,4e+02,d,1E1,76,l,46,145e-1,8,6,n\n` },
  { name: 'an age without its unit beside dates', content: `id,sex,age,birth_date,date,weight,lenhei,measure,headc,armc,triskin,subskin,oedema\na,m,1,2025-01-01,2026-02-05,10,76,l,46,14.5,8,6,n\n` },
  { name: 'empty lines', content: `${HEAD}\n\n${boy}\n\n` },
  { name: 'UTF-16 as spreadsheets write it', content: Buffer.from(`\ufeff${HEAD}\n${boy}\n`.replaceAll(',', '\t'), 'utf16le') },
  { name: 'gzip', content: gzipSync(`${HEAD}\n${boy}\n`) },
]) for (const stdin of [false, true]) test(`${name}, from ${stdin ? 'standard input' : 'a file'}`, async () => {
  const { code, rows } = await run(content, { stdin })
  assert.deepEqual([code, rows.length, rows[0]?.['id'], zs(rows[0])], [0, 1, 'a', ALL])
})
test('two kinds of line ends in one file', async () => {
  const { code, rows } = await run(`${HEAD}\r\n${boy}\n${boy}\r\n${boy}\n`)
  assert.deepEqual([code, rows.map(zs)], [0, [ALL, ALL, ALL]])
})
test('an id in Windows-1252 comes out as UTF-8, without BOM', async () => {
  const { rows, text } = await run(Buffer.from(`${HEAD}\nAn\xefs,m,400,d,10,76,l,,,,,n\n`, 'latin1'))
  assert.equal(rows[0]?.['id'], 'Anïs')
  assert.ok(!text.startsWith('\ufeff'))
})
test('an id with a comma and a quotation mark stays one cell', async () => {
  const { rows } = await run(`${HEAD}\n"a ""b"", c",m,400,d,10,76,l,46,14.5,8,6,n\n`)
  assert.deepEqual([rows[0]?.['id'], zs(rows[0])], ['a "b", c', ALL])
})

for (const { name, row, reason, code } of [
  { name: 'nothing measured', row: 'a,m,400,d,,,,,,,,n', code: 0, reason: 'zlen: lenhei not measured; zwei: weight not measured; zwfl zbmi: weight and lenhei not measured; zhc: headc not measured; zac: armc not measured; zts: triskin not measured; zss: subskin not measured' },
  { name: 'oedema', row: 'a,m,400,d,10,76,l,46,14.5,8,6,Y', code: 0, reason: 'zwei zwfl zbmi: oedema, the weight misleads' },
  { name: 'arm below 91 days', row: 'a,m,90,d,6,60,l,40,12,8,6,n', code: 0, reason: 'zac zts zss: age below 91 days, the table begins there' },
  { name: 'length outside the table', row: 'a,m,5,d,2.5,44.9,l,33,,,,n', code: 0, reason: 'zwfl: length 44.9 cm is below 45 cm, where the table begins; zac: armc not measured; zts: triskin not measured; zss: subskin not measured' },
  { name: 'weight-for-age above ten years', row: 'a,f,120.01,m,30,135,h,,,,,n', code: 0, reason: 'zwfa: weight-for-age ends at 10 years, use BMI-for-age' },
  { name: 'older than the reference', row: 'a,f,228.01,m,55,160,h,,,,,n', code: 0, reason: 'zhfa zwfa zbfa: age outside the reference, it ends at 19 years (228 months)' },
  { name: 'sex not known', row: 'a,,400,d,10,76,l,46,14.5,8,6,n', code: 0, reason: 'zlen zwei zwfl zbmi zhc zac zts zss: sex not known' },
  { name: 'age not known', row: 'a,m,,d,10,76,l,46,14.5,8,6,n', code: 0, reason: 'zlen zwei zbmi zhc zac zts zss: age not known' },
  { name: 'weight 0', row: 'a,m,400,d,0,76,l,46,14.5,8,6,n', code: 0, reason: 'zwei zwfl zbmi: weight 0 is impossible for a child, it must be greater than 0' },
  { name: 'height -75', row: 'a,m,400,d,10,-75,l,46,14.5,8,6,n', code: 0, reason: 'zlen zwfl zbmi: lenhei -75 is impossible for a child, it must be greater than 0' },
  { name: '400 kg', row: 'a,m,100,m,400,127,h,,,,,n', code: 0, reason: 'zwfa zbfa: weight 400 is impossible for a child' },
  { name: 'grams', row: 'a,m,400,d,9800,76,l,46,14.5,8,6,n', code: 0, reason: 'zwei zwfl zbmi: weight 9800 is impossible for a child, were grams meant?' },
  { name: 'metres', row: 'a,m,400,d,10,0.76,l,46,14.5,8,6,n', code: 0, reason: 'zlen zwfl zbmi: lenhei 0.76 is impossible for a child, were metres meant?' },
  { name: 'millimetres', row: 'a,m,400,d,10,76,l,46,145,8,6,n', code: 0, reason: 'zac: armc 145 is impossible for a child, were millimetres meant?' },
  { name: 'an age below 0', row: 'a,m,-1,d,10,76,l,46,14.5,8,6,n', code: 0, reason: 'age "-1" not used: below 0; zlen zwei zbmi zhc zac zts zss: age not known' },
  { name: 'an unknown measure', row: 'a,m,400,d,10,76,s,46,14.5,8,6,n', code: 0, reason: 'measure "s" not used: l or h' },
  { name: 'a word for a number', row: 'a,m,400,d,ten,76,l,46,14.5,8,6,n', code: 0, reason: 'weight "ten" not used: not a number; zwei zwfl zbmi: weight not measured' },
  { name: 'infinity', row: 'a,m,400,d,Inf,76,l,46,14.5,8,6,n', code: 0, reason: 'weight "Inf" not used: not a number; zwei zwfl zbmi: weight not measured' },
  { name: 'a number that may mean two', row: 'a,m,400,d,"1,234",76,l,46,14.5,8,6,n', code: 0, reason: 'weight "1,234" not used: it may mean two numbers; zwei zwfl zbmi: weight not measured' },
  { name: 'a line cut off', row: 'a,m,400,d,1', code: 1, reason: 'line 2 has 5 of 12 cells, nothing of it is used' },
  { name: 'a line with a decimal comma among commas', row: 'a,m,400,d,9,6,76,l,46,14.5,8,6,n', code: 1, reason: 'line 2 has 13 of 12 cells, nothing of it is used' },
]) test(`the reason says: ${name}`, async () => {
  const result = await run(`${HEAD}\n${row}\n`)
  assert.deepEqual([result.code, result.rows[0]?.['reason']], [code, reason])
})

for (const { name, content, sentence } of [
  { name: 'no sex', content: 'id,age,age_unit,weight\na,400,d,10\n', sentence: 'The file has no column “sex”. Add it; id, sex and an age are needed.' },
  { name: 'no age', content: 'id,sex,weight\na,m,10\n', sentence: 'The file has no age: it needs the columns age and age_unit, or birth_date and date.' },
  { name: 'a column twice', content: 'id,sex,age,age_unit,weight,weight\na,m,400,d,10,11\n', sentence: 'The column “weight” stands twice in the first line. Keep one of them.' },
  { name: 'an empty file', content: '', sentence: 'The file is empty. Its first line must name the columns.' },
  { name: 'not text', content: Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 1]), sentence: 'Near line 1 the file is not text. Save it as CSV (UTF-8) and run again.' },
  { name: 'a quotation mark left open', content: `${HEAD}\na,m,400,d,10,76,l,46,14.5,8,6,n\n"b,m,400,d,10\nc,m,1,d,,,,,,,,\n`, sentence: 'A quotation mark opened near line 3 is not closed. Close it and run again.' },
  { name: 'gzip cut off', content: gzipSync(`${HEAD}\n${boy}\n`).subarray(0, 40), sentence: 'The compressed file is damaged or cut off. Fetch it again.' },
]) test(`one sentence and exit 1: ${name}`, async () => {
  const { code, notices } = await run(content)
  assert.deepEqual([code, notices.trim().split('\n').at(-1)], [1, sentence])
})
test('a file that is not there, and a folder', async () => {
  const err = collector()
  const missing = path.join(folder, 'nothing.csv')
  assert.equal(await runGrowth({ file: missing, language: 'en', stdin: new PassThrough(), stdout: collector().stream, stderr: err.stream }), 1)
  assert.equal(await runGrowth({ file: folder, language: 'en', stdin: new PassThrough(), stdout: collector().stream, stderr: err.stream }), 1)
  assert.equal(err.text(), `There is no file “${missing}”. Check the name and the folder.\n“${folder}” is a folder. Name the CSV file in it.\n`)
})
test('missing columns count as empty and are named once; numeric oedema is announced once', async () => {
  const { code, notices, rows } = await run(`id,sex,age,age_unit,weight,oedema\n${Array.from({ length: 9000 }, (_, index) => `c${index},m,400,d,10,2`).join('\n')}\n`)
  assert.deepEqual([code, rows.length], [0, 9000])
  assert.equal(notices, 'Columns not in the file, taken as empty: lenhei, measure, headc, armc, triskin, subskin.\nOedema is coded 1 and 2 here: read as 1 = yes, 2 = no.\n')
})
test('a first line that stands in the middle again is left out, and said', async () => {
  const { code, rows, notices } = await run(`${HEAD}\n${boy}\n${HEAD}\n${boy}\n`)
  assert.deepEqual([code, rows.length, notices], [0, 2, 'Line 3 repeats the first line and was left out.\n'])
})
test('--out appears whole or not at all', async () => {
  const input = path.join(folder, 'whole.csv')
  const out = path.join(folder, 'whole-out.csv')
  const options = { file: input, out, language: 'en' as const, stdin: new PassThrough(), stdout: collector().stream, stderr: collector().stream }
  writeFileSync(input, `${HEAD}\n${boy}\n"open,m,1,d,,,,,,,,\n`)
  assert.equal(await runGrowth(options), 1)
  assert.ok(!existsSync(out))
  writeFileSync(input, `${HEAD}\n${boy}\n`)
  assert.equal(await runGrowth(options), 0)
  assert.equal(readFileSync(out, 'utf8').split('\n').length, 3)
  assert.deepEqual(readdirSync(folder).filter((name) => name.includes('partial')), [])
})
test('--out into a named pipe is written to it, and leaves it there', { skip: process.platform === 'win32' ? 'no named pipes here' : false }, async () => {
  const [input, pipe] = [path.join(folder, 'piped.csv'), path.join(folder, 'a pipe')]
  writeFileSync(input, `${HEAD}\n${boy}\n`)
  execFileSync('sh', ['-c', 'exec mkfifo "$0"', pipe])
  const read = promisify(execFile)('cat', [pipe])
  assert.equal(await runGrowth({ file: input, out: pipe, language: 'en', stdin: new PassThrough(), stdout: collector().stream, stderr: collector().stream }), 0)
  assert.equal((await read).stdout.split('\n').length, 3)
  assert.ok(statSync(pipe).isFIFO())
})
test('children under 9 months said to stand are counted once, to be measured again', async () => {
  const standing = (id: string, days: number): string => `${id},m,${days},d,8,70,h,44,14,8,6,n`
  const { code, notices, rows } = await run(`${HEAD}\n${standing('a', 273)}\n${standing('b', 200)}\n${standing('c', 274)}\n`)
  assert.deepEqual([code, rows[0]?.['zlen'], rows[2]?.['zlen'], rows[0]?.['reason']], [0, '-0.86', '-0.57', ''])
  assert.equal(notices, '2 children under 9 months measured standing: not possible at that age, so the length is scored as it is, without the 0.7 cm. Measure again, lying.\n')
})
test('the sentences come in the language asked for', async () => {
  assert.match((await run('', { language: 'fr' })).notices, /^Le fichier est vide\./)
  assert.match((await run('', { language: 'ar' })).notices, /^الملف فارغ\./)
})
