/**
 * A date as three labelled fields: day, month, year. Any digits; the month by its number or chosen by its name.
 * `readDate` in typed.ts says what was typed, or why it cannot be.
 */
import { useId } from 'preact/hooks'
import { useMessages } from '../i18n/messages.tsx'
import { Problem } from './Field.tsx'
import type { TypedDate } from './typed.ts'

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
