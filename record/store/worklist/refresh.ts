/**
 * Keeps the worklist up to the record: what the change feed names, what is due on a day, and all when engines or editions changed.
 * Each step is one transaction (rows and position together), so a crash at any point loses nothing and repeats at most a step.
 */
import { setImmediate as breathe, setTimeout as wait } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import type { Day } from '@bairn/quantities'
import { parseFhirJson } from '@bairn/fhir/json'
import { foldText } from '@bairn/fhir/search'
import { orThrow, withTransaction } from '../connection.ts'
import type { Project, Resource, WorklistFilter, WorklistProjection } from '../contract.ts'
import { typeHash } from '../hashing.ts'
import { countStale, findStale, listChangedChildren, listDueChildren, listPatientsAfter, lockWorklist, readRecords, readWorklistState, saveWorklist, writeWorklistState } from '../queries/worklist.ts'
import { wordsOf } from './words.ts'

/** Order of the list; 'comingUp' is never a row's own urgency, but stands for completeness. */
export const RANKS: readonly Exclude<WorklistFilter, 'all'>[] = ['urgent', 'actToday', 'overdue', 'dueToday', 'notKnown', 'comingUp', 'well']

const STEP_CHANGES = 400
const STEP_CHILDREN = 150
/** Read together: a record of eighteen years is about 5 MB of text, and what is held at once moves into the old heap. */
const READ_CHILDREN = 16
/** Behind everything that has a day. */
const NO_DAY = 2_147_483_647
const PAUSE_MS = 25
/** Other requests are answered between two slices of computing. */
const SLICE_MS = 8

export interface Refresh {
  /** Something was written: the list follows soon. */
  touched(): void
  settle(on: Day): Promise<void>
  behind(on: Day): Promise<number>
  close(): Promise<void>
}
export interface RefreshOptions { readonly pool: Pool; readonly project: Project; readonly stamp: () => string; readonly today: () => Day; readonly onProblem: (problem: unknown) => void }

export function openRefresh({ pool, project, stamp, today, onProblem }: RefreshOptions): Refresh {
  const state: { timer: NodeJS.Timeout | undefined; running: Promise<void> | undefined; closed: boolean } = { timer: undefined, running: undefined, closed: false }

  const settleNow = async (on: Day): Promise<void> => {
    const [stale] = await findStale(pool, [stamp(), on])
    if (stale === undefined || stale.settled) return
    const target = { xact: BigInt(stale.xact ?? 0), seq: BigInt(stale.seq ?? 0) }
    for (;;) {
      if (state.closed) return
      const done = await withTransaction(pool, (client) => step(client, { project, stamp: stamp(), on }))
      if (done.more) continue
      if (done.xact > target.xact || (done.xact === target.xact && done.seq >= target.seq)) return
      // An older transaction is still open: what came after it may not be read yet.
      await wait(5)
    }
  }
  // One at a time; who comes while one runs waits for it and then looks again, as it may have begun too early.
  const settle = async (on: Day): Promise<void> => {
    while (state.running !== undefined) await state.running.catch(() => {})
    state.running = settleNow(on).finally(() => { state.running = undefined })
    await state.running
  }
  const touched = (): void => {
    if (state.closed || state.timer !== undefined) return
    state.timer = setTimeout(() => {
      state.timer = undefined
      settle(today()).catch((problem: unknown) => { if (!state.closed) onProblem(problem) })
    }, PAUSE_MS)
    state.timer.unref()
  }
  return {
    touched,
    settle: (on) => orThrow(() => settle(on)),
    behind: (on) => orThrow(async () => Number((await countStale(pool, [on, typeHash('Patient'), stamp()]))[0]?.behind ?? 0)),
    close: async () => {
      state.closed = true
      clearTimeout(state.timer)
      await state.running?.catch(() => {})
    },
  }
}

interface StepOptions { readonly project: Project; readonly stamp: string; readonly on: Day }
interface Done { readonly more: boolean; readonly xact: bigint; readonly seq: bigint }

async function step(client: PoolClient, { project, stamp, on }: StepOptions): Promise<Done> {
  await lockWorklist(client, [])
  const [before] = await readWorklistState(client, [])
  if (before === undefined) throw new Error('worklist_state has no row')
  const from = before.stamp === stamp ? before.rebuilt_to : '0'
  const changed = await listChangedChildren(client, [before.xact, before.seq, STEP_CHANGES])
  const patients = from === null ? [] : await listPatientsAfter(client, [typeHash('Patient'), from, STEP_CHILDREN])
  const due = await listDueChildren(client, [on, STEP_CHILDREN])
  const children = [...new Set([...changed, ...patients, ...due].map(({ child }) => child).filter((child) => child !== '0'))]
  if (children.length > 0) await projectChildren(client, children, project, on)
  const { xact, seq } = changed.at(-1) ?? before
  const rebuiltTo = from === null || patients.length < STEP_CHILDREN ? null : (patients.at(-1)?.child ?? null)
  if (xact !== before.xact || seq !== before.seq || stamp !== before.stamp || rebuiltTo !== before.rebuilt_to) await writeWorklistState(client, [xact, seq, stamp, rebuiltTo])
  return { more: changed.length === STEP_CHANGES || rebuiltTo !== null || due.length >= STEP_CHILDREN, xact: BigInt(xact), seq: BigInt(seq) }
}

async function projectChildren(client: PoolClient, children: readonly string[], project: Project, on: Day): Promise<void> {
  const rows: Row[] = []
  let slice = performance.now()
  for (let at = 0; at < children.length; at += READ_CHILDREN) {
    for (const [child, bodies] of await bodiesOf(client, children.slice(at, at + READ_CHILDREN))) {
      // Parsed here and not above: one child's resources are garbage before the next child's are made.
      rows.push({ child, made: project(bodies.map((body) => resourceOf(child, body)), on) })
      if (performance.now() - slice > SLICE_MS) {
        await breathe()
        slice = performance.now()
      }
    }
  }
  const found = new Set(rows.map(({ child }) => child))
  await saveWorklist(client, [...columnsOf(rows, on), children.filter((child) => !found.has(child))])
}

/** Each child's record as it is stored, its Patient first; without its Patient a child is on no list. */
async function bodiesOf(client: PoolClient, children: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const records = new Map<string, string[]>()
  for (const { child, rid, body } of await readRecords(client, [children])) {
    const bodies = records.get(child)
    if (bodies !== undefined) bodies.push(body)
    else if (rid === child) records.set(child, [body])
  }
  return records
}

function resourceOf(child: string, body: string): Resource {
  const parsed = parseFhirJson(body)
  if (!parsed.ok) throw new Error(`a stored resource of child ${child} is not JSON`)
  return parsed.value as Resource
}

interface Row { readonly child: string; readonly made: WorklistProjection | undefined }
type Save = Parameters<typeof saveWorklist>[1]
type SaveColumns = Save extends readonly [...infer Columns, gone: readonly string[]] ? Columns : never

function columnsOf(rows: readonly Row[], on: Day): SaveColumns {
  const listed = rows.flatMap(({ child, made }) => (made === undefined ? [] : [{ child, made, found: wordsOf(made.words) }]))
  const needs = listed.flatMap(({ child, made }) => made.needs.map((need) => ({ child, ...need })))
  const words = listed.flatMap(({ child, found }) => found.map((word) => ({ child, ...word })))
  return [
    rows.map(({ child }) => child),
    rows.map(({ made }) => made !== undefined),
    rows.map(({ made }) => (made === undefined ? 0 : RANKS.indexOf(made.row.urgency))),
    rows.map(({ made }) => made?.needs.some(({ urgency }) => urgency === 'comingUp') ?? false),
    rows.map(({ made }) => made?.row.due ?? NO_DAY),
    rows.map(({ made }) => foldText(made?.row.name ?? '')),
    rows.map(({ made }) => made?.row.birthDate ?? null),
    rows.map(() => on),
    // A day that is not after this one would be due for ever.
    rows.map(({ made }) => (made?.nextChange === undefined ? null : Math.max(made.nextChange, on + 1))),
    listed.map(({ child }) => child), listed.map(({ found }) => found.map(({ word }) => ` ${word}`).join('')), listed.map(({ made }) => JSON.stringify(made.row)),
    needs.map(({ child }) => child), needs.map(({ need }) => need), needs.map(({ urgency }) => urgency), needs.map(({ due }) => due),
    words.map(({ child }) => child), words.map(({ kind }) => kind), words.map(({ word }) => word),
  ]
}
