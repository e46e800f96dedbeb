/**
 * The bar above every screen: where you are, whether your work is kept, sunlight in one touch, language and screen.
 * On a phone it folds to signs that keep their names for screen readers.
 */
import { useLocation } from 'preact-iso'
import { useState } from 'preact/hooks'
import { useSession } from '../app/session.tsx'
import { useConnection } from '../api/connection.ts'
import { Icon, Mark } from '../components/Icon.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { chosenTheme, chooseTheme, themeInForce } from '../theme/theme.ts'
import { Preferences } from './Preferences.tsx'

export function AppBar() {
  const { t } = useMessages()
  const { session } = useSession()
  const { path } = useLocation()
  const known = session.user !== undefined
  return (
    <header class="bar">
      <div class="wrap">
        <a class="logo" href="/"><Mark />Bairn</a>
        {known ? (
          <nav aria-label={t('web.nav')}>
            <a href="/" {...(path === '/' || path.startsWith('/child/') ? { 'aria-current': path === '/' ? 'page' : 'true' } : {})}>{t('web.nav.children')}</a>
            <a href="/register" {...(path === '/register' ? { 'aria-current': 'page' } : {})}>{t('web.nav.register')}</a>
            <a href="/schedules" {...(path.startsWith('/schedules') || path.startsWith('/stories/') ? { 'aria-current': path === '/schedules' ? 'page' : 'true' } : {})}>{t('web.nav.schedules')}</a>
            <a href="/about" {...(path === '/about' ? { 'aria-current': 'page' } : {})}>{t('web.nav.about')}</a>
          </nav>
        ) : null}
        <div class="end">
          {known ? <KeptLine /> : null}
          <SunButton />
          <Preferences />
          {session.user === undefined ? null : <span class="user"><bdi>{session.user.name}</bdi></span>}
        </div>
      </div>
    </header>
  )
}

/** One quiet line: kept, or kept in this browser only until the program answers again. */
function KeptLine() {
  const { t } = useMessages()
  const { session } = useSession()
  const away = useConnection() === 'away'
  const text = t(away ? 'web.kept.away' : session.demo ? 'web.kept.demo' : 'web.kept.here')
  return <span class="tool kept" role="status" data-away={away || undefined}><Icon of={away ? 'cloudOff' : 'kept'} size={20} /><span>{text}</span></span>
}

function SunButton() {
  const { t } = useMessages()
  const [sun, set] = useState(() => themeInForce() === 'sun')
  const turn = (): void => {
    const on = themeInForce() !== 'sun'
    if (on) sessionStorage.setItem('bairn.theme.before', chosenTheme() ?? '')
    const before = sessionStorage.getItem('bairn.theme.before')
    chooseTheme(on ? 'sun' : before === 'light' || before === 'dark' ? before : undefined)
    set(on)
  }
  return <button type="button" class="tool" aria-pressed={sun} onClick={turn}><Icon of="sun" /><span>{t('web.sunlight')}</span></button>
}
