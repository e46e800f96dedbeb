/** At the foot of the page, out of the way of every hand: that a child has died, with the day if it is known; and taking it back. */
import { withDeath } from '@bairn/fhir'
import { useId, useState } from 'preact/hooks'
import { Button } from '../components/Button.tsx'
import { DateFields } from '../components/DateFields.tsx'
import { NO_DATE, readDate } from '../components/typed.ts'
import { useMessages } from '../i18n/messages.tsx'
import { findResource, versionOf } from './record.ts'
import type { Child } from './useChild.ts'

export function RecordDeath({ child }: { readonly child: Child }) {
  const { t } = useMessages()
  const id = useId()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState(NO_DATE)
  const [tried, setTried] = useState(false)
  const { plan, facts, resources } = child
  const patient = findResource(resources, plan.child)
  if (patient === undefined || facts === undefined) return null
  const basedOn = versionOf(patient)
  if (facts.death !== undefined) {
    const { deceasedBoolean: _, deceasedDateTime: __, ...alive } = patient
    return <p class="record-death"><Button onClick={() => void child.write(alive, { basedOn })}>{t('child.died.undo')}</Button></p>
  }
  const read = readDate(typed, plan.on)
  const unborn = read.kind === 'day' && facts.birth.kind !== 'unknown' && read.day < (facts.birth.kind === 'exact' ? facts.birth.day : facts.birth.earliest)
  const problem = read.kind === 'problem' ? t(read.key) : unborn ? t('child.died.beforeBirth') : tried && read.kind === 'partial' ? t('child.died.incomplete') : undefined
  const submit = (event: Event): void => {
    event.preventDefault()
    setTried(true)
    if (read.kind === 'empty' || (read.kind === 'day' && !unborn)) void child.write(withDeath(patient, read.kind === 'day' ? read.day : undefined), { basedOn })
  }
  return (
    <div class="record-death">
      <button type="button" class="link" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>{t('child.died.record')}</button>
      {open ? (
        <form id={id} class="card form" onSubmit={submit} noValidate>
          <p>{t('child.died.explain')}</p>
          <DateFields label={t('child.died.day')} value={typed} onChange={setTyped} hint={t('child.died.dayHint')} problem={problem} />
          <div class="row-b"><Button type="submit">{t('child.died.confirm')}</Button><Button kind="quiet" onClick={() => setOpen(false)}>{t('child.cancel')}</Button></div>
        </form>
      ) : null}
    </div>
  )
}
