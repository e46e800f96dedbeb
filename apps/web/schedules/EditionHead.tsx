/** Whose schedule, from when, until when somebody has to look again, who read it and who confirmed it: nobody yet, and it says so. */
import { scheduleMessage, type ImmunizationEdition } from '@bairn/immunization'
import { IMMUNIZATION_EDITIONS, isPastReview, listImmunizationEditions, type ImmunizationEditionSummary } from '@bairn/knowledge'
import { parseDay, type Day } from '@bairn/quantities'
import { useLocation } from 'preact-iso'
import { useEffect, useState } from 'preact/hooks'
import { useSession } from '../app/session.tsx'
import { Button, ButtonLink } from '../components/Button.tsx'
import { Glyph } from '../components/Glyph.tsx'
import { Icon } from '../components/Icon.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { countryName, dayText, isWorld } from './words.ts'

export function EditionHead({ edition, onPrint }: { readonly edition: ImmunizationEdition; readonly onPrint: () => void }) {
  const messages = useMessages()
  const { t } = messages
  const country = { text: countryName(edition.country, messages) }
  const name = IMMUNIZATION_EDITIONS.find((id) => edition.id.endsWith(`/${id}`)) ?? edition.id
  return (
    <>
      <div class="lhead edition-head">
        <div><h1>{t('schedules.of', { country })}</h1><p class="muted"><bdi>{edition.authority}</bdi>. {t('schedules.edition', { edition: { text: `\u2068${name}\u2069` } })}</p></div>
        <div class="row-b noprint"><Button icon="print" onClick={onPrint}>{t('schedules.print')}</Button><CompareWith own={name} /></div>
      </div>
      <dl class="meta">
        <div><dt>{t('schedules.head.effective')}</dt><dd>{dayText(edition.effective, messages)}</dd></div>
        {edition.reportedYear === undefined ? null : <div><dt>{t('schedules.head.reported')}</dt><dd>{edition.reportedYear}</dd></div>}
        <div><dt>{t('schedules.head.reviewBy')}</dt><dd>{dayText(edition.reviewBy, messages)}</dd></div>
        <div><dt>{t('schedules.head.read')}</dt><dd>{t('schedules.nobody')}</dd></div>
        <div><dt>{t(isWorld(edition.country) ? 'schedules.head.confirmedWho' : 'schedules.head.confirmed')}</dt><dd>{t('schedules.nobody')}</dd></div>
        <div><dt>{t('schedules.head.validity')}</dt><dd>{t(edition.borrowed ? 'schedules.validity.borrowed' : 'schedules.validity.own')}</dd></div>
      </dl>
      <PastReview edition={edition} />
    </>
  )
}

/** One amber line, repeated in every plan made from the edition. */
export function PastReview({ edition, on, named = false }: { readonly edition: Pick<ImmunizationEdition, 'reviewBy' | 'country'>; readonly on?: Day; readonly named?: boolean }) {
  const { t, span } = useMessages()
  const { session } = useSession()
  const today = on ?? session.today
  if (!isPastReview(edition, today)) return null
  const until = parseDay(edition.reviewBy)
  const late = until.ok ? span((today - until.value) as Parameters<typeof span>[0]) : ''
  return <p class="past" data-u="overdue"><Glyph of="overdue" /><span><b>{named ? t('schedules.pastOf', { span: { text: late }, country: scheduleMessage(edition.country) }) : t('schedules.past', { span: { text: late } })}</b> {t('schedules.past.text')}</span></p>
}

/** Compare with another full edition: the choice opens the page. */
function CompareWith({ own }: { readonly own: string }) {
  const messages = useMessages()
  const { t } = messages
  const { route } = useLocation()
  const [others, setOthers] = useState<readonly ImmunizationEditionSummary[]>([])
  const [other, choose] = useState('')
  useEffect(() => void listImmunizationEditions().then((all) => setOthers(all.filter(({ kind, id }) => kind === 'full' && id !== own))), [own])
  return (
    <form class="with" onSubmit={(event) => { event.preventDefault(); if (other !== '') route(`/schedules/${own}?with=${other}`) }}>
      <label><span class="vh">{t('schedules.compare.choose')}</span>
        <span class="select"><select class="in" value={other} onChange={(event) => { choose(event.currentTarget.value) }}>
          <option value="">{t('schedules.compare.choose')}</option>
          {others.map(({ id, country }) => <option key={id} value={id}>{countryName(country, messages)}</option>)}
        </select><Icon of="down" size={20} /></span>
      </label>
      {other === '' ? null : <ButtonLink href={`/schedules/${own}?with=${other}`}>{t('schedules.compare.go')}</ButtonLink>}
    </form>
  )
}
