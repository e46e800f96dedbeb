/**
 * The nutritional state over every birth date that is possible. With an exact date there is one. With an estimate the mildest class
 * over its span is certain, and the worst says whether the date decides. Without any date ages from three months to six years are
 * tried: swollen feet count at each of them, an arm only at some.
 */
import { addDays, type Day } from '@bairn/quantities'
import { assess, lastAssessmentDay, levelRank, type Assessment } from './assessment.ts'
import type { PlanEditions, State } from './context.ts'
import type { Setting } from './plan.ts'
import type { ScoreBook } from './scores.ts'
import type { Snapshot } from './snapshot.ts'

// One age of each kind that the classes know: under six months, under one year, under five years, older.
const AGES_IF_UNKNOWN = [2190, 1095, 270, 90] as const

export function stateOf({ snapshot, book, birth, setting, editions }: {
  readonly snapshot: Snapshot; readonly book: ScoreBook; readonly birth: Day | undefined; readonly setting: Setting; readonly editions: PlanEditions
}): State | undefined {
  const day = lastAssessmentDay(snapshot)
  if (day === undefined) return undefined
  const possible = birthsOf(snapshot, birth, day)
  const found = possible.flatMap((one) => assess({ snapshot, birth: one, score: birth === undefined ? () => undefined : book.score, setting, edition: editions.nutrition }) ?? [])
  const main = found[0]
  if (main === undefined) return undefined
  const mildest = found.reduce((a, b) => (levelRank(b.level) < levelRank(a.level) ? b : a), main)
  const worst = found.reduce((a, b) => (levelRank(b.level) > levelRank(a.level) ? b : a), main)
  const most = found.reduce((a, b) => (levelRank(b.atMost) > levelRank(a.atMost) ? b : a), main)
  const certain: Assessment = mildest.level === main.level ? main : mildest
  return { main: certain, level: certain.level, atMost: most.atMost, worst }
}

/** The day to count from first, then the ends of its span. */
function birthsOf({ facts }: Snapshot, birth: Day | undefined, day: Day): readonly Day[] {
  if (birth === undefined) return AGES_IF_UNKNOWN.map((age) => addDays(day, -age))
  if (facts.birth.kind !== 'estimated') return [birth]
  return [...new Set([birth, facts.birth.earliest, facts.birth.latest])].filter((one) => one <= day)
}
