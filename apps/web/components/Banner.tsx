/** A line that belongs to the page, never over it: what happened, what still stands, what to do. */
import type { ComponentChildren } from 'preact'
import { Glyph, type GlyphName } from './Glyph.tsx'
import { Icon, type IconName } from './Icon.tsx'

/** `of` gives it an urgency's sign; `icon` a plain one. `action` is one button. */
export function Banner({ of, icon, title, children, action, live = 'polite' }: {
  readonly of?: GlyphName; readonly icon?: IconName; readonly title?: string; readonly children?: ComponentChildren; readonly action?: ComponentChildren; readonly live?: 'polite' | 'off'
}) {
  return (
    <div class="banner" data-u={of} {...(live === 'polite' ? { role: 'status' } : {})}>
      {of === undefined ? <Icon of={icon ?? 'kept'} size={24} /> : <Glyph of={of} />}
      <p>{title === undefined ? null : <b>{title}</b>} {children}</p>
      {action}
    </div>
  )
}
