/* Before the first paint: the theme and language this person chose last. Kept apart from the page so that no inline script is needed. */
(function () {
  const root = document.documentElement
  const stored = function (key) { try { return localStorage.getItem(key) } catch { return null } }
  const theme = stored('bairn.theme')
  const dark = matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = theme === 'sun' || theme === 'dark' || theme === 'light' ? theme : dark ? 'dark' : 'light'
  const language = stored('bairn.language') || (navigator.language || 'en').slice(0, 2)
  root.lang = language === 'fr' || language === 'ar' ? language : 'en'
  root.dir = root.lang === 'ar' ? 'rtl' : 'ltr'
})()
