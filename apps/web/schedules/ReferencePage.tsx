/** A country of which only its report is here. */
import type { ReferenceSchedule } from '@bairn/knowledge'
import { useTitle } from '../app/title.ts'
import { Banner } from '../components/Banner.tsx'
import { Button, ButtonLink } from '../components/Button.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { ReferenceTable } from './ReferenceTable.tsx'
import { countryName } from './words.ts'

export function ReferencePage({ schedule }: { readonly schedule: ReferenceSchedule }) {
  const messages = useMessages()
  const { t } = messages
  const country = { text: countryName(schedule.country, messages) }
  useTitle(t('schedules.of', { country }))
  return (
    <main class="wrap schedules edition">
      <div class="lhead edition-head">
        <div><h1>{t('schedules.of', { country })}</h1><p class="muted">{t('schedules.reported', { year: { text: String(schedule.reportedYear) } })}</p></div>
        <div class="row-b noprint"><Button icon="print" onClick={() => print()}>{t('schedules.print')}</Button><ButtonLink href="/schedules">{t('schedules.all')}</ButtonLink></div>
      </div>
      <Banner of="notKnown" title={t('schedules.only.title')} live="off">{t('schedules.only.text', { country, year: { text: String(schedule.reportedYear) } })}</Banner>
      <div class="sheet pad"><ReferenceTable schedule={schedule} /></div>
      <p class="cap"><bdi lang="en">{schedule.source}</bdi>. <bdi lang="en">{schedule.licence}</bdi></p>
    </main>
  )
}
