/** The urgent child: one thing. What and why in one breath, the referral recorded with one touch; everything else waits. */
import { useId, useState } from 'preact/hooks'
import { Button, ButtonLink } from '../components/Button.tsx'
import { Glyph } from '../components/Glyph.tsx'
import { Icon } from '../components/Icon.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { whyOf, sheetOf } from './model.ts'
import { NotToday } from './NotToday.tsx'
import { NotJudged, Recorded, type SheetProps } from './PlanSheet.tsx'
import { PlanRow } from './PlanRow.tsx'
import { WhyPanel } from './WhyPanel.tsx'
import './plan.css'

export function ReferNow(props: SheetProps) {
  const { plan, childId, resources, actions } = props
  const { t, say } = useMessages()
  const id = useId()
  const [open, setOpen] = useState<'why' | 'later' | undefined>(undefined)
  const item = sheetOf(plan).urgent
  if (item === undefined) return null
  return (
    <section class="refer" aria-labelledby={id} data-u="urgent" data-need={item.need}>
      <header>
        <Glyph of="urgent" size={32} name={t('web.urgency.urgent')} />
        <h2 id={id} tabIndex={-1}>{say(item.title)}</h2>
        <div class="reasons">{item.because.slice(0, 3).map(({ text }) => <p key={JSON.stringify(text)}>{say(text)}</p>)}</div>
      </header>
      <div class="row-b acts">
        <Button kind="primary" big {...(actions.busy ? { 'aria-busy': true } : {})} onClick={() => { if (!actions.busy) void actions.done(item.need) }}>{t('child.refer.done')}</Button>
        <ButtonLink big href={`/child/${childId}/print`} icon="print">{t('child.print')}</ButtonLink>
      </div>
      <p class="fold-line">
        <button type="button" class="fold-b" aria-expanded={open === 'why'} aria-controls={`${id}-why`} onClick={() => setOpen(open === 'why' ? undefined : 'why')}>{t('child.refer.why')}<Icon of="down" size={18} /></button>
        <button type="button" class="fold-b quiet" aria-expanded={open === 'later'} aria-controls={`${id}-later`} onClick={() => setOpen(open === 'later' ? undefined : 'later')}>{t('child.refer.cannot')}</button>
      </p>
      {open === 'why' ? <div class="pad"><WhyPanel id={`${id}-why`} why={whyOf(item.because)} on={plan.on} resources={resources} /></div> : null}
      {open === 'later' ? <div class="pad"><NotToday id={`${id}-later`} on={plan.on} busy={actions.busy} onPutOff={async (put) => { await actions.putOff(item.need, put); setOpen(undefined) }} onClose={() => setOpen(undefined)} /></div> : null}
      <Recorded {...props} />
      <NotJudged plan={plan} say={say} />
    </section>
  )
}

/** Beside the one thing, folded small: the rest of the plan. */
export function EverythingElse({ plan, childId, resources, actions }: SheetProps) {
  const { t } = useMessages()
  const id = useId()
  const { items } = sheetOf(plan)
  if (items.length === 0) return null
  return (
    <section class="waits" aria-labelledby={id}>
      <h2 id={id}>{t('child.refer.waits')}</h2>
      <ol>{items.map((drawn) => <PlanRow key={drawn.item.id} drawn={drawn} plan={plan} childId={childId} resources={resources} actions={actions} />)}</ol>
    </section>
  )
}
