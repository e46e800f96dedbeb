/**
 * A date as three labelled fields: day, month, year. Any digits; the month by its number or chosen by its name.
 * `readDate` says what was typed: a day, a month or year alone, or why it cannot be.
 */
import { dayOf, daysInMonth, formatDay, parseNumber, type Day } from '@bairn/quantities'
import { useId } from 'preact/hooks'
import { useMessages } from '../i18n/messages.tsx'
import { Problem } from './Field.tsx'

export interface TypedDate { readonly day: string; readonly month: string; readonly year: string }
export const NO_DATE: TypedDate = { day: '', month: '', year: '' }

export type ReadDate =
  | { readonly kind: 'empty' }
  /** some of the three, or digits of the year, are still missing; nothing is wrong yet: web.date.incomplete when it is sent */
  | { readonly kind: 'partial' }
  | { readonly kind: 'day'; readonly day: Day; readonly iso: string }
  /** key of a sentence: web.date.future, web.date.noSuchDay, web.date.digits */
  | { readonly kind: 'problem'; readonly key: string }

/** What three fields mean on the day `today`; a day after it is refused. */
export function readDate(typed: TypedDate, today: Day): ReadDate {
  const texts = [typed.day.trim(), typed.month.trim(), typed.year.trim()]
  if (texts.every((text) => text === '')) return { kind: 'empty' }
  const parts = texts.map((text) => (text === '' ? undefined : wholeNumber(text)))
  if (texts.some((text, at) => text !== '' && parts[at] === undefined)) return { kind: 'problem', key: 'web.date.digits' }
  const [day, month, year] = parts
  if (month !== undefined && (month < 1 || month > 12)) return { kind: 'problem', key: 'web.date.noSuchDay' }
  if (day !== undefined && (day < 1 || day > 31)) return { kind: 'problem', key: 'web.date.noSuchDay' }
  if (day === undefined || month === undefined || year === undefined || year < 1000) return { kind: 'partial' }
  if (year > 9999 || day > daysInMonth(year, month)) return { kind: 'problem', key: 'web.date.noSuchDay' }
  const value = dayOf({ year, month, day })
  return value > today ? { kind: 'problem', key: 'web.date.future' } : { kind: 'day', day: value, iso: formatDay(value) }
}

export function DateFields({ label, value, onChange, hint, problem }: {
  readonly label: string; readonly value: TypedDate; readonly onChange: (next: TypedDate) => void; readonly hint?: string; readonly problem?: string | undefined
}) {
  const id = useId()
  const { t } = useMessages()
  const describedBy = problem !== undefined || hint !== undefined ? `${id}-help` : undefined
  const part = (name: keyof TypedDate, digits: number) => (
    <div>
      <label for={`${id}-${name}`}>{t(`web.date.${name}`)}</label>
      <input class="in" id={`${id}-${name}`} type="text" inputMode="numeric" dir="ltr" autocomplete="off" maxLength={digits} value={value[name]}
        onInput={(event) => onChange({ ...value, [name]: event.currentTarget.value })} aria-describedby={describedBy} aria-invalid={problem !== undefined || undefined} />
    </div>
  )
  return (
    <fieldset class="fld date">
      <legend>{label}</legend>
      <div class="date-3">{part('day', 2)}{part('month', 2)}{part('year', 4)}</div>
      {problem !== undefined ? <Problem id={`${id}-help`}>{problem}</Problem> : hint !== undefined ? <p class="hint" id={`${id}-help`}>{hint}</p> : null}
    </fieldset>
  )
}

function wholeNumber(text: string): number | undefined {
  const parsed = parseNumber(text)
  return parsed.ok && Number.isInteger(parsed.value) ? parsed.value : undefined
}
