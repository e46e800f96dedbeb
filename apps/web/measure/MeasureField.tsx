/** One measure: a big figure, and at once in words what it means; a doubted one shows why and offers three ways on. */
import { formatParam } from '@bairn/knowledge'
import type { ComponentChildren } from 'preact'
import { useId, useRef, useState } from 'preact/hooks'
import { Button } from '../components/Button.tsx'
import { TextField } from '../components/Field.tsx'
import { Glyph } from '../components/Glyph.tsx'
import { useMessages } from '../i18n/messages.tsx'
import type { FieldName } from './draft.ts'
import { valueParam, type Verdict } from './model.ts'
import { ValueLine } from './ValueLine.tsx'

export interface MeasureFieldProps {
  readonly field: FieldName
  readonly label: string
  readonly unit: string
  readonly value: string
  readonly verdict: Verdict
  /** what was measured today already */
  readonly already: string | undefined
  readonly autofocus?: boolean
  readonly onInput: (text: string) => void
  readonly onKeep: (why: string) => void
  readonly children?: ComponentChildren
}

export function MeasureField({ field, label, unit, value, verdict, already, onInput, onKeep, children }: MeasureFieldProps) {
  const { t, say } = useMessages()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const alarm = verdict.kind === 'impossible' || verdict.kind === 'unreadable' || (verdict.kind === 'doubted' && !verdict.kept)
  const again = (): void => {
    onInput('')
    input.current?.focus()
  }
  return (
    <div class="meas" data-field={field} data-u={alarm ? 'actToday' : undefined}>
      <div class="what">
        <label for={id}>{label}</label>
        <p class="says" id={`${id}-says`} role="status">
          {verdict.kind === 'empty' ? (already === undefined ? null : <span>{already}</span>)
            : alarm ? <><Glyph of="actToday" size={18} /><b>{verdict.kind === 'unreadable' ? t(verdict.key) : verdict.says.map(say).join(' ')}</b></>
              : 'says' in verdict ? <><Glyph of={verdict.kind === 'fine' ? 'done' : 'notKnown'} size={18} /><span>{verdict.says.map(say).join(' ')}{verdict.kind === 'doubted' ? ` ${t('child.verdict.kept')}` : ''}</span></> : null}
        </p>
        {children}
      </div>
      <span class="num big">
        <input class="in" id={id} ref={input} type="text" inputMode="decimal" dir="ltr" autocomplete="off" value={value} maxLength={12} name={field} aria-describedby={`${id}-says`} aria-invalid={alarm || undefined} onInput={(event) => onInput(event.currentTarget.value)} />
        <span class="unit" aria-hidden="true">{unit}</span>
      </span>
      {verdict.kind === 'doubted' || verdict.kind === 'unusual' || verdict.kind === 'impossible' ? <Doubt field={field} verdict={verdict} value={value} again={again} onInput={onInput} onKeep={onKeep} /> : null}
    </div>
  )
}

function Doubt({ field, verdict, value, again, onInput, onKeep }: { readonly field: FieldName; readonly verdict: Extract<Verdict, { readonly kind: 'doubted' | 'unusual' | 'impossible' }>; readonly value: string; readonly again: () => void; readonly onInput: (text: string) => void; readonly onKeep: (why: string) => void }) {
  const { t, language } = useMessages()
  const [keeping, setKeeping] = useState(false)
  const [why, setWhy] = useState('')
  const { meant } = verdict
  if (verdict.kind === 'doubted' && verdict.kept) return verdict.line === undefined ? null : <div class="full"><ValueLine field={field} line={verdict.line} /></div>
  return (
    <div class="full">
      {'line' in verdict && verdict.line !== undefined ? <ValueLine field={field} line={verdict.line} /> : null}
      <p class="how">{t(`child.verdict.how.${field}`)}{meant === undefined ? '' : ` ${t('child.verdict.meant', { why: { code: meant.why }, value: valueParam(field, meant.value) })}`}</p>
      <div class="row-b">
        <Button kind={verdict.kind === 'unusual' ? 'plain' : 'primary'} onClick={again}>{t('child.verdict.again')}</Button>
        {meant === undefined ? null : <Button onClick={() => onInput(String(meant.value))}>{t('child.verdict.was', { value: { text: formatParam(valueParam(field, meant.value), language) } })}</Button>}
        {verdict.kind === 'doubted' ? <Button kind="quiet" aria-expanded={keeping} onClick={() => setKeeping(!keeping)}>{t('child.verdict.keep', { value: { text: value.trim() } })}</Button> : null}
      </div>
      {keeping && verdict.kind === 'doubted' ? (
        <form class="keep" onSubmit={(event) => { event.preventDefault(); onKeep(why.trim()) }} noValidate>
          <TextField label={t('child.verdict.why')} hint={t('child.verdict.whyHint')} value={why} onInput={setWhy} maxLength={200} />
          <Button type="submit">{t('child.verdict.keepDo')}</Button>
        </form>
      ) : null}
    </div>
  )
}
