/** Ctrl-C during long work: what runs is told, finishes or undoes its piece, and the command ends with 130. */
import { problem } from '@bairn/server/problems'
import process from 'node:process'
import type { Terminal } from '../terminal.ts'

const STOPPED = 130

/** Runs the work with a signal that Ctrl-C gives. Resolves to the work's exit code, or 130. */
export async function untilStopped({ complain }: Terminal, work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const controller = new AbortController()
  const stop = (): void => { controller.abort() }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
  try {
    const code = await work(controller.signal)
    if (!controller.signal.aborted) return code
  } catch (found) {
    if (!controller.signal.aborted) throw found
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop)
  }
  complain([problem('problem.interrupted')])
  return STOPPED
}
