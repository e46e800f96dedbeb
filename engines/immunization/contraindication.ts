/**
 * Evidence of immunity and contraindications (CDSi logic specification 4.6, sections 7.2 and 7.3). Only an active observation makes
 * one; what is not known does not, and is shown to the clinician as something to ask.
 */
import type { Antigen } from './edition.ts'
import type { Finding } from './finding.ts'
import { isWithin, type Child } from './patient.ts'

/** A laboratory finding, a history of the disease, or birth before the year named for the country (table 7-3). */
export function findImmunity(child: Child, { immunity }: Antigen): Finding | undefined {
  const { observations, facts } = child
  for (const code of immunity.history) if (observations.has(code)) return { rule: 'immunity.history', code }
  for (const { before, country, exclusions } of immunity.birthDates) {
    if (facts.birthDate >= before || exclusions.some((code) => observations.has(code))) continue
    if (country === undefined || country === facts.birthCountry) return { rule: 'immunity.birthDate', day: before }
  }
  return undefined
}

/** The contraindication of every series of the antigen, if one applies. */
export function findContraindication(child: Child, { contraindications }: Antigen): Finding | undefined {
  if (child.observations.size === 0) return undefined
  const found = contraindications.find((row) => child.observations.has(row.observation) && isWithin(child, row, child.assessment))
  return found === undefined ? undefined : { rule: 'contraindication.antigen', code: found.observation }
}

/** Vaccines that must not be given, with why; none when no observation is known. */
export function contraindicatedVaccines(child: Child, antigen: string): ReadonlyMap<string, Finding> | undefined {
  if (child.observations.size === 0) return undefined
  const out = new Map<string, Finding>()
  for (const { observation, vaccines } of child.edition.antigenByName.get(antigen)?.vaccineContraindications ?? []) {
    if (!child.observations.has(observation)) continue
    for (const vaccine of vaccines) if (isWithin(child, vaccine, child.assessment)) out.set(vaccine.cvx, { rule: 'contraindication.vaccine', code: observation })
  }
  return out.size === 0 ? undefined : out
}
