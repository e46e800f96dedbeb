/**
 * The vaccine history of a child of the record, as the plan reads it: history.ts with the record's own ids, and reasons for what was not
 * given in the plan's words. What cannot be judged stands beside its Issue.
 */
import type { ImmunizationEdition } from '@bairn/immunization'
import type { VaccineBridge } from '@bairn/knowledge'
import type { Birth, NotGivenReason, VaccineHistory } from '@bairn/plan'
import type { Day } from '@bairn/quantities'
import type { Issue } from '@bairn/reasoning'
import { BAIRN_NOT_GIVEN, EXTENSION } from '../codes.ts'
import { findExtension, objectOf, textOf, type Json } from '../read.ts'
import { historyFromFhir, type NotGiven } from './history.ts'

/** The schedule that a child's vaccines are read by; `bridge` where a code is met that it does not know (`needsVaccineBridge`). */
export interface VaccineReading { readonly edition: ImmunizationEdition; readonly bridge?: VaccineBridge }

/** Types of which something about vaccines is read, and where each names its child. */
export const VACCINE_TYPES: Readonly<Record<string, 'patient' | 'subject'>> = { Immunization: 'patient', AdverseEvent: 'subject', Condition: 'subject', AllergyIntolerance: 'patient' }

interface Entry { readonly id: string; readonly type: string; readonly resource: Json }

/** @param entries of one child: the types above and Observation */
export function childVaccines(patient: Json, entries: readonly Entry[], { reading: { edition, bridge }, birth, on, report }: {
  readonly reading: VaccineReading; readonly birth: Birth; readonly on?: Day; readonly report: (found: Issue) => void
}): VaccineHistory {
  const named = new Map<string, string>()
  const resources = entries.map(({ id, type, resource }) => {
    // An id within a Bundle may be an address: the history is read under what stands behind the type.
    const plain = id.startsWith(`${type}/`) ? id.slice(type.length + 1) : id
    named.set(plain, id)
    return { ...resource, id: plain }
  })
  const idOf = (plain: string): string => named.get(plain) ?? plain
  const history = historyFromFhir(resources, {
    edition, from: 'record', ...(bridge === undefined ? {} : { bridge }), ...(birth.kind === 'exact' ? { birthDate: birth.day } : birth.kind === 'estimated' ? { birthDate: birth.earliest } : {}), ...(on === undefined ? {} : { assessment: on }),
  })
  for (const issue of history.issues) report(issue)
  const country = textOf(objectOf(objectOf(findExtension(patient, EXTENSION.birthPlace))?.['valueAddress'])?.['country'])
  return {
    doses: history.doses.map((dose) => ({ ...dose, id: idOf(dose.id) })),
    uncertain: history.uncertain.map((dose) => ({ ...dose, id: idOf(dose.id) })),
    unjudged: history.unjudged.map(({ id, given }) => {
      const sent = history.details.get(id)?.sent
      const coding = sent?.codings[0]
      return { id: idOf(id), ...(given === undefined ? {} : { given }), name: sent?.text ?? coding?.display ?? coding?.code ?? '–' }
    }),
    observations: history.observations,
    notGiven: history.notGiven.flatMap((one) => notGivenOf(one, idOf, history.details.get(one.id)?.notes?.[0])),
    ...(country === undefined ? {} : { birthCountry: country.toUpperCase() }),
  }
}

const OUT_OF_STOCK: ReadonlySet<string> = new Set(['OSTOCK'])
const DECLINED: ReadonlySet<string> = new Set(['PATOBJ', 'RELIG', 'PHILISOP'])

/** Without a whole day or a vaccine of the schedule nothing follows from it; it stays in the record. */
function notGivenOf({ id, vaccine, on, reason }: NotGiven, idOf: (plain: string) => string, note: string | undefined): VaccineHistory['notGiven'] {
  if (!vaccine.known || on?.precision !== 'day') return []
  const codes = (reason?.codings ?? []).flatMap(({ system, code }) => (code === undefined || system === BAIRN_NOT_GIVEN ? [] : [code]))
  const why: NotGivenReason = codes.some((code) => OUT_OF_STOCK.has(code)) ? 'outOfStock' : codes.some((code) => DECLINED.has(code)) ? 'declined' : 'deferred'
  return [{ id: idOf(id), day: on.earliest, vaccine: vaccine.code, reason: why, ...(note === undefined ? {} : { note }) }]
}
