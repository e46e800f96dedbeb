/** `national.json` of a country's folder: what its sources say, in a form that a person can hold against them. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from '../../boundaries.ts'

export interface NationalSource {
  readonly lines: readonly NationalLine[]
  /** rows of the report that this edition does not offer, and why */
  readonly leftOut: readonly { readonly vaccine: string; readonly why: string }[]
}

export interface NationalLine {
  /** code of the report; several: any of them is the dose */
  readonly vaccine: string | readonly string[]
  readonly doses: readonly string[]
  readonly sex?: 'female'
  /** only in part of the country */
  readonly somePlaces?: true
  /** products with schedules of their own */
  readonly path?: string
  /** what the country's own source says of a dose, by its place in the line; all else is WHO's */
  readonly own?: Readonly<Record<string, { readonly after?: string; readonly max?: string }>>
  /** letter of a source in edition.json */
  readonly source: string
  readonly note?: string
}

export const IMMUNIZATION = path.join(ROOT, 'knowledge/immunization')
export const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T
export const readNational = (folder: string): NationalSource => readJson<NationalSource>(path.join(IMMUNIZATION, folder, 'national.json'))

/** One place for the figures that no source gives: `knowledge/immunization/national-policy.json`. */
export interface NationalPolicy { readonly overdueAfter: string; readonly shortestInterval: string }
export const readPolicy = (): NationalPolicy => readJson<NationalPolicy>(path.join(IMMUNIZATION, 'national-policy.json'))

interface ReportedVaccine { readonly codes: readonly string[]; readonly antigens?: readonly string[] }
export const reportedVaccines = (): Readonly<Record<string, ReportedVaccine>> => readJson(path.join(ROOT, 'scripts/editions/sources/who-unicef/vaccines.json'))
