/** A vaccine among the entries of a day: its day and lot can be corrected. */
import { parseDay } from '@bairn/quantities'
import { useState } from 'preact/hooks'
import type { Child } from '../child/useChild.ts'
import { Button } from '../components/Button.tsx'
import { DateFields } from '../components/DateFields.tsx'
import { TextField } from '../components/Field.tsx'
import { readDate } from '../components/typed.ts'
import { useMessages } from '../i18n/messages.tsx'
import { readBirth } from '../plan/birthDate.ts'
import type { RecordedDose } from '../vaccines/record.ts'
import { recordedName } from '../vaccines/words.ts'
import { EntryRow, type Correcting } from './EntryRow.tsx'
import type { DoseEntry } from './model.ts'
import { doseText } from './words.ts'

export function DoseRow({ entry: { dose, state }, child }: { readonly entry: DoseEntry; readonly child: Child }) {
  const messages = useMessages()
  return (
    <EntryRow id={dose.id} resource={dose.resource} state={state} name={recordedName(dose, child.plan, messages)} child={child} correction={(correcting) => <CorrectDose dose={dose} child={child} {...correcting} />}>
      <span>{messages.t('vaccines.disease')}</span> <b><bdi>{doseText(dose, child.plan, messages)}</bdi></b>
    </EntryRow>
  )
}

/** Another vaccine is another entry: then this one is withdrawn. */
function CorrectDose({ dose, child, onCorrect, onClose }: Correcting & { readonly dose: RecordedDose; readonly child: Child }) {
  const { t } = useMessages()
  const written = String(dose.resource['occurrenceDateTime'] ?? '').slice(0, 10)
  const [year = '', month = '', day = ''] = written.split('-')
  const [typed, setTyped] = useState({ day, month, year })
  const [lot, setLot] = useState(dose.lot ?? '')
  const [why, setWhy] = useState('')
  const read = readBirth(typed, child.plan.on)
  const problem = read.kind === 'problem' && readDate(typed, child.plan.on).kind === 'problem' ? t(read.key) : undefined
  const submit = (event: Event): void => {
    event.preventDefault()
    if (read.kind !== 'known') return
    const { lotNumber: _, ...rest } = dose.resource
    // The same day keeps its time.
    const same = parseDay(read.text)
    const occurrenceDateTime = same.ok && read.text === written ? dose.resource['occurrenceDateTime'] : read.text
    void onCorrect({ ...rest, occurrenceDateTime, ...(lot.trim() === '' ? {} : { lotNumber: lot.trim() }) }, why.trim())
  }
  return (
    <form class="change card form" onSubmit={submit} noValidate>
      <DateFields label={t('vaccines.day')} value={typed} onChange={setTyped} problem={problem} hint={t('vaccines.day.correct')} />
      {dose.given ? <TextField label={t('vaccines.lotField')} aside={t('web.register.ifAny')} value={lot} onInput={setLot} maxLength={40} dir="ltr" /> : null}
      <TextField label={t('child.entry.why')} aside={t('web.register.ifAny')} value={why} onInput={setWhy} maxLength={200} />
      <div class="row-b"><Button type="submit" kind="primary">{t('child.entry.save')}</Button><Button kind="quiet" onClick={onClose}>{t('child.cancel')}</Button></div>
    </form>
  )
}
