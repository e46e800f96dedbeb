/** What is wrong with an edition as it is written, said to its author before anybody is judged by it. */
import { parseDay, parsePeriod } from '@bairn/quantities'
import type { ImmunizationFigures } from './edition.ts'
import type { ScheduleData, SeriesRow } from './schedule.ts'

/** CVX, or the NUVA code of a vaccine that CVX has no code for. */
const VACCINE_CODE = /^(?:\d{2,3}|VAC\d{4})$/

/** What is wrong with an edition, for its author: each gap or typing error with its place; empty when all is well. */
export function checkImmunizationEdition(figures: ImmunizationFigures, schedule: ScheduleData): string[] {
  const problems: string[] = []
  const antigens = new Set(schedule.antigens.map(({ name }) => name))
  for (const [name, rule] of Object.entries(figures.rules)) for (const { source, evidence } of [rule, ...rule.own === undefined ? [] : [rule.own]]) {
    if (!(source in figures.sources)) problems.push(`rule ${name}: no source '${source}'`)
    if (!['stated', 'recalled', 'policy'].includes(evidence)) problems.push(`rule ${name}: evidence '${evidence}'`)
  }
  for (const code of figures.reactions ?? []) if (!(code in schedule.observations)) problems.push(`reactions: no observation '${code}'`)
  if (figures.validity !== 'own' && figures.reportedYear === undefined) problems.push('borrowed validity without the year that was reported')
  for (const { about, says } of figures.disagreements ?? []) for (const letter of Object.keys(says)) if (!(letter in figures.sources)) problems.push(`disagreement about ${about}: no source '${letter}'`)
  for (const day of [figures.effective, figures.reviewBy]) if (!parseDay(day).ok) problems.push(`not a date: '${day}'`)
  const known = (cvx: string, where: string): void => { if (!(cvx in schedule.vaccines)) problems.push(`${where}: no vaccine '${cvx}'`) }
  for (const [cvx, { antigens: associations }] of Object.entries(schedule.vaccines)) {
    if (!VACCINE_CODE.test(cvx)) problems.push(`vaccine ${cvx}: neither a CVX nor a NUVA code`)
    for (const { antigen } of associations) if (!antigens.has(antigen)) problems.push(`vaccine ${cvx}: no antigen '${antigen}'`)
    if (associations.length === 0) problems.push(`vaccine ${cvx}: no antigen at all`)
  }
  const grouped = new Set(schedule.vaccineGroups.flatMap(({ antigens: members }) => members))
  for (const name of antigens) if (!grouped.has(name)) problems.push(`antigen ${name}: in no vaccine group`)
  for (const { name, antigens: members } of schedule.vaccineGroups) {
    for (const antigen of members) if (!antigens.has(antigen)) problems.push(`vaccine group ${name}: no antigen '${antigen}'`)
  }
  // A schedule may name vaccines in its conflicts that it has no series for (BCG in the United States).
  for (const { previous, current } of schedule.conflicts) for (const cvx of [previous, ...current]) if (!VACCINE_CODE.test(cvx)) problems.push(`conflict: no vaccine '${cvx}'`)
  for (const antigen of schedule.antigens) {
    if (antigen.series.length === 0) problems.push(`${antigen.name}: no series`)
    const groups = new Set(antigen.series.map(({ seriesGroup }) => seriesGroup.id))
    for (const series of antigen.series) checkSeries(series, `${antigen.name}, ${series.name}`, { groups, known, problems, schedule })
  }
  for (const text of periodTexts(schedule)) if (!parsePeriod(text).ok) problems.push(`not a period: '${text}'`)
  return problems
}

function checkSeries(series: SeriesRow, where: string, { groups, known, problems, schedule }: { groups: ReadonlySet<string>; known: (cvx: string, where: string) => void; problems: string[]; schedule: ScheduleData }): void {
  if (series.doses.length === 0) problems.push(`${where}: no dose`)
  if (!schedule.vaccineGroups.some(({ name }) => name === series.vaccineGroup)) problems.push(`${where}: no vaccine group '${series.vaccineGroup}'`)
  if (series.type === 'risk' && (series.indications ?? []).length === 0) problems.push(`${where}: a risk series without an indication`)
  for (const { observation } of series.indications ?? []) if (!(observation in schedule.observations)) problems.push(`${where}: no observation '${observation}'`)
  series.doses.forEach((dose, index) => {
    const place = `${where}, dose ${index + 1}`
    for (const { cvx } of [...dose.preferable ?? [], ...dose.allowable ?? []]) known(cvx, place)
    if ((dose.preferable ?? []).length + (dose.allowable ?? []).length === 0) problems.push(`${place}: no vaccine counts for it`)
    for (const cvx of dose.inadvertent ?? []) known(cvx, place)
    for (const interval of [...dose.intervals ?? [], ...dose.allowableIntervals ?? []]) {
      if ('targetDose' in interval.from && !(interval.from.targetDose >= 1 && interval.from.targetDose <= index)) problems.push(`${place}: an interval from dose ${interval.from.targetDose}`)
      if ('mostRecent' in interval.from) for (const cvx of interval.from.mostRecent) if (!VACCINE_CODE.test(cvx)) problems.push(`${place}: no vaccine '${cvx}'`)
    }
    for (const { sets } of dose.skips ?? []) {
      if (sets.length === 0) problems.push(`${place}: a skip without a condition`)
      for (const condition of sets.flatMap(({ conditions }) => conditions)) {
        if (condition.kind === 'completedSeries') for (const group of condition.seriesGroups) if (!groups.has(group)) problems.push(`${place}: no series group '${group}'`)
        if (condition.kind === 'count' && !Number.isInteger(condition.count)) problems.push(`${place}: not a count: '${condition.count}'`)
      }
    }
  })
}

const PERIOD_KEYS: ReadonlySet<string> = new Set(['absMin', 'min', 'earliestRec', 'latestRec', 'max', 'begin', 'end', 'minEnd', 'interval', 'minAgeToStart', 'maxAgeToStart'])

/** Every age and interval of a schedule, as written. */
function periodTexts(schedule: ScheduleData): ReadonlySet<string> {
  const found = new Set<string>()
  const walk = (value: unknown, key: string): void => {
    if (typeof value === 'string') { if (PERIOD_KEYS.has(key)) found.add(value) } else if (Array.isArray(value)) for (const item of value) walk(item, key)
    else if (typeof value === 'object' && value !== null) for (const name in value) if (name !== 'season') walk((value as Readonly<Record<string, unknown>>)[name], name)
  }
  walk(schedule.antigens, '')
  walk(schedule.conflicts, '')
  for (const cvx in schedule.vaccines) walk(schedule.vaccines[cvx]?.antigens, '')
  return found
}
