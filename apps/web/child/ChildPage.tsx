/**
 * One child: the plan first, on its white sheet; growth, next visits and past visits around it as evidence. The plan that came with the
 * page is on screen at once; the engines take over when they have come, and after every answer.
 */
import { lazy } from 'preact-iso'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { enteredInError, notGivenToFhir, responseToFhir, withBirth, withSex } from '@bairn/fhir'
import type { Question } from '@bairn/plan'
import { parseDay } from '@bairn/quantities'
import { newId, type Fact } from '../api/save.ts'
import { useConnection } from '../api/connection.ts'
import { useSession } from '../app/session.tsx'
import { useTitle } from '../app/title.ts'
import { Banner } from '../components/Banner.tsx'
import { Button, ButtonLink } from '../components/Button.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { ageOn } from '../growth/history.ts'
import { useMessages, type Messages } from '../i18n/messages.tsx'
import { NextVisits } from '../plan/NextVisits.tsx'
import type { PlanActions } from '../plan/PlanRow.tsx'
import { PlanSheet, type SheetProps } from '../plan/PlanSheet.tsx'
import { EverythingElse, ReferNow } from '../plan/ReferNow.tsx'
import { sheetOf } from '../plan/model.ts'
import { valueText } from '../visits/words.ts'
import { hasDraft } from '../measure/draft.ts'
import { hasDoseDraft } from '../dose/draft.ts'
import { plainVaccineOf } from '../dose/plainVaccine.ts'
import { needOf } from '../vaccines/timeline.ts'
import { findingAnswer } from './answer.ts'
import { ChildHeader, nameOf } from './ChildHeader.tsx'
import './child.css'
import { factContext, momentNow } from './context.ts'
import { whoOf } from './identity.ts'
import { findResource, versionOf } from './record.ts'
import { useChild, type Child } from './useChild.ts'

const GrowthPanel = lazy(() => import('../growth/GrowthPanel.tsx').then((part) => part.GrowthPanel))
const VaccineTimeline = lazy(() => import('../vaccines/VaccineTimeline.tsx').then((part) => part.VaccineTimeline))
const VisitsTable = lazy(() => import('../visits/VisitsTable.tsx').then((part) => part.VisitsTable))
const RecordDeath = lazy(() => import('./RecordDeath.tsx').then((part) => part.RecordDeath))

export function ChildPage({ id = '' }: { readonly id?: string }) {
  const { t } = useMessages()
  const state = useChild(id)
  switch (state.kind) {
    case 'here': return <ChildHere key={id} child={state.child} reload={state.reload} />
    case 'waiting': return <main class="wrap child-waiting"><Waiting rows={4} /></main>
    case 'notHere': return <Problem title={t('child.notHere.title')} text={t('child.notHere.text')} />
    case 'away': return <Problem title={t('web.away.title')} text={t('web.away.text')} again={state.reload} />
    default: return <Problem title={t('child.refused.title')} text={[...state.says, t('child.refused.text')].join(' ')} again={state.reload} />
  }
}

function Problem({ title, text, again }: { readonly title: string; readonly text: string; readonly again?: () => Promise<void> }) {
  const { t } = useMessages()
  useTitle(title)
  return (
    <main class="wrap">
      <div class="lhead"><div><h1>{title}</h1><p class="muted">{text}</p></div></div>
      <div class="row-b">{again === undefined ? null : <Button kind="primary" onClick={() => void again()}>{t('web.tryAgain')}</Button>}<ButtonLink href="/">{t('web.nav.children')}</ButtonLink></div>
    </main>
  )
}

function ChildHere({ child, reload }: { readonly child: Child; readonly reload: () => Promise<void> }) {
  const messages = useMessages()
  const { t } = messages
  const { session } = useSession()
  const { plan, facts, engines, resources, pending } = child
  const age = facts === undefined || engines === undefined ? undefined : ageOn(plan.on, { facts, nutrition: engines.editions.nutrition })
  const who = useMemo(() => whoOf({ resources, plan, facts, age }), [resources, plan, facts, age?.scored])
  useTitle(who === undefined ? t('child.title') : nameOf(who, messages))
  const [busy, setBusy] = useState(false)
  const [said, say] = useState('')
  const waiting = pending.length > 0
  const urgent = sheetOf(plan).urgent !== undefined
  // The plan's heading takes the focus after the plan was drawn anew: an urgent plan is another sheet, and its predecessor's heading is gone.
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    if (turn > 0) document.querySelector<HTMLElement>('.plan h2, .refer h2')?.focus()
  }, [turn])
  useEffect(() => {
    if (turn > 0 && document.activeElement === document.body) document.querySelector<HTMLElement>('.plan h2, .refer h2')?.focus()
  }, [urgent])
  useEffect(() => { if (!waiting && said === t('child.pending.said')) say(t('child.saved')) }, [waiting])
  const growth = useMemo(() => (facts === undefined || engines === undefined ? undefined : { facts, references: engines.editions.growth, nutrition: engines.editions.nutrition, on: plan.on, scores: plan.scores }), [facts, engines, plan])
  if (who === undefined) return <Problem title={t('child.notHere.title')} text={t('child.notHere.text')} />

  const doing = async (work: () => Promise<string | undefined>): Promise<void> => {
    setBusy(true)
    const words = await work()
    setBusy(false)
    if (words === undefined) return
    say(words)
    setTurn((count) => count + 1)
  }
  const moment = () => momentNow(plan.on)
  const answer = async (question: Question, value: string): Promise<void> => doing(async () => {
    const patient = findResource(resources, plan.child)
    const basedOn = versionOf(patient)
    if (patient !== undefined && question.kind === 'sex') return heard(await child.write(withSex(patient, value === 'female' ? 'female' : 'male'), { basedOn }))
    if (patient !== undefined && question.kind === 'birthDate') {
      const day = parseDay(value)
      return heard(await child.write(withBirth(patient, day.ok ? { kind: 'exact', day: day.value } : { kind: 'partial', text: value }), { basedOn }))
    }
    return heard(await child.write(findingAnswer(question, value, { child: plan.child, on: plan.on, session })))
  })
  const respond = (need: string, kind: 'done' | 'notToday' | 'declined', more: object = {}): Promise<void> => doing(async () => {
    const now = moment()
    const response = { id: `Task/${newId()}`, day: plan.on, ...(now.minute === undefined ? {} : { minute: now.minute }), item: need, kind, ...more }
    return heard(await child.write(responseToFhir(response, factContext(plan.child, session, now))))
  })
  const notGiven: PlanActions['notGiven'] = (need, reason, note) => doing(async () => {
    const forecast = plan.vaccines?.forecasts.find((one) => needOf(one) === need)
    const edition = engines?.editions.immunization
    const vaccine = forecast === undefined || edition === undefined ? undefined : plainVaccineOf(forecast, edition)
    if (vaccine === undefined) return undefined
    const now = moment()
    const fact = { id: `Immunization/${newId()}`, day: plan.on, ...(now.minute === undefined ? {} : { minute: now.minute }), vaccine, reason, ...(note === '' ? {} : { note }) }
    return heard(await child.write(notGivenToFhir(fact, factContext(plan.child, session, now))))
  })
  const heard = ({ kind }: { readonly kind: string }): string | undefined => (kind === 'saved' ? t('child.saved') : kind === 'notSent' ? t('child.pending.said') : undefined)
  const undo = (key: string): Promise<void> => doing(async () => {
    const resource = findResource(resources, key)
    if (resource === undefined) return undefined
    return heard(await child.write(enteredInError(resource), { basedOn: versionOf(resource) })) === undefined ? undefined : t('child.undone')
  })
  const actions: PlanActions = { busy, answer, done: (need) => respond(need, 'done'), putOff: (need, { kind, ...more }) => respond(need, kind, more), notGiven, offerAgain: engines?.editions.plan.vaccines.offerAgainAfterDays }
  const sheet: SheetProps = { plan, facts, childId: child.id, resources, pending, actions, undo }

  return (
    <>
      <ChildHeader who={who} on={plan.on} calm={urgent} />
      <main class={`wrap child${urgent ? ' is-urgent' : ''}`}>
        <p class="vh" role="status">{said}</p>
        <Lines child={child} reload={reload} />
        {who.dead ? <Died notice={plan.notJudged.map(({ text }) => messages.say(text)).join(' ')} /> : (
          <div class="two">
            {urgent ? <ReferNow {...sheet} /> : <PlanSheet {...sheet} />}
            <div class="side">
              {urgent ? <EverythingElse {...sheet} /> : null}
              {growth === undefined ? <section class="growth"><h2>{t('child.growth.title')}</h2><Waiting rows={2} /></section> : <GrowthPanel input={growth} name={nameOf(who, messages)} />}
              {urgent ? null : <NextVisits plan={plan} />}
            </div>
          </div>
        )}
        {facts === undefined ? null : <VaccineTimeline child={child} />}
        {growth === undefined ? null : <VisitsTable child={child} growth={growth} />}
        {growth === undefined ? null : <RecordDeath child={child} />}
      </main>
      {who.dead || urgent ? null : <div class="stick"><ButtonLink kind="primary" big href={`/child/${child.id}/measure`}>{t('child.measure')}</ButtonLink></div>}
    </>
  )
}

/** Quiet lines above the plan: no answer from Bairn, not sent yet, refused, two records differ, a measurement begun. */
function Lines({ child, reload }: { readonly child: Child; readonly reload: () => Promise<void> }) {
  const messages = useMessages()
  const { t } = messages
  const { session } = useSession()
  const away = useConnection() === 'away'
  const { pending, trouble } = child
  return (
    <div class="lines-above">
      {away || pending.length > 0 ? (
        <Banner icon="cloudOff" title={away ? t('web.away.title') : t('child.pending.title')} {...(pending.length === 0 ? {} : { action: <Button onClick={() => void child.sendAgain()}>{t('child.pending.send')}</Button> })}>
          {pending.length === 0 ? t('child.away.text') : t('child.pending.text', { count: { number: pending.length } })}
        </Banner>
      ) : null}
      {trouble?.kind === 'refused' ? <Banner of="notKnown" title={t('web.save.refused')} action={<Button onClick={child.calm}>{t('child.understood')}</Button>}>{trouble.says.join(' ')}</Banner> : null}
      {trouble?.kind === 'differs' ? (
        <Banner of="notKnown" title={t('child.differs.title')} action={<span class="row-b"><Button onClick={() => { child.calm(); void reload() }}>{t('child.differs.theirs')}</Button><Button onClick={() => { child.calm(); void child.write(trouble.mine, { basedOn: trouble.theirVersion }) }}>{t('child.differs.mine')}</Button></span>}>{t('child.differs.text', { theirs: { text: inWords(trouble.theirs, child, messages) }, mine: { text: inWords(trouble.mine, child, messages) } })}</Banner>
      ) : null}
      {hasDraft(child.id, session.demo) ? <Banner icon="pencil" title={t('child.draft.title')} live="off" action={<ButtonLink href={`/child/${child.id}/measure`}>{t('child.draft.go')}</ButtonLink>}>{t('child.draft.text')}</Banner> : null}
      {hasDoseDraft(child.id, session.demo) ? <Banner icon="pencil" title={t('vaccines.draft')} live="off" action={<ButtonLink href={`/child/${child.id}/dose`}>{t('child.draft.go')}</ButtonLink>}>{t('child.draft.text')}</Banner> : null}
    </div>
  )
}

/** What a resource says, so that two that differ can be told apart. */
function inWords(resource: Fact, { engines, resources }: Child, messages: Messages): string {
  const { t } = messages
  if (resource.resourceType === 'Patient') return [t(`web.sex.${resource['gender'] === 'male' || resource['gender'] === 'female' ? resource['gender'] : 'unknown'}`), resource['birthDate']].filter((part) => typeof part === 'string').join(t('web.comma'))
  const patient = resources.find((each) => each['resourceType'] === 'Patient')
  const facts = engines?.factsOf([patient, { ...resource, status: 'final' }])
  const fact = facts?.measurements[0] ?? facts?.findings[0]
  const status = t('child.entry.status', { status: { code: resource['status'] === 'entered-in-error' ? 'withdrawn' : String(resource['status']) } })
  return fact === undefined ? status : `${valueText(fact, messages)} (${status})`
}

function Died({ notice }: { readonly notice: string }) {
  const { t } = useMessages()
  useTitle(t('child.died.title'))
  return <section class="died sheet"><h2>{t('child.died.title')}</h2><p>{notice}</p><p class="muted">{t('child.died.text')}</p></section>
}
