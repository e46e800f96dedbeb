/**
 * A schedule as one child would have met it: every dose given on the day that the schedule recommends, from birth to 19 years, as the
 * engine itself forecasts it. So two schedules can be compared, however they are written. Doses that come again and again stand once.
 */
import { addPeriod, years, type Day } from '@bairn/quantities'
import { isSharedDecision } from './behind.ts'
import type { ImmunizationEdition, NumberedPeriod } from './edition.ts'
import { ageRowOn } from './evaluate.ts'
import type { GroupForecast } from './group.ts'
import { immunize } from './immunize.ts'
import { dateOfAge, type DoseAdministered, type ImmunizationFacts } from './patient.ts'
import { productsFor } from './products.ts'

export interface RoutineDose {
  readonly day: Day
  readonly cvx: string
  readonly vaccineGroup: string
  readonly antigens: readonly string[]
  readonly doseNumber: number
  /** the age as the schedule writes it; none where an interval decides */
  readonly age?: NumberedPeriod
  /** comes again: every year, every ten years */
  readonly recurring: boolean
}

export function routineOf({ birthDate, sex }: Pick<ImmunizationFacts, 'birthDate' | 'sex'>, edition: ImmunizationEdition): readonly RoutineDose[] {
  const until = addPeriod(birthDate, years(19))
  const routine: RoutineDose[] = []
  const doses: DoseAdministered[] = []
  const over = new Set<string>()
  let today = birthDate
  for (;;) {
    const { forecasts } = immunize({ birthDate, sex, doses, observations: [] }, edition, { assessment: today })
    // The same number again: the dose before did not count, and would be asked for for ever.
    const isRepeated = ({ vaccineGroup, doseNumber }: GroupForecast): boolean => routine.some((dose) => dose.vaccineGroup === vaccineGroup && dose.doseNumber === doseNumber)
    const wanted = forecasts.filter((forecast) => forecast.seriesType === 'standard' && forecast.recommended !== undefined && !over.has(forecast.vaccineGroup) && !isSharedDecision(forecast) && !isRepeated(forecast))
    const due = wanted.filter(({ recommended }) => (recommended as Day) <= today)
    if (due.length === 0) {
      const next = Math.min(...wanted.map(({ recommended }) => recommended as Day))
      if (next > until) return routine
      today = next as Day
      continue
    }
    const { products, without } = productsFor(due, forecasts, today)
    for (const { vaccineGroup } of without) over.add(vaccineGroup)
    for (const { cvx, mvx, covers } of products) {
      doses.push({ id: String(doses.length), date: today, cvx, ...(mvx === undefined ? {} : { mvx }) })
      for (const forecast of covers) {
        const dose = routineDose(forecast, today, cvx)
        routine.push(dose)
        if (dose.recurring) over.add(forecast.vaccineGroup)
      }
    }
  }
}

function routineDose({ vaccineGroup, antigens, doseNumber = 1, members }: GroupForecast, day: Day, cvx: string): RoutineDose {
  const due = members.filter(({ dates }) => dates !== undefined)
  const ages = due.flatMap(({ target, state: { child } }) => {
    const age = ageRowOn(target?.ages ?? [], day)?.earliestRec
    return age !== undefined && dateOfAge(child, age) === day ? [age] : []
  })
  return { day, cvx, vaccineGroup, antigens, doseNumber, recurring: due.some(({ target }) => target?.recurring === true), ...(ages[0] === undefined ? {} : { age: ages[0] }) }
}
