#!/usr/bin/env node
/**
 * `bairn`: the command line. Each command is a module of its own, loaded when it is asked for.
 * Exit codes: 0 done, 1 something could not be used or done (a sentence each on standard error), 2 a wrong command or option,
 * 130 stopped by Ctrl-C.
 */
import { problem, Refused } from '@bairn/server/problems'
import { LANGUAGES } from '@bairn/knowledge'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import process from 'node:process'
import { languageOf, openTerminal } from './terminal.ts'

interface Common { readonly lang?: string }

const lang = (): Option => new Option('--lang <language>', 'language of what is said').choices([...LANGUAGES])
const day = (text: string): string => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new InvalidArgumentError('Write it like 2026-11-23.')
  return text
}
let exitCode = 0

const program = new Command('bairn')
  .description('A child\'s health record in, one explained plan out.')
  .version('0.1.0')
  .exitOverride()
  .showHelpAfterError('(bairn --help lists the commands)')
  .addHelpText('after', `
Settings (environment): BAIRN_HOME, where data lie; BAIRN_PORT; DATABASE_URL, a given PostgreSQL.
Exit codes: 0 done, 1 an input could not be used, 2 wrong command or option, 130 stopped.`)

program.command('start')
  .description('start Bairn on this computer and open its page')
  .addOption(lang())
  .option('--no-open', 'do not open the browser')
  .addHelpText('after', '\nExamples:\n  bairn start\n  BAIRN_HOME=/srv/bairn BAIRN_PORT=8080 bairn start --no-open')
  .action(async (options: Common & { readonly open: boolean }) => {
    const { runStart } = await import('./start/start.ts')
    exitCode = await runStart({ terminal: await terminal(options), open: options.open })
  })

program.command('assess')
  .description('answer with the plan of each child in FHIR files (JSON, NDJSON, .gz, or standard input)')
  .argument('[file...]', 'bundles or resources; - is standard input')
  .option('--on <date>', 'the day of the plan, today without it', day)
  .addOption(new Option('--json', 'one JSON document: a plan, or a list of plans').conflicts('fhir'))
  .option('--fhir', 'plans as FHIR R4')
  .addOption(lang())
  .addHelpText('after', '\nExamples:\n  bairn assess child.json\n  bairn assess child.json --on 2026-11-23 --json\n  cat children.ndjson | bairn assess --json > plans.ndjson')
  .action(async (files: readonly string[], options: Common & { readonly on?: string; readonly json?: boolean; readonly fhir?: boolean }) => {
    endOnSignal()
    const { runAssess } = await import('./assess/index.ts')
    const { language, stdout, stderr } = await terminal(options)
    exitCode = await runAssess({
      files, format: options.json === true ? 'json' : options.fhir === true ? 'fhir' : 'text', lang: language, stdin: process.stdin, stdout, stderr, ...(options.on === undefined ? {} : { on: options.on }),
    })
  })

program.command('growth')
  .description('score a survey: CSV in, z-scores and reasons out')
  .argument('[file]', 'columns id, sex, age and age_unit or birth_date and date, weight, lenhei, measure, headc, armc, triskin, subskin, oedema; - is standard input')
  .option('--out <file>', 'where the table goes; standard output without it')
  .addOption(lang())
  .addHelpText('after', '\nExamples:\n  bairn growth survey.csv --out scores.csv\n  zcat survey.csv.gz | bairn growth - > scores.csv')
  .action(async (file: string | undefined, options: Common & { readonly out?: string }) => {
    endOnSignal()
    const { runGrowth } = await import('./growth/index.ts')
    const { language, stdout, stderr } = await terminal(options)
    exitCode = await runGrowth({ language, stdin: process.stdin, stdout, stderr, ...(file === undefined ? {} : { file }), ...(options.out === undefined ? {} : { out: options.out }) })
  })

program.command('import')
  .description('take in FHIR files (bundles, resources, NDJSON, .gz) and exports of Bairn; the same file twice makes nothing twice')
  .argument('<file...>')
  .addOption(lang())
  .addHelpText('after', '\nExamples:\n  bairn import children/*.json.gz\n  bairn import other-clinic.ndjson.gz')
  .action(async (files: readonly string[], options: Common) => {
    const { runImport } = await import('./transfer/import.ts')
    exitCode = await runImport({ terminal: await terminal(options), files })
  })

program.command('export')
  .description('write every version of every record, with who and when, as NDJSON')
  .option('--out <file>', 'where it goes, packed if it ends in .gz; standard output without it')
  .addOption(lang())
  .addHelpText('after', '\nExamples:\n  bairn export --out everything.ndjson.gz\n  bairn export | wc -l')
  .action(async (options: Common & { readonly out?: string }) => {
    const { runExport } = await import('./transfer/export.ts')
    exitCode = await runExport({ terminal: await terminal(options), ...(options.out === undefined ? {} : { out: options.out }) })
  })

program.command('backup')
  .description('an export with the day in its name, packed')
  .argument('[file]', 'bairn-<day>.ndjson.gz here without it')
  .addOption(lang())
  .addHelpText('after', '\nExamples:\n  bairn backup\n  bairn backup /media/usb/bairn.ndjson.gz')
  .action(async (file: string | undefined, options: Common) => {
    const { backupName, runExport } = await import('./transfer/export.ts')
    exitCode = await runExport({ terminal: await terminal(options), out: file ?? backupName(new Date()) })
  })

program.command('restore')
  .description('bring a backup into an empty place')
  .argument('<file>')
  .addOption(lang())
  .addHelpText('after', '\nExample:\n  BAIRN_HOME=/srv/bairn-new bairn restore bairn-2026-11-23.ndjson.gz')
  .action(async (file: string, options: Common) => {
    const { runRestore } = await import('./transfer/restore.ts')
    exitCode = await runRestore({ terminal: await terminal(options), file })
  })

async function terminal({ lang: asked }: Common): ReturnType<typeof openTerminal> {
  return openTerminal(languageOf(asked, process.env))
}

/** Ends as an exit, so that a file that is not whole yet is taken away. */
function endOnSignal(): void {
  process.once('SIGINT', () => process.exit(130))
  process.once('SIGTERM', () => process.exit(143))
}

// A reader that has seen enough (`bairn export | head`) closes the pipe: that is no fault of anybody.
let cannotWrite: string | undefined
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') process.exit(0)
  cannotWrite = code ?? 'EIO'
})

try {
  await program.parseAsync()
} catch (found) {
  if (found instanceof CommanderError) exitCode = found.exitCode === 0 ? 0 : 2
  else if (found instanceof Refused) {
    const { complain } = await terminal({})
    complain(found.issues)
    exitCode = 1
  } else throw found
}
if (cannotWrite !== undefined && exitCode === 0) {
  const { complain } = await terminal({})
  complain([cannotWrite === 'ENOSPC' ? problem('problem.diskFull') : problem('problem.file.write', { file: { text: 'standard output' }, detail: { text: cannotWrite } })])
  exitCode = 1
}
process.exitCode = exitCode
