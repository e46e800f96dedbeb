/**
 * The entries of one day. Each can be corrected or withdrawn with a reason; the earlier value stays in its history, who changed it and
 * when is recorded, and a change made meanwhile by somebody else is never overwritten (If-Match).
 */
import { corrected, enteredInError, findingToFhir, measurementToFhir } from '@bairn/fhir'
import type { Day } from '@bairn/quantities'
import { useMemo, useState } from 'preact/hooks'
import type { Fact } from '../api/save.ts'
import { useSession } from '../app/session.tsx'
import { changeEntry } from '../child/change.ts'
import { factContext, momentNow } from '../child/context.ts'
import { whoRecorded } from '../child/record.ts'
import type { Child } from '../child/useChild.ts'
import { Button } from '../components/Button.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { CorrectForm } from './CorrectForm.tsx'
import { History } from './History.tsx'
import { Withdraw } from './Withdraw.tsx'
import { DoseRow } from './DoseRow.tsx'
import { dosesOn, entriesOn, type Entry } from './model.ts'
import { kindName, valueText } from './words.ts'

export function Entries({ day, child }: { readonly day: Day; readonly child: Child }) {
  const { t } = useMessages()
  const entries = useMemo(() => (child.engines === undefined ? [] : entriesOn(day, child.resources, child.engines.factsOf)), [day, child.resources, child.engines])
  const doses = useMemo(() => dosesOn(day, child.resources), [day, child.resources])
  if (entries.length + doses.length === 0) return <p class="muted">{t('child.entry.none')}</p>
  return <ul class="entries">{entries.map((entry) => <EntryRow key={entry.key} entry={entry} child={child} />)}{doses.map((entry) => <DoseRow key={entry.dose.id} entry={entry} child={child} />)}</ul>
}

function EntryRow({ entry, child }: { readonly entry: Entry; readonly child: Child }) {
  const messages = useMessages()
  const { t } = messages
  const { session } = useSession()
  const [open, setOpen] = useState<'correct' | 'withdraw' | 'history' | undefined>(undefined)
  const { fact, resource, state, key } = entry
  const who = whoRecorded(child.resources, key)
  const name = kindName(fact, messages)
  const change = (kind: 'corrected' | 'withdrawn', changed: Fact, why: string): Promise<boolean> => changeEntry(child, session, { resource, changed, kind, why })
  const close = (): void => setOpen(undefined)
  const toggle = (what: NonNullable<typeof open>): void => setOpen(open === what ? undefined : what)
  return (
    <li data-state={state}>
      <p class="entry">
        <span>{name}</span> <b>{valueText(fact, messages)}</b>
        {state === 'stands' ? null : <span class="state">{t(`child.entry.${state}`)}</span>}
        <span class="cap">{who?.name}</span>
      </p>
      <p class="row-b">
        {state === 'withdrawn' ? null : <Button kind="quiet" icon="pencil" aria-expanded={open === 'correct'} aria-label={t('child.entry.correctOf', { what: { text: name } })} onClick={() => toggle('correct')}>{t('child.entry.correct')}</Button>}
        {state === 'withdrawn' ? null : <Button kind="quiet" aria-expanded={open === 'withdraw'} aria-label={t('child.entry.withdrawOf', { what: { text: name } })} onClick={() => toggle('withdraw')}>{t('child.entry.withdraw')}</Button>}
        <Button kind="quiet" aria-expanded={open === 'history'} aria-label={t('child.entry.historyOf', { what: { text: name } })} onClick={() => toggle('history')}>{t('child.entry.history')}</Button>
      </p>
      {open === 'correct' ? (
        <CorrectForm fact={fact} onClose={close} onCorrect={async (next, why) => {
          const context = factContext(child.plan.child, session, momentNow(child.plan.on))
          const written = 'value' in next ? measurementToFhir(next, context) : findingToFhir(next, context)
          if (await change('corrected', { ...corrected(resource as Fact, written), ...(why === '' ? {} : { note: [{ text: why }] }) } as Fact, why)) close()
        }} />
      ) : null}
      {open === 'withdraw' ? <Withdraw onClose={close} onWithdraw={async (why) => { if (await change('withdrawn', enteredInError(resource as Fact) as Fact, why)) close() }} /> : null}
      {open === 'history' ? <History of={key} child={child} /> : null}
    </li>
  )
}
