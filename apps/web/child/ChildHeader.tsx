/**
 * Who this is: name, sex, exact age in the unit clinics use, birth date (about, if it is a guess), mother, place. A child born early
 * shows both ages, each with what it is for. On a phone one line, and the rest behind one touch.
 */
import { formatParam } from '@bairn/knowledge'
import { formatDay, type Day, type Kilograms } from '@bairn/quantities'
import { ButtonLink } from '../components/Button.tsx'
import { Icon } from '../components/Icon.tsx'
import { useMessages, type Messages } from '../i18n/messages.tsx'
import type { Who } from './identity.ts'

/** @param calm the page has its one primary action elsewhere: the urgent child */
export function ChildHeader({ who, on, calm = false }: { readonly who: Who; readonly on: Day; readonly calm?: boolean }) {
  const messages = useMessages()
  const { t, language } = messages
  const name = nameOf(who, messages)
  const sex = t(`web.sex.${who.sex ?? 'unknown'}`)
  const age = ageOf(who, on, messages)
  const rest = restOf(who, messages)
  const weight = who.weight === undefined ? undefined : formatParam({ kg: who.weight.kg as Kilograms }, language)
  return (
    <>
      <header class="wrap child-who">
        <div>
          <h1><bdi>{name}</bdi></h1>
          <p class="facts"><span>{sex}</span><span><b>{age}</b></span>{rest.filter(({ first }) => first).map(({ fact, value }) => <span key={fact}>{t(`child.who.said.${fact}`, { value: { text: value } })}</span>)}</p>
          <p class="facts">{rest.filter(({ first }) => !first).map(({ fact, value }) => <span key={fact}><bdi>{t(`child.who.said.${fact}`, { value: { text: value } })}</bdi></span>)}</p>
          {who.corrected === undefined || who.dead ? null : <BothAges who={who} />}
        </div>
        {who.dead ? null : <div class="end">{calm ? null : <ButtonLink href={`/child/${who.id}/move`}>{t('schedules.move.link')}</ButtonLink>}{calm ? null : <ButtonLink href={`/child/${who.id}/print`} icon="print">{t('child.print')}</ButtonLink>}<ButtonLink kind={calm ? 'plain' : 'primary'} href={`/child/${who.id}/measure`}>{t('child.measure')}</ButtonLink></div>}
      </header>
      <details class="wrap fold">
        <summary>
          <h1><bdi>{name}</bdi></h1>
          <span class="line">{sex} · <b>{age}</b>{weight === undefined ? '' : ` · ${weight}`}</span>
          <Icon of="down" />
        </summary>
        <dl>{rest.map(({ fact, value }) => <div key={fact}><dt>{t(`child.who.${fact}`)}</dt><dd><bdi>{value}</bdi></dd></div>)}</dl>
        {who.dead ? null : <p class="row-b"><ButtonLink href={`/child/${who.id}/print`} icon="print">{t('child.print')}</ButtonLink><ButtonLink href={`/child/${who.id}/move`}>{t('schedules.move.link')}</ButtonLink></p>}
      </details>
      {who.corrected === undefined || who.dead ? null : <div class="wrap only-s"><BothAges who={who} /></div>}
    </>
  )
}

/** Never folded: which of the two ages a figure goes by changes what it means. */
function BothAges({ who }: { readonly who: Who }) {
  const { t, age } = useMessages()
  if (who.corrected === undefined) return null
  return (
    <dl class="ages2">
      <div class="on"><dt>{t('child.ages.for.growth')}</dt><dd>{age({ age: who.corrected.age })} <small>{t('child.ages.corrected')}</small></dd></div>
      <div><dt>{t('child.ages.for.rest')}</dt><dd>{age({ age: who.corrected.sinceBirth })} <small>{t('child.ages.sinceBirth')}</small></dd></div>
    </dl>
  )
}

export const nameOf = (who: Pick<Who, 'name'>, { t }: Pick<Messages, 't'>): string => who.name ?? t('web.noName')

export function ageOf(who: Pick<Who, 'birth'>, on: Day, { t, age }: Pick<Messages, 't' | 'age'>): string {
  if (who.birth === undefined || who.birth.day > on) return t('web.age.unknown')
  const exact = age({ birth: who.birth.day, on })
  return who.birth.about ? t('web.age.about', { age: { text: exact } }) : exact
}

/** A phone or card number keeps its groups from left to right in every script; a name takes its own direction. */
const isolated = (value: string, fact: Rest['fact']): string => `${fact === 'phone' || fact === 'card' ? '\u2066' : '\u2068'}${value}\u2069`

interface Rest { readonly fact: 'born' | 'mother' | 'village' | 'phone' | 'card' | 'place'; readonly value: string; readonly first: boolean }

function restOf(who: Who, { t, date }: Messages): readonly Rest[] {
  const born = who.birth === undefined ? undefined : who.birth.precision === 'day' ? date(who.birth.day) : who.birthDate ?? formatDay(who.birth.day)
  const entries: readonly (readonly [Rest['fact'], string | undefined, boolean])[] = [
    ['born', born === undefined ? undefined : who.birth?.about === true ? t('web.age.about', { age: { text: born } }) : born, true],
    ['mother', who.mother?.name, false], ['village', who.village, false], ['phone', who.phone, false], ['card', who.cardNumber, false], ['place', who.place, false],
  ]
  return entries.flatMap(([fact, value, first]) => (value === undefined ? [] : [{ fact, value: fact === 'born' ? value : isolated(value, fact), first }]))
}
