/** Nobody yet, nobody found, nobody in need: each says what it means and what to do next. */
import { Button, ButtonLink } from '../components/Button.tsx'
import { Glyph } from '../components/Glyph.tsx'
import { useMessages } from '../i18n/messages.tsx'
import type { View } from './model.ts'

/** Before the first child. */
export function EmptyList() {
  const { t } = useMessages()
  return (
    <div class="empty sheet">
      <svg width="120" height="56" viewBox="0 0 120 56" fill="none" aria-hidden="true">
        <path d="M4 52C30 48 46 20 70 14S108 9 116 6" stroke="var(--curve)" stroke-width="1.5" />
        <path d="M4 54C32 52 48 34 72 29s36-6 44-8" stroke="var(--act)" stroke-width="1.5" stroke-dasharray="5 3" />
        <circle cx="4" cy="52" r="4" fill="var(--child)" />
      </svg>
      <h2>{t('web.empty.title')}</h2>
      <p>{t('web.empty.text')}</p>
      <div class="row-b"><ButtonLink href="/register" kind="primary" big icon="plus">{t('web.register.title')}</ButtonLink></div>
    </div>
  )
}

/** A search or a filter without a row. A need that nobody has is good news. */
export function NobodyFound({ view, onShowAll }: { readonly view: View; readonly onShowAll: () => void }) {
  const { t } = useMessages()
  const searched = view.q !== ''
  return (
    <div class="empty sheet">
      {searched ? null : <Glyph of="well" size={32} />}
      <h2>{searched ? t('web.nobody.found', { text: { text: `\u2068${view.q}\u2069` } }) : t(`web.nobody.${view.filter}`)}</h2>
      <p>{t(searched ? 'web.nobody.foundText' : 'web.nobody.needText')}</p>
      <div class="row-b">
        <Button onClick={onShowAll}>{t('web.children.showAll')}</Button>
        {searched ? <ButtonLink href="/register" kind="quiet">{t('web.register.title')}</ButtonLink> : null}
      </div>
    </div>
  )
}
