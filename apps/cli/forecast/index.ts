/**
 * `bairn forecast FILE.ndjson`: one request of `$immds-forecast` (FHIR Parameters) a line in, one answer a line out, in the same order,
 * in constant memory. Needs no server, database or home.
 * Exit codes: 0 every line was answered, named problems included; 1 the input or a line of it could not be; 2 no such schedule.
 */
import type { Readable, Writable } from 'node:stream'
import { forecastToFhir, readForecastRequest, scheduleOf, setAsideIssues } from '@bairn/fhir'
import { immunize, type ImmunizationEdition } from '@bairn/immunization'
import { DEFAULT_IMMUNIZATION_EDITION, formatMessage, IMMUNIZATION_EDITIONS, loadImmunizationEdition, loadMessages, type Language } from '@bairn/knowledge'
import type { Issue, Message } from '@bairn/reasoning'
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
  const tell = (message: Message): void => { stderr.write(`${formatMessage(message, language)}\n`) }
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
      const { answer, answered } = await answerLine(line, number, { edition, strict, language })
      if (!answered) {
        unanswered += 1
        tell({ key: 'forecast.line', params: { line: { number }, problem: { text: answer.problem ?? '' } } })
      }
      await sink.write(`${JSON.stringify(answer.parameters)}\n`)
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

interface Asked { readonly edition: ImmunizationEdition; readonly strict: boolean; readonly language: Language }
interface Answer { readonly parameters: unknown; readonly problem?: string }

async function answerLine(line: string, number: number, { edition: standard, strict, language }: Asked): Promise<{ readonly answer: Answer; readonly answered: boolean }> {
  const say = (message: Message): string => formatMessage(message, language)
  const parsed = parse(line)
  if (!parsed.ok) {
    const issue: Issue = { code: 'json', severity: 'error', where: `line ${number}`, text: { key: 'immunization.request.json', params: { problem: { text: parsed.problem } } } }
    return { answer: { parameters: forecastToFhir({ request: { issues: [] }, found: undefined, edition: undefined, issues: [issue], say }), problem: say(issue.text) }, answered: false }
  }
  const named = scheduleOf(parsed.value)
  const own = named === undefined ? standard : await loadImmunizationEdition(named)
  // A schedule that does not exist is named; the one of the command answers the rest.
  const edition = own ?? standard
  const request = readForecastRequest(parsed.value, edition)
  const unknownSchedule = own === undefined ? [noSchedule(named ?? '', 'schedule')] : []
  const found = request.facts === undefined || request.assessment === undefined ? undefined : immunize(request.facts, edition, { assessment: request.assessment, strict })
  const issues = [...unknownSchedule, ...request.issues, ...(found === undefined ? [] : setAsideIssues(found, edition))]
  const fatal = request.issues.find(({ severity }) => severity === 'error')
  return { answer: { parameters: forecastToFhir({ request, found, edition, issues, say }), ...(fatal === undefined ? {} : { problem: say(fatal.text) }) }, answered: found !== undefined }
}

const noSchedule = (given: string, where: string): Issue =>
  ({ code: 'schedule', severity: 'error', where, text: { key: 'immunization.request.schedule', params: { given: { text: given }, known: { text: IMMUNIZATION_EDITIONS.join(', ') } } } })

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
