/**
 * Joins a country's recommended ages with WHO's validity: minimum ages, intervals, maximum ages, doses that need no longer be given.
 * A country that recommends a dose earlier than WHO's minimum counts it at that age: nobody is told that the dose they were called for
 * does not count.
 */
import type { PlannedDose, PlannedSeries, VaccineFacts } from '../planned.ts'
import { about, fitting, isShorter } from './ages.ts'
import type { NationalDose } from './doses.ts'
import type { NationalPolicy } from './source.ts'

export interface Borrowing { readonly antigen: string; readonly who: readonly PlannedSeries[]; readonly vaccines: VaccineFacts; readonly policy: NationalPolicy }

/** A country with inactivated vaccine alone counts every polio vaccine; its figures are those of WHO's inactivated series. */
const whoName = (antigen: string): string => antigen === 'Polio' ? 'Polio (inactivated)' : antigen
export const isBirthDose = ({ from }: NationalDose): boolean => from !== undefined && about(from) <= 7

/** WHO's series of as many doses, else the longest that is not longer, else the first; none where WHO has none for the antigen. */
export function whoSeriesFor(doses: readonly NationalDose[], { antigen, who }: Borrowing): PlannedSeries | undefined {
  const own = who.filter(({ antigens, startFrom }) => antigens.includes(whoName(antigen)) && startFrom === undefined)
  const standard = own.filter(({ type }) => type !== 'risk')
  const fits = (standard.length > 0 ? standard : own).filter(({ product, doses: [first] }) => product !== true || doses.every(({ codes }) => codes.every((code) => first?.vaccines.includes(code) === true)))
  const length = (series: PlannedSeries): number => series.doses.filter(({ birth }) => birth !== true).length
  const wanted = doses.filter((dose) => !isBirthDose(dose)).length
  const usual = fits.find((one) => length(one) === wanted) ?? fits.filter((one) => length(one) < wanted).toSorted((a, b) => length(b) - length(a))[0] ?? fits[0]
  return usual === undefined ? undefined : forItsSetting(usual, own, doses)
}

/**
 * WHO has series for places of a kind (measles is rare: not before 12 months). A country that begins nearer to such a one than to the
 * usual is such a place, and is judged by it.
 */
function forItsSetting(usual: PlannedSeries, own: readonly PlannedSeries[], doses: readonly NationalDose[]): PlannedSeries {
  const begins = doses.find(({ from }) => from !== undefined)?.from
  const first = usual.doses[0]?.age
  if (begins === undefined || first === undefined) return usual
  const distance = (age: string): number => Math.abs(about(age) - about(begins))
  const others = own.filter(({ type, indications = [], doses: rows }) => type === 'risk' && rows.length === usual.doses.length && indications.every((code) => code.startsWith('setting-')))
  return others.reduce((best, other) => distance(other.doses[0]?.age ?? first) < distance(best.doses[0]?.age ?? first) ? other : best, usual)
}

export function borrow(doses: readonly NationalDose[], borrowing: Borrowing): readonly PlannedDose[] {
  const { policy } = borrowing
  const who = whoSeriesFor(doses, borrowing)?.doses ?? []
  const [birth] = who.filter((dose) => dose.birth === true)
  const counted = who.filter((dose) => dose.birth !== true)
  const hasBirthDose = birth !== undefined && doses.some(isBirthDose)
  const tooOld = (max: string | undefined): boolean => max !== undefined && doses.some(({ from }) => from !== undefined && !isShorter(from, max))
  let place = -1
  let before: NationalDose | undefined
  const planned = doses.map((dose): PlannedDose => {
    const { from, overdue, after, codes, own } = dose
    const rec = {
      ...(from === undefined ? {} : { rec: from, overdue: overdue ?? `${from} + ${policy.overdueAfter}` }),
      ...(after === undefined ? {} : { recAfter: after, overdueAfter: `${after} + ${policy.overdueAfter}` }),
    }
    const previous = before
    before = dose
    if (birth !== undefined && isBirthDose(dose)) return { age: '0 days', ...rec, birth: true, ...(birth.skipFrom === undefined ? {} : { skipFrom: birth.skipFrom }), vaccines: codes }
    place += 1
    const [rule, last] = [counted[place], counted.at(-1)]
    const age = minimumAge(dose, { rule: place < counted.length ? rule : undefined, single: place === 0 && doses.length < counted.length ? counted[doses.length]?.skipIfBegunFrom : undefined })
    const interval = previous === undefined && !(place === 0 && birth !== undefined) ? undefined
      : own?.after ?? minimumInterval({ dose, previous, interval: rule?.after ?? (place === 1 ? rule?.afterFirst : undefined) ?? last?.after ?? policy.shortestInterval })
    const max = own?.max ?? (tooOld((rule ?? last)?.max) ? undefined : (rule ?? last)?.max)
    const skip = place === 0 ? undefined : (rule ?? last)?.skipIfBegunFrom
    return {
      ...(age === undefined ? {} : { age }), ...rec, ...(interval === undefined ? {} : { after: interval }), ...(max === undefined ? {} : { max }), ...(skip === undefined ? {} : { skipIfBegunFrom: skip }),
      ...(own === undefined ? {} : { own: { ...(own.after === undefined ? {} : { after: true as const }), ...(own.max === undefined ? {} : { max: true as const }) } }),
      vaccines: codes,
    }
  })
  // A birth dose from another country counts as one, here too; nobody is called for it.
  return birth === undefined || hasBirthDose ? planned
    : [{ age: '0 days', birth: true, notForecast: true, ...(birth.skipFrom === undefined ? {} : { skipFrom: birth.skipFrom }), vaccines: birth.vaccines }, ...planned]
}

/** WHO's, or the country's recommended age where that is earlier; a dose that WHO takes as the only one only from some age on, from there. */
function minimumAge({ from }: NationalDose, { rule, single }: { readonly rule: PlannedDose | undefined; readonly single: string | undefined }): string | undefined {
  if (single !== undefined && from !== undefined && !isShorter(from, single)) return single
  const age = rule?.age
  return age === undefined || from === undefined || !isShorter(from, age) ? age : from
}

/** WHO's, or what lies between the country's two recommended ages where that is less. */
function minimumInterval({ dose, previous, interval }: { readonly dose: NationalDose; readonly previous: NationalDose | undefined; readonly interval: string }): string {
  if (dose.after !== undefined) return isShorter(dose.after, interval) ? dose.after : interval
  if (previous?.from === undefined || dose.from === undefined) return interval
  return fitting({ from: previous.from, to: dose.from, interval })
}
