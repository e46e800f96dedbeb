/** `npm run golden`: writes our own golden files anew (BAIRN_GOLDEN=write), for a person to read in the diff. */
import { filesEnding, runStep } from './run.ts'

process.env['BAIRN_GOLDEN'] = 'write'
const files = filesEnding('.test.ts').filter((file) => !file.startsWith('tests/browser/') && !file.startsWith('tests/fresh-clone/'))
process.exitCode = await runStep({ name: 'golden files', run: '--test', args: ['--test-concurrency=2', ...files], quiet: true })
console.log('Read the change before it is committed: git diff -- "*golden*"')
