/**
 * Which series concern this child (CDSi logic specification 4.6, chapter 5): the sex fits, and a risk series has an indication that
 * an active observation describes.
 */
import type { Series } from './edition.ts'
import type { Finding } from './finding.ts'
import { isWithin, type Child } from './patient.ts'

export function isRelevant(child: Child, series: Series): boolean {
  if (series.type === 'risk' && child.observations.size === 0) return false
  if (series.sexes.length > 0 && !series.sexes.includes(child.facts.sex)) return false
  return series.type !== 'risk' || findIndication(child, series) !== undefined
}

/** Table 5-4: indicationBegin <= assessment day < indicationEnd. */
export function findIndication(child: Child, { indications }: Series): Finding | undefined {
  if (child.observations.size === 0) return undefined
  const found = indications.find((row) => child.observations.has(row.observation) && isWithin(child, row, child.assessment))
  return found === undefined ? undefined : { rule: 'series.indication', code: found.observation }
}
