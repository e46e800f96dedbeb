/**
 * A catch-up that is right on each of several sets of days. Made for one of them, it keeps what counts, or is more than needed, on every other;
 * what does not, and what another set needs and the plan does not give, is not planned and is said: it waits for the day that is missing.
 * Pure: no clock, no I/O, no locale.
 */
import type { Day } from '@bairn/quantities'
import { isBehind, isStillBehind } from './behind.ts'
import type { CatchUp, PlannedDose, Visit } from './catchUp.ts'
import { unplannedMessage, waitMessages } from './catchUpMessages.ts'
import type { ImmunizationEdition } from './edition.ts'
import { immunize, type DoseEvaluation, type Immunization } from './immunize.ts'
import type { DoseAdministered, ImmunizationFacts } from './patient.ts'

/** @param open vaccine groups of which nothing is planned, whatever the sets say. @returns the plan, and the groups that wait for a day */
export function planForAll(plan: CatchUp, worlds: readonly ImmunizationFacts[], edition: ImmunizationEdition, open: ReadonlySet<string> = new Set()): { readonly plan: CatchUp; readonly open: ReadonlySet<string> } {
  const { assessment } = plan
  const now = worlds.map((facts) => immunize(facts, edition, { assessment }))
  const waiting = new Set(open)
  for (;;) {
    const visits = without(plan.visits, waiting, edition)
    const found = worlds.flatMap((facts, at) => whatIsWrong(visits, facts, { edition, plan, now: now[at] as Immunization }))
    const more = found.filter((group) => !waiting.has(group))
    if (more.length === 0) {
      const unplanned = plan.unplanned.filter(({ vaccineGroup }) => !waiting.has(vaccineGroup))
      const said = [...waiting].map((vaccineGroup) => ({ vaccineGroup, seriesType: 'standard' as const, why: 'dayUnknown' as const, findings: [], text: unplannedMessage(vaccineGroup, 'dayUnknown', edition) }))
      return { plan: { ...plan, visits, unplanned: [...said, ...unplanned], routine: plan.routine.filter(({ vaccineGroup }) => !waiting.has(vaccineGroup)) }, open: waiting }
    }
    for (const group of more) waiting.add(group)
  }
}

/** Without the doses of these groups; what else such a dose was for waits as well (`whatIsWrong` finds it missing). */
const without = (visits: readonly Visit[], groups: ReadonlySet<string>, edition: ImmunizationEdition): readonly Visit[] => groups.size === 0 ? visits : visits.flatMap((visit) => {
  const waitsFor = visit.waitsFor.filter(({ vaccineGroup }) => !groups.has(vaccineGroup))
  const doses = visit.doses.filter(({ covers }) => !covers.some(({ vaccineGroup }) => groups.has(vaccineGroup)))
  return doses.length === 0 ? [] : [{ ...visit, doses, waitsFor, because: waitMessages(waitsFor, edition) }]
})

interface Known { readonly edition: ImmunizationEdition; readonly plan: CatchUp; readonly now: Immunization }

/** Groups of which a planned dose would not count on these days, or of which a dose is missing. */
function whatIsWrong(visits: readonly Visit[], facts: ImmunizationFacts, { edition, plan: { assessment, unplanned }, now }: Known): readonly string[] {
  const planned = visits.flatMap(({ day, doses }, visit) => doses.map((dose, at) => ({ dose, given: givenAs(dose, day, `planned ${visit} ${at}`) })))
  const after = planned.length === 0 ? now : immunize({ ...facts, doses: [...facts.doses, ...planned.map(({ given }) => given)] }, edition, { assessment: visits.at(-1)?.day ?? assessment })
  const failing = planned.flatMap(({ dose: { covers }, given }) => covers.filter(({ vaccineGroup }) => !after.evaluations.some((one) => one.dose.id === given.id && one.vaccineGroup === vaccineGroup && isOfUse(one))).map(({ vaccineGroup }) => vaccineGroup))
  const groups = new Set(planned.flatMap(({ dose: { covers } }) => covers.map(({ vaccineGroup }) => vaccineGroup)))
  // Said already, and so on these days too.
  const told = new Set(unplanned.filter(({ why }) => why === 'sharedDecision' || why === 'noProduct' || why === 'later').map(({ vaccineGroup }) => vaccineGroup))
  const missing = now.forecasts.filter((forecast) => isBehind(forecast, assessment) && !told.has(forecast.vaccineGroup)).filter(({ vaccineGroup, seriesType }) => {
    if (!groups.has(vaccineGroup)) return true
    const then = after.forecasts.find((one) => one.vaccineGroup === vaccineGroup && one.seriesType === seriesType)
    return then !== undefined && isStillBehind(then, assessment)
  })
  return [...failing, ...missing.map(({ vaccineGroup }) => vaccineGroup)]
}

const givenAs = ({ cvx, mvx }: PlannedDose, date: Day, id: string): DoseAdministered => ({ id, date, cvx, ...(mvx === undefined ? {} : { mvx }) })

/** It counts, or its series is complete without it; one that comes too late is of no use. */
const isOfUse = ({ status, findings }: DoseEvaluation): boolean => status === 'valid' || (status === 'extraneous' && findings.every(({ rule }) => rule !== 'age.tooOld'))
