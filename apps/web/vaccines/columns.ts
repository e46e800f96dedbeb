/**
 * The columns of the vaccine table: the ages at which something was given or is to be given, today among them. Days of one visit, or
 * ages that are close, share a column where there is not room for all; today's is always its own. Pure.
 */
import { completedMonths, type Day } from '@bairn/quantities'
import type { TimelineRow } from './timeline.ts'

export interface Column { readonly from: Day; readonly to: Day; readonly side: 'past' | 'today' | 'ahead' }

/** Doses of one visit may be written down some days apart. */
const SAME_VISIT_DAYS = 7

/** @param options `max`: how many columns there is room for */
export function columnsOf(rows: readonly TimelineRow[], { birth, on, max }: { readonly birth: Day; readonly on: Day; readonly max: number }): readonly Column[] {
  const days = [...new Set([on, ...rows.flatMap(({ marks }) => marks.map(({ day }) => day))])].toSorted((a, b) => a - b)
  let columns: readonly Column[] = days.map((day) => ({ from: day, to: day, side: day < on ? 'past' : day > on ? 'ahead' : 'today' }))
  const isCrowded = (merged: Column): boolean => rows.some(({ marks }) => marks.filter(({ day }) => day >= merged.from && day <= merged.to).length > 1)
  while (true) {
    const near = closest(columns, birth)
    if (near === undefined) return columns
    const merged = { ...near.earlier, to: near.later.to }
    const sameVisit = near.later.from - near.earlier.from <= SAME_VISIT_DAYS && !isCrowded(merged)
    if (!sameVisit && columns.length <= max) return columns
    columns = columns.flatMap((column) => (column === near.earlier ? [merged] : column === near.later ? [] : [column]))
  }
}

/** Ages are alike by their ratio: one week apart is much at six weeks and nothing at six years. */
function closest(columns: readonly Column[], birth: Day): { readonly earlier: Column; readonly later: Column } | undefined {
  const pairs = columns.slice(1).flatMap((later, at) => {
    const earlier = columns[at]
    return earlier === undefined || earlier.side !== later.side || earlier.side === 'today' ? [] : [{ earlier, later, apart: (later.from - earlier.to) / (earlier.to - birth + MONTH) }]
  })
  return pairs.toSorted((a, b) => a.apart - b.apart)[0]
}
const MONTH = 30

/** An age in one short figure, in the unit clinics use for it. */
export function shortAge(birth: Day, on: Day): { readonly unit: 'birth' | 'day' | 'week' | 'month' | 'year'; readonly count: number } {
  const age = on - birth
  const months = completedMonths({ birth, on })
  if (age <= 1) return { unit: 'birth', count: age }
  if (age < 14) return { unit: 'day', count: age }
  if (age < FOURTEEN_WEEKS_OVER) return { unit: 'week', count: Math.floor(age / 7) }
  return months < 24 ? { unit: 'month', count: months } : { unit: 'year', count: Math.floor(months / 12) }
}
/** calendars count in weeks to fourteen weeks */
const FOURTEEN_WEEKS_OVER = 15 * 7
