/** The questions of the registration form, in the order they are asked. */
import type { Day } from '@bairn/quantities'
import { Choice } from '../components/Choice.tsx'
import { DateFields } from '../components/DateFields.tsx'
import { Problem, TextField } from '../components/Field.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { AgeStepper } from './AgeStepper.tsx'
import { howMany, readBirth, type FieldName, type RegisterForm } from './model.ts'

export function RegisterFields({ form, change, problems, today }: {
  readonly form: RegisterForm; readonly change: (next: Partial<RegisterForm>) => void; readonly problems: Partial<Record<FieldName, string>>; readonly today: Day
}) {
  const { t, say } = useMessages()
  const birth = readBirth(form, today)
  // A day that cannot be is said at once; what is only missing is said when it is sent.
  const birthProblem = birth.kind === 'problem' ? say(birth.text) : problems.birth
  return (
    <>
      <div class="pair">
        <Choice label={t('web.register.called')} value={form.called} onChange={(called) => change({ called })} options={[
          { value: 'name', label: t('web.register.called.name') }, { value: 'babyOf', label: t('web.register.called.babyOf') },
        ]} />
        {form.called === 'name'
          ? <TextField key="name" label={t('web.register.name')} value={form.name} onInput={(name) => change({ name })} problem={problems.name} dir="auto" autocapitalize="words" />
          : <TextField key="mother" label={t('web.register.babyOf')} value={form.mother} onInput={(mother) => change({ mother })} problem={problems.mother} dir="auto" autocapitalize="words" />}
      </div>
      <div class="pair">
        <Choice label={t('web.register.sex')} value={form.sex === '' ? undefined : form.sex} onChange={(sex) => change({ sex })} problem={problems.sex} options={[
          { value: 'female', label: t('web.sex.female') }, { value: 'male', label: t('web.sex.male') }, { value: 'notSure', label: t('web.register.sex.notSure') },
        ]} />
        <Choice label={t('web.register.multiple')} value={form.multiple === '' ? undefined : form.multiple} onChange={(multiple) => change({ multiple, ...(multiple === 'no' ? { order: 1 } : {}) })}
          hint={howMany(form) > 1 ? t('web.register.order', { order: { number: form.order } }) : undefined} options={[
          { value: 'no', label: t('web.register.multiple.no') }, { value: 'twin', label: t('web.register.multiple.twin') }, { value: 'triplet', label: t('web.register.multiple.triplet') },
        ]} />
      </div>
      <div class="birth">
        <Choice label={t('web.register.birth')} value={form.birth} onChange={(kind) => change({ birth: kind })} options={[
          { value: 'known', label: t('web.register.birth.known') }, { value: 'about', label: t('web.register.birth.about') }, { value: 'notKnown', label: t('web.register.birth.notKnown') },
        ]} />
        {form.birth === 'known' ? <DateFields label={t('web.register.birth.date')} value={form.date} onChange={(date) => change({ date })} problem={birthProblem} />
          : form.birth === 'about' ? <div class="fld"><AgeStepper value={form.age} onChange={(age) => change({ age })} birth={birth} invalid={birthProblem !== undefined} />{birthProblem === undefined ? null : <Problem>{birthProblem}</Problem>}</div>
          : <p class="muted">{t('web.register.birth.notKnownText')}</p>}
      </div>
      <div class="pair">
        {form.called === 'name' ? <TextField label={t('web.register.mother')} aside={t('web.register.ifKnown')} value={form.mother} onInput={(mother) => change({ mother })} dir="auto" autocapitalize="words" /> : null}
        <TextField label={t('web.register.village')} aside={t('web.register.ifKnown')} value={form.village} onInput={(village) => change({ village })} dir="auto" autocapitalize="words" />
        <TextField label={t('web.register.phone')} aside={t('web.register.ifAny')} value={form.phone} onInput={(phone) => change({ phone })} dir="ltr" />
        <TextField label={t('web.register.card')} aside={t('web.register.ifAny')} value={form.card} onInput={(card) => change({ card })} hint={t('web.register.cardHint')} dir="ltr" />
      </div>
    </>
  )
}
