/** Ctrl-C during long work: what runs is told, finishes or undoes its piece, closes what it opened, and the command ends with 130. */
import type { Message } from '@bairn/reasoning'
import process from 'node:process'
import type { Terminal } from '../terminal.ts'

const STOPPED = 130
/** Closing that takes longer is ended the hard way. What was acknowledged stays: the database recovers at its next start. */
const CLOSING_MS = 9000

/** Runs the work with a signal that Ctrl-C gives; `stopped` says then how things stand. Resolves to the work's exit code, or 130. */
export async function untilStopped({ tell }: Terminal, stopped: Message, work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const controller = new AbortController()
  const stop = (): void => {
    if (controller.signal.aborted) return
    controller.abort()
    setTimeout(() => process.exit(STOPPED), CLOSING_MS).unref()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
  try {
    const code = await work(controller.signal)
    if (!controller.signal.aborted) return code
  } catch (found) {
    if (!controller.signal.aborted) throw found
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop)
  }
  tell(stopped)
  return STOPPED
}
