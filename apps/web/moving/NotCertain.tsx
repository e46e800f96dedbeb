/** In what the two schedules differ for this child, in plain words; and what is not certain of the new one. */
import { scheduleMessage } from '@bairn/immunization'
import { ButtonLink } from '../components/Button.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { Unknowns } from '../schedules/EditionNotes.tsx'
import type { Moved } from './read.ts'

type Here = Extract<Moved, { readonly kind: 'moved' }>

export function Differences({ moved: { found: { differences }, from, to } }: { readonly moved: Here }) {
  const { t, say } = useMessages()
  return (
    <section aria-labelledby="differences">
      <h2 id="differences">{t('schedules.move.differences')}</h2>
      {differences.length === 0 ? <p class="muted">{t('schedules.move.noDifferences')}</p> : <ul class="plain">{differences.map(({ disease, kind, text }) => <li key={`${disease} ${kind}`}>{say(text)}</li>)}</ul>}
      <p class="row-b noprint"><ButtonLink href={`/schedules/${from.id.split('/').at(-1)}?with=${to.id.split('/').at(-1)}`}>{t('schedules.move.compare')}</ButtonLink></p>
    </section>
  )
}

export function NotCertain({ moved: { to } }: { readonly moved: Here }) {
  const { t } = useMessages()
  if ((to.unknown ?? []).length + (to.disagreements ?? []).length === 0) return null
  return <div class="certain"><p class="cap">{t('schedules.move.certain', { country: scheduleMessage(to.country) })}</p><Unknowns edition={to} /></div>
}
