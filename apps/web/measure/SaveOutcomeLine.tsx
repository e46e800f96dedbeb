/** Why nothing was saved, above the button that saves: nothing typed, something still open, no answer, a refusal, somebody else's change. */
import type { SaveOutcome } from '../api/save.ts'
import { Banner } from '../components/Banner.tsx'
import { useMessages } from '../i18n/messages.tsx'

export function SaveOutcomeLine({ outcome, nothing, open }: { readonly outcome: SaveOutcome | 'nothing' | 'open' | undefined; readonly nothing: string; readonly open: string }) {
  const { t } = useMessages()
  if (outcome === undefined || (typeof outcome === 'object' && outcome.kind === 'saved')) return null
  if (outcome === 'nothing') return <Banner of="notKnown">{nothing}</Banner>
  if (outcome === 'open') return <Banner of="actToday">{open}</Banner>
  if (outcome.kind === 'notSent') return <Banner icon="cloudOff" title={t('web.save.notSent')}>{t('web.save.notSentText')}</Banner>
  if (outcome.kind === 'differs') return <Banner of="notKnown" title={t('web.save.differs')}>{t('web.save.differsText')}</Banner>
  return <Banner of="notKnown" title={t('web.save.refused')}>{[...outcome.says, t('web.save.refusedText')].join(' ')}</Banner>
}
