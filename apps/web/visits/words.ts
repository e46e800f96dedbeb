/** An entry in words: what was measured or asked, and the value or answer. Pure. */
import { formatParam } from '@bairn/knowledge'
import type { Finding, Measurement, Plan } from '@bairn/plan'
import type { MessageParam } from '@bairn/reasoning'
import type { Messages } from '../i18n/messages.tsx'
import type { RecordedDose } from '../vaccines/record.ts'
import { besideDose, recordedName, whenText } from '../vaccines/words.ts'

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

/** 'pentavalent, 23 Nov 2026, lot A1', or that it was not given. */
export const doseText = (dose: RecordedDose, plan: Pick<Plan, 'vaccines'>, messages: Messages): string =>
  [recordedName(dose, plan, messages), whenText(dose.when, messages), ...besideDose(dose, messages), ...(dose.given ? [] : [messages.t('vaccines.notGiven')])].join(messages.t('web.comma'))
