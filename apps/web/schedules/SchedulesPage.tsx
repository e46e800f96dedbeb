/** Every schedule that is here: those Bairn judges by, then those that countries only reported. */
import { isPastReview, listImmunizationEditions, LOCALES, type ImmunizationEditionSummary } from '@bairn/knowledge'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useSession } from '../app/session.tsx'
import { useTitle } from '../app/title.ts'
import { TextField } from '../components/Field.tsx'
import { Glyph } from '../components/Glyph.tsx'
import { Icon } from '../components/Icon.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { STORIES } from '../moving/stories.ts'
import { found, listed, type Listed } from './list.ts'
import './schedules.css'
import { addressOf, countryName, dayText } from './words.ts'

export function SchedulesPage() {
  const messages = useMessages()
  const { t, language } = messages
  const [all, setAll] = useState<readonly ImmunizationEditionSummary[] | undefined>(undefined)
  const [typed, setTyped] = useState('')
  useEffect(() => void listImmunizationEditions().then(setAll), [])
  useTitle(t('schedules.title'))
  const { full, reference } = useMemo(() => listed(all ?? [], (country) => countryName(country, { language }), LOCALES[language]), [all, language])
  const shown = found(reference, typed)
  const fullShown = found(full, typed)
  return (
    <main class="wrap schedules">
      <div class="lhead"><div><h1>{t('schedules.title')}</h1><p class="muted">{t('schedules.lead')}</p></div></div>
      {all === undefined ? <Waiting rows={6} /> : (
        <>
          <div class="find"><TextField label={t('schedules.find')} value={typed} onInput={setTyped} dir="auto" /></div>
          <section aria-labelledby="full">
            <h2 id="full">{t('schedules.full', { count: { number: full.length } })}</h2>
            <p class="muted">{t('schedules.full.text')}</p>
            {fullShown.length === 0 ? <p class="nobody">{t('schedules.noneFull')}</p> : <ul class="slist sheet">{fullShown.map((edition) => <FullRow key={edition.id} edition={edition} />)}</ul>}
          </section>
          <section aria-labelledby="reference">
            <h2 id="reference">{t('schedules.reference', { count: { number: reference.length } })}</h2>
            <p class="muted">{t('schedules.reference.text')}</p>
            {shown.length === 0 ? <p class="nobody">{t('schedules.noneReference')}</p> : (
              <ul class="rlist">{shown.map(({ country, name, reportedYear }) => <li key={country}><a href={`/schedules/${country}`}><b>{name}</b><span>{t('schedules.reported', { year: { text: String(reportedYear) } })}</span></a></li>)}</ul>
            )}
          </section>
          <section aria-labelledby="stories">
            <h2 id="stories">{t('schedules.stories')}</h2>
            <p class="muted">{t('schedules.stories.text')}</p>
            <ul class="rlist">{STORIES.map(({ id, from, to }) => <li key={id}><a href={`/stories/${id}`}><b>{t('schedules.move.pair', { from: { text: countryName(from, messages) }, to: { text: countryName(to, messages) } })}</b></a></li>)}</ul>
          </section>
        </>
      )}
    </main>
  )
}

function FullRow({ edition }: { readonly edition: Listed }) {
  const messages = useMessages()
  const { t } = messages
  const { session } = useSession()
  const { name, authority, reviewBy = '', reportedYear, borrowed } = edition
  const past = isPastReview({ reviewBy }, session.today)
  return (
    <li>
      <a href={addressOf(edition)}>
        <b>{name}</b>
        <span class="who"><bdi>{authority}</bdi></span>
        <span>{reportedYear === undefined ? t('schedules.effective', { day: { text: dayText(edition.effective ?? '', messages) } }) : t('schedules.reported', { year: { text: String(reportedYear) } })}</span>
        <span>{t(borrowed === true ? 'schedules.validity.borrowed' : 'schedules.validity.own')}</span>
        <span class="rev" data-u={past ? 'overdue' : undefined}>{past ? <Glyph of="overdue" size={18} /> : null}<span>{t(past ? 'schedules.pastSince' : 'schedules.reviewBy', { day: { text: dayText(reviewBy, messages) } })}</span></span>
        <Icon of="chevron" size={20} />
      </a>
    </li>
  )
}
