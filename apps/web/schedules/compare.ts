/**
 * In what two schedules differ for a child born today: vaccines that only one of them gives, other numbers of doses, other ages, other
 * limits of age. Both are walked by the engine, so it is their answers that are compared, not how they are written. Pure.
 */
import { differencesBetween, diseaseOf, routineOf, type Difference, type ImmunizationEdition, type NumberedPeriod, type RoutineDose } from '@bairn/immunization'
import type { Day } from '@bairn/quantities'
import { isOfSomePlaces } from './grid.ts'

export interface Side { readonly doses: readonly RoutineDose[]; readonly somePlaces: boolean; readonly inSchedule: boolean }
interface ComparedLine { readonly disease: string; readonly kind: Difference['kind']; readonly sex: 'everybody' | 'girls' | 'boys'; readonly one: Side; readonly other: Side }
interface ComparedLimit { readonly disease: string; readonly limit: 'earliest' | 'latest'; readonly one: NumberedPeriod; readonly other: NumberedPeriod }
export interface Compared { readonly lines: readonly ComparedLine[]; readonly limits: readonly ComparedLimit[]; readonly same: readonly string[] }

export function compare(one: ImmunizationEdition, other: ImmunizationEdition, birth: Day): Compared {
  const [hers, his] = (['female', 'male'] as const).map((sex) => differencesBetween({ birthDate: birth, sex, doses: [], observations: [] }, { from: other, to: one })) as [readonly Difference[], readonly Difference[]]
  const key = ({ disease, kind, here, there }: Difference): string => JSON.stringify([disease, kind, [here, there].map((doses) => doses.map(({ day }) => day))])
  const [herKeys, hisKeys] = [new Set(hers.map(key)), new Set(his.map(key))]
  const line = (found: Difference, sex: ComparedLine['sex']): ComparedLine => ({ disease: found.disease, kind: found.kind, sex, one: side(found.here, found.disease, one), other: side(found.there, found.disease, other) })
  const lines: ComparedLine[] = [
    ...hers.map((found) => line(found, hisKeys.has(key(found)) ? 'everybody' : 'girls')),
    ...his.filter((found) => !herKeys.has(key(found))).map((found) => line(found, 'boys')),
  ]
  lines.push(...placesOnly(one, other, new Set(lines.map(({ disease }) => disease))))
  const limits = limitsOf(one, other)
  const different = new Set([...lines, ...limits].map(({ disease }) => disease))
  const given = (edition: ImmunizationEdition): readonly string[] => routineOf({ birthDate: birth, sex: 'female' }, edition).flatMap(({ antigens }) => antigens.map(diseaseOf))
  return { lines, limits, same: [...new Set([...given(one), ...given(other)])].filter((disease) => !different.has(disease)) }
}

const side = (doses: readonly RoutineDose[], disease: string, edition: ImmunizationEdition): Side => {
  const own = edition.antigens.filter(({ name }) => diseaseOf(name) === disease)
  return { doses, inSchedule: own.length > 0, somePlaces: own.some(({ series }) => series.some((one) => isOfSomePlaces(one, edition))) }
}

/** Given in some places by one, and unknown to the other. */
function placesOnly(one: ImmunizationEdition, other: ImmunizationEdition, told: ReadonlySet<string>): readonly ComparedLine[] {
  return [...new Set([...one.antigens, ...other.antigens].map(({ name }) => diseaseOf(name)))].flatMap((disease): ComparedLine[] => {
    const [mine, theirs] = [side([], disease, one), side([], disease, other)]
    return told.has(disease) || mine.inSchedule === theirs.inSchedule || !(mine.somePlaces || theirs.somePlaces) ? [] : [{ disease, kind: mine.inSchedule ? 'onlyHere' : 'onlyThere', sex: 'everybody', one: mine, other: theirs }]
  })
}

/** Minimum age of the first dose and the age from which none counts, where both schedules state one. */
function limitsOf(one: ImmunizationEdition, other: ImmunizationEdition): readonly ComparedLimit[] {
  const [ours, theirs] = [limitsBy(one), limitsBy(other)]
  return [...ours].flatMap(([disease, mine]) => (['earliest', 'latest'] as const).flatMap((limit): ComparedLimit[] => {
    const [a, b] = [mine[limit], theirs.get(disease)?.[limit]]
    return a === undefined || b === undefined || (a.months === b.months && a.days === b.days) ? [] : [{ disease, limit, one: a, other: b }]
  }))
}

interface Limits { readonly earliest?: NumberedPeriod; readonly latest?: NumberedPeriod }
function limitsBy({ antigens }: ImmunizationEdition): ReadonlyMap<string, Limits> {
  const found = new Map<string, Limits>()
  for (const { name, series } of antigens) {
    const usual = series.find(({ type, isDefault }) => type === 'standard' && isDefault)
    const [first, last] = [usual?.doses[0]?.ages[0]?.min, usual?.doses.at(-1)?.ages[0]?.max]
    // Two kinds of one vaccine have limits of their own: what is not one figure is not compared.
    if (usual === undefined || antigens.some((other) => other.name !== name && diseaseOf(other.name) === diseaseOf(name))) continue
    found.set(diseaseOf(name), { ...(first === undefined ? {} : { earliest: first }), ...(last === undefined ? {} : { latest: last }) })
  }
  return found
}
