/**
 * Messages to sentences: the only place where a day, a mass or a z-score becomes text.
 * Numbers are written as the language writes them, with Western digits; the minus is U+2212 and a unit never breaks from its number.
 */
import { calendarDate, completedMonths, type Day, type Days } from '@bairn/quantities'
import type { Message, MessageParam } from '@bairn/reasoning'
import { getLanguage, LOCALES, type Language } from './messages/catalogue.ts'

const NBSP = '\u00a0'

/** The sentence of a message. @throws Error if the language was not loaded (caller's bug) */
export function formatMessage(message: Message, language: Language): string {
  const { i18n, compiled } = getLanguage(language)
  const numeric = numericNames(message.key, language, compiled[message.key])
  const values: Record<string, string | number> = {}
  for (const [name, param] of Object.entries(message.params ?? {}))
    values[name] = numeric.has(name) && 'number' in param ? param.number : numeric.has(name) && 'age' in param ? param.age : numeric.has(name) && 'span' in param ? param.span : formatParam(param, language)
  return i18n._(message.key, values)
}

/** One parameter as text. Codes and sexes come out as their code, for the catalogue's `select`. */
export function formatParam(param: MessageParam, language: Language): string {
  if ('day' in param) return formatDate(param.day, language)
  if ('age' in param) return formatAge({ age: param.age }, language)
  if ('span' in param) return formatSpan(param.span, language)
  if ('kg' in param) return withUnit(param.kg, 'kg', language)
  if ('cm' in param) return withUnit(param.cm, 'cm', language)
  if ('mm' in param) return withUnit(param.mm, 'mm', language)
  if ('z' in param) return formatZ(param.z, language)
  if ('number' in param) return formatNumber(param.number, language, param.digits)
  if ('sex' in param) return param.sex
  if ('code' in param) return param.code
  if ('country' in param) return countryName(param.country, language)
  if ('text' in param) return param.text
  return formatMessage(param.message, language)
}

/** 'Kenya' for 'KE'; what is no code of a country as it stands. */
const countryName = (country: string, language: Language): string =>
  /^[A-Z]{2}$/.test(country) ? new Intl.DisplayNames(LOCALES[language], { type: 'region' }).of(country) ?? country : country

/** '7 December 2026', or '7 Dec' with `style: 'short'`, or 'Monday 7 December 2026' with 'weekday'. */
export function formatDate(day: Day, language: Language, style: 'long' | 'short' | 'shortYear' | 'weekday' = 'long'): string {
  const { year, month, day: ofMonth } = calendarDate(day)
  return dateFormat(language, style).format(new Date(Date.UTC(year, month - 1, ofMonth)))
}

/** Numbers as the language writes them: 8.5, 8,5. `digits` fixes the decimals; without it at most two are shown. */
export function formatNumber(value: number, language: Language, digits?: number): string {
  return numberFormat(language, digits).format(value).replace('-', '\u2212').replace('\u061c', '').replace('\u200e', '')
}

/** '−2.41': a z-score with its sign, two decimals at most, isolated so that it reads left to right in any sentence. */
export function formatZ(z: number, language: Language): string {
  const text = formatNumber(z, language)
  return language === 'ar' ? `\u2066${text}\u2069` : text
}

/**
 * An age in the unit clinics use: days to 13 days, weeks to 12 weeks, months to 23 months, then years and months to 5 years, then years.
 * With `birth` and `on` the months are calendar months; with an age in days alone they are months of 30.4375 days.
 */
export function formatAge(child: { readonly age: Days } | { readonly birth: Day; readonly on: Day }, language: Language): string {
  const age = 'age' in child ? child.age : child.on - child.birth
  const months = 'age' in child ? Math.floor(child.age / 30.4375) : completedMonths(child)
  if (age < 14) return unit('day', Math.floor(age), language)
  if (months < 3) return unit('week', Math.floor(age / 7), language)
  if (months < 24) return unit('month', months, language)
  const years = unit('year', Math.floor(months / 12), language)
  if (months >= 60 || months % 12 === 0) return years
  return formatMessage({ key: 'age.yearsAndMonths', params: { years: { text: years }, months: { text: unit('month', months % 12, language) } } }, language)
}

/** A span of days in words: '3 days', '6 weeks' (whole weeks from 14 days), '5 months' (from 84 days). */
export function formatSpan(span: Days, language: Language): string {
  if (span < 14) return unit('day', Math.round(span), language)
  if (span < 84) return unit('week', Math.floor(span / 7), language)
  if (span < 730) return unit('month', Math.floor(span / 30.4375), language)
  return unit('year', Math.floor(span / 365.25), language)
}

/** '12 days' in the language's own plural. */
function unit(name: 'day' | 'week' | 'month' | 'year', count: number, language: Language): string {
  return formatMessage({ key: `age.${name}`, params: { count: { number: count } } }, language)
}

function withUnit(value: number, name: 'kg' | 'cm' | 'mm', language: Language): string {
  return `${formatNumber(value, language)}${NBSP}${formatMessage({ key: `unit.${name}` }, language)}`
}

// Intl objects cost about 20 us each to make; a plan needs dozens.
const dateFormats = new Map<string, Intl.DateTimeFormat>()
function dateFormat(language: Language, style: 'long' | 'short' | 'shortYear' | 'weekday'): Intl.DateTimeFormat {
  const key = `${language} ${style}`
  let format = dateFormats.get(key)
  if (format === undefined) {
    const options: Intl.DateTimeFormatOptions = style === 'short' ? { day: 'numeric', month: 'short' }
      : { day: 'numeric', month: style === 'shortYear' ? 'short' : 'long', year: 'numeric', ...(style === 'weekday' ? { weekday: 'long' } : {}) }
    format = new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: 'UTC' })
    dateFormats.set(key, format)
  }
  return format
}

const numberFormats = new Map<string, Intl.NumberFormat>()
function numberFormat(language: Language, digits: number | undefined): Intl.NumberFormat {
  const key = `${language} ${digits}`
  let format = numberFormats.get(key)
  if (format === undefined) {
    format = new Intl.NumberFormat(LOCALES[language], digits === undefined ? { maximumFractionDigits: 2 } : { minimumFractionDigits: digits, maximumFractionDigits: digits })
    numberFormats.set(key, format)
  }
  return format
}

// Which parameters a message counts with (plural, ordinal, number): those must stay numbers.
const numericCache = new Map<string, ReadonlySet<string>>()
function numericNames(key: string, language: Language, tokens: unknown): ReadonlySet<string> {
  const cacheKey = `${language} ${key}`
  let names = numericCache.get(cacheKey)
  if (names === undefined) {
    names = new Set(collectNumeric(tokens))
    numericCache.set(cacheKey, names)
  }
  return names
}

function collectNumeric(tokens: unknown): string[] {
  if (!Array.isArray(tokens)) return []
  return tokens.flatMap((token: unknown) => {
    if (!Array.isArray(token)) return []
    const [name, type, cases] = token as [string, string?, unknown?]
    const inner = typeof cases === 'object' && cases !== null ? Object.values(cases).flatMap(collectNumeric) : []
    return type === 'plural' || type === 'selectordinal' || type === 'number' ? [name, ...inner] : inner
  })
}
