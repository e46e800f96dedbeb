/**
 * Lists and loads the immunization editions. Each is large (the United States: 860 kB as text), so it is loaded when it is asked for
 * and decoded once.
 */
import { decodeImmunizationEdition, type ImmunizationEdition, type ImmunizationFigures, type ScheduleData, type UncertainDatePolicy } from '@bairn/immunization'

interface Files { readonly figures: () => Promise<{ readonly default: unknown }>; readonly schedule: () => Promise<{ readonly default: unknown }> }

const EDITIONS: Readonly<Record<string, Files>> = {
  'cdsi-4.64': {
    figures: () => import('./immunization/cdsi-4.64/edition.json', { with: { type: 'json' } }),
    schedule: () => import('./immunization/cdsi-4.64/schedule.json', { with: { type: 'json' } }),
  },
  'who-2025': {
    figures: () => import('./immunization/who-2025/edition.json', { with: { type: 'json' } }),
    schedule: () => import('./immunization/who-2025/schedule.json', { with: { type: 'json' } }),
  },
}

/** What `--schedule` and the parameter `schedule` may name. */
export const IMMUNIZATION_EDITIONS: readonly string[] = Object.keys(EDITIONS)
export const DEFAULT_IMMUNIZATION_EDITION = 'cdsi-4.64'

const COUNTRIES: Readonly<Record<string, string>> = { US: 'cdsi-4.64' }

/** The schedule of a country (ISO 3166 alpha-2): a full edition, or nothing to judge by. */
export function immunizationEditionFor(country: string): { readonly id: string; readonly kind: 'full' } | undefined {
  const id = COUNTRIES[country]
  return id === undefined ? undefined : { id, kind: 'full' }
}

const loaded = new Map<string, Promise<ImmunizationEdition>>()

/** One schedule; `undefined` when there is none of that name. @throws Error naming the edition and what is wrong with it */
export function loadImmunizationEdition(id: string): Promise<ImmunizationEdition> | undefined {
  const files = EDITIONS[id]
  if (files === undefined) return undefined
  const existing = loaded.get(id) ?? load(files)
  loaded.set(id, existing)
  return existing
}

async function load({ figures, schedule }: Files): Promise<ImmunizationEdition> {
  const [first, second] = await Promise.all([figures(), schedule()])
  return decodeImmunizationEdition(first.default as ImmunizationFigures, second.default as ScheduleData)
}

let policy: Promise<UncertainDatePolicy> | undefined

/** What is done about a dose whose day is not known. */
export const loadUncertainDatePolicy = (): Promise<UncertainDatePolicy> =>
  policy ??= import('./immunization/uncertain-dates-2026/edition.json', { with: { type: 'json' } }).then(({ default: read }) => read)
