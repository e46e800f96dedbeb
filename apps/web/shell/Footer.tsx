/** Where this is, and what it was computed with: place or demo, editions, engine. An edition past its review date says so on every page. */
import { useSession } from '../app/session.tsx'
import { Glyph } from '../components/Glyph.tsx'
import { useMessages } from '../i18n/messages.tsx'

export function Footer() {
  const { t, say } = useMessages()
  const { session } = useSession()
  const where = session.demo ? t('web.foot.demo') : session.place?.name
  const stale = session.editions.filter((edition) => edition.pastReview)
  return (
    <footer class="foot">
      <div class="wrap">
        <p>{where === undefined ? null : <><b><bdi>{where}</bdi></b><span class="dot" aria-hidden="true" /></>}<bdi>{t('web.foot.engine', { version: { text: session.engine.split('/').at(-1) ?? session.engine } })}</bdi><span class="dot" aria-hidden="true" /><a href="/about">{t('web.foot.editions', { count: { number: session.editions.length } })}</a>{session.user === undefined ? null : <><span class="dot" aria-hidden="true" /><a href="/schedules">{t('web.nav.schedules')}</a></>}</p>
        <ul>
          {session.editions.map((edition) => (
            <li key={edition.id} {...(edition.pastReview ? { 'data-u': 'overdue' } : {})}>{edition.pastReview ? <Glyph of="overdue" size={18} name={t('web.foot.pastReview')} /> : null}<bdi>{say(edition.title)}</bdi></li>
          ))}
        </ul>
        {stale.length === 0 ? null : <p>{t('web.foot.stale', { count: { number: stale.length } })}</p>}
        <p>{t('web.foot.review')}</p>
      </div>
    </footer>
  )
}
