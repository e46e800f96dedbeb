/**
 * Form fields: a visible label above, help or a problem below it in a sentence, tied to the field for screen readers.
 * A problem never hides what was typed.
 */
import type { ComponentChildren, Ref } from 'preact'
import { useId } from 'preact/hooks'
import { Glyph } from './Glyph.tsx'

export interface FieldText {
  readonly label: string
  /** small words behind the label: 'if there is one' */
  readonly aside?: string
  readonly hint?: ComponentChildren
  /** what cannot be used, and what to write instead */
  readonly problem?: string | undefined
}

/** Label, field and its line of help or problem. `children` gets the ids to tie them together. */
export function Field({ label, aside, hint, problem, children }: FieldText & { readonly children: (ids: { readonly id: string; readonly describedBy: string | undefined; readonly invalid: boolean }) => ComponentChildren }) {
  const id = useId()
  const describedBy = problem !== undefined || hint !== undefined ? `${id}-help` : undefined
  return (
    <div class="fld">
      <label for={id}>{label}{aside === undefined ? null : <span class="aside"> {aside}</span>}</label>
      {children({ id, describedBy, invalid: problem !== undefined })}
      {problem !== undefined ? <Problem id={`${id}-help`}>{problem}</Problem> : hint !== undefined ? <p class="hint" id={`${id}-help`}>{hint}</p> : null}
    </div>
  )
}

/** A sentence under a field that says what cannot be used. Announced when it appears. */
export function Problem({ id, children }: { readonly id?: string; readonly children: ComponentChildren }) {
  return <p class="problem" {...(id === undefined ? {} : { id })} role="status" data-u="actToday"><Glyph of="actToday" size={18} /><span>{children}</span></p>
}

/** What a screen may set on the input itself. */
export interface InputProps {
  readonly name?: string
  readonly maxLength?: number
  readonly placeholder?: string
  readonly required?: boolean
  readonly autocapitalize?: 'words' | 'none'
  readonly dir?: 'auto' | 'ltr'
  readonly ref?: Ref<HTMLInputElement>
  readonly onBlur?: () => void
  readonly onFocus?: () => void
  readonly onKeyDown?: (event: KeyboardEvent) => void
}

/** One line of text. */
export function TextField({ label, aside, hint, problem, value, onInput, ...rest }: FieldText & { readonly value: string; readonly onInput: (text: string) => void } & InputProps) {
  return (
    <Field label={label} {...(aside === undefined ? {} : { aside })} {...(hint === undefined ? {} : { hint })} problem={problem}>
      {({ id, describedBy, invalid }) => (
        <input class="in" id={id} value={value} onInput={(event) => onInput(event.currentTarget.value)} aria-describedby={describedBy} aria-invalid={invalid || undefined} autocomplete="off" {...rest} />
      )}
    </Field>
  )
}
