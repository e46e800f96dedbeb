/** Ages as the WHO/UNICEF report writes them: 'B', 'D3', 'W6', 'M16-M24', '+M6'. */
import { addPeriod, parseDay, parsePeriod, type Day, type Period } from '@bairn/quantities'

export type ReportedAge =
  /** `overdue`: the first age that is past what was written */
  | { readonly kind: 'age'; readonly from: string; readonly overdue?: string }
  | { readonly kind: 'after'; readonly period: string }

const UNITS: Readonly<Record<string, string>> = { D: 'days', W: 'weeks', M: 'months', Y: 'years' }
const text = (count: number, unit: string): string => `${count} ${UNITS[unit] as string}`

/** 'M16-M24' ends when the child is 25 months old: an age is counted in completed months. @throws Error on what it cannot read */
export function parseReportedAge(token: string): ReportedAge {
  if (token === 'B') return { kind: 'age', from: '0 days' }
  const found = /^(\+)?([DWMY])(\d+)(?:-([DWMY])(\d+))?$/.exec(token)
  if (found === null || (found[1] !== undefined && found[4] !== undefined)) throw new Error(`not an age: '${token}'`)
  const from = text(Number(found[3]), found[2] as string)
  if (found[1] !== undefined) return { kind: 'after', period: from }
  return { kind: 'age', from, ...(found[4] === undefined ? {} : { overdue: text(Number(found[5]) + 1, found[4]) }) }
}

function periodOf(written: string): Period {
  const parsed = parsePeriod(written)
  if (!parsed.ok) throw new Error(`not a period: '${written}'`)
  return parsed.value
}

/** Birthdays of four years: every length of month and the leap day. */
const first = parseDay('2024-01-01')
const BIRTHS: readonly Day[] = Array.from({ length: 1461 }, (_, index) => ((first.ok ? first.value : 0) + index) as Day)

/** Whether the first is the shorter for a child born on any day; where it depends on the day, it is not. */
export const isShorter = (a: string, b: string): boolean => BIRTHS.every((birth) => addPeriod(birth, periodOf(a)) < addPeriod(birth, periodOf(b)))

/** The longest interval that fits between two ages whatever the birthday: `interval` where it does, else the fewest days between them. */
export function fitting({ from, to, interval }: { readonly from: string; readonly to: string; readonly interval: string }): string {
  const room = BIRTHS.map((birth) => ({ start: addPeriod(birth, periodOf(from)), end: addPeriod(birth, periodOf(to)) }))
  if (room.every(({ start, end }) => addPeriod(start, periodOf(interval)) <= end)) return interval
  return `${Math.min(...room.map(({ start, end }) => end - start))} days`
}

/** About how long it is, to put ages in order. */
export const about = (written: string): number => { const { months, days } = periodOf(written); return months * 30.4375 + days }
