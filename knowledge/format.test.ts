import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { dayOf, days, kilograms } from '@bairn/quantities'
import { formatAge, formatDate, formatMessage, formatNumber, formatParam, formatSpan, formatZ } from './format.ts'
import { LANGUAGES, loadMessages, type Language } from './messages/catalogue.ts'

before(async () => { for (const language of LANGUAGES) await loadMessages(language) })

const day = dayOf({ year: 2026, month: 12, day: 7 })
const byLanguage = (title: string, run: (language: Language) => string, expected: Readonly<Record<Language, string>>) => {
  for (const language of LANGUAGES) test(`${title}, ${language}`, () => { assert.equal(run(language), expected[language]) })
}

byLanguage('a day', (l) => formatDate(day, l), { en: '7 December 2026', fr: '7 décembre 2026', ar: '7 ديسمبر 2026' })
byLanguage('a short day', (l) => formatDate(day, l, 'short'), { en: '7 Dec', fr: '7 déc.', ar: '7 ديسمبر' })
byLanguage('a mass keeps its unit beside it', (l) => formatParam({ kg: kilograms(9.6) }, l), { en: '9.6\u00a0kg', fr: '9,6\u00a0kg', ar: '9.6\u00a0كغ' })
byLanguage('a z-score has a true minus', (l) => formatZ(-2.4, l), { en: '\u22122.4', fr: '\u22122,4', ar: '\u2066\u22122.4\u2069' })
byLanguage('digits fix the decimals', (l) => formatNumber(8, l, 1), { en: '8.0', fr: '8,0', ar: '8.0' })
byLanguage('a span', (l) => formatSpan(days(13), l), { en: '13 days', fr: '13 jours', ar: '13 يومًا' })

const birth = dayOf({ year: 2025, month: 5, day: 23 })
const at = (year: number, month: number, ofMonth: number) => ({ birth, on: dayOf({ year, month, day: ofMonth }) })
for (const { on, text } of [
  { on: at(2025, 5, 23), text: '0 days' },
  { on: at(2025, 6, 5), text: '13 days' },
  { on: at(2025, 6, 6), text: '2 weeks' },
  { on: at(2025, 8, 22), text: '13 weeks' },
  { on: at(2025, 8, 23), text: '3 months' },
  { on: at(2027, 5, 22), text: '23 months' },
  { on: at(2027, 5, 23), text: '2 years' },
  { on: at(2027, 6, 23), text: '2 years 1 month' },
  { on: at(2030, 5, 23), text: '5 years' },
]) test(`an age of ${text}`, () => { assert.equal(formatAge(on, 'en'), text) })

test('Arabic counts months in its own plurals', () => {
  assert.equal(formatAge(at(2026, 11, 23), 'ar'), '18 شهرًا')
  assert.equal(formatAge(at(2025, 8, 23), 'ar'), '3 أشهر')
})

test('a message that is not in the catalogue shows its key', () => {
  assert.equal(formatMessage({ key: 'no.such.message' }, 'en'), '[no.such.message]')
})
