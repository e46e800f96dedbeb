/** A few answers side by side, one of them chosen: native radio buttons with large targets. Nothing is chosen until a person chooses. */
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { Problem } from './Field.tsx'

export interface Option<V extends string> { readonly value: V; readonly label: ComponentChildren }

export function Choice<V extends string>({ label, options, value, onChange, hint, problem }: {
  readonly label: string; readonly options: readonly Option<V>[]; readonly value: V | undefined; readonly onChange: (value: V) => void
  readonly hint?: ComponentChildren; readonly problem?: string | undefined
}) {
  const name = useId()
  const describedBy = problem !== undefined || hint !== undefined ? `${name}-help` : undefined
  return (
    <fieldset class="fld" aria-describedby={describedBy}>
      <legend>{label}</legend>
      <div class="seg">
        {options.map((option) => (
          <label key={option.value}>
            <input type="radio" name={name} value={option.value} checked={option.value === value} onChange={() => onChange(option.value)} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      {problem !== undefined ? <Problem id={`${name}-help`}>{problem}</Problem> : hint !== undefined ? <p class="hint" id={`${name}-help`}>{hint}</p> : null}
    </fieldset>
  )
}
