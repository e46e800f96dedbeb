/**
 * The numeric kernel: z-scores of many children from columns of numbers, one thread, no objects made per child.
 * `score.ts` wraps it for one child with reasons. Sources: WHO 2006 and 2007; limits and order of arithmetic as R anthro
 * 1.1.0.9000 and anthroplus 1.0.0.9000 (the tables' own programs), which every cell of the oracle confirms.
 * NaN means missing. Pure.
 */
import { DAYS_PER_MONTH } from '@bairn/quantities'
import { INDICATORS, MEASURES, type GrowthEdition, type GrowthReferences, type Indicator, type LmsTable, type Measure } from './edition.ts'
import { plainZ, restrictedZ, roundZ } from './lms.ts'

/** One entry a child. Codes: sex 1 male, 2 female, 0 unknown; position 1 lying, 2 standing, 0 not said; oedema 1 yes, 0 no or not known. */
export interface Columns {
  readonly count: number
  /** days since birth, fractions allowed; NaN unknown */
  readonly ageDays: Float64Array
  /** growth months as given, or days / 30.4375 */
  readonly ageMonths: Float64Array
  readonly sex: Uint8Array
  readonly position: Uint8Array
  readonly oedema: Uint8Array
  /** kg, cm, cm, cm, mm, mm; NaN not measured */
  readonly measures: Readonly<Record<Measure, Float64Array>>
}

/** Why a score is empty. The first that applies, in this order. */
export const STATUS = { scored: 0, notMeasured: 1, impossible: 2, sex: 3, age: 4, range: 5, weightForAgeEnds: 6, oedema: 7, lengthRange: 8, notInReference: 9 } as const
export type Status = (typeof STATUS)[keyof typeof STATUS]

export interface Scores {
  /** per indicator and child, rounded to two decimals; NaN empty */
  readonly z: Readonly<Record<Indicator, Float64Array>>
  readonly status: Readonly<Record<Indicator, Uint8Array>>
  /** 1 beyond the plausible, 0 within; 255 where z is empty */
  readonly flag: Readonly<Record<Indicator, Uint8Array>>
  /** length or height as used, after 0.7 cm for the position */
  readonly usedLength: Float64Array
  /** 1: scored by the standards of 0-5 years, 2: by the reference of 5-19, 0: neither */
  readonly edition: Uint8Array
  /** 1: under 9 months said to stand, taken as not said */
  readonly implausiblePosition: Uint8Array
}

export function makeColumns(count: number): Columns {
  const measures = {} as Record<Measure, Float64Array>
  for (const measure of MEASURES) measures[measure] = new Float64Array(count).fill(Number.NaN)
  return { count, ageDays: new Float64Array(count).fill(Number.NaN), ageMonths: new Float64Array(count).fill(Number.NaN), sex: new Uint8Array(count), position: new Uint8Array(count), oedema: new Uint8Array(count), measures }
}

export function makeScores(count: number): Scores {
  const z = {} as Record<Indicator, Float64Array>
  const status = {} as Record<Indicator, Uint8Array>
  const flag = {} as Record<Indicator, Uint8Array>
  for (const indicator of INDICATORS) {
    z[indicator] = new Float64Array(count)
    status[indicator] = new Uint8Array(count)
    flag[indicator] = new Uint8Array(count)
  }
  return { z, status, flag, usedLength: new Float64Array(count), edition: new Uint8Array(count), implausiblePosition: new Uint8Array(count) }
}

/** Ages given in days: the row is the day rounded half up, the months are not rounded. */
export const setAgeInDays = (columns: Columns, child: number, age: number): void => {
  columns.ageDays[child] = age
  columns.ageMonths[child] = age / DAYS_PER_MONTH
}
/** Ages given in growth months: the day is months x 30.4375 rounded half up, the months stay as given. */
export const setAgeInMonths = (columns: Columns, child: number, age: number): void => {
  columns.ageDays[child] = halfUp(age * DAYS_PER_MONTH)
  columns.ageMonths[child] = age
}
const halfUp = (value: number): number => Math.floor(value + 0.5)

/** Fills `scores` for the first `columns.count` children. */
export function scoreColumns(columns: Columns, { under5, from5 }: GrowthReferences, scores: Scores): void {
  scoreUnder5(columns, under5, scores)
  scoreFrom5(columns, from5, scores)
}

const outside = (value: number, range: { readonly from: number; readonly to: number } | undefined): boolean => range === undefined || !(value >= range.from && value <= range.to)

function scoreUnder5(columns: Columns, edition: GrowthEdition, scores: Scores): void {
  const { weight, lengthHeight, headCircumference, armCircumference, tricepsSkinfold, subscapularSkinfold } = columns.measures
  const below = edition.months.below as number
  const position = edition.position as NonNullable<GrowthEdition['position']>
  const lengthRange = edition.lengthRange as NonNullable<GrowthEdition['lengthRange']>
  const { possible } = edition
  const table = (name: keyof GrowthEdition['tables']): LmsTable => edition.tables[name] as LmsTable
  const tables = { length: table('weightForLength'), height: table('weightForHeight') }
  const byAge = [
    forAge('weightForAge', weight, table('weightForAge'), true),
    forAge('headCircumferenceForAge', headCircumference, table('headCircumferenceForAge'), false),
    forAge('armCircumferenceForAge', armCircumference, table('armCircumferenceForAge'), true),
    forAge('tricepsSkinfoldForAge', tricepsSkinfold, table('tricepsSkinfoldForAge'), true),
    forAge('subscapularSkinfoldForAge', subscapularSkinfold, table('subscapularSkinfoldForAge'), true),
  ]
  function forAge(indicator: Indicator, values: Float64Array, rows: LmsTable, restricted: boolean) {
    const measure = { weightForAge: 'weight', headCircumferenceForAge: 'headCircumference', armCircumferenceForAge: 'armCircumference', tricepsSkinfoldForAge: 'tricepsSkinfold', subscapularSkinfoldForAge: 'subscapularSkinfold' }[indicator as string] as Measure
    return { put: sink(edition, scores, indicator), values, rows, restricted, limits: possible[measure], oedemaHides: indicator === 'weightForAge' }
  }
  const putLength = sink(edition, scores, 'lengthHeightForAge')
  const putBmi = sink(edition, scores, 'bmiForAge')
  const putWfl = sink(edition, scores, 'weightForLengthHeight')
  const lengthRows = table('lengthHeightForAge')
  const bmiRows = table('bmiForAge')

  for (let child = 0; child < columns.count; child++) {
    const months = columns.ageMonths[child] as number
    const known = months === months
    scores.edition[child] = 0
    scores.implausiblePosition[child] = 0
    if (known && !(months < below)) continue // the reference of 5-19 years takes over
    scores.edition[child] = 1
    const sex = columns.sex[child] as number
    const oedema = columns.oedema[child] === 1
    const days = columns.ageDays[child] as number
    const ageStatus = !known ? STATUS.age : !(days >= 0) ? STATUS.age : STATUS.scored
    const row = ageStatus === STATUS.scored ? halfUp(days) : -1
    const weightStatus = judge(weight[child] as number, possible.weight)
    const lengthStatus = judge(lengthHeight[child] as number, possible.lengthHeight)

    // lying or standing
    let used = lengthHeight[child] as number
    let how = columns.position[child] as number
    if (ageStatus === STATUS.scored) {
      if (how === 2 && months < position.implausibleStandingBelowMonths) {
        scores.implausiblePosition[child] = 1
        how = 0
      }
      if (row < position.standingFromDay) { if (how === 2) used += position.correctionCm } else if (how === 1) used -= position.correctionCm
    }
    scores.usedLength[child] = used

    // for age
    if (lengthStatus !== STATUS.scored) putLength.empty(child, lengthStatus)
    else if (sex === 0) putLength.empty(child, STATUS.sex)
    else if (ageStatus !== STATUS.scored) putLength.empty(child, ageStatus)
    else putLength.score(child, zAt(lengthRows, sex, row, used, false))

    for (const { put, values, rows, restricted, limits, oedemaHides } of byAge) {
      const value = values[child] as number
      const status = judge(value, limits)
      if (status !== STATUS.scored) put.empty(child, status)
      else if (sex === 0) put.empty(child, STATUS.sex)
      else if (ageStatus !== STATUS.scored) put.empty(child, ageStatus)
      else if (oedemaHides && oedema) put.empty(child, STATUS.oedema)
      else put.score(child, zAt(rows, sex, row, value, restricted))
    }

    const both = weightStatus !== STATUS.scored ? weightStatus : lengthStatus
    if (both !== STATUS.scored) putBmi.empty(child, both)
    else if (sex === 0) putBmi.empty(child, STATUS.sex)
    else if (ageStatus !== STATUS.scored) putBmi.empty(child, ageStatus)
    else if (oedema) putBmi.empty(child, STATUS.oedema)
    else putBmi.score(child, zAt(bmiRows, sex, row, bmiOf(weight[child] as number, used), true))

    // for length or height: the age only chooses the table
    if (both !== STATUS.scored) putWfl.empty(child, both)
    else if (sex === 0) putWfl.empty(child, STATUS.sex)
    else if (ageStatus !== STATUS.scored && known) putWfl.empty(child, ageStatus)
    else if (oedema) putWfl.empty(child, STATUS.oedema)
    else {
      const lying = known ? row < position.standingFromDay : how === 1 || (how === 0 && used < position.lengthTableBelowCmWithoutAge)
      const range = lying ? lengthRange.length : lengthRange.height
      if (outside(used, range)) putWfl.empty(child, STATUS.lengthRange)
      else putWfl.score(child, zBetweenTenths(lying ? tables.length : tables.height, sex, used, weight[child] as number))
    }
  }
}

function scoreFrom5(columns: Columns, edition: GrowthEdition, scores: Scores): void {
  const { weight, lengthHeight } = columns.measures
  const { from, to } = edition.months
  const weightTo = edition.weightForAgeToMonths as number
  const { possible } = edition
  const putLength = sink(edition, scores, 'lengthHeightForAge')
  const putWeight = sink(edition, scores, 'weightForAge')
  const putBmi = sink(edition, scores, 'bmiForAge')
  const others = INDICATORS.filter((indicator) => edition.tables[indicator as 'bmiForAge'] === undefined).map((indicator) => sink(edition, scores, indicator))
  const lengthRows = edition.tables.lengthHeightForAge as LmsTable
  const weightRows = edition.tables.weightForAge as LmsTable
  const bmiRows = edition.tables.bmiForAge as LmsTable

  for (let child = 0; child < columns.count; child++) {
    if (scores.edition[child] !== 0) continue
    scores.edition[child] = 2
    const months = columns.ageMonths[child] as number
    const sex = columns.sex[child] as number
    const oedema = columns.oedema[child] === 1
    const inRange = months >= from && months <= (to as number)
    const weightStatus = judge(weight[child] as number, possible.weight)
    const lengthStatus = judge(lengthHeight[child] as number, possible.lengthHeight)
    const both = weightStatus !== STATUS.scored ? weightStatus : lengthStatus
    scores.usedLength[child] = lengthHeight[child] as number
    for (const put of others) put.empty(child, STATUS.notInReference)

    if (lengthStatus !== STATUS.scored) putLength.empty(child, lengthStatus)
    else if (sex === 0) putLength.empty(child, STATUS.sex)
    else if (!inRange) putLength.empty(child, STATUS.range)
    else putLength.score(child, zBetweenMonths(lengthRows, sex, months, lengthHeight[child] as number, false))

    if (weightStatus !== STATUS.scored) putWeight.empty(child, weightStatus)
    else if (sex === 0) putWeight.empty(child, STATUS.sex)
    else if (!inRange) putWeight.empty(child, STATUS.range)
    else if (!(months <= weightTo)) putWeight.empty(child, STATUS.weightForAgeEnds)
    else if (oedema) putWeight.empty(child, STATUS.oedema)
    else putWeight.score(child, zBetweenMonths(weightRows, sex, months, weight[child] as number, true))

    if (both !== STATUS.scored) putBmi.empty(child, both)
    else if (sex === 0) putBmi.empty(child, STATUS.sex)
    else if (!inRange) putBmi.empty(child, STATUS.range)
    else if (oedema) putBmi.empty(child, STATUS.oedema)
    else putBmi.score(child, zBetweenMonths(bmiRows, sex, months, bmiOf(weight[child] as number, lengthHeight[child] as number), true))
  }
}

/** kg/m², with the length as used, not rounded. */
export const bmiOf = (weight: number, length: number): number => weight / ((length / 100) * (length / 100))

function judge(value: number, range: { readonly from: number; readonly to: number } | undefined): Status {
  if (value !== value) return STATUS.notMeasured
  return outside(value, range) ? STATUS.impossible : STATUS.scored
}

function sink(edition: GrowthEdition, scores: Scores, indicator: Indicator) {
  const z = scores.z[indicator]
  const status = scores.status[indicator]
  const flag = scores.flag[indicator]
  const limits = edition.flags[indicator]
  return {
    empty(child: number, why: Status): void {
      z[child] = Number.NaN
      status[child] = why
      flag[child] = 255
    },
    score(child: number, value: number): void {
      if (value !== value) return this.empty(child, STATUS.range)
      const rounded = roundZ(value)
      z[child] = rounded
      status[child] = STATUS.scored
      flag[child] = limits !== undefined && (rounded < limits.below || rounded > limits.above) ? 1 : 0
    },
  }
}

/** NaN outside the table. */
function zAt(table: LmsTable, sex: number, x: number, value: number, restricted: boolean): number {
  const row = x - table.from
  if (row < 0 || row >= table.rows) return Number.NaN
  const values = sex === 1 ? table.male : table.female
  const at = row * 3
  const l = values[at] as number
  const m = values[at + 1] as number
  const s = values[at + 2] as number
  return restricted ? restrictedZ(value, l, m, s) : plainZ(value, l, m, s)
}

/** Linear between the tenths of a centimetre, in this order of arithmetic: 109.3 + 0.7 must land on 110.0. */
function zBetweenTenths(table: LmsTable, sex: number, length: number, weight: number): number {
  const low = Math.trunc(length * 10)
  const high = Math.trunc(length * 10 + 1)
  const share = (length - low / 10) / 0.1
  const values = sex === 1 ? table.male : table.female
  const at = (low - table.from) * 3
  if (share <= 0) return restrictedZ(weight, values[at] as number, values[at + 1] as number, values[at + 2] as number)
  const next = (high - table.from) * 3
  return restrictedZ(weight, between(values, at, next, share), between(values, at + 1, next + 1, share), between(values, at + 2, next + 2, share))
}

function zBetweenMonths(table: LmsTable, sex: number, months: number, value: number, restricted: boolean): number {
  const low = Math.trunc(months)
  const share = months - low
  const values = sex === 1 ? table.male : table.female
  const at = (low - table.from) * 3
  if (low < table.from || low - table.from >= table.rows) return Number.NaN
  const next = share > 0 ? at + 3 : at
  const l = between(values, at, next, share)
  const m = between(values, at + 1, next + 1, share)
  const s = between(values, at + 2, next + 2, share)
  return restricted ? restrictedZ(value, l, m, s) : plainZ(value, l, m, s)
}

const between = (values: Float64Array, at: number, next: number, share: number): number => (values[at] as number) + share * ((values[next] as number) - (values[at] as number))
