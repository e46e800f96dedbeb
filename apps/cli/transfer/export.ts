/**
 * `bairn export` and `bairn backup`: every version of every record with who, when and where from, as NDJSON. A file is written beside
 * its place and moved there when it is whole, so that a half-written one never looks like a backup.
 */
import { problem, Refused } from '@bairn/server/problems'
import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { startProgress, type Terminal } from '../terminal.ts'
import { untilStopped } from './interrupt.ts'
import { openRecords } from './records.ts'

export interface ExportCommand { readonly terminal: Terminal; readonly out?: string }

export const backupName = (now: Date): string => `bairn-${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}.ndjson.gz`

/** Resolves to the exit code. */
export async function runExport({ terminal, out }: ExportCommand): Promise<number> {
  if (out !== undefined && existsSync(out)) throw new Refused([problem('problem.file.exists', { file: { text: out } })])
  return untilStopped(terminal, { key: 'cli.export.stopped', params: { file: { text: out ?? 'none' } } }, async (signal) => {
    const records = await openRecords({ writing: false })
    const progress = startProgress(terminal)
    let count = 0
    try {
      const lines = Readable.from(records.store.exportAll(records.who, {
        signal,
        onProgress(versions) {
          count = versions
          progress.show({ key: 'cli.export.progress', params: { count: { number: versions } } })
        },
      }), { objectMode: true })
      if (out === undefined) await pipeline(lines, terminal.stdout, { signal, end: false })
      else await writeWhole(lines, out, signal)
      progress.end()
      terminal.tell({ key: 'cli.export.done', params: { count: { number: count }, file: { text: out ?? 'none' } } })
      return 0
    } catch (found) {
      const { code, syscall } = found as NodeJS.ErrnoException
      // The reader has seen enough (| head).
      if (out === undefined && code === 'EPIPE') return 0
      if (code === undefined || !WRITING.includes(syscall ?? '')) throw found
      const file = { text: out ?? 'standard output' }
      throw new Refused([['ENOSPC', 'EFBIG', 'EDQUOT'].includes(code) ? problem(out === undefined ? 'problem.outputFull' : 'problem.diskFull') : problem('problem.file.write', { file, detail: { text: code } })])
    } finally {
      progress.end()
      await records.close()
    }
  })
}

/** What the system was doing when writing a file failed. */
const WRITING: readonly string[] = ['open', 'write', 'fsync', 'rename']

async function writeWhole(lines: Readable, out: string, signal: AbortSignal): Promise<void> {
  const part = `${out}.part`
  try {
    const file = createWriteStream(part, { mode: 0o600, flush: true })
    if (out.endsWith('.gz')) await pipeline(lines, createGzip(), file, { signal })
    else await pipeline(lines, file, { signal })
    renameSync(part, out)
  } catch (found) {
    rmSync(part, { force: true })
    throw found
  }
}
