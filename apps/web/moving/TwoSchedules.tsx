/**
 * Two schedules, one child: a row for each disease, a track for each country over one true age axis. Above: given. Below: counts, does not
 * count, not confirmed, needed. The decision stands in words beside it; on a narrow screen it is a list, without the tracks.
 */
import { diseaseMessage, listMessage, scheduleMessage } from '@bairn/immunization'
import { formatMessage } from '@bairn/knowledge'
import type { Day } from '@bairn/quantities'
import type { CSSProperties } from 'preact'
import { useId, useState } from 'preact/hooks'
import { Glyph, type GlyphName } from '../components/Glyph.tsx'
import { Icon } from '../components/Icon.tsx'
import { useMessages, type Messages } from '../i18n/messages.tsx'
import { capital, countryName, vaccineText } from '../schedules/words.ts'
import { axisOf, placeOn, verdictOf, type Axis, type MoveRow, type Verdict } from './model.ts'
import type { Moved } from './read.ts'

type Here = Extract<Moved, { readonly kind: 'moved' }>

const SIGN: Readonly<Record<Verdict, GlyphName>> = { accepted: 'done', unconfirmed: 'notKnown', extra: 'done', repeat: 'notNeeded', notConfirmed: 'notKnown', notJudged: 'notKnown', notInSchedule: 'notNeeded' }
const OUTCOME: Readonly<Record<MoveRow['outcome'], GlyphName>> = { giveToday: 'dueToday', giveLater: 'comingUp', look: 'notKnown', notAsked: 'notNeeded', nothingMore: 'notNeeded', upToDate: 'done', byOthers: 'notKnown' }
const KEY: readonly (readonly [GlyphName, string])[] = [['done', 'counts'], ['notNeeded', 'not'], ['notKnown', 'unconfirmed'], ['dueToday', 'today'], ['comingUp', 'later']]

export function TwoSchedules({ moved, rows }: { readonly moved: Here; readonly rows: readonly MoveRow[] }) {
  const messages = useMessages()
  const { t } = messages
  const { birth, on, from, to } = moved
  const axis = axisOf(birth, on, rows.flatMap(({ given, needed }) => [...given.map(({ day }) => day), ...needed]))
  const names = { from: countryName(from.country, messages), to: countryName(to.country, messages) }
  return (
    <section class="two-schedules" aria-labelledby="two">
      <header><h2 id="two">{t('schedules.move.two')}</h2><p class="key">{KEY.map(([sign, word]) => <span key={word}><Glyph of={sign} size={18} />{t(`schedules.move.key.${word}`)}</span>)}</p></header>
      {rows.length === 0 ? <p class="muted">{t('schedules.move.noDoses')}</p> : (
        <div class="ts">
          <AgeAxis axis={axis} />
          {rows.map((row) => <Row key={row.key} row={row} moved={moved} axis={axis} names={names} />)}
        </div>
      )}
      <p class="cap">{t('schedules.move.true')}</p>
    </section>
  )
}

const at = (x: number, y?: number): CSSProperties => ({ '--x': x.toFixed(2), ...(y === undefined ? {} : { '--y': String(y) }) } as unknown as CSSProperties)

function AgeAxis({ axis }: { readonly axis: Axis }) {
  const { t, say } = useMessages()
  const inYears = (axis.ticks.at(-1)?.months ?? 0) >= 48
  return (
    <div class="tr ax" aria-hidden="true">
      <span class="nm" /><span class="lb one">{t('schedules.move.age')}</span>
      <div class="age-axis">
        {axis.ticks.map((tick) => <span key={tick.months} style={at(tick.at)}>{tick.months === 0 ? capital(t('schedules.birth')) : say(inYears && tick.months % 12 === 0 ? { key: 'age.year', params: { count: { number: tick.months / 12 } } } : { key: 'schedules.move.months', params: { count: { number: tick.months } } })}</span>)}
        <span class="now" style={at(axis.today)}>{t('child.today')}</span>
        {axis.birthday === undefined ? null : <span class="bd" style={at(axis.birthday)}>{t('schedules.move.birthday')}</span>}
      </div>
      <span class="cap">{t('schedules.move.decision')}</span>
    </div>
  )
}

function Row({ row, moved, axis, names }: { readonly row: MoveRow; readonly moved: Here; readonly axis: Axis; readonly names: { readonly from: string; readonly to: string } }) {
  const messages = useMessages()
  const { t, say, language } = messages
  const id = useId()
  const [open, setOpen] = useState(false)
  const sign = OUTCOME[row.outcome]
  const title = row.diseases.length === 0 ? t('schedules.move.unknownDisease') : capital(formatMessage({ key: 'schedules.list', params: { list: listMessage(row.diseases.map(diseaseMessage)) } }, language))
  const sentences = row.because.length > 0 ? [...new Set(row.because.map(say))].slice(0, 2) : row.given.length === 0 ? [row.inFrom ? t('schedules.move.why.none') : t('schedules.move.why.notThere', { country: scheduleMessage(moved.from.country) })] : [t('schedules.move.why.all', { count: { number: row.given.length } })]
  return (
    <div class="tr" role="group" aria-labelledby={`${id}-n`}>
      <h3 class="nm" id={`${id}-n`}>{title}</h3>
      <span class="lb" aria-hidden="true"><span>{names.from}</span><span>{names.to}</span></span>
      <Tracks row={row} moved={moved} axis={axis} />
      <div class="dec" data-u={sign}>
        <Glyph of={sign} size={20} />
        <b>{t(`schedules.move.outcome.${row.outcome}`, { count: { number: row.needed.length }, country: scheduleMessage(moved.to.country) })}</b>
        {sentences.map((sentence) => <p key={sentence}>{sentence}</p>)}
        {row.decisions.length === 0 ? null : <button type="button" class="fold-b" aria-expanded={open} aria-controls={`${id}-w`} onClick={() => setOpen(!open)}>{t('child.why')}<span class="vh"> {title}</span><Icon of="down" size={18} /></button>}
      </div>
      <dl class="cnt">
        <dt>{names.from}</dt><dd>{row.given.length === 0 ? t('schedules.move.noneGiven') : <>{row.given.map(({ dose, verdict }) => <Glyph key={dose} of={SIGN[verdict]} size={18} />)}<span>{t('schedules.move.given', { count: { number: row.given.length }, counted: { number: row.given.filter(({ verdict }) => ['accepted', 'unconfirmed', 'extra'].includes(verdict)).length } })}</span></>}</dd>
        <dt>{names.to}</dt><dd>{row.needed.length === 0 ? t(row.inTo ? 'schedules.move.noneNeeded' : 'schedules.move.notIn') : <>{row.needed.map((day) => <Glyph key={day} of={day <= moved.on ? 'dueToday' : 'comingUp'} size={18} />)}<span>{row.needed.map((day) => dayWords(day, moved.on, messages)).join(t('web.comma'))}</span></>}</dd>
      </dl>
      {open ? <WhyDoses id={`${id}-w`} row={row} moved={moved} /> : null}
    </div>
  )
}

const dayWords = (day: Day, on: Day, { t, date }: Messages): string => (day <= on ? t('child.today') : date(day))

function Tracks({ row, moved, axis }: { readonly row: MoveRow; readonly moved: Here; readonly axis: Axis }) {
  const messages = useMessages()
  const { t, age, date } = messages
  return (
    <div class="tk">
      <i /><i /><u class="now" style={at(axis.today)} />{axis.birthday === undefined ? null : <u class="bd" style={at(axis.birthday)} />}
      {row.inFrom || row.given.length > 0 ? null : <em class="nt" style={at(0, 0)}>{t('schedules.move.notIn')}</em>}
      {row.inTo ? null : <em class="nt" style={at(0, 1)}>{t('schedules.move.notIn')}</em>}
      {row.given.map(({ dose, day, between, verdict }) => {
        const x = placeOn(axis, day)
        return (
          <span key={dose}>
            {verdict === 'notInSchedule' ? null : <s class={verdict === 'accepted' || verdict === 'extra' ? 'jn' : 'jn no'} style={at(x)} />}
            <span class="mk" style={at(x, 0)}><Glyph of="done" size={18} /><span class="vh">{between === undefined ? t('schedules.move.mark.given', { age: { text: age({ birth: moved.birth, on: day }) } }) : t('schedules.move.between', { from: { text: date(between.earliest) }, to: { text: date(between.latest) } })}</span></span>
            {verdict === 'notInSchedule' ? null : <span class="mk" style={at(x, 1)}><Glyph of={SIGN[verdict]} size={18} /><span class="vh">{t('schedules.move.mark.decided', { decision: { code: verdict } })}</span></span>}
          </span>
        )
      })}
      {row.needed.map((day) => <span key={day} class={day <= moved.on ? 'mk n' : 'mk'} style={at(placeOn(axis, day), 1)}><Glyph of={day <= moved.on ? 'dueToday' : 'comingUp'} size={18} /><span class="vh">{t('schedules.move.mark.needed', { day: { text: day <= moved.on ? t('child.today') : date(day) } })}</span></span>)}
    </div>
  )
}

/** Each dose with its decision in words, the rules by their ids and sources, and whether they need a clinician's eye. */
function WhyDoses({ id, row, moved }: { readonly id: string; readonly row: MoveRow; readonly moved: Here }) {
  const messages = useMessages()
  const { t, say, date, age } = messages
  const byDose = [...Map.groupBy(row.decisions, ({ dose }) => dose.id).values()]
  return (
    <div class="whybox" id={id}>
      <dl>
        {byDose.map((same) => {
          const [first] = same
          if (first === undefined) return null
          const { dose, between } = first
          const reasons = [...new Map(same.flatMap(({ because }) => because).map((reason) => [`${reason.rule} ${JSON.stringify(reason.text)}`, reason])).values()]
          const edition = moved.to.vaccines.has(dose.cvx) ? moved.to : moved.from
          return [
            <dt key={`${dose.id} t`}>{between === undefined ? <>{date(dose.date)}<small>{age({ birth: moved.birth, on: dose.date })}</small></> : t('schedules.move.between', { from: { text: date(between.earliest) }, to: { text: date(between.latest) } })}<small><bdi>{vaccineText(dose.cvx, edition, messages)}</bdi></small></dt>,
            <dd key={dose.id}>
              {same.map((one) => <p key={one.disease}><Glyph of={SIGN[verdictOf(one)]} size={18} /> {say(one.text)}</p>)}
              {reasons.map((reason) => <p class="cap" key={`${reason.rule} ${JSON.stringify(reason.text)}`}>{say(reason.text)} <bdi class="rule" dir="ltr">{reason.rule}</bdi> <bdi lang="en">{reason.source.document}{reason.source.section === undefined ? '' : `, ${reason.source.section}`}</bdi>{reason.evidence === 'stated' ? null : <span class="review"><Glyph of="notKnown" size={18} />{t('child.why.review')}</span>}</p>)}
            </dd>,
          ]
        })}
      </dl>
    </div>
  )
}
