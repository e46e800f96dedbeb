/**
 * A computer whose clock fell back (an empty battery: 1 January 2020) would date new facts before old ones. The server remembers
 * when it last ran, and does not start at an earlier time.
 */
import type { Principal, Store } from '@bairn/store'
import { problem, Refused } from '../problems.ts'

const KEY = 'clock.lastSeen'
const WHO: Principal = { practitioner: 'bairn', device: 'bairn' }
const EVERY_MS = 60_000
/** Clocks are set right by minutes, and summer time by an hour. */
const TOLERANCE_MS = 86_400_000

/** @throws Refused when this computer's clock is before the time at which these data were last in use */
export async function checkClock(store: Store, now: () => number): Promise<void> {
  const seen = await store.setting(WHO, KEY)
  if (typeof seen !== 'string') return
  const moment = now()
  if (moment >= Date.parse(seen) - TOLERANCE_MS) return
  throw new Refused([problem('problem.clock', { now: { text: new Date(moment).toISOString().slice(0, 16).replace('T', ' ') }, latest: { text: seen.slice(0, 16).replace('T', ' ') } })])
}

/** Remembers the time now, each minute, and once more when the returned function ends it. */
export function keepClock(store: Store, now: () => number): () => Promise<void> {
  let writing = Promise.resolve()
  const write = (): Promise<void> => {
    // A minute without it is no harm, and the next one writes it.
    writing = writing.then(() => remember(store, now)).catch(() => {})
    return writing
  }
  void write()
  const timer = setInterval(() => { void write() }, EVERY_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await write()
  }
}

async function remember(store: Store, now: () => number): Promise<void> {
  const seen = await store.setting(WHO, KEY)
  const moment = new Date(now()).toISOString()
  // A clock that was set back meanwhile must not hide the later time.
  if (typeof seen !== 'string' || seen < moment) await store.putSetting(WHO, KEY, moment)
}
