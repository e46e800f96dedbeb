/**
 * Which language the page speaks: what this person chose, else what the browser asks for, else English.
 */
import { directionOf, isLanguage, LANGUAGES, type Language } from '@bairn/knowledge'

const KEY = 'bairn.language'
export { LANGUAGES, type Language }

/** Each language's own name for itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', fr: 'Français', ar: 'العربية' }

export function languageInForce(): Language {
  const asked = localStorage.getItem(KEY) ?? navigator.language.slice(0, 2)
  return isLanguage(asked) ? asked : 'en'
}

/** Keeps the choice and turns the page: `lang` for fonts and screen readers, `dir` for the layout. */
export function applyLanguage(language: Language): void {
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEY, language)
  applyLanguage(language)
}
