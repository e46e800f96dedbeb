/** Children and settings for the tests of the plan: facts from a few plain values, dates as text. */
import { centimetres, days, kilograms, millimetres, parseDay, type Day, type Sex } from '@bairn/quantities'
import type { YesNo } from '@bairn/reasoning'
import type { ChildFacts, Finding, Measurement, NotGivenReason, Position, Response } from '../child.ts'
import type { Setting } from '../plan.ts'

/** '2026-11-23' as a Day. */
export function on(text: string): Day {
  const parsed = parseDay(text)
  if (!parsed.ok) throw new Error(`not a day: ${text}`)
  return parsed.value
}

export interface PlainVisit {
  readonly day: string
  readonly kg?: number
  readonly cm?: number
  readonly position?: Position
  readonly muac?: number
  readonly head?: number
  readonly feet?: YesNo
  readonly grade?: 1 | 2 | 3
  readonly danger?: YesNo
  readonly appetite?: 'pass' | 'fail' | 'notAvailable' | 'notAsked'
  readonly breastfeeding?: YesNo
  readonly reaction?: YesNo
  readonly minute?: number
}
export interface PlainChild {
  readonly id?: string
  readonly birth?: string | { readonly day: string; readonly earliest: string; readonly latest: string }
  readonly sex?: Sex
  readonly weeks?: number
  readonly died?: string
  readonly visits?: readonly PlainVisit[]
  /** 'day code' each; with it a vaccine history is at hand */
  readonly doses?: readonly string[]
  readonly observations?: readonly string[]
  readonly notGiven?: readonly { readonly day: string; readonly vaccine: string; readonly reason: NotGivenReason }[]
  readonly responses?: readonly (Pick<Response, 'item' | 'kind'> & { readonly day: string; readonly until?: string; readonly note?: string })[]
}

export function childFacts({ id = 'Patient/test', birth, sex, weeks, died, visits = [], doses, observations = [], notGiven = [], responses = [] }: PlainChild): ChildFacts {
  const measurements: Measurement[] = []
  const findings: Finding[] = []
  for (const [index, visit] of visits.entries()) {
    const fact = (kind: string) => ({ id: `Observation/${index}-${kind}`, day: on(visit.day), ...(visit.minute === undefined ? {} : { minute: visit.minute }) })
    if (visit.kg !== undefined) measurements.push({ ...fact('weight'), kind: 'weight', value: kilograms(visit.kg) })
    if (visit.cm !== undefined) measurements.push({ ...fact('length'), kind: 'length', value: centimetres(visit.cm), position: visit.position ?? 'notSaid' })
    if (visit.muac !== undefined) measurements.push({ ...fact('muac'), kind: 'muac', value: millimetres(visit.muac) })
    if (visit.head !== undefined) measurements.push({ ...fact('head'), kind: 'headCircumference', value: centimetres(visit.head) })
    if (visit.feet !== undefined) findings.push({ ...fact('oedema'), kind: 'oedema', answer: visit.feet, ...(visit.grade === undefined ? {} : { grade: visit.grade }) })
    if (visit.danger !== undefined) findings.push({ ...fact('complication'), kind: 'complication', answer: visit.danger })
    if (visit.appetite !== undefined) findings.push({ ...fact('appetite'), kind: 'appetite', answer: visit.appetite })
    if (visit.reaction !== undefined) findings.push({ ...fact('reaction'), kind: 'vaccineReaction', answer: visit.reaction })
    if (visit.breastfeeding !== undefined) findings.push({ ...fact('breastfeeding'), kind: 'breastfeedingDifficulty', answer: visit.breastfeeding })
  }
  return {
    id,
    birth: birth === undefined ? { kind: 'unknown' } : typeof birth === 'string' ? { kind: 'exact', day: on(birth) } : { kind: 'estimated', day: on(birth.day), earliest: on(birth.earliest), latest: on(birth.latest) },
    ...(sex === undefined ? {} : { sex }),
    ...(weeks === undefined ? {} : { gestation: { id: 'Observation/gestation', value: days(weeks * 7) } }),
    ...(died === undefined ? {} : { death: { id, day: on(died) } }),
    measurements, findings,
    responses: responses.map(({ day, until, ...rest }, index) => ({ id: `Task/${index}`, day: on(day), ...rest, ...(until === undefined ? {} : { until: on(until) }) })),
    ...(doses === undefined ? {} : { vaccines: {
      doses: doses.map((text, index) => { const [day = '', cvx = ''] = text.split(' '); return { id: `Immunization/${index + 1}`, date: on(day), cvx } }),
      observations: observations.map((code) => ({ code })),
      notGiven: notGiven.map(({ day, ...rest }, index) => ({ id: `Immunization/not-${index + 1}`, day: on(day), ...rest })),
    } }),
    issues: [],
  }
}

export const primaryCare: Setting = { place: 'test', country: 'KE', profile: 'primaryCare', switches: {} }
export const programme: Setting = { ...primaryCare, profile: 'nutritionProgramme' }
