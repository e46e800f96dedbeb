/**
 * What was seen after a vaccine: which dose, when, what, how grave, how it ended. It is kept as a FHIR AdverseEvent, changes the plan at
 * once where the schedule says so, and can be sent on as a file.
 */
import { ADVERSE_EVENTS, adverseEventToFhir, type AdverseEvent, type Resource } from '@bairn/fhir'
import { useLocation } from 'preact-iso'
import { useMemo, useRef, useState } from 'preact/hooks'
import { useDraft, type Draft } from '../api/drafts.ts'
import { newId, type SaveOutcome } from '../api/save.ts'
import { useSession } from '../app/session.tsx'
import { useTitle } from '../app/title.ts'
import { ageOf, nameOf } from '../child/ChildHeader.tsx'
import { factContext, momentNow } from '../child/context.ts'
import { whoOf } from '../child/identity.ts'
import { useChild, type Child } from '../child/useChild.ts'
import { NoChildYet } from '../child/NoChildYet.tsx'
import { Banner } from '../components/Banner.tsx'
import { Button, ButtonLink } from '../components/Button.tsx'
import { Choice } from '../components/Choice.tsx'
import { DateFields } from '../components/DateFields.tsx'
import { Problem, TextField } from '../components/Field.tsx'
import { Icon } from '../components/Icon.tsx'
import { NO_DATE, readDate } from '../components/typed.ts'
import { Waiting } from '../components/Waiting.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { SaveOutcomeLine } from '../measure/SaveOutcomeLine.tsx'
import { WhatChanges } from '../measure/WhatChanges.tsx'
import '../child/child.css'
import '../measure/measure.css'
import '../plan/plan.css'
import { download } from '../vaccines/download.ts'
import { recordedDoses } from '../vaccines/record.ts'
import { recordedName, whenText } from '../vaccines/words.ts'
import { EMPTY, hasTyped, isReactionDraft, type ReactionDraft } from './draft.ts'
import './reaction.css'

const OUTCOMES: readonly AdverseEvent['outcome'][] = ['recovered', 'recovering', 'notRecovered', 'fatal', 'unknown']

export function ReactionPage({ id = '' }: { readonly id?: string }) {
  const { t } = useMessages()
  const { session } = useSession()
  const state = useChild(id)
  const draft = useDraft<ReactionDraft>({ name: `reaction/${id}`, demo: session.demo, empty: EMPTY, isDraft: isReactionDraft })
  useTitle(t('vaccines.reactionTitle'))
  if (state.kind === 'here') return <Reaction key={id} child={state.child} draft={draft} />
  return <NoChildYet state={state} title={t('vaccines.reactionTitle')}>{hasTyped(draft.value) ? <p>{t('child.measure.typed')}. {t('child.measure.typedText')}</p> : null}</NoChildYet>
}

function Reaction({ child, draft }: { readonly child: Child; readonly draft: Draft<ReactionDraft> }) {
  const messages = useMessages()
  const { t } = messages
  const { session } = useSession()
  const { query } = useLocation()
  const [busy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<SaveOutcome | 'nothing' | 'open' | undefined>(undefined)
  const [saved, setSaved] = useState<Resource | undefined>(undefined)
  const form = useRef<HTMLFormElement>(null)
  const { plan, facts, engines, resources } = child
  const fresh = useMemo(newId, [saved])
  const { value } = draft
  const doses = value.doses ?? (query['dose'] === undefined ? [] : [query['dose']])
  const set = (next: Partial<ReactionDraft>): void => draft.set((now) => ({ ...now, id: now.id === '' ? fresh : now.id, ...next }))
  const who = useMemo(() => whoOf({ resources, plan, facts, age: undefined }), [resources, plan, facts])
  const given = useMemo(() => recordedDoses(resources).filter((dose) => dose.given).toReversed(), [resources])
  const date = value.when === 'today' ? undefined : readDate(value.day, plan.on)
  const day = date === undefined ? plan.on : date.kind === 'day' ? date.day : undefined
  const event: AdverseEvent | undefined = value.kind === undefined || value.serious === undefined || day === undefined || doses.length === 0 || (value.kind === 'other' && value.note.trim() === '') ? undefined : {
    id: `AdverseEvent/${value.id === '' ? fresh : value.id}`, day, kind: value.kind, serious: value.serious === 'yes', outcome: value.outcome, doses, ...(value.note.trim() === '' ? {} : { note: value.note.trim() }),
  }
  const after = useMemo(() => {
    const read = event === undefined || engines === undefined ? undefined : engines.factsOf([...resources, adverseEventToFhir(event, { child: plan.child })])
    return read === undefined ? undefined : engines?.planOf(read)
  }, [JSON.stringify(event), engines, resources])
  if (facts === undefined || engines === undefined || who === undefined) return <main class="wrap child-waiting"><Waiting rows={4} /></main>

  const save = async (submitted: Event): Promise<void> => {
    submitted.preventDefault()
    if (busy) return
    if (event === undefined) {
      setOutcome('open')
      form.current?.querySelector<HTMLElement>('[data-open] input, [data-open] select')?.focus()
      return
    }
    setBusy(true)
    set({})
    const now = momentNow(plan.on)
    const context = factContext(plan.child, session, now)
    const resource = adverseEventToFhir({ ...event, ...(event.day === plan.on && now.minute !== undefined ? { minute: now.minute } : {}) }, context)
    const result = await child.write(resource)
    setBusy(false)
    if (result.kind !== 'saved' && result.kind !== 'notSent') return setOutcome(result)
    draft.clear()
    setOutcome(undefined)
    setSaved(result.kind === 'saved' ? result.fact : resource)
  }
  const open = (missing: boolean): object => (missing ? { 'data-open': true } : {})
  return (
    <>
      <main class="wrap measure reaction">
        <div class="lhead">
          <div>
            <h1>{t('vaccines.reactionTitle')}</h1>
            <p class="facts"><a href={`/child/${child.id}`}><bdi>{nameOf(who, messages)}</bdi></a><span>{t(`web.sex.${who.sex ?? 'unknown'}`)}</span><span>{ageOf(who, plan.on, messages)}</span></p>
          </div>
        </div>
        {saved === undefined ? null : (
          <Banner of="done" title={t('vaccines.reactionSaved')} action={<span class="row-b"><Button kind="primary" onClick={() => download(saved)}>{t('vaccines.download')}</Button><ButtonLink href={`/child/${child.id}`}>{t('child.measure.back')}</ButtonLink></span>}>{t('vaccines.reactionSavedText')}</Banner>
        )}
        {saved === undefined && draft.restored && hasTyped(value) ? <Banner icon="pencil" action={<Button onClick={draft.clear}>{t('web.draft.anew')}</Button>}>{t('web.draft.here')}</Banner> : null}
        {saved !== undefined ? null : (
          <div class="two">
            <form class="card form" id="reaction" ref={form} onSubmit={(submitted) => void save(submitted)} noValidate>
              <fieldset class="fld" {...open(doses.length === 0)}>
                <legend>{t('vaccines.reactionAfter')}</legend>
                {given.length === 0 ? <p class="muted">{t('vaccines.reactionNoDose')} <a href={`/child/${child.id}/dose`}>{t('vaccines.record')}</a></p> : (
                  <ul class="opts">
                    {given.map((dose) => (
                      <li key={dose.id} class={doses.includes(dose.id) ? 'on' : undefined}><label class="opt"><input type="checkbox" checked={doses.includes(dose.id)} onChange={() => set({ doses: doses.includes(dose.id) ? doses.filter((one) => one !== dose.id) : [...doses, dose.id] })} /><span class="box" aria-hidden="true"><Icon of="check" size={18} /></span><span /><b><bdi>{recordedName(dose, plan, messages)}</bdi></b><span class="st">{whenText(dose.when, messages)}</span></label></li>
                    ))}
                  </ul>
                )}
                {outcome === 'open' && doses.length === 0 ? <Problem>{t('vaccines.reactionWhich')}</Problem> : null}
              </fieldset>
              <div {...open(day === undefined)}>
                <Choice<'today' | 'otherDay'> label={t('vaccines.reactionWhen')} value={value.when} onChange={(when) => set({ when, ...(when === 'today' ? { day: NO_DATE } : {}) })} options={[{ value: 'today', label: t('child.todayTitle') }, { value: 'otherDay', label: t('child.measure.otherDay') }]} />
                {value.when === 'today' ? null : <DateFields label={t('vaccines.reactionDay')} value={value.day} onChange={(next) => set({ day: next })} problem={date?.kind === 'problem' ? t(date.key) : outcome === 'open' && day === undefined ? t('vaccines.reactionDayMissing') : undefined} />}
              </div>
              <fieldset class="fld chips" {...open(value.kind === undefined)}>
                <legend>{t('vaccines.reactionWhat')}</legend>
                {ADVERSE_EVENTS.map((kind) => <label key={kind} class="pick"><input type="radio" name="kind" checked={value.kind === kind} onChange={() => set({ kind })} /><span>{t('vaccines.reaction.kind', { kind: { code: kind } })}</span></label>)}
                {outcome === 'open' && value.kind === undefined ? <Problem>{t('vaccines.reactionChoose')}</Problem> : null}
              </fieldset>
              {value.kind === 'severeAllergicReaction' ? <p class="hint">{t('vaccines.reactionSevere')}</p> : null}
              <div {...open(value.kind === 'other' && value.note.trim() === '')}>
                <TextField label={t('vaccines.reactionNote')} {...(value.kind === 'other' ? {} : { aside: t('web.register.ifAny') })} value={value.note} onInput={(note) => set({ note })} maxLength={300} problem={outcome === 'open' && value.kind === 'other' && value.note.trim() === '' ? t('vaccines.reactionNoteMissing') : undefined} />
              </div>
              <div {...open(value.serious === undefined)}>
                <Choice<'no' | 'yes'> label={t('vaccines.reactionSerious')} value={value.serious} onChange={(serious) => set({ serious })} hint={t('vaccines.reactionSeriousHint')} options={(['no', 'yes'] as const).map((each) => ({ value: each, label: t('vaccines.yesNo', { value: { code: each } }) }))} problem={outcome === 'open' && value.serious === undefined ? t('vaccines.reactionChoose') : undefined} />
              </div>
              <fieldset class="fld chips">
                <legend>{t('vaccines.reactionOutcome')}</legend>
                {OUTCOMES.map((each) => <label key={each} class="pick"><input type="radio" name="outcome" checked={value.outcome === each} onChange={() => set({ outcome: each })} /><span>{t('vaccines.outcome', { outcome: { code: each } })}</span></label>)}
              </fieldset>
            </form>
            <div class="side">
              <WhatChanges before={plan} after={after} typed={event !== undefined} />
              <div class="send">
                <SaveOutcomeLine outcome={outcome} nothing="" open={t('vaccines.reactionOpen')} />
                <Button type="submit" form="reaction" kind="primary" big {...(busy ? { 'aria-busy': true } : {})}>{t('vaccines.reactionSave')}</Button>
                <p class="cap">{t('child.measure.onlySaved')}</p>
              </div>
            </div>
          </div>
        )}
      </main>
      {saved !== undefined ? null : <div class="stick"><Button type="submit" form="reaction" kind="primary" big {...(busy ? { 'aria-busy': true } : {})}>{t('vaccines.reactionSave')}</Button></div>}
    </>
  )
}
