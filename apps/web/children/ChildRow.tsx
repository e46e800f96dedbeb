/** One child of the list: sign, name and age, what is needed and why, the line of weight, when seen. The whole row is the target. */
import type { Day } from '@bairn/quantities'
import type { WorklistRow } from '../contract.ts'
import { Glyph } from '../components/Glyph.tsx'
import { Icon } from '../components/Icon.tsx'
import { onScale } from '../components/scale.ts'
import { urgencyWord } from '../components/urgency.ts'
import { useMessages, type Messages } from '../i18n/messages.tsx'
import { birthOf } from './model.ts'
import { Spark } from './Spark.tsx'

export function ChildRow({ row, asOf }: { readonly row: WorklistRow; readonly asOf: Day }) {
  const messages = useMessages()
  const { t, say, date } = messages
  const alarm = row.urgency === 'urgent' || row.urgency === 'actToday'
  const seen = row.lastVisit
  return (
    <li>
      <a class="row" data-u={row.urgency} href={`/child/${encodeURIComponent(row.child)}`}>
        <Glyph of={row.urgency} />
        <span class="who"><span class="nm"><bdi>{row.name === '' ? t('web.noName') : row.name}</bdi></span><span class="vh">, </span><span class="sub">{identity(row, asOf, messages)}</span><span class="vh">. </span></span>
        <span class="need">
          <b>{urgencyWord(messages, { urgency: row.urgency, due: row.due, on: asOf })}<span aria-hidden="true">.</span></b>{' '}
          {need(row, asOf, messages)}
          {/* Of a well child the day is enough; the reason stands on the child's page. */}
          {row.reason === undefined || row.urgency === 'well' ? null : <span class="why"> {say(row.reason)}</span>}
          {row.more === 0 ? null : <span class="more"> {t('web.children.more', { count: { number: row.more } })}</span>}
        </span>
        <span class="spk">
          <Spark points={row.spark} alarm={alarm} />
          <span class={row.lastWeight === undefined ? 'not' : 'nw'}>{row.lastWeight === undefined ? t('web.children.notWeighed') : onScale(row.lastWeight.kg, 'kg', messages)}</span>
        </span>
        <span class="seen">{seen === undefined ? t('web.children.notSeen') : seen === asOf ? t('web.today') : date(seen, Math.abs(asOf - seen) < 300 ? 'short' : 'shortYear')}</span>
        <Icon of="chevron" size={20} />
      </a>
    </li>
  )
}

/** What to do first; what is still to come says its day: 'Measure weight, 19 December.' */
function need({ title, due }: WorklistRow, asOf: Day, { t, say, date }: Messages): string {
  if (title === undefined) return t('web.children.nothing')
  return due !== undefined && due > asOf ? sentence(t('web.children.onDay', { title: { text: say(title) }, day: { text: date(due, due - asOf < 300 ? 'short' : 'shortYear') } })) : sentence(say(title))
}

/** 'Girl, about 7 months, Kochogo': what is known of these, and what is not known said so. */
function identity(row: WorklistRow, asOf: Day, { t, age }: Messages): string {
  const birth = birthOf(row)
  const parts = [
    t(`web.sex.${row.sex ?? 'unknown'}`),
    birth === undefined || birth.day > asOf ? t('web.age.unknown') : birth.about ? t('web.age.about', { age: { text: age({ birth: birth.day, on: asOf }) } }) : age({ birth: birth.day, on: asOf }),
    ...(row.village === undefined ? [] : [`\u2068${row.village}\u2069`]),
  ]
  return parts.join(t('web.comma'))
}

/** What ends without a stop gets one: a reason follows it. French short months bring their own ('24 déc.'). */
const sentence = (text: string): string => (/[.!?؟。]$/.test(text) ? text : `${text}.`)
