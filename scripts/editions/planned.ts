/**
 * A series as people write it down (the source of the WHO edition, and what a national schedule is turned into), and how it becomes a
 * series of `schedule.json`. There is no grace: WHO has none, so the absolute minimum is the minimum.
 */
import type { SeriesRow, SkipRow, TargetDoseRow } from '@bairn/immunization'
import { given } from './json.ts'

export interface PlannedSeries {
  readonly antigens: readonly string[]
  readonly group: string
  readonly name: string
  readonly type?: SeriesRow['type']
  readonly default?: boolean
  readonly sexes?: SeriesRow['sexes']
  /** counts only for its own products */
  readonly product?: boolean
  /** only a dose below this age begins it */
  readonly begunBefore?: string
  /** nobody younger begins it */
  readonly startFrom?: string
  /** names the group of a risk series that stands in the place of the standard one ... */
  readonly riskGroup?: string
  /** ... and, on the standard one, which those are */
  readonly equivalent?: readonly string[]
  readonly indications?: readonly string[]
  /** vaccines of the antigen that do not count for it */
  readonly not?: readonly string[]
  readonly source: string
  readonly doses: readonly PlannedDose[]
}

export interface PlannedDose {
  /** minimum, recommended, overdue and maximum age */
  readonly age?: string
  readonly rec?: string
  readonly overdue?: string
  readonly max?: string
  /** minimum, recommended and overdue interval after the dose before */
  readonly after?: string
  readonly recAfter?: string
  readonly overdueAfter?: string
  /** the same after the first dose */
  readonly afterFirst?: string
  readonly recAfterFirst?: string
  /** a dose of the first days of life, which stands outside the count of the others */
  readonly birth?: boolean
  /** passed over from this age on */
  readonly skipFrom?: string
  /** counted when it was given, never asked for */
  readonly notForecast?: boolean
  /** passed over when no dose was given before this age and one was from it on */
  readonly skipIfBegunFrom?: string
  /** passed over when so many doses of another antigen were given */
  readonly skipWith?: { readonly vaccinesOf: string; readonly atLeast: number }
  readonly recurring?: boolean
  /** what to give, best first */
  readonly vaccines: readonly string[]
  /** those without an end of their own are for children from this age on */
  readonly lateFrom?: string
  /** what is the country's own figure, where the others are borrowed */
  readonly own?: { readonly after?: true; readonly max?: true }
  readonly note?: string
}

export interface Span { readonly begin?: string; readonly end?: string }
/** What the vaccines of a schedule are, for whoever writes its series. */
export interface VaccineFacts {
  /** codes that count for an antigen */
  readonly countedFor: (antigen: string) => readonly string[]
  /** every code that holds an antigen */
  readonly holding: (antigen: string) => readonly string[]
  /** ages at which a vaccine may be used for an antigen */
  readonly span: (code: string, antigen: string) => Span
}

/** @param place in the list of all series: earlier ones are preferred */
export function seriesRow(planned: PlannedSeries, antigen: string, { groups, vaccines, place }: { readonly groups: readonly string[]; readonly vaccines: VaccineFacts; readonly place: number }): SeriesRow {
  const { name, group, type = 'standard', sexes, product, begunBefore, startFrom, equivalent = [], indications = [], doses } = planned
  const groupName = seriesGroupOf(planned)
  return given<SeriesRow>({
    name: `${antigen}: ${name}`, vaccineGroup: group, type, sexes,
    seriesGroup: { id: groupId(groups, groupName), name: groupName },
    equivalentSeriesGroups: equivalent.map((one) => groupId(groups, one)),
    default: planned.default === true ? true : undefined, productPath: product === true ? true : undefined,
    priority: 'A', preference: place + 1, minAgeToStart: startFrom, maxAgeToStart: begunBefore,
    indications: indications.map((observation) => ({ observation })),
    doses: doses.map((dose) => doseRow(dose, planned, antigen, vaccines)),
  })
}

/** Standard, or the risk it is for. */
export const seriesGroupOf = ({ type = 'standard', riskGroup }: PlannedSeries): string => type === 'risk' ? riskGroup ?? 'increased risk' : 'standard'
function groupId(groups: readonly string[], name: string): string {
  const at = groups.indexOf(name)
  if (at < 0) throw new Error(`no series group '${name}' among ${groups.join(', ')}`)
  return String(at + 1)
}

function doseRow(dose: PlannedDose, { product, not = [] }: PlannedSeries, antigen: string, vaccines: VaccineFacts): TargetDoseRow {
  const { age, rec, overdue, max, after, recAfter, overdueAfter, afterFirst, recAfterFirst, recurring, own, lateFrom } = dose
  const ages = given<NonNullable<TargetDoseRow['ages']>[number]>({ absMin: age, min: age, earliestRec: rec, latestRec: overdue, max, ownMax: own?.max })
  const counted = product === true ? [] : vaccines.countedFor(antigen).filter((code) => !not.includes(code) && !dose.vaccines.includes(code))
  return given<TargetDoseRow>({
    ages: Object.keys(ages).length === 0 ? [] : [ages],
    intervals: [
      ...(after ?? recAfter ?? overdueAfter) === undefined ? [] : [given<NonNullable<TargetDoseRow['intervals']>[number]>({ from: { previous: true }, absMin: after, min: after, earliestRec: recAfter, latestRec: overdueAfter, own: own?.after })],
      ...(afterFirst ?? recAfterFirst) === undefined ? [] : [given<NonNullable<TargetDoseRow['intervals']>[number]>({ from: { targetDose: 1 }, absMin: afterFirst, min: afterFirst, earliestRec: recAfterFirst })],
    ],
    preferable: dose.vaccines.map((cvx) => {
      const span = vaccines.span(cvx, antigen)
      return { cvx, ...span, ...(lateFrom !== undefined && span.end === undefined ? { begin: lateFrom } : {}), forecast: true as const }
    }),
    allowable: counted.map((cvx) => ({ cvx, ...vaccines.span(cvx, antigen) })),
    skips: skipsOf(dose, vaccines),
    recurring: recurring === true ? true : undefined,
  })
}

function skipsOf({ skipFrom, notForecast, skipIfBegunFrom, skipWith }: PlannedDose, vaccines: VaccineFacts): readonly SkipRow[] {
  const skip = (context: SkipRow['context'], text: string, conditions: SkipRow['sets'][number]['conditions']): SkipRow => ({ context, logic: 'or', sets: [{ text, logic: 'and', conditions }] })
  return [
    ...skipFrom === undefined ? [] : [skip('both', `passed over from ${skipFrom} of age`, [{ kind: 'age', begin: skipFrom }])],
    ...notForecast === true ? [skip('forecast', 'counted when it was given, not asked for', [{ kind: 'age', begin: '0 days' }])] : [],
    ...skipIfBegunFrom === undefined ? [] : [skip('both', `no dose before ${skipIfBegunFrom} of age, and one from it on`, [
      { kind: 'count', end: skipIfBegunFrom, compare: 'equalTo', count: 0, validOnly: true },
      { kind: 'count', begin: skipIfBegunFrom, compare: 'greaterThan', count: 0, validOnly: true },
    ])],
    ...skipWith === undefined ? [] : [skip('both', `${skipWith.atLeast} doses or more of: ${skipWith.vaccinesOf}`, [
      { kind: 'count', compare: 'greaterThan', count: skipWith.atLeast - 1, vaccines: vaccines.holding(skipWith.vaccinesOf) },
    ])],
  ]
}
