/**
 * Which user PostgreSQL runs as, and what that user can reach.
 * PostgreSQL refuses to run as root. As root we run it as another user that has an entry in /etc/passwd (PostgreSQL looks
 * its own name up): `bairn` if an administrator made one, else `nobody`; for data that exist, the user who owns them.
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

export interface Account { readonly name: string; readonly uid: number; readonly gid: number }

/** The user for the server; undefined: the one we are. @param data the data folder, if it may exist already */
export function serverAccount(data?: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = readAccounts()
  if (data !== undefined && existsSync(data)) {
    const { uid } = statSync(data)
    const owner = uid === 0 ? undefined : accounts.find((account) => account.uid === uid)
    if (owner !== undefined) return owner
  }
  return accounts.find(({ name }) => name === 'bairn') ?? accounts.find(({ name }) => name === 'nobody') ?? accounts.find(({ name }) => name === 'daemon')
}

function readAccounts(): Account[] {
  if (!existsSync('/etc/passwd')) return []
  return readFileSync('/etc/passwd', 'utf8').split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':')
    return name === undefined || uid === undefined || gid === undefined ? [] : [{ name, uid: Number(uid), gid: Number(gid) }]
  })
}

/** Whether the account may walk down to a path: the x of every folder above it that exists. */
export function canReach(target: string, account: Account | undefined): boolean {
  if (account === undefined) return true
  for (let folder = path.dirname(path.resolve(target)); ; folder = path.dirname(folder)) {
    if (existsSync(folder)) {
      const { mode, uid, gid } = statSync(folder)
      const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
      if ((mode & bit) === 0) return false
    }
    if (folder === path.dirname(folder)) return true
  }
}

/** For `spawn`: nothing when we stay who we are. */
export function asAccount(account: Account | undefined): { readonly uid?: number; readonly gid?: number } {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid }
}
