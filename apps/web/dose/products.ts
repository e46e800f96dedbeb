/**
 * Which products a dose may be: each vaccine that protects against what the group does is tried by the engine on the day, so that those
 * that count come first. No product and no country is known here. Pure.
 */
import { immunize, type ImmunizationEdition } from '@bairn/immunization'
import type { ChildFacts, VaccineForecast } from '@bairn/plan'
import type { Day } from '@bairn/quantities'
import { covering, type Product } from './plainVaccine.ts'

export interface Products {
  /** what the schedule asks for */
  readonly asked: readonly Product[]
  /** counts as well */
  readonly allowed: readonly Product[]
  /** protects against the same, and would not count for the next dose */
  readonly other: readonly Product[]
}

export function productsFor({ group, window, vaccines }: Pick<VaccineForecast, 'group' | 'window' | 'vaccines'>, { facts, edition, on }: { readonly facts: ChildFacts; readonly edition: ImmunizationEdition; readonly on: Day }): Products {
  const named = new Set(vaccines.map(({ code }) => code))
  const found: Record<keyof Products, Product[]> = { asked: [], allowed: [], other: [] }
  // Too early or not, the product is judged on the first day on which a dose can count.
  const day = window !== undefined && window.earliest > on ? window.earliest : on
  for (const [code, { name }] of covering(group, edition)) found[named.has(code) ? 'asked' : kindOf(code)].push({ code, name })
  return found

  function kindOf(code: string): keyof Products {
    const { birth, sex, vaccines: history } = facts
    if (birth.kind === 'unknown' || history === undefined) return 'other'
    const judged = immunize({ birthDate: birth.day, sex: sex ?? 'unknown', doses: [...history.doses, { id: TRIED, date: day, cvx: code }], observations: history.observations }, edition, { assessment: day })
      .evaluations.find(({ dose, vaccineGroup }) => dose.id === TRIED && vaccineGroup === group)
    if (judged?.status !== 'valid') return 'other'
    return named.size > 0 || judged.findings.some(({ rule }) => rule === 'vaccine.allowable') ? 'allowed' : 'asked'
  }
}
const TRIED = 'tried'
