/** Start of the page: theme, language and its sentences, then the screen from the data that came with the page. */
import { loadMessages } from '@bairn/knowledge'
import { render } from 'preact'
import './theme/tokens.css'
import './theme/base.css'
import './components/components.css'
import './shell/shell.css'
import { takePageData } from './api/pageData.ts'
import { App } from './app/App.tsx'
import { applyLanguage, languageInForce } from './i18n/language.ts'
import { LanguageProvider } from './i18n/messages.tsx'
import { applyTheme } from './theme/theme.ts'

const language = languageInForce()
applyLanguage(language)
applyTheme()
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', applyTheme)
await loadMessages(language)

const root = document.getElementById('app')
if (root === null) throw new Error('index.html has no #app')
render(<LanguageProvider initial={language}><App initial={takePageData('session')} /></LanguageProvider>, root)

if (import.meta.env.PROD && 'serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js').catch(() => undefined)
