/** A child of the record who moves: from where and to where, then the screen; a country without rules to judge by says why not. */
import { useLocation } from 'preact-iso'
import { useSession } from '../app/session.tsx'
import { useTitle } from '../app/title.ts'
import { Button, ButtonLink } from '../components/Button.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { useChild } from '../child/useChild.ts'
import { useMessages } from '../i18n/messages.tsx'
import { MovingScreen } from './MovingScreen.tsx'

export function MovingPage({ id = '' }: { readonly id?: string }) {
  const { t } = useMessages()
  const { session } = useSession()
  const { query, route } = useLocation()
  const state = useChild(id)
  useTitle(t('schedules.move.title'))
  if (state.kind === 'waiting') return <main class="wrap"><Waiting rows={4} /></main>
  if (state.kind !== 'here') {
    const text = state.kind === 'notHere' ? t('child.notHere.text') : state.kind === 'refused' ? state.says.join(' ') : t('web.away.text')
    return <main class="wrap"><div class="lhead"><div><h1>{t('schedules.move.title')}</h1><p class="muted">{text}</p></div></div><p class="row-b"><Button onClick={() => void state.reload()}>{t('web.tryAgain')}</Button></p></main>
  }
  const { resources, plan } = state.child
  const here = session.place?.country ?? session.setting.country
  const [from, to] = [query['from'] ?? here, query['to'] ?? '']
  return (
    <MovingScreen resources={resources} on={plan.on} from={from} to={to}
      onChoose={(next) => route(`/child/${id}/move?from=${next.from}&to=${next.to}`, true)}
      back={<ButtonLink href={`/child/${id}`}>{t('schedules.move.back')}</ButtonLink>} />
  )
}
