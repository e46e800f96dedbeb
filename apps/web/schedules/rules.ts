/**
 * What an edition says of each dose, antigen by antigen: ages, waits, vaccines, contraindications, and whose figure each is. Figures stay
 * as the edition writes them. Standard series first; those for some places, for risks, and those that are only judged, after them. Pure.
 */
import { diseaseOf, type ImmunizationEdition, type NumberedPeriod, type Series, type TargetDose } from '@bairn/immunization'
import type { Evidence } from '@bairn/reasoning'
import { isOfSomePlaces } from './grid.ts'

/** `borrowed`: another authority's, because the country's own is not confirmed here */
export interface Figure { readonly period: NumberedPeriod; readonly borrowed: boolean }
export interface Wait extends Figure { readonly recommended?: NumberedPeriod; readonly from: { readonly kind: 'previous' } | { readonly kind: 'dose'; readonly number: number } | { readonly kind: 'vaccine'; readonly codes: readonly string[] } | { readonly kind: 'observation'; readonly observation: string } }
export interface DoseRule {
  readonly number: number
  readonly best?: NumberedPeriod
  /** the minimum age */
  readonly notBefore?: Figure
  /** a dose given a few days early still counts from here */
  readonly countsFrom?: NumberedPeriod
  readonly waits: readonly Wait[]
  readonly overdue?: NumberedPeriod
  readonly notAfter?: Figure
  readonly vaccines: readonly string[]
  readonly others: readonly string[]
  readonly again: boolean
  readonly sometimesSkipped: boolean
}
export interface SeriesRules {
  readonly name: string
  readonly kind: 'standard' | 'other' | 'somePlaces' | 'risk' | 'judged'
  readonly sexes: Series['sexes']
  readonly talk: boolean
  readonly season: boolean
  /** observations, for those who are at risk or live there */
  readonly for: readonly string[]
  readonly doses: readonly DoseRule[]
}
export interface Caution { readonly observation: string; readonly text?: string; readonly vaccines: readonly string[] }
export interface AntigenRules { readonly antigen: string; readonly disease: string; readonly series: readonly SeriesRules[]; readonly risk: readonly SeriesRules[]; readonly cautions: readonly Caution[] }

export const rulesOf = (edition: ImmunizationEdition): readonly AntigenRules[] => edition.antigens.map(({ name, series, contraindications, vaccineContraindications }) => {
  const all = series.map((one) => seriesRules(one, edition)).toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
  return {
    antigen: name, disease: diseaseOf(name), series: all.filter(({ kind }) => kind !== 'risk'), risk: all.filter(({ kind }) => kind === 'risk'),
    cautions: [...contraindications.map((one) => ({ ...one, vaccines: [] })), ...vaccineContraindications.map((one) => ({ ...one, vaccines: one.vaccines.map(({ cvx }) => cvx) }))]
      .map(({ observation, text, vaccines }) => ({ observation, ...(text === undefined ? {} : { text }), vaccines })),
  }
})
const ORDER: readonly SeriesRules['kind'][] = ['standard', 'other', 'somePlaces', 'risk', 'judged']

function seriesRules(series: Series, edition: ImmunizationEdition): SeriesRules {
  const { name, type, sexes, sharedDecision, indications, doses, isDefault } = series
  return {
    name, sexes, talk: sharedDecision, season: doses.some(({ season }) => season !== undefined), for: indications.map(({ observation }) => observation),
    kind: type === 'evaluationOnly' ? 'judged' : isOfSomePlaces(series, edition) ? 'somePlaces' : type === 'risk' ? 'risk' : isDefault ? 'standard' : 'other',
    doses: doses.map((dose) => doseRule(dose, edition.borrowed)),
  }
}

/** The rows in force last: earlier ones judge doses of earlier years. */
function doseRule({ number, ages, intervals, preferable, allowableByCvx, recurring, skips }: TargetDose, borrowed: boolean): DoseRule {
  const age = ages.toSorted((a, b) => b.cessation - a.cessation)[0]
  const latest = Math.max(...intervals.map(({ cessation }) => cessation))
  const vaccines = [...new Set(preferable.map(({ cvx }) => cvx))]
  return {
    number, vaccines, others: [...allowableByCvx.keys()].filter((cvx) => !vaccines.includes(cvx)), again: recurring, sometimesSkipped: skips.length > 0,
    ...(age?.earliestRec === undefined ? {} : { best: age.earliestRec }),
    ...(age?.min === undefined ? {} : { notBefore: { period: age.min, borrowed } }),
    ...(age?.absMin === undefined || age.absMin.text === age.min?.text ? {} : { countsFrom: age.absMin }),
    ...(age?.latestRec === undefined ? {} : { overdue: age.latestRec }),
    ...(age?.max === undefined ? {} : { notAfter: { period: age.max, borrowed: borrowed && age.ownMax !== true } }),
    waits: intervals.filter(({ cessation }) => cessation === latest).flatMap(({ from, min, absMin, earliestRec, own }) => {
      const period = min ?? absMin ?? earliestRec
      return period === undefined ? [] : [{ period, borrowed: borrowed && own !== true, from: fromOf(from), ...(earliestRec === undefined || earliestRec.text === period.text ? {} : { recommended: earliestRec }) }]
    }),
  }
}

function fromOf(from: TargetDose['intervals'][number]['from']): Wait['from'] {
  if ('targetDose' in from) return { kind: 'dose', number: from.targetDose }
  if ('mostRecent' in from) return { kind: 'vaccine', codes: from.mostRecent }
  return 'observation' in from ? { kind: 'observation', observation: from.observation } : { kind: 'previous' }
}

export interface Gap { readonly wait: NumberedPeriod; readonly afterValid: NumberedPeriod; readonly previous: readonly string[]; readonly current: readonly string[] }

/** How long one live vaccine waits for another, where both do not come on one day. Pairs with the same wait stand together. */
export function gapsOf({ conflicts }: ImmunizationEdition): readonly Gap[] {
  const pairs = [...conflicts].flatMap(([current, byPrevious]) => [...byPrevious].map(([previous, { minEnd, end }]) => ({ current, previous, minEnd, end })))
  return [...Map.groupBy(pairs, ({ minEnd, end }) => `${minEnd.text}|${end.text}`).values()].flatMap((same) => {
    const [first] = same
    return first === undefined ? [] : [{ wait: first.end, afterValid: first.minEnd, previous: [...new Set(same.map(({ previous }) => previous))], current: [...new Set(same.map(({ current }) => current))] }]
  })
}

export interface RuleSource { readonly rule: string; readonly words: string; readonly document: string; readonly section?: string; readonly evidence: Evidence; readonly own?: { readonly document: string } }

/** Every rule by which the edition judges, with the document it stands in and how sure that is. */
export const ruleSources = ({ rules, sources, rulePrefix }: ImmunizationEdition): readonly RuleSource[] => Object.entries(rules).map(([name, { source, section, words, evidence, own }]) => ({
  rule: `${rulePrefix}.${name}`, words, document: sources[source]?.document ?? source, evidence: evidence as Evidence,
  ...(section === undefined ? {} : { section }), ...(own === undefined ? {} : { own: { document: sources[own.source]?.document ?? own.source } }),
}))
