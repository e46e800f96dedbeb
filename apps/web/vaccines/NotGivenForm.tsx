/** A vaccine that is not given today: out of stock, the family said no, put off. Each says what comes next and when; nothing is a label on the family. */
import type { NotGivenReason } from '@bairn/plan'
import { addDays, type Day } from '@bairn/quantities'
import { useState } from 'preact/hooks'
import { Button } from '../components/Button.tsx'
import { TextField } from '../components/Field.tsx'
import { NOT_GIVEN } from '../dose/draft.ts'
import { useMessages } from '../i18n/messages.tsx'

export function NotGivenForm({ id, on, busy, offerAgain, onSave, onClose }: {
  readonly id: string; readonly on: Day; readonly busy: boolean; readonly offerAgain: Readonly<Record<NotGivenReason, number>> | undefined
  readonly onSave: (reason: NotGivenReason, note: string) => Promise<void>; readonly onClose: () => void
}) {
  const { t, date } = useMessages()
  const [reason, setReason] = useState<NotGivenReason | undefined>(undefined)
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const submit = (event: Event): void => {
    event.preventDefault()
    setTried(true)
    if (reason !== undefined && !busy) void onSave(reason, note.trim())
  }
  return (
    <form class="later-form" id={id} onSubmit={submit} noValidate>
      <fieldset class="chips" {...(tried && reason === undefined ? { 'aria-describedby': `${id}-problem` } : {})}>
        <legend>{t('child.later.why')}</legend>
        {NOT_GIVEN.map((each) => <label key={each} class="pick"><input type="radio" name={`${id}-why`} checked={reason === each} onChange={() => setReason(each)} /><span class="first">{t('vaccines.mark', { kind: { code: each } })}</span></label>)}
        {tried && reason === undefined ? <p class="hint" id={`${id}-problem`} role="status">{t('child.later.choose')}</p> : null}
      </fieldset>
      {reason === undefined || offerAgain === undefined ? null : <p>{t('vaccines.next', { reason: { code: reason }, day: { text: date(addDays(on, offerAgain[reason]), 'weekday') } })}</p>}
      <TextField label={t('vaccines.note', { reason: { code: reason ?? 'deferred' } })} aside={t('web.register.ifAny')} value={note} onInput={setNote} maxLength={200} />
      <div class="row-b"><Button type="submit" kind="primary">{t('child.save')}</Button><Button kind="quiet" onClick={onClose}>{t('child.cancel')}</Button></div>
    </form>
  )
}
