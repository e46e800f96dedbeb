/** The list of children, most pressing first. */
import { useMessages } from '../i18n/messages.tsx'

export function Children() {
  const { t } = useMessages()
  return <main class="wrap"><div class="lhead"><h1>{t('web.nav.children')}</h1></div></main>
}
