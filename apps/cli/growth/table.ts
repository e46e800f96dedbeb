/** The table that comes out: the columns, and why each empty score of the set for the child's age is empty. */
import { STATUS, unitHint, type Columns, type GrowthReferences, type Indicator, type Measure, type Scores } from '@bairn/growth'
import type { Row } from './rows.ts'

const UNDER_5: readonly (readonly [column: string, indicator: Indicator])[] = [
  ['len', 'lengthHeightForAge'], ['wei', 'weightForAge'], ['wfl', 'weightForLengthHeight'], ['bmi', 'bmiForAge'],
  ['hc', 'headCircumferenceForAge'], ['ac', 'armCircumferenceForAge'], ['ts', 'tricepsSkinfoldForAge'], ['ss', 'subscapularSkinfoldForAge'],
]
const FROM_5: readonly (readonly [column: string, indicator: Indicator])[] = [['hfa', 'lengthHeightForAge'], ['wfa', 'weightForAge'], ['bfa', 'bmiForAge']]

export const OUTPUT_HEADER = ['id', ...['z', 'f'].flatMap((kind) => UNDER_5.map(([name]) => kind + name)), ...['z', 'f'].flatMap((kind) => FROM_5.map(([name]) => kind + name)), 'reason'].join(',')

const NEEDED: Readonly<Partial<Record<Indicator, readonly (readonly [Measure, string])[]>>> = {
  lengthHeightForAge: [['lengthHeight', 'lenhei']],
  weightForAge: [['weight', 'weight']],
  weightForLengthHeight: [['weight', 'weight'], ['lengthHeight', 'lenhei']],
  bmiForAge: [['weight', 'weight'], ['lengthHeight', 'lenhei']],
  headCircumferenceForAge: [['headCircumference', 'headc']],
  armCircumferenceForAge: [['armCircumference', 'armc']],
  tricepsSkinfoldForAge: [['tricepsSkinfold', 'triskin']],
  subscapularSkinfoldForAge: [['subscapularSkinfold', 'subskin']],
}

export function makeTable(references: GrowthReferences) {
  const emptyUnder5 = ','.repeat(UNDER_5.length * 2)
  const emptyFrom5 = ','.repeat(FROM_5.length * 2)
  // Rows with the same pattern of emptiness share their sentence: a survey has a few dozen patterns in a million rows.
  const sentences = new Map<string, string>()

  /** One line, without its end. */
  function line(row: Row, child: number, columns: Columns, scores: Scores): string {
    const older = scores.edition[child] === 2
    const set = older ? FROM_5 : UNDER_5
    let z = ''
    let flags = ''
    let empty = false
    for (const [, indicator] of set) {
      const value = scores.z[indicator][child] as number
      if (value === value) {
        z += `,${value}`
        flags += `,${scores.flag[indicator][child] as number}`
      } else {
        z += ','
        flags += ','
        empty = true
      }
    }
    const why = empty && row.unused !== true ? reasons(child, set, columns, scores) : ''
    const reason = row.notes.length === 0 ? why : [...row.notes, ...(why === '' ? [] : [why])].join('; ')
    return `${quote(row.id)}${older ? emptyUnder5 : ''}${z}${flags}${older ? '' : emptyFrom5},${quote(reason)}`
  }

  function reasons(child: number, set: typeof UNDER_5, columns: Columns, scores: Scores): string {
    let pattern = set.length === FROM_5.length ? 'b' : 'a'
    for (const [, indicator] of set) pattern += scores.status[indicator][child]
    pattern += columns.measures.weight[child] === columns.measures.weight[child] ? 'w' : '-'
    if (pattern.includes(String(STATUS.impossible)) || pattern.includes(String(STATUS.lengthRange))) return explain(child, set, columns, scores)
    let sentence = sentences.get(pattern)
    if (sentence === undefined) {
      sentence = explain(child, set, columns, scores)
      sentences.set(pattern, sentence)
    }
    return sentence
  }

  function explain(child: number, set: typeof UNDER_5, columns: Columns, scores: Scores): string {
    const byReason = new Map<string, string[]>()
    for (const [name, indicator] of set) {
      const status = scores.status[indicator][child] as number
      if (status === STATUS.scored) continue
      const why = sentence(status, indicator, child, columns, scores)
      byReason.set(why, [...(byReason.get(why) ?? []), `z${name}`])
    }
    return [...byReason].map(([why, names]) => `${names.join(' ')}: ${why}`).join('; ')
  }

  function sentence(status: number, indicator: Indicator, child: number, columns: Columns, scores: Scores): string {
    const edition = scores.edition[child] === 2 ? references.from5 : references.under5
    const value = (measure: Measure): number => columns.measures[measure][child] as number
    const needed = NEEDED[indicator] ?? []
    switch (status) {
      case STATUS.notMeasured: return `${needed.filter(([measure]) => Number.isNaN(value(measure))).map(([, column]) => column).join(' and ')} not measured`
      case STATUS.impossible: return needed.filter(([measure]) => { const limits = edition.possible[measure]; return limits !== undefined && !(value(measure) >= limits.from && value(measure) <= limits.to) })
        .map(([measure, column]) => { const hint = unitHint(measure, value(measure), edition); return `${column} ${value(measure)} is impossible for a child${value(measure) <= 0 ? ', it must be greater than 0' : hint === 'none' ? '' : `, were ${hint} meant?`}` }).join(' and ')
      case STATUS.sex: return 'sex not known'
      case STATUS.age: return 'age not known'
      case STATUS.weightForAgeEnds: return 'weight-for-age ends at 10 years, use BMI-for-age'
      case STATUS.oedema: return 'oedema, the weight misleads'
      case STATUS.lengthRange: return lengthSentence(child, columns, scores)
      default: return scores.edition[child] === 2 ? 'age outside the reference, it ends at 19 years (228 months)' : 'age below 91 days, the table begins there'
    }
  }

  function lengthSentence(child: number, columns: Columns, scores: Scores): string {
    const { lengthRange, position } = references.under5
    const used = Number((scores.usedLength[child] as number).toFixed(4))
    const days = columns.ageDays[child] as number
    const lying = Number.isNaN(days) ? columns.position[child] === 1 || (columns.position[child] === 0 && used < (position?.lengthTableBelowCmWithoutAge ?? 0)) : Math.floor(days + 0.5) < (position?.standingFromDay ?? 0)
    const range = lying ? lengthRange?.length : lengthRange?.height
    return `${lying ? 'length' : 'height'} ${used} cm is ${used < (range?.from ?? 0) ? `below ${range?.from}` : `above ${range?.to}`} cm, where the table ${used < (range?.from ?? 0) ? 'begins' : 'ends'}`
  }

  return { line }
}

const quote = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
