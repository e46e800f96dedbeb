/**
 * A number as people write it: `9.6`, `9,6`, `٩٫٦`. It keeps the text as typed; `readNumber` says what it means or why it means nothing.
 */
import { parseNumber } from '@bairn/quantities'
import type { ComponentChildren } from 'preact'
import { Field, type FieldText, type InputProps } from './Field.tsx'

export type TypedNumber =
  | { readonly kind: 'empty' }
  | { readonly kind: 'number'; readonly value: number }
  /** key of a sentence: web.number.ambiguous or web.number.format */
  | { readonly kind: 'problem'; readonly key: string }

/** What a typed text means. */
export function readNumber(text: string): TypedNumber {
  if (text.trim() === '') return { kind: 'empty' }
  const parsed = parseNumber(text)
  if (parsed.ok) return { kind: 'number', value: parsed.value }
  return { kind: 'problem', key: parsed.problem.code === 'number.ambiguous' ? 'web.number.ambiguous' : 'web.number.format' }
}

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
