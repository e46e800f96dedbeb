/**
 * Checks the import boundaries of house.ts with oxlint: forbidden packages, node: modules in rooms without them,
 * and relative paths that leave their package. Seeing no file at all is a failure.
 * `node scripts/boundaries.ts [folder]` checks a tree and prints what is wrong.
 */
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { forbiddenEdges, HOUSE, type Room } from './house.ts'

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const DEEPEST = 6

interface Pattern { readonly regex: string; readonly message: string; readonly allowTypeImports?: boolean }
export interface Violation { readonly file: string; readonly message: string }
export interface Checked { readonly files: number; readonly violations: readonly Violation[] }

/** Runs the check on a tree that looks like this one. */
export function checkBoundaries(tree: string): Checked {
  // oxlint reads the globs of its overrides from the folder of the config file: it has to stand in the tree.
  const config = path.join(tree, `.boundaries-${process.pid}.json`)
  try {
    writeFileSync(config, JSON.stringify(lintConfig()))
    const oxlint = path.join(ROOT, 'node_modules', 'oxlint', 'bin', 'oxlint')
    const run = spawnSync(process.execPath, [oxlint, '-c', config, '-f', 'json', '--disable-nested-config', '.'], { cwd: tree, encoding: 'utf8', maxBuffer: 1 << 28 })
    if (!run.stdout.startsWith('{')) return { files: 0, violations: [] } // oxlint says 'No files found' in plain text
    const report = JSON.parse(run.stdout) as { number_of_files: number; diagnostics: { filename: string; message: string; help?: string }[] }
    return { files: report.number_of_files, violations: report.diagnostics.map((found) => ({ file: found.filename, message: `${found.message} ${found.help ?? ''}`.trim() })) }
  } finally {
    rmSync(config, { force: true })
  }
}

function lintConfig(): object {
  const rooms = HOUSE.flatMap((room) => [room, ...(room.serverSide ?? []).map((part) => ({ ...room, folder: `${room.folder}/${part}`, node: true, part: true }))])
  const overrides = rooms.flatMap((room) => Array.from({ length: DEEPEST }, (_, depth) => ({
    files: ['ts', 'tsx'].map((ending) => `${room.folder}/${'*/'.repeat(depth)}*.${ending}`),
    rules: { 'no-restricted-imports': ['error', { patterns: [...packagePatterns(room), leavesPackage('part' in room ? depth + 1 : depth), ...nodePatterns(room)] }] },
  })))
  // Tests may use Node whatever their room; the packages they may see stay the same.
  const tests = HOUSE.flatMap((room) => Array.from({ length: DEEPEST }, (_, depth) => ({
    files: [`${room.folder}/${'*/'.repeat(depth)}*.test.ts`, ...(depth > 0 ? [`${room.folder}/${'*/'.repeat(depth - 1)}testing/*.ts`] : [])],
    rules: { 'no-restricted-imports': ['error', { patterns: [...testPatterns(room), leavesPackageButForScripts(depth)] }] },
  })))
  return { plugins: [], categories: { correctness: 'off' }, rules: {}, ignorePatterns: ['**/node_modules/**', '**/dist/**', 'apps/web/vite.config.ts'], overrides: [...overrides, ...tests] }
}

function packagePatterns(room: Room): Pattern[] {
  return forbiddenEdges().filter((edge) => edge.from.name === room.name).map(({ to, valueOnly }) => ({
    regex: `^@bairn/${to.name}(/|$)`,
    message: `${room.folder} may ${valueOnly ? 'import only types of' : 'not import'} ${to.folder} (scripts/house.ts)`,
    ...(valueOnly ? { allowTypeImports: true } : {}),
  }))
}

// Tests read editions from knowledge, where the figures are, and the sample children.
const testPatterns = (room: Room): Pattern[] => packagePatterns(room).filter((pattern) => !/\/(knowledge|simulator)\(/.test(pattern.regex) && pattern.allowTypeImports !== true)

const leavesPackage = (depth: number): Pattern => ({ regex: `^(\\.\\./){${depth + 1},}`, message: 'a relative path may not leave its package' })

// Tests compare what scripts/ compiled with what scripts/ compiles. (The lint's expressions have no look-ahead: 'not scr…', spelt out.)
const leavesPackageButForScripts = (depth: number): Pattern => ({ regex: `^(\\.\\./){${depth + 1},}([a-rt-z@]|s([abd-z]|c[a-qs-z]))`, message: 'a relative path may not leave its package' })

const nodePatterns = (room: Room): Pattern[] => (room.node ? [] : [
  { regex: '^node:', message: `${room.folder} runs in the browser too: no node: modules` },
  { regex: `^@bairn/(${HOUSE.flatMap(({ name, serverSide }) => (serverSide ?? []).map((part) => `${name}/${part}`)).join('|')})(/|$)`, message: `${room.folder} runs in the browser too: this part of the package is the server's` },
])

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { files, violations } = checkBoundaries(path.resolve(process.argv[2] ?? ROOT))
  for (const violation of violations) console.error(`${violation.file}: ${violation.message}`)
  console.log(`boundaries: ${files} files, ${violations.length} violations`)
  if (files === 0) console.error('boundaries: no file was seen, so nothing was checked')
  process.exitCode = files === 0 || violations.length > 0 ? 1 : 0
}
