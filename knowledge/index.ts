/** What is known: editions as data, and the sentences. See README.md. */
export { formatAge, formatDate, formatMessage, formatNumber, formatParam, formatSpan, formatZ } from './format.ts'
export { LANGUAGES, LOCALES, directionOf, getLanguage, isLanguage, loadMessages } from './messages/catalogue.ts'
export type { Area, Language, LoadedLanguage, Review } from './messages/catalogue.ts'
export { DEFAULT_IMMUNIZATION_EDITION, IMMUNIZATION_EDITIONS, loadImmunizationEdition } from './immunization.ts'
export { isPastReview, loadEditions, summarize } from './editions.ts'
export type { EditionSummary, Editions } from './editions.ts'
