/** The word of an urgency, with how long it is overdue: 'Overdue by 5 weeks'. Pure. */
import type { Day, Days } from '@bairn/quantities'
import type { Messages } from '../i18n/messages.tsx'
import type { GlyphName } from './Glyph.tsx'

export function urgencyWord(messages: Pick<Messages, 't'>, { urgency, due, on }: { readonly urgency: GlyphName; readonly due?: Day | undefined; readonly on?: Day | undefined }): string {
  if (urgency === 'overdue' && due !== undefined && on !== undefined && on > due) return messages.t('web.urgency.overdueBy', { span: { span: (on - due) as Days } })
  return messages.t(`web.urgency.${urgency}`)
}
