/** What is known: editions as data, and the sentences. See README.md. */
export { formatAge, formatDate, formatMessage, formatNumber, formatParam, formatSpan, formatZ } from './format.ts'
export { LANGUAGES, LOCALES, directionOf, getLanguage, isLanguage, loadMessages } from './messages/catalogue.ts'
export type { Area, Language, LoadedLanguage, Review } from './messages/catalogue.ts'
export { DEFAULT_IMMUNIZATION_EDITION, IMMUNIZATION_EDITIONS, immunizationEditionFor, loadImmunizationEdition, loadUncertainDatePolicy } from './immunization.ts'
export { isPastReview, loadEditions, loadEditionsFor, summarize } from './editions.ts'
export type { EditionSummary, Editions } from './editions.ts'
export { loadVaccineBridge } from './codes.ts'
export type { CodeTables, CodeTarget, ConceptTables, NameTables, VaccineBridge, VaccineConcept } from './codes/bridge.ts'
