/**
 * Writes `knowledge/immunization/generated.ts`: every folder of knowledge/immunization with an edition.json and a schedule.json, what people are told of it,
 * and how it is loaded. A country is a folder and no code.
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { ImmunizationFigures } from '@bairn/immunization'
import { IMMUNIZATION, readJson } from './national/source.ts'
import { alpha2ByIso3 } from './reference.ts'

export const LISTING_FILE = path.join(IMMUNIZATION, 'generated.ts')
export const writeListing = (): void => writeFileSync(LISTING_FILE, listing())

export function listing(): string {
  const folders = readdirSync(IMMUNIZATION).filter((folder) => existsSync(path.join(IMMUNIZATION, folder, 'edition.json')) && existsSync(path.join(IMMUNIZATION, folder, 'schedule.json'))).toSorted()
  const literal = (value: string | number): string => typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "\\'")}'`
  const entries = folders.map((folder) => {
    const { country, title, authority, effective, reviewBy, reportedYear, validity } = readJson<Omit<ImmunizationFigures, 'rules'>>(path.join(IMMUNIZATION, folder, 'edition.json'))
    const said = { country, title, authority, effective, reviewBy, ...(reportedYear === undefined ? {} : { reportedYear }) }
    return [
      `  ${literal(folder)}: {`,
      `    summary: { ${Object.entries(said).map(([key, value]) => `${key}: ${literal(value)}`).join(', ')}, borrowed: ${validity !== 'own'} },`,
      `    figures: () => import('./${folder}/edition.json', { with: { type: 'json' } }),`,
      `    schedule: () => import('./${folder}/schedule.json', { with: { type: 'json' } }),`,
      '  },',
    ].join('\n')
  })
  return `/** Written by scripts/editions/listing.ts (\`npm run editions\`): the folders beside this file. */
export interface EditionFiles {
  readonly summary: { readonly country: string; readonly title: string; readonly authority: string; readonly effective: string; readonly reviewBy: string; readonly reportedYear?: number; readonly borrowed: boolean }
  readonly figures: () => Promise<{ readonly default: unknown }>
  readonly schedule: () => Promise<{ readonly default: unknown }>
}

export const EDITIONS: Readonly<Record<string, EditionFiles>> = {
${entries.join('\n')}
}

/** Countries whose reported schedule stands in reference/schedules.json. */
export const REFERENCE_COUNTRIES = '${[...alpha2ByIso3().values()].toSorted().join(' ')}'

/** Their codes of three letters (ISO 3166), in the same order. */
export const THREE_LETTERS = '${[...alpha2ByIso3()].toSorted(([, a], [, b]) => a < b ? -1 : 1).map(([iso3]) => iso3).join(' ')}'
`
}
