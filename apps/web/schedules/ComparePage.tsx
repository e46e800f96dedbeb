/** Two full editions side by side: only the lines that differ. */
import { diseaseMessage, listMessage, periodMessage, type ImmunizationEdition, type RoutineDose } from '@bairn/immunization'
import { formatParam } from '@bairn/knowledge'
import type { Day } from '@bairn/quantities'
import type { Message, MessageParam } from '@bairn/reasoning'
import { useEffect, useState } from 'preact/hooks'
import { useSession } from '../app/session.tsx'
import { useTitle } from '../app/title.ts'
import { Button, ButtonLink } from '../components/Button.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { useMessages, type Messages } from '../i18n/messages.tsx'
import { compare, type Compared, type Side } from './compare.ts'
import { ageAt } from './grid.ts'
import { PastReview } from './EditionHead.tsx'
import { ageText, capital, countryName } from './words.ts'

export function ComparePage({ one, other }: { readonly one: ImmunizationEdition; readonly other: ImmunizationEdition }) {
  const messages = useMessages()
  const { t, language } = messages
  const { session } = useSession()
  const [found, setFound] = useState<Compared | undefined>(undefined)
  useEffect(() => {
    setFound(undefined)
    const timer = setTimeout(() => setFound(compare(one, other, session.today)))
    return () => clearTimeout(timer)
  }, [one, other, session.today])
  const names = { one: countryName(one.country, messages), other: countryName(other.country, messages) }
  const title = t('schedules.compare.title', { one: { text: names.one }, other: { text: names.other } })
  useTitle(title)
  const disease = (name: string): string => capital(formatParam(diseaseMessage(name), language))
  return (
    <main class="wrap schedules edition">
      <div class="lhead edition-head">
        <div><h1>{title}</h1><p class="muted">{t('schedules.compare.text')}</p></div>
        <div class="row-b noprint"><Button icon="print" onClick={() => print()}>{t('schedules.print')}</Button><ButtonLink href={`/schedules/${one.id.split('/').at(-1)}`}>{t('schedules.back', { country: { text: names.one } })}</ButtonLink><ButtonLink href={`/schedules/${other.id.split('/').at(-1)}`}>{t('schedules.back', { country: { text: names.other } })}</ButtonLink></div>
      </div>
      {[one, other].map((edition) => <PastReview key={edition.id} edition={edition} named />)}
      {found === undefined ? <Waiting rows={6} /> : (
        <>
          <p class="count"><b>{t('schedules.compare.count', { differ: { number: found.lines.length + found.limits.length }, same: { number: found.same.length } })}</b></p>
          <div class="sheet pad">
            <table class="stbl differ">
              <thead><tr><th scope="col">{t('schedules.compare.line')}</th><th scope="col">{names.one}</th><th scope="col">{names.other}</th></tr></thead>
              <tbody>
                {found.lines.map((line) => (
                  <tr key={`${line.disease} ${line.kind} ${line.sex}`}>
                    <th scope="row">{disease(line.disease)}<small>{[t(`schedules.compare.${line.kind}`), line.sex === 'everybody' ? '' : t(`schedules.sex.${line.sex}`)].filter((part) => part !== '').join(t('web.comma'))}</small></th>
                    <td data-l={names.one}>{sideText(line.one, session.today, messages)}</td>
                    <td data-l={names.other}>{sideText(line.other, session.today, messages)}</td>
                  </tr>
                ))}
                {found.limits.map(({ disease: of, limit, one: mine, other: theirs }) => (
                  <tr key={`${of} ${limit}`}>
                    <th scope="row">{disease(of)}<small>{t(`schedules.compare.${limit}`)}</small></th>
                    <td data-l={names.one}>{ageText(mine, messages)}</td>
                    <td data-l={names.other}>{ageText(theirs, messages)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {found.same.length === 0 ? null : <p class="cap">{t('schedules.compare.same', { diseases: listMessage(found.same.map(diseaseMessage)) })}</p>}
          {one.borrowed || other.borrowed ? <p class="cap">{t('schedules.compare.borrowed')}</p> : null}
        </>
      )}
    </main>
  )
}

function sideText({ doses, somePlaces, inSchedule }: Side, birth: Day, messages: Messages): string {
  const { t } = messages
  if (doses.length === 0) return t(somePlaces ? 'schedules.compare.somePlaces' : inSchedule ? 'schedules.compare.notRoutine' : 'schedules.compare.notIn')
  const ages = [...new Map(doses.map((dose) => [dose.day, dose])).values()].map((dose): MessageParam => ({ message: ageMessage(dose, birth) }))
  return t('schedules.compare.given', { count: { number: doses.length }, ages: listMessage(ages) })
}

const ageMessage = ({ age, day, recurring }: RoutineDose, birth: Day): Message => {
  const at: Message = day === birth ? { key: 'schedules.birth' } : age === undefined ? ageAt(birth, day) : periodMessage(age.text)
  return recurring ? { key: 'immunization.andAgain', params: { age: { message: at } } } : at
}
