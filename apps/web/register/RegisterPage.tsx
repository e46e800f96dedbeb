/**
 * Register a child: four answers, nothing else asked, nothing typed ever lost. Likely duplicates stand beside the form;
 * twins go on with the mother kept.
 */
import { lazy, useLocation } from 'preact-iso'
import { useMemo, useRef, useState } from 'preact/hooks'
import { useDraft } from '../api/drafts.ts'
import { newId, saveAll, type SaveOutcome } from '../api/save.ts'
import { useSession } from '../app/session.tsx'
import { useTitle } from '../app/title.ts'
import { Banner } from '../components/Banner.tsx'
import { Button } from '../components/Button.tsx'
import { useFocusAfter } from '../components/focus.ts'
import { useMessages } from '../i18n/messages.tsx'
import { factsOf } from './facts.ts'
import { duplicateQuery, emptyForm, howMany, isRegisterForm, isTouched, missingOf, nextTwin, type RegisterForm } from './model.ts'
import './register.css'
import { RegisterFields } from './RegisterFields.tsx'
import { SameChild, useDuplicates, type Candidate } from './SameChild.tsx'

// The engines and their tables come only when there is something to compute.
const Preview = lazy(() => import('./Preview.tsx').then((part) => part.Preview))

export function RegisterPage() {
  const { t, say } = useMessages()
  const { session } = useSession()
  const { route } = useLocation()
  const empty = useMemo(() => emptyForm(newId), [])
  const { value: form, set, clear, restored } = useDraft({ name: 'register', demo: session.demo, empty, isDraft: isRegisterForm })
  const [asked, setAsked] = useState(false)
  const [sending, setSending] = useState(false)
  const [outcome, setOutcome] = useState<SaveOutcome>()
  const [others, setOthers] = useState<readonly string[]>([])
  const [savedTwin, setSavedTwin] = useState<string>()
  const page = useRef<HTMLFormElement>(null)
  const focusAfter = useFocusAfter()
  const candidates = useDuplicates(duplicateQuery(form, session.today)).filter(({ child }) => !others.includes(child) && child !== form.childId)
  useTitle(t('web.register.title'))

  const missing = missingOf(form, session.today)
  const problems = asked ? Object.fromEntries(Object.entries(missing).map(([field, message]) => [field, say(message)])) : {}
  const change = (next: Partial<RegisterForm>): void => set((now) => ({ ...now, ...next }))
  const unnamed = t(howMany(form) > 1 ? 'web.register.twinOf' : 'web.register.babyName', { order: { number: form.order }, mother: { text: form.mother.trim() } })
  const last = form.order >= howMany(form)

  const send = async (then: 'plan' | 'twin'): Promise<void> => {
    setAsked(true)
    if (Object.keys(missing).length > 0) {
      focusAfter(() => page.current?.querySelector('[aria-invalid=true], .problem')?.closest('.fld')?.querySelector('input'))
      return
    }
    setSending(true)
    const result = await saveAll(factsOf(form, { today: session.today, temporaryName: unnamed }))
    setSending(false)
    setOutcome(result.kind === 'saved' ? undefined : result)
    if (result.kind !== 'saved') return
    setAsked(false)
    if (then === 'plan') {
      clear()
      route(`/child/${form.childId}`)
      return
    }
    setSavedTwin(form.called === 'name' ? form.name.trim() : unnamed)
    setOthers((known) => [...known, form.childId])
    set(nextTwin(form, newId))
    window.scrollTo(0, 0)
    focusAfter(() => page.current?.querySelector<HTMLElement>('input[type=text]:not([dir=ltr])'))
  }
  const throwAway = (): void => {
    clear()
    set(emptyForm(newId))
    setAsked(false)
    setOutcome(undefined)
  }
  const same = (candidate: Candidate): void => {
    clear()
    route(`/child/${encodeURIComponent(candidate.child)}`)
  }
  const twin = (candidate: Candidate): void => {
    setOthers((known) => [...known, candidate.child])
    change({ multiple: 'twin', order: 2, ...(candidate.mother === undefined ? {} : { mother: candidate.mother }) })
  }

  return (
    <>
      <main class="wrap">
        <div class="lhead">
          <div>
            <h1>{form.order > 1 ? t('web.register.nextTitle', { order: { number: form.order } }) : t('web.register.title')}</h1>
            <p class="muted">{t('web.register.lead')}</p>
          </div>
        </div>
        <div class="reg">
          <form class="card form" id="register" ref={page} noValidate onSubmit={(event) => { event.preventDefault(); void send('plan') }}>
            {savedTwin !== undefined ? <Banner of="done">{t('web.register.twinSaved', { name: { text: `\u2068${savedTwin}\u2069` } })}</Banner>
              : restored && isTouched(form) ? <Banner icon="kept" action={<Button onClick={throwAway}>{t('web.draft.anew')}</Button>}>{t('web.draft.here')}</Banner> : null}
            <RegisterFields form={form} change={change} problems={problems} today={session.today} />
            {outcome === undefined ? null : <NotSaved outcome={outcome} />}
            <div class="register-acts">
              <Button type="submit" kind="primary" big aria-busy={sending}>{t('web.register.save')}</Button>
              {last ? null : <Button kind="quiet" big onClick={() => void send('twin')}>{t('web.register.saveTwin', { order: { number: form.order + 1 } })}</Button>}
            </div>
          </form>
          <div class="reg-side">
            <SameChild candidates={candidates} today={session.today} onSame={same} onTwin={twin} onOther={({ child }) => setOthers((known) => [...known, child])} />
            {form.sex === '' || missing.birth !== undefined ? null : <Preview form={form} session={session} />}
          </div>
        </div>
      </main>
      <div class="stick"><Button type="submit" form="register" kind="primary" big aria-busy={sending}>{t('web.register.save')}</Button></div>
    </>
  )
}

/** Why it is not saved, what still stands, what to do. */
function NotSaved({ outcome }: { readonly outcome: SaveOutcome }) {
  const { t } = useMessages()
  if (outcome.kind === 'notSent') return <Banner icon="cloudOff" title={t('web.save.notSent')}>{t('web.save.notSentText')}</Banner>
  if (outcome.kind === 'differs') return <Banner of="notKnown" title={t('web.save.differs')}>{t('web.save.differsText')}</Banner>
  return <Banner of="notKnown" title={t('web.save.refused')}>{outcome.kind === 'refused' && outcome.says.length > 0 ? outcome.says.join(' ') : t('web.save.refusedText')}</Banner>
}
