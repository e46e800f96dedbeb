/** The record for a command: the same database as the server's, whether the server runs or not. */
import { loadEditionsToRead, type EditionsToRead } from '@bairn/fhir'
import { loadEditions } from '@bairn/knowledge'
import type { Day } from '@bairn/quantities'
import { checkClock, parseSettings, project, readHere, Refused, refusalOf, settingOf, stampOf, type Here, type Settings } from '@bairn/server'
import { openStore, startDatabase, type Principal, type Store, type StoreProblem } from '@bairn/store'
import { homedir } from 'node:os'
import process from 'node:process'
import { dayIn, deviceOf, ownTimeZone } from '@bairn/server'

export interface OpenRecords {
  readonly store: Store
  readonly who: Principal
  readonly today: () => Day
  /** brings the list of children up to what was written; a server that runs does it itself */
  readonly settle: () => Promise<void>
  readonly close: () => Promise<void>
}

/** @param writing a clock that fell back would date what is written before what is here. @throws Refused with what is in the way */
export async function openRecords({ writing }: { readonly writing: boolean }): Promise<OpenRecords> {
  const read = parseSettings(process.env, homedir())
  if (!read.ok) throw new Refused(read.issues)
  const { home, host, port, databaseUrl }: Settings = read.settings
  const started = await startDatabase({ home, running: 'attach', ...(databaseUrl === undefined ? {} : { url: databaseUrl }) })
  if (!started.ok) throw refused(started.problem)
  const { database } = started
  try {
    const reached = await database.connection('bairn')
    if (!reached.ok) throw refused(reached.problem)
    let editions: EditionsToRead = await loadEditions()
    let here: Here = { timeZone: ownTimeZone() }
    const today = () => dayIn(ownTimeZone(), Date.now())
    const opened = await openStore({
      database: reached.connection, project: (resources, on) => project(resources, on, { editions, setting: () => settingOf(here) }), stamp: () => stampOf(editions, settingOf(here)), today, base: `http://${host}:${port}/fhir`, connections: 4,
    })
    if (!opened.ok) throw refused(opened.problem)
    const { store } = opened
    try {
      // As the server would: the schedule of the place that was named on its first page.
      here = await readHere(store, deviceOf(home))
      editions = await loadEditionsToRead(here.place?.country ?? '')
      if (writing) await checkClock(store, Date.now)
    } catch (found) {
      await store.close()
      throw found
    }
    return {
      store, today, who: { practitioner: 'bairn', device: deviceOf(home) },
      settle: () => (database.attached ? Promise.resolve() : store.settle(today())),
      async close() {
        await store.close()
        await database.stop()
      },
    }
  } catch (found) {
    await database.stop()
    throw found
  }
}

export const refused = (found: StoreProblem): Refused => new Refused(refusalOf(found).issues)
