/**
 * First opening: four answers and two ways in. Name and place go with every fact from now on; the language is the page's own.
 * What was typed survives a reload; a missing answer is asked for where it stands.
 */
import { useLocation } from 'preact-iso'
import { useMemo, useRef, useState } from 'preact/hooks'
import type { Session, SetupRequest } from '../contract.ts'
import { useDraft } from '../api/drafts.ts'
import { postJson } from '../api/request.ts'
import { useSession } from '../app/session.tsx'
import { useTitle } from '../app/title.ts'
import { Banner } from '../components/Banner.tsx'
import { Choice } from '../components/Choice.tsx'
import { Field, TextField } from '../components/Field.tsx'
import { Glyph } from '../components/Glyph.tsx'
import { Icon } from '../components/Icon.tsx'
import { useFocusAfter } from '../components/focus.ts'
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../i18n/language.ts'
import { useMessages } from '../i18n/messages.tsx'
import { countriesIn } from './countries.ts'
import './first.css'

interface Answers { readonly name: string; readonly place: string; readonly country: string }
const NO_ANSWERS: Answers = { name: '', place: '', country: '' }
const isAnswers = (stored: unknown): stored is Answers =>
  typeof stored === 'object' && stored !== null && ['name', 'place', 'country'].every((key) => typeof (stored as Record<string, unknown>)[key] === 'string')

export function FirstUse() {
  const { t, language } = useMessages()
  const { setSession } = useSession()
  const { route } = useLocation()
  const { value: answers, set, clear } = useDraft({ name: 'first', demo: false, empty: NO_ANSWERS, isDraft: isAnswers })
  const [asked, setAsked] = useState(false)
  const [failed, setFailed] = useState<readonly string[] | 'away'>()
  const form = useRef<HTMLFormElement>(null)
  const focusAfter = useFocusAfter()
  useTitle(t('web.first.title'))
  const missing = (key: keyof Answers): string | undefined => (asked && answers[key].trim() === '' ? t(`web.first.missing.${key}`) : undefined)

  const begin = async (start: SetupRequest['start']): Promise<void> => {
    setAsked(true)
    if (Object.values(answers).some((answer) => answer.trim() === '')) {
      focusAfter(() => form.current?.querySelector<HTMLElement>('[aria-invalid]'))
      return
    }
    const outcome = await postJson<Session>('/app/setup', { name: answers.name.trim(), place: answers.place.trim(), country: answers.country, start } satisfies SetupRequest)
    if (outcome.kind === 'unreachable') return setFailed('away')
    if (outcome.kind === 'refused') return setFailed(outcome.says)
    clear()
    route('/')
    setSession(outcome.value)
  }

  return (
    <main class="wrap">
      <div class="fu">
        <div class="fu-say">
          <h1>{t('web.first.title')}</h1>
          <p class="lead">{t('web.first.lead')}</p>
          <ul>
            {['here', 'unknown', 'decide'].map((promise) => (
              <li key={promise} data-u="done"><Glyph of="done" size={20} /><span><b>{t(`web.first.${promise}`)}</b> {t(`web.first.${promise}Text`)}</span></li>
            ))}
          </ul>
        </div>
        {/* Enter in a field starts with one's own children, as the primary button does. */}
        <form class="card form" ref={form} noValidate onSubmit={(event) => { event.preventDefault(); void begin('own') }}>
          <div class="pair">
            <TextField label={t('web.first.name')} name="name" value={answers.name} onInput={(name) => set((now) => ({ ...now, name }))} problem={missing('name')} dir="auto" />
            <TextField label={t('web.first.place')} name="place" value={answers.place} onInput={(place) => set((now) => ({ ...now, place }))} problem={missing('place')} dir="auto" />
          </div>
          <div class="pair">
            <CountryField value={answers.country} onChange={(country) => set((now) => ({ ...now, country }))} problem={missing('country')} />
            <LanguageChoice />
          </div>
          {failed === undefined ? null : <Banner of={failed === 'away' ? 'actToday' : 'notKnown'} title={t(failed === 'away' ? 'web.away.title' : 'web.first.refused')}>{failed === 'away' ? t('web.away.text') : failed.join(' ')}</Banner>}
          <div class="pair ways" lang={language}>
            <button type="submit" class="btn primary way"><b>{t('web.first.own')}</b><small>{t('web.first.ownText')}</small></button>
            <button type="button" class="btn way" onClick={() => void begin('demo')}><b>{t('web.first.demo')}</b><small>{t('web.first.demoText')}</small></button>
          </div>
        </form>
      </div>
    </main>
  )
}

function CountryField({ value, onChange, problem }: { readonly value: string; readonly onChange: (code: string) => void; readonly problem: string | undefined }) {
  const { t, language } = useMessages()
  const countries = useMemo(() => countriesIn(language), [language])
  return (
    <Field label={t('web.first.country')} problem={problem} hint={value === '' ? t('web.first.countryHint') : <><Glyph of="notKnown" size={18} /><span>{t('web.first.noSchedule')}</span></>}>
      {({ id, describedBy, invalid }) => (
        <span class="select"><select class="in" id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)} aria-describedby={describedBy} aria-invalid={invalid || undefined}>
          <option value="">{t('web.first.choose')}</option>
          {countries.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}
        </select><Icon of="down" size={20} /></span>
      )}
    </Field>
  )
}

function LanguageChoice() {
  const { t, language, setLanguage } = useMessages()
  return (
    <Choice<Language> label={t('web.prefs.language')} value={language} onChange={(next) => void setLanguage(next)} hint={t('web.first.languageHint')}
      options={LANGUAGES.map((code) => ({ value: code, label: <span lang={code}>{LANGUAGE_NAMES[code]}</span> }))} />
  )
}
