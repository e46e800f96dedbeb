/**
 * One line a request, to `<home>/logs/server.log`: when, which route (its template, never the address itself), status, time, size.
 * Nothing of a child gets here: no ids, no query, no body. When the disk is full, lines are dropped and counted; requests go on.
 */
import { mkdirSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import { destination, pino, stdTimeFunctions, type Logger } from 'pino'

export interface RequestLog {
  readonly logger: Logger
  /** lines that could not be written */
  readonly lost: () => number
  readonly close: () => Promise<void>
}

const LARGE = 20_000_000

/** Opens the log. A log that grew large is put aside once, as `server.log.1`. */
export function openLog(home: string): RequestLog {
  const folder = path.join(home, 'logs')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, 'server.log')
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGE) renameSync(file, `${file}.1`)
  let lost = 0
  // Asynchronous, in pieces of 4 kB at most a second old: a line costs microseconds, and a slow disk holds nobody up.
  const sink = destination({ dest: file, sync: false, minLength: 4096, periodicFlush: 1000, mode: 0o600, maxLength: 1_000_000 })
  sink.on('error', () => { lost += 1 })
  sink.on('drop', () => { lost += 1 })
  const logger = pino({ base: null, timestamp: stdTimeFunctions.isoTime, level: 'info' }, sink)
  return {
    logger,
    lost: () => lost,
    close: () => new Promise((resolve) => {
      sink.on('close', () => { resolve() })
      sink.on('error', () => { resolve() })
      sink.end()
    }),
  }
}
