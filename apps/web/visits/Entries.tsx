/** The entries of one day: what was measured or answered, and vaccines. */
import { corrected, findingToFhir, measurementToFhir } from '@bairn/fhir'
import type { Day } from '@bairn/quantities'
import { useMemo } from 'preact/hooks'
import { useSession } from '../app/session.tsx'
import { factContext, momentNow } from '../child/context.ts'
import type { Child } from '../child/useChild.ts'
import { useMessages } from '../i18n/messages.tsx'
import { CorrectForm } from './CorrectForm.tsx'
import { DoseRow } from './DoseRow.tsx'
import { EntryRow } from './EntryRow.tsx'
import { dosesOn, entriesOn, type Entry } from './model.ts'
import { kindName, valueText } from './words.ts'

export function Entries({ day, child }: { readonly day: Day; readonly child: Child }) {
  const { t } = useMessages()
  const entries = useMemo(() => (child.engines === undefined ? [] : entriesOn(day, child.resources, child.engines.factsOf)), [day, child.resources, child.engines])
  const doses = useMemo(() => dosesOn(day, child.resources), [day, child.resources])
  if (entries.length + doses.length === 0) return <p class="muted">{t('child.entry.none')}</p>
  return <ul class="entries">{entries.map((entry) => <FactRow key={entry.key} entry={entry} child={child} />)}{doses.map((entry) => <DoseRow key={entry.dose.id} entry={entry} child={child} />)}</ul>
}

function FactRow({ entry: { fact, resource, state, key }, child }: { readonly entry: Entry; readonly child: Child }) {
  const messages = useMessages()
  const { session } = useSession()
  const name = kindName(fact, messages)
  return (
    <EntryRow id={key} resource={resource} state={state} name={name} child={child} correction={({ onCorrect, onClose }) => (
      <CorrectForm fact={fact} onClose={onClose} onCorrect={(next, why) => {
        const context = factContext(child.plan.child, session, momentNow(child.plan.on))
        const written = 'value' in next ? measurementToFhir(next, context) : findingToFhir(next, context)
        return onCorrect({ ...corrected(resource, written), ...(why === '' ? {} : { note: [{ text: why }] }) }, why)
      }} />
    )}>
      <span>{name}</span> <b>{valueText(fact, messages)}</b>
    </EntryRow>
  )
}
