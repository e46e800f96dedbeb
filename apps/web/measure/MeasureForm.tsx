/** The fields of the form, in the order of a visit: the day, weight, length with its position, arm, feet, head. */
import { formatParam } from '@bairn/knowledge'
import type { ChildFacts } from '@bairn/plan'
import type { Day } from '@bairn/quantities'
import { useId } from 'preact/hooks'
import { Choice } from '../components/Choice.tsx'
import { DateFields } from '../components/DateFields.tsx'
import { NO_DATE, readDate } from '../components/typed.ts'
import { useMessages } from '../i18n/messages.tsx'
import type { FieldName, MeasureDraft } from './draft.ts'
import { MeasureField } from './MeasureField.tsx'
import { FIELD, valueParam, type Looked } from './model.ts'

export function MeasureForm({ draft, set, looked, fields, facts, today, position, upright }: {
  readonly draft: MeasureDraft; readonly set: (next: (now: MeasureDraft) => MeasureDraft) => void; readonly looked: Looked; readonly fields: readonly FieldName[]
  readonly facts: ChildFacts; readonly today: Day; readonly position: 'lying' | 'standing'; readonly upright: boolean
}) {
  const { t, language } = useMessages()
  const already = (field: FieldName): string | undefined => {
    const fact = facts.measurements.filter((each) => each.kind === FIELD[field].kind && each.day === today).at(-1)
    return fact === undefined || draft.day !== undefined ? undefined : t('child.measure.already', { value: { text: formatParam(valueParam(field, fact.value), language) } })
  }
  const measure = (field: FieldName) => (
    <MeasureField key={field} field={field} label={t('child.measure.field', { field: { code: field === 'length' && upright ? 'height' : field } })} unit={t('child.chart.unit', { unit: { code: field === 'weight' ? 'kg' : field === 'muac' ? 'mm' : 'cm' } })}
      value={draft.values[field]} verdict={looked.verdicts[field]} already={already(field)}
      onInput={(text) => set((now) => ({ ...now, values: { ...now.values, [field]: text } }))}
      onKeep={(why) => set((now) => ({ ...now, kept: { ...now.kept, [field]: { value: now.values[field].trim(), why } } }))}>
      {field === 'length' ? <Position value={position} onChange={(next) => set((now) => ({ ...now, position: next }))} /> : null}
    </MeasureField>
  )
  const date = draft.day === undefined ? undefined : readDate(draft.day, today)
  return (
    <>
      <div class="meas-day">
        <Choice<'today' | 'other'> label={t('child.measure.when')} value={draft.day === undefined ? 'today' : 'other'} options={[{ value: 'today', label: t('child.todayTitle') }, { value: 'other', label: t('child.measure.otherDay') }]}
          onChange={(when) => set(({ day, ...now }) => (when === 'today' ? now : { ...now, day: day ?? NO_DATE }))} />
        {draft.day === undefined ? null : <DateFields label={t('child.measure.day')} value={draft.day} onChange={(day) => set((now) => ({ ...now, day }))} problem={date?.kind === 'problem' ? t(date.key) : undefined} hint={t('child.measure.dayHint')} />}
      </div>
      {measure('weight')}
      {measure('length')}
      {fields.includes('muac') ? measure('muac') : null}
      <Feet value={draft.oedema} onChange={(oedema) => set((now) => ({ ...now, oedema }))} />
      {fields.includes('head') ? measure('head') : null}
    </>
  )
}

/** Circle lying, square standing: the same shapes as on the chart. */
function Position({ value, onChange }: { readonly value: 'lying' | 'standing'; readonly onChange: (value: 'lying' | 'standing') => void }) {
  const { t } = useMessages()
  const name = useId()
  return (
    <fieldset class="seg small">
      <legend class="vh">{t('child.measure.position')}</legend>
      {(['lying', 'standing'] as const).map((each) => <label key={each}><input type="radio" name={name} checked={value === each} onChange={() => onChange(each)} /><span>{t(`child.position.${each}`)}</span></label>)}
    </fieldset>
  )
}

function Feet({ value, onChange }: { readonly value: MeasureDraft['oedema']; readonly onChange: (value: NonNullable<MeasureDraft['oedema']>) => void }) {
  const { t } = useMessages()
  const name = useId()
  return (
    <fieldset class="meas feet-q" data-field="oedema" aria-describedby={`${name}-how`}>
      <legend class="vh">{t('child.fact', { kind: { code: 'oedema' } })}</legend>
      <div class="what"><p class="label" aria-hidden="true">{t('child.fact', { kind: { code: 'oedema' } })}</p><p class="says" id={`${name}-how`}><span>{t('plan.question.oedema')}</span></p></div>
      <div class="seg">
        {(['no', 'yes', 'cannotTell'] as const).map((each) => <label key={each}><input type="radio" name={name} checked={value === each} onChange={() => onChange(each)} /><span>{t('child.measure.feet', { value: { code: each } })}</span></label>)}
      </div>
    </fieldset>
  )
}
