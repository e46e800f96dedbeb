/**
 * One child's scores with their reasons: the kernel's numbers as `Answer`s. An empty score says why it is empty, a score says
 * what was done on the way to it (0.7 cm for the position, a position that was assumed, feet not looked at, a flag).
 * Source: WHO 2006 and 2007, by the edition. The age is what the caller scores by; a corrected age comes with the age since birth.
 * Pure; computes nothing that the kernel does not.
 */
import type { Centimetres, Days, Kilograms, Millimetres, Sex } from '@bairn/quantities'
import { known, unknown, type Answer, type FactRef, type Message, type MessageParam, type Reason, type YesNo } from '@bairn/reasoning'
import { INDICATORS, MEASURES, type GrowthEdition, type GrowthReferences, type Indicator, type Measure } from './edition.ts'
import { makeColumns, makeScores, scoreColumns, setAgeInDays, STATUS, type Columns, type Scores } from './kernel.ts'
import { centileOf } from './lms.ts'
import { growthReason, indicatorName, measureName } from './reason.ts'

export interface GrowthInput {
  /** undefined: not recorded; never guessed */
  readonly sex?: Sex
  /** the age to score by; negative before term when corrected; undefined: not known */
  readonly age?: number
  /** given when `age` is corrected for prematurity: the age since birth, said beside it */
  readonly sinceBirth?: Days
  readonly weight?: Kilograms
  readonly lengthHeight?: Centimetres
  readonly position: 'lying' | 'standing' | 'notSaid'
  readonly oedema: YesNo
  readonly headCircumference?: Centimetres
  readonly armCircumference?: Centimetres
  readonly tricepsSkinfold?: Millimetres
  readonly subscapularSkinfold?: Millimetres
  /** the facts behind the values, for the reasons */
  readonly facts?: Readonly<Partial<Record<Measure | 'sex' | 'age' | 'oedema', FactRef>>>
}

export interface Score {
  readonly indicator: Indicator
  /** two decimals */
  readonly z: number
  /** share of the reference below, in percent */
  readonly centile: number
  /** 'implausible': measure again; a very sick child can be there */
  readonly flag: 'plausible' | 'implausible'
  readonly edition: string
  /** length or height as scored, after 0.7 cm for the position */
  readonly usedLength?: Centimetres
  /** the value scored: kg, cm, kg/m², mm */
  readonly value: number
}

export type Scored = Readonly<Record<Indicator, Answer<Score>>>

/** All eight indicators of one child. */
export function scoreAll(child: GrowthInput, references: GrowthReferences): Scored {
  const columns = makeColumns(1)
  const scores = makeScores(1)
  fill(columns, child)
  scoreColumns(columns, references, scores)
  const answers = {} as Record<Indicator, Answer<Score>>
  for (const indicator of INDICATORS) answers[indicator] = answer(indicator, child, references, columns, scores)
  return answers
}

/** One indicator of one child. */
export const score = (indicator: Indicator, child: GrowthInput, references: GrowthReferences): Answer<Score> => scoreAll(child, references)[indicator]

/** What each indicator needs measured. */
export const NEEDS: Readonly<Record<Indicator, readonly Measure[]>> = {
  lengthHeightForAge: ['lengthHeight'],
  weightForAge: ['weight'],
  weightForLengthHeight: ['weight', 'lengthHeight'],
  bmiForAge: ['weight', 'lengthHeight'],
  headCircumferenceForAge: ['headCircumference'],
  armCircumferenceForAge: ['armCircumference'],
  tricepsSkinfoldForAge: ['tricepsSkinfold'],
  subscapularSkinfoldForAge: ['subscapularSkinfold'],
}
/** Indicators that swelling makes misleading. */
const OEDEMA_HIDES: readonly Indicator[] = ['weightForAge', 'weightForLengthHeight', 'bmiForAge']

function fill(columns: Columns, child: GrowthInput): void {
  if (child.age !== undefined) setAgeInDays(columns, 0, child.age)
  columns.sex[0] = child.sex === 'male' ? 1 : child.sex === 'female' ? 2 : 0
  columns.position[0] = child.position === 'lying' ? 1 : child.position === 'standing' ? 2 : 0
  columns.oedema[0] = child.oedema === 'yes' ? 1 : 0
  for (const measure of MEASURES) columns.measures[measure][0] = child[measure] ?? Number.NaN
}

function answer(indicator: Indicator, child: GrowthInput, references: GrowthReferences, columns: Columns, scores: Scores): Answer<Score> {
  const edition = scores.edition[0] === 2 ? references.from5 : references.under5
  const inputs = factsOf(indicator, child)
  const say = (rule: string, text: Message): Reason => growthReason(edition, indicator, rule, text, inputs)
  const status = scores.status[indicator][0] as number
  if (status !== STATUS.scored) return unknown([whyEmpty(status, indicator, child, edition, columns, scores, say)])

  const z = scores.z[indicator][0] as number
  const usesLength = NEEDS[indicator].includes('lengthHeight')
  const used = scores.usedLength[0] as number
  const flagged = scores.flag[indicator][0] === 1
  const because = [say('z', { key: 'growth.z', params: { indicator: indicatorName(indicator), z: { z }, edition: { message: { key: `growth.edition.${edition.rulePrefix}` } } } })]
  if (flagged) because.push(say('flag', { key: 'growth.flag', params: { indicator: indicatorName(indicator), z: { z } } }))
  if (usesLength && edition.position !== undefined) because.push(...positionReasons(child, edition, used, scores.implausiblePosition[0] === 1, inputs))
  if (OEDEMA_HIDES.includes(indicator) && child.oedema !== 'no' && edition.position !== undefined) because.push(say('oedema', { key: 'growth.oedemaNotChecked' }))
  if (child.sinceBirth !== undefined && child.age !== undefined) because.push(say('age', { key: 'growth.corrected', params: { corrected: { age: child.age as Days }, since: { age: child.sinceBirth } } }))
  const value = indicator === 'bmiForAge' ? (child.weight as number) / ((used / 100) * (used / 100)) : (child[NEEDS[indicator][0] as Measure] as number)
  return known({ indicator, z, centile: centileOf(z), flag: flagged ? 'implausible' : 'plausible', edition: edition.id, value, ...(usesLength ? { usedLength: used as Centimetres } : {}) }, because)
}

function whyEmpty(status: number, indicator: Indicator, child: GrowthInput, edition: GrowthEdition, columns: Columns, scores: Scores, say: (rule: string, text: Message) => Reason): Reason {
  const name = indicatorName(indicator)
  switch (status) {
    case STATUS.notMeasured: {
      const missing = NEEDS[indicator].find((measure) => Number.isNaN(columns.measures[measure][0])) as Measure
      return say('notMeasured', { key: 'growth.notMeasured', params: { measure: measureName(missing) } })
    }
    case STATUS.impossible: {
      const wrong = NEEDS[indicator].find((measure) => isImpossible(measure, child[measure], edition)) as Measure
      return say('impossible', { key: 'growth.impossible', params: { measure: measureName(wrong), value: valueParam(wrong, child[wrong] as number), hint: { code: unitHint(wrong, child[wrong] as number, edition) } } })
    }
    case STATUS.sex: return say('sex', { key: 'growth.sexUnknown' })
    case STATUS.age: return child.age !== undefined && child.age < 0 && child.sinceBirth !== undefined
      ? growthReason(edition, indicator, 'preterm', { key: 'growth.beforeTerm' }, factsOf(indicator, child))
      : say('age', { key: 'growth.ageUnknown' })
    case STATUS.weightForAgeEnds: return say('weightForAgeEnds', { key: 'growth.weightForAgeEnds' })
    case STATUS.oedema: return say('oedema', { key: 'growth.oedema', params: { indicator: name } })
    case STATUS.lengthRange: {
      const used = scores.usedLength[0] as number
      const range = edition.lengthRange as NonNullable<GrowthEdition['lengthRange']>
      const lying = child.age === undefined ? used < range.height.from : Math.floor(child.age + 0.5) < (edition.position?.standingFromDay ?? 0)
      const { from, to } = lying ? range.length : range.height
      return say('lengthRange', { key: 'growth.lengthRange', params: { used: { cm: used as Centimetres }, from: { cm: from as Centimetres }, to: { cm: to as Centimetres } } })
    }
    case STATUS.notInReference: return say('range', { key: 'growth.notInReference', params: { indicator: name } })
    default: return say('range', { key: 'growth.range', params: { indicator: name } })
  }
}

/** Outside what any child can measure, by the edition. */
export function isImpossible(measure: Measure, value: number | undefined, edition: GrowthEdition): boolean {
  const range = edition.possible[measure]
  return value !== undefined && range !== undefined && !(value >= range.from && value <= range.to)
}

/** What was probably meant: 9800 kg are grams, 0.76 cm are metres, 145 cm of an arm are millimetres. */
export function unitHint(measure: Measure, value: number, edition: GrowthEdition): 'grams' | 'metres' | 'millimetres' | 'none' {
  const fits = (factor: number): boolean => !isImpossible(measure, value * factor, edition) && value > 0
  if (measure === 'weight' && value > (edition.possible.weight?.to ?? 0) && fits(0.001)) return 'grams'
  if (measure === 'lengthHeight' && value > 0 && value < (edition.possible.lengthHeight?.from ?? 0) && fits(100)) return 'metres'
  if ((measure === 'armCircumference' || measure === 'headCircumference' || measure === 'lengthHeight') && value > (edition.possible[measure]?.to ?? 0) && fits(0.1)) return 'millimetres'
  return 'none'
}

const valueParam = (measure: Measure, value: number): MessageParam =>
  measure === 'weight' ? { kg: value as Kilograms } : measure.endsWith('Skinfold') ? { mm: value as Millimetres } : { cm: value as Centimetres }

function positionReasons(child: GrowthInput, edition: GrowthEdition, used: number, implausible: boolean, inputs: readonly FactRef[]): Reason[] {
  const measured = child.lengthHeight as number
  const say = (key: string): Reason => growthReason(edition, 'lengthHeight', 'position', { key, params: { measured: { cm: measured as Centimetres }, used: { cm: used as Centimetres } } }, inputs)
  if (implausible) return [say('growth.position.implausible')]
  if (used > measured) return [say('growth.position.added')]
  if (used < measured) return [say('growth.position.subtracted')]
  return child.position === 'notSaid' ? [say('growth.position.assumed')] : []
}

function factsOf(indicator: Indicator, child: GrowthInput): FactRef[] {
  const keys = [...NEEDS[indicator], 'sex', 'age', ...(OEDEMA_HIDES.includes(indicator) ? ['oedema'] : [])] as const
  return keys.flatMap((key) => child.facts?.[key as Measure] ?? [])
}
