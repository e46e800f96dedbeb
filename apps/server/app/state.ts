/** What the app's routes share: who is here, which database a caller has open, what day it is. */
import type { EditionsToRead } from '@bairn/fhir'
import { isPastReview, summarize } from '@bairn/knowledge'
import { ENGINE, type Setting } from '@bairn/plan'
import type { Day } from '@bairn/quantities'
import type { Principal, Store } from '@bairn/store'
import type { Session } from '@bairn/web'
import type { FastifyRequest } from 'fastify'
import { problem, Refused } from '../problems.ts'
import type { Caller } from '../seams/guard.ts'
import type { Tokens } from '../seams/token.ts'
import { principalOf, settingOf, type Here } from './here.ts'
import type { Records } from './records.ts'

export interface AppState {
  readonly records: Records
  /** those of the place that was answered last */
  readonly editions: () => EditionsToRead
  readonly tokens: Tokens
  readonly device: string
  readonly today: () => Day
  readonly here: () => Here
  /** also brings the vaccine schedule of the place */
  readonly setHere: (here: Here) => Promise<void>
}

/** A page says which database it shows; a browser whose other window has left the demo must not write into the wrong one. */
const SHOWN = 'bairn-database'

/** The caller's database, and who is written on what they do. @throws Refused 409 if the page shows the other database */
export async function enter({ records, here, device }: AppState, request: FastifyRequest, caller: Caller): Promise<{ readonly store: Store; readonly who: Principal; readonly demo: boolean }> {
  const demo = caller.by === 'browser' && caller.demo
  const shown = request.headers[SHOWN]
  if (shown !== undefined && shown !== (demo ? 'demo' : 'own')) throw new Refused([problem('problem.app.otherDatabase', {}, `http.${SHOWN}`)], 409)
  return { store: demo ? await records.demo() : records.own, who: principalOf(here(), device), demo }
}

export async function sessionOf(state: AppState, { store, who, demo }: { readonly store: Store; readonly who: Principal; readonly demo: boolean }): Promise<Session> {
  const { user, place } = state.here()
  const today = state.today()
  return {
    ...(user === undefined ? {} : { user }), ...(place === undefined ? {} : { place }),
    demo, setting: currentSetting(state), today, engine: ENGINE,
    editions: summarize(state.editions()).map((edition) => ({ id: edition.id, title: edition.title, pastReview: isPastReview(edition, today) })),
    children: await store.countChildren(who),
  }
}

export const currentSetting = (state: Pick<AppState, 'here'>): Setting => settingOf(state.here())
