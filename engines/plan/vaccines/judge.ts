/**
 * The child's vaccines by the schedule of the place: every dose judged, every group forecast, each with its reasons. With an estimated
 * birth date the ends of its span are judged too: what they agree on holds, with the latest of the days; what they do not is unknown.
 */
import { explain, immunize, type DoseEvaluation, type Finding, type GroupForecast, type Immunization, type ImmunizationEdition, type ImmunizationFacts } from '@bairn/immunization'
import { addDays, type Day } from '@bairn/quantities'
import type { FactRef, Reason } from '@bairn/reasoning'
import type { VaccineHistory } from '../child.ts'
import type { Clock } from '../clock.ts'
import { distinct } from '../context.ts'
import type { VaccineDose, VaccineForecast, VaccinePlan } from '../plan.ts'
import { childRefs, type Snapshot } from '../snapshot.ts'

export interface Judging { readonly snapshot: Snapshot; readonly history: VaccineHistory; readonly birth: Day; readonly edition: ImmunizationEdition; readonly clock: Clock }

export function judgeVaccines({ snapshot, history, birth, edition, clock }: Judging): VaccinePlan {
  const { facts } = snapshot
  const births = facts.birth.kind === 'estimated' ? [birth, facts.birth.earliest, facts.birth.latest] : [birth]
  const [first, ...others] = births.filter((one, index) => births.indexOf(one) === index).map((birthDate) => judgedFor({ birthDate, snapshot, history, edition, clock })) as [Immunization, ...Immunization[]]
  const refs = doseRefs(history, edition)
  const because = (findings: readonly Finding[], own: readonly FactRef[] = []): readonly Reason[] => distinct(findings.map((finding) => {
    const reason = explain(finding, edition)
    return { ...reason, inputs: [...own, ...reason.inputs.map((input) => refs.get(input.id) ?? input)] }
  }))
  return {
    schedule: edition.id, title: edition.title,
    forecasts: first.forecasts.map((forecast) => forecastOf(forecast, others, { because, child: childRefs(facts), edition })),
    doses: dosesOf(history, first, others, because, refs, edition),
  }
}

/** Doses and observations up to the day; `snapshot` has counted the later ones. */
function judgedFor({ birthDate, snapshot, history, edition, clock }: Omit<Judging, 'birth'> & { readonly birthDate: Day }): Immunization {
  const facts: ImmunizationFacts = {
    birthDate, sex: snapshot.facts.sex ?? 'unknown', ...(history.birthCountry === undefined ? {} : { birthCountry: history.birthCountry }),
    doses: history.doses, observations: history.observations,
  }
  return clock.judge((on) => {
    const found = immunize(facts, edition, { assessment: on })
    return { found, ...(found.nextChange === undefined ? {} : { nextChange: found.nextChange }) }
  })
}

type Because = (findings: readonly Finding[], own?: readonly FactRef[]) => readonly Reason[]

function forecastOf(forecast: GroupForecast, others: readonly Immunization[], { because, child, edition }: { readonly because: Because; readonly child: readonly FactRef[]; readonly edition: ImmunizationEdition }): VaccineForecast {
  const { vaccineGroup, seriesType, status, doseNumber, vaccines, members } = forecast
  const same = others.map(({ forecasts }) => forecasts.find((one) => one.vaccineGroup === vaccineGroup && one.seriesType === seriesType))
  const agreed = same.every((one) => one?.status === status && one.doseNumber === doseNumber)
  const head = { group: vaccineGroup, seriesType, vaccines: [...new Set(vaccines.map(({ cvx }) => cvx))].map((code) => ({ code, name: nameIn(edition, code) })) }
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

function dosesOf(history: VaccineHistory, first: Immunization, others: readonly Immunization[], because: Because, refs: ReadonlyMap<string, FactRef>, edition: ImmunizationEdition): readonly VaccineDose[] {
  return history.doses.map((dose): VaccineDose => {
    const own = refs.get(dose.id)
    const judged = first.evaluations.filter((evaluation) => evaluation.dose.id === dose.id).map((evaluation) => ({
      group: evaluation.vaccineGroup, ...(evaluation.doseNumber === undefined ? {} : { number: evaluation.doseNumber }),
      status: others.every((other) => statusIn(other, evaluation) === evaluation.status) ? evaluation.status : 'unknown' as const,
      because: because(evaluation.findings, own === undefined ? [] : [own]),
    }))
    const setAside = because(first.setAside.filter((one) => one.dose.id === dose.id).map(({ finding }) => finding), own === undefined ? [] : [own])
    return { id: dose.id, day: dose.date, vaccine: { code: dose.cvx, name: nameIn(edition, dose.cvx) }, judged, setAside }
  }).toSorted((a, b) => a.day - b.day || (a.vaccine.code < b.vaccine.code ? -1 : a.vaccine.code > b.vaccine.code ? 1 : a.id < b.id ? -1 : 1))
}

const statusIn = ({ evaluations }: Immunization, { dose, vaccineGroup }: DoseEvaluation) => evaluations.find((one) => one.dose.id === dose.id && one.vaccineGroup === vaccineGroup)?.status

/** Doses as reasons name them: day and vaccine. */
const doseRefs = ({ doses }: VaccineHistory, edition: ImmunizationEdition): ReadonlyMap<string, FactRef> =>
  new Map(doses.map(({ id, date, cvx }) => [id, { id, kind: 'dose', day: date, value: { message: vaccineName(cvx, nameIn(edition, cvx)) } }]))

const nameIn = (edition: ImmunizationEdition, code: string): string => edition.vaccines.get(code)?.name ?? code

/** A vaccine in the words of the catalogue, or as the schedule writes it. */
export const vaccineName = (code: string, name: string) => ({ key: 'immunization.vaccine', params: { code: { code: `v${code}` }, name: { text: name } } })
/** A vaccine group in the words of the catalogue, or as the schedule writes it. */
export const groupName = (group: string) => ({ key: 'immunization.group', params: { group: { code: group.replaceAll(/[^A-Za-z0-9]/g, '') }, name: { text: group } } })
