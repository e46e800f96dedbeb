/**
 * `bairn forecast FILE.ndjson`: one request of `$immds-forecast` (FHIR Parameters) a line in, one answer a line out, in the same order,
 * in constant memory. Needs no server, database or home.
 * Exit codes: 0 every line was answered, named problems included; 1 the input or a line of it could not be; 2 no such schedule.
 */
import type { Readable, Writable } from 'node:stream'
import { answerForecast, forecastIssue, forecastToFhir, noSchedule, type ForecastAsked } from '@bairn/fhir'
import { DEFAULT_IMMUNIZATION_EDITION, formatMessage, loadImmunizationEdition, loadMessages, type Language } from '@bairn/knowledge'
import type { Message } from '@bairn/reasoning'
import { openSink, type Sink } from '../streams/sink.ts'
import { openText, Unusable } from '../streams/source.ts'

export interface ForecastOptions {
  /** undefined or '-': standard input */
  readonly file?: string
  readonly out?: string
  readonly schedule?: string
  readonly strict: boolean
  readonly language: Language
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
}

export async function runForecast({ file, out, schedule = DEFAULT_IMMUNIZATION_EDITION, strict, language, stdin, stdout, stderr }: ForecastOptions): Promise<number> {
  await loadMessages(language)
  const say = (message: Message): string => formatMessage(message, language)
  const tell = (message: Message): void => { stderr.write(`${say(message)}\n`) }
  const edition = await loadImmunizationEdition(schedule)
  if (edition === undefined) {
    tell(noSchedule(schedule, '--schedule').text)
    return 2
  }
  let sink: Sink | undefined
  const stop = (): void => { sink?.abandon() }
  process.once('exit', stop)
  try {
    const { text } = openText({ file: file === '-' ? undefined : file, size: undefined, stdin })
    sink = openSink(out, stdout)
    let unanswered = 0
    let number = 0
    for await (const line of linesOf(text)) {
      number += 1
      if (line.trim() === '') continue
      const { parameters, problem } = await answerLine(line, number, { edition, strict, say })
      if (problem !== undefined) {
        unanswered += 1
        tell({ key: 'forecast.line', params: { line: { number }, problem: { message: problem } } })
      }
      await sink.write(`${JSON.stringify(parameters)}\n`)
    }
    await sink.finish()
    if (number === 0) tell({ key: 'forecast.empty' })
    return unanswered > 0 || number === 0 ? 1 : 0
  } catch (problem) {
    sink?.abandon()
    const { code, message } = problem as NodeJS.ErrnoException
    if (code === 'EPIPE') return 1 // the reader left (| head): there is nobody to tell
    tell(problem instanceof Unusable ? problem.issue.text : { key: 'forecast.unreadable', params: { file: { text: file ?? '-' }, problem: { text: code ?? message } } })
    return 1
  } finally {
    process.removeListener('exit', stop)
  }
}

/** The answer of one line, and the sentence why nothing could be judged where that is so. */
async function answerLine(line: string, number: number, asked: ForecastAsked): Promise<{ readonly parameters: unknown; readonly problem?: Message }> {
  const parsed = parse(line)
  if (!parsed.ok) {
    const issue = forecastIssue('json', 'error', `line ${number}`, { problem: { text: parsed.problem } })
    return { parameters: forecastToFhir({ request: { issues: [], trace: false }, found: undefined, edition: undefined, issues: [issue], say: asked.say }), problem: issue.text }
  }
  const { parameters, answered, issues } = await answerForecast(parsed.value, asked)
  const why = answered ? undefined : issues.findLast(({ severity }) => severity === 'error')
  return { parameters, ...(why === undefined ? {} : { problem: why.text }) }
}

function parse(line: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string } {
  try { return { ok: true, value: JSON.parse(line) as unknown } } catch (problem) { return { ok: false, problem: (problem as Error).message } }
}

async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of text) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}
