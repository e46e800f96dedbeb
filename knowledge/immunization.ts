/**
 * Lists and loads the immunization editions. Each is large (the United States: 860 kB as text), so it is loaded when it is asked for
 * and decoded once; a page that shows one country loads one country.
 */
import { decodeImmunizationEdition, type ImmunizationEdition, type ImmunizationFigures, type ScheduleData, type UncertainDatePolicy } from '@bairn/immunization'
import { EDITIONS, REFERENCE_COUNTRIES, THREE_LETTERS, type EditionFiles } from './immunization/generated.ts'
import { listReferenceSchedules } from './referenceSchedules.ts'

/** What `--schedule` and the parameter `schedule` may name. */
export const IMMUNIZATION_EDITIONS: readonly string[] = Object.keys(EDITIONS)
export const DEFAULT_IMMUNIZATION_EDITION = 'cdsi-4.64'

const loaded = new Map<string, Promise<ImmunizationEdition>>()

/** One schedule; `undefined` when there is none of that name. @throws Error naming the edition and what is wrong with it */
export function loadImmunizationEdition(id: string): Promise<ImmunizationEdition> | undefined {
  const files = EDITIONS[id]
  if (files === undefined) return undefined
  const existing = loaded.get(id) ?? load(files)
  loaded.set(id, existing)
  return existing
}

async function load({ summary, figures, schedule }: EditionFiles): Promise<ImmunizationEdition> {
  const [first, second, shared] = await Promise.all([figures(), schedule(), summary.borrowed ? import('./immunization/national-rules.json', { with: { type: 'json' } }) : undefined])
  const own = first.default as ImmunizationFigures
  const data = second.default as ScheduleData
  // A country with borrowed validity has sources of its own, and the rules of all such countries.
  const joined = shared === undefined ? own : {
    ...own, rules: shared.default.rules, sources: { ...shared.default.sources, ...own.sources }, reactions: shared.default.reactions.filter((code) => code in data.observations),
  }
  return decodeImmunizationEdition(joined, data)
}

/** What people are told of a schedule before it is loaded. */
export interface ImmunizationEditionSummary {
  /** names it for `loadImmunizationEdition`; a reference schedule has none: `loadReferenceSchedule(country)` */
  readonly id?: string
  readonly kind: 'full' | 'reference'
  /** ISO 3166, two letters; '001' for the world */
  readonly country: string
  readonly title: string
  readonly authority: string
  readonly effective?: string
  readonly reviewBy?: string
  readonly reportedYear?: number
  /** whether a dose counts is said by another authority's rules */
  readonly borrowed?: boolean
}

/** Every schedule: the full editions by name, then what other countries reported, by country. */
export async function listImmunizationEditions(): Promise<readonly ImmunizationEditionSummary[]> {
  const full = Object.entries(EDITIONS).map(([id, { summary }]): ImmunizationEditionSummary => ({ id, kind: 'full', ...summary }))
  const reference = (await listReferenceSchedules()).filter(({ country }) => immunizationEditionFor(country)?.kind === 'reference')
  return [...full, ...reference.map(({ country, name, reportedYear }): ImmunizationEditionSummary => ({ kind: 'reference', country, title: name, authority: 'WHO/UNICEF', reportedYear }))]
}

/** The schedule of a country: its full edition (the latest), what it reported, or none. @param country ISO 3166, two letters */
export function immunizationEditionFor(country: string): { readonly id: string; readonly kind: 'full' } | { readonly kind: 'reference' } | undefined {
  const [latest] = Object.entries(EDITIONS).filter(([, { summary }]) => summary.country === country).toSorted(([, a], [, b]) => a.summary.effective < b.summary.effective ? 1 : -1)
  if (latest !== undefined) return { id: latest[0], kind: 'full' }
  return REFERENCE_COUNTRIES.split(' ').includes(country) ? { kind: 'reference' } : undefined
}

/** A country's code of two letters from one of two or three, whatever its case; none that is known here: `undefined`. */
export function findCountry(code: string): string | undefined {
  const [asked, two] = [code.trim().toUpperCase(), REFERENCE_COUNTRIES.split(' ')]
  return two.includes(asked) ? asked : two[THREE_LETTERS.split(' ').indexOf(asked)]
}

let policy: Promise<UncertainDatePolicy> | undefined

/** What is done about a dose whose day is not known. */
export const loadUncertainDatePolicy = (): Promise<UncertainDatePolicy> =>
  policy ??= import('./immunization/uncertain-dates-2026/edition.json', { with: { type: 'json' } }).then(({ default: read }) => read)
