/**
 * `bairn growth FILE.csv`: z-scores of a survey, larger than memory. Same columns as WHO's own programs, and the reason for
 * every empty score. Sources: WHO 2006 and 2007 (knowledge/growth). Needs no server, database or home.
 */
import { statSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { makeColumns, makeScores, scoreColumns, type Columns, type GrowthReferences, type Scores } from '@bairn/growth'
import { formatMessage, loadEditions, loadMessages, type Language } from '@bairn/knowledge'
import type { Message } from '@bairn/reasoning'
import { SingleBar } from 'cli-progress'
import papaparse, { type Parser, type ParseStepResult } from 'papaparse'
import { isHeaderAgain, readHeader, separatorOf, type Header } from './header.ts'
import { emptyRow, readRow, type Row } from './rows.ts'
import { openSink, type Sink } from '../streams/sink.ts'
import { openText, Unusable, unusable, type TextSource } from '../streams/source.ts'
import { makeTable, OUTPUT_HEADER } from './table.ts'

export interface GrowthOptions {
  /** undefined or '-': standard input */
  readonly file?: string
  readonly out?: string
  readonly language: Language
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable & { readonly isTTY?: boolean }
}

/** Exit code: 0 every row was answered, 1 the input or a line of it could not be used. */
export async function runGrowth(options: GrowthOptions): Promise<number> {
  await loadMessages(options.language)
  const say = (message: Message): void => { options.stderr.write(`${formatMessage(message, options.language)}\n`) }
  const file = options.file === '-' ? undefined : options.file
  let sink: Sink | undefined
  const stop = (): void => { sink?.abandon() }
  process.once('exit', stop)
  try {
    const source = openText({ file, size: file === undefined ? undefined : sizeOf(file), stdin: options.stdin })
    sink = openSink(options.out, options.stdout)
    const bar = options.stderr.isTTY === true && source.bytes !== undefined ? new SingleBar({ stream: options.stderr, format: '{bar} {percentage} %', hideCursor: true }) : undefined
    bar?.start(source.bytes ?? 1, 0)
    const broken = await score(source, sink, (await loadEditions()).growth, say, () => { bar?.update(source.read()) }).finally(() => { bar?.stop() })
    await sink.finish()
    return broken ? 1 : 0
  } catch (problem) {
    sink?.abandon()
    const code = (problem as NodeJS.ErrnoException).code
    if (code === 'EPIPE') return 1 // the reader left (| head): there is nobody to tell
    say(problem instanceof Unusable ? problem.issue.text : problemText(code, problem as Error, file, options.out))
    return 1
  } finally {
    process.removeListener('exit', stop)
  }
}

const ROWS_AT_ONCE = 4096

/** Scores the whole stream. Gives whether a line could not be used. */
async function score(source: TextSource, sink: Sink, references: GrowthReferences, say: (message: Message) => void, progress: () => void): Promise<boolean> {
  const table = makeTable(references)
  let columns: Columns = makeColumns(ROWS_AT_ONCE)
  let scores: Scores = makeScores(ROWS_AT_ONCE)
  const seen = { numericOedema: false }
  let announced = false
  let header: Header | undefined
  let line = 0
  let broken = false
  let standingInfants = 0

  for await (const rows of records(source)) {
    if (header === undefined) {
      header = readHeader(rows.shift() ?? [])
      line = 1
      if (header.missing.length > 0) say({ key: 'growthFile.columnsEmpty', params: { columns: { text: header.missing.join(', ') } } })
      await sink.write(`${OUTPUT_HEADER}\n`)
    }
    if (rows.length > columns.count) {
      columns = makeColumns(rows.length)
      scores = makeScores(rows.length)
    }
    const batch: Row[] = []
    for (const cells of rows) {
      line += 1
      if (cells.length === 1 && (cells[0] as string).trim() === '') continue
      if (isHeaderAgain(cells, header)) {
        say({ key: 'growthFile.headerAgain', params: { line: { number: line, digits: 0 } } })
        continue
      }
      if (!fits(cells, header)) {
        // A line that was cut may have been cut inside a number, and one with too many cells is shifted: nothing of it is scored.
        broken = true
        say({ key: cells.length < header.width ? 'growthFile.lineShort' : 'growthFile.lineLong', params: { line: { number: line, digits: 0 }, found: { number: cells.length }, expected: { number: header.width } } })
        batch.push(emptyRow(cells[header.place.id as number] ?? '', `line ${line} has ${cells.length} of ${header.width} cells, nothing of it is used`, columns, batch.length))
        continue
      }
      batch.push(readRow(cells, header, columns, batch.length, seen))
    }
    if (seen.numericOedema && !announced) {
      announced = true
      say({ key: 'growthFile.oedemaCodes' })
    }
    scoreColumns({ ...columns, count: batch.length }, references, scores)
    let text = ''
    for (let child = 0; child < batch.length; child++) {
      text += `${table.line(batch[child] as Row, child, columns, scores)}\n`
      standingInfants += scores.implausiblePosition[child] as number
    }
    await sink.write(text)
    progress()
  }
  if (header === undefined) throw unusable('empty', {})
  if (standingInfants > 0) say({ key: 'growthFile.standingInfants', params: { count: { number: standingInfants } } })
  return broken
}

const fits = (cells: readonly string[], { width }: Header): boolean => cells.length === width || (cells.length > width && cells.slice(width).every((cell) => cell.trim() === ''))

/** Rows of cells, some thousand at a time; the parser waits until they are written. @throws Unusable for a quotation mark that is not closed */
async function* records({ text }: TextSource): AsyncGenerator<string[][]> {
  const pieces = oneLineEnd(text)
  let first = ''
  while (!first.includes('\n')) {
    const next = await pieces.next()
    if (next.done === true) break
    first += next.value
  }
  first = first.replace(/^\ufeff/, '')
  if (first.trim() === '') return
  const separator = separatorOf(first.split('\n', 1)[0] ?? '')
  const { Readable } = await import('node:stream')
  // A paused parser does not pause its stream: without this it takes in the whole file while the first rows are scored.
  let busy = false
  let release: () => void = () => undefined
  async function* all(): AsyncGenerator<string> {
    yield first
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) {
      if (busy) await new Promise<void>((resolve) => { release = resolve })
      yield next.value
    }
  }

  // papaparse calls back; `for await` pulls. One batch waits at a time, and the parser is paused until it was taken.
  let batch: { readonly rows: string[][]; readonly parser: Parser } | undefined
  let wake: () => void = () => undefined
  let ended = false
  let failure: unknown
  let rowsBefore = 0
  const stream = Readable.from(all(), { objectMode: true, highWaterMark: 1 })
  stream.on('error', (problem) => { failure ??= problem; ended = true; wake() })
  papaparse.parse<string[]>(stream as unknown as NodeJS.ReadableStream, {
    delimiter: separator,
    newline: '\n',
    chunk: ({ data, errors }: { data: string[][]; errors: ParseStepResult<string[]>['errors'] }, parser: Parser) => {
      busy = true
      const quote = errors.find((error) => error.type === 'Quotes')
      if (quote !== undefined) {
        failure = unusable('quoteOpen', { line: { number: rowsBefore + (quote.row ?? 0) + 1, digits: 0 } })
        ended = true
        parser.abort()
      } else {
        rowsBefore += data.length
        parser.pause()
        batch = { rows: data, parser }
      }
      wake()
    },
    complete: () => { ended = true; wake() },
    error: (problem: unknown) => { failure ??= problem; ended = true; wake() },
  })
  while (true) {
    if (batch !== undefined) {
      const { rows, parser } = batch
      batch = undefined
      if (rows.length > 0) yield rows
      parser.resume()
    } else if (ended) break
    else {
      busy = false
      release()
      await new Promise<void>((resolve) => { wake = resolve })
    }
  }
  if (failure !== undefined) throw failure
}

/** Every line end as \n: the parser knows one kind a file, and files that were put together have two. */
async function* oneLineEnd(text: AsyncIterable<string>): AsyncGenerator<string> {
  let held = ''
  for await (const piece of text) {
    const whole = held + piece
    // The \n of this \r may come with the next piece.
    held = whole.endsWith('\r') ? '\r' : ''
    const ready = held === '' ? whole : whole.slice(0, -1)
    yield ready.includes('\r') ? ready.replaceAll(/\r\n?/g, '\n') : ready
  }
  if (held !== '') yield '\n'
}

function sizeOf(file: string): number | undefined {
  const stat = statSync(file)
  if (stat.isDirectory()) throw unusable('isFolder', { file: { text: file } })
  return stat.isFile() ? stat.size : undefined
}

function problemText(code: string | undefined, problem: Error, file: string | undefined, out: string | undefined): Message {
  const params = { file: { text: file ?? '-' }, out: { text: out ?? '-' }, problem: { text: problem.message } }
  if (code === 'ENOENT') return (problem as NodeJS.ErrnoException).path === file ? { key: 'growthFile.notFound', params: { file: params.file } } : { key: 'growthFile.noFolder', params: { out: params.out } }
  if (code === 'EACCES' || code === 'EPERM') return { key: 'growthFile.notAllowed', params: { file: { text: (problem as NodeJS.ErrnoException).path ?? '' } } }
  if (code === 'ENOSPC' || code === 'EFBIG' || code === 'EDQUOT') return out === undefined ? { key: 'problem.outputFull' } : { key: 'growthFile.diskFull', params: { out: params.out } }
  return { key: 'growthFile.unreadable', params: { file: params.file, problem: params.problem } }
}
