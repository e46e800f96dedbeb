/** Putting an item off says why and until when; what a family declines is kept as their answer, never as a label on them. */
import { addDays, type Day } from '@bairn/quantities'
import { useState } from 'preact/hooks'
import { Button } from '../components/Button.tsx'
import { Choice } from '../components/Choice.tsx'
import { TextField } from '../components/Field.tsx'
import { useMessages } from '../i18n/messages.tsx'

export interface PutOff { readonly kind: 'notToday' | 'declined'; readonly until?: Day; readonly note?: string }
type Reason = 'noTime' | 'missing' | 'absent' | 'declined' | 'other'
const REASONS: readonly Reason[] = ['noTime', 'missing', 'absent', 'declined', 'other']
const WAITS = { tomorrow: 1, week: 7, month: 30 } as const
type Wait = keyof typeof WAITS

export function NotToday({ id, on, busy, onPutOff, onClose }: { readonly id: string; readonly on: Day; readonly busy: boolean; readonly onPutOff: (put: PutOff) => Promise<void>; readonly onClose: () => void }) {
  const { t, date } = useMessages()
  const [reason, setReason] = useState<Reason | undefined>(undefined)
  const [wait, setWait] = useState<Wait>('tomorrow')
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const submit = (event: Event): void => {
    event.preventDefault()
    setTried(true)
    if (reason === undefined || busy) return
    const words = [...(reason === 'other' ? [] : [t(`child.later.${reason}`)]), ...(text.trim() === '' ? [] : [text.trim()])].join(': ')
    const note = words === '' ? {} : { note: words }
    void onPutOff(reason === 'declined' ? { kind: 'declined', ...note } : { kind: 'notToday', until: addDays(on, WAITS[wait]), ...note })
  }
  return (
    <form class="later-form" id={id} onSubmit={submit} noValidate>
      <fieldset class="chips" {...(tried && reason === undefined ? { 'aria-describedby': `${id}-problem` } : {})}>
        <legend>{t('child.later.why')}</legend>
        {REASONS.map((each) => <label key={each} class="pick"><input type="radio" name={`${id}-why`} checked={reason === each} onChange={() => setReason(each)} /><span>{t(`child.later.${each}`)}</span></label>)}
        {tried && reason === undefined ? <p class="hint" id={`${id}-problem`} role="status">{t('child.later.choose')}</p> : null}
      </fieldset>
      {reason === 'declined' || reason === undefined ? null : (
        <Choice<Wait> label={t('child.later.until')} value={wait} onChange={setWait} options={(Object.keys(WAITS) as Wait[]).map((each) => ({ value: each, label: t(`child.later.until.${each}`) }))} hint={t('child.later.back', { day: { text: date(addDays(on, WAITS[wait]), 'weekday') } })} />
      )}
      <TextField label={t('child.later.note')} aside={t('web.register.ifAny')} value={text} onInput={setText} maxLength={200} />
      <div class="row-b"><Button type="submit" kind="primary">{t('child.later.save')}</Button><Button kind="quiet" onClick={onClose}>{t('child.cancel')}</Button></div>
    </form>
  )
}
