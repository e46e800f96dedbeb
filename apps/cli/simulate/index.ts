/**
 * `bairn simulate --children N --seed S`: children who never lived, with vaccine histories, one FHIR transaction a line. The same words
 * give the same children; `bairn import` and `POST /fhir` take them. Needs no server, database or home.
 * Exit codes: 0 done, 1 the output could not be written, 2 a wrong option.
 */
import type { Writable } from 'node:stream'
import { formatMessage, immunizationEditionFor, listImmunizationEditions, loadImmunizationEdition, loadMessages, type Language } from '@bairn/knowledge'
import { dayOf, parseDay, type Day } from '@bairn/quantities'
import type { Message } from '@bairn/reasoning'
import { simulateChild, simulatedBundle } from '@bairn/simulator'
import { openSink } from '../streams/sink.ts'

export interface SimulateOptions {
  readonly children: string
  readonly seed: string
  readonly place: string
  /** the day that counts as today; without it this computer's */
  readonly on?: string
  readonly out?: string
  readonly language: Language
  readonly stdout: Writable
  readonly stderr: Writable
}

const MOST = 10_000_000

export async function runSimulate({ children, seed, place, on, out, language, stdout, stderr }: SimulateOptions): Promise<number> {
  await loadMessages(language)
  const wrong = (message: Message): number => {
    stderr.write(`${formatMessage(message, language)}\n`)
    return 2
  }
  const count = /^\d+$/.test(children) ? Number(children) : 0
  if (count < 1 || count > MOST) return wrong({ key: 'simulate.children', params: { given: { text: children }, most: { number: MOST } } })
  // Clinics give by the schedule of their country; what a country only reported says not enough to give by.
  const schedule = immunizationEditionFor(place.toUpperCase())
  if (schedule?.kind !== 'full') return wrong({ key: 'simulate.place', params: { given: { text: place }, known: { text: (await countriesWithSchedules()).join(', ') } } })
  const parsed = on === undefined ? { ok: true as const, value: localToday() } : parseDay(on)
  if (!parsed.ok) return wrong({ key: 'assess.day', params: { given: { text: on ?? '' } } })
  const edition = await loadImmunizationEdition(schedule.id)
  if (edition === undefined) throw new Error(`no edition ${schedule.id}`)

  const sink = openSink(out, stdout)
  const stop = (): void => { sink.abandon() }
  process.once('exit', stop)
  try {
    for (let number = 1; number <= count; number++) {
      await sink.write(`${JSON.stringify(simulatedBundle(simulateChild(number, { seed, on: parsed.value, edition }), edition))}\n`)
    }
    await sink.finish()
    return 0
  } catch (problem) {
    sink.abandon()
    const { code, message } = problem as NodeJS.ErrnoException
    if (code !== 'EPIPE') stderr.write(`${formatMessage({ key: 'simulate.write', params: { out: { text: out ?? '-' }, problem: { text: code ?? message } } }, language)}\n`)
    return 1
  } finally {
    process.removeListener('exit', stop)
  }
}

/** ISO 3166, two letters, in order; the world (001) is no place to give in. */
const countriesWithSchedules = async (): Promise<readonly string[]> =>
  [...new Set((await listImmunizationEditions()).flatMap(({ kind, country }) => kind === 'full' && /^[A-Z]{2}$/.test(country) ? [country] : []))].toSorted()

function localToday(): Day {
  const now = new Date()
  return dayOf({ year: now.getFullYear(), month: now.getMonth() + 1, day: now.getDate() })
}
