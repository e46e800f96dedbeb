/**
 * One Observation to one fact: a measurement, a finding, the gestation at birth; or nothing, with the Issue that says why.
 * What is not Bairn's (laboratory, panels, blood pressure) is left alone without a word. Source of codes: codes.ts.
 */
import {
  centimetres, centimetresToMillimetres, days, kilograms, millimetres, millimetresToCentimetres, parsePartialDay,
  type Centimetres, type Day, type Days, type Millimetres, type Parsed,
} from '@bairn/quantities'
import type { Finding, Measurement, Position } from '@bairn/plan'
import type { Issue, MessageParam } from '@bairn/reasoning'
import {
  BAIRN_ANSWER, CCC, EXTENSION, LOINC, SNOMED, UCUM, findAnswer, findMapping, findUnitWord, hasRightCheckDigit, isKnownCode, knownSystem, MAPPINGS,
  type AnswerCode, type Mapping, type Meaning, type OwnUnit,
} from './codes.ts'
import { issue, kindName, type IssueKey } from './issues.ts'
import { booleanOf, codingOf, codingsOf, findExtension, listOf, numberOf, objectOf, textOf, type Coding, type Json } from './read.ts'

/** Foreign units to Bairn's own; the program's is `convertUcum` of `@bairn/quantities/ucum`. */
export type UnitConverter = (value: number, fromUcum: string, to: OwnUnit) => Parsed<number>
export interface ObservationContext { readonly convert: UnitConverter; readonly birthDay?: Day; readonly report: (found: Issue) => void }
export type ObservationFact =
  | { readonly is: 'measurement'; readonly fact: Measurement }
  | { readonly is: 'finding'; readonly fact: Finding }
  | { readonly is: 'gestation'; readonly fact: { readonly id: string; readonly value: Days } }
type When = { readonly day: Day; readonly minute?: number }

/** @param id `Observation/<id>`: the name of the fact and the place of its Issues */
export function fromFhirObservation(observation: Json, id: string, context: ObservationContext): ObservationFact | undefined {
  const identified = identify(observation, id, context.report)
  if (identified === undefined) return undefined
  const { mapping, meanings, system } = identified
  const say = (key: IssueKey, severity: Issue['severity'], at: string, params: Readonly<Record<string, MessageParam>> = {}): undefined => {
    context.report(issue(key, severity, `${id}${at}`, { kind: kindName(mapping.kind), ...params }))
  }
  if (!isUsable(observation, system, say)) return undefined
  if (mapping.kind === 'gestation') {
    const value = quantityOf(observation, mapping, context, say)
    return value === undefined ? undefined : { is: 'gestation', fact: { id, value: days(Math.round(value)) } }
  }
  if (mapping.quantity === undefined) {
    const finding = answerOf(observation, mapping, say)
    const when = finding === undefined ? undefined : whenOf(observation, say)
    return finding === undefined || when === undefined ? undefined : { is: 'finding', fact: { id, ...when, ...finding } }
  }
  const value = quantityOf(observation, mapping, context, say)
  if (value === undefined) return undefined
  // A length that was told or guessed feeds no z-score; a weight carries the mark.
  if (mapping.kind === 'length' && meanings.has('estimated')) return say('record.value.notMeasured', 'error', '.code')
  const when = meanings.has('birth') && context.birthDay !== undefined ? { day: context.birthDay } : whenOf(observation, say)
  if (when === undefined) return undefined
  const fact = measurementOf(mapping, value, { id, ...when }, meanings, positionOf(observation, meanings))
  return fact === undefined ? undefined : { is: 'measurement', fact }
}

type Say = (key: IssueKey, severity: Issue['severity'], at: string, params?: Readonly<Record<string, MessageParam>>) => undefined

/** What the code says this is. Two codings may stand side by side if they mean the same kind. */
function identify(observation: Json, id: string, report: (found: Issue) => void): { readonly mapping: Mapping; readonly meanings: ReadonlySet<Meaning>; readonly system: string } | undefined {
  let mapping: Mapping | undefined
  let system = ''
  const meanings = new Set<Meaning>()
  for (const coding of codingsOf(observation['code'])) {
    const { code } = coding
    if (code === undefined) continue
    const params = { code: { text: code }, system: { text: coding.system ?? '' }, display: { text: coding.display ?? '' } }
    if (coding.system === undefined) {
      if (isKnownCode(code)) report(issue('record.code.noSystem', 'error', `${id}.code`, params))
      continue
    }
    if ((coding.system === LOINC || coding.system === SNOMED) && !hasRightCheckDigit(coding.system, code)) {
      report(issue('record.code.checkDigit', 'error', `${id}.code`, params))
      continue
    }
    const found = findMapping(coding.system, code)
    if (found === undefined) continue
    if (contradicts(coding, found.mapping)) {
      report(issue('record.code.display', 'error', `${id}.code`, params))
      return undefined
    }
    if (mapping !== undefined && mapping !== found.mapping) {
      report(issue('record.code.conflict', 'error', `${id}.code`, params))
      return undefined
    }
    mapping = found.mapping
    system = coding.system
    if (found.entry.means !== undefined) meanings.add(found.entry.means)
  }
  return mapping === undefined ? undefined : { mapping, meanings, system }
}

/** The display carries another kind's words and none of its own: 'Body height' beside the code of weight. */
function contradicts({ display }: Coding, mapping: Mapping): boolean {
  if (display === undefined || mapping.words === undefined || mapping.words.test(display)) return false
  return MAPPINGS.some((other) => other !== mapping && other.words?.test(display) === true)
}

function isUsable(observation: Json, system: string, say: Say): boolean {
  switch (observation['status']) {
    case 'final': case 'amended': case 'corrected': return true
    // WHO's CCC writes a plain "no" as a cancelled Observation with the value false.
    case 'cancelled': return knownSystem(system) === CCC && observation['valueBoolean'] === false
    case 'entered-in-error': case 'registered': return false
    case 'preliminary': say('record.status.preliminary', 'warning', '.status'); return false
    // CCC's maps set no status for answers other than true: the fact is there, the word is not.
    case undefined: say('record.status.missing', 'warning', '.status'); return true
    default: say('record.status.unknown', 'error', '.status', { given: { text: JSON.stringify(observation['status']) } }); return false
  }
}

/** The day as written, whatever its zone; the first day of a period. Only a whole day can carry a measurement. */
function whenOf(observation: Json, say: Say): When | undefined {
  const period = objectOf(observation['effectivePeriod'])
  const events = objectOf(observation['effectiveTiming'])?.['event']
  const text = textOf(observation['effectiveDateTime']) ?? textOf(observation['effectiveInstant']) ?? textOf(period?.['start']) ?? textOf(period?.['end']) ?? textOf(Array.isArray(events) ? events[0] : undefined)
  if (text === undefined) return say('record.day.missing', 'error', '')
  const when = parseWhen(text)
  if (when === 'imprecise') return say('record.day.imprecise', 'error', '.effective', { given: { text } })
  return when ?? say('record.day.impossible', 'error', '.effective', { given: { text } })
}

/** `2026-03-01T00:30+03:00` is the day 2026-03-01, minute 30, in any zone. */
export function parseWhen(text: string): When | 'imprecise' | undefined {
  const parsed = parsePartialDay(text)
  if (!parsed.ok) return undefined
  if (parsed.value.precision !== 'day') return 'imprecise'
  const time = /T(\d{2}):(\d{2})/.exec(text)
  return { day: parsed.value.earliest, ...(time === null ? {} : { minute: Number(time[1]) * 60 + Number(time[2]) }) }
}

/** The number in Bairn's unit, or undefined: absent with a reason (no word is said), or not usable (an Issue says why). */
function quantityOf(observation: Json, mapping: Mapping, context: ObservationContext, say: Say): number | undefined {
  const limits = mapping.quantity
  if (limits === undefined) return undefined
  const quantity = objectOf(observation['valueQuantity'])
  if (quantity === undefined) {
    if (observation['dataAbsentReason'] !== undefined || 'component' in observation || 'hasMember' in observation) return undefined
    const other = Object.keys(observation).find((key) => /^value[A-Z]/.test(key))
    return other === undefined ? say('record.value.missing', 'error', '') : say('record.value.notNumber', 'error', `.${other}`, { given: { text: JSON.stringify(observation[other]).slice(0, 60) } })
  }
  const number = numberOf(quantity['value'])
  if (number === undefined || !Number.isFinite(number))
    return quantity['value'] === undefined ? say('record.value.missing', 'error', '.valueQuantity') : say('record.value.notNumber', 'error', '.valueQuantity.value', { given: { text: JSON.stringify(quantity['value']).slice(0, 60) } })
  const comparator = textOf(quantity['comparator'])
  if (comparator !== undefined) return say('record.value.comparator', 'error', '.valueQuantity.comparator', { given: { text: `${comparator}${number}` } })
  const unit = unitOf(quantity, say)
  if (unit === undefined) return undefined
  const converted = toOwnUnit(number, unit, limits.unit, context.convert)
  const given = { text: `${number} ${textOf(quantity['unit']) ?? unit}` }
  if (!converted.ok) return say('record.unit.unknown', 'error', '.valueQuantity', { unit: { text: unit }, given })
  if (converted.value <= 0) return say('record.value.notPositive', 'error', '.valueQuantity', { given })
  if (converted.value < limits.possible.from) return say('record.value.tooSmall', 'error', '.valueQuantity', { given })
  if (converted.value > limits.possible.to) return say('record.value.tooLarge', 'error', '.valueQuantity', { given })
  return converted.value
}

/** The UCUM code; or the unit's word if that is known, with an Issue; never a default. */
function unitOf(quantity: Json, say: Say): string | undefined {
  const code = textOf(quantity['code'])
  const system = textOf(quantity['system'])
  const word = textOf(quantity['unit'])
  if (code !== undefined && system === UCUM) return code
  const meant = findUnitWord(word ?? '') ?? findUnitWord(code ?? '')
  if (meant !== undefined) {
    say('record.unit.word', 'warning', '.valueQuantity', { unit: { text: word ?? code ?? '' } })
    return meant
  }
  if (code === undefined && word === undefined) return say('record.unit.missing', 'error', '.valueQuantity', { given: { text: String(numberOf(quantity['value'])) } })
  return say('record.unit.unknown', 'error', '.valueQuantity', { unit: { text: word ?? code ?? '' }, given: { text: `${String(numberOf(quantity['value']))} ${word ?? code ?? ''}` } })
}

/** Between centimetres and millimetres no library is needed: arms arrive in both, and pages load the library only for foreign units. */
function toOwnUnit(value: number, from: string, to: OwnUnit, convert: UnitConverter): Parsed<number> {
  if (from === to) return { ok: true, value }
  if (from === 'cm' && to === 'mm') return { ok: true, value: centimetresToMillimetres(value as Centimetres) }
  if (from === 'mm' && to === 'cm') return { ok: true, value: millimetresToCentimetres(value as Millimetres) }
  return convert(value, from, to)
}

/** The code says it; else the extension does; else nobody has said it. */
function positionOf(observation: Json, meanings: ReadonlySet<Meaning>): Position {
  if (meanings.has('lying') || meanings.has('birth')) return 'lying'
  if (meanings.has('standing')) return 'standing'
  const codes = codingsOf(findExtension(observation, EXTENSION.bodyPosition)?.['valueCodeableConcept']).filter(({ system }) => system === SNOMED).map(({ code }) => code)
  if (codes.includes('10904000')) return 'standing'
  return codes.includes('102538003') ? 'lying' : 'notSaid'
}

function measurementOf(mapping: Mapping, value: number, at: When & { readonly id: string }, meanings: ReadonlySet<Meaning>, position: Position): Measurement | undefined {
  switch (mapping.kind) {
    case 'weight': return { ...at, kind: 'weight', value: kilograms(value), ...(meanings.has('estimated') ? { estimated: true } : {}) }
    case 'length': return { ...at, kind: 'length', value: centimetres(value), position }
    case 'headCircumference': return { ...at, kind: 'headCircumference', value: centimetres(value) }
    case 'muac': case 'tricepsSkinfold': case 'subscapularSkinfold': return { ...at, kind: mapping.kind, value: millimetres(value) }
    default: return undefined
  }
}

type Answered =
  | { readonly kind: 'oedema'; readonly answer: 'yes' | 'no' | 'cannotTell' | 'notAsked'; readonly grade?: 1 | 2 | 3 }
  | { readonly kind: 'complication' | 'breastfeedingDifficulty' | 'vaccineReaction'; readonly answer: 'yes' | 'no' | 'cannotTell' | 'notAsked' }
  | { readonly kind: 'appetite'; readonly answer: 'pass' | 'fail' | 'notAvailable' | 'notAsked' }

/** An answer that is not understood is no finding: the question is then asked again, which is the safe side. */
function answerOf(observation: Json, mapping: Mapping, say: Say): Answered | undefined {
  const code = answerCodeOf(observation)
  if (code === undefined) {
    if (observation['hasMember'] !== undefined || observation['component'] !== undefined) return undefined
    const other = Object.keys(observation).find((key) => /^value[A-Z]|^dataAbsentReason$/.test(key))
    return other === undefined ? say('record.value.missing', 'error', '') : say('record.answer.unknown', 'error', `.${other}`, { given: { text: JSON.stringify(observation[other]).slice(0, 120) } })
  }
  if (mapping.kind === 'appetite') {
    // Refused or unknown: nobody has seen the child eat, so the test is still to be done.
    if (code === 'pass' || code === 'fail' || code === 'notAvailable') return { kind: 'appetite', answer: code }
    return code === 'notAsked' || code === 'cannotTell' ? { kind: 'appetite', answer: 'notAsked' } : say('record.answer.unknown', 'error', '.value', { given: { text: code } })
  }
  const grade = code === 'grade1' ? 1 : code === 'grade2' ? 2 : code === 'grade3' ? 3 : undefined
  if (mapping.kind === 'oedema' && grade !== undefined) return { kind: 'oedema', answer: 'yes', grade }
  const answer = code === 'notAvailable' ? 'cannotTell' : code
  if (answer !== 'yes' && answer !== 'no' && answer !== 'cannotTell' && answer !== 'notAsked') return say('record.answer.unknown', 'error', '.value', { given: { text: code } })
  return mapping.kind === 'oedema' || mapping.kind === 'complication' || mapping.kind === 'breastfeedingDifficulty' || mapping.kind === 'vaccineReaction' ? { kind: mapping.kind, answer } : undefined
}

function answerCodeOf(observation: Json): AnswerCode | undefined {
  const boolean = booleanOf(observation['valueBoolean'])
  if (boolean !== undefined) return boolean ? 'yes' : 'no'
  const number = numberOf(observation['valueInteger'])
  if (number !== undefined) return number === 0 ? 'no' : number === 1 ? 'yes' : undefined
  const text = textOf(observation['valueString'])
  if (text !== undefined) return findAnswer(BAIRN_ANSWER, text.trim().toLowerCase())
  const coding = objectOf(observation['valueCoding'])
  const codings = [...codingsOf(observation['valueCodeableConcept']), ...(coding === undefined ? [] : [codingOf(coding)]), ...codingsOf(observation['dataAbsentReason'])]
  for (const { system, code } of codings) {
    const answer = system === undefined || code === undefined ? undefined : findAnswer(system, code)
    if (answer !== undefined) return answer
  }
  return undefined
}

/** Observations that this one says it replaces (a correction under a new id). */
export const replacedBy = (observation: Json): readonly string[] =>
  listOf(observation['extension']).flatMap((extension) => (extension['url'] === EXTENSION.replaces ? textOf(objectOf(extension['valueReference'])?.['reference']) ?? [] : []))
