/**
 * Loads the message catalogues of a language and says how far they were reviewed.
 * The pages get them compiled by the build (apps/web/vite.config.ts); elsewhere they are compiled when first loaded.
 */
import { setupI18n, type I18n } from '@lingui/core'
import type { CompiledMessage } from '@lingui/message-utils/compileMessage'

export type Language = 'en' | 'fr' | 'ar'
export const LANGUAGES: readonly Language[] = ['en', 'fr', 'ar']
export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr')
export const isLanguage = (text: string): text is Language => (LANGUAGES as readonly string[]).includes(text)

/** Western digits in every language: doses and weights are read beside scales and labels that use them. */
export const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr', ar: 'ar-u-nu-latn' }

export type Area = 'common' | 'growth' | 'nutrition' | 'immunization' | 'plan' | 'child' | 'web' | 'schedules' | 'record' | 'fhir' | 'problems' | 'vaccines' | 'cli'
/** `unreviewed`: no clinician has read these sentences in this language yet; the page says so. */
export interface Review { readonly state: 'unreviewed' | 'reviewed'; readonly by: readonly string[] }
interface Catalogue { readonly review: Review; readonly messages: Readonly<Record<string, string | CompiledMessage>> }

export interface LoadedLanguage {
  readonly language: Language
  readonly i18n: I18n
  readonly compiled: Readonly<Record<string, CompiledMessage>>
  readonly reviews: Readonly<Record<Area, Review>>
}

const loaded = new Map<Language, LoadedLanguage>()
const files: Readonly<Record<Language, () => Promise<{ readonly catalogues: unknown }>>> = {
  en: () => import('./en.ts'),
  fr: () => import('./fr.ts'),
  ar: () => import('./ar.ts'),
}

/** Loads one language once. After that `formatMessage` may be called for it. */
export async function loadMessages(language: Language): Promise<LoadedLanguage> {
  const existing = loaded.get(language)
  if (existing !== undefined) return existing
  const catalogues = (await files[language]()).catalogues as Readonly<Record<Area, Catalogue>>
  const compiled: Record<string, CompiledMessage> = {}
  const reviews = {} as Record<Area, Review>
  for (const [area, catalogue] of Object.entries(catalogues)) {
    reviews[area as Area] = catalogue.review
    for (const [key, message] of Object.entries(catalogue.messages)) compiled[key] = await compile(message)
  }
  const i18n = setupI18n({ locale: language, locales: LOCALES[language], messages: { [language]: compiled }, missing: (_, key) => `[${key}]` })
  const result = { language, i18n, compiled, reviews }
  loaded.set(language, result)
  return result
}

/** A language that was loaded. @throws Error if it was not (caller's bug) */
export function getLanguage(language: Language): LoadedLanguage {
  const found = loaded.get(language)
  if (found === undefined) throw new Error(`messages of '${language}' are not loaded: await loadMessages('${language}') first`)
  return found
}

async function compile(message: string | CompiledMessage): Promise<CompiledMessage> {
  if (typeof message !== 'string') return message
  if (!/[{}'#]/.test(message)) return [message]
  const { compileMessage } = await import('@lingui/message-utils/compileMessage')
  return compileMessage(message)
}
