/** In the place of a form for a child who is still being read, or cannot be: why, what to do, and what was typed so far. */
import type { ComponentChildren } from 'preact'
import { Banner } from '../components/Banner.tsx'
import { Button, ButtonLink } from '../components/Button.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { useMessages } from '../i18n/messages.tsx'
import type { ChildState } from './useChild.ts'

/** @param title of the form  @param children what was typed and waits */
export function NoChildYet({ state, title, children }: { readonly state: Exclude<ChildState, { kind: 'here' }> & { readonly reload: () => Promise<void> }; readonly title: string; readonly children?: ComponentChildren }) {
  const { t } = useMessages()
  if (state.kind === 'waiting') return <main class="wrap child-waiting"><Waiting rows={4} /></main>
  const text = state.kind === 'notHere' ? t('child.notHere.text') : state.kind === 'away' ? t('web.away.text') : state.says.join(' ')
  return (
    <main class="wrap measure">
      <div class="lhead"><h1>{title}</h1></div>
      <Banner icon="cloudOff" title={state.kind === 'notHere' ? t('child.notHere.title') : t('web.away.title')} action={<Button onClick={() => void state.reload()}>{t('web.tryAgain')}</Button>}>{text}</Banner>
      {children}
      <p class="row-b"><ButtonLink href="/">{t('web.nav.children')}</ButtonLink></p>
    </main>
  )
}
