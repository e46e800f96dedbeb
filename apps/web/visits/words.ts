/** An entry in words: what was measured or asked, and the value or answer. Pure. */
import { formatParam } from '@bairn/knowledge'
import type { Finding, Measurement } from '@bairn/plan'
import type { MessageParam } from '@bairn/reasoning'
import type { Messages } from '../i18n/messages.tsx'

/** 'Weight', 'Length, lying', 'Swollen feet'. */
export function kindName(fact: Measurement | Finding, { t }: Pick<Messages, 't'>): string {
  const name = t('child.fact', { kind: { code: fact.kind === 'breastfeedingDifficulty' ? 'breastfeeding' : fact.kind } })
  return fact.kind === 'length' && fact.position !== 'notSaid' ? `${name}${t('web.comma')}${t(`child.position.${fact.position}`)}` : name
}

export function valueText(fact: Measurement | Finding, { t, language }: Pick<Messages, 't' | 'language'>): string {
  if (!('value' in fact)) return t('child.answer', { value: { code: fact.answer } })
  const value: MessageParam = fact.kind === 'weight' ? { kg: fact.value } : fact.kind === 'length' || fact.kind === 'headCircumference' ? { cm: fact.value } : { mm: fact.value }
  return formatParam(value, language)
}
