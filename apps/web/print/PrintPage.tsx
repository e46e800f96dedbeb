/** The family's page on screen before it is printed, in the language the family reads: that may be another than the worker's. */
import { loadMessages } from '@bairn/knowledge'
import { useEffect, useState } from 'preact/hooks'
import { useSession } from '../app/session.tsx'
import { useTitle } from '../app/title.ts'
import { whoOf } from '../child/identity.ts'
import { useChild } from '../child/useChild.ts'
import { Button, ButtonLink } from '../components/Button.tsx'
import { Choice } from '../components/Choice.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../i18n/language.ts'
import { LanguageProvider, useMessages } from '../i18n/messages.tsx'
import '../growth/growth.css'
import { FamilyPlan } from './FamilyPlan.tsx'
import './print.css'

export function PrintPage({ id = '' }: { readonly id?: string }) {
  const { t, say, language: own } = useMessages()
  const { session } = useSession()
  const state = useChild(id)
  const [language, setLanguage] = useState<Language>(own)
  const [loaded, setLoaded] = useState<Language>(own)
  useEffect(() => void loadMessages(language).then(() => setLoaded(language)), [language])
  useTitle(t('child.print'))
  if (state.kind !== 'here') {
    const text = state.kind === 'notHere' ? t('child.notHere.text') : state.kind === 'refused' ? state.says.join(' ') : t('web.away.text')
    if (state.kind === 'waiting') return <main class="wrap"><Waiting /></main>
    return <main class="wrap"><div class="lhead"><div><h1>{t('child.print')}</h1><p class="muted">{text}</p></div></div><p class="row-b"><Button onClick={() => void state.reload()}>{t('web.tryAgain')}</Button></p></main>
  }
  const { child } = state
  const { plan, facts, engines, resources } = child
  const who = whoOf({ resources, plan, facts, age: undefined })
  if (who?.dead === true) return <main class="wrap"><div class="lhead"><div><h1>{t('child.died.title')}</h1><p class="muted">{plan.notJudged.map(({ text }) => say(text)).join(' ')}</p></div></div></main>
  return (
    <main class="print">
      <div class="wrap noprint print-bar">
        <ButtonLink href={`/child/${id}`}>{t('child.measure.back')}</ButtonLink>
        <Choice<Language> label={t('child.family.language')} value={language} onChange={setLanguage} options={LANGUAGES.map((code) => ({ value: code, label: <span lang={code}>{LANGUAGE_NAMES[code]}</span> }))} />
        <Button kind="primary" icon="print" onClick={() => print()}>{t('child.family.print')}</Button>
      </div>
      {who === undefined || facts === undefined || engines === undefined ? <div class="wrap"><Waiting /></div> : (
        <LanguageProvider key={loaded} initial={loaded}>
          <FamilyPlan child={child} who={who} session={session} growth={{ facts, references: engines.editions.growth, nutrition: engines.editions.nutrition, on: plan.on, scores: plan.scores }} />
        </LanguageProvider>
      )}
    </main>
  )
}
