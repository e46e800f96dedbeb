/** Reads the worklist: pages, filters, search and counts. Never computes a plan. */
import type { Pool } from 'pg'
import type { WorklistFilter, WorklistPage, WorklistQuery, WorklistSummary } from '../contract.ts'
import { countWordHits, countWorklist, listWorklist, listWorklistComingUp, listWorklistOfRank, searchWorklist, type CountRow } from '../queries/worklist.ts'
import { RANKS } from './refresh.ts'
import { typedWords } from './words.ts'

const MOST_ROWS = 200
/** The last character there is: every word that begins with a text sorts before text and this. */
const BEHIND_ALL = '\u{10ffff}'

export async function readWorklist(pool: Pool, query: WorklistQuery): Promise<WorklistPage> {
  const limit = Math.max(1, Math.min(MOST_ROWS, Math.trunc(query.count)))
  const words = typedWords(query.q ?? '')
  const read = async (offset: number): Promise<{ readonly lines: readonly string[]; readonly counts: WorklistPage['counts'] }> => {
    if (words.length === 0) {
      const [rows, counted] = await Promise.all([linesOf(pool, query.filter, limit, offset), countWorklist(pool, [])])
      return { lines: rows.map(({ line }) => line), counts: countsOf(counted) }
    }
    const own = query.filter !== 'all' && query.filter !== 'comingUp'
    const [rarest, ...others] = await rarestFirst(pool, words)
    const [found] = await searchWorklist(pool, [rarest, `${rarest}${BEHIND_ALL}`, others.map((word) => `% ${word}%`), own ? RANKS.indexOf(query.filter as (typeof RANKS)[number]) : null, query.filter === 'comingUp', limit, offset])
    return { lines: found?.lines ?? [], counts: countsOf(found?.counts ?? []) }
  }
  let page = Math.max(1, Math.trunc(query.page))
  let { lines, counts } = await read((page - 1) * limit)
  const total = counts[query.filter]
  const pages = Math.max(1, Math.ceil(total / limit))
  if (page > pages) {
    // The list grew shorter under a page that was open: its last page instead of nothing.
    page = pages
    ;({ lines, counts } = await read((page - 1) * limit))
  }
  return { rows: lines.map((line) => JSON.parse(line) as WorklistSummary), total, counts, page, pages }
}

async function rarestFirst(pool: Pool, words: readonly string[]): Promise<[string, ...string[]]> {
  if (words.length === 1) return [words[0] as string]
  const counted = await Promise.all(words.map(async (word) => ({ word, hits: Number((await countWordHits(pool, [word, `${word}${BEHIND_ALL}`]))[0]?.hits ?? 0) })))
  return counted.toSorted((a, b) => a.hits - b.hits).map(({ word }) => word) as [string, ...string[]]
}

function linesOf(pool: Pool, filter: WorklistFilter, limit: number, offset: number): Promise<readonly { readonly line: string }[]> {
  if (filter === 'all') return listWorklist(pool, [limit, offset])
  return filter === 'comingUp' ? listWorklistComingUp(pool, [limit, offset]) : listWorklistOfRank(pool, [limit, offset, RANKS.indexOf(filter)])
}

function countsOf(rows: readonly CountRow[]): WorklistPage['counts'] {
  const counts: Record<WorklistFilter, number> = { all: 0, urgent: 0, actToday: 0, overdue: 0, dueToday: 0, comingUp: 0, notKnown: 0, well: 0 }
  for (const { rank, children, coming_up: comingUp } of rows) {
    counts.all += Number(children)
    counts.comingUp += Number(comingUp)
    const urgency = RANKS[rank]
    if (urgency !== undefined && urgency !== 'comingUp') counts[urgency] += Number(children)
  }
  return counts
}
