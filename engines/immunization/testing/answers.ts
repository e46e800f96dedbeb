/** All that the engine says of a child, as text: equal texts are equal answers. */
import type { ImmunizationEdition } from '../edition.ts'
import type { Finding } from '../finding.ts'
import { immunize } from '../immunize.ts'
import type { Probe } from './probes.ts'

const why = (findings: readonly Finding[]): string => findings.map(({ rule, day, code, dose, period }) => `${rule} ${day} ${code} ${dose} ${period}`).join(';')

export function answerWhole({ facts, assessment }: Probe, edition: ImmunizationEdition): string {
  const { evaluations, forecasts, setAside } = immunize(facts, edition, { assessment })
  return [
    ...evaluations.map((one) => `${one.dose.id} ${one.vaccineGroup} ${one.status} ${one.series} ${one.doseNumber} ${why(one.findings)}`),
    ...forecasts.map((one) => `${one.vaccineGroup} ${one.seriesType} ${one.status} ${one.doseNumber} ${one.earliest} ${one.recommended} ${one.pastDue} ${one.latest} ${one.antigens.join()} ${one.vaccines.map(({ cvx }) => cvx).join()} ${one.members.map(({ state, findings }) => `${state.series.name} ${why(findings)}`).join()}`),
    ...setAside.map(({ dose, finding }) => `${dose.id} ${why([finding])}`),
  ].join('\n')
}
