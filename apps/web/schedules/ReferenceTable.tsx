/** What a country reported, for reference only: nothing here is ever due, and no dose is judged by it. */
import type { ReferenceAge, ReferenceSchedule } from '@bairn/knowledge'
import { useMessages, type Messages } from '../i18n/messages.tsx'
import { isBirth, linesOf, type Bound } from './reference.ts'

export function ReferenceTable({ schedule }: { readonly schedule: ReferenceSchedule }) {
  const messages = useMessages()
  const { t } = messages
  return (
    <table class="stbl reported">
      <caption class="vh">{t('schedules.reported', { year: { text: String(schedule.reportedYear) } })}</caption>
      <thead><tr><th scope="col">{t('schedules.vaccine')}</th><th scope="col">{t('schedules.reported.ages')}</th><th scope="col">{t('schedules.reported.who')}</th></tr></thead>
      <tbody>
        {linesOf(schedule.rows).map(({ key, vaccine, population, place, doses }) => (
          <tr key={key}>
            <th scope="row"><bdi lang="en">{vaccine}</bdi></th>
            <td>{doses.map(({ age, reported }) => reportedAge(age, reported, messages)).join(t('web.comma'))}</td>
            <td>{population === undefined ? t('schedules.reported.everybody') : <bdi lang="en">{population}</bdi>}{place === 'national' ? null : <small>{t(`schedules.reported.${place}`)}</small>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function reportedAge(age: ReferenceAge | undefined, reported: string, messages: Messages): string {
  const { t } = messages
  switch (age?.kind) {
    case undefined: return t('schedules.reported.noAge')
    case 'unread': return t('schedules.reported.unread', { given: { text: `\u2068${reported}\u2069` } })
    case 'firstContact': return t('schedules.reported.firstContact')
    case 'afterPrevious': return t('schedules.reported.after', { period: { text: range(age.after, age.to, messages) } })
    case 'age': return age.from === undefined
      ? t(age.below === true ? 'schedules.reported.below' : 'schedules.reported.upTo', { age: { text: age.to === undefined ? '' : span(age.to, messages) } })
      : t('schedules.reported.age', { age: { text: range(age.from, age.to, messages) }, open: { code: age.open ?? 'no' } })
  }
}

const range = (from: Bound, to: Bound | undefined, messages: Messages): string => (to === undefined ? span(from, messages) : messages.t('schedules.reported.range', { from: { text: span(from, messages) }, to: { text: span(to, messages) } }))
const span = (bound: Bound, { t }: Messages): string => (isBirth(bound) ? t('schedules.birth') : t(`age.${bound.unit}`, { count: { number: bound.count } }))
