/**
 * Brings the server up and down: folder, port, database, store, pages, in this order, so that what cannot work is said before
 * anything is changed. @see settings.ts for what it reads.
 */
import { loadEditionsToRead, type EditionsToRead } from '@bairn/fhir'
import { loadEditions } from '@bairn/knowledge'
import { startDatabase, type Database } from '@bairn/store'
import type { FastifyInstance } from 'fastify'
import { accessSync, constants, mkdirSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { dayIn } from './app/clock.ts'
import { deviceOf, readHere, type Here } from './app/here.ts'
import { openRecords } from './app/records.ts'
import { appRoutes } from './app/routes.ts'
import { currentSetting, enter, type AppState } from './app/state.ts'
import { fhirRoutes } from './fhir/routes.ts'
import { hookRoutes } from './hooks/routes.ts'
import { makeHttp } from './http.ts'
import { refuse } from './outcome.ts'
import { pageRoutes, refusalPage, serveFiles } from './pages/routes.ts'
import { problem, Refused } from './problems.ts'
import type { Route } from './routes.ts'
import { checkClock, keepClock } from './seams/lastSeen.ts'
import { openLog } from './seams/log.ts'
import { makeMetrics, type Metrics } from './seams/metrics.ts'
import { makeTokens } from './seams/token.ts'
import { isLoopback, type Settings } from './settings.ts'
import { VERSION } from './version.ts'

export interface Running {
  readonly url: string
  /** opens the page once, and lets the browser in */
  readonly link: string
  readonly token: string
  /** where the data lie; undefined with DATABASE_URL */
  readonly folder?: string
  /** the data could not lie in BAIRN_HOME: say `folder` */
  readonly moved: boolean
  readonly databasePid?: number
  readonly routes: readonly Route[]
  readonly stop: () => Promise<void>
}
export interface StartOptions {
  /** milliseconds since 1970; the computer's clock if absent */
  readonly now?: () => number
  /** tests only: the database does not wait for the disk */
  readonly unsafe?: boolean
}

/** @throws Refused with one sentence for each thing that is in the way; nothing stays running then */
export async function startServer(settings: Settings, { now = Date.now, unsafe = false }: StartOptions = {}): Promise<Running> {
  const undo: (() => Promise<unknown>)[] = []
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    return await start(settings, { now, unsafe, undo, stop })
  } catch (found) {
    await stop()
    throw found
  }
}

interface Starting { readonly now: () => number; readonly unsafe: boolean; readonly undo: (() => Promise<unknown>)[]; readonly stop: () => Promise<void> }

async function start(settings: Settings, { now, unsafe, undo, stop }: Starting): Promise<Running> {
  const { home, host } = settings
  if (!isLoopback(host)) throw new Refused([problem('problem.host', { host: { text: host } }, 'BAIRN_HOST')])
  makeHome(home)
  const port = await freePort(settings)
  const log = inHome(home, () => openLog(home))
  undo.push(log.close)
  const database = await openDatabase(settings, unsafe)
  undo.push(() => database.stop())

  let editions: EditionsToRead = await loadEditions()
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  const device = inHome(home, () => deviceOf(home))
  let here: Here = { timeZone: 'UTC' }
  const today = () => dayIn(here.timeZone, now())
  const onProblem = (found: unknown): void => { log.logger.error({ background: found instanceof Error ? found.stack?.split('\n').slice(0, 8) : String(found) }) }
  const records = await openRecords({ database, editions: () => editions, setting: () => currentSetting({ here: () => here }), today, now, base: `${url}/fhir`, onProblem })
  undo.push(records.close)
  await checkClock(records.own, now)
  undo.push(keepClock(records.own, now))
  const setHere = async (next: Here): Promise<void> => {
    editions = await loadEditionsToRead(next.place?.country ?? '')
    here = next
  }
  await setHere(await readHere(records.own, device))

  const tokens = inHome(home, () => makeTokens({ home, name: `bairn-${port}`, now }))
  const state: AppState = { records, editions: () => editions, tokens, device, today, here: () => here, setHere }
  const metrics = makeMetrics({ lostLogLines: log.lost, version: VERSION })
  const routes = allRoutes({ state, url, base: `${url}/fhir`, now, metrics })
  const app = makeHttp({ routes, tokens, log, metrics, port: () => port, refusalPage })
  undo.push(() => app.close())
  await serveFiles(app)
  await listen(app, { host, port })
  welcomeDemo(state, onProblem)
  return {
    url, link: `${url}${tokens.linkPath}`, token: tokens.token, moved: database.moved, routes, stop,
    ...(database.folder === undefined ? {} : { folder: database.folder }), ...(database.pid === undefined ? {} : { databasePid: database.pid }),
  }
}

/** Every route of the server. A test lists them with their policies. */
function allRoutes({ state, url, base, now, metrics }: { readonly state: AppState; readonly url: string; readonly base: string; readonly now: () => number; readonly metrics: Metrics }): readonly Route[] {
  return [
    {
      method: 'GET', path: '/health', policy: 'public',
      async handle(_request, reply) {
        const there = await state.records.own.ping()
        return reply.code(there ? 200 : 503).header('content-type', 'application/json; charset=utf-8').send(JSON.stringify({ status: there ? 'ok' : 'database away', version: VERSION }))
      },
    },
    { method: 'GET', path: '/metrics', policy: 'session', handle: async (_request, reply) => reply.header('content-type', metrics.contentType).send(await metrics.text()) },
    ...fhirRoutes({ base, now, today: state.today, version: VERSION, enter: (request, caller) => enter(state, request, caller) }),
    ...appRoutes(state),
    ...hookRoutes(state, { url }),
    ...pageRoutes(state),
  ]
}

function makeHome(home: string): void {
  inHome(home, () => {
    mkdirSync(home, { recursive: true, mode: 0o700 })
    accessSync(home, constants.W_OK | constants.X_OK)
  })
}

/** @throws Refused: full disk, or a folder that cannot be used, in the system's own word */
function inHome<T>(home: string, run: () => T): T {
  try {
    return run()
  } catch (found) {
    const { code } = found as NodeJS.ErrnoException
    if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') throw new Refused([problem('problem.diskFull', {}, home)], 507)
    throw new Refused([problem('problem.home', { folder: { text: home }, detail: { text: code ?? String(found) } }, home)])
  }
}

/** The port as it will be; asked for before the database starts, because it is what most often stands in the way. */
async function freePort({ host, port }: Settings): Promise<number> {
  const probe = createServer()
  try {
    await new Promise<void>((resolve, reject) => { probe.once('error', reject).listen({ host, port, exclusive: true }, resolve) })
    return (probe.address() as AddressInfo).port
  } catch (found) {
    throw refusedPort(found, port)
  } finally {
    await new Promise((resolve) => { probe.close(resolve) })
  }
}

async function listen(app: FastifyInstance, { host, port }: { readonly host: string; readonly port: number }): Promise<void> {
  try {
    await app.listen({ host, port })
  } catch (found) {
    throw refusedPort(found, port)
  }
}

function refusedPort(found: unknown, port: number): unknown {
  const { code } = found as NodeJS.ErrnoException
  const params = { port: { text: String(port) } }
  if (code === 'EADDRINUSE') return new Refused([problem('problem.portInUse', params, 'BAIRN_PORT')])
  if (code === 'EACCES') return new Refused([problem('problem.portForbidden', params, 'BAIRN_PORT')])
  return found
}

async function openDatabase({ home, databaseUrl }: Settings, unsafe: boolean): Promise<Database> {
  const started = await startDatabase({ home, running: 'refuse', unsafe, ...(databaseUrl === undefined ? {} : { url: databaseUrl }) })
  return started.ok ? started.database : refuse(started.problem)
}

/** On a first start the demo children are made ready while the page is opened; later they are opened when somebody looks. */
function welcomeDemo({ here, records }: AppState, onProblem: (found: unknown) => void): void {
  if (here().user === undefined) records.demo().catch(onProblem)
}

