/**
 * The commands of `bairn`, their options and their help in the language of the terminal. Does nothing itself: what was asked for goes
 * to `Commands`.
 */
import { LANGUAGES } from '@bairn/knowledge'
import { Command, Option, type CommanderError } from 'commander'

export interface Commands {
  readonly start: (asked: { readonly open: boolean }) => Promise<void>
  readonly assess: (files: readonly string[], asked: { readonly on?: string; readonly place?: string; readonly json?: boolean; readonly fhir?: boolean }) => Promise<void>
  readonly growth: (file: string | undefined, asked: { readonly out?: string }) => Promise<void>
  readonly forecast: (file: string | undefined, asked: { readonly out?: string; readonly schedule?: string; readonly strict?: boolean }) => Promise<void>
  readonly transfer: (file: string | undefined, asked: { readonly from: string; readonly to: string; readonly on?: string; readonly json?: boolean; readonly fhir?: boolean }) => Promise<void>
  readonly simulate: (asked: { readonly children: string; readonly seed: string; readonly place: string; readonly on?: string; readonly out?: string }) => Promise<void>
  readonly import: (files: readonly string[]) => Promise<void>
  readonly export: (file: string | undefined) => Promise<void>
  readonly backup: (file: string | undefined) => Promise<void>
  readonly restore: (file: string) => Promise<void>
}
export interface ProgramOptions {
  readonly commands: Commands
  readonly version: string
  /** the sentence of `cli.help.<name>` */
  readonly say: (name: string) => string
  /** called before commander throws; `command` are the words before the arguments: 'bairn import' */
  readonly wrong: (error: CommanderError, command: string) => void
}

const TITLES: Readonly<Record<string, string>> = { 'Usage:': 'usage', 'Arguments:': 'arguments', 'Options:': 'options', 'Commands:': 'commands' }

export function makeProgram({ commands, version, say, wrong }: ProgramOptions): Command {
  const program = new Command('bairn')
    .configureOutput({ outputError: () => undefined })
    .configureHelp({ styleTitle: (title) => (TITLES[title] === undefined ? title : say(TITLES[title])), optionDescription: ({ description }) => description, argumentDescription: ({ description }) => description })
    .description(say('program'))
    .version(version, '-V, --version', say('version'))
    .helpOption('-h, --help', say('this'))
    .helpCommand('help [COMMAND]', say('help'))
    // Named here too, for `bairn --lang fr --help`; who parses reads it from the words themselves, because help needs it first.
    .enablePositionalOptions()
    .addOption(lang())
    .addHelpText('after', () => `\n${say('settings')}\n${say('codes')}`)
  const throwing = (error: CommanderError, command: string): never => {
    wrong(error, command)
    throw error
  }
  program.exitOverride((error) => throwing(error, 'bairn'))

  function command(name: string, examples: readonly string[]): Command {
    return program.command(name)
      .description(say(name))
      .helpOption('-h, --help', say('this'))
      .exitOverride((error) => throwing(error, `bairn ${name}`))
      .addOption(lang())
      .addHelpText('after', () => `\n${say('examples')}\n${examples.map((example) => `  ${example}`).join('\n')}`)
  }
  function lang(): Option {
    return new Option('--lang <LANGUAGE>', say('lang')).choices([...LANGUAGES])
  }

  command('start', ['bairn start', 'BAIRN_HOME=/srv/bairn BAIRN_PORT=8080 bairn start --no-open'])
    .option('--no-open', say('noOpen'))
    .action(commands.start)
  command('assess', ['bairn assess child.json', 'bairn assess child.json --place KE', 'bairn assess child.json --on 2026-11-23 --json', 'cat children.ndjson | bairn assess --json > plans.ndjson'])
    .argument('[FILE...]', say('assessFile'))
    .option('--on <DATE>', say('on'))
    .option('--place <CC>', say('assessPlace'))
    .addOption(new Option('--json', say('json')).conflicts('fhir'))
    .option('--fhir', say('fhir'))
    .action(commands.assess)
  command('growth', ['bairn growth survey.csv --out scores.csv', 'zcat survey.csv.gz | bairn growth > scores.csv'])
    .argument('[FILE]', say('growthFile'))
    .option('--out <FILE>', say('out'))
    .action(commands.growth)
  command('forecast', ['bairn forecast requests.ndjson > answers.ndjson', 'zcat requests.ndjson.gz | bairn forecast --strict'])
    .argument('[FILE]', say('forecastFile'))
    .option('--schedule <ID>', say('schedule'))
    .option('--strict', say('strict'))
    .option('--out <FILE>', say('forecastOut'))
    .action(commands.forecast)
  command('transfer', ['bairn transfer child.json --from KE --to US', 'bairn transfer child.json --from KEN --to GBR --on 2026-03-15 --json'])
    .argument('[FILE]', say('transferFile'))
    .requiredOption('--from <CC>', say('transferFrom'))
    .requiredOption('--to <CC>', say('transferTo'))
    .option('--on <DATE>', say('transferOn'))
    .addOption(new Option('--json', say('transferJson')).conflicts('fhir'))
    .option('--fhir', say('transferFhir'))
    .action(commands.transfer)
  command('simulate', ['bairn simulate --children 100 --seed a > children.ndjson', 'bairn simulate --children 100000 --seed 2026 --place US --out children.ndjson'])
    .requiredOption('--children <N>', say('simulateChildren'))
    .requiredOption('--seed <S>', say('simulateSeed'))
    .option('--place <CC>', say('simulatePlace'), 'US')
    .option('--on <DATE>', say('simulateOn'))
    .option('--out <FILE>', say('simulateOut'))
    .action(commands.simulate)
  command('import', ['bairn import children/*.json.gz', 'bairn import other-clinic.ndjson.gz'])
    .argument('<FILE...>', say('importFile'))
    .action(commands.import)
  command('export', ['bairn export everything.ndjson.gz', 'bairn export | wc -l'])
    .argument('[FILE]', say('exportFile'))
    .addOption(new Option('--out <FILE>', say('exportOut')))
    .action((file: string | undefined, { out }: { readonly out?: string }, self: Command) => {
      if (file !== undefined && out !== undefined) self.error("error: option '--out' cannot be used with option 'FILE'", { code: 'commander.conflictingOption' })
      return commands.export(file ?? out)
    })
  command('backup', ['bairn backup', 'bairn backup /media/usb/bairn.ndjson.gz'])
    .argument('[FILE]', say('backupFile'))
    .action(commands.backup)
  command('restore', ['BAIRN_HOME=/srv/bairn-new bairn restore bairn-2026-11-23.ndjson.gz'])
    .argument('<FILE>', say('restoreFile'))
    .action(commands.restore)
  return program
}
