/** From where and to where: countries with rules to judge by first; the others say why not, and show what they reported. */
import { immunizationEditionFor, listImmunizationEditions, loadReferenceSchedule, LOCALES, type ImmunizationEditionSummary, type ReferenceSchedule } from '@bairn/knowledge'
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useMemo, useState } from 'preact/hooks'
import { Banner } from '../components/Banner.tsx'
import { Icon } from '../components/Icon.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { listed } from '../schedules/list.ts'
import { ReferenceTable } from '../schedules/ReferenceTable.tsx'
import { countryName, isWorld } from '../schedules/words.ts'

export interface Pair { readonly from: string; readonly to: string }
export type Kind = 'full' | 'reference' | 'none'

export const kindOf = (country: string): Kind => immunizationEditionFor(country)?.kind ?? 'none'

export function ChooseCountries({ from, to, onChoose }: Pair & { readonly onChoose: (pair: Pair) => void }) {
  const { t, language } = useMessages()
  const [all, setAll] = useState<readonly ImmunizationEditionSummary[]>([])
  useEffect(() => void listImmunizationEditions().then(setAll), [])
  const groups = useMemo(() => listed(all, (country) => countryName(country, { language }), LOCALES[language]), [all, language])
  const options = (
    <>
      <optgroup label={t('schedules.move.full')}>{groups.full.filter(({ country }) => !isWorld(country)).map(({ country, name }) => <option key={country} value={country}>{name}</option>)}</optgroup>
      <optgroup label={t('schedules.move.reference')}>{groups.reference.map(({ country, name }) => <option key={country} value={country}>{name}</option>)}</optgroup>
    </>
  )
  if (all.length === 0) return <div class="pair-of noprint" />
  return (
    <div class="pair-of noprint">
      <Country label={t('schedules.move.from')} value={from} onChange={(country) => onChoose({ from: country, to })}>{options}</Country>
      <Country label={t('schedules.move.to')} value={to} onChange={(country) => onChoose({ from, to: country })}>{options}</Country>
    </div>
  )
}

function Country({ label, value, onChange, children }: { readonly label: string; readonly value: string; readonly onChange: (country: string) => void; readonly children: ComponentChildren }) {
  const { t } = useMessages()
  const id = useId()
  return (
    <div class="fld">
      <label for={id}>{label}</label>
      <span class="select"><select class="in" id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}><option value="">{t('web.first.choose')}</option>{children}</select><Icon of="down" size={20} /></span>
    </div>
  )
}

/** A country by which no dose can be judged. */
export function OnlyReported({ country, kind }: { readonly country: string; readonly kind: Kind }) {
  const messages = useMessages()
  const { t } = messages
  const [schedule, setSchedule] = useState<ReferenceSchedule | undefined>(undefined)
  useEffect(() => {
    setSchedule(undefined)
    void loadReferenceSchedule(country).then(setSchedule)
  }, [country])
  const name = { text: countryName(country, messages) }
  if (kind === 'none') return <Banner of="notKnown" live="off">{t('schedules.move.noSchedule', { country: name })}</Banner>
  return (
    <section class="only">
      <Banner of="notKnown" title={t('schedules.move.cannot', { country: name })} live="off">{t('schedules.only.text', { country: name, year: { text: String(schedule?.reportedYear ?? '') } })}</Banner>
      {schedule === undefined ? null : <div class="sheet pad"><h2>{t('schedules.move.itReported', { country: name, year: { text: String(schedule.reportedYear) } })}</h2><ReferenceTable schedule={schedule} /><p class="cap"><bdi lang="en">{schedule.source}</bdi></p></div>}
    </section>
  )
}
