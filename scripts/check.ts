/** `npm run check`: types, lint, boundaries, dead code, and what only this house checks. */
import { runAll } from './run.ts'

const bin = (name: string, file: string) => `node_modules/${name}/bin/${file}`

await runAll([
  { name: 'types: engines, without Node and DOM', run: bin('typescript', 'tsc'), args: ['-p', 'engines/tsconfig.json'] },
  { name: 'types: server side and tests', run: bin('typescript', 'tsc'), args: ['-p', 'tsconfig.json'] },
  { name: 'types: pages', run: bin('typescript', 'tsc'), args: ['-p', 'apps/web/tsconfig.json'] },
  { name: 'lint', run: bin('oxlint', 'oxlint'), args: ['--quiet'] },
  { name: 'import boundaries', run: 'scripts/boundaries.ts', args: [] },
  { name: 'dead code', run: bin('knip', 'knip.js'), args: ['--no-progress'] },
  { name: 'every rule has a test', run: 'scripts/rules.ts', args: [] },
])
