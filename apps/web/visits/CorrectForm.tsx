/** The right value for an entry, as people write numbers, with the reason; or the right answer of a question. */
import type { Finding, Measurement } from '@bairn/plan'
import { useState } from 'preact/hooks'
import { Button } from '../components/Button.tsx'
import { Choice } from '../components/Choice.tsx'
import { TextField } from '../components/Field.tsx'
import { NumberField } from '../components/NumberField.tsx'
import { readNumber } from '../components/typed.ts'
import { useMessages } from '../i18n/messages.tsx'

type Answer = Finding['answer']
const ANSWERS: Readonly<Record<Finding['kind'], readonly Answer[]>> = {
  oedema: ['no', 'yes', 'cannotTell'], complication: ['no', 'yes', 'cannotTell'], vaccineReaction: ['no', 'yes', 'cannotTell'], breastfeedingDifficulty: ['no', 'yes', 'cannotTell'], appetite: ['pass', 'fail', 'notAvailable'],
}

export function CorrectForm({ fact, onCorrect, onClose }: { readonly fact: Measurement | Finding; readonly onCorrect: (fact: Measurement | Finding, why: string) => Promise<void>; readonly onClose: () => void }) {
  const { t } = useMessages()
  const [typed, setTyped] = useState('value' in fact ? String(fact.value) : '')
  const [position, setPosition] = useState(fact.kind === 'length' ? fact.position : 'notSaid')
  const [answer, setAnswer] = useState<Answer | undefined>('answer' in fact ? fact.answer : undefined)
  const [why, setWhy] = useState('')
  const read = readNumber(typed)
  const problem = 'value' in fact ? (read.kind === 'problem' ? t(read.key) : read.kind === 'number' && read.value <= 0 ? t('child.entry.notPositive') : undefined) : undefined
  const submit = (event: Event): void => {
    event.preventDefault()
    if ('value' in fact) {
      if (read.kind !== 'number' || read.value <= 0) return
      void onCorrect({ ...fact, value: read.value, ...(fact.kind === 'length' ? { position } : {}) } as Measurement, why.trim())
    } else if (answer !== undefined) {
      const { grade: _, ...rest } = fact as Finding & { readonly grade?: number }
      void onCorrect({ ...rest, answer } as Finding, why.trim())
    }
  }
  return (
    <form class="change card form" onSubmit={submit} noValidate>
      {'value' in fact ? <NumberField label={t('child.entry.value')} value={typed} onInput={setTyped} unit={t('child.chart.unit', { unit: { code: fact.kind === 'weight' ? 'kg' : fact.kind === 'length' || fact.kind === 'headCircumference' ? 'cm' : 'mm' } })} problem={problem} />
        : <Choice<Answer> label={t('child.entry.answer')} value={answer} onChange={setAnswer} options={ANSWERS[fact.kind].map((value) => ({ value, label: t('child.answer', { value: { code: value } }) }))} />}
      {fact.kind === 'length' ? <Choice<'lying' | 'standing' | 'notSaid'> label={t('child.measure.position')} value={position} onChange={setPosition} options={(['lying', 'standing'] as const).map((value) => ({ value, label: t(`child.position.${value}`) }))} /> : null}
      <TextField label={t('child.entry.why')} aside={t('web.register.ifAny')} value={why} onInput={setWhy} maxLength={200} />
      <div class="row-b"><Button type="submit" kind="primary">{t('child.entry.save')}</Button><Button kind="quiet" onClick={onClose}>{t('child.cancel')}</Button></div>
    </form>
  )
}
