/** Where the table goes: standard output, or a file that appears whole or not at all. */
import { createWriteStream, renameSync, rmSync } from 'node:fs'
import type { Writable } from 'node:stream'

export interface Sink {
  readonly write: (text: string) => Promise<void>
  /** the file gets its name only here */
  readonly finish: () => Promise<void>
  /** leaves nothing behind */
  readonly abandon: () => void
}

export function openSink(out: string | undefined, stdout: Writable): Sink {
  const partial = out === undefined ? undefined : `${out}.partial-${process.pid}`
  const stream = partial === undefined ? stdout : createWriteStream(partial)
  let failed: Error | undefined
  stream.on('error', (problem: Error) => { failed ??= problem })
  return {
    async write(text) {
      if (failed !== undefined) throw failed
      if (!stream.write(text)) await drained(stream)
      if (failed !== undefined) throw failed
    },
    async finish() {
      if (partial === undefined || out === undefined) return
      await new Promise<void>((resolve, reject) => { stream.end((problem?: Error | null) => { if (problem === null || problem === undefined) resolve(); else reject(problem) }) })
      if (failed !== undefined) throw failed
      renameSync(partial, out)
    },
    abandon() {
      if (partial === undefined) return
      stream.destroy()
      rmSync(partial, { force: true })
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
