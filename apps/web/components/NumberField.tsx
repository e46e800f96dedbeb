/**
 * A number as people write it: `9.6`, `9,6`, `٩٫٦`. It keeps the text as typed; `readNumber` in typed.ts says what it means or why it means nothing.
 */
import type { ComponentChildren } from 'preact'
import { Field, type FieldText, type InputProps } from './Field.tsx'

/** `unit` stands inside the field, at its end; `big` is the measurement form's large figure. */
export function NumberField({ label, aside, hint, problem, value, onInput, unit, big = false, ...rest }: FieldText & {
  readonly value: string; readonly onInput: (text: string) => void; readonly unit?: ComponentChildren; readonly big?: boolean
} & Omit<InputProps, 'dir' | 'autocapitalize'>) {
  return (
    <Field label={label} {...(aside === undefined ? {} : { aside })} {...(hint === undefined ? {} : { hint })} problem={problem}>
      {({ id, describedBy, invalid }) => (
        <span class={big ? 'num big' : 'num'}>
          {/* Figures read left to right in every script, and text keeps what was typed: type=number would drop '9,6'. */}
          <input class="in" id={id} type="text" inputMode="decimal" dir="ltr" autocomplete="off" value={value} onInput={(event) => onInput(event.currentTarget.value)} aria-describedby={describedBy} aria-invalid={invalid || undefined} {...rest} />
          {unit === undefined ? null : <span class="unit" aria-hidden="true">{unit}</span>}
        </span>
      )}
    </Field>
  )
}
