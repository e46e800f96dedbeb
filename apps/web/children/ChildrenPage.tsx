/**
 * The list of children, most pressing first: search, filters by need, pages, and the keyboard: `/` searches, arrows walk the rows, Enter opens.
 */
import { useLocation } from 'preact-iso'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useSession } from '../app/session.tsx'
import { useTitle } from '../app/title.ts'
import { Banner } from '../components/Banner.tsx'
import { Button, ButtonLink } from '../components/Button.tsx'
import { Icon } from '../components/Icon.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { ChildRow } from './ChildRow.tsx'
import './children.css'
import { EmptyList, NobodyFound } from './EmptyList.tsx'
import { listKeys } from './keys.ts'
import { addressOf, shownRows, viewOf, type View } from './model.ts'
import { NeedFilters } from './NeedFilters.tsx'
import { useWorklist } from './useWorklist.ts'

const TYPING_MS = 150

export function Children() {
  const { t, date, number } = useMessages()
  const { session } = useSession()
  const { query, route } = useLocation()
  const view = viewOf(query)
  const { list, waiting, away, refused, again } = useWorklist(view, session.demo)
  const search = useRef<HTMLInputElement>(null)
  const rows = useRef<HTMLUListElement>(null)
  useTitle(t('web.children.title'))
  useLayoutEffect(() => listKeys({ search, rows }), [])
  const show = (next: Partial<View>): void => route(addressOf({ ...view, page: 1, ...next }), true)
  const nobodyYet = list !== undefined && list.counts.all === 0 && view.q === ''
  const place = session.demo ? t('web.children.demoPlace') : session.place?.name ?? ''
  const count = list?.counts.all ?? session.children
  return (
    <>
      <main class="wrap children">
        <div class="lhead">
          <div>
            <h1>{t('web.children.title')}</h1>
            <p class="muted">{t('web.children.where', { place: { text: `\u2068${place}\u2069` }, count: { number: count }, day: { text: date(list?.asOf ?? session.today, 'weekday') } })}</p>
          </div>
          {nobodyYet ? null : <ButtonLink href="/register" kind="primary" big icon="plus">{t('web.register.title')}</ButtonLink>}
        </div>
        {refused === undefined ? null : <Banner of="notKnown" title={t('web.children.refused')} action={<Button onClick={again}>{t('web.tryAgain')}</Button>}>{refused.join(' ')}</Banner>}
        {away ? <Banner icon="cloudOff" title={t('web.away.title')} action={<Button onClick={again}>{t('web.tryAgain')}</Button>}>{t(list === undefined ? 'web.away.text' : 'web.away.listStands')}</Banner> : null}
        {nobodyYet ? <EmptyList /> : (
          <>
            <SearchField q={view.q} onSearch={(q) => show({ q })} field={search} />
            <NeedFilters counts={list?.counts} chosen={view.filter} onChoose={(filter) => show({ filter })} />
            {list === undefined ? (away || refused !== undefined ? null : <Waiting rows={6} />)
              : list.rows.length === 0 ? <NobodyFound view={view} onShowAll={() => show({ filter: 'all', q: '' })} />
              : (
                <ul class="rows sheet" ref={rows} aria-busy={waiting} aria-label={t('web.children.title')}>
                  {list.rows.map((row) => <ChildRow key={row.child} row={row} asOf={list.asOf} />)}
                </ul>
              )}
            {list === undefined || list.rows.length === 0 ? null : (
              <div class="below">
                <p class="cap">{t('web.children.order')} {t('web.children.shown', { from: { text: number(shownRows(list).from) }, to: { text: number(shownRows(list).to) }, total: { text: number(list.total) } })}</p>
                {list.pages > 1 ? (
                  <nav class="row-b" aria-label={t('web.pages')}>
                    {list.page > 1 ? <ButtonLink href={addressOf({ ...view, page: list.page - 1 })}>{t('web.pages.before')}</ButtonLink> : null}
                    {list.page < list.pages ? <ButtonLink href={addressOf({ ...view, page: list.page + 1 })}>{t('web.pages.next')}</ButtonLink> : null}
                  </nav>
                ) : null}
                <p class="cap keys">{t('web.children.keys')}</p>
              </div>
            )}
          </>
        )}
      </main>
      {nobodyYet ? null : <div class="stick"><ButtonLink href="/register" kind="primary" big icon="plus">{t('web.register.title')}</ButtonLink></div>}
    </>
  )
}

/** Asks a moment after the last key, so that ten letters are one request. */
function SearchField({ q, onSearch, field }: { readonly q: string; readonly onSearch: (q: string) => void; readonly field: { current: HTMLInputElement | null } }) {
  const { t } = useMessages()
  const [text, setText] = useState(q)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => setText(q), [q])
  const type = (next: string): void => {
    setText(next)
    clearTimeout(timer.current)
    // Whoever opened a row meanwhile must not be called back by a search still waiting: the list stays mounted until the child's page is loaded.
    timer.current = setTimeout(() => { if (location.pathname === '/') onSearch(next.trim()) }, TYPING_MS)
  }
  return (
    <search class="search">
      <Icon of="search" />
      <input class="in" type="search" ref={field} value={text} onInput={(event) => type(event.currentTarget.value)} aria-label={t('web.children.search')} placeholder={t('web.children.search')} aria-keyshortcuts="/" autocomplete="off" spellcheck={false} />
    </search>
  )
}
