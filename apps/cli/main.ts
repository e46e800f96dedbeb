#!/usr/bin/env node
/**
 * `bairn`: the command line. Each command is a module of its own, loaded when it is asked for: `assess` and `growth` load neither
 * server nor database. What can be asked for stands in program.ts.
 * Exit codes: 0 done, 1 something could not be used or done (a sentence each on standard error), 2 a wrong command or option,
 * 130 stopped by Ctrl-C.
 */
import { problem, Refused } from '@bairn/server/problems'
import { CommanderError } from 'commander'
import process from 'node:process'
import packageJson from './package.json' with { type: 'json' }
import { makeProgram, type Commands } from './program.ts'
import { askedLanguage, languageOf, openTerminal } from './terminal.ts'
import { wrongUse } from './wrong.ts'

/** Until a command stops in a way of its own. It ends as an exit, so that a file that is not whole yet is taken away. */
const quit = { SIGINT: () => process.exit(130), SIGTERM: () => process.exit(143) }
const signals = Object.keys(quit) as (keyof typeof quit)[]
for (const signal of signals) process.on(signal, quit[signal])
const stopsByItself = (): void => { for (const signal of signals) process.off(signal, quit[signal]) }

const words = process.argv.slice(2)
const terminal = await openTerminal(languageOf(askedLanguage(words), process.env))
const { language, stdout, stderr, tell, complain } = terminal
const { stdin } = process
let exitCode = 0

// A reader that has seen enough (`bairn export | head`) closes the pipe: that is no fault of anybody.
let cannotWrite: string | undefined
stdout.on('error', ({ code }: NodeJS.ErrnoException) => { cannotWrite ??= code ?? 'EIO' })
// Nobody reads what is told: the command goes on without it.
stderr.on('error', () => undefined)
process.on('uncaughtException', (found) => {
  failed(found)
  process.exit(1)
})

const commands: Commands = {
  async start({ open }) {
    const { runStart } = await import('./start/start.ts')
    stopsByItself()
    exitCode = await runStart({ terminal, open })
  },
  async assess(files, { on, place, json, fhir }) {
    const { runAssess } = await import('./assess/index.ts')
    if (files.length === 0 || files.includes('-')) tellReading()
    exitCode = await runAssess({ files, format: json === true ? 'json' : fhir === true ? 'fhir' : 'text', lang: language, stdin, stdout, stderr, ...(on === undefined ? {} : { on }), ...(place === undefined ? {} : { place }) })
  },
  async growth(file, { out }) {
    const { runGrowth } = await import('./growth/index.ts')
    if (file === undefined || file === '-') tellReading()
    exitCode = await runGrowth({ language, stdin, stdout, stderr, ...(file === undefined ? {} : { file }), ...(out === undefined ? {} : { out }) })
  },
  async forecast(file, { out, schedule, strict }) {
    const { runForecast } = await import('./forecast/index.ts')
    if (file === undefined || file === '-') tellReading()
    exitCode = await runForecast({ strict: strict === true, language, stdin, stdout, stderr, ...(file === undefined ? {} : { file }), ...(out === undefined ? {} : { out }), ...(schedule === undefined ? {} : { schedule }) })
  },
  async transfer(file, { from, to, on, json, fhir }) {
    const { runCrossing } = await import('./crossing/index.ts')
    if (file === undefined || file === '-') tellReading()
    exitCode = await runCrossing({ from, to, format: json === true ? 'json' : fhir === true ? 'fhir' : 'text', language, stdin, stdout, stderr, ...(file === undefined ? {} : { file }), ...(on === undefined ? {} : { on }) })
  },
  async simulate({ children, seed, place, on, out }) {
    const { runSimulate } = await import('./simulate/index.ts')
    exitCode = await runSimulate({ children, seed, place, language, stdout, stderr, ...(on === undefined ? {} : { on }), ...(out === undefined ? {} : { out }) })
  },
  async import(files) {
    const { runImport } = await import('./transfer/import.ts')
    stopsByItself()
    exitCode = await runImport({ terminal, files })
  },
  async export(file) {
    const { runExport } = await import('./transfer/export.ts')
    stopsByItself()
    exitCode = await runExport({ terminal, ...(file === undefined ? {} : { out: file }) })
  },
  async backup(file) {
    const { backupName, runExport } = await import('./transfer/export.ts')
    stopsByItself()
    exitCode = await runExport({ terminal, out: file ?? backupName(new Date()) })
  },
  async restore(file) {
    const { runRestore } = await import('./transfer/restore.ts')
    stopsByItself()
    exitCode = await runRestore({ terminal, file })
  },
}

const program = makeProgram({
  commands, version: packageJson.version, say: (name) => terminal.words({ key: `cli.help.${name}` }),
  wrong(error, command) {
    if (error.exitCode !== 0 && error.code !== 'commander.help') tell(wrongUse(error, command))
  },
})
try {
  await program.parseAsync(words, { from: 'user' })
} catch (found) {
  if (found instanceof CommanderError) exitCode = found.exitCode === 0 ? 0 : 2
  else failed(found)
}
if (cannotWrite === 'EPIPE') exitCode = 0
else if (cannotWrite !== undefined && exitCode === 0) failed(new Refused([isFull(cannotWrite) ? problem('problem.outputFull') : problem('problem.file.write', { file: { text: 'standard output' }, detail: { text: cannotWrite } })]))
process.exitCode = exitCode

/** Says why the command ends with 1: what is in its way, or one sentence for a mistake of ours. */
function failed(found: unknown): void {
  exitCode = 1
  if (found instanceof Refused) return complain(found.issues)
  if (isFull((found as NodeJS.ErrnoException).code)) return complain([problem('problem.outputFull')])
  tell({ key: 'cli.unexpected', params: { detail: { text: found instanceof Error ? `${found.name}: ${found.message.split('\n')[0] ?? ''}` : String(found) } } })
  if (process.env['BAIRN_DEBUG'] !== undefined && found instanceof Error) stderr.write(`${found.stack ?? ''}\n`)
}

/** The codes of the system for a disk, a quota or a file that takes no more. */
function isFull(code: string | undefined): boolean {
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG'
}

/** Who typed no file at a terminal would wait for us as we for them. */
function tellReading(): void {
  if (stdin.isTTY) tell({ key: 'cli.reading' })
}
