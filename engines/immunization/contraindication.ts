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

/**
 * Vaccines that must not be given, with why; none when no observation is known. Beside the rows of the antigen itself, a vaccine is out for
 * the sake of any other antigen in it: a child who must not have rubella vaccine is not given it with varicella. CDC's data names every such
 * vaccine again under each antigen; other schedules do not, and `strict` leaves it to the data.
 */
export function contraindicatedVaccines(child: Child, antigen: string): ReadonlyMap<string, Finding> | undefined {
  if (child.observations.size === 0) return undefined
  const own = child.edition.antigenByName.get(antigen)
  const out = new Map<string, Finding>(child.strict ? [] : outForAnyAntigen(child))
  if (own !== undefined) for (const [cvx, finding] of namedVaccines(child, own)) out.set(cvx, finding)
  return out.size === 0 ? undefined : out
}

function* namedVaccines(child: Child, { vaccineContraindications }: Antigen): Generator<readonly [cvx: string, finding: Finding]> {
  for (const { observation, vaccines } of vaccineContraindications) {
    if (!child.observations.has(observation)) continue
    for (const vaccine of vaccines) if (isWithin(child, vaccine, child.assessment)) yield [vaccine.cvx, { rule: 'contraindication.vaccine', code: observation }]
  }
}

/** Found once for each child: it is asked for by every series. */
const FOUND = new WeakMap<Child, ReadonlyMap<string, Finding>>()

function outForAnyAntigen(child: Child): ReadonlyMap<string, Finding> {
  const known = FOUND.get(child)
  if (known !== undefined) return known
  const out = new Map<string, Finding>()
  const forbidden = new Map<string, Finding>()
  for (const antigen of child.edition.antigens) {
    const whole = findContraindication(child, antigen)
    if (whole !== undefined) forbidden.set(antigen.name, whole)
    for (const [cvx, finding] of namedVaccines(child, antigen)) out.set(cvx, finding)
  }
  if (forbidden.size > 0) for (const { cvx, antigens } of child.edition.vaccines.values()) for (const { antigen } of antigens) {
    const finding = forbidden.get(antigen)
    if (finding !== undefined && !out.has(cvx)) out.set(cvx, finding)
  }
  FOUND.set(child, out)
  return out
}
