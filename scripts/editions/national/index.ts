/**
 * Compiles every country's folder (knowledge/immunization/<iso3>-<year>, with a `national.json`) into its `schedule.json`: the ages that
 * the country recommends, and WHO's rules for whether a dose counts. No country is known here by name.
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { ScheduleData } from '@bairn/immunization'
import { seriesGroupOf, seriesRow, type PlannedSeries, type VaccineFacts } from '../planned.ts'
import { scheduleText } from '../schedule.ts'
import { contraindicationsOf, observationsOf, ofChildren, vaccineGroupsOf, whoSeries } from '../who/index.ts'
import { whoVaccines } from '../who/vaccines.ts'
import { borrow, isBirthDose, whoSeriesFor, type Borrowing } from './borrow.ts'
import { firstGap } from './check.ts'
import { dosesOf, type NationalDose } from './doses.ts'
import { IMMUNIZATION, readNational, readPolicy, reportedVaccines, type NationalLine, type NationalSource } from './source.ts'

export const nationalFolders = (): readonly string[] => readdirSync(IMMUNIZATION).filter((folder) => existsSync(path.join(IMMUNIZATION, folder, 'national.json'))).toSorted()
export const nationalScheduleFile = (folder: string): string => path.join(IMMUNIZATION, folder, 'schedule.json')
/** @throws Error naming the first gap of a folder */
export function writeNationals(): void {
  for (const folder of nationalFolders()) {
    const gap = firstGap(path.join(IMMUNIZATION, folder))
    if (gap !== undefined) throw new Error(gap)
    writeFileSync(nationalScheduleFile(folder), scheduleText(compileNational(readNational(folder))))
  }
}

const ORAL = 'Polio (oral)'
const INACTIVATED = 'Polio (inactivated)'

export function compileNational({ lines }: NationalSource): ScheduleData {
  const who = whoVaccines()
  const reported = reportedVaccines()
  const heldBy = (code: string): readonly string[] => (who.rows[code]?.antigens ?? []).map(({ antigen }) => antigen)
  const vaccineOf = (name: string): { readonly codes: readonly string[]; readonly antigens: readonly string[] } => {
    const found = reported[name]
    if (found === undefined) throw new Error(`no vaccine '${name}' in sources/who-unicef/vaccines.json`)
    return { codes: found.codes, antigens: found.antigens ?? heldBy(found.codes[0] as string) }
  }
  const apart = new Set(lines.flatMap((line) => vaccinesIn(line).flatMap((name) => vaccineOf(name).antigens))).has(ORAL)
  // Without an oral vaccine of its own a country counts any polio vaccine; with one, oral and inactivated doses are counted apart.
  const called = (antigen: string): string => !apart && (antigen === ORAL || antigen === INACTIVATED) ? 'Polio' : antigen
  const facts = apart ? who.facts : together(who.facts)
  const vaccinesOf = (line: NationalLine) => vaccinesIn(line).map(vaccineOf).map(({ codes, antigens }) => ({ codes, antigens: antigens.map(called) }))
  const antigens = [...new Set(lines.flatMap((line) => vaccinesOf(line).flatMap((vaccine) => vaccine.antigens)))]
  const groupOf = new Map(vaccineGroupsOf(whoSeries()).flatMap((group) => group.antigens.map((antigen) => [antigen, group.name])))
  const policy = readPolicy()
  const places = new Map<string, string>()
  const planned = antigens.flatMap((antigen) => {
    const group = groupOf.get(antigen) ?? antigen
    const borrowing: Borrowing = { antigen, who: whoSeries(), vaccines: facts, policy }
    const own = lines.filter((line) => vaccinesOf(line).some((vaccine) => vaccine.antigens.includes(antigen)))
    const paths = [...new Set(own.map((line) => line.path))]
    const series = paths.flatMap((one, index) => seriesOf(dosesOf(own.filter((line) => line.path === one), antigen, vaccinesOf), { group, name: one ?? 'national schedule', first: index === 0, borrowing }))
    if (series.some(({ indications }) => indications !== undefined)) places.set(placeCode(group), `Lives where ${group} vaccine is given: in some places of the country only`)
    return series
  })
  const live = new Set(who.conflicts.map(({ previous }) => previous))
  return {
    vaccines: Object.fromEntries(Object.entries(who.rows).flatMap(([code, { name }]) => {
      const held = [...new Set(heldBy(code).map(called))].filter((antigen) => antigens.includes(antigen))
      return held.length === 0 ? [] : [[code, { name, antigens: held.map((antigen) => ({ antigen })) }]]
    })),
    vaccineGroups: vaccineGroupsOf(planned),
    conflicts: live.size === 0 ? [] : who.conflicts,
    observations: observationsOf({ ...ofChildren(), ...Object.fromEntries(places) }),
    antigens: antigens.map((name) => {
      const own = planned.filter((one) => one.antigens.includes(name))
      const groups = [...new Set(own.map(seriesGroupOf))]
      return { name, ...contraindicationsOf(name === 'Polio' ? INACTIVATED : name), series: own.map((one, place) => seriesRow(one, name, { groups, vaccines: facts, place })) }
    }),
  }
}

const vaccinesIn = ({ vaccine }: NationalLine): readonly string[] => typeof vaccine === 'string' ? [vaccine] : vaccine
/** The observation that a place gives what the country gives in some places only. */
const placeCode = (group: string): string => `place-${group.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`

/** Oral and inactivated polio vaccines as one antigen. */
const together = ({ holding, countedFor, span }: VaccineFacts): VaccineFacts => ({
  span,
  holding: (antigen) => antigen === 'Polio' ? [...new Set([...holding(ORAL), ...holding(INACTIVATED)])] : holding(antigen),
  countedFor: (antigen) => antigen === 'Polio' ? [...new Set([...holding(ORAL), ...holding(INACTIVATED)])] : countedFor(antigen),
})

/** The country's series of an antigen; doses of some places only make a second one, which those places' children follow instead. */
function seriesOf(doses: readonly NationalDose[], { group, name, first, borrowing }: { readonly group: string; readonly name: string; readonly first: boolean; readonly borrowing: Borrowing }): readonly PlannedSeries[] {
  const everywhere = doses.filter(({ somePlaces }) => !somePlaces)
  const local = doses.length > everywhere.length
  const sex = doses.find((dose) => dose.sex !== undefined)?.sex
  const base = { antigens: [borrowing.antigen], group, source: 'national.json', ...(sex === undefined ? {} : { sexes: [sex] }) }
  const inPlaces = 'given in some places only'
  const product = (own: readonly NationalDose[]) => whoSeriesFor(own, borrowing)?.product === true ? { product: true } : {}
  const main: PlannedSeries[] = [
    ...everywhere.length === 0 ? [] : [{ ...base, ...product(everywhere), name, default: first, ...(local ? { equivalent: [inPlaces] } : {}), doses: withOthers(borrow(everywhere, borrowing), borrowing) }],
    ...local ? [{ ...base, ...product(doses), name: inPlaces, type: 'risk' as const, riskGroup: inPlaces, indications: [placeCode(group)], doses: withOthers(borrow(doses, borrowing), borrowing) }] : [],
  ]
  return [
    ...main,
    ...first ? begunAtBirth(doses, group, borrowing) : [],
    ...main.filter((one) => one.product === true && first).map((one) => anyProduct(one, doses, borrowing)).filter((one) => one !== undefined),
    ...sex === undefined ? [] : main.map((one): PlannedSeries => {
      const { default: _default, equivalent: _equivalent, indications: _indications, riskGroup: _group, ...rest } = one
      return { ...rest, name: 'judged, not offered', type: 'evaluationOnly', sexes: (['female', 'male', 'unknown'] as const).filter((other) => other !== sex) }
    }),
  ]
}

/**
 * Where a country gives no dose at birth, a child who had one elsewhere and the doses that WHO asks for after it is complete by WHO's
 * schedule: nobody is called for one dose more because the first came early.
 */
function begunAtBirth(doses: readonly NationalDose[], group: string, { antigen, who }: Borrowing): readonly PlannedSeries[] {
  if (doses.some(isBirthDose)) return []
  return who.filter(({ antigens, type, doses: [first] }) => antigens.includes(antigen) && type === 'evaluationOnly' && first?.age === '0 days').map((series) => ({ ...series, group, name: 'begun at birth elsewhere, by WHO' }))
}

/** A series for one product needs one beside it for children who were begun on another: WHO's. */
function anyProduct(one: PlannedSeries, doses: readonly NationalDose[], { antigen, who }: Borrowing): PlannedSeries | undefined {
  const other = who.find(({ antigens, product }) => antigens.includes(antigen) && product !== true)
  if (other === undefined) return undefined
  const { default: _default, product: _product, ...rest } = one
  const [first] = doses
  return { ...rest, name: 'another product, by WHO', doses: other.doses.map((dose, index) => index === 0 && first?.from !== undefined ? { ...dose, rec: first.from } : dose) }
}

/** Where the country's vaccines may not be used from some age on, WHO's that may are named for those who come late. */
function withOthers(doses: ReturnType<typeof borrow>, { antigen, who, vaccines }: Borrowing): ReturnType<typeof borrow> {
  const known = who.filter(({ antigens, type }) => antigens.includes(antigen) && type === undefined).flatMap((series) => series.doses.flatMap((dose) => dose.vaccines))
  const late = [...new Set(known)].filter((code) => vaccines.span(code, antigen).end === undefined)
  return doses.map((dose) => {
    const ends = dose.vaccines.map((code) => vaccines.span(code, antigen).end)
    const [end] = ends
    return end === undefined || ends.some((one) => one !== end) ? dose : { ...dose, vaccines: [...dose.vaccines, ...late.filter((code) => !dose.vaccines.includes(code))], lateFrom: end }
  })
}
