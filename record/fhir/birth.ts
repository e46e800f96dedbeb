/**
 * The Patient's own facts: birth (exact, estimated, unknown), sex, death. What cannot be read becomes an Issue; nothing is guessed.
 * How estimates arrive differs by country (codes.ts, EXTENSION). Without bounds of its own a whole date that is only an estimate
 * is taken as right to half a year either way; the bounds stand in the fact, so the answer can say so [P].
 */
import { addDays, calendarDate, dayOf, daysInMonth, parseDay, parsePartialDay, type Day, type Sex } from '@bairn/quantities'
import type { Birth } from '@bairn/plan'
import type { Issue } from '@bairn/reasoning'
import { EXTENSION } from './codes.ts'
import { issue } from './issues.ts'
import { booleanOf, codingOf, findExtension, listOf, objectOf, textOf, type Json } from './read.ts'

const UNKNOWN: Birth = { kind: 'unknown' }
const HALF_A_YEAR = 183

/** @param on today: a birth date behind it is an Issue and counts as unknown. Without it none is refused. */
export function birthOf(patient: Json, where: string, report: (found: Issue) => void, on?: Day): Birth {
  const sent = patient['birthDate']
  if (sent === undefined || sent === null) return UNKNOWN
  const text = textOf(sent) ?? JSON.stringify(sent)
  const place = `${where}.birthDate`
  const parsed = parsePartialDay(text)
  if (!parsed.ok || text.length > 10) {
    report(issue('record.birthDate.impossible', 'error', place, { given: { text } }))
    return UNKNOWN
  }
  const { earliest, latest, precision } = parsed.value
  if (on !== undefined && earliest > on) {
    report(issue('record.birthDate.future', 'error', place, { given: { text } }))
    return UNKNOWN
  }
  const element = patient['_birthDate']
  const birth = precision === 'day' ? wholeDate(earliest) : between(earliest, latest, middleOf(earliest, precision))
  return on === undefined ? birth : notAfter(birth, on)

  function wholeDate(day: Day): Birth {
    checkTime(day)
    const own = findExtension(patient, EXTENSION.birthEstimate) ?? findExtension(element, EXTENSION.birthEstimate)
    if (own !== undefined) return bounded(own, day)
    const accuracy = codingOf(objectOf(findExtension(element, ...EXTENSION.dateAccuracy)?.['valueCoding']) ?? {}).code
    if (accuracy !== undefined) return byAccuracy(accuracy, day)
    return isEstimated() ? between(addDays(day, -HALF_A_YEAR), addDays(day, HALF_A_YEAR), day) : { kind: 'exact', day }
  }

  function checkTime(day: Day): void {
    const time = textOf(findExtension(element, EXTENSION.birthTime)?.['valueDateTime'])
    if (time === undefined) return
    const parsed = parseDay(time)
    if (!parsed.ok || parsed.value !== day) report(issue('record.birthDate.time', 'warning', place, { given: { text: text ?? '' }, time: { text: time } }))
  }

  function isEstimated(): boolean {
    const urls: readonly string[] = EXTENSION.estimatedBirth
    return [...listOf(patient['extension']), ...listOf(objectOf(element)?.['extension'])]
      .some((extension: Json) => urls.includes(textOf(extension['url']) ?? '') && booleanOf(extension['valueBoolean']) !== false)
  }

  /** Australia: three letters for day, month, year; A accurate, E estimated, U unknown (a placeholder). */
  function byAccuracy(accuracy: string, day: Day): Birth {
    if (!/^[AEU]{3}$/.test(accuracy)) {
      report(issue('record.birthDate.accuracy', 'warning', place, { given: { text: accuracy } }))
      return between(addDays(day, -HALF_A_YEAR), addDays(day, HALF_A_YEAR), day)
    }
    const { year, month } = calendarDate(day)
    if (accuracy === 'AAA') return { kind: 'exact', day }
    if (accuracy[2] === 'U') return UNKNOWN
    if (accuracy[2] === 'E') return between(dayOf({ year: year - 1, month: 1, day: 1 }), dayOf({ year: year + 1, month: 12, day: 31 }), day)
    if (accuracy[1] === 'A') return between(dayOf({ year, month, day: 1 }), dayOf({ year, month, day: daysInMonth(year, month) }), accuracy[0] === 'E' ? day : middleOf(day, 'month'))
    return between(dayOf({ year, month: 1, day: 1 }), dayOf({ year, month: 12, day: 31 }), accuracy[1] === 'E' ? day : middleOf(day, 'year'))
  }
}

function bounded(extension: Json, day: Day): Birth {
  const bound = (name: string): Day | undefined => {
    const parsed = parseDay(textOf(findExtension(extension, name)?.['valueDate']) ?? '')
    return parsed.ok ? parsed.value : undefined
  }
  return between(bound('earliest') ?? addDays(day, -HALF_A_YEAR), bound('latest') ?? addDays(day, HALF_A_YEAR), day)
}

const between = (earliest: Day, latest: Day, day: Day): Birth => ({ kind: 'estimated', day, earliest: Math.min(earliest, day) as Day, latest: Math.max(latest, day) as Day })

/** A month is counted from its 15th, as surveys do; a year from 1 July. */
function middleOf(day: Day, precision: 'month' | 'year'): Day {
  const { year, month } = calendarDate(day)
  return precision === 'month' ? dayOf({ year, month, day: 15 }) : dayOf({ year, month: 7, day: 1 })
}

/** A child who was seen on a day was born by then: the estimate cannot lie behind it. Exact dates are not touched. */
export function notAfter(birth: Birth, day: Day): Birth {
  if (birth.kind !== 'estimated' || birth.latest <= day || birth.earliest > day) return birth
  return { ...birth, latest: day, day: Math.min(birth.day, day) as Day }
}

/** Sex recorded at birth goes before gender, which may differ; `other`, `unknown` and nothing stay unknown. */
export function sexOf(patient: Json, where: string, report: (found: Issue) => void): Sex | undefined {
  const atBirth = textOf(findExtension(patient, EXTENSION.birthSex)?.['valueCode'])
  if (atBirth === 'M' || atBirth === 'F') return atBirth === 'M' ? 'male' : 'female'
  if (atBirth === 'OTH') return undefined
  const gender = patient['gender']
  if (gender === 'male' || gender === 'female') return gender
  if (gender !== undefined && gender !== 'other' && gender !== 'unknown') report(issue('record.sex.code', 'error', `${where}.gender`, { given: { text: JSON.stringify(gender) } }))
  return undefined
}

export function deathOf(patient: Json, where: string, report: (found: Issue) => void): { readonly id: string; readonly day?: Day } | undefined {
  const when = textOf(patient['deceasedDateTime'])
  if (when === undefined) return booleanOf(patient['deceasedBoolean']) === true ? { id: where } : undefined
  const parsed = parsePartialDay(when)
  if (!parsed.ok) report(issue('record.death.date', 'warning', `${where}.deceasedDateTime`, { given: { text: when } }))
  return parsed.ok && parsed.value.precision === 'day' ? { id: where, day: parsed.value.earliest } : { id: where }
}
