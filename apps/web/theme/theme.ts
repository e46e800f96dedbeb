/**
 * Light, sunlight, dark: what this person chose, else what the computer asks for. boot.js applies it before the first paint.
 */
export type Theme = 'light' | 'sun' | 'dark'
const KEY = 'bairn.theme'

/** What was chosen; undefined follows the computer. */
export function chosenTheme(): Theme | undefined {
  const stored = localStorage.getItem(KEY)
  return stored === 'light' || stored === 'sun' || stored === 'dark' ? stored : undefined
}

/** Applies and keeps a choice; undefined follows the computer again. */
export function chooseTheme(theme: Theme | undefined): void {
  if (theme === undefined) localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, theme)
  applyTheme()
}

/** Puts the theme in force on the page. */
export function applyTheme(): void {
  document.documentElement.dataset['theme'] = themeInForce()
}

/** What is shown now. */
export function themeInForce(): Theme {
  return chosenTheme() ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
}
