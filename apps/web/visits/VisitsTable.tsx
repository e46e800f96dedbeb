/** Past visits, the latest on top: what was measured, what it means, where and by whom; each day opens to its entries. */
import { formatParam } from '@bairn/knowledge'
import type { Day } from '@bairn/quantities'
import { Fragment } from 'preact'
import { useId, useMemo, useState } from 'preact/hooks'
import { useSession } from '../app/session.tsx'
import { findResource, whereRecorded, whoRecorded } from '../child/record.ts'
import type { Child } from '../child/useChild.ts'
import { Glyph } from '../components/Glyph.tsx'
import { Icon } from '../components/Icon.tsx'
import { onScale } from '../components/scale.ts'
import { historyOf } from '../growth/history.ts'
import type { GrowthInput } from '../growth/model.ts'
import { useMessages } from '../i18n/messages.tsx'
import { Entries } from './Entries.tsx'
import { recordedName } from '../vaccines/words.ts'
import { daysOfEntries, dosesOn, rowsOf, type VisitRow } from './model.ts'
import './visits.css'

const SHOWN_AT_FIRST = 8

export function VisitsTable({ child, growth }: { readonly child: Child; readonly growth: GrowthInput }) {
  const { t } = useMessages()
  const id = useId()
  const [open, setOpen] = useState<number | undefined>(undefined)
  const [all, showAll] = useState(false)
  const rows = useMemo(() => rowsOf(historyOf(growth), growth.references), [growth])
  const lines = useMemo(() => [
    ...rows.map((row) => ({ day: row.visit.day, row })), ...daysOfEntries(child.resources).filter((day) => !rows.some(({ visit }) => visit.day === day)).map((day) => ({ day, row: undefined })),
  ].toSorted((a, b) => b.day - a.day), [child.resources, rows])
  const arm = rows.some(({ visit }) => visit.arm !== undefined)
  const head = rows.some(({ visit }) => visit.head !== undefined)
  const shown = all ? lines : lines.slice(0, SHOWN_AT_FIRST)
  const columns = 7 + (arm ? 1 : 0) + (head ? 1 : 0)
  return (
    <section class="visits" aria-labelledby={id}>
      <header><h2 id={id}>{t('child.visits.title')}</h2></header>
      {lines.length === 0 ? <p class="muted">{t('child.visits.none')}</p> : (
        <table class="tbl">
          <thead>
            <tr>
              <th scope="col">{t('child.visits.date')}</th><th scope="col" class="hide-s">{t('child.visits.age')}</th><th scope="col" class="n">{t('child.visits.weight')}</th>
              <th scope="col" class="n hide-s">{t('child.visits.length')}</th>
              {arm ? <th scope="col" class="n hide-s">{t('child.visits.arm')}</th> : null}{head ? <th scope="col" class="n hide-m">{t('child.visits.head')}</th> : null}
              <th scope="col">{t('child.visits.found', { by: { code: rows[0]?.by ?? 'weightForLength' } })}</th><th scope="col" class="hide-m">{t('child.visits.by')}</th><th scope="col"><span class="vh">{t('child.visits.entries')}</span></th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ day, row }) => (
              <Fragment key={day}>
                {row === undefined ? <Lone day={day} child={child} columns={columns} open={open === day} toggle={() => setOpen(open === day ? undefined : day)} />
                  : <Row row={row} child={child} arm={arm} head={head} open={open === day} toggle={() => setOpen(open === day ? undefined : day)} />}
                {open === day ? <tr class="opened"><td colSpan={columns}><Entries day={day} child={child} /></td></tr> : null}
              </Fragment>
            ))}
          </tbody>
        </table>
      )}
      {lines.length > shown.length ? <button type="button" class="link" onClick={() => showAll(true)}>{t('child.visits.all', { count: { number: lines.length } })}</button> : null}
    </section>
  )
}

function Row({ row: { visit, found }, child, arm, head, open, toggle }: { readonly row: VisitRow; readonly child: Child; readonly arm: boolean; readonly head: boolean; readonly open: boolean; readonly toggle: () => void }) {
  const messages = useMessages()
  const { t, say, date, age, language } = messages
  const { session } = useSession()
  const write = (value: Parameters<typeof formatParam>[0]): string => formatParam(value, language)
  const today = visit.day === child.plan.on
  const first = visit.weight ?? visit.length ?? visit.arm ?? visit.head ?? visit.oedema
  const who = first === undefined ? undefined : whoRecorded(child.resources, first.id)
  const by = who?.reference !== undefined && who.reference === `Practitioner/${session.user?.practitioner}` ? t('child.why.you') : who?.name
  const place = first === undefined ? undefined : whereRecorded(findResource(child.resources, first.id))
  return (
    <tr class={today ? 'today' : undefined}>
      <th scope="row">{today ? t('child.todayTitle') : date(visit.day, 'shortYear')}</th>
      <td class="hide-s age">{visit.age === undefined ? '' : age({ age: visit.age.sinceBirth })}</td>
      <td class="n">{visit.weight === undefined ? '' : onScale(visit.weight.value, 'kg', messages)}</td>
      <td class="n hide-s">{visit.length === undefined ? '' : <>{onScale(visit.length.value, 'cm', messages)}{visit.length.position === 'notSaid' ? null : <Position of={visit.length.position} />}</>}</td>
      {arm ? <td class="n hide-s">{visit.arm === undefined ? '' : write({ mm: visit.arm.value })}</td> : null}
      {head ? <td class="n hide-m">{visit.head === undefined ? '' : onScale(visit.head.value, 'cm', messages)}</td> : null}
      <td class="found"><span>
        {found === undefined ? null : 'unknown' in found ? <span class="muted">{say(found.unknown)}</span>
          : <span class="flag" data-u={found.sign}><Glyph of={found.sign} size={18} /><span><bdi>{write({ z: found.z })}</bdi>{found.class === 'withinRange' ? '' : `${t('web.comma')}${t('child.class', { class: { code: found.class } })}`}</span></span>}
        {visit.oedema === undefined ? null : visit.oedema.answer === 'yes' ? <span class="flag" data-u="urgent"><Glyph of="urgent" size={18} />{t('child.visits.swollen')}</span> : visit.oedema.answer === 'no' ? <span class="cap feet">{t('child.visits.notSwollen')}</span> : null}
      </span></td>
      <td class="hide-m">{[place, by].filter((part) => part !== undefined).join(t('web.comma'))}</td>
      <td class="end"><Toggle open={open} label={t('child.visits.openDay', { day: { day: visit.day } })} onClick={toggle} /></td>
    </tr>
  )
}

/** A day on which nothing was measured: its vaccines, or that all of it was withdrawn. */
function Lone({ day, child, columns, open, toggle }: { readonly day: Day; readonly child: Child; readonly columns: number; readonly open: boolean; readonly toggle: () => void }) {
  const messages = useMessages()
  const { t, date } = messages
  const names = dosesOn(day, child.resources).filter(({ state, dose }) => state === 'stands' && dose.given).map(({ dose }) => recordedName(dose, child.plan, messages))
  const missed = dosesOn(day, child.resources).filter(({ state, dose }) => state === 'stands' && !dose.given).map(({ dose }) => recordedName(dose, child.plan, messages))
  const words = [...(names.length === 0 ? [] : [t('vaccines.ofDay', { vaccines: { text: names.join(t('web.comma')) } })]), ...(missed.length === 0 ? [] : [t('vaccines.missedOfDay', { vaccines: { text: missed.join(t('web.comma')) } })])]
  const today = day === child.plan.on
  return (
    <tr class={today ? 'today' : undefined}>
      <th scope="row">{today ? t('child.todayTitle') : date(day, 'shortYear')}</th>
      <td colSpan={columns - 1} class="lone"><span><span class={words.length === 0 ? 'muted' : undefined}>{words.length === 0 ? t('child.visits.withdrawn') : words.join(' ')}</span><Toggle open={open} label={t('child.visits.openDay', { day: { day } })} onClick={toggle} /></span></td>
    </tr>
  )
}

/** The way of measuring is a shape, as on the chart: circle lying, square standing. */
function Position({ of }: { readonly of: 'lying' | 'standing' }) {
  const { t } = useMessages()
  return (
    <svg class="pos" width="10" height="10" viewBox="0 0 10 10" role="img" aria-label={t(`child.position.${of}`)}>
      {of === 'lying' ? <circle cx="5" cy="5" r="3.8" /> : <rect x="1.4" y="1.4" width="7.2" height="7.2" />}
    </svg>
  )
}

const Toggle = ({ open, label, onClick }: { readonly open: boolean; readonly label: string; readonly onClick: () => void }) =>
  <button type="button" class="tool open-day" aria-expanded={open} aria-label={label} onClick={onClick}><Icon of="down" size={20} /></button>
