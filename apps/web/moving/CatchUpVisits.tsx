/** The white sheet: visits as columns with why this gap, then what must be asked before, what is not given, and what comes later. */
import type { VaccineHistory } from '@bairn/fhir'
import { diseaseMessage, scheduleMessage } from '@bairn/immunization'
import { formatParam } from '@bairn/knowledge'
import { addPeriod, years } from '@bairn/quantities'
import type { ComponentChildren } from 'preact'
import { Glyph } from '../components/Glyph.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { capital, vaccineText } from '../schedules/words.ts'
import { askedOnce } from './model.ts'
import type { Moved } from './read.ts'

export function CatchUpVisits({ moved }: { readonly moved: Extract<Moved, { readonly kind: 'moved' }> }) {
  const messages = useMessages()
  const { t, say, date, language } = messages
  const { found: { plan, ask, decisions, uncertain }, to, on, birth, history } = moved
  const country = scheduleMessage(to.country)
  const grown = addPeriod(birth, years(19))
  const routine = plan.routine.filter(({ recommended }) => recommended < grown)
  const notConfirmed = decisions.filter(({ decision }) => decision === 'notConfirmed')
  // What the new schedule cannot read, the old one may: then it is decided below.
  const decided = new Set(decisions.map(({ dose }) => dose.id))
  const unread = history.unjudged.filter(({ id }) => !decided.has(id)).map(({ id }) => {
    const sent = history.details.get(id)?.sent
    return { id, name: sent?.text ?? sent?.codings[0]?.display ?? sent?.codings[0]?.code ?? id, texts: issuesOf(history, id).map(({ text }) => text) }
  })
  // Of which the day decides; the others are decided whichever day it was.
  const open = history.uncertain.filter(({ id }) => decisions.some(({ dose, because }) => dose.id === id && because.some(({ rule }) => /\.uncertainDate\.(decides|tooMany)$/.test(rule))))
  const told = new Set(history.unjudged.flatMap(({ id }) => issuesOf(history, id)))
  const reading = history.issues.filter((issue) => !told.has(issue) && issue.text.key !== 'immunization.request.partialDate')
  const read = (code: string): string => capital(vaccineText(code, to, messages))
  return (
    <section class="sheet catch-up" aria-labelledby="catch-up">
      <header><h2 id="catch-up">{t('schedules.move.plan')}</h2><span class="muted">{date(on, 'weekday')}</span><p>{plan.visits.length === 0 ? t('schedules.move.nothing', { country }) : t('schedules.move.visits', { count: { number: plan.visits.length }, country })}{plan.proved ? '' : ` ${t('immunization.catchUp.unproved')}`}{uncertain?.planHolds === false ? ` ${t('immunization.transfer.planOpen')}` : ''}</p></header>
      {plan.visits.length === 0 ? null : (
        <div class="cu">
          {plan.visits.map(({ day, doses, because }) => (
            <div key={day}>
              <h3>{day === on ? t('schedules.move.today', { day: { text: date(day) } }) : t('schedules.move.onDay', { day: { text: date(day) } })}</h3>
              <p class="cap">{t('schedules.move.count', { count: { number: doses.length } })}</p>
              <ul>{doses.map(({ cvx, text }) => <li key={cvx}><Glyph of={day === on ? 'dueToday' : 'comingUp'} size={20} /><div>{read(cvx)}<span>{text.params?.['covers'] === undefined ? say(text) : formatParam(text.params['covers'], language)}</span></div></li>)}</ul>
              {because.length === 0 ? null : <ul class="gap-why">{because.map((message) => <li key={JSON.stringify(message)}>{say(message)}</li>)}</ul>}
            </div>
          ))}
        </div>
      )}
      {to.borrowed ? <Item word={t('schedules.move.notConfirmed')} title={t('schedules.move.notConfirmedTitle', { country })}>{say({ key: 'immunization.catchUp.borrowed' })}</Item> : null}
      {notConfirmed.length === 0 ? null : (
        <Item word={t('schedules.move.notConfirmed')} title={t('schedules.move.uncounted', { count: { number: new Set(notConfirmed.map(({ dose }) => dose.id)).size } })}>
          {t('schedules.move.uncountedText')} <ul>{notConfirmed.map((one) => <li key={`${one.dose.id} ${one.disease}`}><b>{one.between === undefined ? date(one.dose.date, 'shortYear') : t('schedules.move.between', { from: { text: date(one.between.earliest, 'shortYear') }, to: { text: date(one.between.latest, 'shortYear') } })}, <bdi>{read(one.dose.cvx)}</bdi>{one.disease === undefined ? '' : `${t('web.comma')}${formatParam(diseaseMessage(one.disease), language)}`}:</b> {say(one.text)}</li>)}</ul>
        </Item>
      )}
      {ask.length === 0 ? null : <Item word={t('schedules.move.ask')} title={t('schedules.move.askTitle', { country })}><ul>{askedOnce(ask).map((text) => <li key={JSON.stringify(text)}>{say(text)}</li>)}</ul></Item>}
      {open.length + unread.length === 0 ? null : (
        <Item word={t('schedules.move.unread')} title={t('schedules.move.unreadTitle', { count: { number: open.length + unread.length } })}>
          <ul>
            {open.map(({ id, cvx, earliest, latest }) => <li key={id}>{t('schedules.move.noDay', { vaccine: { text: read(cvx) }, from: { text: date(earliest) }, to: { text: date(latest) } })}</li>)}
            {unread.map(({ id, name, texts }) => <li key={id}><b><bdi>{name}</bdi>:</b> {texts.map(say).join(' ')}</li>)}
          </ul>
        </Item>
      )}
      {reading.length === 0 ? null : <Item word={t('schedules.move.reading')} title={t('schedules.move.readingTitle')}><ul>{reading.map(({ text }) => <li key={JSON.stringify(text)}>{say(text)}</li>)}</ul></Item>}
      {plan.unplanned.length === 0 ? null : <div class="more"><h3>{t('schedules.move.unplanned')}</h3><ul>{plan.unplanned.map(({ vaccineGroup, seriesType, why, text }) => <li key={`${vaccineGroup} ${seriesType} ${why}`}><Glyph of="notNeeded" size={18} /><span>{say(text)}</span></li>)}</ul></div>}
      {routine.length === 0 ? null : <div class="more"><h3>{t('schedules.move.routine')}</h3><ul>{routine.map(({ vaccineGroup, seriesType, doseNumber, text }) => <li key={`${vaccineGroup} ${seriesType} ${doseNumber}`}><Glyph of="comingUp" size={18} /><span>{say(text)}</span></li>)}</ul></div>}
    </section>
  )
}

const issuesOf = ({ issues }: VaccineHistory, id: string): VaccineHistory['issues'] => issues.filter(({ where }) => where === `Immunization/${id}`)

/** A question of the same plan. */
function Item({ word, title, children }: { readonly word: string; readonly title: string; readonly children: ComponentChildren }) {
  return <div class="q"><Glyph of="notKnown" /><div><p class="w">{word}</p><h3>{title}</h3><div class="r">{children}</div></div></div>
}
