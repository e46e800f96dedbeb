/**
 * Where the table goes: standard output, or a file that appears whole or not at all. What is there and is no plain file
 * (a device, a named pipe) is written to as it stands: moving a file to its place would remove it.
 */
import { createWriteStream, renameSync, rmSync, statSync } from 'node:fs'
import type { Writable } from 'node:stream'

export interface Sink {
  readonly write: (text: string) => Promise<void>
  /** the file gets its name only here */
  readonly finish: () => Promise<void>
  /** leaves nothing behind */
  readonly abandon: () => void
}

export function openSink(out: string | undefined, stdout: Writable): Sink {
  const there = out === undefined ? undefined : statSync(out, { throwIfNoEntry: false })
  const partial = out === undefined || there?.isFile() === false ? undefined : `${out}.partial-${process.pid}`
  const stream = out === undefined ? stdout : createWriteStream(partial ?? out)
  let failed: Error | undefined
  stream.on('error', (problem: Error) => { failed ??= problem })
  return {
    async write(text) {
      if (failed !== undefined) throw failed
      if (!stream.write(text)) await drained(stream)
      if (failed !== undefined) throw failed
    },
    async finish() {
      if (out === undefined) return
      await new Promise<void>((resolve, reject) => { stream.end((problem?: Error | null) => { if (problem === null || problem === undefined) resolve(); else reject(problem) }) })
      if (failed !== undefined) throw failed
      if (partial !== undefined) renameSync(partial, out)
    },
    abandon() {
      if (out === undefined) return
      stream.destroy()
      if (partial !== undefined) rmSync(partial, { force: true })
    },
  }
}

/** Until the stream takes more, or will never take any. */
function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const event of ['drain', 'close', 'error']) stream.off(event, done)
      resolve()
    }
    for (const event of ['drain', 'close', 'error']) stream.once(event, done)
  })
}
