/**
 * Lists and loads the immunization editions. Each is large (the United States: 860 kB as text), so it is loaded when it is asked for
 * and decoded once; a page that shows one country loads one country.
 */
import { decodeImmunizationEdition, type ImmunizationEdition, type ImmunizationFigures, type ScheduleData } from '@bairn/immunization'
import { EDITIONS, type EditionFiles } from './immunization/generated.ts'

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
  // A country with borrowed validity has sources of its own, and the rules of all such countries.
  const joined = shared === undefined ? own : { ...own, rules: shared.default.rules, sources: { ...shared.default.sources, ...own.sources } }
  return decodeImmunizationEdition(joined, second.default as ScheduleData)
}
