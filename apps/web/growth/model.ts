/**
 * A child's record to what a growth chart draws: z-lines, the child's points, the places where the reference changes, and the sentence
 * above it. Values are in the chart's own units (kg, cm, kg/m², mm; ages in days); pixels are made in geometry.ts.
 * Curves, scores and changes come from the growth engine. Pure.
 */
import { linesCrossed, valueForAge, weightChange, weightForLengthAt, heightFell, type CurvePoint, type ForAge, type GrowthReferences, type Indicator, type Score } from '@bairn/growth'
import { completedMonths, DAYS_PER_MONTH, type Day, type Days, type Kilograms } from '@bairn/quantities'
import type { PlanScore } from '@bairn/plan'
import type { Message, MessageParam } from '@bairn/reasoning'
import { ageDomain, lengthDomain, type Domain } from './domain.ts'
import { ageOn, historyOf, isConfirmed, type HistoryInput, type VisitDay } from './history.ts'
import { sentenceOf, type Sayable } from './sentence.ts'

export const CHARTS = ['weight', 'length', 'weightForLength', 'bmi', 'head', 'arm'] as const
export type ChartId = (typeof CHARTS)[number]

export interface ChartPoint {
  readonly day: Day
  /** the age in days that the score goes by, or the length in cm */
  readonly x: number
  readonly y: number
  readonly age?: { readonly sinceBirth: Days; readonly corrected?: Days }
  readonly z?: number
  readonly centile?: number
  /** why there is no z-score */
  readonly noScore?: Message
  /** what was done on the way to the score: 0.7 cm, a position nobody wrote down */
  readonly notes: readonly Message[]
  /** very unlikely, and not confirmed: drawn hollow and unjoined, and left out of every sentence */
  readonly doubted: boolean
  readonly shape: 'circle' | 'square'
  /** as measured, in words of the record */
  readonly value: MessageParam
  readonly second?: MessageParam
}

export interface ZLine {
  readonly z: number
  /** broken where the reference changes */
  readonly segments: readonly (readonly CurvePoint[])[]
  readonly look: 'median' | 'plain' | 'low' | 'high'
  /** what lies beyond it, where the edition names it */
  readonly beyond?: 'thin' | 'overweight' | 'obese'
}

/** Where one table ends and the next begins. */
export interface Step { readonly x: number; readonly kind: 'standing' | 'reference' | 'corrected' }

export interface GrowthChart {
  readonly id: ChartId
  readonly domain: Domain
  readonly lines: readonly ZLine[]
  /** between these two lines lies the band */
  readonly band: { readonly from: number; readonly to: number }
  readonly points: readonly ChartPoint[]
  /** born early: the same values by age since birth, which give no score */
  readonly sinceBirth: readonly { readonly x: number; readonly y: number }[]
  readonly bornEarlyBy?: Days
  readonly steps: readonly Step[]
  /** arm: the cut-offs that care goes by, from and to these ages */
  readonly cutOffs: readonly { readonly y: number; readonly from: number; readonly to: number }[]
  readonly unit: 'kg' | 'cm' | 'mm' | 'bmi'
  readonly say: readonly Message[]
  readonly caption: Message
}

const INDICATOR: Readonly<Record<ChartId, Indicator>> = {
  weight: 'weightForAge', length: 'lengthHeightForAge', weightForLength: 'weightForLengthHeight', bmi: 'bmiForAge', head: 'headCircumferenceForAge', arm: 'armCircumferenceForAge',
}
const UNIT: Readonly<Record<ChartId, GrowthChart['unit']>> = { weight: 'kg', length: 'cm', weightForLength: 'kg', bmi: 'bmi', head: 'cm', arm: 'mm' }

export interface GrowthInput extends HistoryInput {
  readonly on: Day
  /** of the plan: which unlikely values were measured twice */
  readonly scores: readonly PlanScore[]
}

/** The charts that can be had at this age, those without a measurement too; weight-for-length up to 5 years, BMI first from 5 on. */
export function chartsFor(input: GrowthInput): readonly ChartId[] {
  const { from5 } = limits(input.references)
  const age = ageOn(input.on, input)?.scored
  if (age === undefined) return ['weightForLength']
  return age >= from5 ? ['bmi', 'length', 'weight'] : ['weight', 'length', 'weightForLength', 'arm', 'head', 'bmi']
}

/** One chart with everything on it. */
export function growthChart(id: ChartId, input: GrowthInput, visits: readonly VisitDay[] = historyOf(input)): GrowthChart {
  const { facts, references, on } = input
  const points = visits.flatMap((visit) => pointOf(id, visit, input) ?? [])
  const now = ageOn(on, input)
  const last = points.at(-1)
  const lying = id === 'weightForLength' ? lyingAt(visits.findLast((visit) => visit.weight !== undefined && visit.length !== undefined) ?? { day: on }, input) : true
  const corrected = now?.corrected === true && id !== 'weightForLength'
  const sinceBirth = corrected ? points.flatMap(({ age, y }) => (age?.corrected === undefined ? [] : [{ x: age.sinceBirth, y }])) : []
  const shown = id === 'weightForLength' ? points : points.filter(({ x }) => x >= 0)
  const domain = id === 'weightForLength'
    ? lengthDomain(shown.map(({ x }) => x), lying ? references.under5.lengthRange?.length : references.under5.lengthRange?.height)
    : ageDomain([...shown.map(({ x }) => x), ...sinceBirth.map(({ x }) => x), ...(now === undefined ? [] : [now.scored])], { corrected, from5: limits(references).from5 })
  const older = id === 'bmi' && domain.to > limits(references).from5 && (now?.scored ?? 0) >= limits(references).from5
  const zs = zLines(id, { older, highest: Math.max(0, ...shown.map(({ z }) => z ?? 0)) })
  const placed = id === 'weightForLength' ? shown.map((point) => onTable(point, lying, input)) : shown
  return {
    id, domain, unit: UNIT[id],
    lines: facts.sex === undefined ? [] : zs.map((z) => ({ z, ...lookOf(z, id, older), segments: segments(id, z, domain, lying, input) })),
    band: { from: -2, to: older ? 1 : 2 },
    points: placed, sinceBirth,
    ...(corrected && now !== undefined && sinceBirth.length > 0 ? { bornEarlyBy: (now.sinceBirth - now.scored) as Days } : {}),
    steps: id === 'weightForLength' ? [] : stepsOf(id, domain, placed, references),
    cutOffs: id === 'arm' ? armCutOffs(references, domain) : [],
    say: sentenceOf(sayable(id, visits, placed, input, corrected), { id, sex: facts.sex, corrected, lines: zs, ...(last === undefined ? {} : { last }) }),
    caption: captionOf(id, { corrected, lying, older, sex: facts.sex, estimated: facts.birth.kind === 'estimated', references }),
  }
}

/** What the sentence may say of the last two visits that count. */
function sayable(id: ChartId, visits: readonly VisitDay[], points: readonly ChartPoint[], { facts, references, on }: GrowthInput, corrected: boolean): Sayable {
  const sound = points.filter(({ doubted }) => !doubted)
  const [before, now] = [sound.at(-2), sound.at(-1)]
  const scoreOf = (point: ChartPoint | undefined): Score | undefined => {
    const scored = point === undefined ? undefined : visits.find(({ day }) => day === point.day)?.scores[INDICATOR[id]]
    return scored?.known === true ? scored.value : undefined
  }
  const [from, to] = [scoreOf(before), scoreOf(now)]
  const edition = to?.edition === references.from5.id ? references.from5 : references.under5
  const months = facts.birth.kind === 'unknown' ? undefined : completedMonths({ birth: facts.birth.day, on: Math.max(on, facts.birth.day) as Day })
  const fact = (point: ChartPoint) => ({ id: String(point.day), kind: 'weight' as const, day: point.day })
  const change = id === 'weight' && before !== undefined && now !== undefined && months !== undefined
    ? weightChange({ day: before.day, value: before.y as Kilograms, fact: fact(before) }, { day: now.day, value: now.y as Kilograms, fact: fact(now) }, months, edition) : undefined
  const [lengthBefore, lengthNow] = [before, now].map((point) => visits.find(({ day }) => day === point?.day)?.length)
  const fell = id === 'length' && lengthBefore !== undefined && lengthNow !== undefined && before !== undefined && now !== undefined
    ? heightFell({ ...lengthBefore, fact: fact(before) }, { ...lengthNow, fact: fact(now) }, references.under5, edition) : undefined
  return {
    count: sound.length,
    ...(before === undefined ? {} : { since: before.day }),
    ...(change === undefined ? {} : { change: { kind: change.kind, by: change.by } }),
    ...(fell === undefined ? {} : { fell: fell.by }),
    crossed: from === undefined || to === undefined ? [] : linesCrossed(from, to, references),
    ...(from === undefined || to === undefined ? {} : { sameReference: from.edition === to.edition, downwards: to.z < from.z }),
    ...(to === undefined ? {} : { z: to.z }),
    steps: id === 'length' && !corrected && points.length > 1 && stepsOf(id, { from: points[0]?.x ?? 0, to: points.at(-1)?.x ?? 0 }, points, references).some(({ kind }) => kind === 'standing'),
  }
}

function pointOf(id: ChartId, visit: VisitDay, { scores }: GrowthInput): ChartPoint | undefined {
  const { day, age, weight, length, head, arm } = visit
  const scored = visit.scores[INDICATOR[id]]
  const at = measured()
  if (at === undefined) return undefined
  const x = id === 'weightForLength' ? (scored.known ? (scored.value.usedLength as number) : (length?.value as number)) : age?.scored
  if (x === undefined) return undefined
  const doubted = scored.known && scored.value.flag === 'implausible' && !isConfirmed(scores, INDICATOR[id], day)
  return {
    day, x, ...at, doubted,
    ...(age === undefined ? {} : { age: { sinceBirth: age.sinceBirth, ...(age.corrected ? { corrected: age.scored as Days } : {}) } }),
    ...(scored.known ? { z: scored.value.z, centile: scored.value.centile } : scored.because[0] === undefined ? {} : { noScore: scored.because[0].text }),
    notes: scored.known ? scored.because.filter(({ rule }) => /\.(position|oedema)$/.test(rule)).map(({ text }) => text) : [],
    shape: length?.position === 'standing' && id !== 'weight' && id !== 'head' && id !== 'arm' ? 'square' : 'circle',
  }

  function measured(): Pick<ChartPoint, 'y' | 'value' | 'second'> | undefined {
    switch (id) {
      case 'weight': return weight === undefined ? undefined : { y: weight.value, value: { kg: weight.value } }
      case 'length': return length === undefined ? undefined : { y: scored.known ? (scored.value.usedLength as number) : length.value, value: { cm: length.value } }
      case 'head': return head === undefined ? undefined : { y: head.value, value: { cm: head.value } }
      case 'arm': return arm === undefined ? undefined : { y: arm.value, value: { mm: arm.value } }
      case 'weightForLength': return weight === undefined || length === undefined ? undefined : { y: weight.value, value: { kg: weight.value }, second: { cm: length.value } }
      default: return scored.known ? { y: scored.value.value, value: { number: scored.value.value, digits: 1 } } : undefined
    }
  }
}

/** Which of the two tables a day's weight-for-length goes by: the one its own score used. */
function lyingAt(visit: Pick<VisitDay, 'day'>, { references, ...rest }: GrowthInput): boolean {
  const age = ageOn(visit.day, { ...rest })
  const { standing } = limits(references)
  return age === undefined || Math.floor(age.scored + 0.5) < standing
}

/** A point scored by the other of the two tables moves by the edition's 0.7 cm, so that it stands where its z-score says. */
function onTable(point: ChartPoint, lying: boolean, input: GrowthInput): ChartPoint {
  const own = lyingAt(point, input)
  const correction = input.references.under5.position?.correctionCm ?? 0
  return own === lying ? point : { ...point, x: point.x + (own ? -correction : correction) }
}

function zLines(id: ChartId, { older, highest }: { readonly older: boolean; readonly highest: number }): readonly number[] {
  if (older) return [-3, -2, 0, 1, 2, ...(highest > 2 ? [3] : [])]
  return id === 'weight' || id === 'length' || id === 'arm' ? [-3, -2, 0, 2, ...(highest > 2 ? [3] : [])] : [-3, -2, 0, 2, 3]
}

function lookOf(z: number, id: ChartId, older: boolean): Pick<ZLine, 'look' | 'beyond'> {
  if (z === 0) return { look: 'median' }
  if (z < 0) return { look: 'low', ...(older && z === -2 ? { beyond: 'thin' } : {}) }
  if (older) return { look: 'high', ...(z === 1 ? { beyond: 'overweight' } : z === 2 ? { beyond: 'obese' } : {}) }
  return { look: z === 3 && (id === 'weightForLength' || id === 'bmi' || id === 'head') ? 'high' : 'plain' }
}

const SAMPLES = 72

function segments(id: ChartId, z: number, { from, to }: Domain, lying: boolean, { facts, references }: GrowthInput): readonly (readonly CurvePoint[])[] {
  const sex = facts.sex
  if (sex === undefined) return []
  const indicator = INDICATOR[id]
  if (id === 'weightForLength') return [sample(from, to, (length) => weightForLengthAt({ sex, length, lying, z }, references))]
  const { standing, lastUnder5, from5 } = limits(references)
  const scale = id === 'arm' ? 10 : 1
  const value = (age: number): number | undefined => {
    const found = valueForAge(indicator as ForAge, { sex, age, z }, references)
    return found === undefined ? undefined : found * scale
  }
  const breaks = id === 'length' ? [[from, standing - 1], [standing, lastUnder5], [from5, to]] : [[from, lastUnder5], [from5, to]]
  return breaks.map(([start = 0, end = 0]) => sample(Math.max(from, start), Math.min(to, end), value)).filter((part) => part.length > 1)
}

function sample(from: number, to: number, value: (x: number) => number | undefined): readonly CurvePoint[] {
  if (to <= from) return []
  const step = (to - from) / SAMPLES
  return Array.from({ length: SAMPLES + 1 }, (_, at) => (at === SAMPLES ? to : from + at * step)).flatMap((x) => {
    const y = value(x)
    return y === undefined ? [] : [{ x, y }]
  })
}

function stepsOf(id: ChartId, { from, to }: { readonly from: number; readonly to: number }, points: readonly ChartPoint[], references: GrowthReferences): readonly Step[] {
  const { standing, from5 } = limits(references)
  const inside = (x: number): boolean => x > from && x < to
  const uncorrected = points.findIndex(({ age }, at) => age?.corrected === undefined && points[at - 1]?.age?.corrected !== undefined)
  const between = uncorrected > 0 ? ((points[uncorrected]?.x ?? 0) + (points[uncorrected - 1]?.x ?? 0)) / 2 : undefined
  return [
    ...(id === 'length' && inside(standing) ? [{ x: standing, kind: 'standing' as const }] : []),
    ...((id === 'weight' || id === 'length' || id === 'bmi') && inside(from5) ? [{ x: from5, kind: 'reference' as const }] : []),
    ...(between !== undefined && inside(between) ? [{ x: between, kind: 'corrected' as const }] : []),
  ]
}

function armCutOffs({ under5 }: GrowthReferences, { from, to }: Domain): GrowthChart['cutOffs'] {
  const { arm } = under5
  if (arm === undefined) return []
  const [start, end] = [Math.max(from, arm.fromMonths * DAYS_PER_MONTH), Math.min(to, arm.belowMonths * DAYS_PER_MONTH)]
  return end <= start ? [] : [arm.moderateBelowMm, arm.severeBelowMm].map((y) => ({ y, from: start, to: end }))
}

function captionOf(id: ChartId, { corrected, lying, older, sex, estimated, references }: {
  readonly corrected: boolean; readonly lying: boolean; readonly older: boolean; readonly sex: string | undefined; readonly estimated: boolean; readonly references: GrowthReferences
}): Message {
  const chart = id === 'weightForLength' && !lying ? 'weightForHeight' : id
  const edition = older ? references.from5 : references.under5
  return { key: 'child.chart.caption', params: {
    chart: { code: chart }, corrected: { code: corrected ? 'yes' : 'no' }, about: { code: estimated ? 'yes' : 'no' },
    sex: { code: sex ?? 'unknown' }, edition: { message: { key: `growth.edition.${edition.rulePrefix}` } },
  } }
}

/** Days at which the tables change, from the edition. */
function limits({ under5 }: GrowthReferences): { readonly standing: number; readonly lastUnder5: number; readonly from5: number } {
  const from5 = (under5.months.below ?? 0) * DAYS_PER_MONTH
  return { standing: under5.position?.standingFromDay ?? 0, lastUnder5: Math.ceil(from5) - 1, from5 }
}

