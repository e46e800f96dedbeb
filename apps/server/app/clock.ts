/** Today, where the place is. The only clock of the program besides the time stamps of versions: engines get the day from here. */
import { parseDay, type Day } from '@bairn/quantities'

const formats = new Map<string, Intl.DateTimeFormat>()

/** The calendar day that a clock on the wall of this time zone shows at an instant. */
export function dayIn(timeZone: string, instant: number): Day {
  let format = formats.get(timeZone)
  // The Swedish way of writing a date is ISO's.
  if (format === undefined) formats.set(timeZone, format = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }))
  const parsed = parseDay(format.format(instant))
  if (!parsed.ok) throw new RangeError(`no day in ${timeZone} at ${instant}`)
  return parsed.value
}

/** 'Africa/Lagos': where this computer believes to be. */
export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
