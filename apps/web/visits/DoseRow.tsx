/** A vaccine among the entries of a day: its day and lot can be corrected, the entry withdrawn; what it said before stays in its history. */
import { enteredInError } from '@bairn/fhir'
import { parseDay } from '@bairn/quantities'
import { useState } from 'preact/hooks'
import type { Fact } from '../api/save.ts'
import { useSession } from '../app/session.tsx'
import { changeEntry } from '../child/change.ts'
import { whoRecorded } from '../child/record.ts'
import type { Child } from '../child/useChild.ts'
import { Button } from '../components/Button.tsx'
import { DateFields } from '../components/DateFields.tsx'
import { TextField } from '../components/Field.tsx'
import { readDate } from '../components/typed.ts'
import { useMessages } from '../i18n/messages.tsx'
import { readBirth } from '../plan/birthDate.ts'
import type { RecordedDose } from '../vaccines/record.ts'
import { recordedName } from '../vaccines/words.ts'
import { History } from './History.tsx'
import type { DoseEntry } from './model.ts'
import { Withdraw } from './Withdraw.tsx'
import { doseText } from './words.ts'

export function DoseRow({ entry: { dose, state }, child }: { readonly entry: DoseEntry; readonly child: Child }) {
  const messages = useMessages()
  const { t } = messages
  const { session } = useSession()
  const [open, setOpen] = useState<'correct' | 'withdraw' | 'history' | undefined>(undefined)
  const name = recordedName(dose, child.plan, messages)
  const toggle = (what: NonNullable<typeof open>): void => setOpen(open === what ? undefined : what)
  const change = async (kind: 'corrected' | 'withdrawn', changed: Fact, why: string): Promise<void> => {
    if (await changeEntry(child, session, { resource: dose.resource, changed, kind, why })) setOpen(undefined)
  }
  return (
    <li data-state={state}>
      <p class="entry">
        <span>{t('vaccines.disease')}</span> <b><bdi>{doseText(dose, child.plan, messages)}</bdi></b>
        {state === 'withdrawn' ? <span class="state">{t('child.entry.withdrawn')}</span> : null}
        <span class="cap">{whoRecorded(child.resources, dose.id)?.name}</span>
      </p>
      <p class="row-b">
        {state === 'withdrawn' ? null : <Button kind="quiet" icon="pencil" aria-expanded={open === 'correct'} aria-label={t('child.entry.correctOf', { what: { text: name } })} onClick={() => toggle('correct')}>{t('child.entry.correct')}</Button>}
        {state === 'withdrawn' ? null : <Button kind="quiet" aria-expanded={open === 'withdraw'} aria-label={t('child.entry.withdrawOf', { what: { text: name } })} onClick={() => toggle('withdraw')}>{t('child.entry.withdraw')}</Button>}
        <Button kind="quiet" aria-expanded={open === 'history'} aria-label={t('child.entry.historyOf', { what: { text: name } })} onClick={() => toggle('history')}>{t('child.entry.history')}</Button>
      </p>
      {open === 'correct' ? <CorrectDose dose={dose} child={child} onCorrect={(changed, why) => change('corrected', changed, why)} onClose={() => setOpen(undefined)} /> : null}
      {open === 'withdraw' ? <Withdraw onWithdraw={(why) => change('withdrawn', enteredInError(dose.resource as Fact) as Fact, why)} onClose={() => setOpen(undefined)} /> : null}
      {open === 'history' ? <History of={dose.id} child={child} /> : null}
    </li>
  )
}

/** Another vaccine is another entry: then this one is withdrawn. */
function CorrectDose({ dose, child, onCorrect, onClose }: { readonly dose: RecordedDose; readonly child: Child; readonly onCorrect: (changed: Fact, why: string) => Promise<void>; readonly onClose: () => void }) {
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
    void onCorrect({ ...rest, occurrenceDateTime, ...(lot.trim() === '' ? {} : { lotNumber: lot.trim() }) } as unknown as Fact, why.trim())
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
