/**
 * `npm run prove`: the heavy proofs. The same tests with their long settings (BAIRN_PROVE=1): more seeds, more rounds, large files. Every test
 * that knows a long setting is run, besides those that are only run here (`.prove.ts`) and those with processes of their own.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './boundaries.ts'
import { filesEnding, runStep } from './run.ts'

const hasLongSetting = (file: string): boolean => readFileSync(path.join(ROOT, file), 'utf8').includes(`process.env['BAIRN_PROVE']`)

process.env['BAIRN_PROVE'] = '1'
process.exitCode = await runStep({ name: 'proofs', run: '--test', args: ['--test-concurrency=1', ...filesEnding('.prove.ts'), ...filesEnding('.test.ts').filter((file) => file.endsWith('.process.test.ts') || hasLongSetting(file))], quiet: true })
