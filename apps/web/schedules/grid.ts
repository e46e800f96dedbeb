/**
 * A schedule as a grid: who is vaccinated by age, as the engine itself forecasts it for a child who comes on every recommended day.
 * Rows are vaccine groups; groups given by the same products on the same days share one. What is given in some places only stands as its
 * series says; what no age decides (a season, a talk with the family, an adult's vaccine) stands beside the grid. Pure.
 */
import { diseaseOf, periodMessage, routineOf, spanMessage, type ImmunizationEdition, type RoutineDose, type Series, type TargetDose } from '@bairn/immunization'
import { addPeriod, completedMonths, type Day } from '@bairn/quantities'
import type { Message } from '@bairn/reasoning'

interface GridColumn { readonly key: string; readonly day: Day; readonly age: Message }
export interface GridCell { readonly column: string; readonly number: number; readonly again: boolean }
export interface GridRow {
  readonly key: string
  /** what it protects against, as the edition calls it */
  readonly antigens: readonly string[]
  /** codes of the vaccines that the schedule names */
  readonly products: readonly string[]
  readonly sex: 'everybody' | 'girls' | 'boys'
  readonly somePlaces: boolean
  /** the sources differ or are silent about it */
  readonly unsure: boolean
  readonly cells: readonly GridCell[]
}
interface Aside { readonly group: string; readonly why: 'talk' | 'season' | 'later' }
export interface Grid { readonly columns: readonly GridColumn[]; readonly rows: readonly GridRow[]; readonly aside: readonly Aside[] }

/** @param birth the child whom the schedule meets: dates of the calendar decide seasons and rows in force */
export function gridOf(edition: ImmunizationEdition, birth: Day): Grid {
  const [girls, boys] = [routineOf({ birthDate: birth, sex: 'female' }, edition), routineOf({ birthDate: birth, sex: 'male' }, edition)]
  const everywhere = [...new Set([...girls, ...boys].map(({ vaccineGroup }) => vaccineGroup))].map((group) => {
    const ofGroup = (routine: readonly RoutineDose[]): readonly RoutineDose[] => routine.filter(({ vaccineGroup }) => vaccineGroup === group)
    const [hers, his] = [ofGroup(girls), ofGroup(boys)]
    return { groups: [group], antigens: antigensOf([...hers, ...his]), sex: his.length === 0 ? 'girls' as const : hers.length === 0 ? 'boys' as const : 'everybody' as const, doses: hers.length === 0 ? his : hers, somePlaces: false }
  })
  const some = placeSeries(edition).map((series) => ({ groups: [series.vaccineGroup], antigens: [series.antigen], sex: sexOf(series), doses: datesOf(series, birth), somePlaces: true }))
  const all = [...merged(everywhere), ...some]
  const days = new Map(all.flatMap(({ doses }) => doses.map(({ day, age }) => [day, age?.text] as const)).toSorted(([a, textA], [b, textB]) => a - b || (textA ?? '').localeCompare(textB ?? '')))
  const columns = new Map<string, GridColumn>()
  const keys = new Map<Day, string>()
  for (const [day, text] of days) {
    const age: Message = day === birth ? { key: 'schedules.birth' } : text === undefined ? ageAt(birth, day) : periodMessage(text)
    const key = JSON.stringify(age)
    keys.set(day, key)
    if (!columns.has(key)) columns.set(key, { key, day, age })
  }
  return {
    columns: [...columns.values()],
    rows: all.map(({ groups, antigens, sex, doses, somePlaces }, at) => ({
      key: `${at} ${groups.join()}`, antigens, sex, somePlaces, products: namedProducts(doses, edition), unsure: groups.some((group) => isUnsure(group, doses, edition)),
      cells: doses.map(({ day, doseNumber, recurring }) => ({ column: keys.get(day) ?? '', number: doseNumber, again: recurring })),
    })),
    aside: asideOf(edition, new Set(all.flatMap(({ groups }) => groups))),
  }
}

/** Where an interval decides: to the day, so that two doses four weeks apart do not stand at one age. */
export function ageAt(birth: Day, day: Day): Message {
  const whole = addPeriod(birth, { months: completedMonths({ birth, on: day }), days: 0 })
  const rest = day - whole
  const inWeeks = (day - birth) % 7 === 0 && day - birth <= 26 * 7
  if (rest === 0 || whole === birth || inWeeks) return spanMessage(birth, day)
  return { key: 'immunization.periodMore', params: { period: { message: spanMessage(birth, whole) }, days: { message: spanMessage(whole, day) } } }
}

interface Line { readonly groups: readonly string[]; readonly antigens: readonly string[]; readonly sex: GridRow['sex']; readonly doses: readonly Dosed[]; readonly somePlaces: boolean }
type Dosed = Pick<RoutineDose, 'day' | 'doseNumber' | 'recurring'> & { readonly cvx: string; readonly age?: { readonly text: string } }

/** What is given, not what the group could give: a measles-rubella vaccine is no mumps vaccine. */
const antigensOf = (doses: readonly RoutineDose[]): readonly string[] => [...new Set(doses.flatMap(({ antigens }) => antigens))]

/** Groups given by the same vaccines on the same days, in one line. */
function merged(lines: readonly Line[]): readonly Line[] {
  const found = new Map<string, Line>()
  for (const line of lines) {
    const key = JSON.stringify([line.sex, line.doses.map(({ day, cvx, doseNumber }) => [day, cvx, doseNumber])])
    const same = found.get(key)
    found.set(key, same === undefined ? line : { ...same, groups: [...same.groups, ...line.groups], antigens: [...same.antigens, ...line.antigens] })
  }
  return [...found.values()]
}

/** Asked for by where a child lives, and by nothing else. */
export const isOfSomePlaces = ({ type, indications }: Series, { observations }: Pick<ImmunizationEdition, 'observations'>): boolean =>
  type === 'risk' && indications.length > 0 && indications.every(({ observation }) => observations[observation]?.ofPlace === true)

/** Of several products for one place the first stands for all. */
const placeSeries = (edition: ImmunizationEdition): readonly Series[] => edition.antigens.flatMap(({ series }) => {
  const found = series.filter((one) => isOfSomePlaces(one, edition))
  return found.filter((one) => !one.productPath || found.find((other) => other.productPath) === one)
})
const sexOf = ({ sexes }: Series): GridRow['sex'] => sexes.length === 0 || (sexes.includes('female') && sexes.includes('male')) ? 'everybody' : sexes.includes('female') ? 'girls' : 'boys'

/** Recommended ages of a series; where an interval decides, counted from the dose before. */
function datesOf({ doses }: Series, birth: Day): readonly Dosed[] {
  let before = birth
  return doses.map((dose: TargetDose) => {
    const age = dose.ages[0]?.earliestRec
    const interval = dose.intervals.find(({ from }) => 'previous' in from)
    const wait = interval?.earliestRec ?? interval?.min
    before = age !== undefined ? addPeriod(birth, age) : wait === undefined ? before : addPeriod(before, wait)
    return { day: before, cvx: dose.preferable.find(({ forecast }) => forecast)?.cvx ?? '', doseNumber: dose.number, recurring: dose.recurring, ...(age === undefined ? {} : { age }) }
  })
}

/** Only what the schedule itself names for a dose, not what would also do. */
function namedProducts(doses: readonly Dosed[], { antigens }: ImmunizationEdition): readonly string[] {
  const named = new Set(antigens.flatMap(({ series }) => series.filter(({ type }) => type !== 'evaluationOnly').flatMap((one) => one.doses.flatMap(({ preferable }) => preferable.filter(({ forecast }) => forecast).map(({ cvx }) => cvx)))))
  const found = [...new Set(doses.map(({ cvx }) => cvx))].filter((cvx) => named.has(cvx))
  return found.length === new Set(doses.map(({ cvx }) => cvx)).size ? found : []
}

function isUnsure(group: string, doses: readonly Dosed[], { unknown = [], disagreements = [], vaccines, vaccineGroups }: ImmunizationEdition): boolean {
  const names = new Set([group, ...(vaccineGroups.find(({ name }) => name === group)?.antigens ?? []).flatMap((antigen) => [antigen, diseaseOf(antigen)]), ...doses.map(({ cvx }) => vaccines.get(cvx)?.name ?? '')])
  return [...unknown, ...disagreements].some(({ about }) => names.has(about))
}

/** Groups with a schedule for everybody that no age alone decides. */
function asideOf({ antigens }: ImmunizationEdition, shown: ReadonlySet<string>): readonly Aside[] {
  const groups = new Map<string, Aside['why']>()
  for (const series of antigens.flatMap((antigen) => antigen.series)) {
    if (series.type !== 'standard' || shown.has(series.vaccineGroup)) continue
    const why = series.sharedDecision ? 'talk' : series.doses.some(({ season }) => season !== undefined) ? 'season' : 'later'
    if (!groups.has(series.vaccineGroup)) groups.set(series.vaccineGroup, why)
  }
  return [...groups].map(([group, why]) => ({ group, why }))
}
