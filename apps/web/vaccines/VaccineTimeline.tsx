/**
 * The child's vaccines: a row for each disease, a column for each age, today's tinted; every mark opens its reasons. What has no place in
 * the table stands below it. Without a schedule the doses are a list, and the plan's sentence says why nothing is judged.
 */
import type { Reason } from '@bairn/reasoning'
import { dayOfCompletedMonths, type Day } from '@bairn/quantities'
import { Fragment } from 'preact'
import { useId, useMemo, useState } from 'preact/hooks'
import type { Child } from '../child/useChild.ts'
import { ButtonLink } from '../components/Button.tsx'
import { Glyph } from '../components/Glyph.tsx'
import { useWidth } from '../growth/useWidth.ts'
import { useMessages, type Messages } from '../i18n/messages.tsx'
import { columnsOf, shortAge, type Column } from './columns.ts'
import { DoseList } from './DoseList.tsx'
import { MarkPanel } from './MarkPanel.tsx'
import { Sign } from './Sign.tsx'
import { timelineOf, type Mark, type Timeline, type TimelineRow } from './timeline.ts'
import './vaccines.css'

const PHONE = 640

export function VaccineTimeline({ child }: { readonly child: Child }) {
  const { t, say } = useMessages()
  const id = useId()
  const { plan, facts, engines } = child
  const edition = engines?.editions.immunization
  const birth = facts === undefined || facts.birth.kind === 'unknown' ? undefined : facts.birth.day
  const timeline = useMemo(() => (edition === undefined || birth === undefined || engines === undefined ? undefined
    : timelineOf({ plan, notGiven: facts?.vaccines?.notGiven ?? [], edition, ends: dayOfCompletedMonths(birth, engines.editions.plan.endsAtMonths) })), [plan, facts, edition, birth])
  const why = plan.notJudged.find(({ rule }) => rule.endsWith('.noSchedule'))
  return (
    <section class="vaccines" aria-labelledby={id}>
      <header>
        <h2 id={id}>{t('vaccines.title')}</h2>
        {plan.notJudged.some(({ rule }) => rule.endsWith('.dead')) ? null : <ButtonLink href={`/child/${child.id}/dose`}>{t('vaccines.record')}</ButtonLink>}
      </header>
      {timeline === undefined || birth === undefined ? <>{why === undefined ? null : <p class="why-not"><Glyph of="notNeeded" size={20} />{say(why.text)}</p>}<DoseList child={child} /></>
        : timeline.rows.length === 0 ? <p class="muted">{t('vaccines.none')}</p>
          : <Table timeline={timeline} birth={birth} child={child} titled={id} />}
      {timeline === undefined ? null : <Below timeline={timeline} child={child} />}
    </section>
  )
}

function Table({ timeline, birth, child, titled }: { readonly timeline: Timeline; readonly birth: Day; readonly child: Child; readonly titled: string }) {
  const { t, language } = useMessages()
  const id = useId()
  const [open, setOpen] = useState<string | undefined>(undefined)
  const [box, width] = useWidth<HTMLDivElement>()
  const narrow = width < PHONE
  // The short words for week and month have more letters in other languages.
  const [label, column] = narrow ? [104, language === 'en' ? 24 : 28] : [200, 74]
  const max = Math.max(3, Math.floor((width - label) / column))
  const columns = useMemo(() => columnsOf(timeline.rows, { birth, on: child.plan.on, max }), [timeline, birth, child.plan.on, max])
  return (
    <div ref={box} class={narrow ? 'vx-box narrow' : 'vx-box'}>
      <ul class="legend" aria-label={t('vaccines.legend')}>{timeline.legend.map((kind) => <li key={kind}><Sign of={kind} size={20} />{t('vaccines.mark', { kind: { code: kind } })}</li>)}</ul>
      <table class="vx" aria-labelledby={titled}>
        <thead><tr><th scope="col"><span class="vh">{t('vaccines.disease')}</span></th>{columns.map((each) => <Head key={each.from} column={each} birth={birth} narrow={narrow} />)}</tr></thead>
        <tbody>
          {timeline.rows.map((row) => {
            const shown = row.marks.find(({ key }) => key === open)
            return (
              <Fragment key={row.group}>
                <Row row={row} columns={columns} open={open} panel={id} toggle={(key) => setOpen(open === key ? undefined : key)} />
                {shown === undefined ? null : <tr class="opened"><td colSpan={columns.length + 1}><MarkPanel id={id} mark={shown} row={row} child={child} /></td></tr>}
              </Fragment>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function Head({ column: { from, to, side }, birth, narrow }: { readonly column: Column; readonly birth: Day; readonly narrow: boolean }) {
  const { t, date, number, age: inWords } = useMessages()
  const age = shortAge(birth, from)
  const last = shortAge(birth, to)
  const many = age.unit !== last.unit || age.count !== last.count
  return (
    <th scope="col" class={side}>
      {many || narrow || age.unit === 'birth' ? <b aria-hidden="true">{t('vaccines.age', { unit: { code: age.unit }, count: { text: many && age.unit === last.unit ? `\u2066${number(age.count)}–${number(last.count)}\u2069` : number(age.count) } })}</b> : null}
      {many || narrow || age.unit === 'birth' ? <span class="vh">{inWords({ birth, on: from })}{many ? `–${inWords({ birth, on: to })}` : ''}</span> : <b>{inWords({ birth, on: from })}</b>}
      {narrow ? (side === 'today' ? <span class="vh">{t('child.today')}</span> : null) : <span class="cap">{side === 'today' ? t('child.today') : date(from, 'shortYear')}</span>}
    </th>
  )
}

function Row({ row, columns, open, panel, toggle }: { readonly row: TimelineRow; readonly columns: readonly Column[]; readonly open: string | undefined; readonly panel: string; readonly toggle: (key: string) => void }) {
  const messages = useMessages()
  const { t, say } = messages
  const inside = columns.map((column) => row.marks.filter(({ day }) => column.from <= day && day <= column.to))
  const first = inside.findIndex((marks) => marks.length > 0)
  const last = inside.findLastIndex((marks) => marks.length > 0)
  return (
    <tr>
      <th scope="row"><span class="name">{say(row.name)}</span>{row.state === undefined ? null : <span class="cap">{t('vaccines.state', { state: { code: row.state } })}</span>}</th>
      {columns.map(({ side, from }, at) => (
        <td key={from} class={[side, at > first && at <= last ? 'before' : '', at >= first && at < last && first >= 0 ? 'after' : ''].join(' ')}>
          {inside[at]?.map((mark) => (
            <button key={mark.key} type="button" class="dot" data-mark={mark.kind} aria-expanded={open === mark.key} aria-controls={panel} aria-label={dotText(mark, row, messages)} onClick={() => toggle(mark.key)}><Sign of={mark.kind} /></button>
          ))}
        </td>
      ))}
    </tr>
  )
}

/** 'polio, dose 2: given, 8 November 2025' */
function dotText({ kind, number, day }: Mark, { name }: TimelineRow, { t }: Pick<Messages, 't'>): string {
  return t('vaccines.dot', { vaccine: { message: name }, number: { code: number === undefined ? 'none' : String(number) }, what: { message: { key: 'vaccines.mark', params: { kind: { code: kind } } } }, day: { day } })
}

/** What has no place in the table: forbidden, without a day or unknown, later, not needed. */
function Below({ timeline: { forbidden, outside, later, notNeeded }, child }: { readonly timeline: Timeline; readonly child: Child }) {
  const messages = useMessages()
  const { t, say, date } = messages
  const reason = (because: readonly Reason[]): string => because.slice(0, 1).map(({ text }) => say(text)).join('')
  return (
    <>
      {forbidden.length === 0 ? null : (
        <ul class="vx-lines">{forbidden.map(({ name, because }) => <li key={JSON.stringify(name)} data-u="urgent"><Sign of="forbidden" size={20} /><p><b>{t('vaccines.forbidden', { vaccine: { message: name } })}</b> {reason(because)}</p></li>)}</ul>
      )}
      {outside.length === 0 ? null : <><h3>{t('vaccines.outside')}</h3><DoseList child={child} only={outside.map(({ id }) => id)} /></>}
      {later.length + notNeeded.length === 0 ? null : (
        <details class="vx-more">
          <summary>{t('vaccines.more', { count: { number: later.length + notNeeded.length } })}</summary>
          <ul class="vx-lines">
            {later.map(({ name, day }) => <li key={`${JSON.stringify(name)} ${day}`} data-u="comingUp"><Glyph of="comingUp" size={20} /><p><b>{say(name)}</b> {t('vaccines.later', { day: { text: date(day, 'shortYear') } })}</p></li>)}
            {notNeeded.map(({ name, because, status }) => <li key={JSON.stringify(name)} data-u="notNeeded"><Glyph of="notNeeded" size={20} /><p><b>{say(name)}</b> {t('vaccines.state', { state: { code: status } })}. {reason(because)}</p></li>)}
          </ul>
        </details>
      )}
    </>
  )
}
