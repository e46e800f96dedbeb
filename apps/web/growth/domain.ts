/**
 * How much of the axis a chart shows, and its ticks: the first whole span that holds every point, in the unit clinics use at that age.
 * Pure.
 */
import { DAYS_PER_MONTH } from '@bairn/quantities'

export interface Domain {
  readonly from: number
  readonly to: number
  readonly unit: 'week' | 'month' | 'year' | 'cm'
  /** `label`: the number to write, or where life begins */
  readonly ticks: readonly { readonly x: number; readonly label: number | 'birth' | 'dueDate' }[]
}

const WEEK = 7
const MONTH = DAYS_PER_MONTH
const YEAR = 12 * DAYS_PER_MONTH
const WEEKS_SHOWN = 26
const MONTHS_SHOWN = [12, 24, 36, 48, 60]
const YEARS_SHOWN = [7, 10, 13, 16, 19]
const OLDEST = 19

/** @param ages every age to be shown, in days @param corrected counts from the due date instead of birth */
export function ageDomain(ages: readonly number[], { corrected, from5 }: { readonly corrected: boolean; readonly from5: number }): Domain {
  const oldest = Math.max(0, ...ages)
  const youngest = ages.length === 0 ? 0 : Math.min(...ages)
  const start = corrected ? 'dueDate' : 'birth'
  if (oldest <= WEEKS_SHOWN * WEEK * 0.98) return { from: 0, to: WEEKS_SHOWN * WEEK, unit: 'week', ticks: [...[0, 4, 8, 12, 16, 20].map((week) => tick(week, WEEK, start)), tick(WEEKS_SHOWN, WEEK, start)] }
  const months = MONTHS_SHOWN.find((count) => oldest <= count * MONTH * 0.98)
  if (months !== undefined) {
    const every = months <= 12 ? 3 : months <= 36 ? 6 : 12
    return { from: 0, to: months * MONTH, unit: 'month', ticks: range(0, months, every).map((month) => tick(month, MONTH, start)) }
  }
  const until = YEARS_SHOWN.find((count) => oldest <= count * YEAR * 0.98) ?? OLDEST
  const first = youngest < from5 ? 0 : Math.max(5, Math.min(Math.floor(youngest / YEAR) - 1, until - 6))
  const every = until - first <= 6 ? 1 : until - first <= 10 ? 2 : 3
  return { from: first * YEAR, to: until * YEAR, unit: 'year', ticks: range(first, until, every).map((year) => tick(year, YEAR, start)) }
}

/** Lengths around the points, in steps of 5 cm, inside the table. */
export function lengthDomain(lengths: readonly number[], table: { readonly from: number; readonly to: number } | undefined): Domain {
  const { from: least, to: most } = table ?? { from: 45, to: 120 }
  const low = lengths.length === 0 ? least : Math.min(...lengths)
  const high = lengths.length === 0 ? most : Math.max(...lengths)
  const to = Math.min(most, Math.max(Math.ceil((high + 6) / 5) * 5, Math.floor((low - 3) / 5) * 5 + 25))
  const from = Math.max(least, Math.min(Math.floor((low - 3) / 5) * 5, to - 20))
  const every = to - from > 45 ? 10 : 5
  return { from, to, unit: 'cm', ticks: range(Math.ceil(from / every) * every, to, every).map((cm) => ({ x: cm, label: cm })) }
}

const tick = (count: number, unit: number, start: 'birth' | 'dueDate') => ({ x: count * unit, label: count === 0 ? start : count })
const range = (from: number, to: number, every: number): readonly number[] => Array.from({ length: Math.floor((to - from) / every + 1e-9) + 1 }, (_, at) => from + at * every)
