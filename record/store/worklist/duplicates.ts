/**
 * Likely the same child: named alike, of the same mother, born about the same day, with the same phone. A hint beside the form,
 * never a decision: weights are a policy of ours, to be looked at with real registers.
 */
import type { Pool } from 'pg'
import type { DuplicateCandidate, DuplicateQuery, WorklistSummary } from '../contract.ts'
import { findAlike } from '../queries/worklist.ts'
import { joinNumber, splitWords } from './words.ts'

type Why = DuplicateCandidate['because'][number]

/** Letters that two spellings of a name mostly share at the beginning. */
const BEGINNING = 3
const ALIKE = 0.6
/** Ends of phones that are the same number, with or without a country code. */
const PHONE_END = 7
const WEIGHTS: Readonly<Record<Why, number>> = { name: 3, mother: 2, birthDate: 2, phone: 2 }
const OTHER_SEX = 2
const LIKELY = 3.5
const MOST = 5

export async function findDuplicates(pool: Pool, query: DuplicateQuery): Promise<readonly DuplicateCandidate[]> {
  const names = splitWords(query.name ?? '')
  const mothers = splitWords(query.mother ?? '')
  const phone = joinNumber(query.phone ?? '').slice(-PHONE_END)
  const wanted = [
    ...names.map((word) => ({ kind: 'name', word: beginningOf(word) })),
    ...mothers.map((word) => ({ kind: 'mother', word: beginningOf(word) })),
    ...(phone.length === PHONE_END ? [{ kind: 'phone', word: phone }] : []),
  ]
  if (wanted.length === 0 && query.birthDate === undefined) return []
  const found = await findAlike(pool, [wanted.map(({ kind }) => kind), wanted.map(({ word }) => word), query.birthDate ?? null])
  const judged = found.map(({ line, words }) => judge(JSON.parse(line) as WorklistSummary, words, { query, names, mothers, phone }))
  return judged.filter(({ score }) => score >= LIKELY).toSorted((a, b) => b.score - a.score || (a.row.child < b.row.child ? -1 : 1)).slice(0, MOST).map(({ row, because }) => ({ row, because }))
}

interface Asked { readonly query: DuplicateQuery; readonly names: readonly string[]; readonly mothers: readonly string[]; readonly phone: string }

function judge(row: WorklistSummary, words: readonly string[], { query, names, mothers, phone }: Asked): DuplicateCandidate & { readonly score: number } {
  const of = (kind: string): readonly string[] => words.filter((word) => word.startsWith(`${kind} `)).map((word) => word.slice(kind.length + 1))
  const likeness: Record<Why, number> = {
    name: alikeness(names, of('name')),
    mother: alikeness(mothers, of('mother')),
    birthDate: bornAlike(query.birthDate, row.birthDate),
    phone: phone.length === PHONE_END && of('phone').includes(phone) ? 1 : 0,
  }
  const because = (Object.keys(WEIGHTS) as Why[]).filter((why) => likeness[why] >= ALIKE)
  const score = because.reduce((sum, why) => sum + WEIGHTS[why] * likeness[why], 0) - (query.sex !== undefined && row.sex !== undefined && query.sex !== row.sex ? OTHER_SEX : 0)
  return { row, because, score: because.length < 2 ? 0 : score }
}

const beginningOf = (word: string): string => [...word].slice(0, BEGINNING).join('')

/** Each word's best partner, on average; 1: all the same. Names are given in any order, and one may be missing. */
function alikeness(asked: readonly string[], there: readonly string[]): number {
  if (asked.length === 0 || there.length === 0) return 0
  const [few, many] = asked.length <= there.length ? [asked, there] : [there, asked]
  return few.reduce((sum, word) => sum + Math.max(...many.map((other) => shared(word, other))), 0) / few.length
}

/** Dice's coefficient of pairs of neighbouring letters, the ends counted. */
function shared(a: string, b: string): number {
  if (a === b) return 1
  const pairs = (word: string): string[] => [...` ${word} `].map((letter, i, all) => letter + (all[i + 1] ?? '')).slice(0, -1)
  const left = pairs(a)
  const right = pairs(b)
  const all = left.length + right.length
  let common = 0
  for (const pair of left) {
    const at = right.indexOf(pair)
    if (at === -1) continue
    right.splice(at, 1)
    common += 1
  }
  return (2 * common) / all
}

/** The same day; or one known less exactly; or day and month exchanged. */
function bornAlike(asked: string | undefined, there: string | undefined): number {
  if (asked === undefined || there === undefined) return 0
  if (asked === there) return 1
  if (asked.startsWith(there) || there.startsWith(asked)) return 0.7
  const [year, month, day] = asked.split('-')
  return day !== undefined && there === `${year}-${day}-${month}` ? 0.8 : 0
}
