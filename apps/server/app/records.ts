/**
 * The two databases: people's children, opened at start, and the demo children, opened when somebody first looks at them.
 * They never mix: each request has one of them, told by its caller (seams/token.ts).
 */
import type { Day } from '@bairn/quantities'
import type { EditionsToRead } from '@bairn/fhir'
import { ENGINE, type PlanEditions, type Setting } from '@bairn/plan'
import { sampleBundles } from '@bairn/simulator'
import { openStore, type Database, type DatabaseName, type Principal, type Store } from '@bairn/store'
import { acceptableBundle } from '../fhir/acceptable.ts'
import { refuse } from '../outcome.ts'
import { project } from './project.ts'

export interface Records {
  readonly own: Store
  /** opened, and filled with the sample children, at the first call */
  readonly demo: () => Promise<Store>
  readonly close: () => Promise<void>
}
export interface RecordsOptions {
  readonly database: Database
  readonly editions: () => EditionsToRead
  readonly setting: () => Setting
  readonly today: () => Day
  readonly now: () => number
  /** the server's FHIR address */
  readonly base: string
  readonly onProblem: (found: unknown) => void
}

/** Says that the sample children are in: they are loaded once, and stay as people left them. */
const LOADED = 'demo.loaded'

/** @throws Refused with what keeps the database from opening */
export async function openRecords(options: RecordsOptions): Promise<Records> {
  const own = await openOne('bairn', options, 8)
  let demo: Promise<Store> | undefined
  return {
    own,
    demo() {
      demo ??= openDemo(options).catch((found: unknown) => {
        demo = undefined
        throw found
      })
      return demo
    },
    async close() {
      await own.close()
      await (await demo)?.close()
    },
  }
}

async function openOne(name: DatabaseName, { database, editions, setting, today, now, base, onProblem }: RecordsOptions, connections: number): Promise<Store> {
  const reached = await database.connection(name)
  if (!reached.ok) return refuse(reached.problem)
  const opened = await openStore({
    database: reached.connection, project: (resources, on) => project(resources, on, { editions: editions(), setting }), stamp: () => stampOf(editions(), setting()), today, now, base, connections, onBackgroundProblem: onProblem,
  })
  return opened.ok ? opened.store : refuse(opened.problem)
}

/** What a row depends on besides the facts and the day. */
export const stampOf = ({ growth, nutrition, plan, immunization }: PlanEditions, { switches }: Setting): string => [
  ENGINE, growth.under5.id, growth.from5.id, nutrition.id, plan.id, ...(immunization === undefined ? [] : [immunization.id]),
  ...Object.keys(switches).toSorted().map((code) => `${code}=${switches[code]?.known === true ? String(switches[code].value) : '?'}`),
].join(' ')

async function openDemo(options: RecordsOptions): Promise<Store> {
  const store = await openOne('bairn_demo', options, 4)
  const who: Principal = { practitioner: 'bairn', device: 'bairn' }
  if (await store.setting(who, LOADED) !== undefined) return store
  for (const bundle of sampleBundles(options.today())) {
    const result = await store.transaction(who, acceptableBundle({ ...bundle }, options.today()))
    if (!result.ok) refuse(result.problem)
  }
  await store.putSetting(who, LOADED, { day: options.today() })
  return store
}
