/** The first gap of a country's folder, with its place, for whoever is adding the country. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseDay } from '@bairn/quantities'
import { parseReportedAge } from './ages.ts'
import { reportedVaccines, type NationalLine } from './source.ts'

type Loose = Readonly<Record<string, unknown>>

const EDITION_KEYS = ['id', 'authority', 'rulePrefix', 'title', 'country', 'effective', 'reviewBy', 'validity', 'reportedYear', 'licence', 'sources', 'birthCohorts', 'disagreements', 'unknown'] as const
const WHY = ['pregnancy', 'women', 'adults', 'season', 'catchUp', 'noAge', 'notAVaccine']

/** @param folder of knowledge/immunization; undefined when nothing is missing */
export function firstGap(folder: string): string | undefined {
  const name = path.basename(folder)
  for (const file of ['edition.json', 'national.json']) {
    if (!existsSync(path.join(folder, file))) return `${name}: no ${file}`
    try { JSON.parse(readFileSync(path.join(folder, file), 'utf8')) } catch (problem) { return `${name}/${file}: ${(problem as Error).message}` }
  }
  const read = (file: string): Loose => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Loose
  const edition = read('edition.json')
  return editionGap(edition, name) ?? nationalGap(read('national.json'), edition, name)
}

function editionGap(edition: Loose, name: string): string | undefined {
  const place = `${name}/edition.json`
  for (const key of EDITION_KEYS) if (!(key in edition)) return `${place}: no ${key}`
  if (edition['id'] !== `immunization/${name}`) return `${place}, id: not 'immunization/${name}' but '${String(edition['id'])}'`
  if (edition['rulePrefix'] !== `national.${name}`) return `${place}, rulePrefix: not 'national.${name}' but '${String(edition['rulePrefix'])}'`
  if (!/^[A-Z]{2}$/.test(String(edition['country']))) return `${place}, country: not two letters of ISO 3166: '${String(edition['country'])}'`
  for (const key of ['effective', 'reviewBy']) if (!parseDay(String(edition[key])).ok) return `${place}, ${key}: not a date: '${String(edition[key])}'`
  return undefined
}

function nationalGap({ lines, leftOut }: Loose, { sources }: Loose, name: string): string | undefined {
  const place = `${name}/national.json`
  if (!Array.isArray(lines) || lines.length === 0) return `${place}: no lines`
  if (!Array.isArray(leftOut)) return `${place}: no leftOut`
  const known = reportedVaccines()
  for (const [index, line] of (lines as readonly Partial<NationalLine>[]).entries()) {
    const where = `${place}, line ${index + 1}`
    const names = typeof line.vaccine === 'string' ? [line.vaccine] : line.vaccine ?? []
    if (names.length === 0) return `${where}: no vaccine`
    for (const vaccine of names) if (!(vaccine in known)) return `${where}: no vaccine '${vaccine}' in sources/who-unicef/vaccines.json`
    if (line.doses === undefined || line.doses.length === 0) return `${where} (${names.join(', ')}): no doses`
    for (const [at, token] of line.doses.entries()) {
      try { if (parseReportedAge(token).kind === 'after' && at === 0) return `${where} (${names.join(', ')}), dose 1: an interval and no dose before it` } catch (problem) { return `${where} (${names.join(', ')}), dose ${at + 1}: ${(problem as Error).message}` }
    }
    if (line.source === undefined || !(line.source in (sources as Loose))) return `${where} (${names.join(', ')}): no source '${String(line.source)}' in edition.json`
  }
  for (const [index, row] of (leftOut as readonly Loose[]).entries()) if (!WHY.includes(String(row['why']))) return `${place}, leftOut ${index + 1}: no reason '${String(row['why'])}'`
  return undefined
}
