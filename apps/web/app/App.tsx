/** The frame of every screen: demo banner, bar, screen, footer; and the session they share. */
import { LocationProvider, ErrorBoundary } from 'preact-iso'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Session } from '../contract.ts'
import { useConnection } from '../api/connection.ts'
import { getJson } from '../api/request.ts'
import { Banner } from '../components/Banner.tsx'
import { Button } from '../components/Button.tsx'
import { Mark } from '../components/Icon.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { AppBar } from '../shell/AppBar.tsx'
import { DemoBanner } from '../shell/DemoBanner.tsx'
import { Footer } from '../shell/Footer.tsx'
import { Routes } from './routes.tsx'
import { SessionContext } from './session.tsx'

const KEPT_SESSION = 'bairn.session'

/** `initial`: the session the server wrote into the page; without it (a reload from the kept shell) it is asked for. */
export function App({ initial }: { readonly initial: Session | undefined }) {
  const [session, setSession] = useState(initial)
  const state = useMemo(() => (session === undefined ? undefined : { session, setSession }), [session])
  // Who and where is kept for a reload while the program does not answer; nothing about a child is in it.
  useEffect(() => { if (session !== undefined) localStorage.setItem(KEPT_SESSION, JSON.stringify(session)) }, [session])
  if (state === undefined) return <WithoutSession found={setSession} />
  return (
    <SessionContext.Provider value={state}>
      <LocationProvider>
        <DemoBanner />
        <AppBar />
        <ErrorBoundary><Routes key={state.session.demo ? 'demo' : 'own'} /></ErrorBoundary>
        <Footer />
      </LocationProvider>
    </SessionContext.Provider>
  )
}

/** The page came without its data: ask, and while nobody answers go on with what is kept here. */
function WithoutSession({ found }: { readonly found: (session: Session) => void }) {
  const { t } = useMessages()
  const connection = useConnection()
  const [asked, setAsked] = useState<'asking' | 'refused'>('asking')
  const ask = async (): Promise<void> => {
    const outcome = await getJson<Session>('/app/session')
    if (outcome.kind === 'answer') return found(outcome.value)
    if (outcome.kind === 'refused') return setAsked('refused')
    const kept = keptSession()
    if (kept !== undefined) found(kept)
  }
  useEffect(() => void ask(), [connection])
  if (asked === 'asking' && connection === 'there') return null
  return (
    <main class="wrap">
      <div class="lhead"><h1 class="logo"><Mark />Bairn</h1></div>
      {asked === 'refused'
        ? <Banner of="notKnown" title={t('web.locked.title')}>{t('web.locked.text')}</Banner>
        : <Banner icon="cloudOff" title={t('web.away.title')} action={<Button onClick={ask}>{t('web.tryAgain')}</Button>}>{t('web.away.text')}</Banner>}
    </main>
  )
}

function keptSession(): Session | undefined {
  try {
    return (JSON.parse(localStorage.getItem(KEPT_SESSION) ?? 'null') as Session | null) ?? undefined
  } catch {
    return undefined
  }
}
