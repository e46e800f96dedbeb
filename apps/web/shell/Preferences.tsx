/** Language and screen: one button that opens a small panel below it; Escape, a choice of language or leaving it closes it. */
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { Choice } from '../components/Choice.tsx'
import { Icon } from '../components/Icon.tsx'
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../i18n/language.ts'
import { useMessages } from '../i18n/messages.tsx'
import { chosenTheme, chooseTheme, type Theme } from '../theme/theme.ts'

export function Preferences() {
  const { t, language, setLanguage } = useMessages()
  const [open, setOpen] = useState(false)
  const [theme, setTheme] = useState<Theme | 'computer'>(() => chosenTheme() ?? 'computer')
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  useEffect(() => {
    if (!open) return undefined
    setTheme(chosenTheme() ?? 'computer')
    const outside = (event: Event): void => { if (!root.current?.contains(event.target as Node)) setOpen(false) }
    const escape = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return
      setOpen(false)
      button.current?.focus()
    }
    document.addEventListener('pointerdown', outside)
    document.addEventListener('focusin', outside)
    document.addEventListener('keydown', escape)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('focusin', outside)
      document.removeEventListener('keydown', escape)
    }
  }, [open])
  return (
    <div class="prefs" ref={root}>
      <button type="button" class="tool" ref={button} aria-expanded={open} aria-controls={id} aria-label={t('web.prefs.open', { language: { text: LANGUAGE_NAMES[language] } })} onClick={() => setOpen(!open)}>
        <Icon of="globe" /><span aria-hidden="true">{LANGUAGE_NAMES[language]}</span>
      </button>
      <div class="panel sheet" id={id} hidden={!open}>
        <Choice<Language> label={t('web.prefs.language')} value={language} onChange={(next) => void setLanguage(next)}
          options={LANGUAGES.map((code) => ({ value: code, label: <span lang={code}>{LANGUAGE_NAMES[code]}</span> }))} />
        <Choice<Theme | 'computer'> label={t('web.prefs.screen')} value={theme} onChange={(next) => { setTheme(next); chooseTheme(next === 'computer' ? undefined : next) }}
          options={[{ value: 'computer', label: t('web.prefs.computer') }, { value: 'light', label: t('web.prefs.light') }, { value: 'dark', label: t('web.prefs.dark') }]} />
      </div>
    </div>
  )
}
