/**
 * Sentences for components: `const { t, say } = useMessages()`. Keys live in knowledge/messages/<language>/web.json and child.json.
 */
import { formatAge, formatDate, formatMessage, formatNumber, formatSpan, loadMessages } from '@bairn/knowledge'
import type { Day, Days } from '@bairn/quantities'
import type { Message, MessageParam } from '@bairn/reasoning'
import { createContext, type ComponentChildren } from 'preact'
import { useCallback, useContext, useMemo, useState } from 'preact/hooks'
import { chooseLanguage, type Language } from './language.ts'

export interface Messages {
  readonly language: Language
  /** a sentence of the page by its key */
  readonly t: (key: string, params?: Readonly<Record<string, MessageParam>>) => string
  /** a sentence that an engine or the plan hands over */
  readonly say: (message: Message) => string
  readonly date: (day: Day, style?: 'long' | 'short' | 'shortYear' | 'weekday') => string
  readonly number: (value: number, digits?: number) => string
  readonly age: (child: { readonly age: Days } | { readonly birth: Day; readonly on: Day }) => string
  readonly span: (days: Days) => string
  /** 'a, b and c' */
  readonly list: (names: readonly string[]) => string
  readonly setLanguage: (language: Language) => Promise<void>
}

const Context = createContext<Messages | undefined>(undefined)

/** The language's sentences must be loaded before: main.tsx waits for them. */
export function LanguageProvider({ initial, children }: { readonly initial: Language; readonly children: ComponentChildren }) {
  const [language, set] = useState(initial)
  const setLanguage = useCallback(async (next: Language) => {
    await loadMessages(next)
    chooseLanguage(next)
    set(next)
  }, [])
  const messages = useMemo(() => messagesIn(language, setLanguage), [language, setLanguage])
  return <Context.Provider value={messages}>{children}</Context.Provider>
}

/** The sentences of the language in force. */
export function useMessages(): Messages {
  const messages = useContext(Context)
  if (messages === undefined) throw new Error('useMessages() stands outside <LanguageProvider>')
  return messages
}

// The sentences of the catalogues have no comma before 'and'.
const LOCALE: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr', ar: 'ar' }

function messagesIn(language: Language, setLanguage: Messages['setLanguage']): Messages {
  return {
    language,
    t: (key, params) => formatMessage(params === undefined ? { key } : { key, params }, language),
    say: (message) => formatMessage(message, language),
    date: (day, style) => formatDate(day, language, style),
    number: (value, digits) => formatNumber(value, language, digits),
    age: (child) => formatAge(child, language),
    span: (days) => formatSpan(days, language),
    list: (names) => new Intl.ListFormat(LOCALE[language]).format(names),
    setLanguage,
  }
}
