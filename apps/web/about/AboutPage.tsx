/** The way into this screen; its content lives in this folder. */
import { useMessages } from '../i18n/messages.tsx'

export function AboutPage() {
  const { t } = useMessages()
  return <main class="wrap"><div class="lhead"><h1>{t('web.nav.children')}</h1></div></main>
}
