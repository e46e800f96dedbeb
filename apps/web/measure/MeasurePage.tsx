/**
 * Add a measurement. Every figure is judged while it is typed, the plan beside it changes with it, and nothing counts until it is saved.
 * What was typed stays in this browser through a reload and a lost connection.
 */
import { measurementToFhir, findingToFhir } from '@bairn/fhir'
import { useLocation } from 'preact-iso'
import { useMemo, useRef, useState } from 'preact/hooks'
import { useDraft } from '../api/drafts.ts'
import { newId, saveAll, type SaveOutcome } from '../api/save.ts'
import { useSession } from '../app/session.tsx'
import { useTitle } from '../app/title.ts'
import { factContext, momentNow, signed } from '../child/context.ts'
import { ageOf, nameOf } from '../child/ChildHeader.tsx'
import { whoOf } from '../child/identity.ts'
import { useChild, type Child } from '../child/useChild.ts'
import { NoChildYet } from '../child/NoChildYet.tsx'
import { Banner } from '../components/Banner.tsx'
import { Button, ButtonLink } from '../components/Button.tsx'
import { Glyph } from '../components/Glyph.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { EMPTY, FIELDS, hasTyped, isMeasureDraft, type FieldName, type MeasureDraft } from './draft.ts'
import { MeasureForm } from './MeasureForm.tsx'
import '../child/child.css'
import '../growth/growth.css'
import './measure.css'
import { fieldsFor, look, positionOf } from './model.ts'
import { SaveOutcomeLine } from './SaveOutcomeLine.tsx'
import { WhatChanges } from './WhatChanges.tsx'

export function MeasurePage({ id = '' }: { readonly id?: string }) {
  const { t } = useMessages()
  const { session } = useSession()
  const state = useChild(id)
  const draft = useDraft<MeasureDraft>({ name: `measure/${id}`, demo: session.demo, empty: EMPTY, isDraft: isMeasureDraft })
  useTitle(t('child.measure'))
  if (state.kind === 'here') return <Measure key={id} child={state.child} draft={draft} />
  return <NoChildYet state={state} title={t('child.measure')}>{hasTyped(draft.value) ? <section class="card typed"><h2>{t('child.measure.typed')}</h2><dl>{FIELDS.filter((field) => draft.value.values[field].trim() !== '').map((field) => <div key={field}><dt>{t('child.measure.field', { field: { code: field } })}</dt><dd><bdi>{draft.value.values[field]}</bdi></dd></div>)}</dl><p class="muted">{t('child.measure.typedText')}</p></section> : null}</NoChildYet>
}

function Measure({ child, draft }: { readonly child: Child; readonly draft: ReturnType<typeof useDraft<MeasureDraft>> }) {
  const messages = useMessages()
  const { t, date, say } = messages
  const { session } = useSession()
  const { route } = useLocation()
  const [busy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<SaveOutcome | 'nothing' | 'open' | undefined>(undefined)
  const form = useRef<HTMLFormElement>(null)
  const { plan, facts, engines, resources } = child
  const { value } = draft
  // Made once and kept with what was typed, so that sending twice makes one fact.
  const fresh = useMemo(() => Object.fromEntries([...FIELDS, 'oedema'].map((name) => [name, newId()])) as Record<FieldName | 'oedema', string>, [])
  const ids = (name: FieldName | 'oedema'): string => `Observation/${value.ids[name] ?? fresh[name]}`
  const looked = useMemo(() => (facts === undefined || engines === undefined ? undefined : look(value, { facts, engines, today: plan.on, ids })), [value, facts, engines, plan.on])
  const who = useMemo(() => whoOf({ resources, plan, facts, age: undefined }), [resources, plan, facts])
  if (who?.dead === true) return <main class="wrap"><div class="lhead"><div><h1>{nameOf(who, messages)}</h1><p class="muted">{plan.notJudged.map(({ text }) => say(text)).join(' ')}</p></div></div><p class="row-b"><ButtonLink href={`/child/${child.id}`}>{t('child.measure.back')}</ButtonLink></p></main>
  if (facts === undefined || engines === undefined || looked === undefined || who === undefined) return <main class="wrap child-waiting"><Waiting rows={4} /></main>

  const day = looked.day ?? plan.on
  const fields = fieldsFor({ facts, engines, day })
  const open = fields.filter((field) => ['doubted', 'impossible', 'unreadable'].includes(looked.verdicts[field].kind) && !(looked.verdicts[field].kind === 'doubted' && 'kept' in looked.verdicts[field] && looked.verdicts[field].kept))
  const names = looked.counted.map((fact) => t('child.measure.short', { field: { code: fact.kind } }))
  const lastDay = facts.measurements.reduce((latest, fact) => Math.max(latest, fact.day), 0)
  const save = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (busy) return
    if (looked.counted.length === 0) {
      setOutcome(open.length > 0 ? 'open' : 'nothing')
      form.current?.querySelector<HTMLElement>(open.length > 0 ? '[aria-invalid=true]' : 'input[name=weight]')?.focus()
      return
    }
    setBusy(true)
    const now = momentNow(plan.on)
    const context = factContext(plan.child, session, now)
    draft.set((typed) => ({ ...typed, ids: { ...fresh, ...typed.ids } }))
    const written = looked.counted.map((fact) => {
      const timed = { ...fact, ...(fact.day === plan.on && now.minute !== undefined ? { minute: now.minute } : {}) }
      const resource = 'value' in timed ? measurementToFhir(timed, context) : findingToFhir(timed, context)
      const why = Object.entries(value.kept).find(([field]) => ids(field as FieldName) === fact.id)?.[1].why
      return signed({ ...resource, ...(why === undefined || why === '' ? {} : { note: [{ text: why }] }) }, session)
    })
    const result = await saveAll(written)
    setBusy(false)
    if (result.kind !== 'saved') return setOutcome(result)
    if (open.length === 0) draft.clear()
    else draft.set((typed) => ({ ...EMPTY, ...(typed.position === undefined ? {} : { position: typed.position }), ...(typed.day === undefined ? {} : { day: typed.day }), values: { ...EMPTY.values, ...Object.fromEntries(open.map((field) => [field, typed.values[field]])) } }))
    route(`/child/${child.id}`)
  }
  const action = t('child.measure.save', { count: { number: names.length }, what: { text: messages.list(names) } })
  return (
    <>
      <main class="wrap measure">
        <div class="lhead">
          <div>
            <h1>{t('child.measure')}</h1>
            <p class="facts"><a href={`/child/${child.id}`}><bdi>{nameOf(who, messages)}</bdi></a><span>{t(`web.sex.${who.sex ?? 'unknown'}`)}</span><span>{ageOf(who, plan.on, messages)}</span>{lastDay === 0 ? null : <span>{t('child.measure.last', { day: { text: date(lastDay as typeof plan.on, 'shortYear') } })}</span>}</p>
          </div>
        </div>
        {draft.restored && hasTyped(value) ? <Banner icon="pencil" action={<Button onClick={draft.clear}>{t('web.draft.anew')}</Button>}>{t('web.draft.here')}</Banner> : null}
        <div class="two">
          <form class="card" id="measure" ref={form} onSubmit={(event) => void save(event)} noValidate>
            <MeasureForm draft={value} set={draft.set} looked={looked} fields={fields} facts={facts} today={plan.on} position={positionOf(value, { facts, engines, day })} upright={day - (facts.birth.kind === 'unknown' ? day : facts.birth.day) >= (engines.editions.growth.under5.position?.standingFromDay ?? 0)} />
          </form>
          <div class="side">
            <WhatChanges before={plan} after={looked.plan} typed={looked.counted.length > 0} waits={open.length > 0}>
              {open.map((field) => <li key={field} data-u="notKnown"><Glyph of="notKnown" size={20} /><div><b>{t('child.changes.waits', { field: { code: field } })}</b><p class="muted">{t('child.changes.waitsText')}</p></div></li>)}
            </WhatChanges>
            <div class="send">
              <SaveOutcomeLine outcome={outcome} nothing={t('child.measure.nothing')} open={t('child.measure.decide')} />
              <Button type="submit" form="measure" kind="primary" big {...(busy ? { 'aria-busy': true } : {})}>{action}</Button>
              <p class="cap">{open.length > 0 && names.length > 0 ? t('child.measure.openStay') : t('child.measure.onlySaved')}</p>
            </div>
          </div>
        </div>
      </main>
      <div class="stick"><Button type="submit" form="measure" kind="primary" big {...(busy ? { 'aria-busy': true } : {})}>{action}</Button></div>
    </>
  )
}
