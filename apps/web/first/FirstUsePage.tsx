/** The first-use page. */
import { useMessages } from '../i18n/messages.tsx'

export function FirstUse() {
  const { t } = useMessages()
  return <main class="wrap"><div class="lhead"><h1>{t('web.nav.children')}</h1></div></main>
}
