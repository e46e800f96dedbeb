/** `npm run prove`: the heavy proofs. The same tests with their long settings (BAIRN_PROVE=1): more seeds, more rounds, large files. */
import { filesEnding, runStep } from './run.ts'

process.env['BAIRN_PROVE'] = '1'
process.exitCode = await runStep({ name: 'proofs', run: '--test', args: ['--test-concurrency=1', ...filesEnding('.prove.ts'), ...filesEnding('.process.test.ts')], quiet: true })
