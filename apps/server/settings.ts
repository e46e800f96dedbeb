/**
 * The three settings of Bairn, read from the environment: BAIRN_HOME (data, token, logs), BAIRN_PORT, DATABASE_URL.
 * BAIRN_HOST is read only to be refused: until sign-in exists nothing but this computer may connect.
 * Pure: the environment comes in as an argument.
 */
import type { Issue } from '@bairn/reasoning'
import path from 'node:path'
import { problem } from './problems.ts'

/** Fixed, because what the browser keeps (drafts, the page itself) belongs to one address. */
export const DEFAULT_PORT = 7357

export interface Settings {
  /** absolute path */
  readonly home: string
  readonly host: string
  readonly port: number
  /** a given PostgreSQL; without it the embedded one lives in `home` */
  readonly databaseUrl?: string
}
export type SettingsRead = { readonly ok: true; readonly settings: Settings } | { readonly ok: false; readonly issues: readonly Issue[] }
type Environment = Readonly<Record<string, string | undefined>>

/** @param userHome the user's home folder; data lie in `$XDG_DATA_HOME/bairn` where that is set, else in `~/.bairn` */
export function parseSettings(environment: Environment, userHome: string): SettingsRead {
  const issues: Issue[] = []
  const given = (name: string): string | undefined => environment[name]?.trim() || undefined
  const port = parsePort(given('BAIRN_PORT'), issues)
  const host = given('BAIRN_HOST') ?? '127.0.0.1'
  if (!isLoopback(host)) issues.push(problem('problem.host', { host: { text: host } }, 'BAIRN_HOST'))
  const databaseUrl = given('DATABASE_URL')
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\//.test(databaseUrl)) issues.push(problem('problem.databaseUrl', {}, 'DATABASE_URL'))
  if (issues.length > 0) return { ok: false, issues }
  return { ok: true, settings: { home: homeFolder(environment, userHome), host, port, ...(databaseUrl === undefined ? {} : { databaseUrl }) } }
}

/** 127.0.0.0/8, ::1 and the name localhost. */
export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)

function homeFolder(environment: Environment, userHome: string): string {
  const given = environment['BAIRN_HOME']?.trim()
  if (given !== undefined && given !== '') return path.resolve(given)
  const data = environment['XDG_DATA_HOME']?.trim()
  return data !== undefined && path.isAbsolute(data) ? path.join(data, 'bairn') : path.join(userHome, '.bairn')
}

function parsePort(given: string | undefined, issues: Issue[]): number {
  if (given === undefined) return DEFAULT_PORT
  const port = Number(given)
  if (/^\d{1,5}$/.test(given) && port <= 65_535) return port
  issues.push(problem('problem.port', { given: { text: given } }, 'BAIRN_PORT'))
  return DEFAULT_PORT
}
