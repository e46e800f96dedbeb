/**
 * What one schedule says of each dose, antigen by antigen. `immunize` puts antigens together by vaccine group, as a forecast needs them;
 * who compares two schedules needs them apart, because their groups differ.
 */
import type { Day } from '@bairn/quantities'
import type { ImmunizationEdition } from './edition.ts'
import { ageRowOn, type Evaluation } from './evaluate.ts'
import type { Finding } from './finding.ts'
import { together, walk } from './immunize.ts'
import { dateOfAge, type Child, type EvaluationStatus, type ImmunizationFacts } from './patient.ts'

export interface Judgement {
  readonly status: EvaluationStatus
  readonly findings: readonly Finding[]
  readonly doseNumber?: number
  /** when the schedule itself recommends that dose, where it gives an age */
  readonly usual?: { readonly day: Day; readonly period: string }
}
export interface Judgements {
  /** by dose id, then by antigen */
  readonly byDose: ReadonlyMap<string, ReadonlyMap<string, Judgement>>
  /** why a dose could not be judged, by dose id */
  readonly setAside: ReadonlyMap<string, Finding>
}

export function judge(facts: ImmunizationFacts, edition: ImmunizationEdition, { assessment }: { readonly assessment: Day }): Judgements {
  const { child, best } = walk(facts, edition, { assessment })
  const byDose = new Map<string, Map<string, Judgement>>()
  for (const [antigen, series] of best) {
    const byEvaluated = Map.groupBy(series.flatMap(({ state }) => state.evaluations), ({ dose }) => dose.id)
    for (const [id, evaluations] of byEvaluated) {
      const judged = byDose.get(id) ?? new Map<string, Judgement>()
      byDose.set(id, judged.set(antigen, judgementOf(evaluations, child)))
    }
  }
  return { byDose, setAside: new Map(child.setAside.map(({ dose, finding }) => [dose.id, finding])) }
}

/** Several best series of one antigen: what they say together, with the reasons of those that say so. */
function judgementOf(evaluations: readonly Evaluation[], child: Child): Judgement {
  const status = together(evaluations.map((evaluation) => evaluation.status))
  const deciding = evaluations.filter((evaluation) => evaluation.status === status)
  const [first] = deciding
  const age = first === undefined ? undefined : ageRowOn(first.target?.ages ?? [], first.dose.date)?.earliestRec
  return {
    status, findings: first?.findings ?? [], ...(first?.target === undefined ? {} : { doseNumber: first.target.number }),
    ...(age === undefined ? {} : { usual: { day: dateOfAge(child, age), period: age.text } }),
  }
}
