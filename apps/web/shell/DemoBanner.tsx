/** On every page of the demo: striped, never sent, never mixed, left with one click. */
import { useLocation } from 'preact-iso'
import { useState } from 'preact/hooks'
import type { DemoRequest, Session } from '../contract.ts'
import { postJson } from '../api/request.ts'
import { useSession } from '../app/session.tsx'
import { Button } from '../components/Button.tsx'
import { useMessages } from '../i18n/messages.tsx'

export function DemoBanner() {
  const { t } = useMessages()
  const { session, setSession } = useSession()
  const { route } = useLocation()
  const [failed, setFailed] = useState(false)
  if (!session.demo) return null
  const leave = async (): Promise<void> => {
    const outcome = await postJson<Session>('/app/demo', { open: false } satisfies DemoRequest)
    setFailed(outcome.kind !== 'answer')
    if (outcome.kind !== 'answer') return
    setSession(outcome.value)
    route('/')
  }
  return (
    <aside class="demo" aria-label={t('web.demo.title')}>
      <div class="wrap">
        <p><b>{t('web.demo.title')}</b> <span>{t(failed ? 'web.demo.notLeft' : 'web.demo.text')}</span></p>
        <Button onClick={leave}>{t('web.demo.leave')}</Button>
      </div>
    </aside>
  )
}
