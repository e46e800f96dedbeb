/** An estimated age: a number, typed or stepped, and its unit; below it in words which birth date follows and how sure it is. */
import { parseNumber, type Day } from '@bairn/quantities'
import { useId } from 'preact/hooks'
import { Choice } from '../components/Choice.tsx'
import { Icon } from '../components/Icon.tsx'
import { useMessages } from '../i18n/messages.tsx'
import type { AgeUnit, ReadBirth, Span, TypedAge } from './model.ts'

const UNITS: readonly AgeUnit[] = ['day', 'week', 'month', 'year']

export function AgeStepper({ value, onChange, birth, invalid }: { readonly value: TypedAge; readonly onChange: (next: TypedAge) => void; readonly birth: ReadBirth; readonly invalid: boolean }) {
  const { t, date } = useMessages()
  const id = useId()
  const parsed = parseNumber(value.count)
  const count = parsed.ok ? parsed.value : 0
  const step = (by: number): void => onChange({ ...value, count: String(Math.max(0, Math.floor(count) + by)) })
  return (
    <div class="age-about">
      <div class="age-step">
        <button type="button" aria-label={t('web.register.age.less')} onClick={() => step(-1)}><Icon of="minus" /></button>
        <span>
          <label class="vh" for={id}>{t('web.register.age.count')}</label>
          <input id={id} type="text" inputMode="numeric" dir="ltr" autocomplete="off" value={value.count} size={3} maxLength={4} aria-invalid={invalid || undefined} onInput={(event) => onChange({ ...value, count: event.currentTarget.value })} />
          <span aria-hidden="true">{t(`web.register.age.${value.unit}`, { count: { number: count } })}</span>
        </span>
        <button type="button" aria-label={t('web.register.age.more')} onClick={() => step(1)}><Icon of="plus" /></button>
      </div>
      <Choice<AgeUnit> label={t('web.register.age.unit')} value={value.unit} onChange={(unit) => onChange({ ...value, unit })} options={UNITS.map((unit) => ({ value: unit, label: t(`web.register.age.unit.${unit}`) }))} />
      <p class="muted" role="status">{birth.kind === 'about' ? sentence(birth) : t('web.register.age.hint')}</p>
    </div>
  )

  function sentence({ day, giveOrTake }: { readonly day: Day; readonly giveOrTake: Span }) {
    return <>{t('web.register.about.uses')} <b>{t('web.register.about.day', { day: { text: date(day) }, span: { text: t(`age.${giveOrTake.unit}`, { count: { number: giveOrTake.count } }) } })}</b>{t('web.register.about.writes')}</>
  }
}
