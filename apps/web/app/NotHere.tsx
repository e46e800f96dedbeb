/** An address that leads nowhere: says so, and the way back. */
import { ButtonLink } from '../components/Button.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { useTitle } from './title.ts'

export function NotHere() {
  const { t } = useMessages()
  useTitle(t('web.notHere.title'))
  return (
    <main class="wrap">
      <div class="lhead"><div><h1>{t('web.notHere.title')}</h1><p class="muted">{t('web.notHere.text')}</p></div></div>
      <div class="row-b"><ButtonLink href="/" kind="primary">{t('web.nav.children')}</ButtonLink></div>
    </main>
  )
}
