/** The list of children, likely duplicates, and one child's record: what the pages read beside FHIR. Lists are read, never computed. */
import type { Resource } from '@bairn/fhir'
import { parseFhirJson } from '@bairn/fhir/json'
import type { Day } from '@bairn/quantities'
import type { DuplicateQuery, Principal, Store, WorklistFilter } from '@bairn/store'
import type { ChildRecord, Duplicates, Worklist } from '@bairn/web'
import { refuse } from '../outcome.ts'
import { problem, Refused } from '../problems.ts'
import { planOf, type ProjectOptions } from './project.ts'

const FILTERS: readonly WorklistFilter[] = ['all', 'urgent', 'actToday', 'overdue', 'dueToday', 'comingUp', 'notKnown', 'well']
const ROWS = { usual: 50, most: 500 }
/** A list after a large import may lag: after this long it is shown as far as it is. */
const SETTLE_MS = 5000

interface Entered { readonly store: Store; readonly who: Principal }

/** @throws Refused 400 for a filter or page that cannot be */
export async function worklist({ store, who }: Entered, query: URLSearchParams, today: Day): Promise<Worklist> {
  const filter = query.get('filter') ?? 'all'
  if (!isFilter(filter)) throw new Refused([problem('problem.parameter', { name: { text: `filter=${filter}` } }, 'http.filter')], 400)
  const q = query.get('q')?.trim() ?? ''
  await upToDate(store, today)
  const { rows, total, counts, page, pages } = await store.worklist(who, {
    filter, page: numberIn(query, 'page', 1, 1_000_000), count: numberIn(query, 'count', ROWS.usual, ROWS.most), ...(q === '' ? {} : { q }),
  })
  return { rows, total, counts, page, pages, asOf: today }
}

const isFilter = (text: string): text is WorklistFilter => (FILTERS as readonly string[]).includes(text)

async function upToDate(store: Store, today: Day): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => { timer = setTimeout(resolve, SETTLE_MS) })
  await Promise.race([store.settle(today), late])
  clearTimeout(timer)
}

function numberIn(query: URLSearchParams, name: string, usual: number, most: number): number {
  const given = query.get(name)
  if (given === null || given === '') return usual
  if (/^\d{1,7}$/.test(given) && Number(given) >= 1) return Math.min(Number(given), most)
  throw new Refused([problem('problem.fhir.count', { given: { text: given } }, `http.${name}`)], 400)
}

export async function duplicates({ store, who }: Entered, query: URLSearchParams): Promise<Duplicates> {
  const text = (name: string): string | undefined => query.get(name)?.trim() || undefined
  const [name, mother, birthDate, phone, sex] = [text('name'), text('mother'), text('birthDate'), text('phone'), text('sex')]
  const asked: DuplicateQuery = {
    ...(name === undefined ? {} : { name }), ...(mother === undefined ? {} : { mother }), ...(phone === undefined ? {} : { phone }),
    ...(birthDate !== undefined && /^\d{4}(-\d{2}(-\d{2})?)?$/.test(birthDate) ? { birthDate } : {}), ...(sex === 'male' || sex === 'female' ? { sex } : {}),
  }
  return { candidates: (await store.duplicates(who, asked)).map(({ row, because }) => ({ ...row, because })) }
}

/** The child's resources and the plan made from them. @throws Refused 404 or 410 */
export async function childRecord({ store, who }: Entered, id: string, today: Day, options: ProjectOptions): Promise<ChildRecord & { readonly record: string }> {
  const result = await store.everything(who, id)
  if (!result.ok) return refuse(result.problem)
  const resources = result.page.versions.map(({ text }) => resourceOf(text))
  const plan = planOf(resources, today, options)
  if (plan === undefined) return refuse({ kind: 'notFound', type: 'Patient', id })
  return { resources, plan, record: result.page.record }
}

/** The child's resources; undefined if there is no such child here. @throws Refused if the database cannot say */
export async function findResources({ store, who }: Entered, id: string): Promise<readonly Resource[] | undefined> {
  const result = await store.everything(who, id)
  if (result.ok) return result.page.versions.map(({ text }) => resourceOf(text))
  return result.problem.kind === 'notFound' || result.problem.kind === 'deleted' ? undefined : refuse(result.problem)
}

function resourceOf(text: string): Resource {
  const parsed = parseFhirJson(text)
  if (!parsed.ok) throw new TypeError('the store holds a text that is no JSON')
  return parsed.value as Resource
}
