/** What commands that answer with documents share: the day they are asked for, sentences in JSON, and writing to whoever reads. */
import type { Writable } from 'node:stream'
import { dayOf, parseDay, type Day } from '@bairn/quantities'
import type { Message } from '@bairn/reasoning'

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A document as it is, each message with its sentence beside key and parameters: readable without our catalogues. */
export function withSentences(value: unknown, say: (message: Message) => string): unknown {
  if (Array.isArray(value)) return value.map((one) => withSentences(one, say))
  if (!isObject(value)) return value
  const copied = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withSentences(one, say)]))
  return isMessage(value) ? { ...copied, sentence: say(value) } : copied
}

const isMessage = (value: Json): value is Json & Message => typeof value['key'] === 'string' && Object.keys(value).every((key) => key === 'key' || key === 'params')

/** A whole date and nothing behind it. */
export const wholeDay = (text: string) => (text.length === 10 ? parseDay(text) : { ok: false as const })

/** Today, as this computer counts it. */
export function localToday(): Day {
  const now = new Date()
  return dayOf({ year: now.getFullYear(), month: now.getMonth() + 1, day: now.getDate() })
}

/** Waits until the text is taken; a reader who left (| head) is nobody's mistake. */
export function write(stdout: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (problem?: NodeJS.ErrnoException | null): void => {
      if (problem === undefined || problem === null || problem.code === 'EPIPE') resolve()
      else reject(problem)
    }
    stdout.once('error', done)
    stdout.write(text, (problem) => { stdout.off('error', done); done(problem) })
  })
}
