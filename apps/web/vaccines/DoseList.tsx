/** Doses as a list, where no table can show them: no schedule, no day, or a vaccine that the schedule does not judge. Each says why. */
import { useState } from 'preact/hooks'
import type { Child } from '../child/useChild.ts'
import { Button } from '../components/Button.tsx'
import { Glyph } from '../components/Glyph.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { DoseActs } from './DoseActs.tsx'
import { recordedDoses, type RecordedDose } from './record.ts'
import { besideDose, recordedName, whenText } from './words.ts'

/** @param only ids of the doses to show; absent: all that were recorded */
export function DoseList({ child, only }: { readonly child: Child; readonly only?: readonly string[] }) {
  const { t } = useMessages()
  const doses = recordedDoses(child.resources).filter(({ id }) => only === undefined || only.includes(id))
  if (doses.length === 0) return <p class="muted">{t('vaccines.none')}</p>
  return <ul class="vx-list">{doses.map((dose) => <Dose key={dose.id} dose={dose} child={child} />)}</ul>
}

function Dose({ dose, child }: { readonly dose: RecordedDose; readonly child: Child }) {
  const messages = useMessages()
  const { t, say } = messages
  const [open, setOpen] = useState(false)
  const { plan } = child
  const why = [
    ...(plan.vaccines?.doses.find(({ id }) => id === dose.id)?.setAside ?? []).map(({ text }) => text),
    ...plan.issues.filter(({ where }) => where?.startsWith(dose.id) === true).map(({ text }) => text),
  ].map(say)
  return (
    <li>
      <Glyph of={dose.given ? 'notKnown' : 'notNeeded'} size={20} />
      <div>
        <p><b><bdi>{recordedName(dose, plan, messages)}</bdi></b> {[whenText(dose.when, messages), ...besideDose(dose, messages)].join(t('web.comma'))}</p>
        {dose.given ? null : <p class="muted">{t('vaccines.notGiven')}</p>}
        {[...new Set(why)].map((text) => <p key={text} class="muted">{text}</p>)}
      </div>
      <Button kind="quiet" aria-expanded={open} aria-label={t('vaccines.changeOf', { vaccine: { text: recordedName(dose, plan, messages) } })} onClick={() => setOpen(!open)}>{t('vaccines.change')}</Button>
      {open ? <DoseActs dose={dose} child={child} /> : null}
    </li>
  )
}
