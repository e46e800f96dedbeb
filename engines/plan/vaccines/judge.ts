/**
 * The child's vaccines by the schedule of the place: every dose judged, every group forecast, each with its reasons. With an estimated
 * birth date the ends of its span are judged too: what they agree on holds, with the latest of the days; what they do not is unknown.
 */
import {
  explain, explainUncertain, hasVaccine, immunize, immunizeWithUncertainDates,
  type DoseAdministered, type DoseEvaluation, type Finding, type GroupForecast, type Immunization, type ImmunizationEdition, type ImmunizationFacts, type UncertainDatePolicy, type UncertainDose, type UncertainImmunization,
} from '@bairn/immunization'
import { addDays, type Day } from '@bairn/quantities'
import type { FactRef, Reason } from '@bairn/reasoning'
import type { VaccineHistory } from '../child.ts'
import type { Clock } from '../clock.ts'
import { distinct } from '../context.ts'
import type { Setting, VaccineDose, VaccineForecast, VaccinePlan } from '../plan.ts'
import { childRefs, type Snapshot } from '../snapshot.ts'

export interface Judging { readonly snapshot: Snapshot; readonly history: VaccineHistory; readonly birth: Day; readonly edition: ImmunizationEdition; readonly policy: UncertainDatePolicy | undefined; readonly setting: Setting; readonly clock: Clock }

export function judgeVaccines(judging: Judging): VaccinePlan {
  const { snapshot, history, birth, edition, policy } = judging
  const { facts } = snapshot
  const births = facts.birth.kind === 'estimated' ? [birth, facts.birth.earliest, facts.birth.latest] : [birth]
  const [first, ...others] = births.filter((one, index) => births.indexOf(one) === index).map((birthDate) => judgedFor(judging, birthDate)) as [Judged, ...Judged[]]
  const refs = doseRefs(history, edition)
  const because = (findings: readonly Finding[], own: readonly FactRef[] = []): readonly Reason[] => distinct(findings.map((finding) => {
    const reason = explain(finding, edition)
    return { ...reason, inputs: [...own, ...reason.inputs.map((input) => refs.get(input.id) ?? input)] }
  }))
  return {
    schedule: edition.id, title: edition.title,
    forecasts: first.forecasts.map((forecast) => forecastOf(forecast, others, { because, child: childRefs(facts), edition })),
    doses: dosesOf(history, [first, ...others], { because, refs, edition, policy }),
    placeUnknown: groupsOfPlaces(judging, birth),
  }
}

/** Doses and observations up to the day; `snapshot` has counted the later ones. */
const factsOf = ({ snapshot, history }: Judging, birthDate: Day, ofPlaces: readonly string[]): ImmunizationFacts => ({
  birthDate, sex: snapshot.facts.sex ?? 'unknown', ...(history.birthCountry === undefined ? {} : { birthCountry: history.birthCountry }),
  doses: history.doses, observations: [...history.observations, ...ofPlaces.map((code) => ({ code }))],
})

function judgedFor(judging: Judging, birthDate: Day): Judged {
  const { history, edition, policy, setting, clock } = judging
  const facts = factsOf(judging, birthDate, ofPlace(edition, setting).holds)
  return clock.judge((on) => {
    const uncertain = boundedDays(history.uncertain ?? [], birthDate, on)
    const found: Judged = uncertain.length === 0 || policy === undefined ? immunize(facts, edition, { assessment: on }) : immunizeWithUncertainDates({ ...facts, uncertain }, edition, policy, { assessment: on })
    // A span that has not ended yet ends a day later tomorrow.
    const turns = [found.nextChange(), ...(history.uncertain ?? []).filter(({ latest }) => latest > on).map(() => addDays(on, 1))].filter((day) => day !== undefined)
    return { found, ...(turns.length === 0 ? {} : { nextChange: turns.reduce((a, b) => (b < a ? b : a)) }) }
  })
}

/** What holds of the place where the child is seen, and what nobody has said of it. */
function ofPlace({ observations }: ImmunizationEdition, { switches }: Setting): { readonly holds: readonly string[]; readonly unknown: readonly string[] } {
  const codes = Object.keys(observations).filter((code) => observations[code]?.ofPlace === true)
  return {
    holds: codes.filter((code) => { const answer = switches[code]; return answer?.known === true && answer.value === true }),
    unknown: codes.filter((code) => switches[code]?.known !== true),
  }
}

/** The vaccine groups that would be asked for now or later, if the place were of that kind. */
function groupsOfPlaces(judging: Judging, birthDate: Day): readonly string[] {
  const { edition, setting, clock } = judging
  const { holds, unknown } = ofPlace(edition, setting)
  const groups = unknown.flatMap((code) => clock.judge((on) => {
    const { forecasts, nextChange } = immunize(factsOf(judging, birthDate, [...holds, code]), edition, { assessment: on })
    const turns = nextChange()
    const found = forecasts.filter(({ status, members }) => status === 'notComplete' && members.some(({ state: { series } }) => series.indications.some(({ observation }) => observation === code))).map(({ vaccineGroup }) => vaccineGroup)
    return { found, ...(turns === undefined ? {} : { nextChange: turns }) }
  }))
  return [...new Set(groups)]
}

type Judged = Immunization & Partial<Pick<UncertainImmunization, 'verdicts'>>

/** Not before this birth, and not after the day of the plan. */
const boundedDays = (doses: readonly UncertainDose[], birthDate: Day, on: Day): readonly UncertainDose[] =>
  doses.map((dose) => ({ ...dose, earliest: Math.min(on, Math.max(dose.earliest, birthDate)) as Day, latest: Math.min(on, Math.max(dose.latest, birthDate)) as Day }))

type Because = (findings: readonly Finding[], own?: readonly FactRef[]) => readonly Reason[]

function forecastOf(forecast: GroupForecast, others: readonly Judged[], { because, child, edition }: { readonly because: Because; readonly child: readonly FactRef[]; readonly edition: ImmunizationEdition }): VaccineForecast {
  const { vaccineGroup, seriesType, status, doseNumber, vaccines, members } = forecast
  const same = others.map(({ forecasts }) => forecasts.find((one) => one.vaccineGroup === vaccineGroup && one.seriesType === seriesType))
  const agreed = same.every((one) => one?.status === status && one.doseNumber === doseNumber)
  const head = { group: vaccineGroup, seriesType, ...(members.length > 0 && members.every(({ state }) => state.series.sharedDecision) ? { sharedDecision: true as const } : {}), ...(status === 'notComplete' && !members.every(hasVaccine) ? { noVaccine: true as const } : {}), vaccines: [...new Set(vaccines.map(({ cvx }) => cvx))].map((code) => ({ code, name: nameIn(edition, code) })) }
  if (!agreed) return { ...head, status: 'unknown', because: because(members.flatMap(({ findings }) => findings), child) }
  const all = [forecast, ...same.filter((one) => one !== undefined)]
  const latest = (days: readonly (Day | undefined)[]): Day | undefined => days.reduce((a, b) => a === undefined || b === undefined ? a ?? b : b > a ? b : a)
  const [earliest, due, pastDue] = [latest(all.map((one) => one.earliest)), latest(all.map((one) => one.recommended)), latest(all.map((one) => one.pastDue))]
  const last = all.map((one) => one.latest).reduce((a, b) => a === undefined || b === undefined ? a ?? b : b < a ? b : a)
  return {
    ...head, status, because: because([...dateFindings(due, pastDue), ...members.flatMap(({ findings }) => findings)], child),
    ...(doseNumber === undefined ? {} : { doseNumber }),
    ...(earliest === undefined || due === undefined ? {} : { window: { earliest, due, ...(pastDue === undefined ? {} : { overdue: addDays(pastDue, 1) }), ...(last === undefined ? {} : { latest: last }) } }),
  }
}

/** The days of the forecast as findings: what the line under an item says first. */
const dateFindings = (due: Day | undefined, pastDue: Day | undefined): readonly Finding[] => [
  ...(due === undefined ? [] : [{ rule: 'date.recommended', day: due }]),
  ...(pastDue === undefined ? [] : [{ rule: 'date.pastDue', day: pastDue }]),
]

function dosesOf(history: VaccineHistory, [first, ...others]: readonly [Judged, ...Judged[]], { because, refs, edition, policy }: { readonly because: Because; readonly refs: ReadonlyMap<string, FactRef>; readonly edition: ImmunizationEdition; readonly policy: UncertainDatePolicy | undefined }): readonly VaccineDose[] {
  const judgedDose = (dose: DoseAdministered | UncertainDose): VaccineDose => {
    const own = refs.get(dose.id)
    const inputs = own === undefined ? [] : [own]
    const given = 'date' in dose ? { earliest: dose.date, latest: dose.date } : { earliest: dose.earliest, latest: dose.latest }
    const judged = first.evaluations.filter((evaluation) => evaluation.dose.id === dose.id).map((evaluation) => ({
      group: evaluation.vaccineGroup, ...(evaluation.doseNumber === undefined ? {} : { number: evaluation.doseNumber }),
      status: others.every((other) => statusIn(other, evaluation) === evaluation.status) ? evaluation.status : 'unknown' as const,
      because: because(evaluation.findings, inputs),
    }))
    const verdicts = policy === undefined ? [] : (first.verdicts ?? []).filter((verdict) => verdict.dose.id === dose.id)
    const open = verdicts.flatMap((verdict) => verdict.open.map(({ vaccineGroup }) => ({ group: vaccineGroup, status: 'unknown' as const, because: policy === undefined ? [] : [{ ...explainUncertain(verdict, policy), inputs }] })))
    const setAside = [
      ...because(first.setAside.filter((one) => one.dose.id === dose.id).map(({ finding }) => finding), inputs),
      ...verdicts.filter((verdict) => verdict.open.length === 0).flatMap((verdict) => policy === undefined ? [] : [{ ...explainUncertain(verdict, policy), inputs }]),
    ]
    return { id: dose.id, given, vaccine: { code: dose.cvx, name: nameIn(edition, dose.cvx) }, judged: [...judged, ...open], setAside }
  }
  const unjudged = (history.unjudged ?? []).map(({ id, given, name }): VaccineDose => ({ id, ...(given === undefined ? {} : { given }), vaccine: { name }, judged: [], setAside: [] }))
  return [...history.doses.map(judgedDose), ...(history.uncertain ?? []).map(judgedDose), ...unjudged].toSorted(byDay)
}

/** Those without a day last. */
const byDay = (a: VaccineDose, b: VaccineDose): number =>
  (a.given?.earliest ?? Infinity) - (b.given?.earliest ?? Infinity) || compare(a.vaccine.code ?? '', b.vaccine.code ?? '') || compare(a.id, b.id)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const statusIn = ({ evaluations }: Immunization, { dose, vaccineGroup }: DoseEvaluation) => evaluations.find((one) => one.dose.id === dose.id && one.vaccineGroup === vaccineGroup)?.status

/** Doses as reasons name them: day and vaccine. */
const doseRefs = ({ doses, uncertain = [] }: VaccineHistory, edition: ImmunizationEdition): ReadonlyMap<string, FactRef> =>
  new Map([...doses, ...uncertain].map((dose) => [dose.id, refOf(dose, edition)]))

const refOf = (dose: DoseAdministered | UncertainDose, edition: ImmunizationEdition): FactRef =>
  ({ id: dose.id, kind: 'dose', ...('date' in dose ? { day: dose.date } : {}), value: { message: vaccineName(dose.cvx, nameIn(edition, dose.cvx)) } })

const nameIn = (edition: ImmunizationEdition, code: string): string => edition.vaccines.get(code)?.name ?? code

/** A vaccine in the words of the catalogue, or as the schedule writes it. */
export const vaccineName = (code: string, name: string) => ({ key: 'immunization.vaccine', params: { code: { code: `v${code}` }, name: { text: name } } })
/** A vaccine group in the words of the catalogue, or as the schedule writes it. */
export const groupName = (group: string) => ({ key: 'immunization.group', params: { group: { code: group.replaceAll(/[^A-Za-z0-9]/g, '') }, name: { text: group } } })
