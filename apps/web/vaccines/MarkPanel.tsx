/** Behind a mark of the vaccine table: what it is, why, and what can be done about it. */
import { useSession } from '../app/session.tsx'
import { findResource, whereRecorded, whoRecorded } from '../child/record.ts'
import type { Child } from '../child/useChild.ts'
import { ButtonLink } from '../components/Button.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { whyOf } from '../plan/model.ts'
import { WhyPanel } from '../plan/WhyPanel.tsx'
import { DoseActs } from './DoseActs.tsx'
import { doseIn } from './record.ts'
import { COLOUR, Sign } from './Sign.tsx'
import type { Mark, TimelineRow } from './timeline.ts'
import { besideDose, judgedName, spanText } from './words.ts'

export function MarkPanel({ id, mark, row, child }: { readonly id: string; readonly mark: Mark; readonly row: TimelineRow; readonly child: Child }) {
  const messages = useMessages()
  const { t, date } = messages
  const { session } = useSession()
  const { dose, missed, kind, need } = mark
  const resource = findResource(child.resources, dose?.id ?? missed?.id ?? '')
  const recorded = resource === undefined ? undefined : doseIn(resource)
  const who = resource === undefined ? undefined : whoRecorded(child.resources, `Immunization/${String(resource['id'])}`)
  const by = who?.reference !== undefined && who.reference === `Practitioner/${session.user?.practitioner}` ? t('child.why.you') : who?.name
  const beside = [
    ...(dose === undefined ? [] : [judgedName(dose, messages), ...(dose.given === undefined ? [] : [spanText(dose.given, messages)])]),
    ...(recorded === undefined ? [] : besideDose(recorded, messages)), ...[whereRecorded(resource), by].filter((part) => part !== undefined),
  ]
  return (
    <div class="vx-panel" id={id}>
      <h3 data-u={COLOUR[kind]}><Sign of={kind} size={20} /><span>{t('vaccines.dose', { vaccine: { message: row.name }, number: { code: mark.number === undefined ? 'none' : String(mark.number) } })}: {t('vaccines.mark', { kind: { code: kind } })}</span></h3>
      {beside.length === 0 ? null : <p class="muted"><bdi>{beside.join(t('web.comma'))}</bdi></p>}
      {kind === 'comingUp' ? <p>{t('vaccines.later', { day: { text: date(mark.day, 'weekday') } })}</p> : null}
      {missed === undefined ? null : <p>{t('plan.vaccine.notGiven', { reason: { code: missed.reason }, day: { day: missed.day } })}{missed.note === undefined ? '' : <> <bdi>{missed.note}</bdi></>}</p>}
      {mark.because.length === 0 ? null : <WhyPanel id={`${id}-why`} why={whyOf(mark.because)} on={child.plan.on} resources={child.resources} />}
      {need === undefined ? null : <p class="row-b"><ButtonLink href={`/child/${child.id}/dose?need=${encodeURIComponent(need)}`}>{t('vaccines.record')}</ButtonLink></p>}
      {recorded === undefined ? null : <DoseActs dose={recorded} child={child} />}
    </div>
  )
}
