/** Combination vaccines whose components a schedule treats exactly as it treats them, so that either can stand for the other. */
import type { AntigenRow, ScheduleData } from '../schedule.ts'

export interface Combination {
  readonly cvx: string
  /** together they hold its antigens, each once; none: no such vaccines are in the schedule */
  readonly components?: readonly string[]
}

export function combinationsOf(schedule: ScheduleData): readonly Combination[] {
  const codes = Object.keys(schedule.vaccines)
  const antigens = (cvx: string): readonly string[] => [...new Set(schedule.vaccines[cvx]?.antigens.map(({ antigen }) => antigen))]
  return codes.filter((cvx) => antigens(cvx).length > 1).map((cvx) => {
    const whole = antigens(cvx)
    const alike = codes.filter((other) => antigens(other).length < whole.length && antigens(other).every((antigen) => whole.includes(antigen) && treatment(schedule, antigen, other) === treatment(schedule, antigen, cvx)))
    const components = cover(whole, alike, antigens)
    return components === undefined ? { cvx } : { cvx, components }
  })
}

/** The fewest vaccines that hold each antigen once, single ones where there is a choice. */
function cover(left: readonly string[], codes: readonly string[], antigens: (cvx: string) => readonly string[]): readonly string[] | undefined {
  const [first] = left
  if (first === undefined) return []
  for (const cvx of codes.filter((one) => antigens(one).includes(first)).toSorted((a, b) => antigens(a).length - antigens(b).length)) {
    if (!antigens(cvx).every((antigen) => left.includes(antigen))) continue
    const rest = cover(left.filter((antigen) => !antigens(cvx).includes(antigen)), codes, antigens)
    if (rest !== undefined) return [cvx, ...rest]
  }
  return undefined
}

/** Everything that the series of an antigen, and the conflicts, say of one vaccine, as text: equal texts are equal treatment. */
function treatment(schedule: ScheduleData, antigen: string, cvx: string): string {
  const { series, vaccineContraindications } = schedule.antigens.find(({ name }) => name === antigen) as AntigenRow
  const ages = (rows: readonly { readonly cvx: string; readonly begin?: string; readonly end?: string; readonly mvx?: string }[] = []): readonly string[] =>
    [...new Set(rows.filter((row) => row.cvx === cvx).map(({ begin, end, mvx }) => `${begin}-${end}-${mvx}`))]
  return JSON.stringify([
    schedule.vaccines[cvx]?.antigens.filter((one) => one.antigen === antigen).map(({ begin, end }) => [begin, end]),
    series.flatMap(({ doses }) => doses.map(({ preferable = [], allowable = [], inadvertent = [], intervals = [], allowableIntervals = [], skips = [] }) => [
      ages([...preferable, ...allowable]), inadvertent.includes(cvx),
      [...intervals, ...allowableIntervals].map(({ from }) => 'mostRecent' in from && from.mostRecent.includes(cvx)),
      skips.map(({ sets }) => sets.map(({ conditions }) => conditions.map((one) => one.kind === 'count' && one.vaccines?.includes(cvx) === true))),
    ])),
    vaccineContraindications.map(({ vaccines }) => ages(vaccines)),
    schedule.conflicts.filter(({ previous }) => previous === cvx).map(({ current, begin, minEnd, end }) => [current, begin, minEnd, end]),
    schedule.conflicts.filter(({ current }) => current.includes(cvx)).map(({ previous, begin, minEnd, end }) => [previous, begin, minEnd, end]),
  ])
}
