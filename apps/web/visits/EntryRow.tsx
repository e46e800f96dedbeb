/**
 * One entry of a day and what can be done with it: corrected, withdrawn with a reason, or looked at as it was before. The earlier value stays
 * in its history, and a change made meanwhile by somebody else is never overwritten (If-Match).
 */
import { enteredInError } from '@bairn/fhir'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Fact } from '../api/save.ts'
import { useSession } from '../app/session.tsx'
import { changeEntry } from '../child/change.ts'
import { whoRecorded } from '../child/record.ts'
import type { Child } from '../child/useChild.ts'
import { Button } from '../components/Button.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { History } from './History.tsx'
import { Withdraw } from './Withdraw.tsx'
import type { Entry } from './model.ts'

/** What a form of correction is given. `onCorrect` resolves when the change is saved, or has been told why it is not. */
export interface Correcting { readonly onCorrect: (changed: Fact, why: string) => Promise<void>; readonly onClose: () => void }

interface EntryRowProps {
  readonly id: string
  readonly resource: Fact
  readonly state: Entry['state']
  /** what the entry is of, for the names of the buttons */
  readonly name: string
  readonly child: Child
  readonly correction: (correcting: Correcting) => ComponentChildren
  /** the entry itself */
  readonly children: ComponentChildren
}

export function EntryRow({ id, resource, state, name, child, correction, children }: EntryRowProps) {
  const { t } = useMessages()
  const { session } = useSession()
  const [open, setOpen] = useState<'correct' | 'withdraw' | 'history' | undefined>(undefined)
  const onClose = (): void => setOpen(undefined)
  const change = async (kind: 'corrected' | 'withdrawn', changed: Fact, why: string): Promise<void> => {
    if (await changeEntry(child, session, { resource, changed, kind, why })) onClose()
  }
  const button = (what: NonNullable<typeof open>): ComponentChildren => (
    <Button kind="quiet" {...(what === 'correct' ? { icon: 'pencil' as const } : {})} aria-expanded={open === what} aria-label={t(`child.entry.${what}Of`, { what: { text: name } })} onClick={() => setOpen(open === what ? undefined : what)}>{t(`child.entry.${what}`)}</Button>
  )
  return (
    <li data-state={state}>
      <p class="entry">
        {children}
        {state === 'stands' ? null : <span class="state">{t(`child.entry.${state}`)}</span>}
        <span class="cap">{whoRecorded(child.resources, id)?.name}</span>
      </p>
      <p class="row-b">{state === 'withdrawn' ? null : button('correct')}{state === 'withdrawn' ? null : button('withdraw')}{button('history')}</p>
      {open === 'correct' ? correction({ onCorrect: (changed, why) => change('corrected', changed, why), onClose }) : null}
      {open === 'withdraw' ? <Withdraw onWithdraw={(why) => change('withdrawn', enteredInError(resource), why)} onClose={onClose} /> : null}
      {open === 'history' ? <History of={id} child={child} /> : null}
    </li>
  )
}
