/** While something is fetched: nothing for 300 ms, then still shapes. It does not move. */
import { useEffect, useState } from 'preact/hooks'
import { useMessages } from '../i18n/messages.tsx'

const QUIET_MS = 300

export function Waiting({ rows = 3 }: { readonly rows?: number }) {
  const { t } = useMessages()
  const [shown, show] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => show(true), QUIET_MS)
    return () => clearTimeout(timer)
  }, [])
  if (!shown) return null
  return (
    <div class="waiting sheet" role="status" aria-label={t('web.waiting')}>
      {Array.from({ length: rows }, (_, row) => <div key={row}><i /><i /><i /></div>)}
    </div>
  )
}
