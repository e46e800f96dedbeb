/** What the child will need, while the form is filled: the same engines as everywhere, loaded when the first answers are there. */
import { loadEditionsFor, type Editions } from '@bairn/knowledge'
import { planFor, type Plan } from '@bairn/plan'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Session } from '../contract.ts'
import { Glyph } from '../components/Glyph.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { bornOf } from './facts.ts'
import type { RegisterForm } from './model.ts'

const SHOWN = 4

export function Preview({ form, session }: { readonly form: RegisterForm; readonly session: Session }) {
  const { t, say, date, span } = useMessages()
  const [editions, setEditions] = useState<Editions>()
  useEffect(() => void loadEditionsFor(session.setting.country).then(setEditions), [session.setting.country])
  const plan = useMemo(() => (editions === undefined ? undefined : previewOf(form, session, editions)), [form, session, editions])
  if (plan === undefined || plan.items.length === 0) return null
  return (
    <section class="preview">
      <h2>{t('web.preview.title', { sex: { sex: form.sex === 'female' || form.sex === 'male' ? form.sex : 'unknown' } })}</h2>
      <ol>
        {plan.items.slice(0, SHOWN).map((item) => {
          const away = item.window.due - plan.on
          return (
            <li key={item.id}>
              <div><b>{away <= 0 ? t('web.today') : date(item.window.due, away < 300 ? 'short' : 'shortYear')}</b>{away > 0 ? <span class="cap">{span(away as Parameters<typeof span>[0])}</span> : null}</div>
              <Glyph of={item.ask === undefined ? item.urgency : 'notKnown'} size={20} name={t(`web.urgency.${item.ask === undefined ? item.urgency : 'notKnown'}`)} />
              <p>{say(item.title)}</p>
            </li>
          )
        })}
      </ol>
      <p class="cap">{t('web.preview.note')}</p>
    </section>
  )
}

/** The plan of a child of whom only sex and birth are known, and no dose. */
function previewOf(form: RegisterForm, session: Session, editions: Editions): Plan {
  const birth = bornOf(form, session.today)
  return planFor(
    { id: 'Patient/new', birth, ...(form.sex === 'female' || form.sex === 'male' ? { sex: form.sex } : {}), measurements: [], findings: [], responses: [], vaccines: { doses: [], observations: [], notGiven: [] }, issues: [] },
    { on: session.today, setting: session.setting, editions },
  )
}
