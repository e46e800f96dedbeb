/** One item of the plan: sign, word, what to do, the one reason that matters; the rest behind "Why?", and one action. */
import type { NotGivenReason, Plan } from '@bairn/plan'
import { useId, useState } from 'preact/hooks'
import type { Resource } from '../child/record.ts'
import { Button, ButtonLink } from '../components/Button.tsx'
import { Glyph } from '../components/Glyph.tsx'
import { Icon } from '../components/Icon.tsx'
import { urgencyWord } from '../components/urgency.ts'
import { useMessages } from '../i18n/messages.tsx'
import { NotGivenForm } from '../vaccines/NotGivenForm.tsx'
import { Ask, type Answer } from './Ask.tsx'
import { actOf, canWait, whyOf, type DrawnItem } from './model.ts'
import { NotToday, type PutOff } from './NotToday.tsx'
import { WhyPanel } from './WhyPanel.tsx'

export interface PlanActions {
  readonly busy: boolean
  readonly answer: Answer
  readonly done: (need: string) => Promise<void>
  readonly putOff: (need: string, put: PutOff) => Promise<void>
  /** a vaccine that was offered and not given */
  readonly notGiven: (need: string, reason: NotGivenReason, note: string) => Promise<void>
  /** days until it is offered again; undefined until the engines have come */
  readonly offerAgain: Readonly<Record<NotGivenReason, number>> | undefined
}

export function PlanRow({ drawn, plan, childId, resources, actions }: { readonly drawn: DrawnItem; readonly plan: Plan; readonly childId: string; readonly resources: readonly Resource[]; readonly actions: PlanActions }) {
  const messages = useMessages()
  const { t, say, date } = messages
  const id = useId()
  const [open, setOpen] = useState<'why' | 'later' | undefined>(undefined)
  const { item, sign, tinted } = drawn
  const [first] = item.because
  const act = actOf(item)
  const toggle = (what: 'why' | 'later'): void => setOpen(open === what ? undefined : what)
  const word = sign === 'comingUp' ? t('child.plan.comingUp', { day: { text: date(item.window.due, item.window.due - plan.on > 300 ? 'shortYear' : 'short') } }) : urgencyWord(messages, { urgency: sign, due: item.window.due, on: plan.on })
  const why = (look: string) => (
    <button type="button" class={look} aria-expanded={open === 'why'} aria-controls={`${id}-why`} aria-label={t('child.why.of', { title: { message: item.title } })} onClick={(event) => { event.stopPropagation(); toggle('why') }}>
      {t('child.why')}<Icon of="down" size={18} />
    </button>
  )
  const later = (look: string) => (!canWait(item) ? null : (
    <button type="button" class={look} aria-expanded={open === 'later'} aria-controls={`${id}-later`} aria-label={t('child.later.of', { title: { message: item.title } })} onClick={(event) => { event.stopPropagation(); toggle('later') }}>{t('child.later')}</button>
  ))
  return (
    <li class={`item${tinted ? ' tinted' : ''}`} data-u={sign} data-need={item.need}>
      <Glyph of={sign} />
      <p class="w">{word}</p>
      <p class="lines">{why('fold-b')}{later('fold-b quiet')}</p>
      <div class="tx" onClick={() => { if (matchMedia('(max-width:640px)').matches) toggle('why') }}>
        <h3>{say(item.title)}</h3>
        {first === undefined ? null : <p class="r">{say(first.text)} <span class="in-line">{why('text-b')}{later('text-b quiet')}</span></p>}
      </div>
      {act === 'ask' ? <Ask item={item} on={plan.on} busy={actions.busy} answer={actions.answer} /> : null}
      {act === 'measure' ? <div class="do"><ButtonLink href={`/child/${childId}/measure`} aria-label={t('child.do.measureFor', { title: { message: item.title } })}>{t('child.do.measure')}</ButtonLink></div> : null}
      {act === 'dose' ? <div class="do"><ButtonLink href={`/child/${childId}/dose?need=${encodeURIComponent(item.need)}`} aria-label={t('vaccines.recordFor', { title: { message: item.title } })}>{t('vaccines.recordDo')}</ButtonLink></div> : null}
      {act === 'reaction' ? <div class="do"><ButtonLink href={`/child/${childId}/reaction`}>{t('vaccines.reactionWrite')}</ButtonLink></div> : null}
      {act === 'record' ? <div class="do"><Button {...(actions.busy ? { 'aria-busy': true } : {})} aria-label={t('child.do.doneFor', { title: { message: item.title } })} onClick={() => { if (!actions.busy) void actions.done(item.need) }}>{t('child.do.done')}</Button></div> : null}
      {open === 'why' ? <WhyPanel id={`${id}-why`} why={whyOf(item.because)} on={plan.on} resources={resources} /> : null}
      {open === 'later' && act === 'dose' ? <NotGivenForm id={`${id}-later`} on={plan.on} busy={actions.busy} offerAgain={actions.offerAgain} onSave={async (reason, note) => { await actions.notGiven(item.need, reason, note); setOpen(undefined) }} onClose={() => setOpen(undefined)} /> : null}
      {open === 'later' && act !== 'dose' ? <NotToday id={`${id}-later`} on={plan.on} busy={actions.busy} onPutOff={async (put) => { await actions.putOff(item.need, put); setOpen(undefined) }} onClose={() => setOpen(undefined)} /> : null}
    </li>
  )
}
