/** What can be done with a dose that is recorded: write down a reaction to it, or withdraw it; and the reactions written down already. */
import { enteredInError } from '@bairn/fhir'
import { useState } from 'preact/hooks'
import { useSession } from '../app/session.tsx'
import { changeEntry } from '../child/change.ts'
import type { Child } from '../child/useChild.ts'
import { Button, ButtonLink } from '../components/Button.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { Withdraw } from '../visits/Withdraw.tsx'
import { download } from './download.ts'
import { recordedReactions, type RecordedDose, type RecordedReaction } from './record.ts'
import { whenText } from './words.ts'

export function DoseActs({ dose, child }: { readonly dose: RecordedDose; readonly child: Child }) {
  const { t } = useMessages()
  const { session } = useSession()
  const [withdrawing, setWithdrawing] = useState(false)
  const reactions = recordedReactions(child.resources).filter(({ doses }) => doses.includes(dose.id))
  return (
    <div class="dose-acts">
      {reactions.map((reaction) => <Reaction key={reaction.id} reaction={reaction} child={child} />)}
      <p class="row-b">
        {dose.given ? <ButtonLink href={`/child/${child.id}/reaction?dose=${encodeURIComponent(dose.id)}`}>{t('vaccines.reaction')}</ButtonLink> : null}
        <Button kind="quiet" aria-expanded={withdrawing} onClick={() => setWithdrawing(!withdrawing)}>{t('child.entry.withdraw')}</Button>
      </p>
      {withdrawing ? <Withdraw onClose={() => setWithdrawing(false)} onWithdraw={async (why) => { await changeEntry(child, session, { resource: dose.resource, changed: enteredInError(dose.resource), kind: 'withdrawn', why }) }} /> : null}
    </div>
  )
}

function Reaction({ reaction, child }: { readonly reaction: RecordedReaction; readonly child: Child }) {
  const messages = useMessages()
  const { t } = messages
  const [said, say] = useState('')
  const takeBack = async (): Promise<void> => {
    const outcome = await child.remove(reaction.id)
    if (outcome !== 'removed') say(t(outcome === 'notSent' ? 'web.save.notSent' : 'web.save.refused'))
  }
  return (
    <div class="dose-reaction">
      <p><b>{t('vaccines.reaction.kind', { kind: { code: reaction.kind } })}</b> {whenText(reaction.when, messages)}{reaction.note === undefined ? '' : <>. <bdi>{reaction.note}</bdi></>}</p>
      <p class="row-b">
        <Button onClick={() => download(reaction.resource)}>{t('vaccines.download')}</Button>
        <Button kind="quiet" icon="undo" onClick={() => void takeBack()}>{t('child.undo')}</Button>
      </p>
      <p role="status" class="muted">{said}</p>
    </div>
  )
}
