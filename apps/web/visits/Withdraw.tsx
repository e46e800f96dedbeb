/** Withdrawing an entry asks why: one touch for the usual reasons. */
import { useState } from 'preact/hooks'
import { Button } from '../components/Button.tsx'
import { useMessages } from '../i18n/messages.tsx'
import './visits.css'

export function Withdraw({ onWithdraw, onClose }: { readonly onWithdraw: (why: string) => Promise<void>; readonly onClose: () => void }) {
  const { t } = useMessages()
  const [why, setWhy] = useState('')
  const reasons = ['otherChild', 'wrongDay', 'typed'] as const
  return (
    <div class="change card">
      <p>{t('child.entry.withdrawText')}</p>
      <p class="row-b">{reasons.map((each) => <Button key={each} aria-pressed={why === t(`child.entry.why.${each}`)} onClick={() => setWhy(t(`child.entry.why.${each}`))}>{t(`child.entry.why.${each}`)}</Button>)}</p>
      <p class="row-b"><Button kind="primary" onClick={() => void onWithdraw(why)}>{t('child.entry.withdrawDo')}</Button><Button kind="quiet" onClick={onClose}>{t('child.cancel')}</Button></p>
    </div>
  )
}
