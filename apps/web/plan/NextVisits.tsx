/** Dates ahead: the day first, how far it is, what for. */
import type { Plan } from '@bairn/plan'
import type { Days } from '@bairn/quantities'
import { useId } from 'preact/hooks'
import { Glyph } from '../components/Glyph.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { isoDay, nextVisits } from './model.ts'

export function NextVisits({ plan }: { readonly plan: Plan }) {
  const { t, say, date, span } = useMessages()
  const id = useId()
  const visits = nextVisits(plan)
  if (visits.length === 0) return null
  return (
    <section class="next" aria-labelledby={id}>
      <header><h2 id={id}>{t('child.next.title')}</h2></header>
      <ol>
        {visits.map((item) => {
          const away = (item.window.due - plan.on) as Days
          return (
            <li key={item.id} data-u="comingUp">
              <p><time datetime={isoDay(item.window.due)}>{date(item.window.due, away > 300 ? 'shortYear' : 'short')}</time><span class="cap">{span(away)}</span></p>
              <Glyph of="comingUp" size={20} />
              <p>{say(item.title)}</p>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
